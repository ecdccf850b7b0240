/* folder.c: reading the register folder: one label, its models, its history.
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "base/fold.h"
#include "register/folder_own.h"

#include "base/banned.h"

const char folder_select[] =
    "SELECT " FOLDER_VALUES
    ", l.models, l.withdrawn, l.revoked, l.pending, l.provisional, l.grace_ends"
    " FROM label l " FOLDER_JOINS;

struct public_label label_of(struct arena *arena, sqlite3_stmt *row)
{
    return (struct public_label){
        .number = lite_text(arena, row, 0),
        .level = sqlite3_column_int64(row, 1),
        .route = lite_text(arena, row, 2),
        .certification = lite_text(arena, row, 3),
        .edition = lite_text(arena, row, 4),
        .edition_ja = lite_text(arena, row, 5),
        .edition_en = lite_text(arena, row, 6),
        .product_ja = lite_text(arena, row, 7),
        .product_en = lite_text(arena, row, 8),
        .category = lite_text(arena, row, 9),
        .firmware = lite_text(arena, row, 10),
        .maker_ja = lite_text(arena, row, 11),
        .maker_en = lite_text(arena, row, 12),
        .corporate_number = lite_text(arena, row, 13),
        .country = lite_text(arena, row, 14),
        .facility_ja = lite_text(arena, row, 15),
        .facility_en = lite_text(arena, row, 16),
        .facility_number = lite_text(arena, row, 17),
        .dates = {.issued = lite_day(row, 18),
                  .expires = lite_day(row, 19),
                  .withdrawn = lite_day(row, 29),
                  .revoked = lite_day(row, 30),
                  .extension_pending = sqlite3_column_int(row, 31),
                  .provisional = sqlite3_column_int(row, 32),
                  .grace_ends = lite_day(row, 33)},
        .support_end = lite_day(row, 20),
        .contact_ja = lite_text(arena, row, 21),
        .contact_en = lite_text(arena, row, 22),
        .contact_mail = lite_text(arena, row, 23),
        .contact_phone = lite_text(arena, row, 24),
        .security_mail = lite_text(arena, row, 25),
        .policy_url = lite_text(arena, row, 26),
        .product_url = lite_text(arena, row, 27),
        .models_n = sqlite3_column_int64(row, 28),
    };
}

static void close_folder(void *what)
{
    struct folder *folder = what;
    sqlite3_close_v2(folder->db);
}

struct fault *folder_open(struct arena *arena, struct str path, struct folder **out)
{
    *out = NEW(arena, struct folder);
    (*out)->path = str_print(arena, "%.*s/register.db", STR_F(path)).at;
    arena_at_end(arena, close_folder, *out);
    return NULL;
}

/* label_status_on() for statements: (issued, expires, withdrawn, revoked, grace_ends, today,
 * pending, provisional). */
static void sql_status(sqlite3_context *context, int n, sqlite3_value **values)
{
    struct day days[6];
    (void)n;
    for (int i = 0; i < 6; i++) {
        sqlite3_value *value = values[i];
        const char *text = (const char *)sqlite3_value_text(value);
        days[i] = DAY_NONE;
        day_parse((struct str){text, text ? (size_t)sqlite3_value_bytes(value) : 0}, &days[i]);
    }
    struct label_dates dates = {.issued = days[0],
                                .expires = days[1],
                                .withdrawn = days[2],
                                .revoked = days[3],
                                .grace_ends = days[4],
                                .extension_pending = sqlite3_value_int(values[6]),
                                .provisional = sqlite3_value_int(values[7])};
    sqlite3_result_int(context, (int)label_status_on(&dates, days[5]));
}

static bool same_file(const struct stat *a, const struct stat *b)
{
    return a->st_ino == b->st_ino && a->st_dev == b->st_dev && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* Another form was made by an earlier program: the clerk is about to make it anew. */
static struct fault *check_form(struct arena *arena, sqlite3 *db)
{
    sqlite3_stmt *statement;
    bool row;
    struct fault *fault = NULL;
    if (sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &statement, NULL) != SQLITE_OK)
        return lite_fault(arena, db, "PRAGMA user_version");
    TRY(lite_step(arena, statement, &row));
    if (!row || sqlite3_column_int(statement, 0) != REGISTER_FORM)
        fault = FAULT(arena, "register-absent", "a register of another form");
    sqlite3_finalize(statement);
    return fault;
}

