/* 6_1.c: Evaluation Facilities, and the agreements of 6.5: what the steps ask, and work out.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing known refuses: see struct facts. */
#include "rule/facts.h"
#include "rule/judge.h"
#include "rule/scope.h"

#include "base/banned.h"

/* Where one machine serves two filings, the decision is on the one with which the case began. */
bool guard_entered_by(const struct facts *facts, struct arg arg)
{
    return arg.word && str_is(facts->case_entry, arg.word);
}

/* ---- approval: 6.1.1 */

/* 6.1.1-1: an Evaluation Facility is approved against JSM-03: one whose approval is in force asks
 * for another scope, not for a second approval. */
bool guard_not_yet_approved(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->facility_unapproved;
}

/* 6.1.1-1, 6.1.2-1: from the day of its certificate until its approval is revoked. */
bool guard_facility_approved(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->facility_approved_now;
}

/* 6.5-5: an Evaluation Facility has an NDA before it receives or submits anything. */
bool guard_facility_under_nda(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->facility_nda;
}

/* 6.1.1-1: the facility is listed with its scope; levels 3 and 4 are the ones that it evaluates. */
bool guard_scope_named(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->scope_3.n + facts->scope_4.n > 0;
}

/* An interim equivalent of accreditation ends with the day of the parameter at the latest. */
static struct day last_accredited(const struct facts *facts)
{
    struct day last = facts->accreditation_until;
    if (str_is(facts->accreditation_kind, "accredited"))
        return last;
    if (!str_is(facts->accreditation_kind, "interim") ||
        !day_known(facts->interim_facilities_until))
        return (struct day){0};
    return facts->interim_facilities_until.n < last.n ? facts->interim_facilities_until : last;
}

/* 6.1.1-1: accredited by NITE (ASNITE), or recognized as equivalent for the interim, on the day of
 * the act: from the first to the last day, both inclusive. */
bool guard_accreditation_shown(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return day_known(facts->today) && day_known(facts->accreditation_from) &&
           facts->accreditation_from.n <= facts->today.n &&
           facts->today.n <= last_accredited(facts).n;
}

/* 6.1.1-1: the same, of what is on record. */
bool guard_accreditation_in_force(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return day_known(facts->today) && day_known(facts->unaccredited_from) &&
           facts->today.n < facts->unaccredited_from.n;
}

/* ---- evaluators: 6.1-2 */

/* 6.1-2: evaluators are registered per facility: an identifier names one of them. */
bool guard_evaluator_new(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->evaluator_id.bytes && facts->facility_evaluators.at &&
           !words_have(facts->facility_evaluators, facts->evaluator_id);
}

static bool all_within(struct words scope, int level, struct words categories)
{
    for (size_t i = 0; i < categories.n; i++)
        if (!scope_covers(scope, level, categories.at[i]))
            return false;
    return true;
}

/* 6.1-2: registered per facility, so for no more than the facility is approved for. */
bool guard_evaluator_within_scope(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->facility_scope.n && all_within(facts->facility_scope, 3, facts->scope_3) &&
           all_within(facts->facility_scope, 4, facts->scope_4);
}

/* ---- agreements: 6.5, 6.7 */

/* 6.7-0: the Tokyo District Court has exclusive jurisdiction in the first instance, with facilities
 * and others too: in every agreement. */
bool guard_agreement_names_court(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->agreement_court;
}

/* 6.5-2: concluded in writing. */
bool guard_agreement_signed(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->agreement_signature;
}

/* ---- what the effects work out */

/* 6.1.1-1: the last day of the accreditation recorded. */
void effect_begin_accreditation(const struct facts *facts, struct arg arg, struct outcome *outcome)
{
    (void)arg;
    outcome->expires = last_accredited(facts);
}

/* 6.1.2-1: from the decision on it cannot submit reports: the day before is the last of the
 * approval; where the facility itself named a later day, the approval lasts until then. */
void effect_end_approval(const struct facts *facts, struct arg arg, struct outcome *outcome)
{
    (void)arg;
    struct day first_without = facts->today;
    if (day_known(facts->discontinuance_day) && facts->discontinuance_day.n > first_without.n)
        first_without = facts->discontinuance_day;
    outcome->expires = day_plus(first_without, -1);
}
