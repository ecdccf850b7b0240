/* rulec_link.c: every word that a row uses is one, and a guard or an effect gets what it takes.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "rulec.h"

#include "base/banned.h"

static void want(struct book *book, const struct row *row, enum kind kind, struct str name)
{
    if (!noun(book, kind, name))
        say(book, row, "no such %s '%.*s'", shapes[kind].name, STR_F(name));
}

static void want_all(struct book *book, const struct row *row, enum kind kind, struct words names)
{
    for (size_t i = 0; i < names.n; i++)
        want(book, row, kind, names.at[i]);
}

static struct words all_words(const struct row *row, size_t from)
{
    return (struct words){.at = row->word + from,
                          .n = row->words_n > from ? row->words_n - from : 0};
}

static bool one_of(struct str word, const char *blank_separated)
{
    struct str rest = str_of(blank_separated);
    while (rest.bytes)
        if (str_eq(str_cut(rest, ' ', &rest), word))
            return true;
    return false;
}

static void sort_link(struct book *book, const struct row *row)
{
    const struct shape *shape = &shapes[row->kind];
    if (shape->sorts && row->words_n > 1 && !one_of(row->word[1], shape->sorts))
        say(book, row, "no such sort of %s '%.*s': %s", shape->name, STR_F(row->word[1]),
            shape->sorts);
}

static enum kind kind_named(struct str name)
{
    for (int k = KIND_NONE + 1; k <= KIND_PROCEDURE; k++)
        if (str_is(name, shapes[k].name))
            return (enum kind)k;
    return KIND_NONE;
}

/* The argument of a `when` or `does`, against what its guard or effect takes. */
static void call_link(struct book *book, const struct row *use, enum kind called)
{
    const struct row *declared = noun(book, called, use->word[0]);
    want(book, use, called, use->word[0]);
    if (!declared)
        return;
    struct words takes = words_after(declared, "takes");
    bool by_judge = takes.n && str_is(takes.at[0], "function");
    struct str given = use->words_n > 1 ? use->word[1] : STR_NONE;
    struct span span;
    int64_t count;
    if (!takes.n || by_judge) {
        if (given.bytes)
            say(book, use, "'%.*s' takes nothing", STR_F(use->word[0]));
    } else if (!given.bytes)
        say(book, use, "'%.*s' takes a %.*s", STR_F(use->word[0]), STR_F(takes.at[0]));
    else if (str_is(takes.at[0], "span")    ? !span_parse(given, &span)
             : str_is(takes.at[0], "count") ? !str_int(given, &count) || count < 0
                                            : false)
        say(book, use, "'%.*s' is no %.*s", STR_F(given), STR_F(takes.at[0]));
    else if (kind_named(takes.at[0]))
        want(book, use, kind_named(takes.at[0]), given);
}

static void takes_link(struct book *book, const struct row *row)
{
    struct words takes = words_after(row, "takes");
    if (takes.n && !one_of(takes.at[0], "span count word") && !kind_named(takes.at[0]))
        say(book, row, "nothing of the sort '%.*s' can be taken", STR_F(takes.at[0]));
}

static void guard_link(struct book *book, const struct row *guard)
{
    struct words reads = words_after(guard, "reads");
    int families =
        row_has(guard, "forbidden") + row_has(guard, "refused") + row_has(guard, "malformed");
    takes_link(book, guard);
    if (families != 1)
        say(book, guard, "a guard is one of forbidden, refused, malformed");
    if (!reads.n)
        say(book, guard, "guard '%.*s' reads no fact", STR_F(guard->word[0]));
    for (size_t i = 0; i < reads.n; i++) {
        const struct row *field = noun(book, KIND_FIELD, reads.at[i]);
        if (noun(book, KIND_FACT, reads.at[i]))
            continue;
        if (!field)
            say(book, guard, "no such fact '%.*s'", STR_F(reads.at[i]));
        else if (!fact_kind_of_field(field->word[1]))
            say(book, guard, "'%.*s' is a field that is no fact: declare a fact about it",
                STR_F(reads.at[i]));
    }
    if (!below_first(guard, KIND_CURE))
        say(book, guard, "guard '%.*s' names no cure", STR_F(guard->word[0]));
}

