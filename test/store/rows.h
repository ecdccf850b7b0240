/* rows.h: rows of every table, made from what the store says of its columns.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_TEST_ROWS_H
#define HOSHI_TEST_ROWS_H

#include "store/journal.h"
#include "store/table.h"

/* A row whose every column tells the table, the column and n. */
void *row_made(struct arena *arena, const struct table_row *table, int n);

/* Opens, in a transaction of its own, an entry that says who; closes it and commits. */
void entry_begin(struct store *store, struct arena *arena, const char *act);
int64_t entry_commit(struct store *store, struct arena *arena);

/* In one entry: n rows in each table that replay rebuilds. */
void fill_every_table(struct store *store, struct arena *arena, int n);

#endif
