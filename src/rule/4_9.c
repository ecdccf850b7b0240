/* 4_9.c: succession of the registrant's status: what the steps ask.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing known refuses: see struct facts. */
#include "rule/facts.h"
#include "rule/judge.h"

#include "base/banned.h"

/* 4.9-1: succession is by another legal entity. */
bool guard_successor_is_another(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->successor_other;
}

/* 4.9-1: the succession is confirmed, by what proves it. */
bool guard_proof_filed(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->proof.n > 0;
}

/* 4.9-1: what is approved is a succession that has taken place: not before its day. */
bool guard_succession_day_reached(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return day_known(facts->today) && day_known(facts->succession_day) &&
           facts->succession_day.n <= facts->today.n;
}
