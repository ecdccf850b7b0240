/* importance.c: how important a vulnerability is to the scheme.
 * SPDX-License-Identifier: Apache-2.0 */
#include "advisory/importance.h"

#include "base/banned.h"

struct importance_limits importance_limits_ours(void)
{
    return (struct importance_limits){.medium_tenths = 40,
                                      .high_tenths = 70,
                                      .serious_tenths = 90,
                                      .wide_models = 1000,
                                      .wide_labels = 50,
                                      .exploited_raises = true,
                                      .unscored = IMPORTANCE_MEDIUM};
}

static enum importance by_score(const struct importance_limits *limits, int score)
{
    if (score < 0)
        return (enum importance)limits->unscored;
    return score >= limits->serious_tenths  ? IMPORTANCE_SERIOUS
           : score >= limits->high_tenths   ? IMPORTANCE_HIGH
           : score >= limits->medium_tenths ? IMPORTANCE_MEDIUM
                                            : IMPORTANCE_LOW;
}

static enum importance graver(enum importance importance)
{
    return importance < IMPORTANCE_SERIOUS ? importance + 1 : IMPORTANCE_SERIOUS;
}

enum importance importance_of(const struct importance_limits *limits,
                              const struct importance_facts *facts,
                              struct importance_reasons *reasons)
{
    struct importance_reasons why = {.by_score = by_score(limits, facts->score_tenths)};
    enum importance importance = why.by_score;
    if (facts->exploited && limits->exploited_raises) {
        enum importance raised = graver(importance);
        raised = raised < IMPORTANCE_HIGH ? IMPORTANCE_HIGH : raised;
        why.raised_by_exploitation = raised != importance;
        importance = raised;
    }
    bool wide = (limits->wide_models > 0 && facts->models >= limits->wide_models) ||
                (limits->wide_labels > 0 && facts->labels >= limits->wide_labels);
    if (wide && importance >= IMPORTANCE_MEDIUM) {
        why.raised_by_reach = importance != IMPORTANCE_SERIOUS;
        importance = graver(importance);
    }
    if (facts->models == 0 && importance > IMPORTANCE_MEDIUM) {
        why.lowered_by_no_reach = true;
        importance = IMPORTANCE_MEDIUM;
    }
    if (reasons)
        *reasons = why;
    return importance;
}

const char *importance_name(enum importance importance)
{
    static const char *const names[] = {"low", "medium", "high", "serious"};
    return names[importance];
}

const char *importance_word(enum importance importance, bool english)
{
    static const char *const words[][2] = {
        {"低", "Low"}, {"中", "Medium"}, {"高", "High"}, {"重大", "Serious"}};
    return words[importance][english];
}
