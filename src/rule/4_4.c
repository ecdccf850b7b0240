/* 4_4.c: maintenance of labels when the product changes: what the steps ask.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing known refuses: see struct facts. */
#include "rule/facts.h"
#include "rule/judge.h"
#include "rule/scope.h"

#include "base/banned.h"

enum { MODELS_MAX = 5000 };

/* 6.1.1-1: the scope of the approval covers the level and the category of the label. */
bool guard_facility_covers_label(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->facility_approved_now && facts->case_level > 0 && facts->label_category.bytes &&
           scope_covers(facts->facility_scope, facts->case_level, facts->label_category);
}

/* 4.4.1-1, 4.7.1-1: what is applied for is a change of what is registered: no model is added twice,
 * none is removed that was never covered, and a label covers at least one. */
bool guard_changes_fit(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->changes_fit && facts->models_after >= 1 && facts->models_after <= MODELS_MAX;
}

/* 4.4.4-1: the registrant's Impact Analysis Report is inspected: without it nothing is filed. */
bool guard_impact_reported(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->impact_report.n > 0;
}

/* 4.4.4-1: what the Evaluation Facility files is its Impact Analysis Report. */
bool guard_facility_reported(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->facility_impact_report.n > 0;
}

/* 4.4.4-1: the Evaluation Facility's report is inspected too where the development environment
 * changed. */
bool guard_facility_report_if_environment_changed(const struct facts *facts, struct arg arg)
{
    (void)arg;
    if (str_is(facts->environment, "changed"))
        return facts->facility_impact_report.n > 0;
    return str_is(facts->environment, "unchanged");
}

/* 4.4.4-2: maintained only when no adverse effect on the requirements of the initial level is
 * verified. The manual's last sentence says so inverted: see clauses.rules and the note of the
 * procedure. */
bool guard_no_adverse_effect(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return str_is(facts->adverse, "none");
}

/* 4.4.2-1, 4.4.4-2, 4.9-1: revoked, from today; recorded also where the label had ended otherwise.
 */
void effect_revoke_label(const struct facts *facts, struct arg arg, struct outcome *outcome)
{
    (void)arg;
    outcome->life.end = LIFE_REVOKED;
    outcome->life.ended = facts->today;
}

/* 4.4.2-1, 4.4.4-2: a label that has ended is neither maintained nor revoked for a change. */
bool guard_label_has_ended(const struct facts *facts, struct arg arg)
{
    (void)arg;
    struct life life = life_of(facts);
    enum life_state state = life_state_on(&life, facts->today);
    return state == LIFE_STATE_LAPSED || state == LIFE_STATE_WITHDRAWN ||
           state == LIFE_STATE_REVOKED;
}
