/* rulec_read.c: files into rows: words, texts in two languages, the clause at the end.
 * SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rulec.h"

#include "base/banned.h"

static void say_all(struct book *book, const char *file, int line, const char *format,
                    va_list values)
{
    fprintf(stderr, "%s:%d: ", file, line);
    vfprintf(stderr, format, values);
    fputc('\n', stderr);
    book->found++;
}

void say(struct book *book, const struct row *row, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    say_all(book, row->file, row->line, format, values);
    va_end(values);
}

void say_at(struct book *book, const char *file, int line, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    say_all(book, file, line, format, values);
    va_end(values);
}

/* The next word or "text" of a line; false at its end or at a comment. */
static bool token_next(struct str *rest, struct str *token, bool *quoted)
{
    while (rest->bytes && (*rest->at == ' ' || *rest->at == '\t'))
        *rest = str_skip(*rest, 1);
    if (!rest->bytes || *rest->at == '#')
        return false;
    *quoted = *rest->at == '"';
    if (*quoted) {
        *token = str_cut(str_skip(*rest, 1), '"', rest);
        return true;
    }
    size_t n = 0;
    while (n < rest->bytes && rest->at[n] != ' ' && rest->at[n] != '\t')
        n++;
    *token = (struct str){.at = rest->at, .bytes = n};
    *rest = str_skip(*rest, n);
    return true;
}

static bool has_kana(struct str text)
{
    for (size_t i = 0; i + 2 < text.bytes; i++) { /* U+3040…30FF, U+4E00…9FFF in UTF-8 */
        unsigned char a = (unsigned char)text.at[i], b = (unsigned char)text.at[i + 1];
        if ((a == 0xe3 && b >= 0x81 && b <= 0x83) || (a >= 0xe4 && a <= 0xe9))
            return true;
    }
    return false;
}

static bool has_letter(struct str text)
{
    for (size_t i = 0; i < text.bytes; i++)
        if ((text.at[i] | 32) >= 'a' && (text.at[i] | 32) <= 'z')
            return true;
    return false;
}

/* Words and texts of one line into the row; the clause, and an `ours` before it, are the last
 * words. */
static void row_fill(struct book *book, struct row *row, struct str line)
{
    struct str token, language = STR_NONE;
    bool quoted;
    while (token_next(&line, &token, &quoted)) {
        if (quoted && str_is(language, "ja"))
            row->ja = token;
        else if (quoted && str_is(language, "en"))
            row->en = token;
        else if (quoted && !(row->words_n && str_is(row->word[0], "parameter")))
            say(book, row, "text without ja or en"); /* a parameter's default may be a text */
        else if (str_is(token, "ja") || str_is(token, "en"))
            language = token;
        else if (row->words_n == ROW_WORDS_MAX)
            say(book, row, "more than %d words", ROW_WORDS_MAX);
        else
            row->word[row->words_n++] = token;
        if (quoted)
            language = STR_NONE;
    }
}

static void row_take_clause(struct row *row)
{
    if (!shapes[row->kind].clause || row->words_n == 0)
        return;
    row->clause = row->word[--row->words_n];
    if (row->words_n && str_is(row->word[row->words_n - 1], "ours")) {
        row->ours = true;
        row->words_n--;
    }
}

static void row_check_shape(struct book *book, const struct row *row)
{
    const struct shape *shape = &shapes[row->kind];
    if (row->words_n < shape->words_min || row->words_n > shape->words_max)
        say(book, row, "a row like this is wanted: %s", shape->usage);
    if (shape->texts && !has_kana(row->ja))
        say(book, row, "missing ja");
    if (shape->texts && (!has_letter(row->en) || has_kana(row->en)))
        say(book, row, "missing en");
    if (!shape->texts && (row->ja.bytes || row->en.bytes))
        say(book, row, "a '%s' row has no text", shape->name);
    if (str_is(row->clause, "ours"))
        say(book, row, "'ours' stands before a clause, not for it");
}

static void row_hang(struct row *row, struct row *above)
{
    row->above = above;
    if (above->below_last)
        above->below_last->next = row;
    else
        above->below = row;
    above->below_last = row;
}

