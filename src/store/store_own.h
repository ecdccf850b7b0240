/* store_own.h: what the files of store/ share and nobody else sees.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_STORE_OWN_H
#define HOSHI_STORE_OWN_H

#include "store/db.h"
#include "store/store.h"

struct open_entry;

/* What a process has met of the keys of sealed cases (seal.c). */
enum { SEAL_KNOWN = 32 };
struct known_key {
    char case_id[32];
    size_t bytes;
    uint8_t key[32];
};
struct seal {
    bool read; /* the master key is at hand */
    uint8_t master[32], name[8];
    struct known_key known[SEAL_KNOWN];
    size_t next;
};

struct store {
    struct db *db;
    struct open_entry *entry; /* between journal_begin() and journal_append() */
    void (*random)(void *out, size_t n);
    bool postgres, writing, read_only;
    struct str data_dir;
    struct seal seal;
};

/* Is the transaction still there that store_begin() began? */
struct fault *store_holds(struct store *store, struct arena *arena);

/* Creates the tables where there are none; refuses those of another version. */
struct fault *store_make_tables(struct store *store, struct arena *arena);

#endif
