/* sqlgen_read.c: reads sql/tables.sql and sql/queries/: line by line, in the subset that we write.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "sqlgen.h"

#include "base/banned.h"

struct reader {
    struct arena *arena;
    const char *path;
    struct str rest;
    int line;
};

__attribute__((format(printf, 2, 3))) static _Noreturn void wrong(const struct reader *reader,
                                                                  const char *format, ...)
{
    fprintf(stderr, "%s:%d: ", reader->path, reader->line);
    va_list values;
    va_start(values, format);
    vfprintf(stderr, format, values);
    va_end(values);
    fputc('\n', stderr);
    exit(1);
}

static bool next_line(struct reader *reader, struct str *line)
{
    if (!reader->rest.bytes)
        return false;
    *line = str_cut(reader->rest, '\n', &reader->rest);
    reader->line++;
    return true;
}

static struct str split_comment(struct str line, struct str *comment)
{
    for (size_t i = 0; i + 1 < line.bytes; i++)
        if (line.at[i] == '-' && line.at[i + 1] == '-') {
            *comment = str_trim(str_skip(line, i + 2));
            return str_trim((struct str){line.at, i});
        }
    *comment = STR_NONE;
    return str_trim(line);
}

static struct str next_word(struct str *rest)
{
    *rest = str_trim(*rest);
    size_t n = 0;
    while (n < rest->bytes && !strchr(" \t(", rest->at[n]))
        n++;
    struct str word = {rest->at, n};
    *rest = str_trim(str_skip(*rest, n));
    return word;
}

static bool type_of(struct str word, enum type *type)
{
    static const struct {
        const char *word;
        enum type type;
    } types[] = {{"BIGINT", TYPE_INT}, {"TEXT", TYPE_TEXT}, {"BYTEA", TYPE_BYTES},
                 {"int", TYPE_INT},    {"text", TYPE_TEXT}, {"bytes", TYPE_BYTES}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_is(word, types[i].word)) {
            *type = types[i].type;
            return true;
        }
    return false;
}

const struct table *table_named(const struct sources *sources, struct str name)
{
    for (size_t i = 0; i < sources->tables_n; i++)
        if (str_eq(sources->tables[i].name, name))
            return &sources->tables[i];
    return NULL;
}

static void read_replay(struct reader *reader, struct table *table)
{
    struct str reason, mode;
    if (!str_starts(table->comment, "replay:"))
        return;
    mode = str_trim(str_cut(str_skip(table->comment, 7), ',', &reason));
    table->reason = str_trim(reason);
    if (str_is(mode, "chain"))
        table->replay = REPLAY_CHAIN;
    else if (str_is(mode, "no") && table->reason.bytes)
        table->replay = REPLAY_NO;
    else
        wrong(reader, "after 'replay:' stands 'chain' or 'no, REASON'");
}

/* PRIMARY KEY (a, b): the first columns, in order. */
static void read_key(struct reader *reader, struct table *table, struct str list)
{
    while (list.bytes) {
        struct str word = str_trim(str_cut(list, ',', &list));
        if (table->keys_n >= table->columns_n ||
            !str_eq(table->columns[table->keys_n++].name, word))
            wrong(reader, "key column '%.*s' is not at its place: the key comes first",
                  STR_F(word));
    }
}

static void read_column(struct reader *reader, struct table *table, struct str line,
                        struct str comment)
{
    if (str_ends(line, ","))
        line.bytes--;
    if (str_starts(line, "PRIMARY KEY (") && str_ends(line, ")")) {
        line = str_skip(line, 13);
        line.bytes--;
        read_key(reader, table, line);
        return;
    }
    if (table->columns_n == COLUMNS_MAX)
        wrong(reader, "more than %d columns", COLUMNS_MAX);
    struct column *column = &table->columns[table->columns_n++];
    column->name = next_word(&line);
    struct str type = next_word(&line);
    if (!type_of(type, &column->type))
        wrong(reader, "'%.*s' is no type here: BIGINT, TEXT, BYTEA", STR_F(type));
    column->comment = comment;
    if (str_starts(line, "PRIMARY KEY")) {
        if (table->columns_n != 1)
            wrong(reader, "the key comes first");
        table->keys_n = 1;
        line = str_trim(str_skip(line, 11));
    } else if (str_starts(line, "NOT NULL")) {
        line = str_trim(str_skip(line, 8));
    } else {
        wrong(reader, "column '%.*s' is not NOT NULL", STR_F(column->name));
    }
    column->rest = line;
}

