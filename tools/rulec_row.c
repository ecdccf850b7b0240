/* rulec_row.c: the parts of a C row: names, texts, clauses, ranges into pools, uses.
 * SPDX-License-Identifier: Apache-2.0 */
#include "rulec_row.h"

#include "text.h"

#include "base/banned.h"

void z_write(FILE *out, struct str text)
{
    if (!text.at) {
        fprintf(out, "NULL");
        return;
    }
    put_literal(out, text.at, text.bytes);
}

void text_write(FILE *out, const char *member, const struct row *row)
{
    if (!row)
        return;
    fprintf(out, ", .%s = {", member);
    z_write(out, row->ja);
    fprintf(out, ", ");
    z_write(out, row->en);
    fprintf(out, "}");
}

void clause_write(FILE *out, const struct row *row)
{
    fprintf(out, ", .clause = ");
    z_write(out, row->clause);
}

void range_write(FILE *out, const char *member, int first, int end)
{
    if (end > first)
        fprintf(out, ", .%s = {%d, %d}", member, first, end - first);
}

void ids_write(const struct book *book, FILE *out, struct pools *pools, const char *member,
               enum kind kind, struct words names)
{
    int first = pools->ids.n;
    for (size_t i = 0; i < names.n; i++, pools->ids.n++)
        buf_printf(&pools->ids.text, "    %d, /* %.*s */\n", number_of(book, kind, names.at[i]),
                   STR_F(names.at[i]));
    range_write(out, member, first, pools->ids.n);
}

void table_open(FILE *out, const char *type, const char *name)
{
    fprintf(out, "static const struct %s %s[] = {\n    {0},\n", type, name);
}

void row_open(FILE *out, const struct row *row)
{
    fprintf(out, "    {.name = ");
    z_write(out, row->word[0]);
}

/* What a `when` or `does` gives to its guard or effect. */
static void arg_write(const struct book *book, struct buf *out, const struct row *use,
                      enum kind called)
{
    const struct row *declared = noun(book, called, use->word[0]);
    struct words takes = declared ? words_after(declared, "takes") : (struct words){0};
    if (!takes.n || use->words_n < 2)
        return;
    struct str given = use->word[1];
    struct span span;
    if (str_is(takes.at[0], "span") && span_parse(given, &span))
        buf_printf(out, ", .arg = {.span = {%d, '%c'}}", span.n, span.unit);
    else if (str_is(takes.at[0], "count"))
        buf_printf(out, ", .arg = {.count = %.*s}", STR_F(given));
    else {
        int id = 0;
        for (int k = KIND_NONE + 1; k <= KIND_PROCEDURE; k++)
            if (str_is(takes.at[0], shapes[k].name))
                id = number_of(book, (enum kind)k, given);
        buf_printf(out, ", .arg = {.word = \"%.*s\", .id = %d}", STR_F(given), id);
    }
}

void uses_write(const struct book *book, FILE *out, struct pools *pools, const char *member,
                const struct row *of, enum kind kind, enum kind called)
{
    int first = pools->uses.n;
    EACH_BELOW (use, of, kind) {
        struct buf *text = &pools->uses.text;
        buf_printf(text, "    {.id = %d", number_of(book, called, use->word[0]));
        arg_write(book, text, use, called);
        buf_printf(text, ", .clause = \"%.*s\"}, /* %.*s */\n", STR_F(use->clause),
                   STR_F(use->word[0]));
        pools->uses.n++;
    }
    range_write(out, member, first, pools->uses.n);
}

void upper_write(FILE *out, const char *prefix, struct str name)
{
    fprintf(out, "%s", prefix);
    for (size_t i = 0; i < name.bytes; i++) {
        char c = name.at[i];
        fputc(c == '-' ? '_' : c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c, out);
    }
}

void lower_write(FILE *out, const char *prefix, struct str name)
{
    fprintf(out, "%s", prefix);
    for (size_t i = 0; i < name.bytes; i++)
        fputc(name.at[i] == '-' ? '_' : name.at[i], out);
}
