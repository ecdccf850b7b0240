/* pages_parameter.h: parameters in the portal: values of each, and how a change is proposed.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_PAGES_PARAMETER_H
#define HOSHI_PAGES_PARAMETER_H

#include "web/case_view.h"

enum { PROPOSALS_MAX = 400 };

/* One parameter with its rows, the latest first: those to come, the one in force, former ones. */
struct parameter_line {
    int id;
    const struct row_parameter *rows;
    size_t n, coming; /* of them */
};

struct parameter_proposal {
    const struct sql_parameter_proposals_row *row;
    int id, state;
    struct str value;
    struct day from;
};

struct parameters_view {
    struct parameter_line *lines; /* by PARAMETER_… */
    struct parameter_proposal *proposals;
    size_t proposals_n;
};

struct parameter_view {
    const struct word_row *word;
    const struct parameter_line *line;
    const struct parameters_view *all;
    bool may_propose;
    const struct form_row *form;
    struct field_setting setting;
};

/* Yes and no, and offices, in words; all else as it is written. */
struct str parameter_shown(const struct visit *visit, int parameter, struct str value);
const char *parameter_sort(const struct visit *visit, int parameter);
/* What it may be, where that is a choice; "" else. */
struct str parameter_choices(const struct visit *visit, int parameter);
struct str parameter_in_force(const struct visit *visit, const struct parameter_line *line);

#endif
