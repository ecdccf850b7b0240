/* 6_6.c: appeals: what the steps ask.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing known refuses: see struct facts. */
#include "rule/facts.h"
#include "rule/judge.h"

#include "base/banned.h"

/* 6.6-1: what somebody was told as a decision against which an appeal is open. */
bool guard_can_be_appealed(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->appealed_act.bytes > 0;
}

/* Ours: up to the day that the letter named, that day included. */
bool guard_in_time_to_appeal(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return day_known(facts->today) && facts->today.n <= facts->appeal_until.n;
}

/* Ours: one decision is examined once at a time, whoever of its parties appeals. */
bool guard_no_appeal_pending(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->appealed_act.bytes && !facts->appeal_pending;
}

/* A-TM: the final decision follows the technical one, or returns it. */
bool guard_appeal_founded(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return str_is(facts->appeal_finding, "founded");
}

bool guard_appeal_unfounded(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return str_is(facts->appeal_finding, "unfounded");
}

/* 6.6-1: what an appeal that is upheld brings depends on what the decision did. */
bool guard_ended_a_label(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return str_is(facts->appeal_remedy, "reinstatement");
}

bool guard_refused_a_case(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return str_is(facts->appeal_remedy, "reopening");
}

bool guard_remedied_otherwise(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return str_is(facts->appeal_remedy, "other");
}

bool guard_upheld_on_appeal(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->appeal_upheld;
}