static void fact_link(struct book *book, const struct row *fact)
{
    if (!one_of(fact->word[2], "today actor own"))
        want(book, fact, KIND_SUBJECT, fact->word[2]);
    want_all(book, fact, KIND_PARAMETER, words_after(fact, "by"));
    if (noun(book, KIND_FIELD, fact->word[0]))
        say(book, fact, "'%.*s' is a fact and a field", STR_F(fact->word[0]));
}

static void field_link(struct book *book, const struct row *field)
{
    int64_t min, max;
    struct span from, to;
    struct str sort = field->word[1], limit = field->words_n > 2 ? field->word[2] : STR_NONE;
    if (str_is(sort, "one-of") || str_is(sort, "some-of"))
        want(book, field, KIND_LIST, limit);
    else if (str_is(sort, "day") ? !ahead_read(limit, &from, &to)
                                 : !str_is(sort, "yesno") && !bounds_read(limit, &min, &max))
        say(book, field, "'%.*s' are no limits of a %.*s", STR_F(limit), STR_F(sort));
}

/* A choice names its words, and its default is of them; nothing else has any. */
static void parameter_link(struct book *book, const struct row *parameter)
{
    struct words choices = words_after(parameter, "of");
    struct str rest = parameter->word[2];
    bool chooses = one_of(parameter->word[1], "word words");
    if (chooses != (choices.n > 0) || (parameter->words_n > 3 && !str_is(parameter->word[3], "of")))
        say(book, parameter, "'of' and its words are wanted of a parameter of sort word or words, "
                             "and of no other");
    while (chooses && rest.bytes) {
        struct str word = str_cut(rest, ',', &rest);
        if (!words_have(choices, word))
            say(book, parameter, "'%.*s' is none of its words", STR_F(word));
    }
    if (str_is(parameter->word[1], "office") && !role_of_sort(book, parameter->word[2], "office"))
        say(book, parameter, "no such office '%.*s'", STR_F(parameter->word[2]));
}

static bool number_within(struct str text, int64_t min, int64_t max)
{
    int64_t n;
    return str_int(text, &n) && n >= min && n <= max;
}

static void step_link(struct book *book, const struct row *step)
{
    struct words from = step_from(step), by = step_by(step);
    want(book, step, KIND_ACT, step->word[0]);
    if (!from.n || !step_to(step).bytes || !by.n)
        say(book, step, "a row like this is wanted: %s", shapes[KIND_STEP].usage);
    want_all(book, step, KIND_STATE, from);
    want(book, step, KIND_STATE, step_to(step));
    want_all(book, step, KIND_ROLE, by);
    for (const struct row *row = step->above ? step->above->below : NULL; row != step;
         row = row->next)
        if (row->kind == KIND_STEP && str_eq(row->word[0], step->word[0]))
            say(book, step, "step '%.*s' twice", STR_F(step->word[0]));
}

/* A step of this procedure, or PROCEDURE/STEP of one that its cases grow out of. */
static void apart_link(struct book *book, const struct row *apart)
{
    const struct row *procedure = apart->above ? apart->above->above : NULL;
    for (size_t i = 0; procedure && i < apart->words_n; i++) {
        const struct row *of = procedure;
        if (!step_apart_named(book, apart->word[i], &of))
            say(book, apart, "no such step '%.*s' to be apart from", STR_F(apart->word[i]));
        else if (of != procedure && !grows_out_of(book, procedure, of))
            say(book, apart, "no case of %.*s grows out of one of %.*s",
                STR_F(procedure->word[0]), STR_F(of->word[0]));
    }
}

