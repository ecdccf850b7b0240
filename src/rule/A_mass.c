/* A_mass.c: mass action on labels: what the steps ask.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing known refuses: see struct facts. */
#include "base/clock.h"
#include "rule/facts.h"
#include "rule/judge.h"

#include "base/banned.h"

enum { MS_AN_HOUR = 3600000, MODELS_MAX = 5000 };

bool guard_mass_says_what(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->mass_whole;
}

bool guard_mass_has_items(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->mass_items > 0 && facts->mass_items <= facts->mass_items_most;
}

/* A-MD: until its time it can be undone, so that there must be some. */
bool guard_effective_ahead(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->now > 0 && day_known(facts->effective_day) && facts->effective_hour >= 0 &&
           day_begins(facts->effective_day) + facts->effective_hour * MS_AN_HOUR > facts->now;
}

bool guard_before_effective(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->now > 0 && facts->now < facts->mass_effective_at;
}

/* A-TM, A-MD: nothing is done to a label by the hand of a machine that both have not approved. */
bool guard_item_of_approved_mass(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->mass_approved;
}

bool guard_item_is_changed(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->changes.n > 0 && facts->changes_fit && facts->models_after >= 1 &&
           facts->models_after <= MODELS_MAX;
}
