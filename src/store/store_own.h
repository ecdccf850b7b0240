/* store_own.h: what the files of store/ share and nobody else sees.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_STORE_OWN_H
#define HOSHI_STORE_OWN_H

#include "store/db.h"
#include "store/store.h"

struct open_entry;

struct store {
    struct db *db;
    struct open_entry *entry; /* between journal_begin() and journal_append() */
    void (*random)(void *out, size_t n);
    bool postgres, writing, read_only;
};

/* Is the transaction still there that store_begin() began? */
struct fault *store_holds(struct store *store, struct arena *arena);

/* Creates the tables where there are none; refuses those of another version. */
struct fault *store_make_tables(struct store *store, struct arena *arena);

#endif
