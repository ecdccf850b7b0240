/* store.c: opening, transactions, and the rows that statements give.
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/files.h"
#include "store/journal.h"
#include "store/run.h"
#include "store/seal.h"
#include "store/store_own.h"

#include "base/banned.h"

enum { OUT_MAX = 64 };

static void close_store(void *what)
{
    struct store *store = what;
    sodium_memzero(&store->seal, sizeof store->seal);
    store->db->engine->close(store->db);
}

static struct fault *open_engine(struct arena *arena, const struct store_settings *settings,
                                 struct store *store)
{
    if (settings->database_url.bytes) {
        store->postgres = true;
        return db_pg_open(arena, settings->database_url, settings->read_only, &store->db);
    }
    struct str path = str_print(arena, "%.*s/casework.db", STR_F(settings->data_dir));
    return db_sqlite_open(arena, path, settings->read_only, &store->db);
}

struct fault *store_open(struct arena *arena, const struct store_settings *settings,
                         struct store **out)
{
    struct store *store = NEW(arena, struct store);
    store->read_only = settings->read_only;
    store->data_dir = str_copy(arena, settings->data_dir);
    store->random = settings->random ? settings->random : random_bytes;
    if (settings->data_dir.bytes && !settings->read_only)
        TRY(folder_make(arena, settings->data_dir));
    TRY(open_engine(arena, settings, store));
    arena_at_end(arena, close_store, store);
    TRY(store_make_tables(store, arena));
    if (settings->data_dir.bytes && !settings->read_only)
        TRY(folder_sync(arena, settings->data_dir));
    *out = store;
    return NULL;
}

bool store_is_postgres(const struct store *store)
{
    return store->postgres;
}

struct str store_engine(struct store *store, struct arena *arena)
{
    return store->db->engine->version(store->db, arena);
}

/* ---- transactions */

struct fault *store_begin(struct store *store, struct arena *arena, bool write)
{
    if (write && store->read_only)
        return FAULT(arena, "broken-database", "opened for reading only");
    TRY(store->db->engine->begin(store->db, arena, write));
    store->writing = write;
    return NULL;
}

struct fault *store_holds(struct store *store, struct arena *arena)
{
    if (store->db->engine->in_transaction(store->db))
        return NULL;
    return FAULT(arena, "broken-database", "the transaction was given up by the database");
}

struct fault *store_commit(struct store *store, struct arena *arena)
{
    if (store->entry)
        BUG("commit with an open journal entry");
    store->writing = false;
    struct fault *fault = store_holds(store, arena);
    if (!fault)
        fault = store->db->engine->commit(store->db, arena);
    if (fault)
        store->db->engine->rollback(store->db);
    return fault;
}

void store_rollback(struct store *store)
{
    journal_abandon(store);
    store->writing = false;
    store->db->engine->rollback(store->db);
}

struct fault *store_savepoint(struct store *store, struct arena *arena)
{
    TRY(store_holds(store, arena));
    return store->db->engine->savepoint(store->db, arena);
}

struct fault *store_release(struct store *store, struct arena *arena)
{
    if (store->entry)
        BUG("savepoint released with an open journal entry");
    return store->db->engine->release(store->db, arena);
}

void store_rollback_to(struct store *store)
{
    journal_abandon(store);
    store->db->engine->finish_all(store->db);
    struct arena *arena = arena_new(1 << 16);
    if (!arena)
        BUG("no memory to roll back");
    struct fault *fault = store->db->engine->script(store->db, arena, "ROLLBACK TO SAVEPOINT act");
    if (!fault)
        fault = store->db->engine->release(store->db, arena);
    arena_free(arena);
    /* The connection has gone: nothing of this transaction can be committed any more. */
    if (fault)
        store->db->engine->rollback(store->db);
}

/* ---- statements */

static struct fault *check_texts(struct arena *arena, const struct statement *statement,
                                 const struct value *in)
{
    for (size_t i = 0; i < statement->in_n; i++)
        if (in[i].kind == VALUE_TEXT && !text_can_be_kept(in[i].text))
            return FAULT(arena, "malformed-text", "%s: %s is not UTF-8, or has a NUL",
                         statement->name, statement->in[i].name);
    return NULL;
}

struct fault *db_exec(struct db *db, struct arena *arena, const struct statement *statement,
                      const struct value *in)
{
    struct value out[OUT_MAX];
    bool more = true;
    struct fault *fault = check_texts(arena, statement, in);
    if (fault)
        return fault;
    fault = db->engine->start(db, arena, statement, in);
    while (!fault && more)
        fault = db->engine->next(db, arena, statement, out, &more);
    db->engine->finish(db, statement);
    return fault;
}

struct fault *store_exec(struct store *store, struct arena *arena,
                         const struct statement *statement, const struct value *in)
{
    return db_exec(store->db, arena, statement, in);
}

static void keep(struct arena *arena, const struct statement *statement, struct value *out,
                 void *row)
{
    for (size_t i = 0; i < statement->out_n; i++) {
        if (out[i].kind != VALUE_INT)
            out[i].text = str_copy(arena, out[i].text);
        value_into(row, &statement->out[i], &out[i]);
    }
}

static void *grown(struct arena *arena, void *rows, size_t n, size_t size, size_t row_bytes)
{
    void *more = arena_array(arena, size, row_bytes);
    if (n)
        memcpy(more, rows, n * row_bytes);
    return more;
}

struct fault *store_many(struct store *store, struct arena *arena,
                         const struct statement *statement, const struct value *in, void **rows,
                         size_t *n)
{
    const struct engine *engine = store->db->engine;
    struct value out[OUT_MAX];
    size_t size = 0;
    bool more = true;
    *rows = NULL;
    *n = 0;
    TRY(check_texts(arena, statement, in));
    struct fault *fault = engine->start(store->db, arena, statement, in);
    while (!fault && !(fault = engine->next(store->db, arena, statement, out, &more)) && more) {
        if (*n == size) {
            size = size ? size * 2 : 8;
            *rows = grown(arena, *rows, *n, size, statement->row_bytes);
        }
        keep(arena, statement, out, (char *)*rows + *n * statement->row_bytes);
        ++*n;
    }
    engine->finish(store->db, statement);
    for (size_t i = 0; !fault && i < *n; i++) /* only now: one statement at a time */
        fault = seal_open_row(store, arena, statement,
                              (char *)*rows + i * statement->row_bytes);
    return fault;
}

struct fault *store_one(struct store *store, struct arena *arena, const struct statement *statement,
                        const struct value *in, void **row)
{
    const struct engine *engine = store->db->engine;
    struct value out[OUT_MAX];
    bool more = false;
    *row = NULL;
    TRY(check_texts(arena, statement, in));
    struct fault *fault = engine->start(store->db, arena, statement, in);
    if (!fault)
        fault = engine->next(store->db, arena, statement, out, &more);
    if (!fault && more) {
        *row = arena_alloc(arena, statement->row_bytes);
        keep(arena, statement, out, *row);
        fault = engine->next(store->db, arena, statement, out, &more);
        if (!fault && more)
            BUG("'%s' gives more than one row", statement->name);
    }
    engine->finish(store->db, statement);
    return fault || !*row ? fault : seal_open_row(store, arena, statement, *row);
}
