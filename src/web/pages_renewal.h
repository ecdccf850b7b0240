/* pages_renewal.h: a maker's labels, what can be done about each, and extensions of many.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_PAGES_RENEWAL_H
#define HOSHI_PAGES_RENEWAL_H

#include "desk/many.h"
#include "desk/renewal.h"
#include "store/sql.gen.h"
#include "web/draw.h"
#include "web/field.h"

struct own_labels {
    struct label_standing *rows;
    size_t n;
    int64_t total, page;
    struct str asked;
    bool more;
};

/* One of the labels chosen for extension: its standing, or why there is none. */
struct chosen_label {
    struct str number;
    struct label_standing standing; /* .label NULL when it cannot be seen */
    bool may;
};
struct chosen {
    struct chosen_label *at;
    size_t n, may_n;
    bool all; /* all that may be extended, rather than those named */
};

struct label_history {
    struct label_standing standing;
    struct row_label_event *events;
    size_t events_n;
    struct row_casework *cases;
    size_t cases_n;
    struct beginning *beginnings;
    size_t beginnings_n;
    const struct procedure_row **desk_begins; /* by the visitor's office */
    size_t desk_begins_n;
    bool own; /* the visitor acts for the registrant */
};

/* What became of one form that was filed for many labels. */
enum { FILED_SHOWN = 500 };
struct filed {
    const struct chosen *chosen;
    struct many_answer *answers;
    size_t filed;
    const char *title;
};

enum { RENEWAL_MONTHS = 36 };
struct renewals {
    struct day first; /* of the first month */
    int64_t n[RENEWAL_MONTHS], pending[RENEWAL_MONTHS], all;
    struct str month; /* chosen, "2027-05"; "" for none */
    struct sql_renewals_between_row *rows;
    size_t rows_n;
};

struct str hint_said(struct html *html, const struct hint *hint);
/* Why an extension would not be received, with its clause. */
const char *verdict_said(const struct visit *visit, const struct verdict *verdict);
const char *life_state_said(struct html *html, enum life_state state);
const char *life_state_badge(enum life_state state); /* the class of its colours */
const char *event_said(struct html *html, struct str kind);
/* "2027-05" of the months after the first. */
struct str renewal_month(struct arena *arena, const struct renewals *renewals, int i);
struct str month_words(struct html *html, struct str month);
struct fragment renewals_chart(struct html *html, const struct renewals *renewals,
                             struct str conclusion);

#endif
