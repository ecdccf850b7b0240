/* store.h: the only door to the casework database; SQLite or PostgreSQL behind it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Three kinds of access, all over the statements and tables of sql/:
 *   read    sql_NAME(store, arena, arguments…, out…), made by sqlgen from sql/queries/
 *           (store/sql.gen.h; struct row_TABLE in store/rows.gen.h)
 *   write   put_TABLE(store, &row), drop_TABLE(store, key…), made from sql/tables.sql
 *           (store/put.gen.h, for desk/ only); only between journal_begin() and journal_append():
 *           every row written is also an effect of the open entry, as values, so that replay can
 *           do it again
 *   aside   sqlx_NAME() on the few tables that replay leaves out; sql/tables.sql says which, and
 *           why (store/aside.gen.h)
 *
 * After a fault inside a transaction the caller rolls back, to its savepoint or wholly, on both
 * engines. */
#ifndef HOSHI_STORE_H
#define HOSHI_STORE_H

#include "base/fault.h"
#include "base/hash.h"

struct store;

struct store_settings {
    struct str data_dir;                 /* holds casework.db, files/, head */
    struct str database_url;             /* "" is SQLite; else postgres://… */
    bool read_only;                      /* also beside a server that writes */
    void (*random)(void *out, size_t n); /* NULL: random_bytes(); a golden test gives its own */
};

/* Opens it, and creates the tables where there are none; closed when the arena ends. Tables of
 * another version are refused: fault "other-tables". */
struct fault *store_open(struct arena *arena, const struct store_settings *settings,
                         struct store **out);
bool store_is_postgres(const struct store *store);
/* "SQLite 3.40.1", "PostgreSQL 15.18" */
struct str store_engine(struct store *store, struct arena *arena);

/* write: BEGIN IMMEDIATE; on PostgreSQL also LOCK TABLE journal_head IN EXCLUSIVE MODE.
 * else:  one consistent snapshot for reading. */
struct fault *store_begin(struct store *store, struct arena *arena, bool write);
struct fault *store_commit(struct store *store, struct arena *arena);
void store_rollback(struct store *store);
/* Savepoints may be nested; each is either released or rolled back to, which also ends it. */
struct fault *store_savepoint(struct store *store, struct arena *arena);
struct fault *store_release(struct store *store, struct arena *arena);
void store_rollback_to(struct store *store);

#endif
