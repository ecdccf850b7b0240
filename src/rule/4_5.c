/* 4_5.c: change of the level on a label: what the steps ask, and what they work out.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing known refuses: see struct facts. */
#include "rule/facts.h"
#include "rule/judge.h"

#include "base/banned.h"

/* 4.5-1: a change of the level: to another one. */
bool guard_level_differs(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->label_level > 0 && facts->case_level > 0 &&
           facts->label_level != facts->case_level;
}

/* 4.5-1: only when the product information has not changed at all. */
bool guard_product_information_unchanged(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->information_unchanged;
}

/* 4.5-1: the level; the validity stays. A label that is certified for the first time begins its
 * five years with that: what it had by self-declaration is no certification (ours, 4.3.6-1). */
void effect_set_level(const struct facts *facts, struct arg arg, struct outcome *outcome)
{
    enum { CERTIFIED_FROM = 3 };
    (void)arg;
    if (outcome->life.level < CERTIFIED_FROM && facts->case_level >= CERTIFIED_FROM) {
        outcome->life.term_start = facts->today;
        outcome->life.extensions = 0;
    }
    outcome->life.level = facts->case_level;
}
