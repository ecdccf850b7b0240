/* replay_own.h: the two halves of replay: the chain, and the rows that come of it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_REPLAY_OWN_H
#define HOSHI_REPLAY_OWN_H

#include "store/db.h"
#include "store/head.h"
#include "store/replay.h"

/* An entry whose stored hash is not the one computed: what follows tells which of both is wrong. */
struct doubt {
    bool open, payload_differs;
    int64_t seq;
    struct hash computed, stored;
};

struct replay {
    struct store *store;
    struct arena *arena;
    void (*say)(void *whom, struct str table, struct str key, struct str column);
    void *whom;
    struct replay_report *report;
    struct db *shadow; /* the rows as the journal has them */

    struct hasher *hasher;
    int64_t last;      /* the last entry in its place */
    struct hash base;  /* the hash after it */
    bool base_unknown; /* after a gap */
    struct doubt doubt;
    bool seq_said, hash_said;

    bool head_there;
    struct signed_head head;
};

void replay_say(struct replay *replay, const char *table, struct str key, const char *column);
void replay_say_seq(struct replay *replay, const char *table, int64_t seq, const char *column);

/* replay_chain.c: goes through the journal, and fills the shadow on the way. */
struct fault *replay_chain(struct replay *replay);
/* replay_rows.c */
struct fault *replay_make_shadow(struct replay *replay);
struct fault *replay_apply(struct replay *replay, struct arena *arena, struct str payload_text);
struct fault *replay_compare(struct replay *replay);

#endif
