/* cases_run.h: runs a case file on the judge, with any book: the built one, or a changed copy.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_CASES_RUN_H
#define HOSHI_CASES_RUN_H

#include <stdio.h>
#include <stdlib.h>

#include "rule/case_judge.h"

static inline struct str case_file_read(struct arena *arena, const char *path)
{
    enum { BYTES_MAX = 1 << 20 };
    char *text = arena_alloc(arena, BYTES_MAX);
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(99);
    }
    size_t n = fread(text, 1, BYTES_MAX, file);
    fclose(file);
    return (struct str){.at = text, .bytes = n};
}

static inline struct case_answer case_judged(const struct rulebook *book,
                                             const struct case_line *line,
                                             struct case_known *known)
{
    struct verdict verdict = judge(book, known->procedure, line->step, known->role, known->state,
                                   &known->facts);
    return case_answer_of(book, &verdict);
}

/* How many lines of the file the book does not answer as they state; -1 when one cannot be read. */
static inline int cases_failing(const struct rulebook *book, struct str text)
{
    struct case_reader reader = case_reader_of(text);
    int failing = 0;
    for (;;) {
        static struct case_known known;
        struct str unknown;
        enum case_read read = case_next(&reader);
        if (read == CASE_END)
            return failing;
        if (read == CASE_MALFORMED || !case_know(book, &reader.now, &known, &unknown))
            return -1;
        struct case_answer answer = case_judged(book, &reader.now, &known);
        failing += !case_agrees(&reader.now, &answer);
    }
}

#endif
