/* mentions.h: which rows, cases and tests carry each clause; found by rulec at build time.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_MENTIONS_H
#define HOSHI_MENTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

enum mention_sort { MENTION_ROW, MENTION_CASE, MENTION_TEST };

struct mention {
    const char *clause; /* as written there: an id of the manual, or a prefix of ids ("4.1.2") */
    enum mention_sort sort;
    const char *file;   /* of rules/, or test/… */
    int line;
    const char *what;   /* the row, or the step of the case */
    bool ours;          /* a row that is our assumption, beside the clause */
};

extern const struct mention hoshi_mentions[];
extern const size_t hoshi_mentions_n;

/* "4.3" and "4.3.1" cover "4.3.1-1"; an id covers itself only. */
bool clause_covers(struct str written, struct str id);

#endif
