/* sqlgen_write.c: writes the C of what sqlgen has read.
 * SPDX-License-Identifier: Apache-2.0 */
#include "sqlgen.h"
#include "text.h"

#include "base/banned.h"

const char *type_in_c(enum type type)
{
    return type == TYPE_INT ? "int64_t " : "struct str ";
}

const char *type_as_value(enum type type)
{
    return type == TYPE_INT ? "VALUE_INT" : type == TYPE_TEXT ? "VALUE_TEXT" : "VALUE_BYTES";
}

/* static const struct column_row columns_NAME[] of struct ROW */
void write_columns(FILE *out, const char *name_kind, struct str name, struct str row,
                   const struct column *columns, size_t n)
{
    fprintf(out, "static const struct column_row %s_%.*s[] = {\n", name_kind, STR_F(name));
    for (size_t i = 0; i < n; i++)
        fprintf(out, "    {\"%.*s\", %s, offsetof(struct %.*s, %.*s)},\n", STR_F(columns[i].name),
                type_as_value(columns[i].type), STR_F(row), STR_F(columns[i].name));
    fprintf(out, "};\n");
}

static void write_include(FILE *out, const char *name)
{
    fprintf(out, "#%s %s\n", "include", name);
}

/* ---- rows */

void write_rows_header(FILE *out, const struct sources *sources)
{
    fprintf(out, "#ifndef HOSHI_ROWS_GEN_H\n#define HOSHI_ROWS_GEN_H\n\n");
    write_include(out, "\"store/table.h\"");
    for (size_t t = 0; t < sources->tables_n; t++) {
        const struct table *table = &sources->tables[t];
        fprintf(out, "\nstruct row_%.*s {", STR_F(table->name));
        if (table->comment.bytes)
            fprintf(out, " /* %.*s */", STR_F(table->comment));
        fputc('\n', out);
        for (size_t i = 0; i < table->columns_n; i++) {
            const struct column *column = &table->columns[i];
            fprintf(out, "    %s%.*s;", type_in_c(column->type), STR_F(column->name));
            if (column->comment.bytes)
                fprintf(out, " /* %.*s */", STR_F(column->comment));
            fputc('\n', out);
        }
        fprintf(out, "};\nextern const struct table_row table_%.*s;\n", STR_F(table->name));
    }
    fprintf(out, "\n#endif\n");
}

static void write_key_arguments(FILE *out, const struct table *table)
{
    for (size_t i = 0; i < table->keys_n; i++)
        fprintf(out, ", %s%.*s", type_in_c(table->columns[i].type), STR_F(table->columns[i].name));
}

void write_puts_header(FILE *out, const struct sources *sources)
{
    fprintf(out, "#ifndef HOSHI_PUT_GEN_H\n#define HOSHI_PUT_GEN_H\n\n");
    write_include(out, "\"store/rows.gen.h\"");
    write_include(out, "\"store/store.h\"");
    fprintf(
        out,
        "\n/* For the desk only, between journal_begin() and journal_append(): inserts or replaces "
        "the\n"
        " * whole row by its key, or drops it, and makes that an effect of the open entry. */\n");
    for (size_t t = 0; t < sources->tables_n; t++) {
        const struct table *table = &sources->tables[t];
        if (table->replay != REPLAY_YES)
            continue;
        fprintf(out, "struct fault *put_%.*s(struct store *store, const struct row_%.*s *row);\n",
                STR_F(table->name), STR_F(table->name));
        fprintf(out, "struct fault *drop_%.*s(struct store *store", STR_F(table->name));
        write_key_arguments(out, table);
        fprintf(out, ");\n");
    }
    fprintf(out, "\n#endif\n");
}

/* SQLite: STRICT; a table whose key is not its row number is its own index (one tree, not two). */
static void write_table_sql(FILE *out, const struct table *table, bool sqlite)
{
    static const char *const types[2][3] = {{"BIGINT", "TEXT COLLATE \\\"C\\\"", "BYTEA"},
                                            {"INTEGER", "TEXT", "BLOB"}};
    fprintf(out, "\"CREATE TABLE %.*s (", STR_F(table->name));
    for (size_t i = 0; i < table->columns_n; i++) {
        const struct column *column = &table->columns[i];
        fprintf(out, "%s%.*s %s NOT NULL", i ? ", " : "", STR_F(column->name),
                types[sqlite][column->type]);
        if (column->rest.bytes)
            fprintf(out, " %.*s", STR_F(column->rest));
    }
    fprintf(out, ", PRIMARY KEY (");
    for (size_t i = 0; i < table->keys_n; i++)
        fprintf(out, "%s%.*s", i ? ", " : "", STR_F(table->columns[i].name));
    bool by_number = table->keys_n == 1 && table->columns[0].type == TYPE_INT;
    fprintf(out, "))%s\"", !sqlite ? "" : by_number ? " STRICT" : " STRICT, WITHOUT ROWID");
}

