/* rulec_notice.c: what notices say: their texts, the blanks in them, and who may be told.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A name in braces is a blank, a number, a field or a fact: sought in this order. All but blanks
 * are of one case; a blank says itself whether it is public. */
#include "rulec_row.h"

#include "base/banned.h"

/* The next {name} of a text; *rest what follows it. False when there is none. */
static bool braces_next(struct str *rest, struct str *name)
{
    struct str after;
    str_cut(*rest, '{', &after);
    if (!after.at)
        return false;
    *name = str_cut(after, '}', rest);
    return true;
}

static bool braces_match(struct str text)
{
    bool open = false, good = true;
    for (size_t i = 0; i < text.bytes; i++) {
        if (text.at[i] != '{' && text.at[i] != '}')
            continue;
        good = good && open == (text.at[i] == '}');
        open = text.at[i] == '{';
    }
    return good && !open;
}

static bool names(struct str text, struct str wanted)
{
    struct str name;
    while (braces_next(&text, &name))
        if (str_eq(name, wanted))
            return true;
    return false;
}

static void name_link(struct book *book, const struct row *row, struct str name)
{
    if (!noun(book, KIND_BLANK, name) && !noun(book, KIND_NUMBER, name) &&
        !noun(book, KIND_FIELD, name) && !noun(book, KIND_FACT, name))
        say(book, row, "no such blank, number, field or fact '%.*s'", STR_F(name));
}

static void text_link(struct book *book, const struct row *row, struct str text, struct str other)
{
    struct str name;
    if (!braces_match(text))
        say(book, row, "a brace is open, or closed twice");
    while (braces_next(&text, &name)) {
        name_link(book, row, name);
        if (!names(other, name))
            say(book, row, "'{%.*s}' stands in one language only", STR_F(name));
    }
}

void notice_link(struct book *book, const struct row *row)
{
    for (size_t i = 0; row->kind == KIND_SHOWS && i < row->words_n; i++)
        name_link(book, row, row->word[i]);
    if (row->kind == KIND_TEXT) {
        text_link(book, row, row->ja, row->en);
        text_link(book, row, row->en, row->ja);
    }
}

/* ---- nothing of one case reaches those who are many */

static bool is_open(const struct book *book, struct str name)
{
    const struct row *blank = noun(book, KIND_BLANK, name);
    return blank && str_is(blank->word[1], "open");
}

static void aloud_check(struct book *book, const struct row *tells, struct str name)
{
    if (!is_open(book, name))
        say(book, tells, "notice '%.*s' names '%.*s' of one case, and is told to many",
            STR_F(tells->word[tells->words_n - 1]), STR_F(name));
}

static bool to_many(const struct book *book, const struct row *tells)
{
    for (size_t i = 0; i + 1 < tells->words_n; i++) {
        const struct row *role = noun(book, KIND_ROLE, tells->word[i]);
        if (role && str_is(role->word[1], "audience") && !str_is(role->word[0], "public"))
            return true;
    }
    return false;
}

static void tells_check(struct book *book, const struct row *tells)
{
    const struct row *notice = noun(book, KIND_NOTICE, tells->word[tells->words_n - 1]);
    if (!notice || !to_many(book, tells))
        return;
    EACH_BELOW (text, notice, KIND_TEXT) {
        struct str name, rest = text->ja;
        while (braces_next(&rest, &name))
            aloud_check(book, tells, name);
    }
    EACH_BELOW (shows, notice, KIND_SHOWS)
        for (size_t i = 0; i < shows->words_n; i++)
            aloud_check(book, tells, shows->word[i]);
}

/* ---- nothing that was filled in on a sealed case leaves the house */

static void quiet_check(struct book *book, const struct row *tells, struct str name)
{
    if (!noun(book, KIND_BLANK, name) && !noun(book, KIND_NUMBER, name))
        say(book, tells, "notice '%.*s' names '%.*s' of a sealed case, and leaves the house",
            STR_F(tells->word[tells->words_n - 1]), STR_F(name));
}

/* A notice in the inbox is read where the case is; a mail or a letter is not. */
static void sealed_check(struct book *book, const struct row *tells)
{
    const struct row *notice = noun(book, KIND_NOTICE, tells->word[tells->words_n - 1]);
    bool sealed = below_first(tells->above->above, KIND_SEALED);
    if (!notice || !sealed || str_is(notice->word[1], "inbox"))
        return;
    EACH_BELOW (text, notice, KIND_TEXT) {
        struct str name, rest = text->ja;
        while (braces_next(&rest, &name))
            quiet_check(book, tells, name);
    }
    EACH_BELOW (shows, notice, KIND_SHOWS)
        for (size_t i = 0; i < shows->words_n; i++)
            quiet_check(book, tells, shows->word[i]);
}

/* ---- what a stranger typed goes to no address that a stranger named */

static bool is_outside(const struct book *book, struct str name)
{
    const struct row *role = noun(book, KIND_ROLE, name);
    return role && str_is(role->word[1], "outside");
}

