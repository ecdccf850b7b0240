/* db_sqlite.c: the embedded engine: one file, WAL, every commit on the disk before it returns.
 * SPDX-License-Identifier: Apache-2.0
 *
 * synchronous=FULL in WAL mode: COMMIT writes the log and calls fdatasync on it before it returns;
 * the first sync of a new log also syncs the folder that names it. */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/db.h"

#include "base/banned.h"

enum { CACHE_SLOTS = 1024, BUSY_MS = 15000, BUSY_LOOK_MS = 1 };

struct cached {
    const struct statement *statement;
    sqlite3_stmt *prepared;
};

struct db_sqlite {
    struct db db;
    sqlite3 *handle;
    struct cached cache[CACHE_SLOTS];
    size_t cached_n;
};

static struct db_sqlite *of(struct db *db)
{
    return (struct db_sqlite *)db;
}

static struct fault *failed(struct db_sqlite *db, struct arena *arena, const char *what)
{
    int code = sqlite3_extended_errcode(db->handle);
    const char *message = sqlite3_errmsg(db->handle);
    if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ||
        code == SQLITE_CONSTRAINT_ROWID)
        return FAULT(arena, "already-there", "%s: %s", what, message);
    if ((code & 0xFF) == SQLITE_BUSY)
        return FAULT(arena, "busy-database", "%s: %s", what, message);
    return FAULT(arena, "broken-database", "%s: %s (SQLite %d)", what, message, code);
}

/* Statements are constants: their address is their name. */
static struct cached *slot_of(struct db_sqlite *db, const struct statement *statement)
{
    uintptr_t hash = ((uintptr_t)statement >> 4) * 0x9E3779B97F4A7C15u;
    size_t i = (size_t)(hash >> 40) % CACHE_SLOTS;
    while (db->cache[i].statement && db->cache[i].statement != statement)
        i = (i + 1) % CACHE_SLOTS;
    return &db->cache[i];
}

static struct fault *prepared(struct db_sqlite *db, struct arena *arena,
                              const struct statement *statement, sqlite3_stmt **out)
{
    struct cached *slot = slot_of(db, statement);
    if (!slot->statement) {
        if (db->cached_n == CACHE_SLOTS - 1)
            BUG("more than %d statements", CACHE_SLOTS - 1);
        if (sqlite3_prepare_v3(db->handle, statement->sqlite, -1, SQLITE_PREPARE_PERSISTENT,
                               &slot->prepared, NULL))
            return failed(db, arena, statement->name);
        slot->statement = statement;
        db->cached_n++;
        if ((size_t)sqlite3_column_count(slot->prepared) != statement->out_n)
            BUG("'%s' gives %d columns, not %zu", statement->name,
                sqlite3_column_count(slot->prepared), statement->out_n);
    }
    *out = slot->prepared;
    return NULL;
}

static int bind(sqlite3_stmt *prepared_one, int i, const struct value *value)
{
    const char *at = value->text.at ? value->text.at : "";
    switch (value->kind) {
    case VALUE_INT:
        return sqlite3_bind_int64(prepared_one, i, value->n);
    case VALUE_TEXT:
        return sqlite3_bind_text64(prepared_one, i, at, value->text.bytes, SQLITE_STATIC,
                                   SQLITE_UTF8);
    case VALUE_BYTES:
    default:
        return sqlite3_bind_blob64(prepared_one, i, at, value->text.bytes, SQLITE_STATIC);
    }
}

/* What is bound is read until the statement is finished, so it need not be copied. */
static struct fault *start(struct db *db, struct arena *arena, const struct statement *statement,
                           const struct value *in)
{
    sqlite3_stmt *one;
    TRY(prepared(of(db), arena, statement, &one));
    sqlite3_reset(one);
    for (size_t i = 0; i < statement->in_n; i++)
        if (bind(one, (int)i + 1, &in[i]))
            return failed(of(db), arena, statement->name);
    return NULL;
}

static struct str bytes_of(sqlite3_stmt *one, int i, const void *at)
{
    return (struct str){.at = at, .bytes = at ? (size_t)sqlite3_column_bytes(one, i) : 0};
}

static struct fault *next(struct db *db, struct arena *arena, const struct statement *statement,
                          struct value *out, bool *more)
{
    sqlite3_stmt *one = slot_of(of(db), statement)->prepared;
    int code = sqlite3_step(one);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return failed(of(db), arena, statement->name);
    *more = code == SQLITE_ROW;
    for (size_t i = 0; *more && i < statement->out_n; i++) {
        out[i] = (struct value){.kind = statement->out[i].kind};
        if (out[i].kind == VALUE_INT)
            out[i].n = sqlite3_column_int64(one, (int)i);
        else if (out[i].kind == VALUE_TEXT)
            out[i].text = bytes_of(one, (int)i, sqlite3_column_text(one, (int)i));
        else
            out[i].text = bytes_of(one, (int)i, sqlite3_column_blob(one, (int)i));
    }
    return NULL;
}

static void finish(struct db *db, const struct statement *statement)
{
    struct cached *slot = slot_of(of(db), statement);
    if (slot->statement) {
        sqlite3_reset(slot->prepared);
        sqlite3_clear_bindings(slot->prepared);
    }
}

static struct fault *script(struct db *db, struct arena *arena, const char *sql)
{
    if (sqlite3_exec(of(db)->handle, sql, NULL, NULL, NULL))
        return failed(of(db), arena, sql);
    return NULL;
}

static void finish_all(struct db *db)
{
    for (sqlite3_stmt *one = NULL; (one = sqlite3_next_stmt(of(db)->handle, one));)
        if (sqlite3_stmt_busy(one))
            sqlite3_reset(one);
}

