/* pages_open.h: forms for anyone without an account, and the page by which they follow their case.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_PAGES_OPEN_H
#define HOSHI_PAGES_OPEN_H

#include "desk/openly.h"
#include "letter/letter.h"
#include "web/case_view.h"
#include "web/openly.h"

/* A form of a procedure that anyone may begin. */
struct open_view {
    const struct procedure_row *procedure;
    const struct step_row *step;
    struct field_setting setting;
    struct str token;
    struct fault *refused; /* what no field is to blame for: the form is too old, say */
    int64_t file_bytes;
    struct row_published_answer *alike; /* to an inquiry: what was answered before */
    size_t alike_n;
};

/* A case of theirs. */
struct follow_view {
    struct str link;
    struct row_casework *work;
    const struct procedure_row *procedure;
    int state;
    struct str number;   /* of receipt */
    struct letter *told; /* what they were told, the latest first */
    size_t told_n;
    const struct step_row **steps; /* that they may take now */
    size_t steps_n;
    const struct step_row *tried; /* whose form comes back with `setting` */
    struct field_setting setting, empty;
    struct str token;
    struct fault *refused;
    bool filed; /* just now */
    int64_t file_bytes;
};

/* pages_claims.c: published answers that are like a question, the likest first. */
struct fault *answers_alike(struct visit *visit, struct str question,
                            struct row_published_answer **out, size_t most, size_t *n);

/* Does the form ask for files? */
bool form_takes_files(const struct rulebook *book, int form);

#endif