static void read_table(struct reader *reader, struct sources *sources, struct str line,
                       struct str comment)
{
    if (sources->tables_n == TABLES_MAX)
        wrong(reader, "more than %d tables", TABLES_MAX);
    line = str_skip(line, 13);
    struct table *table = &sources->tables[sources->tables_n];
    table->name = next_word(&line);
    if (table_named(sources, table->name))
        wrong(reader, "a second table '%.*s'", STR_F(table->name));
    table->comment = comment;
    read_replay(reader, table);
    while (next_line(reader, &line)) {
        line = split_comment(line, &comment);
        if (str_is(line, ");")) {
            if (!table->keys_n)
                wrong(reader, "table '%.*s' has no key", STR_F(table->name));
            sources->tables_n++;
            return;
        }
        if (line.bytes)
            read_column(reader, table, line, comment);
    }
    wrong(reader, "table '%.*s' does not end", STR_F(table->name));
}

void read_tables(struct arena *arena, const char *path, struct str text, struct sources *sources)
{
    struct reader reader = {.arena = arena, .path = path, .rest = text};
    struct str line, comment;
    while (next_line(&reader, &line)) {
        line = split_comment(line, &comment);
        if (str_starts(line, "CREATE TABLE ") && str_ends(line, "(")) {
            read_table(&reader, sources, line, comment);
        } else if (str_starts(line, "CREATE INDEX ") || str_starts(line, "CREATE UNIQUE INDEX ")) {
            if (sources->indexes_n == INDEXES_MAX || !str_ends(line, ";"))
                wrong(&reader, "an index ends on its line, and there are at most %d", INDEXES_MAX);
            line.bytes--;
            sources->indexes[sources->indexes_n++] = line;
        } else if (line.bytes) {
            wrong(&reader, "neither a table nor an index: '%.*s'", STR_F(line));
        }
    }
}

/* "id text, n int" */
static size_t read_list(struct reader *reader, struct str list, struct column *columns)
{
    size_t n = 0;
    while (list.bytes) {
        struct str one = str_trim(str_cut(list, ',', &list));
        if (n == COLUMNS_MAX)
            wrong(reader, "more than %d", COLUMNS_MAX);
        columns[n].name = next_word(&one);
        if (!type_of(one, &columns[n++].type))
            wrong(reader, "'%.*s' is no type here: int, text, bytes", STR_F(one));
    }
    return n;
}

static void read_kind(struct reader *reader, struct query *query, struct str kind)
{
    static const struct {
        const char *word;
        enum access access;
        enum answer answer;
    } kinds[] = {
        {":many", ACCESS_READ, ANSWER_MANY},        {":one", ACCESS_READ, ANSWER_ONE},
        {":exec-aside", ACCESS_ASIDE, ANSWER_NONE}, {":one-aside", ACCESS_ASIDE, ANSWER_ONE},
        {":exec-chain", ACCESS_CHAIN, ANSWER_NONE}, {":one-chain", ACCESS_CHAIN, ANSWER_ONE},
        {":many-chain", ACCESS_CHAIN, ANSWER_MANY}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_is(kind, kinds[i].word)) {
            query->access = kinds[i].access;
            query->answer = kinds[i].answer;
            return;
        }
    wrong(reader, "'%.*s' is no kind of query", STR_F(kind));
}

/* {casework} and {casework c}: all columns of a table, in their order. */
static void add_columns(struct reader *reader, const struct sources *sources, struct str inside,
                        struct buf *out)
{
    struct str alias, name = str_cut(inside, ' ', &alias);
    const struct table *table = table_named(sources, name);
    if (!table)
        wrong(reader, "no table '%.*s'", STR_F(name));
    for (size_t i = 0; i < table->columns_n; i++)
        buf_printf(out, "%s%.*s.%.*s", i ? ", " : "", STR_F(alias.bytes ? alias : name),
                   STR_F(table->columns[i].name));
}

static void close_braces(struct reader *reader, const struct sources *sources, struct str line,
                         struct buf *out)
{
    while (line.bytes) {
        struct str rest, inside;
        buf_add(out, str_cut(line, '{', &rest));
        if (!rest.bytes)
            return;
        inside = str_cut(rest, '}', &line);
        add_columns(reader, sources, inside, out);
    }
}

/* A statement may only write what its kind allows: the word after INTO, UPDATE or FROM of a DELETE.
 */