/* The words of transactions, which are said at every request: parsed once. */
enum word { WORD_BEGIN, WORD_BEGIN_WRITING, WORD_COMMIT, WORD_SAVEPOINT, WORD_RELEASE };

static const struct statement words[] = {
    [WORD_BEGIN] = {.name = "begin", .sqlite = "BEGIN"},
    [WORD_BEGIN_WRITING] = {.name = "begin", .sqlite = "BEGIN IMMEDIATE"},
    [WORD_COMMIT] = {.name = "commit", .sqlite = "COMMIT"},
    [WORD_SAVEPOINT] = {.name = "savepoint", .sqlite = "SAVEPOINT act"},
    [WORD_RELEASE] = {.name = "release", .sqlite = "RELEASE SAVEPOINT act"},
};

static struct fault *run(struct db *db, struct arena *arena, enum word word)
{
    sqlite3_stmt *one;
    struct fault *fault = NULL;
    TRY(prepared(of(db), arena, &words[word], &one));
    if (sqlite3_step(one) != SQLITE_DONE)
        fault = failed(of(db), arena, words[word].name);
    sqlite3_reset(one);
    return fault;
}

static struct fault *begin(struct db *db, struct arena *arena, bool write)
{
    finish_all(db);
    return run(db, arena, write ? WORD_BEGIN_WRITING : WORD_BEGIN);
}

static struct fault *commit(struct db *db, struct arena *arena)
{
    return run(db, arena, WORD_COMMIT);
}

static struct fault *savepoint(struct db *db, struct arena *arena)
{
    return run(db, arena, WORD_SAVEPOINT);
}

static struct fault *release(struct db *db, struct arena *arena)
{
    return run(db, arena, WORD_RELEASE);
}

static void rollback(struct db *db)
{
    finish_all(db);
    if (!sqlite3_get_autocommit(of(db)->handle))
        sqlite3_exec(of(db)->handle, "ROLLBACK", NULL, NULL, NULL);
}

static bool in_transaction(const struct db *db)
{
    return !sqlite3_get_autocommit(((const struct db_sqlite *)db)->handle);
}

static int note_one(void *whom, int n, char **values, char **names)
{
    (void)names;
    *(bool *)whom = n == 1 && values[0] && strcmp(values[0], "0") != 0;
    return 0;
}

static struct fault *tables_are_there(struct db *db, struct arena *arena, bool *there)
{
    if (sqlite3_exec(of(db)->handle,
                     "SELECT COUNT(*) FROM sqlite_master WHERE name = 'tables_made'", note_one,
                     there, NULL))
        return failed(of(db), arena, "tables_made");
    return NULL;
}

static struct str version(struct db *db, struct arena *arena)
{
    (void)db;
    return str_print(arena, "SQLite %s", sqlite3_libversion());
}

static void close_db(struct db *db)
{
    for (size_t i = 0; i < CACHE_SLOTS; i++)
        sqlite3_finalize(of(db)->cache[i].prepared);
    sqlite3_close(of(db)->handle);
}

/* Looks every millisecond: SQLite's own waiting grows to a tenth of a second, and would meet the
 * place that a busy writer leaves to others between two of its transactions only by chance. */
static int wait_a_little(void *whom, int tries)
{
    (void)whom;
    if (tries >= BUSY_MS / BUSY_LOOK_MS)
        return 0;
    usleep(BUSY_LOOK_MS * 1000);
    return 1;
}

static const struct engine sqlite_engine = {
    .name = "SQLite",
    .start = start,
    .next = next,
    .finish = finish,
    .finish_all = finish_all,
    .script = script,
    .begin = begin,
    .commit = commit,
    .savepoint = savepoint,
    .release = release,
    .rollback = rollback,
    .in_transaction = in_transaction,
    .tables_are_there = tables_are_there,
    .version = version,
    .close = close_db,
};

/* The file is made by us first, readable by nobody else: SQLite gives its log the same mode. */
static struct fault *make_file(struct arena *arena, const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return FAULT(arena, "broken-database", "%s: %s", path, strerrordesc_np(errno));
    close(fd);
    return NULL;
}

static const char *settings_of(bool temporary, bool read_only)
{
    if (temporary)
        return "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536; "
               "PRAGMA locking_mode=EXCLUSIVE";
    if (read_only)
        return "PRAGMA query_only=1; PRAGMA case_sensitive_like=1; PRAGMA cache_size=-16384";
    return "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=2000;"
           "PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=0; PRAGMA "
           "case_sensitive_like=1";
}

struct fault *db_sqlite_open(struct arena *arena, struct str path, bool read_only, struct db **out)
{
    struct db_sqlite *db = NEW(arena, struct db_sqlite);
    /* before the first database of the process: the bytes in use, which nobody asks for, are else
     * counted under a lock at each allocation */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    db->db.engine = &sqlite_engine;
    const char *file = str_z(arena, path);
    if (path.bytes && !read_only)
        TRY(make_file(arena, file));
    int flags = read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (sqlite3_open_v2(file, &db->handle, flags | SQLITE_OPEN_NOMUTEX, NULL)) {
        struct fault *fault = FAULT(arena, "broken-database", "%s: %s", file,
                                    db->handle ? sqlite3_errmsg(db->handle) : "no memory");
        sqlite3_close(db->handle);
        return fault;
    }
    sqlite3_busy_handler(db->handle, wait_a_little, NULL);
    struct fault *fault = script(&db->db, arena, settings_of(!path.bytes, read_only));
    if (fault) {
        close_db(&db->db);
        return fault;
    }
    *out = &db->db;
    return NULL;
}
