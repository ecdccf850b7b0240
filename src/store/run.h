/* run.h: what generated code calls: a statement, its values in, its rows out.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_RUN_H
#define HOSHI_RUN_H

#include "store/db.h"
#include "store/store.h"

struct fault *store_exec(struct store *store, struct arena *arena,
                         const struct statement *statement, const struct value *in);
/* The row, or NULL when there is none; more than one is our own mistake. */
struct fault *store_one(struct store *store, struct arena *arena, const struct statement *statement,
                        const struct value *in, void **row);
struct fault *store_many(struct store *store, struct arena *arena,
                         const struct statement *statement, const struct value *in, void **rows,
                         size_t *n);

/* Writes a row and makes it an effect of the open entry (journal.c). */
struct fault *store_put(struct store *store, const struct table_row *table, const void *row);
struct fault *store_drop(struct store *store, const struct table_row *table, const void *row);

/* One statement on a bare database: for store/ itself. */
struct fault *db_exec(struct db *db, struct arena *arena, const struct statement *statement,
                      const struct value *in);

#endif
