/* pages_watch.h: the page from which labels are watched over: charts for the Technical Manager and
 * the Managing Director, and what is open.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A chart is a table of counts: a name for each row, a name for each part of it. It is drawn as
 * bars and shown as a table too; a row leads to the list of what it counts. To add one: a function
 * that fills it, and its line in pages_watch.c; one of cases: a line in watch_cases.c alone. */
#ifndef HOSHI_PAGES_WATCH_H
#define HOSHI_PAGES_WATCH_H

#include "web/case_view.h"

enum { WATCH_ROWS_MAX = 16, WATCH_PARTS_MAX = 3, WATCH_CHARTS_MAX = 8, WATCH_LISTED_MAX = 50 };

struct watch_row {
    struct str key, name; /* key: in the address of the list behind it */
    int64_t n[WATCH_PARTS_MAX];
};

struct watch_chart {
    const char *id, *title; /* title: an English text of the page, N_("…") */
    bool hidden;            /* of cases that the visitor may not read: nothing is said of them */
    struct str conclusion;  /* in a sentence or two, in the page's language */
    struct str row_head;    /* what a row is: the cause, the month */
    struct str parts[WATCH_PARTS_MAX];
    size_t parts_n;
    struct watch_row rows[WATCH_ROWS_MAX];
    size_t rows_n;
    const char *list;    /* address of the list behind a row, its key left out */
    bool list_has_parts; /* there is one behind each part of a row, too */
};

/* watch_cases.c: cases under way, by a word that they hold and by their age. */
struct watch_case {
    struct str id;
    int64_t days;  /* since it was opened */
    struct str word; /* of the rule book; "" where there is none yet */
};

struct watch_cases {
    struct watch_case *at; /* the oldest first */
    size_t n;
    bool cut; /* there are more */
};

struct case_chart {
    const char *id, *title, *procedure, *field, *list, *row_head, *none;
    void (*conclude)(struct html *html, const struct watch_cases *cases, struct watch_chart *out);
};

/* All under way of a procedure; none where the visitor may not list them. `field`: "" for none. */
struct fault *watch_cases_load(struct visit *visit, const char *procedure, const char *field,
                               struct watch_cases *out);
const struct case_chart *watch_case_chart(struct str id); /* NULL: there is none */
struct fault *watch_case_chart_fill(struct visit *visit, const char *id, struct watch_chart *out);
size_t watch_age_part(int64_t days);
/* "up to 30 days"; "" for none. */
struct str watch_age_words(bool english, size_t part);

/* A case of a list. */
struct watch_listed {
    struct row_casework *work;
    struct row_party *maker; /* NULL for none */
    int64_t days;
};

struct watch_list {
    const char *chart; /* title, N_("…") */
    struct str row, part; /* what it is of; "" for all */
    struct watch_listed *at;
    size_t n, all; /* shown; in all */
    bool sealed;   /* to have looked is recorded (6.5-6) */
};

struct fault *watch_list_fill(struct visit *visit, const struct watch_cases *cases,
                              struct watch_list *out);

struct watch_fixes;

struct watch_view {
    struct watch_chart *charts[WATCH_CHARTS_MAX];
    size_t charts_n;
    const struct watch_fixes *fixes;
    struct watch_list under_way; /* surveillances and revocations */
};

/* draw_watch.c: bars from the left, a row each, its parts one after the other. */
struct fragment watch_chart_drawn(struct html *html, const struct watch_chart *chart);
/* The class of a part's colour in the chart. */
const char *watch_part_colour(size_t part);
/* The address of the list behind a row; of one part of it, or with WATCH_PARTS_MAX of all. */
struct str watch_list_path(struct arena *arena, const struct watch_chart *chart, size_t row,
                           size_t part);

/* Days since it was opened. */
int64_t watch_age(const struct visit *visit, int64_t opened);
/* The words of an item of a list of the rule book. */
struct str watch_item(const struct visit *visit, const char *list, struct str value);

#endif
