/* 6_3.c: change of a parameter: what the steps ask.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing known refuses: see struct facts. */
#include "rule/facts.h"
#include "rule/judge.h"

#include "base/banned.h"

bool guard_parameter_changes(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->parameter_value.bytes && facts->parameter_stands.bytes &&
           !str_eq(facts->parameter_value, facts->parameter_stands);
}

/* 6.3-1: approval before use; a day that has begun keeps the value with which it began. */
bool guard_parameter_day_ahead(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return day_known(facts->today) && day_known(facts->parameter_from) &&
           facts->today.n < facts->parameter_from.n;
}
