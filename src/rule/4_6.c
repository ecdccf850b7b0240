/* 4_6.c: endings of a label: what the steps ask, and what they work out.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing known refuses: see struct facts. */
#include "rule/facts.h"
#include "rule/judge.h"

#include "base/banned.h"

/* 4.6.2-1: a label in force yesterday cannot be unsaid today. */
bool guard_not_backdated(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return day_known(facts->today) && facts->today.n <= facts->withdrawal_day.n;
}

/* 4.6.2-1: beyond the validity, or today where that is over, there is nothing to give up. */
bool guard_withdrawn_within_validity(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return day_known(facts->withdrawal_day) && (facts->withdrawal_day.n <= facts->expires.n ||
                                                facts->withdrawal_day.n <= facts->today.n);
}

/* 4.6.2-1: received also while a revocation is pending, which is decided and shown all the same. */
bool guard_withdrawal_open(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->no_revocation_pending || facts->withdrawal_while_pending;
}

/* 4.6.1-1: from the day after the last one. */
void effect_record_lapse(const struct facts *facts, struct arg arg, struct outcome *outcome)
{
    (void)arg;
    outcome->life.end = LIFE_LAPSED;
    outcome->life.ended = day_plus(facts->expires, 1);
    outcome->life.pending = false;
}

/* 4.6.2-1: on the day asked for; today, when that has passed while the application waited. An
 * extension that was pending has nothing left to extend. */
void effect_withdraw_label(const struct facts *facts, struct arg arg, struct outcome *outcome)
{
    (void)arg;
    outcome->life.end = LIFE_WITHDRAWN;
    outcome->life.ended =
        facts->withdrawal_day.n < facts->today.n ? facts->today : facts->withdrawal_day;
    outcome->life.pending = false;
}
