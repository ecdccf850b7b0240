/* pages_mass.h: mass actions: the search and its preview, how an action has come along.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_PAGES_MASS_H
#define HOSHI_PAGES_MASS_H

#include "desk/mass.h"
#include "web/case_view.h"

enum { MASS_SHOWN = 50, MASS_MAKERS_SHOWN = 10, MASS_ACTIONS_SHOWN = 20 };

/* A mass action on its way, for its page and for the list of them. */
struct mass_course {
    struct row_casework *work;
    struct row_mass *row; /* NULL before it is drawn up */
};

struct mass_view {
    const struct form_row *form;
    struct field_setting setting; /* what is asked, and what is wrong with it */
    bool asked, may_draw_up;
    struct mass_found found;
    struct row_label *shown[MASS_SHOWN];
    size_t shown_n;
    struct mass_course *actions;
    size_t actions_n;
};

/* One reason why items were refused, and how often. */
struct mass_state {
    struct row_mass *row;
    bool rehearsal; /* the refusals are of the rehearsal */
    struct row_mass_refusal *refusals;
    struct sql_mass_refusals_by_row *reasons;
    size_t refusals_n, reasons_n;
};

/* draw_mass.c: one bar of what is done, what was refused, and what is to come; levels side by
 * side. */
struct fragment mass_bar(struct html *html, int64_t done, int64_t refused, int64_t all,
                         struct str conclusion);
struct fragment mass_levels(struct html *html, const int64_t levels[5], struct str conclusion);

#endif
