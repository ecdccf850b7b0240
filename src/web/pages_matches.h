/* pages_matches.h: matches of advisories with labels, for officers; the feeds they come from.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_PAGES_MATCHES_H
#define HOSHI_PAGES_MATCHES_H

#include "web/case_view.h"

enum { MATCHES_SHOWN_MAX = 50, MODELS_SHOWN_MAX = 5 };

struct match_row {
    const struct sql_waiting_cases_row *work;
    const struct row_label *label; /* NULL where none is named */
    json_t *values;                /* fields as last filled in */
    int state;
    int64_t rank, score;           /* rank: 3 strong … 0 outside */
    struct str found_by;           /* who found it not affected, to be confirmed by another */
    bool found_here;               /* that was this person */
};

struct match_view {
    struct match_row rows[MATCHES_SHOWN_MAX];
    size_t n, waiting; /* shown; in all */
    bool may_confirm;
};

struct feed_row {
    const struct row_feed *feed;
    const struct row_feed_look *look; /* NULL before it is read first */
};

struct feed_view {
    struct feed_row *rows;
    size_t n;
    bool may_begin;
};

/* "9.8", "" where there is none. */
struct str cvss_words(struct html *html, const json_t *values);
/* The items that are set of a list, with a comma between. */
struct str items_words(const struct visit *visit, const char *list, const json_t *values);

#endif
