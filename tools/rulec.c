/* rulec.c: the compiler of the rule book.
 * SPDX-License-Identifier: Apache-2.0
 *
 * rulec RULES check                      says what is wrong with the book; exit 1 if anything is
 * rulec RULES tables HEADER SOURCE       rulebook.gen.h, rulebook.gen.c
 * rulec RULES mentions TESTS SOURCE DEPFILE   which rows, cases and tests carry each clause
 * rulec RULES doc FOLDER                 rulebook.ja.md, rulebook.en.md, facts.md, diagrams/
 * A book with something wrong makes nothing. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "rulec.h"

#include "base/banned.h"

enum { BOOK_BYTES_MAX = 256 << 20 };

static FILE *made(struct book *book, const char *path)
{
    FILE *out = fopen(path, "wb");
    if (!out)
        say_at(book, path, 0, "cannot be written: %s", strerror(errno));
    return out;
}

static void closed(struct book *book, FILE *out, const char *path)
{
    if (out && (ferror(out) | fclose(out)))
        say_at(book, path, 0, "cannot be written");
}

static void make_tables(struct book *book, const char *header, const char *source)
{
    FILE *h = made(book, header), *c = made(book, source);
    if (h && c) {
        header_write(book, h);
        tables_write(book, c);
    }
    closed(book, h, header);
    closed(book, c, source);
}

static void make_mentions(struct book *book, const char *tests, const char *source,
                          const char *depfile)
{
    FILE *c = made(book, source), *d = made(book, depfile);
    if (c && d)
        mentions_write(book, tests, c, d, source);
    closed(book, c, source);
    closed(book, d, depfile);
}

static void make_diagram(struct book *book, const char *folder, const struct row *procedure,
                         bool english)
{
    const char *path =
        str_z(book->arena, str_print(book->arena, "%s/diagrams/%.*s.%s.svg", folder,
                                     STR_F(procedure->word[0]), english ? "en" : "ja"));
    FILE *out = made(book, path);
    if (out)
        diagram_write(book, procedure, english, out);
    closed(book, out, path);
}

static void make_docs(struct book *book, const char *folder)
{
    static const char *const names[] = {"rulebook.ja.md", "rulebook.en.md", "facts.md"};
    mkdir(str_z(book->arena, str_print(book->arena, "%s/diagrams", folder)), 0777);
    for (int i = 0; i < 3; i++) {
        const char *path = str_z(book->arena, str_print(book->arena, "%s/%s", folder, names[i]));
        FILE *out = made(book, path);
        if (out && i < 2)
            manual_write(book, i == 1, out);
        else if (out)
            facts_write(book, out);
        closed(book, out, path);
    }
    for (size_t i = 1; i < book->nouns_n[KIND_PROCEDURE]; i++)
        for (int english = 0; english < 2; english++)
            make_diagram(book, folder, book->nouns[KIND_PROCEDURE][i], english);
}

int main(int n, char **words)
{
    struct book book = {.arena = arena_new(BOOK_BYTES_MAX)};
    if (n < 3 || !book.arena) {
        fprintf(stderr, "rulec RULES check | tables HEADER SOURCE | mentions TESTS SOURCE DEPFILE "
                        "| doc FOLDER\n");
        return 2;
    }
    book.rows = NEW_ARRAY(book.arena, ROWS_MAX, struct row *);
    for (int k = 0; k < KINDS; k++)
        book.nouns_n[k] = 1;
    book_read(&book, words[1]);
    if (!book.found)
        also_hang(&book);
    if (!book.found)
        book_link(&book);
    if (!book.found) {
        book_check(&book);
        cases_check(&book);
    }
    struct str what = str_of(words[2]);
    if (!book.found && str_is(what, "tables") && n == 5)
        make_tables(&book, words[3], words[4]);
    else if (!book.found && str_is(what, "mentions") && n == 6)
        make_mentions(&book, words[3], words[4], words[5]);
    else if (!book.found && str_is(what, "doc") && n == 4)
        make_docs(&book, words[3]);
    int found = book.found;
    arena_free(book.arena);
    return found ? 1 : 0;
}
