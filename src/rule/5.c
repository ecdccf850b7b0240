/* 5.c: change of conformance criteria: what an edition must be before it is announced.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing known refuses: see struct facts. */
#include "rule/facts.h"
#include "rule/judge.h"

#include "base/banned.h"

/* A-CRIT: criteria are made level by level. */
bool guard_edition_of_a_level(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->case_level >= 1 && facts->case_level <= 4;
}

/* 5-1: what is announced must be told from all that was announced before. */
bool guard_edition_new(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->edition_unused;
}

/* 5-1: a change is the change of one edition; that one edition is changed once is ours. */
bool guard_replaces_the_right_edition(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->replaced_fits;
}

/* A-CRIT: criteria personnel draw up the criteria: at least one. */
bool guard_criteria_listed(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->edition_lines > 0;
}

/* Neither before the day on which the change takes effect, nor on a day that is not known. */
static bool lasts_to(struct day last, struct day begins)
{
    return day_known(last) && last.n >= begins.n - 1;
}

/* 5-1, 5-2: the change takes effect on its first day of use, and bars from then on: until the day
 * before, the former edition is applied for and extended. An editorial revision bars nothing. */
bool guard_edition_days_in_order(const struct facts *facts, struct arg arg)
{
    (void)arg;
    if (!day_known(facts->edition_begins))
        return false;
    if (!facts->replaces.bytes)
        return !day_known(facts->former_acceptance_end) && !day_known(facts->former_extension_end);
    if (!lasts_to(facts->former_acceptance_end, facts->edition_begins))
        return false;
    return facts->editorial ? !day_known(facts->former_extension_end)
                            : lasts_to(facts->former_extension_end, facts->edition_begins);
}

/* 5-1: who decides knows what the change does to the labels as they are (ours). */
bool guard_preview_still_true(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->preview_signed.bytes && str_eq(facts->preview_signed, facts->preview_now);
}

/* 5-1: a change is announced with sufficient period before it takes effect: so many whole days lie
 * between the day of the announcement and the first day of use. */
bool guard_announced_long_enough(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return day_known(facts->today) && day_known(facts->edition_begins) && facts->notice_days > 0 &&
           facts->edition_begins.n - facts->today.n - 1 >= facts->notice_days;
}

/* 5-1: what has taken effect is changed by another edition only. */
bool guard_edition_not_begun(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return day_known(facts->today) && day_known(facts->edition_begins) &&
           facts->today.n < facts->edition_begins.n;
}
