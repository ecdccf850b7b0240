/* watch_fixes.h: makers' days to fix, from dated facts of the register alone.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A matter is a vulnerability of a label that the body confirmed (somebody of it confirmed a match,
 * assessed a report, or ordered surveillance), or a correction that it required (4.6.4-2); what was
 * required in consequence of a vulnerability is the same matter. It is fixed on the day on which
 * the maker filed a notice of a fix that names the advisory, and was published (4.8.1-1), or a
 * correction that was found sufficient. A report without an advisory's number counts once a
 * correction was required on it. Put aside or not affected: no matter of fixing. */
#ifndef HOSHI_WATCH_FIXES_H
#define HOSHI_WATCH_FIXES_H

#include "web/pages_watch.h"

enum { MAKERS_SHOWN_MAX = 12, FIX_DAYS = 730 };

struct fix {
    struct str case_id, label, party;
    struct str advisory;          /* "" for none */
    struct str by;                /* case of the notice or of the correction; "" for none yet */
    bool by_notice, fixed, ended; /* ended: the label was revoked before */
    int64_t from, to;             /* instants; not fixed: to now, or to the revocation */
    int64_t days;
};

/* Of n matters: half of those fixed took at most `median` days, a quarter at most `low`, three
 * quarters at most `high` (nearest ranks: days that one of them took). */
struct fix_spread {
    struct str party, name; /* "" for all together */
    size_t fixed, open;
    int64_t least, low, median, high, most, open_most;
};

struct watch_fixes {
    bool hidden, with_matches; /* with_matches: the visitor may list vulnerabilities */
    struct fix *at;            /* by maker; of one those not fixed first, then the longest */
    size_t n;
    struct fix_spread all, makers[MAKERS_SHOWN_MAX]; /* those with the most matters first */
    size_t makers_n, makers_all;
    bool cut; /* there are more matters */
};

struct fix_spread fix_spread_of(struct arena *arena, const struct fix *fixes, size_t n);
struct fault *watch_fixes_load(struct visit *visit, struct watch_fixes *out);
struct fragment watch_fixes_drawn(struct html *html, const struct watch_fixes *fixes,
                                  struct str conclusion); /* draw_watch.c */

/* In two sentences: how many, and how long. */
struct str fix_conclusion(struct html *html, const struct watch_fixes *fixes);

/* A page of them, of one maker where one is asked for. */
struct fix_listed {
    const struct fix *fix;
    struct row_casework *work;
    struct str maker;
};

struct fix_list {
    const struct watch_fixes *fixes;
    struct str maker; /* name, "" for all */
    struct fix_listed *at;
    size_t n, all;
};

#endif
