/* 4_7.c: change of product information: what the steps ask.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing known refuses: see struct facts. */
#include "rule/facts.h"
#include "rule/judge.h"

#include "base/banned.h"

/* 4.7.1-1: registrants apply for change of product information: something is to change. */
bool guard_something_changes(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->changes.n > 0;
}

/* 4.7.1-1, 4.4.1-1: a change of the product itself is maintenance. Which of the two a change of
 * models or firmware is, dated parameters say. */
bool guard_change_is_of_information(const struct facts *facts, struct arg arg)
{
    (void)arg;
    for (size_t i = 0; i < facts->changes.n; i++)
        if (!words_have(facts->information_items, facts->changes.at[i]))
            return false;
    return facts->information_items.n > 0;
}
