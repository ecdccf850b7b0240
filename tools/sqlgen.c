/* sqlgen.c: makes C of sql/: row shapes, writing functions, typed queries, and the tables' own SQL.
 * SPDX-License-Identifier: Apache-2.0
 *
 * sqlgen OUT-FOLDER TABLES.sql QUERIES.sql… */
#include <stdlib.h>

#include "sqlgen.h"
#include "text.h"

#include "base/banned.h"

static struct str whole_file(struct arena *arena, const char *path)
{
    size_t bytes;
    char *text = file_whole(path, &bytes);
    struct str kept = str_copy(arena, (struct str){text, bytes});
    free(text);
    return kept;
}

static FILE *opened(struct arena *arena, const char *folder, const char *name)
{
    struct str path = str_print(arena, "%s/%s", folder, name);
    FILE *out = fopen(path.at, "w");
    if (!out) {
        perror(path.at);
        exit(1);
    }
    fprintf(out, "/* %s: made by sqlgen from sql/; not to be edited. */\n", name);
    return out;
}

static void closed(FILE *out)
{
    if (fclose(out)) {
        perror("sqlgen");
        exit(1);
    }
}

int main(int n, char **words)
{
    if (n < 3) {
        fprintf(stderr, "sqlgen OUT-FOLDER TABLES.sql QUERIES.sql...\n");
        return 2;
    }
    struct arena *arena = arena_new((size_t)64 << 20);
    if (!arena)
        return 1;
    struct sources *sources = NEW(arena, struct sources);
    read_tables(arena, words[2], whole_file(arena, words[2]), sources);
    for (int i = 3; i < n; i++)
        read_queries(arena, words[i], whole_file(arena, words[i]), sources);

    FILE *out = opened(arena, words[1], "rows.gen.h");
    write_rows_header(out, sources);
    closed(out);
    out = opened(arena, words[1], "put.gen.h");
    write_puts_header(out, sources);
    closed(out);
    out = opened(arena, words[1], "rows.gen.c");
    write_rows_code(out, sources);
    closed(out);
    static const char *const headers[ACCESS_N] = {"sql.gen.h", "aside.gen.h", "chain.gen.h"};
    for (int access = 0; access < ACCESS_N; access++) {
        out = opened(arena, words[1], headers[access]);
        write_queries_header(out, sources, (enum access)access);
        closed(out);
    }
    out = opened(arena, words[1], "sql.gen.c");
    write_queries_code(out, sources);
    closed(out);
    arena_free(arena);
    return 0;
}
