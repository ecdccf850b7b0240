/* table.h: what the generated code says of tables and statements.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_TABLE_H
#define HOSHI_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum value_kind { VALUE_INT, VALUE_TEXT, VALUE_BYTES };

/* One value on its way into or out of the database; never NULL there: every column is NOT NULL. */
struct value {
    enum value_kind kind;
    int64_t n;
    struct str text; /* VALUE_TEXT: UTF-8 without NUL; VALUE_BYTES: any bytes */
};

struct column_row {
    const char *name;
    enum value_kind kind;
    size_t offset; /* in the struct of the row */
};

struct statement {
    const char *name;
    const char *sqlite, *postgres; /* the same statement: ?n and $n */
    const struct column_row *in, *out;
    size_t in_n, out_n;
    size_t row_bytes; /* of the struct that `out` describes */
    bool streams;     /* too many rows to hold: PostgreSQL hands them over one by one */
};

enum replay_mode { REPLAY_YES, REPLAY_CHAIN, REPLAY_NO };

struct table_row {
    const char *name;
    const struct column_row *columns; /* the key is the first keys_n of them */
    const uint8_t *by_name;           /* their places in the order of their names */
    size_t columns_n, keys_n, row_bytes;
    enum replay_mode replay;
    const char *reason; /* of REPLAY_NO */
    const char *make_sqlite, *make_postgres;
    struct statement put, drop, all; /* all: every row, in the order of the key */
};

extern const struct table_row *const store_tables[];
extern const size_t store_tables_n;
extern const char *const store_indexes[];
extern const size_t store_indexes_n;
extern const struct statement *const store_statements[]; /* of sql/queries/ and sql/chain.sql */
extern const size_t store_statements_n;

const struct table_row *table_named(struct str name); /* NULL when there is none */

static inline struct value value_int(int64_t n)
{
    return (struct value){.kind = VALUE_INT, .n = n};
}
static inline struct value value_text(struct str text)
{
    return (struct value){.kind = VALUE_TEXT, .text = text};
}
static inline struct value value_bytes(struct str bytes)
{
    return (struct value){.kind = VALUE_BYTES, .text = bytes};
}

/* The member of a row that a column describes, and back. */
struct value value_of(const void *row, const struct column_row *column);
void value_into(void *row, const struct column_row *column, const struct value *value);
bool value_eq(const struct value *a, const struct value *b);
int value_order(const struct value *a, const struct value *b); /* as both engines order keys */
/* UTF-8 without NUL: what both engines can keep as text. */
bool text_can_be_kept(struct str text);

#endif
