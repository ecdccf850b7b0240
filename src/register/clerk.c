/* clerk.c: from the journal to the register's folder, entry by entry, then one rename.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Order of what the disk is told: the new register's bytes; the rename; how far the clerk has read.
 * Dying between any two of them only makes the next turn apply some entries again, which changes
 * nothing, as effects are values. */
#include "register/clerk.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/embedded.h"
#include "register/allowed.h"
#include "register/apply.h"
#include "register/documents.h"
#include "register/register.h"

#include "base/banned.h"

extern const struct embedded register_files[];

struct turn {
    struct clerk *clerk;
    sqlite3 *db; /* main: clerk.db; public: register.new */
    struct applying *applying;
    int64_t read, changed_at; /* last entry read; last that changed the register, of this turn */
    int64_t published;        /* entry that last changed what is in place, as the clerk remembers */
    int64_t last;             /* entry seen when looking ahead */
    bool concerns;            /* … and whether any of them is for the register */
    const char *folder, *clerk_db, *made, *placed;
};

static struct fault *broken(struct arena *arena, const char *path)
{
    return FAULT(arena, "broken-register", "%s: %s", path, strerror(errno));
}

static struct fault *sync_path(struct arena *arena, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && !fsync(fd);
    struct fault *fault = good ? NULL : broken(arena, path);
    if (fd >= 0)
        close(fd);
    return fault;
}

static bool copy_bytes(int in, int out)
{
    struct stat about;
    if (fstat(in, &about))
        return false;
    for (off_t left = about.st_size; left > 0;) {
        ssize_t n = sendfile(out, in, NULL, (size_t)left);
        if (n <= 0 && errno != EINTR)
            return false;
        left -= n > 0 ? n : 0;
    }
    return true;
}

