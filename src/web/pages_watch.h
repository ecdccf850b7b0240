/* pages_watch.h: the page from which labels are watched over: charts for the Technical Manager and
 * the Managing Director, and what is open.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A chart is a table of counts: a name for each row, a name for each part of it. It is drawn as
 * bars and shown as a table too. To add one: a function that fills it, and its line in
 * pages_watch.c. */
#ifndef HOSHI_PAGES_WATCH_H
#define HOSHI_PAGES_WATCH_H

#include "web/case_view.h"

enum { WATCH_ROWS_MAX = 16, WATCH_PARTS_MAX = 3, WATCH_CHARTS_MAX = 8 };

struct watch_row {
    struct str name;
    int64_t n[WATCH_PARTS_MAX];
};

struct watch_chart {
    const char *id, *title; /* title: an English text of the page, N_("…") */
    struct str conclusion;  /* in one sentence, in the page's language */
    struct str row_head;    /* what a row is: the cause, the month */
    struct str parts[WATCH_PARTS_MAX];
    size_t parts_n;
    struct watch_row rows[WATCH_ROWS_MAX];
    size_t rows_n;
};

struct watch_view {
    struct watch_chart *charts[WATCH_CHARTS_MAX];
    size_t charts_n;
    struct sql_watch_cases_row *cases; /* surveillances and revocations under way */
    size_t cases_n;
};

/* draw_watch.c: bars from the left, a row each, its parts one after the other. */
struct fragment watch_chart_drawn(struct html *html, const struct watch_chart *chart);
/* The class of a part's colour in the chart. */
const char *watch_part_colour(size_t part);

/* Days since it was opened. */
int64_t watch_age(const struct visit *visit, int64_t opened);
/* The words of an item of a list of the rule book. */
struct str watch_item(const struct visit *visit, const char *list, struct str value);

#endif
