/* apply.c: effects as values become rows of the register; only what the allow-list names.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Rows of `party` go into the clerk's own file first: a maker becomes public with its first label.
 */
#include "register/apply.h"

#include "base/buf.h"
#include "base/json.h"
#include "register/allowed.h"
#include "register/made.h"

#include "base/banned.h"

enum { TABLES_MAX = 32, SQL_MAX = 4000 };

struct table_writer {
    const struct allowed_column *columns;
    size_t n;
    sqlite3_stmt *put, *drop;
};

struct applying {
    sqlite3 *db;
    struct table_writer writers[TABLES_MAX];
    size_t n;
    sqlite3_stmt *touch, *touch_party;
    struct past *past;
};

static bool is_party(const struct allowed_column *column)
{
    return str_is(str_of(column->to_table), "party");
}

static void add_columns(struct buf *sql, const struct table_writer *writer, bool keys_only,
                        const char *before, const char *after, const char *between)
{
    const char *join = "";
    for (size_t i = 0; i < writer->n; i++)
        if (!keys_only || writer->columns[i].key) {
            buf_printf(sql, "%s%s%s", join, before, writer->columns[i].to_column);
            if (*after)
                buf_printf(sql, "%s%zu", after, i + 1);
            join = between;
        }
}

static struct str put_sql(struct arena *arena, const struct table_writer *writer,
                          const char *schema)
{
    struct buf sql = buf_new(arena, SQL_MAX);
    buf_printf(&sql, "INSERT INTO %s.%s (", schema, writer->columns->to_table);
    add_columns(&sql, writer, false, "", "", ", ");
    buf_add_z(&sql, ") VALUES (");
    for (size_t i = 0; i < writer->n; i++)
        buf_printf(&sql, "%s?%zu", i ? ", " : "", i + 1);
    buf_add_z(&sql, ") ON CONFLICT (");
    add_columns(&sql, writer, true, "", "", ", ");
    buf_add_z(&sql, ") DO UPDATE SET ");
    const char *join = "";
    for (size_t i = 0; i < writer->n; i++)
        if (!writer->columns[i].key) {
            buf_printf(&sql, "%s%s = ?%zu", join, writer->columns[i].to_column, i + 1);
            join = ", ";
        }
    return buf_str(&sql);
}

static struct str drop_sql(struct arena *arena, const struct table_writer *writer,
                           const char *schema)
{
    struct buf sql = buf_new(arena, SQL_MAX);
    buf_printf(&sql, "DELETE FROM %s.%s WHERE ", schema, writer->columns->to_table);
    add_columns(&sql, writer, true, "", " = ?", " AND ");
    return buf_str(&sql);
}

struct fault *applying_begin(struct arena *arena, sqlite3 *db, struct applying **out)
{
    struct applying *applying = *out = NEW(arena, struct applying);
    applying->db = db;
    for (size_t i = 0; i < allowed_columns_n; i += applying->writers[applying->n++].n) {
        if (applying->n == TABLES_MAX)
            BUG("more public tables than writers");
        struct table_writer *writer = &applying->writers[applying->n];
        writer->columns = allowed_table(str_of(allowed_columns[i].table), &writer->n);
        const char *schema = is_party(writer->columns) ? "main" : "public";
        TRY(lite_prepare(arena, db, put_sql(arena, writer, schema).at, &writer->put));
        TRY(lite_prepare(arena, db, drop_sql(arena, writer, schema).at, &writer->drop));
    }
    TRY(lite_run(arena, db, "CREATE TEMP TABLE touched (number TEXT PRIMARY KEY) WITHOUT ROWID"));
    TRY(lite_prepare(arena, db, "INSERT OR IGNORE INTO temp.touched VALUES (?1)",
                     &applying->touch));
    TRY(past_begin(arena, db, &applying->past));
    return lite_prepare(arena, db,
                        "INSERT OR IGNORE INTO temp.touched "
                        "SELECT number FROM public.label WHERE party = ?1",
                        &applying->touch_party);
}

static struct table_writer *writer_of(struct applying *applying, struct str table)
{
    for (size_t i = 0; i < applying->n; i++)
        if (str_is(table, applying->writers[i].columns->table))
            return &applying->writers[i];
    return NULL;
}

static bool bind(sqlite3_stmt *statement, const struct table_writer *writer, const json_t *row,
                 bool keys_only)
{
    for (size_t i = 0; i < writer->n; i++) {
        const json_t *value = json_object_get(row, writer->columns[i].column);
        if (keys_only && !writer->columns[i].key)
            continue;
        if (json_is_string(value))
            lite_str(statement, (int)i + 1, json_text(value));
        else if (json_is_integer(value))
            sqlite3_bind_int64(statement, (int)i + 1, json_integer_value(value));
        else
            return false;
    }
    return true;
}

/* The labels whose made columns have to be made again. */
static struct fault *touch(struct applying *applying, struct arena *arena, struct str table,
                           const json_t *row)
{
    struct str number = str_is(table, "label")        ? json_get(row, "number")
                        : str_starts(table, "label_") ? json_get(row, "label")
                                                      : STR_NONE;
    if (number.bytes) {
        lite_str(applying->touch, 1, number);
        TRY(lite_do(arena, applying->touch));
    }
    if (str_is(table, "party")) {
        lite_str(applying->touch_party, 1, json_get(row, "id"));
        TRY(lite_do(arena, applying->touch_party));
    }
    return NULL;
}

static struct fault *take_effect(struct applying *applying, struct arena *arena, int64_t seq,
                                 const json_t *effect, bool *changed)
{
    struct str table = json_text(json_array_get(effect, 0));
    const json_t *row = json_array_get(effect, 1);
    bool drop = str_is(json_text(json_array_get(effect, 2)), "drop");
    struct table_writer *writer = writer_of(applying, table);
    if (!writer || !allowed_effect(effect))
        return NULL;
    sqlite3_stmt *statement = drop ? writer->drop : writer->put;
    if (!bind(statement, writer, row, drop))
        return FAULT(arena, "broken-journal", "an effect on %.*s lacks a column", STR_F(table));
    if (str_is(table, "label"))
        TRY(past_keep(applying->past, arena, json_get(row, "number"), seq));
    if (str_is(table, "label_model"))
        TRY(past_keep_models(applying->past, arena, json_get(row, "label"), seq));
    if (str_is(table, "party") && !drop)
        TRY(past_keep_name(applying->past, arena, row, seq));
    TRY(lite_do(arena, statement));
    *changed = true;
    return touch(applying, arena, table, row);
}

struct fault *applying_take(struct applying *applying, struct arena *arena, int64_t seq,
                            const json_t *effects, bool *changed)
{
    for (size_t i = 0; i < json_array_size(effects); i++)
        TRY(take_effect(applying, arena, seq, json_array_get(effects, i), changed));
    return NULL;
}

struct fault *applying_end(struct applying *applying, struct arena *arena)
{
    return made_make(arena, applying->db);
}