static void write_put_sql(FILE *out, const struct table *table, char mark)
{
    fprintf(out, "\"INSERT INTO %.*s (", STR_F(table->name));
    for (size_t i = 0; i < table->columns_n; i++)
        fprintf(out, "%s%.*s", i ? ", " : "", STR_F(table->columns[i].name));
    fprintf(out, ") VALUES (");
    for (size_t i = 0; i < table->columns_n; i++)
        fprintf(out, "%s%c%zu", i ? ", " : "", mark, i + 1);
    fprintf(out, ") ON CONFLICT (");
    for (size_t i = 0; i < table->keys_n; i++)
        fprintf(out, "%s%.*s", i ? ", " : "", STR_F(table->columns[i].name));
    fprintf(out, table->columns_n > table->keys_n ? ") DO UPDATE SET " : ") DO NOTHING");
    for (size_t i = table->keys_n; i < table->columns_n; i++)
        fprintf(out, "%s%.*s = excluded.%.*s", i > table->keys_n ? ", " : "",
                STR_F(table->columns[i].name), STR_F(table->columns[i].name));
    fprintf(out, "\"");
}

static void write_drop_sql(FILE *out, const struct table *table, char mark)
{
    fprintf(out, "\"DELETE FROM %.*s WHERE ", STR_F(table->name));
    for (size_t i = 0; i < table->keys_n; i++)
        fprintf(out, "%s%.*s = %c%zu", i ? " AND " : "", STR_F(table->columns[i].name), mark,
                i + 1);
    fprintf(out, "\"");
}

static void write_all_sql(FILE *out, const struct table *table)
{
    fprintf(out, "\"SELECT ");
    for (size_t i = 0; i < table->columns_n; i++)
        fprintf(out, "%s%.*s", i ? ", " : "", STR_F(table->columns[i].name));
    fprintf(out, " FROM %.*s ORDER BY ", STR_F(table->name));
    for (size_t i = 0; i < table->keys_n; i++)
        fprintf(out, "%s%.*s", i ? ", " : "", STR_F(table->columns[i].name));
    fprintf(out, "\"");
}

static void write_puts(FILE *out, const struct table *table)
{
    fprintf(out,
            "struct fault *put_%.*s(struct store *store, const struct row_%.*s *row)\n{\n"
            "    return store_put(store, &table_%.*s, row);\n}\n",
            STR_F(table->name), STR_F(table->name), STR_F(table->name));
    fprintf(out, "struct fault *drop_%.*s(struct store *store", STR_F(table->name));
    write_key_arguments(out, table);
    fprintf(out, ")\n{\n    const struct row_%.*s row = {", STR_F(table->name));
    for (size_t i = 0; i < table->keys_n; i++)
        fprintf(out, "%s.%.*s = %.*s", i ? ", " : "", STR_F(table->columns[i].name),
                STR_F(table->columns[i].name));
    fprintf(out, "};\n    return store_drop(store, &table_%.*s, &row);\n}\n", STR_F(table->name));
}

