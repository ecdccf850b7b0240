/* tables.c: makes the tables of a new database, and knows those that it finds.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "store/chain.gen.h"
#include "store/run.h"
#include "store/store_own.h"

#include "base/banned.h"

enum { TABLES_VERSION = 1 };

/* Of all that was generated from sql/tables.sql: tables of another shape are refused, not guessed
 * at. */
static struct str tables_digest(struct arena *arena)
{
    struct buf text = buf_new(arena, 1 << 20);
    for (size_t i = 0; i < store_tables_n; i++)
        buf_add_z(&text, store_tables[i]->make_postgres);
    struct hash hash = hash_of(buf_str(&text));
    return hash_hex(arena, &hash);
}

static struct fault *make(struct store *store, struct arena *arena)
{
    const struct engine *engine = store->db->engine;
    for (size_t i = 0; i < store_tables_n; i++)
        TRY(engine->script(store->db, arena,
                           store->postgres ? store_tables[i]->make_postgres
                                           : store_tables[i]->make_sqlite));
    for (size_t i = 0; i < store_indexes_n; i++)
        TRY(engine->script(store->db, arena, store_indexes[i]));
    TRY(chain_made(store, arena, TABLES_VERSION, tables_digest(arena)));
    static const struct hash zero;
    return chain_head_begin(store, arena, (struct str){(const char *)zero.bytes, HASH_BYTES});
}

static struct fault *check(struct store *store, struct arena *arena)
{
    struct row_tables_made *made;
    TRY(chain_tables(store, arena, &made));
    if (!made || made->version != TABLES_VERSION || !str_eq(made->digest, tables_digest(arena)))
        return FAULT(arena, "other-tables", "the database was made by another version of Hoshi");
    return NULL;
}

struct fault *store_make_tables(struct store *store, struct arena *arena)
{
    const struct engine *engine = store->db->engine;
    bool there = false;
    /* not store_begin(): that locks a table which is yet to be made */
    TRY(engine->script(store->db, arena,
                       store->postgres || store->read_only ? "BEGIN" : "BEGIN IMMEDIATE"));
    struct fault *fault = engine->tables_are_there(store->db, arena, &there);
    if (!fault && there)
        fault = check(store, arena);
    else if (!fault && store->read_only)
        fault = FAULT(arena, "other-tables", "there are no tables yet");
    else if (!fault)
        fault = make(store, arena);
    if (!fault)
        fault = engine->commit(store->db, arena);
    if (fault)
        engine->rollback(store->db);
    return fault;
}
