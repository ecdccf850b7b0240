/* 4_6_4.c: corrective action required, and revocation: what the steps ask.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing known refuses: see struct facts. */
#include "rule/facts.h"
#include "rule/judge.h"

#include "base/banned.h"

/* 4.6.4-1: on the results of surveillance. */
bool guard_surveillance_examined(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->surveillance_examined;
}

/* 4.6.4-2: a specified period is one in which something can be done: at least so many days. */
bool guard_period_long_enough(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return day_known(facts->correction_least) && facts->correction_least.n <= facts->correct_by.n;
}

/* 4.6.4-3: what was granted is not taken back. */
bool guard_period_prolonged(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return day_known(facts->correction_due) && facts->correction_due.n < facts->new_correct_by.n;
}

/* 4.6.4-2: within the period, its last day included. */
bool guard_before_correction_over(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return day_known(facts->today) && facts->today.n <= facts->correction_due.n;
}

/* 4.6.4-2: only when the period has passed: from 0:00 in Tokyo after its last day. */
bool guard_after_correction_over(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return day_known(facts->correction_over) && facts->correction_over.n <= facts->today.n;
}

/* 4.6.4-2: a correction filed in time is examined first. */
bool guard_corrections_examined(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->corrections_examined;
}

/* Ours: nobody loses a label unheard. */
bool guard_heard(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->hearing_given;
}

/* Ours: what a label was shown on is claims, stock and packaging. */
bool guard_duties_done(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->claims_ended && facts->stock_handled && facts->packaging_handled;
}
