/* rulec_check.c: the laws of a good book but those about states: who sees, who decides, what is
 * used.
 * SPDX-License-Identifier: Apache-2.0 */
#include "rulec.h"

#include "base/banned.h"

/* Of the body: holders of offices, their delegates, personnel. */
static bool by_body(const struct book *book, const struct row *step)
{
    struct words by = step_by(step);
    for (size_t i = 0; i < by.n; i++)
        if (role_of_sort(book, by.at[i], "office") ||
            role_of_sort(book, by.at[i], "delegated") || role_of_sort(book, by.at[i], "any"))
            return true;
    return false;
}

static struct str act_sort(const struct book *book, const struct row *step)
{
    const struct row *act = noun(book, KIND_ACT, step->word[0]);
    return act ? act->word[1] : STR_NONE;
}

static bool is_apart(const struct row *step, struct str from)
{
    EACH_BELOW (apart, step, KIND_APART)
        if (words_have((struct words){.at = apart->word, .n = apart->words_n}, from))
            return true;
    return false;
}

/* A delegated role is the office that it stands for: who finds otherwise after a return may have
 * recommended before. */
static struct str office_of(const struct book *book, struct str role)
{
    const struct row *row = noun(book, KIND_ROLE, role);
    const struct row *stands = row ? below_first(row, KIND_STANDS_FOR) : NULL;
    return stands ? stands->word[0] : role;
}

static bool shares_role(const struct book *book, const struct row *a, const struct row *b)
{
    struct words roles = step_by(a), others = step_by(b);
    for (size_t i = 0; i < roles.n; i++)
        for (size_t k = 0; k < others.n; k++)
            if (str_eq(office_of(book, roles.at[i]), office_of(book, others.at[k])))
                return true;
    return false;
}

/* Whether b can be taken at once after a, or after others: its states are met on ways out of a's. A
 * step to `same` leads to where it came from. */
static bool precedes(const struct row *procedure, const struct row *a, const struct row *b)
{
    struct str met[64];
    size_t n = 1, done = 0;
    met[0] = step_to(a);
    for (size_t i = 0; str_is(step_to(a), "same") && i < step_from(a).n && n < 64; i++)
        met[n++] = step_from(a).at[i];
    for (; done < n; done++) {
        if (words_have(step_from(b), met[done]))
            return true;
        EACH_BELOW (step, procedure, KIND_STEP)
            if (n < 64 && words_have(step_from(step), met[done]) &&
                !words_have((struct words){.at = met, .n = n}, step_to(step)))
                met[n++] = step_to(step);
    }
    return false;
}

/* 2.1.3: who decides is neither who assessed before, nor who took another decision before. */
static void separation_check(struct book *book, const struct row *procedure, const struct row *step)
{
    if (!str_is(act_sort(book, step), "decides"))
        return;
    if (!by_body(book, step))
        say(book, step, "'%.*s' decides, but is by nobody of the body", STR_F(step->word[0]));
    EACH_BELOW (other, procedure, KIND_STEP) {
        struct str sort = act_sort(book, other);
        bool assesses = str_is(sort, "assesses"), decides = str_is(sort, "decides");
        if (other == step || !by_body(book, other) || !precedes(procedure, other, step))
            continue;
        if ((assesses || (decides && !shares_role(book, other, step))) &&
            !is_apart(step, other->word[0]))
            say(book, step, "'%.*s' by %.*s is not apart from '%.*s' by %.*s", STR_F(step->word[0]),
                STR_F(step_by(step).at[0]), STR_F(other->word[0]), STR_F(step_by(other).at[0]));
    }
}

/* Who assessed on the case whose step opened this one decides nothing on this one after that. */
static void opened_separation_check(struct book *book, const struct row *procedure,
                                    const struct row *step, const struct row *opener,
                                    const struct row *opens)
{
    EACH_BELOW (other, opener, KIND_STEP) {
        struct str name = str_print(book->arena, "%.*s/%.*s", STR_F(opener->word[0]),
                                    STR_F(other->word[0]));
        if (str_is(act_sort(book, other), "assesses") && by_body(book, other) &&
            precedes(opener, other, opens) && !is_apart(step, name))
            say(book, step, "'%.*s' of %.*s is not apart from '%.*s'", STR_F(step->word[0]),
                STR_F(procedure->word[0]), STR_F(name));
    }
}

/* The step that `then` takes is one and the same act with that which opens it. */
static void opened_check(struct book *book, const struct row *procedure, const struct row *step)
{
    if (!str_is(act_sort(book, step), "decides"))
        return;
    for (size_t i = 1; i < book->nouns_n[KIND_PROCEDURE]; i++) {
        const struct row *opener = book->nouns[KIND_PROCEDURE][i];
        EACH_BELOW (opens, opener, KIND_STEP)
            EACH_BELOW (then, opens, KIND_THEN) {
                const struct row *first = step_named(procedure, then->word[1]);
                if (str_eq(then->word[0], procedure->word[0]) && first && first != step &&
                    precedes(procedure, first, step))
                    opened_separation_check(book, procedure, step, opener, opens);
            }
    }
}

/* In the procedure's own file, or in one that adds steps to it. */
static bool may_see(const struct row *procedure, struct str role)
{
    EACH_BELOW (seen, procedure, KIND_SEEN_BY)
        if (words_have((struct words){.at = seen->word, .n = seen->words_n}, role))
            return true;
    return false;
}

/* Roles that are nobody in particular. */
static bool is_no_reader(struct book *book, struct str role)
{
    return role_of_sort(book, role, "any") || role_of_sort(book, role, "machine") ||
           role_of_sort(book, role, "outside");
}