/* Read-only and immutable: nothing is locked, and no file beside it is looked for. */
static struct fault *open_again(struct folder *folder, struct arena *arena)
{
    sqlite3 *db = NULL;
    struct buf uri = buf_new(arena, 4 * 4096);
    buf_add_z(&uri, "file:");
    for (const char *p = folder->path; *p; p++)
        if (strchr("?#%", *p))
            buf_printf(&uri, "%%%02X", (unsigned char)*p);
        else
            buf_add_char(&uri, *p);
    buf_add_z(&uri, "?immutable=1");
    int flags =
        SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    int code = sqlite3_open_v2(buf_str(&uri).at, &db, flags, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_create_function_v2(db, "status_on", 8, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                          NULL, sql_status, NULL, NULL, NULL);
    struct fault *fault =
        code == SQLITE_OK
            ? lite_run(arena, db, "PRAGMA mmap_size = 1073741824; PRAGMA temp_store = MEMORY")
            : lite_fault(arena, db, folder->path);
    if (!fault)
        fault = check_form(arena, db);
    if (fault) {
        sqlite3_close_v2(db);
        return fault;
    }
    sqlite3_close_v2(folder->db);
    folder->db = db;
    return NULL;
}

struct fault *folder_look(struct folder *folder, struct arena *arena, int64_t *generation)
{
    struct stat about;
    if (stat(folder->path, &about)) {
        if (!folder->db)
            return FAULT(arena, "register-absent", "%s: %s", folder->path, strerror(errno));
    } else if (!folder->db || !same_file(&about, &folder->about)) {
        TRY(open_again(folder, arena));
        folder->about = about;
        folder->generation++;
    }
    *generation = folder->generation;
    return NULL;
}

static struct fault *one_text(struct folder *folder, struct arena *arena, const char *sql,
                              struct str first, struct str second, struct str *out)
{
    sqlite3_stmt *statement;
    bool row;
    TRY(lite_prepare(arena, folder->db, sql, &statement));
    lite_str(statement, 1, first);
    if (sqlite3_bind_parameter_count(statement) > 1)
        lite_str(statement, 2, second);
    TRY(lite_step(arena, statement, &row));
    *out = row ? lite_text(arena, statement, 0) : STR_NONE;
    return NULL;
}

struct fault *folder_meta(struct folder *folder, struct arena *arena, const char *name,
                          struct str *out)
{
    return one_text(folder, arena, "SELECT value FROM meta WHERE name = ?1", str_of(name), STR_NONE,
                    out);
}

struct fault *folder_read_number(struct folder *folder, struct arena *arena, struct str typed,
                                 struct str *number, enum number_reading *reading)
{
    sqlite3_stmt *statement;
    bool row;
    *reading = NUMBER_OTHER;
    TRY(lite_prepare(arena, folder->db,
                     "SELECT value FROM (SELECT value, valid_from FROM parameter WHERE name = "
                     "'registration-number-format'"
                     " UNION ALL SELECT value, '' FROM meta WHERE name = 'number-format') ORDER BY "
                     "valid_from DESC",
                     &statement));
    for (;;) {
        struct str proper;
        TRY(lite_step(arena, statement, &row));
        if (!row)
            return NULL;
        enum number_reading read =
            number_read(arena, lite_text(arena, statement, 0), typed, &proper);
        if (read == NUMBER_OTHER || (read == NUMBER_MISTYPED && *reading == NUMBER_MISTYPED))
            continue;
        *reading = read;
        *number = proper;
        if (read == NUMBER_GOOD)
            return NULL;
    }
}

struct fault *folder_label(struct folder *folder, struct arena *arena, struct str number,
                           struct public_label **out)
{
    sqlite3_stmt *statement;
    bool row;
    *out = NULL;
    TRY(lite_prepare(arena, folder->db, str_print(arena, "%sWHERE l.number = ?1", folder_select).at,
                     &statement));
    lite_str(statement, 1, number);
    TRY(lite_step(arena, statement, &row));
    if (row) {
        *out = NEW(arena, struct public_label);
        **out = label_of(arena, statement);
    }
    return NULL;
}

struct fault *folder_models(struct folder *folder, struct arena *arena, struct str number,
                            struct str like, size_t limit, struct words *out)
{
    sqlite3_stmt *statement;
    bool row;
    size_t n = 0;
    struct str *models = NEW_ARRAY(arena, limit ? limit : 1, struct str);
    TRY(lite_prepare(
        arena, folder->db,
        "SELECT model FROM label_model WHERE label = ?1 AND (?2 = '' OR instr(folded, ?2))"
        " ORDER BY position LIMIT ?3",
        &statement));
    lite_str(statement, 1, number);
    lite_str(statement, 2, fold_name(arena, like));
    sqlite3_bind_int64(statement, 3, (int64_t)limit);
    for (;; n++) {
        TRY(lite_step(arena, statement, &row));
        if (!row)
            break;
        models[n] = lite_text(arena, statement, 0);
    }
    *out = (struct words){models, n};
    return NULL;
}

struct fault *folder_events(struct folder *folder, struct arena *arena, struct str number,
                            struct public_event **out, size_t *n)
{
    enum { EVENTS_MAX = 200 };
    sqlite3_stmt *statement;
    bool row;
    *out = NEW_ARRAY(arena, EVENTS_MAX, struct public_event);
    TRY(lite_prepare(arena, folder->db,
                     "SELECT day, kind, detail FROM label_event WHERE label = ?1"
                     " ORDER BY day DESC, seq DESC LIMIT ?2",
                     &statement));
    lite_str(statement, 1, number);
    sqlite3_bind_int(statement, 2, EVENTS_MAX);
    for (*n = 0;; ++*n) {
        TRY(lite_step(arena, statement, &row));
        if (!row)
            return NULL;
        (*out)[*n] = (struct public_event){lite_day(statement, 0), lite_text(arena, statement, 1),
                                           lite_text(arena, statement, 2)};
    }
}
