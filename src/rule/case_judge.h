/* case_judge.h: a case in the words of the rule book, and whether an answer is the one it states.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_CASE_JUDGE_H
#define HOSHI_CASE_JUDGE_H

#include "rule/cases.h"
#include "rule/judge.h"

/* A case with its words found in the book. */
struct case_known {
    const struct procedure_row *procedure;
    int role, state;
    struct facts facts;
    struct str room[CASE_WORDS_MAX]; /* what words of facts point into: do not copy the struct */
};

/* False when a word is none of the book's; *unknown says which. */
bool case_know(const struct rulebook *book, const struct case_line *line, struct case_known *out,
               struct str *unknown);

/* What somebody answered to a case, be it the judge, the command or the server. */
struct case_answer {
    bool allowed;
    struct str to;             /* allowed */
    struct day expires;        /* allowed: DAY_NONE where the answer has none */
    struct str clause, guard;  /* refused */
};
struct case_answer case_answer_of(const struct rulebook *book, const struct verdict *verdict);

bool case_agrees(const struct case_line *line, const struct case_answer *answer);

#endif
