/* replay_rows.c: the rows as the journal has them, built in a database of their own, and compared.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "base/buf.h"
#include "store/replay_own.h"
#include "store/run.h"
#include "store/store_own.h"

#include "base/banned.h"

enum { COLUMNS_MAX = 64 };

struct fault *replay_make_shadow(struct replay *replay)
{
    struct arena *arena = replay->arena;
    TRY(db_sqlite_open(arena, STR(""), false, &replay->shadow));
    for (size_t i = 0; i < store_tables_n; i++)
        if (store_tables[i]->replay == REPLAY_YES)
            TRY(replay->shadow->engine->script(replay->shadow, arena,
                                               store_tables[i]->make_sqlite));
    return replay->shadow->engine->script(replay->shadow, arena, "BEGIN");
}

static bool value_from(struct arena *arena, const json_t *columns, const struct column_row *column,
                       struct value *out)
{
    const json_t *value = json_object_get(columns, column->name);
    *out = (struct value){.kind = column->kind};
    if (column->kind == VALUE_INT) {
        out->n = json_integer_value(value);
        return json_is_integer(value);
    }
    out->text = json_text(value);
    if (!json_is_string(value))
        return false;
    return column->kind == VALUE_TEXT || base64url_parse(arena, out->text, &out->text);
}

static struct fault *apply_one(struct replay *replay, struct arena *arena, const json_t *effect)
{
    struct str name = json_text(json_array_get(effect, 0));
    const json_t *columns = json_array_get(effect, 1);
    const struct table_row *table = table_named(name);
    struct value in[COLUMNS_MAX];
    if (!table || table->replay != REPLAY_YES)
        return FAULT(arena, "broken-journal", "an effect on '%.*s'", STR_F(name));
    bool drop = str_is(json_text(json_array_get(effect, 2)), "drop");
    const struct statement *statement = drop ? &table->drop : &table->put;
    for (size_t i = 0; i < statement->in_n; i++)
        if (!value_from(arena, columns, &table->columns[i], &in[i]))
            return FAULT(arena, "broken-journal", "%s without %s", table->name,
                         table->columns[i].name);
    return db_exec(replay->shadow, arena, statement, in);
}

struct fault *replay_apply(struct replay *replay, struct arena *arena, struct str payload_text)
{
    json_t *payload, *effect;
    size_t i;
    TRY(json_read(arena, payload_text, &payload));
    json_array_foreach(json_object_get(payload, "effects"), i, effect)
        TRY(apply_one(replay, arena, effect));
    return NULL;
}

/* ---- two streams in the order of their keys */

struct stream {
    struct db *db;
    struct value row[COLUMNS_MAX];
    bool more;
};

static struct fault *step(struct stream *stream, struct arena *arena, const struct table_row *table)
{
    return stream->db->engine->next(stream->db, arena, &table->all, stream->row, &stream->more);
}

static int order_of(const struct table_row *table, const struct stream *a, const struct stream *b)
{
    if (!a->more || !b->more)
        return b->more - a->more;
    int order = 0;
    for (size_t i = 0; !order && i < table->keys_n; i++)
        order = value_order(&a->row[i], &b->row[i]);
    return order;
}

static void say_row(struct replay *replay, const struct table_row *table,
                    const struct stream *stream, const char *column)
{
    struct arena *arena = arena_new((size_t)1 << 24);
    if (!arena)
        BUG("no memory to name a row");
    struct buf key = buf_new(arena, 1 << 20);
    for (size_t i = 0; i < table->keys_n; i++) {
        if (i)
            buf_add_char(&key, '/');
        if (stream->row[i].kind == VALUE_INT)
            buf_add_int(&key, stream->row[i].n);
        else if (stream->row[i].kind == VALUE_TEXT)
            buf_add(&key, stream->row[i].text);
        else
            buf_add(&key, hex_print(arena, stream->row[i].text));
    }
    replay_say(replay, table->name, buf_str(&key), column);
    arena_free(arena);
}

static struct fault *merge(struct replay *replay, const struct table_row *table,
                           struct stream *live, struct stream *shadow)
{
    TRY(step(live, replay->arena, table));
    TRY(step(shadow, replay->arena, table));
    while (live->more || shadow->more) {
        int order = order_of(table, live, shadow);
        if (order)
            say_row(replay, table, order < 0 ? live : shadow, "(row)");
        for (size_t i = table->keys_n; !order && i < table->columns_n; i++)
            if (!value_eq(&live->row[i], &shadow->row[i]))
                say_row(replay, table, live, table->columns[i].name);
        replay->report->rows += order <= 0;
        bool step_live = order <= 0, step_shadow = order >= 0;
        if (step_live)
            TRY(step(live, replay->arena, table));
        if (step_shadow)
            TRY(step(shadow, replay->arena, table));
    }
    return NULL;
}

static struct fault *compare_table(struct replay *replay, const struct table_row *table)
{
    struct stream live = {.db = replay->store->db}, shadow = {.db = replay->shadow};
    struct fault *fault = live.db->engine->start(live.db, replay->arena, &table->all, NULL);
    if (!fault)
        fault = shadow.db->engine->start(shadow.db, replay->arena, &table->all, NULL);
    if (!fault)
        fault = merge(replay, table, &live, &shadow);
    live.db->engine->finish(live.db, &table->all);
    shadow.db->engine->finish(shadow.db, &table->all);
    return fault;
}

struct fault *replay_compare(struct replay *replay)
{
    for (size_t i = 0; i < store_tables_n; i++)
        if (store_tables[i]->replay == REPLAY_YES)
            TRY(compare_table(replay, store_tables[i]));
    return NULL;
}
