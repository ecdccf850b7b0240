/* judge.h: may this step be taken now, by this role, on these facts? Pure: no time, no I/O, no
 * allocation, no state.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Order of precedence, first failure wins (each row of the .rules file in its own order):
 *   1 the step is one of the procedure's                            VERDICT_UNKNOWN    404
 *   2 the role is among `by`              guard "authority"         VERDICT_FORBIDDEN  403
 *   3 the role's own `when` rows: appointed, ethics-signed, no-conflict, competent     403
 *   4 `apart`: the actor took none of those steps on this case, or above it; "apart"   403
 *   5 the case is in one of `from`        guard "state"             VERDICT_STATE      409
 *   6 `at`: the day or the instant is come, for steps by the clock; guard "due"
 *                                                                   VERDICT_REFUSED    409
 *   7 (the desk checks the form here and answers 422 itself)
 *   8 the step's `when` rows              by the guard's family     403, 409, 422 */
#ifndef HOSHI_JUDGE_H
#define HOSHI_JUDGE_H

#include "rule/facts.h" /* struct facts, enums: includes rulebook.gen.h */
#include "rule/life.h"
#include "rule/rulebook.h"

enum verdict_kind { VERDICT_ALLOWED, VERDICT_UNKNOWN, VERDICT_FORBIDDEN, VERDICT_STATE,
                    VERDICT_REFUSED, VERDICT_MALFORMED };

/* What the effects worked out; the desk turns it into rows. */
struct outcome {
    struct day expires;      /* issue-label: last valid day, inclusive */
    int64_t fee_yen;         /* invoice-fee, record-fee */
    struct life life;        /* of the label, as it will be */
};

struct verdict {
    enum verdict_kind kind;
    const struct step_row *step;  /* NULL when unknown */
    int to;                       /* state after it, `same` resolved; when allowed */
    const char *guard;            /* what failed: "authority", "apart", "state", "due", a guard */
    int guard_id;                 /* GUARD_…, or GUARD_NONE for the four above */
    const char *clause;           /* of the row that failed */
    struct outcome outcome;       /* when allowed */
};

/* role may be ROLE_NONE: someone who holds no role of the step. */
struct verdict judge(const struct rulebook *book, const struct procedure_row *procedure,
                     struct str step, int role, int state, const struct facts *facts);

/* When the clock is to take the step: 0:00 in Tokyo of a day, or the instant; 0 when that is not
 * known, or the step is not the clock's. */
int64_t step_due(const struct rulebook *book, const struct step_row *step,
                 const struct facts *facts);

/* Points 1 to 6 only: what decides whether a button is shown and before a form is read. */
struct verdict judge_before_form(const struct rulebook *book, const struct procedure_row *procedure,
                                 struct str step, int role, int state, const struct facts *facts);

/* Every check of the step in that order, true or false; returns how many (at most lines_max). */
struct why_line {
    const char *guard;
    int guard_id;
    struct arg arg;
    const char *clause;
    bool holds;
};
size_t judge_why(const struct rulebook *book, const struct procedure_row *procedure,
                 struct str step, int role, int state, const struct facts *facts,
                 struct why_line *lines, size_t lines_max);

#endif
