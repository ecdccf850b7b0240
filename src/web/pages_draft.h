/* pages_draft.h: the sections of an application that is being filled in.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_PAGES_DRAFT_H
#define HOSHI_PAGES_DRAFT_H

#include "web/case_view.h"

struct draft_section {
    const char *name, *title; /* title: English, looked up */
    int group;                /* applicant, product, declaration, filing */
    const char *fields;       /* names, spaces between */
};
extern const struct draft_section draft_sections[];
extern const size_t draft_sections_n;

struct section_state {
    bool begun;
    size_t asked, missing; /* fields that must be there, and those that are not */
};

/* The step by which this draft is filed. */
const struct step_row *filing_step(const struct visit *visit, const struct case_view *view);
bool section_shown(const struct visit *visit, const struct case_view *view,
                   const struct draft_section *section);
bool section_has(const struct draft_section *section, const char *field);
struct section_state section_state(const struct visit *visit, const struct case_view *view,
                                   const struct draft_section *section);

/* One of the applicant's own cases in the list. */
struct own_case {
    const struct row_casework *work;
    const struct procedure_row *procedure; /* NULL when the book no longer has it */
    int state;
    const struct step_row *next;
    struct row_case_number *numbers;
    size_t numbers_n;
    struct pace pace;
};

/* The applicant's first page. */
struct applications {
    const struct own_case *own;
    size_t n;
    const struct row_party *parties; /* for whom the person acts */
    size_t parties_n;
    const struct fault *wrong; /* of the choice among them */
};

#endif
