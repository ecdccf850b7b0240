/* watch.h: advisories read from feeds, matched to labelled models, made cases: 4.8.3.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The watch is a machine: it takes in, and puts forward what is serious; it confirms and decides
 * nothing. Whoever runs it gives it a way to fetch addresses, which the desk has not. */
#ifndef HOSHI_WATCH_H
#define HOSHI_WATCH_H

#include "advisory/importance.h"
#include "advisory/match.h"
#include "desk/desk.h"

struct row_feed;
struct setting;

enum { WATCH_FILE_BYTES_MAX = 600 << 20 }; /* one file: a year's CVE records and more */

/* What an address gave. */
struct fetched {
    struct str bytes, etag, modified;
    bool unchanged; /* 304: as it was */
};

/* One run over the feeds. */
struct watch {
    struct desk *desk;
    bool anew;      /* also what was read before and has not changed */
    bool by_hand;   /* read now, whenever they are due */
    struct fault *(*fetch)(void *whom, struct arena *arena, struct str url, struct str etag,
                           struct str modified, struct fetched *out); /* NULL: none are read */
    void *whom;
    struct match_index *index; /* made when the first advisory wants it; watch_end() frees it */
};

/* What came of one feed. */
struct watch_count {
    int64_t records, new_records, matched, cases, refused, put_forward;
    int64_t broad; /* advisories that name too much to be matched to the end */
};

/* Reads every feed that is due. A feed's own fault is kept for the page of feeds and stops nothing;
 * what this gives is a fault of the engine. *count sums up. */
struct fault *watch_run(struct watch *watch, struct arena *arena, struct watch_count *count);
void watch_end(struct watch *watch);

/* watch_take.c: what one document of a feed says, taken in. */
struct fault *watch_take(struct watch *watch, struct arena *arena, struct str kind,
                         struct str text, struct watch_count *count, struct fault **first);

/* watch_index.c: of all labels that have not ended; the index belongs to the watch. */
struct fault *watch_index(struct watch *watch, struct arena *arena);
/* Which model a match is of: the place of the model number on its label. */
int64_t watch_place_of(int64_t key);

/* watch_case.c: one advisory's matches become cases: one for each label. */
struct fault *watch_write(struct watch *watch, struct arena *arena,
                          const struct advisory *advisory, const struct matches *matches,
                          struct watch_count *count);

/* The thresholds as the parameters of the day have them. */
struct importance_limits importance_limits_of(const struct setting *setting);
struct principal watcher_principal(void);

#endif
