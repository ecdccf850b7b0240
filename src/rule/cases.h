/* cases.h: case files: what the rules say about given facts, line by line (doc/facts.md).
 * SPDX-License-Identifier: Apache-2.0
 *
 *   # comment
 *   given FACT…      what holds for the lines below; forgets what held before
 *   and FACT…        more of it
 *   PROCEDURE STEP ROLE STATE [FACT…] -> STATE [YYYY-MM-DD]
 *   PROCEDURE STEP ROLE STATE [FACT…] -> refused CLAUSE [GUARD]
 *
 * ROLE `none`: somebody who holds no role. The day is the last valid day of the label issued. A
 * fact on the line goes before a given one. GUARD is a guard's name, or authority, apart, state,
 * due.
 * `-> refused` alone is the state of that name. */
#ifndef HOSHI_CASES_H
#define HOSHI_CASES_H

#include "base/day.h"
#include "base/str.h"

enum { CASE_GIVEN_MAX = 8, CASE_WORDS_MAX = 128 };

struct case_line {
    int line;                            /* in the file, from 1 */
    struct str given[CASE_GIVEN_MAX];    /* rows of facts */
    size_t given_n;
    struct str procedure, step, role, state, facts;
    bool allowed;
    struct str to;                       /* allowed: the state after it */
    struct day expires;                  /* allowed: DAY_NONE when none is stated */
    struct str clause, guard;            /* refused: the guard may be empty */
};

struct case_reader {
    struct str rest;
    struct case_line now;
};

enum case_read { CASE_END, CASE_LINE, CASE_MALFORMED };

/* The next case; MALFORMED leaves reader->now.line at the line that cannot be read. */
struct case_reader case_reader_of(struct str text);
enum case_read case_next(struct case_reader *reader);

/* The next fact of a row of facts. */
bool case_fact_next(struct str *row, struct str *fact);

#endif
