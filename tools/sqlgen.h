/* sqlgen.h: what sqlgen has read from sql/, between its reading and its writing halves.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_SQLGEN_H
#define HOSHI_SQLGEN_H

#include <stdio.h>

#include "base/str.h"

enum { COLUMNS_MAX = 40, TABLES_MAX = 200, INDEXES_MAX = 400, QUERIES_MAX = 2000 };

enum type { TYPE_INT, TYPE_TEXT, TYPE_BYTES };
enum replay { REPLAY_YES, REPLAY_CHAIN, REPLAY_NO };

struct column {
    struct str name, rest, comment; /* rest: constraints, as written */
    enum type type;
};

struct table {
    struct str name, comment, reason; /* reason: why replay leaves it out */
    enum replay replay;
    struct column columns[COLUMNS_MAX];
    size_t columns_n, keys_n; /* the key is always the first columns */
};

/* read: a SELECT. aside: writes tables that replay leaves out. chain: for the journal's own tables.
 */
enum access { ACCESS_READ, ACCESS_ASIDE, ACCESS_CHAIN, ACCESS_N };
enum answer { ANSWER_NONE, ANSWER_ONE, ANSWER_MANY };

struct query {
    struct str name, comment;
    enum access access;
    enum answer answer;
    struct column in[COLUMNS_MAX], out[COLUMNS_MAX];
    size_t in_n, out_n;
    const struct table *row; /* out: row_TABLE */
    struct str postgres, sqlite;
};

struct sources {
    struct table tables[TABLES_MAX];
    struct str indexes[INDEXES_MAX];
    struct query queries[QUERIES_MAX];
    size_t tables_n, indexes_n, queries_n;
};

/* Both end the program with "FILE:LINE: what is wrong" when the text is not as it should be. */
void read_tables(struct arena *arena, const char *path, struct str text, struct sources *sources);
void read_queries(struct arena *arena, const char *path, struct str text, struct sources *sources);

const struct table *table_named(const struct sources *sources, struct str name);

void write_rows_header(FILE *out, const struct sources *sources);
void write_puts_header(FILE *out, const struct sources *sources);
void write_rows_code(FILE *out, const struct sources *sources);
void write_queries_header(FILE *out, const struct sources *sources, enum access access);
void write_queries_code(FILE *out, const struct sources *sources);

/* Shared by the writers. */
void write_columns(FILE *out, const char *name_kind, struct str name, struct str row,
                   const struct column *columns, size_t n);
const char *type_in_c(enum type type);     /* "int64_t ", "struct str " */
const char *type_as_value(enum type type); /* "VALUE_INT" … */

#endif
