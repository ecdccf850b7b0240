/* lite.c: SQLite's answers as faults.
 * SPDX-License-Identifier: Apache-2.0 */
#include "register/lite.h"

#include "base/banned.h"

struct fault *lite_fault(struct arena *arena, sqlite3 *db, const char *doing)
{
    return FAULT(arena, "broken-register", "%s: %s", doing, sqlite3_errmsg(db));
}

struct fault *lite_run(struct arena *arena, sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return lite_fault(arena, db, sql);
    return NULL;
}

static void finalize(void *statement)
{
    sqlite3_finalize(statement);
}

struct fault *lite_prepare(struct arena *arena, sqlite3 *db, const char *sql, sqlite3_stmt **out)
{
    if (sqlite3_prepare_v3(db, sql, -1, 0, out, NULL) != SQLITE_OK)
        return lite_fault(arena, db, sql);
    arena_at_end(arena, finalize, *out);
    return NULL;
}

void lite_str(sqlite3_stmt *statement, int nth, struct str text)
{
    sqlite3_bind_text64(statement, nth, text.at ? text.at : "", text.bytes, SQLITE_STATIC,
                        SQLITE_UTF8);
}

struct fault *lite_step(struct arena *arena, sqlite3_stmt *statement, bool *row)
{
    int code = sqlite3_step(statement);
    *row = code == SQLITE_ROW;
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return lite_fault(arena, sqlite3_db_handle(statement), sqlite3_sql(statement));
    return NULL;
}

struct fault *lite_do(struct arena *arena, sqlite3_stmt *statement)
{
    bool row = true;
    struct fault *fault = NULL;
    while (!fault && row)
        fault = lite_step(arena, statement, &row);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return fault;
}

static struct str view(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return (struct str){text, text ? (size_t)sqlite3_column_bytes(statement, column) : 0};
}

struct str lite_text(struct arena *arena, sqlite3_stmt *statement, int column)
{
    return str_copy(arena, view(statement, column));
}

struct day lite_day(sqlite3_stmt *statement, int column)
{
    struct day day = DAY_NONE;
    day_parse(view(statement, column), &day);
    return day;
}
