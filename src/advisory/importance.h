/* importance.h: how important a vulnerability is to the scheme: by score, exploitation and reach.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Clause 4.8.3 asks for action by importance and does not say how it is measured: the thresholds
 * are `ours`, dated parameters that the caller gives. The word only proposes; a person decides. */
#ifndef HOSHI_ADVISORY_IMPORTANCE_H
#define HOSHI_ADVISORY_IMPORTANCE_H

#include <stdbool.h>
#include <stdint.h>

enum importance { IMPORTANCE_LOW, IMPORTANCE_MEDIUM, IMPORTANCE_HIGH, IMPORTANCE_SERIOUS };

/* The thresholds, as the parameters of the day hold them. */
struct importance_limits {
    int medium_tenths;     /* from this score on it is medium */
    int high_tenths;       /* … high */
    int serious_tenths;    /* … serious */
    int64_t wide_models;   /* from so many labelled models on it is one word graver; 0: never */
    int64_t wide_labels;   /* the same by labels */
    bool exploited_raises; /* known exploitation makes it one word graver, and at least high */
    int unscored;          /* enum importance of what has no score at all */
};

/* 4.0, 7.0, 9.0 as CVSS names its severities; 1,000 models or 50 labels; exploited raises; medium.
 */
struct importance_limits importance_limits_ours(void);

struct importance_facts {
    int score_tenths;       /* advisory_score(); CVSS_NO_SCORE when there is none */
    bool exploited;         /* known to be exploited */
    int64_t models, labels; /* labelled models and labels that it reaches */
};

struct importance_reasons {
    enum importance by_score;
    bool raised_by_exploitation, raised_by_reach, lowered_by_no_reach;
};

/* Nothing labelled reached: never above medium, for there is no label to act on. */
enum importance importance_of(const struct importance_limits *limits,
                              const struct importance_facts *facts,
                              struct importance_reasons *reasons);

const char *importance_name(enum importance importance); /* "low", "medium", "high", "serious" */
const char *importance_word(enum importance importance, bool english); /* 低 中 高 重大, Low … */

#endif