/* register.new begins as a copy of register.db; false in *there when there is none. */
static struct fault *copy_last(const struct turn *turn, struct arena *arena, bool *there)
{
    int in = open(turn->placed, O_RDONLY | O_CLOEXEC);
    *there = in >= 0;
    if (in < 0)
        return errno == ENOENT ? NULL : broken(arena, turn->placed);
    int out = open(turn->made, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    bool good = out >= 0 && copy_bytes(in, out);
    struct fault *fault = good ? NULL : broken(arena, turn->made);
    close(in);
    if (out >= 0)
        close(out);
    return fault;
}

static struct fault *number_in(struct arena *arena, sqlite3 *db, const char *sql, int64_t *out)
{
    sqlite3_stmt *statement;
    bool row;
    TRY(lite_prepare(arena, db, sql, &statement));
    TRY(lite_step(arena, statement, &row));
    *out = row ? sqlite3_column_int64(statement, 0) : -1;
    sqlite3_reset(statement);
    return NULL;
}

static struct fault *where_read(struct turn *turn, struct arena *arena)
{
    int64_t form;
    TRY(number_in(arena, turn->db, "PRAGMA main.user_version", &form));
    TRY(number_in(arena, turn->db, "SELECT seq FROM main.read", &turn->read));
    TRY(number_in(arena, turn->db, "SELECT published FROM main.read", &turn->published));
    if (form != REGISTER_FORM) /* of an earlier making: from the first entry */
        turn->read = turn->published = -1;
    turn->changed_at = turn->published;
    return NULL;
}

/* Both files are there. */
static bool continues(const struct turn *turn)
{
    return turn->read >= 0 && access(turn->placed, R_OK) == 0;
}

static void close_db(void *db)
{
    sqlite3_close_v2(db);
}

static struct fault *open_clerk_db(struct turn *turn, struct arena *arena)
{
    int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    int code = sqlite3_open_v2(turn->clerk_db, &turn->db, flags, NULL);
    arena_at_end(arena, close_db, turn->db);
    if (code != SQLITE_OK)
        return lite_fault(arena, turn->db, turn->clerk_db);
    sqlite3_busy_timeout(turn->db, 5000);
    return lite_run(
        arena, turn->db,
        "PRAGMA journal_mode = PERSIST; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;"
        "CREATE TABLE IF NOT EXISTS read (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT "
        "NULL,"
        "  published INTEGER NOT NULL) STRICT;"
        "CREATE TABLE IF NOT EXISTS party (id TEXT PRIMARY KEY, name_ja TEXT NOT NULL, name_en "
        "TEXT NOT NULL,"
        "  corporate_number TEXT NOT NULL, country TEXT NOT NULL) STRICT, WITHOUT ROWID;"
        "CREATE TABLE IF NOT EXISTS party_past (party TEXT NOT NULL, seq INTEGER NOT NULL,"
        "  name_ja TEXT NOT NULL, name_en TEXT NOT NULL, PRIMARY KEY (party, seq)) STRICT, WITHOUT"
        " ROWID;");
}

/* The new file is written without a journal of its own: until it is renamed nobody reads it. */
static struct fault *attach(struct turn *turn, struct arena *arena)
{
    sqlite3_stmt *statement;
    TRY(lite_prepare(arena, turn->db, "ATTACH ?1 AS public", &statement));
    lite_str(statement, 1, str_of(turn->made));
    TRY(lite_do(arena, statement));
    return lite_run(arena, turn->db,
                    "PRAGMA public.journal_mode = OFF; PRAGMA public.synchronous = OFF;"
                    "PRAGMA public.cache_size = -16000;");
}

static struct fault *make_empty(struct turn *turn, struct arena *arena)
{
    sqlite3 *db;
    int code = sqlite3_open_v2(
        turn->made, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    struct fault *fault =
        code == SQLITE_OK
            ? lite_run(arena, db, str_z(arena, embedded_find(register_files, "schema.sql")))
            : lite_fault(arena, db, turn->made);
    sqlite3_close_v2(db);
    return fault;
}

/* Continues the last register, or empties both files. */
static struct fault *start(struct turn *turn, struct arena *arena, bool anew)
{
    bool there = false;
    int64_t seq = -1;
    if (!anew && turn->read >= 0)
        TRY(copy_last(turn, arena, &there));
    if (there) {
        TRY(attach(turn, arena));
        /* a file of other making, or an older one put back, is not continued */
        int64_t form;
        TRY(number_in(arena, turn->db, "PRAGMA public.user_version", &form));
        struct fault *fault =
            number_in(arena, turn->db,
                      "SELECT CAST(value AS INTEGER) FROM public.meta WHERE name = 'seq'", &seq);
        turn->changed_at = seq;
        if (!fault && seq >= turn->published && form == REGISTER_FORM)
            return NULL;
        TRY(lite_run(arena, turn->db, "DETACH public"));
    }
    if (unlink(turn->made) && errno != ENOENT)
        return broken(arena, turn->made);
    TRY(make_empty(turn, arena));
    TRY(attach(turn, arena));
    turn->read = turn->changed_at = 0;
    struct str forget = str_print(
        arena, "DELETE FROM main.party; DELETE FROM main.party_past; DELETE FROM main.read;"
        " PRAGMA main.user_version = %d",
        REGISTER_FORM);
    return lite_run(arena, turn->db, forget.at);
}

/* Most entries concern no label: they cost no copy. */
static struct fault *look(void *whom, struct arena *arena, int64_t seq, const json_t *effects)
{
    struct turn *turn = whom;
    (void)arena;
    turn->last = seq;
    for (size_t i = 0; i < json_array_size(effects); i++)
        turn->concerns |= allowed_effect(json_array_get(effects, i));
    return NULL;
}

static struct fault *take(void *whom, struct arena *arena, int64_t seq, const json_t *effects)
{
    struct turn *turn = whom;
    bool changed = false;
    TRY(applying_take(turn->applying, arena, seq, effects, &changed));
    turn->read = seq;
    if (changed)
        turn->changed_at = seq;
    return NULL;
}

static struct fault *put_meta(struct turn *turn, struct arena *arena, const char *name,
                              struct str value)
{
    sqlite3_stmt *statement;
    TRY(lite_prepare(arena, turn->db,
                     "INSERT OR REPLACE INTO public.meta (name, value) VALUES (?1, ?2)",
                     &statement));
    lite_str(statement, 1, str_of(name));
    lite_str(statement, 2, value);
    return lite_do(arena, statement);
}

static struct fault *finish(struct turn *turn, struct arena *arena)
{
    char room[30];
    TRY(applying_end(turn->applying, arena));
    TRY(documents_make(arena, turn->db, turn->clerk));
    TRY(put_meta(turn, arena, "seq", str_print(arena, "%lld", (long long)turn->changed_at)));
    TRY(put_meta(turn, arena, "made", instant_print(clock_now(turn->clerk->clock), room)));
    TRY(put_meta(turn, arena, "number-format", turn->clerk->number_format));
    /* the clerk's own file stays as it was until the rename is on the disk: read again, if we die
     */
    return lite_run(arena, turn->db, "COMMIT; PRAGMA public.journal_mode = DELETE; DETACH public");
}

static struct fault *place(struct turn *turn, struct arena *arena)
{
    TRY(sync_path(arena, turn->made));
    if (rename(turn->made, turn->placed))
        return broken(arena, turn->placed);
    return sync_path(arena, turn->folder);
}

static struct fault *remember(struct turn *turn, struct arena *arena, int64_t read)
{
    sqlite3_stmt *statement;
    TRY(lite_prepare(arena, turn->db,
                     "INSERT INTO main.read VALUES (1, ?1, ?2) ON CONFLICT (one)"
                     " DO UPDATE SET seq = ?1, published = ?2",
                     &statement));
    sqlite3_bind_int64(statement, 1, read);
    sqlite3_bind_int64(statement, 2, turn->changed_at);
    return lite_do(arena, statement);
}

static struct fault *read_to(struct turn *turn, int64_t seq, int64_t *out)
{
    turn->clerk->read = *out = seq;
    turn->clerk->published = turn->changed_at;
    return NULL;
}

/* Most entries concern no label. Noting each in the clerk's file would tell the disk four times
 * what it may forget: after a restart, those since the last note are looked at again. */
static struct fault *look_ahead(struct turn *turn, struct arena *arena, bool *nothing)
{
    enum { NOTE_EVERY = 1000 };
    const struct clerk *clerk = turn->clerk;
    *nothing = false;
    if (!clerk->read || access(turn->placed, R_OK) || access(turn->clerk_db, R_OK))
        return NULL;
    turn->last = clerk->read;
    turn->changed_at = clerk->published;
    TRY(clerk->source.each(clerk->source.whom, arena, clerk->read, look, turn));
    *nothing = !turn->concerns && turn->last / NOTE_EVERY == clerk->read / NOTE_EVERY;
    return NULL;
}

/* What was left is in place: looks on from where this process came to, or the file says. */
static struct fault *look_on(struct turn *turn, struct arena *arena, bool *nothing)
{
    const struct clerk *clerk = turn->clerk;
    if (clerk->read > turn->read && clerk->published == turn->published)
        turn->read = clerk->read;
    if (!turn->concerns)
        TRY(clerk->source.each(clerk->source.whom, arena, turn->read, look, turn));
    if (!turn->concerns)
        TRY(documents_wanting(arena, turn->placed, clerk, &turn->concerns));
    *nothing = !turn->concerns;
    return NULL;
}

static struct turn turn_of(struct clerk *clerk, struct arena *arena)
{
    struct turn turn = {.clerk = clerk};
    turn.folder = str_print(arena, "%.*s/register", STR_F(clerk->data_dir)).at;
    turn.clerk_db = str_print(arena, "%.*s/clerk.db", STR_F(clerk->data_dir)).at;
    turn.made = str_print(arena, "%.*s/clerk.new", STR_F(clerk->data_dir)).at;
    turn.placed = str_print(arena, "%s/register.db", turn.folder).at;
    return turn;
}

static struct fault *make_and_place(struct turn *turn, struct arena *arena, bool anew)
{
    TRY(start(turn, arena, anew));
    TRY(lite_run(arena, turn->db, "BEGIN IMMEDIATE"));
    TRY(applying_begin(arena, turn->db, &turn->applying));
    TRY(turn->clerk->source.each(turn->clerk->source.whom, arena, turn->read, take, turn));
    TRY(finish(turn, arena));
    return place(turn, arena);
}

static struct fault *publish(struct clerk *clerk, struct arena *arena, bool anew, int64_t *seq,
                             bool *renamed)
{
    struct turn turn = turn_of(clerk, arena);
    bool nothing = false;
    *renamed = false;
    if (mkdir(turn.folder, 0755) && errno != EEXIST)
        return broken(arena, turn.folder);
    if (!anew)
        TRY(look_ahead(&turn, arena, &nothing));
    if (nothing)
        return read_to(&turn, turn.last, seq);
    TRY(open_clerk_db(&turn, arena));
    TRY(where_read(&turn, arena));
    if (!anew && continues(&turn))
        TRY(look_on(&turn, arena, &nothing));
    if (nothing) {
        int64_t last = turn.last > turn.read ? turn.last : turn.read;
        TRY(last > turn.read ? remember(&turn, arena, last) : NULL);
        return read_to(&turn, last, seq);
    }
    TRY(make_and_place(&turn, arena, anew));
    *renamed = true;
    if (clerk->placed)
        clerk->placed(clerk->whom, turn.read);
    TRY(remember(&turn, arena, turn.read));
    return read_to(&turn, turn.read, seq);
}

struct fault *clerk_publish(struct clerk *clerk, struct arena *arena, int64_t *seq, bool *renamed)
{
    return publish(clerk, arena, false, seq, renamed);
}

struct fault *clerk_publish_anew(struct clerk *clerk, struct arena *arena, int64_t *seq)
{
    bool renamed;
    return publish(clerk, arena, true, seq, &renamed);
}