static void at_link(struct book *book, const struct row *at)
{
    const char *kind = fact_kind_named(book, at->word[0]);
    if (!kind)
        say(book, at, "no such fact '%.*s'", STR_F(at->word[0]));
    else if (!one_of(str_of(kind), "day instant"))
        say(book, at, "'%.*s' is no day and no instant", STR_F(at->word[0]));
}

static void then_link(struct book *book, const struct row *then)
{
    const struct row *procedure = noun(book, KIND_PROCEDURE, then->word[0]);
    want(book, then, KIND_PROCEDURE, then->word[0]);
    if (procedure && !step_named(procedure, then->word[1]))
        say(book, then, "no such step '%.*s' of %.*s", STR_F(then->word[1]), STR_F(then->word[0]));
}

static void row_link(struct book *book, const struct row *row)
{
    switch (row->kind) {
    case KIND_STATE:
        if (!str_is(row->word[1], "final"))
            want_all(book, row, KIND_ROLE, all_words(row, 1));
        break;
    case KIND_ACT: want_all(book, row, KIND_FUNCTION, all_words(row, 2)); break;
    case KIND_SUBJECT: want_all(book, row, KIND_SUBJECT, words_after(row, "with")); break;
    case KIND_THING: want(book, row, KIND_SUBJECT, row->word[2]); break;
    case KIND_NUMBER: want(book, row, KIND_PARAMETER, row->word[1]); break;
    case KIND_FACT: fact_link(book, row); break;
    case KIND_GUARD: guard_link(book, row); break;
    case KIND_EFFECT:
        takes_link(book, row);
        want_all(book, row, KIND_SUBJECT, words_after(row, "sets"));
        break;
    case KIND_FIELD: field_link(book, row); break;
    case KIND_PARAMETER: parameter_link(book, row); break;
    case KIND_LIST:
        if (!item_first(book, row))
            say(book, row, "list '%.*s' has no items", STR_F(row->word[0]));
        break;
    case KIND_FAULT:
        if (!number_within(row->word[1], 400, 599) || !number_within(row->word[2], 1, 99))
            say(book, row, "status 400 to 599 and exit 1 to 99 are wanted");
        break;
    case KIND_PROCEDURE: want(book, row, KIND_SUBJECT, row->word[2]); break;
    case KIND_STEP: step_link(book, row); break;
    case KIND_APPOINTED_BY:
    case KIND_STANDS_FOR: want(book, row, KIND_ROLE, row->word[0]); break;
    case KIND_AT: at_link(book, row); break;
    case KIND_THEN: then_link(book, row); break;
    case KIND_WHEN: call_link(book, row, KIND_GUARD); break;
    case KIND_DOES: call_link(book, row, KIND_EFFECT); break;
    case KIND_HAS:
    case KIND_MAY: want_all(book, row, KIND_FIELD, all_words(row, 0)); break;
    case KIND_SEEN_BY: want_all(book, row, KIND_ROLE, all_words(row, 0)); break;
    case KIND_NEEDS: want_all(book, row, KIND_DOCUMENT, all_words(row, 0)); break;
    case KIND_ASKS: want(book, row, KIND_FORM, row->word[0]); break;
    case KIND_APART: apart_link(book, row); break;
    case KIND_TELLS:
        for (size_t i = 0; i + 1 < row->words_n; i++)
            want(book, row, KIND_ROLE, row->word[i]);
        want(book, row, KIND_NOTICE, row->word[row->words_n - 1]);
        break;
    case KIND_TEXT:
    case KIND_SHOWS: notice_link(book, row); break;
    case KIND_WITHIN: want(book, row, KIND_PARAMETER, row->word[0]); break;
    default: break;
    }
}

void book_link(struct book *book)
{
    for (size_t i = 0; i < book->rows_n; i++) {
        const struct row *row = book->rows[i];
        sort_link(book, row);
        row_link(book, row);
        if (shapes[row->kind].clause && row->kind != KIND_CLAUSE && !is_clause(book, row->clause))
            say(book, row, "no such clause '%.*s'", STR_F(row->clause));
    }
}
