/* 4_6_4_misuse.c: misused labels and claims: what is asked before a warning and a publication.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing known refuses: see struct facts. All of it is ours, beside 4.6.4-1. */
#include "rule/facts.h"
#include "rule/judge.h"

#include "base/banned.h"

/* What the case is linked with must be there. */
bool guard_claimed_label_is_there(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->claimed_label_known;
}

/* Nobody is warned for a claim in which nothing was found. */
bool guard_misuse_found(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->misuse_is_found;
}

/* Whoever is to mend something is given the time for it. */
bool guard_mending_period_long_enough(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return day_known(facts->today) && day_known(facts->mend_until) &&
           facts->mending_days_least > 0 &&
           facts->mend_until.n - facts->today.n >= facts->mending_days_least;
}

/* 4.6.4-1: an act of the registrant is a matter of surveillance and, on its results, of
 * revocation. */
bool guard_claimant_is_registrant(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->claimant_registrant;
}

/* Naming somebody in public is the last measure: what they have to say comes before it. */
bool guard_claimant_heard(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return day_known(facts->heard_on) && day_known(facts->today) &&
           facts->heard_on.n <= facts->today.n;
}
