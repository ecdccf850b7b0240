/* 4_8_2.c: vulnerability information, and the feeds from which it is taken: what the steps ask.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing known refuses: see struct facts. */
#include "rule/facts.h"

#include "base/banned.h"

/* 4.8.3-1: action is about a label; what is not about one is only received. */
bool guard_label_named(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->label_known;
}

/* 4.8.3-1: one advisory is one case of a label. */
bool guard_match_not_taken(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->match_new;
}

bool guard_advisory_newer(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->match_newer;
}

/* 1 for low to 4 for serious; 0 for no such word. */
static int grade(struct str word)
{
    static const char *const words[] = {"low", "medium", "high", "serious"};
    for (int i = 0; i < 4; i++)
        if (str_is(word, words[i]))
            return i + 1;
    return 0;
}

/* 4.8.3-1: "by its importance": from the word that the parameter of the day names. */
bool guard_match_serious(const struct facts *facts, struct arg arg)
{
    (void)arg;
    int least = grade(facts->propose_from);
    return least > 0 && grade(facts->importance) >= least;
}

bool guard_cvss_readable(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->cvss_good;
}

/* 4.8.3-1: the thresholds propose; who differs from them says why. */
bool guard_importance_accounted(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return grade(facts->importance) > 0 &&
           (str_eq(facts->importance, facts->importance_by_rule) ||
            facts->assessment_reasons.bytes > 0);
}

bool guard_feed_place_readable(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->feed_place_good;
}
