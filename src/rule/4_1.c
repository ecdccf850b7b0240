/* 4_1.c: labels by self-declaration of conformance: what the steps ask, and what they work out.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing known refuses: see struct facts. */
#include "rule/facts.h"
#include "rule/judge.h"

#include "base/banned.h"

/* 4.1.1-1: the Label-issuing Body receives applications by self-declaration for levels 1 and 2. */
bool guard_level_at_most(const struct facts *facts, struct arg arg)
{
    return facts->case_level >= 1 && facts->case_level <= arg.count;
}

/* 2.1.3-5: the body supplies nothing similar to the target products; that it cannot be an applicant
 * itself is our inference. */
bool guard_applicant_not_the_body(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->party_outside;
}

/* 5-1: a change of criteria takes effect on an announced day: an edition takes applications from
 * its first day of use to the last day of acceptance, both inclusive; without a last day it is
 * open. */
bool guard_edition_accepts_applications(const struct facts *facts, struct arg arg)
{
    (void)arg;
    if (!day_known(facts->today) || !day_known(facts->edition_starts))
        return false;
    if (facts->today.n < facts->edition_starts.n)
        return false;
    return !day_known(facts->acceptance_ends) || facts->today.n <= facts->acceptance_ends.n;
}

/* 6.5-1: the applicant's consent to the Non-Disclosure Agreement is required at application. */
bool guard_consents_to_nda(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return str_is(facts->consent_nda, "given");
}

/* 6.7-1: the applicant consents at application to the Tokyo District Court as court of first
 * instance. */
bool guard_consents_to_court(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return str_is(facts->consent_court, "given");
}

/* 2.2.2-1: commission income is recorded for each application: paid as the tariff says, or waived
 * by a rule; never as somebody pleases. */
bool guard_fee_by_tariff(const struct facts *facts, struct arg arg)
{
    (void)arg;
    if (str_is(facts->fee_kind, "paid"))
        return facts->fee_due > 0 && facts->fee_amount == facts->fee_due;
    if (str_is(facts->fee_kind, "none-set")) /* no fee is published for every procedure (ours) */
        return facts->fee_unset && facts->fee_amount == 0;
    return str_is(facts->fee_kind, "waived") && facts->fee_waiver && facts->fee_amount == 0;
}

/* 4.1.2-1: the body verifies the application documents: every criterion has its answer. */
bool guard_checklist_complete(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->criteria_lines > 0 && facts->lines_unanswered == 0;
}

/* 4.1.2-1: it issues the label when the self-declaration is verified, or rejects with reasons. */
bool guard_examination_positive(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return str_is(facts->outcome, "conforms");
}

static struct day last_day(const struct facts *facts, struct span span)
{
    return life_first_end(facts->today, span, facts->first_day_counts);
}

/* 4.3.1-1: initial validity is 2 years from the date of issuance; shorter on the applicant's
 * request; never longer. */
bool guard_wished_end_within(const struct facts *facts, struct arg arg)
{
    if (!day_known(facts->today))
        return false;
    if (!day_known(facts->shorter_end)) /* no wish */
        return true;
    return facts->today.n <= facts->shorter_end.n &&
           facts->shorter_end.n <= last_day(facts, arg.span).n;
}

/* 4.3.1-1 */
void effect_issue_label(const struct facts *facts, struct arg arg, struct outcome *outcome)
{
    outcome->expires = life_shorter(last_day(facts, arg.span), facts->shorter_end);
    outcome->life = (struct life){.issued = facts->today,
                                  .expires = outcome->expires,
                                  .term_start = facts->today,
                                  .level = facts->case_level};
}

/* 2.2.2-1: what is due. */
void effect_invoice_fee(const struct facts *facts, struct arg arg, struct outcome *outcome)
{
    (void)arg;
    outcome->fee_yen = facts->fee_due;
}

/* 2.2.2-1: what was paid. */
void effect_record_fee(const struct facts *facts, struct arg arg, struct outcome *outcome)
{
    (void)arg;
    outcome->fee_yen = facts->fee_amount;
}