/* A sealed case is its own party's to see, whoever that is: a party in seen-by would be one that
 * the case is about. */
static void seen_check(struct book *book, const struct row *procedure, const struct row *step)
{
    struct words by = step_by(step);
    bool sealed = below_first(procedure, KIND_SEALED);
    for (size_t i = 0; i < by.n; i++)
        if (!(sealed && role_of_sort(book, by.at[i], "party")) &&
            !is_no_reader(book, by.at[i]) && !may_see(procedure, by.at[i]))
            say(book, step, "'%.*s' takes this step but is not in seen-by", STR_F(by.at[i]));
}

/* 3.1: a role that must be competent is asked for a function; then the act must name it. */
static void function_check(struct book *book, const struct row *step)
{
    const struct row *act = noun(book, KIND_ACT, step->word[0]);
    struct words by = step_by(step);
    for (size_t i = 0; act && i < by.n; i++) {
        const struct row *role = noun(book, KIND_ROLE, by.at[i]);
        if (!role)
            continue;
        EACH_BELOW (when, role, KIND_WHEN) {
            const struct row *guard = noun(book, KIND_GUARD, when->word[0]);
            struct words takes = guard ? words_after(guard, "takes") : (struct words){0};
            if (takes.n && str_is(takes.at[0], "function") && act->words_n < 3)
                say(book, step, "act '%.*s' names no function for '%.*s' of %.*s",
                    STR_F(act->word[0]), STR_F(when->word[0]), STR_F(by.at[i]));
        }
    }
}

static bool asks_field(const struct book *book, const struct row *step, struct str field)
{
    EACH_BELOW (asks, step, KIND_ASKS) {
        const struct row *form = noun(book, KIND_FORM, asks->word[0]);
        for (const struct row *row = form ? form->below : NULL; row; row = row->next)
            if (words_have((struct words){.at = row->word, .n = row->words_n}, field))
                return true;
    }
    return false;
}

/* A guard that reads a field which no step up to here asks for would never be met. */
static void reads_check(struct book *book, const struct row *procedure, const struct row *step)
{
    EACH_BELOW (when, step, KIND_WHEN) {
        const struct row *guard = noun(book, KIND_GUARD, when->word[0]);
        struct words reads = guard ? words_after(guard, "reads") : (struct words){0};
        for (size_t i = 0; i < reads.n; i++) {
            bool asked =
                !noun(book, KIND_FIELD, reads.at[i]) || asks_field(book, step, reads.at[i]);
            EACH_BELOW (other, procedure, KIND_STEP)
                asked = asked ||
                        (asks_field(book, other, reads.at[i]) && precedes(procedure, other, step));
            if (!asked)
                say(book, when, "field '%.*s' is asked by no step up to here", STR_F(reads.at[i]));
        }
    }
}

static void procedure_check(struct book *book, const struct row *procedure)
{
    const struct row *seen = below_first(procedure, KIND_SEEN_BY),
                     *title = below_first(procedure, KIND_TITLE);
    const struct row *sealed = below_first(procedure, KIND_SEALED);
    if (!seen || !title || below_next(title))
        say(book, procedure, "one title and one seen-by are wanted");
    if (sealed && below_next(sealed))
        say(book, below_next(sealed), "'sealed' twice below a procedure");
    EACH_BELOW (step, procedure, KIND_STEP) {
        separation_check(book, procedure, step);
        opened_check(book, procedure, step);
        function_check(book, step);
        reads_check(book, procedure, step);
        clock_check(book, step);
        then_check(book, step);
        if (seen)
            seen_check(book, procedure, step);
    }
    machine_check(book, procedure);
}

static bool is_used(const struct book *book, const struct row *declared)
{
    struct str name = declared->word[0];
    for (size_t i = 0; i < book->rows_n; i++) {
        const struct row *row = book->rows[i];
        size_t from =
            row->kind < KIND_ITEM || row->kind == KIND_STEP; /* a noun's own name is no use */
        if (row->kind == KIND_STEP && declared->kind == KIND_ACT)
            from = 0;
        if (row->kind == KIND_APART && str_is(name, "actor-steps")) /* the judge's own */
            return true;
        if (declared->kind == KIND_FACT && (str_is(name, "today") || str_is(name, "now")))
            return true; /* the judge's own too: whether a step by the clock is due */
        if (row != declared && row->kind != KIND_ITEM &&
            words_have((struct words){.at = row->word + from, .n = row->words_n - from}, name))
            return true;
    }
    return false;
}

static void unused_check(struct book *book)
{
    static const enum kind must[] = {KIND_STATE,    KIND_ACT,    KIND_SUBJECT,
                                     KIND_NUMBER, KIND_DOCUMENT, KIND_NOTICE, KIND_FORM};
    for (size_t k = 0; k < sizeof must / sizeof *must; k++)
        for (size_t i = 1; i < book->nouns_n[must[k]]; i++) {
            const struct row *row = book->nouns[must[k]][i];
            if (!is_used(book, row))
                say(book, row, "%s '%.*s' is never used", shapes[row->kind].name,
                    STR_F(row->word[0]));
        }
}

void book_check(struct book *book)
{
    if (book->nouns_n[KIND_MANUAL] < 2)
        say_at(book, book->rules[0].name, 1, "no manual row names the edition");
    for (size_t i = 1; i < book->nouns_n[KIND_PROCEDURE]; i++)
        procedure_check(book, book->nouns[KIND_PROCEDURE][i]);
    notices_check(book);
    for (size_t i = 1; i < book->nouns_n[KIND_ROLE]; i++)
        stands_check(book, book->nouns[KIND_ROLE][i]);
    unused_check(book);
}
