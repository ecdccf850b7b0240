/* rows.c: rows of every table.
 * SPDX-License-Identifier: Apache-2.0 */
#include "rows.h"

#include "base/json.h"
#include "place.h"
#include "store/run.h"

#include "base/banned.h"

void *row_made(struct arena *arena, const struct table_row *table, int n)
{
    void *row = arena_alloc(arena, table->row_bytes);
    for (size_t i = 0; i < table->columns_n; i++) {
        const struct column_row *column = &table->columns[i];
        struct str text = str_print(arena, "%s 星 %s %d", table->name, column->name, n);
        struct value value = {.kind = column->kind, .n = 1000 * (int64_t)(i + 1) + n, .text = text};
        value_into(row, column, &value);
    }
    return row;
}

void entry_begin(struct store *store, struct arena *arena, const char *act)
{
    struct entry entry = {.act = str_of(act),
                          .case_id = STR("c1"),
                          .procedure = STR("self-declared"),
                          .step = STR("file"),
                          .clause = STR("4.1.1-1"),
                          .actor = STR("p1"),
                          .role = STR("applicant"),
                          .at = 1767225600000,
                          .day = day_of(2026, 1, 1),
                          .facts = STR("{\"today\":\"2026-01-01\"}"),
                          .fields = json_new(arena)};
    json_put(entry.fields, "product", STR("みほんカメラ 𠮷"));
    int64_t seq;
    MUST(store_begin(store, arena, true));
    MUST(journal_begin(store, arena, &entry, &seq));
}

int64_t entry_commit(struct store *store, struct arena *arena)
{
    struct head head;
    MUST(journal_append(store, arena));
    MUST(journal_head(store, arena, &head));
    MUST(store_commit(store, arena));
    return head.seq;
}

void fill_every_table(struct store *store, struct arena *arena, int n)
{
    entry_begin(store, arena, "step");
    for (size_t t = 0; t < store_tables_n; t++)
        for (int i = 0; store_tables[t]->replay == REPLAY_YES && i < n; i++)
            MUST(store_put(store, store_tables[t], row_made(arena, store_tables[t], i)));
    entry_commit(store, arena);
}
