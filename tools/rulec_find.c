/* rulec_find.c: looking into a book: nouns by name, rows below a row, the parts of a step.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "rule/mentions.h"

#include "rulec.h"

#include "base/banned.h"

struct row *noun(const struct book *book, enum kind kind, struct str name)
{
    for (size_t i = 1; i < book->nouns_n[kind]; i++) {
        struct row *row = book->nouns[kind][i];
        if (str_eq(kind == KIND_CLAUSE ? row->clause : row->word[0], name))
            return row;
    }
    return NULL;
}

int number_of(const struct book *book, enum kind kind, struct str name)
{
    const struct row *row = noun(book, kind, name);
    return row ? row->number : 0;
}

static struct row *of_kind(struct row *row, enum kind kind)
{
    while (row && row->kind != kind)
        row = row->next;
    return row;
}

struct row *below_first(const struct row *row, enum kind kind)
{
    return of_kind(row->below, kind);
}

struct row *below_next(const struct row *row)
{
    return of_kind(row->next, row->kind);
}

static size_t place_of(const struct row *row, size_t from, const char *word)
{
    while (from < row->words_n && !str_is(row->word[from], word))
        from++;
    return from;
}

struct words words_after(const struct row *row, const char *word)
{
    size_t at = place_of(row, 0, word);
    if (at == row->words_n)
        return (struct words){0};
    return (struct words){.at = row->word + at + 1, .n = row->words_n - at - 1};
}

struct words words_before(const struct row *row, size_t first, const char *word)
{
    size_t at = place_of(row, first, word);
    if (first > at)
        return (struct words){0};
    return (struct words){.at = row->word + first, .n = at - first};
}

bool row_has(const struct row *row, const char *word)
{
    return place_of(row, 0, word) < row->words_n;
}

struct words step_from(const struct row *step)
{
    return words_before(step, 1, "->");
}

struct str step_to(const struct row *step)
{
    struct words to = words_after(step, "->");
    return to.n ? to.at[0] : STR_NONE;
}

struct words step_by(const struct row *step)
{
    return words_after(step, "by");
}

/* A list of all nouns of a kind stands for them: each of those rows is an item. */
static enum kind kind_listed(const struct row *list)
{
    struct words of = words_after(list, "of");
    return of.n && str_is(of.at[0], shapes[KIND_PARAMETER].name) ? KIND_PARAMETER : KIND_NONE;
}

const struct row *item_first(const struct book *book, const struct row *list)
{
    enum kind kind = kind_listed(list);
    if (!kind)
        return below_first(list, KIND_ITEM);
    return book->nouns_n[kind] > 1 ? book->nouns[kind][1] : NULL;
}

const struct row *item_next(const struct book *book, const struct row *item)
{
    if (item->kind == KIND_ITEM)
        return below_next(item);
    size_t next = (size_t)item->number + 1;
    return next < book->nouns_n[item->kind] ? book->nouns[item->kind][next] : NULL;
}

struct row *step_named(const struct row *procedure, struct str name)
{
    EACH_BELOW (step, procedure, KIND_STEP)
        if (str_eq(step->word[0], name))
            return step;
    return NULL;
}

struct row *step_apart_named(const struct book *book, struct str name,
                             const struct row **procedure)
{
    struct str step, of = str_cut(name, '/', &step);
    if (!step.bytes)
        return step_named(*procedure, name);
    *procedure = noun(book, KIND_PROCEDURE, of);
    return *procedure ? step_named(*procedure, step) : NULL;
}

static bool grows_within(const struct book *book, const struct row *procedure,
                         const struct row *first, int more)
{
    EACH_BELOW (step, first, KIND_STEP)
        EACH_BELOW (then, step, KIND_THEN) {
            const struct row *opened = noun(book, KIND_PROCEDURE, then->word[0]);
            if (opened == procedure ||
                (more && opened && opened != first &&
                 grows_within(book, procedure, opened, more - 1)))
                return true;
        }
    return false;
}

bool grows_out_of(const struct book *book, const struct row *procedure, const struct row *first)
{
    enum { GENERATIONS = 4 };
    return grows_within(book, procedure, first, GENERATIONS);
}

bool role_of_sort(const struct book *book, struct str role, const char *sort)
{
    const struct row *row = noun(book, KIND_ROLE, role);
    return row && str_is(row->word[1], sort);
}

bool is_clause(const struct book *book, struct str id)
{
    for (size_t i = 1; i < book->nouns_n[KIND_CLAUSE]; i++)
        if (clause_covers(id, book->nouns[KIND_CLAUSE][i]->clause))
            return true;
    return false;
}

const char *fact_kind_of_field(struct str sort)
{
    static const struct {
        const char *sort, *kind;
    } kinds[] = {
        {"text", "word"},
        {"lines", "word"},
        {"email", "word"},
        {"phone", "word"},
        {"url", "word"},
        {"one-of", "word"},
        {"corporate-number", "word"},
        {"country", "word"},
        {"label", "word"},
        {"case", "word"},
        {"person", "word"},
        {"facility", "word"},
        {"setting", "word"},
        {"day", "day"},
        {"number", "number"},
        {"yen", "number"},
        {"yesno", "flag"},
        {"some-of", "words"},
        {"file", "words"},
        {"span", "span"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_is(sort, kinds[i].sort))
            return kinds[i].kind;
    return NULL;
}

const char *fact_kind_named(const struct book *book, struct str name)
{
    const struct row *fact = noun(book, KIND_FACT, name), *field = noun(book, KIND_FIELD, name);
    if (fact)
        return str_z(book->arena, fact->word[1]);
    return field ? fact_kind_of_field(field->word[1]) : NULL;
}

/* "1..200"; "200" is the same as "1..200". */
bool bounds_read(struct str text, int64_t *min, int64_t *max)
{
    size_t dots = 0;
    while (dots + 1 < text.bytes && memcmp(text.at + dots, "..", 2) != 0)
        dots++;
    *min = 1;
    if (dots + 1 >= text.bytes)
        return str_int(text, max);
    return str_int((struct str){text.at, dots}, min) && str_int(str_skip(text, dots + 2), max) &&
           *min <= *max;
}

static bool span_signed(struct str text, struct span *out)
{
    bool minus = str_starts(text, "-");
    if (str_is(text, "0")) {
        *out = (struct span){.n = 0, .unit = 'd'};
        return true;
    }
    if (!span_parse(str_skip(text, minus), out))
        return false;
    out->n = minus ? -out->n : out->n;
    return true;
}

/* "0..2y", "-1y..0": how far from today. */
bool ahead_read(struct str text, struct span *min, struct span *max)
{
    for (size_t i = 0; i + 1 < text.bytes; i++)
        if (text.at[i] == '.' && text.at[i + 1] == '.')
            return span_signed((struct str){text.at, i}, min) &&
                   span_signed(str_skip(text, i + 2), max);
    return false;
}
