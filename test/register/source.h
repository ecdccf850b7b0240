/* source.h: a journal in memory: effects as the store would give them.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_TEST_SOURCE_H
#define HOSHI_TEST_SOURCE_H

#include "register/clerk.h"

enum { SOURCE_MAX = 200000 };

struct source {
    json_t *entries[SOURCE_MAX]; /* entry i has the number i + 1 */
    int64_t n;
    int64_t given;    /* entries handed out so far */
    int64_t fails_at; /* the entry at which reading fails; 0 for none */
};

struct entry_source source_of(struct source *source);
/* Opens the next entry; effects are added to the last one. */
void source_entry(struct source *source);
void source_put(struct source *source, const char *table, json_t *row); /* takes the row over */
void source_drop(struct source *source, const char *table, json_t *key);
void source_end(struct source *source);

/* A whole label in one entry: its row, models, and the event "issued". */
void source_label(struct source *source, const char *number, const char *party,
                  const char *product_ja, const char *product_en, const char *issued,
                  const char *expires, int models);
void source_event(struct source *source, const char *number, const char *day, const char *kind);
void source_event_of(struct source *source, const char *number, const char *day, const char *kind,
                     const char *detail);
/* An event, and the label's last row with some members changed (taken over). */
void source_change(struct source *source, const char *number, const char *day, const char *kind,
                   const char *detail, json_t *changes);
void source_party(struct source *source, const char *id, const char *name_ja, const char *name_en);

#endif
