/* 4_2.c: certification (4.2), and re-certification by the same procedure (4.3.6): what the steps
 * ask, and what they work out.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing known refuses: see struct facts. */
#include "rule/facts.h"
#include "rule/judge.h"
#include "rule/scope.h"

#include "base/banned.h"

/* 4.2.1-1: certification is for levels 3 and 4. */
bool guard_level_at_least(const struct facts *facts, struct arg arg)
{
    return facts->case_level >= arg.count && facts->case_level <= 4;
}

/* 4.1.1-1, 4.2.1-1: an application for a label, not one about a label that is there. */
bool guard_new_application(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->about_no_label;
}

/* 6.1.1-1: a facility is approved with a scope; its approval is in force today, and covers the
 * level and the category of this very case. */
bool guard_facility_in_scope(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->facility_approved_now && facts->case_level > 0 && facts->category.bytes &&
           scope_covers(facts->facility_scope, facts->case_level, facts->category);
}

/* 6.1-2: evaluators are registered per facility; a report by anybody else is none. */
bool guard_evaluators_registered(const struct facts *facts, struct arg arg)
{
    (void)arg;
    for (size_t i = 0; i < facts->evaluators_named.n; i++)
        if (!words_have(facts->facility_evaluators, facts->evaluators_named.at[i]))
            return false;
    return facts->evaluators_named.n > 0;
}

/* 6.5-3: whoever other than the applicant submits assessment documentation has an NDA first. */
bool guard_third_submitters_under_nda(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->submitters_under_nda;
}

/* 4.2.2-1: certification starts only after the letter of application acceptance; on its very day
 * it has been issued. */
bool guard_report_after_acceptance(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return day_known(facts->accepted_day) && day_known(facts->today) &&
           facts->accepted_day.n <= facts->today.n;
}

/* 4.2.2-2: the report answers the requirements of the applicable criteria, all of them. */
bool guard_report_complete(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->criteria_lines > 0 && facts->lines_unassessed == 0;
}

/* 4.2.2-2: "with justified not-applicable and waived ones". */
bool guard_exceptions_justified(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->criteria_lines > 0 && facts->lines_unjustified == 0;
}

/* 4.2.2-2: the certifier is satisfied only when every finding was answered. */
bool guard_findings_answered(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->findings_sent_n > 0 && facts->findings_unanswered == 0;
}

/* A-CERT, 4.2.2-2: the validity of the results is confirmed criterion by criterion. */
bool guard_verification_complete(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->criteria_lines > 0 && facts->lines_unverified == 0;
}

/* 4.2.2-2: it conforms as a whole when each necessary requirement does. */
bool guard_outcome_follows_lines(const struct facts *facts, struct arg arg)
{
    (void)arg;
    if (facts->criteria_lines <= 0)
        return false;
    return str_is(facts->outcome, facts->lines_failed == 0 ? "conforms" : "does-not");
}

/* 4.2.2-2: a label is issued only when the report shows assessment according to JSM-01-A and
 * JSM-02-A, and conformity to the criteria of the level is verified. */
bool guard_conformity_verified(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->by_procedures && facts->criteria_lines > 0 && facts->lines_failed == 0 &&
           str_is(facts->outcome, "conforms");
}

/* ---- 4.3.6 */

enum { APPLICATIONS_MOST = 3 }; /* 4.3.4-1: at most three applications for extension */

/* 4.3.6-1: beyond the total from the first issuance only re-certification; by the parameter open
 * also when the three applications are used up before the total is. */
bool guard_extensions_used_up(const struct facts *facts, struct arg arg)
{
    if (!day_known(facts->term_start) || !day_known(facts->expires))
        return false;
    struct day total_end = life_first_end(facts->term_start, arg.span, facts->first_day_counts);
    bool used_up = facts->recertification_when_used_up &&
                   facts->extension_applications >= APPLICATIONS_MOST;
    return used_up || facts->expires.n >= total_end.n;
}

/* 4.3.6-2: re-certification cannot change the level. */
bool guard_level_unchanged(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->label_level > 0 && facts->label_level == facts->case_level;
}

/* 4.3.6-2: a new period from the day of its own decision, as at issuance, or by the parameter after
 * the present one; shorter on request. The total period begins with it. */
void effect_renew_label(const struct facts *facts, struct arg arg, struct outcome *outcome)
{
    bool joins = str_is(facts->recertification_begins, "expiry");
    struct day end = joins ? life_next_end(facts->expires, arg.span)
                           : life_first_end(facts->today, arg.span, facts->first_day_counts);
    outcome->expires = life_shorter(end, facts->shorter_end);
    outcome->life.expires = outcome->expires;
    outcome->life.term_start = joins ? facts->expires : facts->today;
    outcome->life.extensions = 0;
}