/* latest[k]: the last row of kind k since the last row at the top. */
static void row_place(struct book *book, struct row *row, struct row *latest[KINDS])
{
    const struct shape *shape = &shapes[row->kind];
    if (shape->below[0] == KIND_NONE)
        for (int k = 0; k < KINDS; k++)
            latest[k] = NULL;
    for (int i = 0; i < 3 && shape->below[i] != KIND_NONE && !row->above; i++)
        if (latest[shape->below[i]])
            row_hang(row, latest[shape->below[i]]);
    if (shape->below[0] != KIND_NONE && !row->above)
        say(book, row, "'%s' outside a %s", shape->name, shapes[shape->below[0]].name);
    latest[row->kind] = row;
}

static void row_number(struct book *book, struct row *row)
{
    if (row->kind > KIND_PROCEDURE && row->kind != KIND_STEP)
        return;
    if (row->kind < KIND_PROCEDURE || row->kind == KIND_PROCEDURE) {
        struct str name = row->kind == KIND_CLAUSE ? row->clause : row->word[0];
        const struct row *twin = row->kind == KIND_MANUAL ? NULL : noun(book, row->kind, name);
        if (twin)
            say(book, row, "%s '%.*s' twice, first at %s:%d", shapes[row->kind].name, STR_F(name),
                twin->file, twin->line);
    }
    if (book->nouns_n[row->kind] == NOUNS_MAX)
        say(book, row, "more than %d rows '%s'", NOUNS_MAX - 1, shapes[row->kind].name);
    else {
        row->number = (int)book->nouns_n[row->kind]++;
        book->nouns[row->kind][row->number] = row;
    }
}

static void row_read(struct book *book, const char *file, int line_number, struct str line,
                     struct row *latest[KINDS])
{
    struct row *row = NEW(book->arena, struct row);
    row->file = file;
    row->line = line_number;
    row_fill(book, row, line);
    if (!row->words_n)
        return;
    for (int k = KIND_NONE + 1; k < KINDS; k++)
        if (str_is(row->word[0], shapes[k].name))
            row->kind = (enum kind)k;
    if (row->kind == KIND_NONE) {
        say(book, row, "unknown row '%.*s'", STR_F(row->word[0]));
        return;
    }
    memmove(row->word, row->word + 1, --row->words_n * sizeof *row->word);
    row_take_clause(row);
    int before = book->found;
    row_check_shape(book, row);
    row_place(book, row, latest);
    if (book->found == before || row->words_n)
        row_number(book, row);
    if (book->rows_n < ROWS_MAX)
        book->rows[book->rows_n++] = row;
    else
        say(book, row, "more than %d rows", ROWS_MAX);
}

static void file_read(struct book *book, const char *folder, const char *name,
                      struct rule_file *out)
{
    struct buf text = buf_new(book->arena, 1 << 20);
    char chunk[8192];
    size_t n;
    FILE *file = fopen(str_z(book->arena, str_print(book->arena, "%s/%s", folder, name)), "rb");
    if (!file) {
        say_at(book, name, 0, "cannot be read: %s", strerror(errno));
        return;
    }
    while ((n = fread(chunk, 1, sizeof chunk, file)) > 0)
        buf_add(&text, (struct str){.at = chunk, .bytes = n});
    fclose(file);
    if (text.full || !str_is_text(buf_str(&text)))
        say_at(book, name, 0, "is not UTF-8 text, or longer than a megabyte");
    *out = (struct rule_file){.name = name, .text = buf_str(&text)};
}

static int wanted(const struct dirent *entry)
{
    struct str name = str_of(entry->d_name);
    return !str_starts(name, ".") && (str_ends(name, ".rules") || str_ends(name, ".cases"));
}

static int bytewise(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

void book_read(struct book *book, const char *folder)
{
    struct dirent **entries;
    int n = scandir(folder, &entries, wanted, bytewise);
    struct hasher *hasher = hasher_new(book->arena);
    hasher_start(hasher);
    for (int i = 0; i < n; i++) {
        const char *name = str_z(book->arena, str_of(entries[i]->d_name));
        bool rules = str_ends(str_of(name), ".rules");
        size_t *count = rules ? &book->rules_n : &book->cases_n;
        if (*count < FILES_MAX)
            file_read(book, folder, name, &(rules ? book->rules : book->cases)[(*count)++]);
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
    for (size_t f = 0; f < book->rules_n; f++) {
        struct row *latest[KINDS] = {0};
        struct str rest = book->rules[f].text;
        hasher_add(hasher, rest.at, rest.bytes);
        for (int line = 1; rest.bytes; line++)
            row_read(book, book->rules[f].name, line, str_cut(rest, '\n', &rest), latest);
    }
    book->digest = hasher_end(hasher);
    if (!book->rules_n)
        say_at(book, folder, 0, "no .rules files here");
}
