/* replay.h: rebuilds every row from the journal, compares, and names what differs.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_REPLAY_H
#define HOSHI_REPLAY_H

#include "store/store.h"

struct replay_report {
    int64_t entries, rows, differences;
};

/* Calls say("table", "key", "column") for each difference: a column altered; "(row)" for a row added
 * or missing; journal entries whose chain, payload or signed head does not hold. Reads the head file
 * first, then one snapshot, so that it can run beside a server that goes on writing. */
struct fault *replay_check(struct store *store, struct arena *arena, struct str data_dir,
                           void (*say)(void *whom, struct str table, struct str key, struct str column),
                           void *whom, struct replay_report *report);

#endif
