/* journal_read.h: reading the journal: for the clerk, the signer, replay, and whoever asks why.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_JOURNAL_READ_H
#define HOSHI_JOURNAL_READ_H

#include <jansson.h>

#include "store/store.h"

enum { SALT_BYTES = 16 };

struct head {
    int64_t seq;
    struct hash hash;
};
struct fault *journal_head(struct store *store, struct arena *arena, struct head *out);

struct journal_line {
    int64_t seq;
    struct str entry;   /* canonical JSON, as hashed */
    struct str hash;    /* as stored: HASH_BYTES bytes when nobody touched it */
    bool payload_there; /* false when it was disposed of */
    struct str payload; /* salt, then canonical JSON: journal_payload_text() is without the salt */
};
struct str journal_payload_text(const struct journal_line *line);

/* One entry: *there false when there is none of this number. */
struct fault *journal_read(struct store *store, struct arena *arena, int64_t seq,
                           struct journal_line *line, bool *there);

/* Calls fn for each entry after `after`, in order; what fn is given, and what it allocates in the
 * arena that it is given, is gone when it returns. Stops at the first fault, and gives it. */
struct fault *journal_each(struct store *store, struct arena *arena, int64_t after,
                           struct fault *(*fn)(void *whom, struct arena *arena,
                                               const struct journal_line *line),
                           void *whom);

/* hash(n) from hash(n-1) and the bytes of the entry. */
void journal_chain(struct hasher *hasher, const struct hash *before, struct str entry,
                   struct hash *out);

#endif