/* The columns in the order of their names, as canonical JSON has its members. */
static void write_by_name(FILE *out, const struct table *table)
{
    size_t order[COLUMNS_MAX];
    for (size_t i = 0; i < table->columns_n; i++) {
        size_t at = i;
        struct str name = table->columns[i].name;
        for (; at && str_order(table->columns[order[at - 1]].name, name) > 0; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    fprintf(out, "static const uint8_t by_name_%.*s[] = {", STR_F(table->name));
    for (size_t i = 0; i < table->columns_n; i++)
        fprintf(out, "%s%zu", i ? ", " : "", order[i]);
    fprintf(out, "};\n");
}

static void write_table(FILE *out, const struct table *table)
{
    static const char *const modes[] = {"REPLAY_YES", "REPLAY_CHAIN", "REPLAY_NO"};
    char row[200];
    snprintf(row, sizeof row, "row_%.*s", STR_F(table->name));
    fputc('\n', out);
    write_columns(out, "columns", table->name, str_of(row), table->columns, table->columns_n);
    write_by_name(out, table);
    fprintf(
        out,
        "const struct table_row table_%.*s = {\n    .name = \"%.*s\", .columns = columns_%.*s,\n",
        STR_F(table->name), STR_F(table->name), STR_F(table->name));
    fprintf(out, "    .by_name = by_name_%.*s,\n", STR_F(table->name));
    fprintf(out, "    .columns_n = %zu, .keys_n = %zu, .row_bytes = sizeof(struct %s),\n",
            table->columns_n, table->keys_n, row);
    fprintf(out, "    .replay = %s, .reason = ", modes[table->replay]);
    put_literal(out, table->reason.at, table->reason.bytes);
    for (int sqlite = 0; sqlite < 2; sqlite++) {
        fprintf(out, ",\n    .make_%s = ", sqlite ? "sqlite" : "postgres");
        write_table_sql(out, table, sqlite);
    }
    static const char *const what[] = {"put", "drop"};
    void (*const writers[])(FILE *, const struct table *, char) = {write_put_sql, write_drop_sql};
    for (int i = 0; i < 2; i++) {
        fprintf(out, ",\n    .%s = {.name = \"%s_%.*s\", .in = columns_%.*s, .in_n = %zu,\n",
                what[i], what[i], STR_F(table->name), STR_F(table->name),
                i ? table->keys_n : table->columns_n);
        fprintf(out, "        .sqlite = ");
        writers[i](out, table, '?');
        fprintf(out, ",\n        .postgres = ");
        writers[i](out, table, '$');
        fprintf(out, "}");
    }
    fprintf(out,
            ",\n    .all = {.name = \"all_%.*s\", .out = columns_%.*s, .out_n = %zu,\n        "
            ".row_bytes = sizeof(struct %s), .streams = true,\n        .sqlite = ",
            STR_F(table->name), STR_F(table->name), table->columns_n, row);
    write_all_sql(out, table);
    fprintf(out, ",\n        .postgres = ");
    write_all_sql(out, table);
    fprintf(out, "},\n};\n");
    if (table->replay == REPLAY_YES)
        write_puts(out, table);
}

void write_rows_code(FILE *out, const struct sources *sources)
{
    write_include(out, "\"store/put.gen.h\"");
    write_include(out, "<stddef.h>");
    write_include(out, "\"store/run.h\"");
    write_include(out, "\"base/banned.h\"");
    for (size_t t = 0; t < sources->tables_n; t++)
        write_table(out, &sources->tables[t]);
    fprintf(out, "\nconst struct table_row *const store_tables[] = {\n");
    for (size_t t = 0; t < sources->tables_n; t++)
        fprintf(out, "    &table_%.*s,\n", STR_F(sources->tables[t].name));
    fprintf(out, "};\nconst size_t store_tables_n = %zu;\n", sources->tables_n);
    fprintf(out, "\nconst char *const store_indexes[] = {\n");
    for (size_t i = 0; i < sources->indexes_n; i++) {
        fprintf(out, "    ");
        put_literal(out, sources->indexes[i].at, sources->indexes[i].bytes);
        fprintf(out, ",\n");
    }
    fprintf(out, "};\nconst size_t store_indexes_n = %zu;\n", sources->indexes_n);
}

/* ---- queries */

static const char *const prefixes[ACCESS_N] = {"sql", "sqlx", "chain"};

static void write_declaration(FILE *out, const struct query *query)
{
    fprintf(out, "struct fault *%s_%.*s(struct store *store, struct arena *arena",
            prefixes[query->access], STR_F(query->name));
    for (size_t i = 0; i < query->in_n; i++)
        fprintf(out, ", %s%.*s", type_in_c(query->in[i].type), STR_F(query->in[i].name));
    if (query->answer == ANSWER_NONE) {
        fprintf(out, ")");
        return;
    }
    if (query->row)
        fprintf(out, ", struct row_%.*s **", STR_F(query->row->name));
    else
        fprintf(out, ", struct %s_%.*s_row **", prefixes[query->access], STR_F(query->name));
    fprintf(out, query->answer == ANSWER_ONE ? "one)" : "rows, size_t *n)");
}

void write_queries_header(FILE *out, const struct sources *sources, enum access access)
{
    static const char *const guards[ACCESS_N] = {"SQL", "ASIDE", "CHAIN"};
    static const char *const captions[ACCESS_N] = {
        "Every way to read. *one is NULL when there is none; NULL in a column reads as 0 or empty.",
        "Writes to the tables that replay leaves out, and to no other.",
        "The journal's own tables: for src/store alone."};
    fprintf(out, "#ifndef HOSHI_%s_GEN_H\n#define HOSHI_%s_GEN_H\n\n", guards[access],
            guards[access]);
    write_include(out, "\"store/rows.gen.h\"");
    write_include(out, "\"store/store.h\"");
    fprintf(out, "\n/* %s */\n", captions[access]);
    for (size_t i = 0; i < sources->queries_n; i++) {
        const struct query *query = &sources->queries[i];
        if (query->access != access)
            continue;
        fputc('\n', out);
        if (query->comment.bytes)
            fprintf(out, "/* %.*s */\n", STR_F(query->comment));
        if (query->out_n) {
            fprintf(out, "struct %s_%.*s_row {\n", prefixes[access], STR_F(query->name));
            for (size_t c = 0; c < query->out_n; c++)
                fprintf(out, "    %s%.*s;\n", type_in_c(query->out[c].type),
                        STR_F(query->out[c].name));
            fprintf(out, "};\n");
        }
        write_declaration(out, query);
        fprintf(out, ";\n");
    }
    fprintf(out, "\n#endif\n");
}

/* The arguments of a query are columns without a place in a row. */
static void write_statement(FILE *out, const struct query *query)
{
    char row[400];
    if (query->row)
        snprintf(row, sizeof row, "row_%.*s", STR_F(query->row->name));
    else
        snprintf(row, sizeof row, "%s_%.*s_row", prefixes[query->access], STR_F(query->name));
    const struct column *columns = query->row ? query->row->columns : query->out;
    size_t columns_n = query->row ? query->row->columns_n : query->out_n;
    if (query->in_n) {
        fprintf(out, "static const struct column_row in_%.*s[] = {\n", STR_F(query->name));
        for (size_t i = 0; i < query->in_n; i++)
            fprintf(out, "    {\"%.*s\", %s, 0},\n", STR_F(query->in[i].name),
                    type_as_value(query->in[i].type));
        fprintf(out, "};\n");
    }
    if (columns_n)
        write_columns(out, "out", query->name, str_of(row), columns, columns_n);
    fprintf(out, "static const struct statement statement_%.*s = {\n    .name = \"%s_%.*s\",\n",
            STR_F(query->name), prefixes[query->access], STR_F(query->name));
    if (query->in_n)
        fprintf(out, "    .in = in_%.*s, .in_n = %zu,\n", STR_F(query->name), query->in_n);
    if (columns_n)
        fprintf(out, "    .out = out_%.*s, .out_n = %zu, .row_bytes = sizeof(struct %s),\n",
                STR_F(query->name), columns_n, row);
    fprintf(out, "    .sqlite = ");
    put_literal(out, query->sqlite.at, query->sqlite.bytes);
    fprintf(out, ",\n    .postgres = ");
    put_literal(out, query->postgres.at, query->postgres.bytes);
    fprintf(out, "};\n");
}

void write_queries_code(FILE *out, const struct sources *sources)
{
    write_include(out, "<stddef.h>");
    write_include(out, "\"store/aside.gen.h\"");
    write_include(out, "\"store/chain.gen.h\"");
    write_include(out, "\"store/run.h\"");
    write_include(out, "\"store/sql.gen.h\"");
    write_include(out, "\"base/banned.h\"");
    for (size_t q = 0; q < sources->queries_n; q++) {
        const struct query *query = &sources->queries[q];
        fputc('\n', out);
        write_statement(out, query);
        write_declaration(out, query);
        fprintf(out, "\n{\n    const struct value in[] = {");
        for (size_t i = 0; i < query->in_n; i++)
            fprintf(out, "%svalue_%s(%.*s)", i ? ", " : "",
                    query->in[i].type == TYPE_INT    ? "int"
                    : query->in[i].type == TYPE_TEXT ? "text"
                                                     : "bytes",
                    STR_F(query->in[i].name));
        fprintf(out, query->in_n ? "};\n" : "{0}};\n");
        if (query->answer == ANSWER_NONE)
            fprintf(out, "    return store_exec(store, arena, &statement_%.*s, in);\n}\n",
                    STR_F(query->name));
        else if (query->answer == ANSWER_ONE)
            fprintf(out,
                    "    void *found;\n    TRY(store_one(store, arena, &statement_%.*s, in, "
                    "&found));\n    *one = found;\n    return NULL;\n}\n",
                    STR_F(query->name));
        else
            fprintf(out,
                    "    void *found;\n    TRY(store_many(store, arena, &statement_%.*s, in, "
                    "&found, n));\n    *rows = found;\n    return NULL;\n}\n",
                    STR_F(query->name));
    }
    fprintf(out, "\nconst struct statement *const store_statements[] = {\n");
    for (size_t q = 0; q < sources->queries_n; q++)
        fprintf(out, "    &statement_%.*s,\n", STR_F(sources->queries[q].name));
    fprintf(out, "};\nconst size_t store_statements_n = %zu;\n", sources->queries_n);
}