static void check_access(struct reader *reader, const struct sources *sources,
                         const struct query *query)
{
    static const char *const verbs[] = {"SELECT", "WITH", "INSERT", "UPDATE", "DELETE"};
    struct str rest = query->postgres, before = STR_NONE;
    bool deletes = false, known = false;
    for (size_t i = 0; i < (query->access == ACCESS_READ ? 2 : 5); i++)
        known = known || (str_starts(rest, verbs[i]) && rest.at[strlen(verbs[i])] == ' ');
    if (!known)
        wrong(reader, "'%.*s' does not begin with a verb of its kind", STR_F(query->name));
    while (rest.bytes) {
        struct str word = next_word(&rest);
        if (!word.bytes) {
            rest = str_skip(rest, 1);
            continue;
        }
        if (str_eq_nocase(word, STR("DELETE")))
            deletes = true;
        bool writes = str_eq_nocase(before, STR("INTO")) ||
                      (deletes && str_eq_nocase(before, STR("FROM"))) ||
                      (str_eq_nocase(before, STR("UPDATE")) && !str_eq_nocase(word, STR("SET")));
        if (writes) {
            const struct table *table = table_named(sources, word);
            if (query->access == ACCESS_READ)
                wrong(reader, "'%.*s' reads, but writes '%.*s'", STR_F(query->name), STR_F(word));
            if (!table || table->replay == REPLAY_YES ||
                (query->access == ACCESS_ASIDE && table->replay != REPLAY_NO))
                wrong(reader, "'%.*s' may not write '%.*s'", STR_F(query->name), STR_F(word));
            deletes = false;
        }
        before = word;
    }
}

/* SQLite numbers $n by first appearance, PostgreSQL by n: ?n is SQLite's way to say n. */
static void finish_query(struct reader *reader, const struct sources *sources, struct query *query,
                         struct buf *text)
{
    struct str sql = str_trim(buf_str(text));
    if (!str_ends(sql, ";"))
        wrong(reader, "'%.*s' does not end with ';'", STR_F(query->name));
    sql.bytes--;
    query->postgres = sql;
    char *sqlite = str_z(reader->arena, sql);
    uint64_t used = 0;
    for (char *at = strchr(sqlite, '$'); at; at = strchr(at, '$')) {
        *at++ = '?';
        long n = strtol(at, NULL, 10);
        if (n < 1 || n > (long)query->in_n)
            wrong(reader, "'%.*s' has no $%ld", STR_F(query->name), n);
        used |= (uint64_t)1 << n;
    }
    static const char *const taken[] = {"store", "arena", "one", "rows", "n", "in", "found"};
    for (size_t i = 0; i < query->in_n; i++)
        for (size_t t = 0; t < sizeof taken / sizeof *taken; t++)
            if (str_is(query->in[i].name, taken[t]))
                wrong(reader, "'%s' is taken by the function that is made", taken[t]);
    for (size_t i = 1; i <= query->in_n; i++)
        if (!(used & (uint64_t)1 << i))
            wrong(reader, "'%.*s' does not use $%zu", STR_F(query->name), i);
    query->sqlite = str_of(sqlite);
    if ((query->answer == ANSWER_NONE) != (!query->out_n && !query->row))
        wrong(reader, "'%.*s' and its '-- out:' do not agree", STR_F(query->name));
    check_access(reader, sources, query);
}

static struct query *begin_query(struct reader *reader, struct sources *sources, struct str head)
{
    struct str kind, name = str_cut(head, ' ', &kind);
    for (size_t i = 0; i < sources->queries_n; i++)
        if (str_eq(sources->queries[i].name, name))
            wrong(reader, "a second query '%.*s'", STR_F(name));
    if (sources->queries_n == QUERIES_MAX)
        wrong(reader, "more than %d queries", QUERIES_MAX);
    struct query *query = &sources->queries[sources->queries_n++];
    query->name = name;
    read_kind(reader, query, str_trim(kind));
    return query;
}

static void read_out(struct reader *reader, const struct sources *sources, struct query *query,
                     struct str out)
{
    if (!str_starts(out, "row_")) {
        query->out_n = read_list(reader, out, query->out);
        return;
    }
    query->row = table_named(sources, str_skip(out, 4));
    if (!query->row)
        wrong(reader, "no table for '%.*s'", STR_F(out));
}

void read_queries(struct arena *arena, const char *path, struct str text, struct sources *sources)
{
    struct reader reader = {.arena = arena, .path = path, .rest = text};
    struct query *query = NULL;
    struct buf sql = {0};
    struct str line, comment;
    while (next_line(&reader, &line)) {
        line = split_comment(line, &comment);
        if (str_starts(comment, "name: ")) {
            if (query)
                finish_query(&reader, sources, query, &sql);
            query = begin_query(&reader, sources, str_trim(str_skip(comment, 6)));
            sql = buf_new(arena, 1 << 16);
        } else if (query && str_starts(comment, "in: ")) {
            query->in_n = read_list(&reader, str_skip(comment, 4), query->in);
        } else if (query && str_starts(comment, "out: ")) {
            read_out(&reader, sources, query, str_trim(str_skip(comment, 5)));
        } else if (query && !line.bytes && !sql.bytes && comment.bytes) {
            query->comment = comment;
        }
        if (!line.bytes)
            continue;
        if (!query)
            wrong(&reader, "a statement without '-- name:'");
        if (sql.bytes)
            buf_add_char(&sql, ' ');
        close_braces(&reader, sources, line, &sql);
    }
    if (query)
        finish_query(&reader, sources, query, &sql);
}
