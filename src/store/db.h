/* db.h: the little that Hoshi asks of a database engine; db_sqlite.c and db_pg.c give it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A statement is begun, stepped through its rows, and ended, also after a fault. Only one statement
 * may be under way on PostgreSQL. After a fault inside a transaction the caller rolls back, to its
 * savepoint or wholly: PostgreSQL refuses everything else.
 *
 * Faults: "already-there" (a unique key), "busy-database" (waited too long), "malformed-text",
 * "broken-database" (all else). */
#ifndef HOSHI_DB_H
#define HOSHI_DB_H

#include "base/fault.h"
#include "store/table.h"

struct db {
    const struct engine *engine;
};

struct engine {
    const char *name;
    struct fault *(*start)(struct db *db, struct arena *arena, const struct statement *statement,
                           const struct value *in);
    /* out: statement->out_n values, good until the next call; *more false when there is no row. */
    struct fault *(*next)(struct db *db, struct arena *arena, const struct statement *statement,
                          struct value *out, bool *more);
    void (*finish)(struct db *db, const struct statement *statement);
    /* Ends what a request left in the middle when it was cut short by its arena's ceiling. */
    void (*finish_all)(struct db *db);
    struct fault *(*script)(struct db *db, struct arena *arena, const char *sql);
    struct fault *(*begin)(struct db *db, struct arena *arena, bool write);
    struct fault *(*commit)(struct db *db, struct arena *arena);
    /* All savepoints have one name: the innermost is meant. */
    struct fault *(*savepoint)(struct db *db, struct arena *arena);
    struct fault *(*release)(struct db *db, struct arena *arena);
    void (*rollback)(struct db *db);
    /* SQLite gives a transaction up by itself when the disk is full: the rest would stand alone. */
    bool (*in_transaction)(const struct db *db);
    /* Inside a transaction, so that of two processes one creates them. */
    struct fault *(*tables_are_there)(struct db *db, struct arena *arena, bool *there);
    struct str (*version)(struct db *db, struct arena *arena);
    void (*close)(struct db *db);
};

/* path: a file, or "" for a private temporary database that goes with its closing. */
struct fault *db_sqlite_open(struct arena *arena, struct str path, bool read_only, struct db **out);
struct fault *db_pg_open(struct arena *arena, struct str url, bool read_only, struct db **out);

#endif
