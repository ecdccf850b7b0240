/* rulec_clock.c: the laws about the clock's steps, about cases that a step opens, and about roles
 * that stand for another.
 * SPDX-License-Identifier: Apache-2.0 */
#include "rulec.h"

#include "base/banned.h"

/* A step by the clock is the clock's alone and says when; no other step has a day of its own. */
void clock_check(struct book *book, const struct row *step)
{
    const struct row *at = below_first(step, KIND_AT), *asks = below_first(step, KIND_ASKS);
    struct words by = step_by(step);
    /* another machine acts on its own, as a person does */
    bool machine = words_have(by, STR("clock"));
    if (at && !machine)
        say(book, at, "'at' of a step that is not by the clock");
    if (machine && by.n > 1)
        say(book, step, "'%.*s' is by the clock and by others", STR_F(step->word[0]));
    if (machine && (!at || below_next(at)))
        say(book, step, "'%.*s' is by the clock: one 'at' must say when", STR_F(step->word[0]));
    if (machine && asks)
        say(book, asks, "'%.*s' is by the clock, which fills in no form", STR_F(step->word[0]));
    if (machine && words_have(step_from(step), STR("start")))
        say(book, step, "'%.*s' is by the clock, which opens no case", STR_F(step->word[0]));
}

/* Whether the form asks for the field and does not do without it. */
static bool form_has(const struct row *form, struct str field)
{
    for (const struct row *row = form ? form->below : NULL; row; row = row->next)
        if (row->kind == KIND_HAS &&
            words_have((struct words){.at = row->word, .n = row->words_n}, field))
            return true;
    return false;
}

/* What the opened step asks for is what the step that opens it was given: every field that its form
 * must have, that of the first has too. */
static bool is_given(const struct book *book, const struct row *step, const struct row *opened)
{
    const struct row *asks = below_first(step, KIND_ASKS), *wants = below_first(opened, KIND_ASKS);
    const struct row *given = asks ? noun(book, KIND_FORM, asks->word[0]) : NULL;
    const struct row *wanted = wants ? noun(book, KIND_FORM, wants->word[0]) : NULL;
    if (below_first(opened, KIND_NEEDS))
        return false;
    for (const struct row *row = wanted ? wanted->below : NULL; row; row = row->next)
        for (size_t i = 0; row->kind == KIND_HAS && i < row->words_n; i++)
            if (!form_has(given, row->word[i]))
                return false;
    return true;
}

/* The step that `then` takes on the new case is one that whoever takes the first step can take. */
void then_check(struct book *book, const struct row *step)
{
    struct words by = step_by(step);
    EACH_BELOW(then, step, KIND_THEN)
    {
        const struct row *opened =
            step_named(noun(book, KIND_PROCEDURE, then->word[0]), then->word[1]);
        if (!words_have(step_from(opened), STR("start")))
            say(book, then, "'%.*s' does not begin a case of %.*s", STR_F(then->word[1]),
                STR_F(then->word[0]));
        if (!is_given(book, step, opened))
            say(book, then,
                "'%.*s' asks for a document, or for a field that '%.*s' does not give it",
                STR_F(then->word[1]), STR_F(step->word[0]));
        for (const struct row *twin = below_next(then); twin; twin = below_next(twin))
            if (str_eq(twin->word[0], then->word[0]))
                say(book, twin, "'then %.*s' twice below a step", STR_F(then->word[0]));
        for (size_t i = 0; i < by.n; i++)
            if (!words_have(step_by(opened), by.at[i]))
                say(book, then, "'%.*s' of %.*s is not by %.*s", STR_F(then->word[1]),
                    STR_F(then->word[0]), STR_F(by.at[i]));
    }
}

/* A delegated role stands for the office that the manual's reading gives it to, no other does. */
void stands_check(struct book *book, const struct row *role)
{
    const struct row *stands = below_first(role, KIND_STANDS_FOR);
    bool delegated = str_is(role->word[1], "delegated");
    if (delegated && (!stands || below_next(stands)))
        say(book, role, "role '%.*s' is delegated: one 'stands-for' must say by whom",
            STR_F(role->word[0]));
    if (stands && !delegated)
        say(book, stands, "'stands-for' below a role that is not delegated");
    if (stands && !role_of_sort(book, stands->word[0], "office"))
        say(book, stands, "'%.*s' is no office to stand for", STR_F(stands->word[0]));
}