static bool by_outside(const struct book *book, const struct row *step)
{
    bool by = false;
    for (size_t i = 0; i < step->words_n; i++) {
        if (by && is_outside(book, step->word[i]))
            return true;
        by = by || str_is(step->word[i], "by");
    }
    return false;
}

static bool is_typed_outside(const struct book *book, struct str field)
{
    for (size_t i = 0; i < book->rows_n; i++) {
        const struct row *step = book->rows[i];
        if (step->kind != KIND_STEP || !by_outside(book, step))
            continue;
        EACH_BELOW (asks, step, KIND_ASKS) {
            const struct row *form = noun(book, KIND_FORM, asks->word[0]);
            for (const struct row *row = form ? form->below : NULL; row; row = row->next)
                if (words_have((struct words){.at = row->word, .n = row->words_n}, field))
                    return true;
        }
    }
    return false;
}

static void echo_check(struct book *book, const struct row *tells, struct str name)
{
    if (noun(book, KIND_FIELD, name) && is_typed_outside(book, name))
        say(book, tells, "notice '%.*s' would mail '%.*s', which whoever is outside has typed",
            STR_F(tells->word[tells->words_n - 1]), STR_F(name));
}

static void outside_check(struct book *book, const struct row *tells)
{
    const struct row *notice = noun(book, KIND_NOTICE, tells->word[tells->words_n - 1]);
    bool outside = false;
    for (size_t i = 0; i + 1 < tells->words_n; i++)
        outside = outside || is_outside(book, tells->word[i]);
    if (!notice || !outside || str_is(notice->word[1], "inbox"))
        return;
    EACH_BELOW (text, notice, KIND_TEXT) {
        struct str name, rest = text->ja;
        while (braces_next(&rest, &name))
            echo_check(book, tells, name);
    }
    EACH_BELOW (shows, notice, KIND_SHOWS)
        for (size_t i = 0; i < shows->words_n; i++)
            echo_check(book, tells, shows->word[i]);
}

/* What leaves the house says what it is about; what stands in an inbox may be its title alone. */
static void says_check(struct book *book, const struct row *notice)
{
    if (!below_first(notice, KIND_TEXT) && !str_is(notice->word[1], "inbox"))
        say(book, notice, "notice '%.*s' is told outside and has no 'text'",
            STR_F(notice->word[0]));
}

void notices_check(struct book *book)
{
    for (size_t i = 0; i < book->rows_n; i++)
        if (book->rows[i]->kind == KIND_NOTICE) {
            says_check(book, book->rows[i]);
        } else if (book->rows[i]->kind == KIND_TELLS) {
            tells_check(book, book->rows[i]);
            sealed_check(book, book->rows[i]);
            outside_check(book, book->rows[i]);
        }
}

/* ---- as C */

void blanks_write(const struct book *book, FILE *out)
{
    table_open(out, "blank_row", "blanks");
    for (size_t i = 1; i < book->nouns_n[KIND_BLANK]; i++) {
        const struct row *blank = book->nouns[KIND_BLANK][i];
        row_open(out, blank);
        fprintf(out, ", .open = %s", str_is(blank->word[1], "open") ? "true" : "false");
        text_write(out, "text", blank);
        clause_write(out, blank);
        fprintf(out, "},\n");
    }
    fprintf(out, "};\n\n");
}

static void show_write(const struct book *book, struct pools *pools, struct str name)
{
    static const struct {
        enum kind kind;
        const char *named;
    } kinds[] = {{KIND_BLANK, "BLANK"}, {KIND_NUMBER, "NUMBER"}, {KIND_FIELD, "FIELD"}};
    const char *named = "FACT";
    int id = 0;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds && !id; k++)
        if ((id = number_of(book, kinds[k].kind, name)))
            named = kinds[k].named;
    buf_printf(&pools->shows.text, "    {NAMED_%s, %d}, /* %.*s */\n", named,
               id ? id : fact_number(book, name), STR_F(name));
    pools->shows.n++;
}

void notices_write(const struct book *book, FILE *out, struct pools *pools)
{
    table_open(out, "notice_row", "notices");
    for (size_t i = 1; i < book->nouns_n[KIND_NOTICE]; i++) {
        const struct row *notice = book->nouns[KIND_NOTICE][i];
        int texts = pools->texts.n, shows = pools->shows.n;
        row_open(out, notice);
        upper_write(out, ", .sort = NOTICE_SORT_", notice->word[1]);
        text_write(out, "text", notice);
        clause_write(out, notice);
        EACH_BELOW (text, notice, KIND_TEXT) {
            buf_printf(&pools->texts.text, "    {\"%.*s\", \"%.*s\"},\n", STR_F(text->ja),
                       STR_F(text->en));
            pools->texts.n++;
        }
        EACH_BELOW (row, notice, KIND_SHOWS)
            for (size_t w = 0; w < row->words_n; w++)
                show_write(book, pools, row->word[w]);
        range_write(out, "texts", texts, pools->texts.n);
        range_write(out, "shows", shows, pools->shows.n);
        fprintf(out, "},\n");
    }
    fprintf(out, "};\n\n");
}
