/* replay_test.c: whatever is altered, added or taken away in a row is named, and nothing else.
 * SPDX-License-Identifier: Apache-2.0 */
#include "rows.h"
#include "scene.h"

#include "base/banned.h"

static struct str where(struct scene *scene, const struct table_row *table, const void *row)
{
    struct buf sql = buf_new(scene->arena, 1 << 16);
    for (size_t i = 0; i < table->keys_n; i++) {
        struct value key = value_of(row, &table->columns[i]);
        buf_printf(&sql, "%s%s = %.*s", i ? " AND " : "", table->columns[i].name,
                   STR_F(scene_literal(scene, &key)));
    }
    return buf_str(&sql);
}

static struct str key_of(struct scene *scene, const struct table_row *table, const void *row)
{
    struct buf text = buf_new(scene->arena, 1 << 16);
    for (size_t i = 0; i < table->keys_n; i++) {
        struct value key = value_of(row, &table->columns[i]);
        buf_add_z(&text, i ? "/" : "");
        if (key.kind == VALUE_INT)
            buf_add_int(&text, key.n);
        else
            buf_add(&text, key.text);
    }
    return buf_str(&text);
}

static void set(struct scene *scene, const struct table_row *table, const void *row, size_t column,
                const struct value *value)
{
    scene_hand(scene, str_print(scene->arena, "UPDATE %s SET %s = %.*s WHERE %.*s", table->name,
                                table->columns[column].name, STR_F(scene_literal(scene, value)),
                                STR_F(where(scene, table, row))));
}

static void alter_column(struct scene *scene, const struct table_row *table, size_t i)
{
    void *row = row_made(scene->arena, table, 0), *altered = row_made(scene->arena, table, 0);
    struct value old = value_of(row, &table->columns[i]), new = old;
    new.n += 500000;
    new.text = str_print(scene->arena, "%.*s!", STR_F(old.text));
    value_into(altered, &table->columns[i], &new);
    set(scene, table, row, i, &new);
    int64_t n = scene_look(scene);
    struct str line =
        str_print(scene->arena, "%s %.*s %s", table->name, STR_F(key_of(scene, table, row)),
                  i < table->keys_n ? "(row)" : table->columns[i].name);
    bool found = n == (i < table->keys_n ? 2 : 1) && scene_names(scene, line.at);
    if (i < table->keys_n)
        line = str_print(scene->arena, "%s %.*s (row)", table->name,
                         STR_F(key_of(scene, table, altered)));
    CHECK(&scene->tally, found && scene_names(scene, line.at),
          "%s.%s altered is named, and nothing else", table->name, table->columns[i].name);
    set(scene, table, altered, i, &old);
    scene_all_is_well(scene, table->columns[i].name);
}

static void insert(struct scene *scene, const struct table_row *table, const void *row)
{
    struct buf sql = buf_new(scene->arena, 1 << 16);
    buf_printf(&sql, "INSERT INTO %s VALUES (", table->name);
    for (size_t i = 0; i < table->columns_n; i++) {
        struct value value = value_of(row, &table->columns[i]);
        buf_printf(&sql, "%s%.*s", i ? ", " : "", STR_F(scene_literal(scene, &value)));
    }
    buf_add_char(&sql, ')');
    scene_hand(scene, buf_str(&sql));
}

static void delete (struct scene *scene, const struct table_row *table, const void *row)
{
    scene_hand(scene, str_print(scene->arena, "DELETE FROM %s WHERE %.*s", table->name,
                                STR_F(where(scene, table, row))));
}

static void add_and_take(struct scene *scene, const struct table_row *table)
{
    for (int take = 0; take < 2; take++) {
        void *row = row_made(scene->arena, table, take ? 0 : 9);
        (take ? delete : insert)(scene, table, row);
        int64_t n = scene_look(scene);
        struct str line =
            str_print(scene->arena, "%s %.*s (row)", table->name, STR_F(key_of(scene, table, row)));
        CHECK(&scene->tally, n == 1 && scene_names(scene, line.at), "%s: a row %s is named",
              table->name, take ? "taken away" : "added");
        (take ? insert : delete)(scene, table, row);
        scene_all_is_well(scene, table->name);
    }
}

static void count_left_out(void *whom, struct str table, struct str reason)
{
    CHECK(whom, reason.bytes, "left out, with a reason: %.*s", STR_F(table));
}

int main(void)
{
    struct scene scene = scene_new();
    for (size_t t = 0; t < store_tables_n; t++) {
        if (store_tables[t]->replay != REPLAY_YES)
            continue;
        for (size_t i = 0; i < store_tables[t]->columns_n; i++)
            alter_column(&scene, store_tables[t], i);
        add_and_take(&scene, store_tables[t]);
    }
    replay_left_out(count_left_out, &scene.tally);
    return scene_end(&scene);
}
