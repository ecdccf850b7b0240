/* preview.h: what happens to every label if an edition of the criteria starts on a day (5-1, 5-2).
 * SPDX-License-Identifier: Apache-2.0
 *
 * One walk over the labels in the order of their numbers; what it counts and its digest are what a
 * decision is signed on. Nothing is written. */
#ifndef HOSHI_PREVIEW_H
#define HOSHI_PREVIEW_H

#include "base/buf.h"
#include "base/hash.h"
#include "base/json.h"
#include "desk/desk.h"

/* What is asked: the edition as it would be. Days that there are none are DAY_NONE. */
struct preview_terms {
    struct str edition, replaces;
    struct words former; /* what it replaces, and what that only reworded: all of them are barred */
    bool editorial;
    struct day begins, acceptance_end, extension_end;
    struct day as_of;  /* labels in force, or under examination, on this day */
    int64_t window;    /* days before the last in which an extension is filed; 0: at any time */
};

enum fate {
    FATE_OTHER,   /* not under the edition that is replaced: it goes on as before */
    FATE_BEFORE,  /* ends before the bar: extended as before, filed to its last day */
    FATE_TO_BAR,  /* extended only when it is filed by the last day of the former edition */
    FATE_NEVER,   /* its time for filing begins after the bar: it ends with its last day */
    FATE_CAPPED,  /* could not be extended anyhow: 4.3.4, 4.3.6 */
    FATE_PENDING, /* filed already: decided as before (5-2) */
    FATES_N
};
const char *fate_word(enum fate fate); /* "to-bar" … */

struct preview_line {
    struct str number, party, maker_ja, maker_en, route, edition;
    int64_t level;
    struct day expires;
    enum fate fate;
    struct day file_by; /* the last day on which an extension may be filed; DAY_NONE: none */
};

struct preview_month {
    int year, month; /* in which the validity ends */
    int64_t fates[FATES_N];
};
struct preview_maker {
    struct str party, ja, en;
    int64_t fates[FATES_N], labels;
};
struct preview {
    struct preview_terms terms;
    int64_t labels, fates[FATES_N];
    int64_t levels[5][FATES_N];
    struct preview_month *months; /* in their order, from the first to the last that has a label */
    size_t months_n;
    struct preview_maker *makers; /* those with the most labels to bar first */
    size_t makers_n;
    struct hash digest;
};

/* Pure. */
enum fate label_fate(const struct preview_terms *terms, const struct preview_line *label,
                     bool pending, bool capped, struct day *file_by);

/* Calls for each label; lines live until the call returns. */
typedef struct fault *preview_taker(void *whom, const struct preview_line *line);
struct fault *preview_walk(struct store *store, const struct preview_terms *terms,
                           struct arena *arena, preview_taker *take, void *whom);
struct fault *preview_make(struct store *store, struct arena *arena,
                           const struct preview_terms *terms, struct preview *out);

/* Of a case: its fields as last filled in, with the parameters of that day; what is not filled in
 * yet is none. */
struct fault *preview_terms_of(struct desk *desk, struct arena *arena, const json_t *filled,
                               struct day as_of, struct preview_terms *out);
/* An edition, and those of which it is an editorial revision: to bar one is to bar them all. */
struct fault *edition_wordings(struct store *store, struct arena *arena, struct str id,
                               struct words *out);
/* As they are kept on the case, and signed: digest, totals, by level and by month. */
json_t *preview_figures(struct arena *arena, const struct preview *preview);

/* The list as CSV (RFC 4180, with BOM). */
struct fault *preview_csv(struct store *store, struct arena *arena,
                          const struct preview_terms *terms, struct buf *out);

#endif
