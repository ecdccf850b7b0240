/* rulec_mentions.c: mentions.gen.c: which rows, cases and tests carry each clause of the manual.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A case carries the clause that refuses it, or, when it is allowed, those of its step and of the
 * step's rows. A test carries the ids that it writes; the tests of this compiler's refusals, whose
 * books are made up, carry none. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "rule/cases.h"

#include "rulec.h"

#include "base/banned.h"

struct writing {
    struct book *book;
    FILE *out, *depends;
};

static void mention_write(const struct writing *writing, struct str clause, const char *sort,
                          const char *file, int line, struct str kind, struct str name, bool ours)
{
    fprintf(writing->out, "    {\"%.*s\", MENTION_%s, \"%s\", %d, \"%.*s%s%.*s\", %s},\n",
            STR_F(clause), sort, file, line, STR_F(kind), name.bytes ? " " : "", STR_F(name),
            ours ? "true" : "false");
}

/* A row is named by itself, or by what it stands below: "self-declared issue, when
 * wished-end-within". */
static void row_mention(const struct writing *writing, const struct row *row)
{
    struct book *book = writing->book;
    struct str kind = str_of(shapes[row->kind].name);
    if (!row->clause.bytes || row->kind == KIND_CLAUSE)
        return;
    if (row->above) {
        const struct row *above = row->above;
        struct str of =
            above->above ? str_print(book->arena, "%.*s ", STR_F(above->above->word[0])) : STR_NONE;
        kind =
            str_print(book->arena, "%.*s%.*s, %.*s", STR_F(of), STR_F(above->word[0]), STR_F(kind));
    }
    mention_write(writing, row->clause, "ROW", row->file, row->line, kind, row->word[0], row->ours);
}

static void case_mention(const struct writing *writing, const char *file,
                         const struct case_line *line)
{
    const struct row *procedure = noun(writing->book, KIND_PROCEDURE, line->procedure);
    if (!line->allowed) {
        mention_write(writing, line->clause, "CASE", file, line->line, line->step, STR_NONE, false);
        return;
    }
    EACH_BELOW (step, procedure, KIND_STEP) {
        if (!str_eq(step->word[0], line->step))
            continue;
        mention_write(writing, step->clause, "CASE", file, line->line, line->step, STR_NONE, false);
        for (const struct row *row = step->below; row; row = row->next)
            if (row->kind == KIND_WHEN || row->kind == KIND_DOES)
                mention_write(writing, row->clause, "CASE", file, line->line, line->step, STR_NONE,
                              false);
    }
}

static bool of_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_' || c == '/';
}

/* The id stands alone in the line: not within another id, a number, a day or a name. */
static bool names_clause(struct str line, struct str id)
{
    for (size_t i = 0; i + id.bytes <= line.bytes; i++) {
        if (memcmp(line.at + i, id.at, id.bytes) != 0)
            continue;
        char before = i ? line.at[i - 1] : ' ';
        char after = i + id.bytes < line.bytes ? line.at[i + id.bytes] : ' ';
        if (!of_word(before) && before != '.' && !of_word(after))
            return true;
    }
    return false;
}

static void test_mentions(const struct writing *writing, const char *name, struct str text)
{
    struct book *book = writing->book;
    for (int line = 1; text.bytes; line++) {
        struct str row = str_cut(text, '\n', &text);
        for (size_t i = 1; i < book->nouns_n[KIND_CLAUSE]; i++) {
            struct str id = book->nouns[KIND_CLAUSE][i]->clause;
            if (names_clause(row, id))
                mention_write(writing, id, "TEST", name, line, STR_NONE, STR_NONE, false);
        }
    }
}

static struct str text_of(struct arena *arena, const char *path)
{
    struct buf text = buf_new(arena, 8 << 20);
    char chunk[8192];
    size_t n;
    FILE *file = fopen(path, "rb");
    while (file && (n = fread(chunk, 1, sizeof chunk, file)) > 0)
        buf_add(&text, (struct str){.at = chunk, .bytes = n});
    if (file)
        fclose(file);
    return buf_str(&text);
}

static int not_hidden(const struct dirent *entry)
{
    struct str name = str_of(entry->d_name);
    return !str_starts(name, ".") && !str_is(name, "node_modules") && !str_is(name, "refuse") &&
           !str_is(name, "__pycache__");
}

static int bytewise(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static bool is_test(struct str name)
{
    static const char *const ends[] = {".c", ".h", ".py", ".sh", ".js", ".mjs", ".ts", ".http"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(name, ends[i]))
            return true;
    return false;
}

/* `shown` is the path as a reader of the project knows it. */
static void folder_mentions(const struct writing *writing, const char *path, const char *shown)
{
    struct arena *arena = writing->book->arena;
    struct dirent **entries;
    int n = scandir(path, &entries, not_hidden, bytewise);
    fprintf(writing->depends, " %s", path);
    for (int i = 0; i < n; i++) {
        const char *name = entries[i]->d_name;
        const char *below = str_z(arena, str_print(arena, "%s/%s", path, name));
        const char *below_shown = str_z(arena, str_print(arena, "%s/%s", shown, name));
        if (entries[i]->d_type == DT_DIR)
            folder_mentions(writing, below, below_shown);
        else if (is_test(str_of(name))) {
            fprintf(writing->depends, " %s", below);
            test_mentions(writing, below_shown, text_of(arena, below));
        }
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
}

void mentions_write(struct book *book, const char *tests, FILE *out, FILE *depends,
                    const char *made)
{
    struct writing writing = {.book = book, .out = out, .depends = depends};
    fprintf(out, "/* mentions.gen.c: made by rulec from rules/ and test/; edit those.\n"
                 " * SPDX-License-Identifier: Apache-2.0 */\n#include \"rule/mentions.h\"\n\n"
                 "const struct mention hoshi_mentions[] = {\n");
    fprintf(depends, "%s:", made);
    for (size_t i = 0; i < book->rows_n; i++)
        row_mention(&writing, book->rows[i]);
    for (size_t f = 0; f < book->cases_n; f++) {
        struct case_reader reader = case_reader_of(book->cases[f].text);
        while (case_next(&reader) == CASE_LINE)
            case_mention(&writing, book->cases[f].name, &reader.now);
    }
    folder_mentions(&writing, tests, "test");
    fprintf(out, "};\nconst size_t hoshi_mentions_n = sizeof hoshi_mentions / sizeof "
                 "*hoshi_mentions;\n");
    fprintf(depends, "\n");
}
