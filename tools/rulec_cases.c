/* rulec_cases.c: the cases beside the rules: in the book's words, no step and no guard left out.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Every step has a case that allows it and one that its authority refuses; every `when` and `apart`
 * row of a step, and every `when` row of a role that takes steps, has a case that it refuses. What
 * the cases say is put before the judge by the tests: this compiler comes before the judge is
 * built. */
#include "rule/cases.h"

#include "rulec.h"

#include "base/banned.h"

struct seen_case {
    struct case_line line;
    const char *file;
};

struct seen {
    struct seen_case *at;
    size_t n;
};

enum { CASES_MAX = 8192 };

static void facts_link(struct book *book, const struct seen_case *seen, struct str facts)
{
    struct str fact, value;
    while (case_fact_next(&facts, &fact)) {
        struct str name = str_cut(fact, '=', &value);
        const struct row *field = noun(book, KIND_FIELD, name);
        bool known = noun(book, KIND_FACT, name) || (field && fact_kind_of_field(field->word[1]));
        if (!known)
            say_at(book, seen->file, seen->line.line, "no such fact '%.*s'", STR_F(name));
    }
}

static void case_link(struct book *book, const struct seen_case *seen)
{
    const struct case_line *line = &seen->line;
    const struct row *procedure = noun(book, KIND_PROCEDURE, line->procedure);
    if (!procedure)
        say_at(book, seen->file, line->line, "no such procedure '%.*s'", STR_F(line->procedure));
    else if (line->allowed && !step_named(procedure, line->step))
        say_at(book, seen->file, line->line, "no such step '%.*s'", STR_F(line->step));
    if (!str_is(line->role, "none") && !noun(book, KIND_ROLE, line->role))
        say_at(book, seen->file, line->line, "no such role '%.*s'", STR_F(line->role));
    if (!noun(book, KIND_STATE, line->state))
        say_at(book, seen->file, line->line, "no such state '%.*s'", STR_F(line->state));
    if (line->allowed && !noun(book, KIND_STATE, line->to))
        say_at(book, seen->file, line->line, "no such state '%.*s'", STR_F(line->to));
    if (!line->allowed && !is_clause(book, line->clause))
        say_at(book, seen->file, line->line, "no such clause '%.*s'", STR_F(line->clause));
    for (size_t i = 0; i < line->given_n; i++)
        facts_link(book, seen, line->given[i]);
    facts_link(book, seen, line->facts);
}

static struct seen cases_read(struct book *book)
{
    struct seen seen = {.at = NEW_ARRAY(book->arena, CASES_MAX, struct seen_case)};
    for (size_t f = 0; f < book->cases_n; f++) {
        struct case_reader reader = case_reader_of(book->cases[f].text);
        enum case_read read;
        while ((read = case_next(&reader)) == CASE_LINE && seen.n < CASES_MAX) {
            seen.at[seen.n] = (struct seen_case){.line = reader.now, .file = book->cases[f].name};
            case_link(book, &seen.at[seen.n++]);
        }
        if (read != CASE_END)
            say_at(book, book->cases[f].name, reader.now.line,
                   "a case like this is wanted: "
                   "PROCEDURE STEP ROLE STATE [FACT…] -> STATE [DAY] | refused CLAUSE [GUARD]");
    }
    return seen;
}

/* A case of the step refused by that guard (NULL: allowed); role and clause may be left open. */
static bool has_case(const struct seen *seen, struct str procedure, const struct row *step,
                     const char *guard, struct str role, struct str clause)
{
    for (size_t i = 0; i < seen->n; i++) {
        const struct case_line *line = &seen->at[i].line;
        if ((procedure.bytes && !str_eq(line->procedure, procedure)) ||
            (step && !str_eq(line->step, step->word[0])) || line->allowed != !guard)
            continue;
        if ((!guard || str_is(line->guard, guard)) && (!role.bytes || str_eq(line->role, role)) &&
            (!clause.bytes || str_eq(line->clause, clause)))
            return true;
    }
    return false;
}

static void step_covered(struct book *book, const struct seen *seen, struct str procedure,
                         const struct row *step)
{
    if (!has_case(seen, procedure, step, NULL, STR_NONE, STR_NONE))
        say(book, step, "step '%.*s' has no case that allows it", STR_F(step->word[0]));
    if (!has_case(seen, procedure, step, "authority", STR_NONE, STR_NONE))
        say(book, step, "step '%.*s' has no case refused for want of authority",
            STR_F(step->word[0]));
    if (!has_case(seen, procedure, step, "state", STR_NONE, STR_NONE))
        say(book, step, "step '%.*s' has no case refused by the state", STR_F(step->word[0]));
    EACH_BELOW (at, step, KIND_AT)
        if (!has_case(seen, procedure, step, "due", STR_NONE, at->clause))
            say(book, at, "step '%.*s' has no case refused as not due", STR_F(step->word[0]));
    EACH_BELOW (when, step, KIND_WHEN)
        if (!has_case(seen, procedure, step, str_z(book->arena, when->word[0]), STR_NONE,
                      when->clause))
            say(book, when, "guard '%.*s' has no case that it refuses at '%.*s'",
                STR_F(when->word[0]), STR_F(step->word[0]));
    EACH_BELOW (apart, step, KIND_APART)
        if (!has_case(seen, procedure, step, "apart", STR_NONE, apart->clause))
            say(book, apart, "'apart' has no case that it refuses at '%.*s'", STR_F(step->word[0]));
}

static bool takes_steps(const struct book *book, struct str role)
{
    for (size_t i = 1; i < book->nouns_n[KIND_STEP]; i++)
        if (words_have(step_by(book->nouns[KIND_STEP][i]), role))
            return true;
    return false;
}

void cases_check(struct book *book)
{
    struct seen seen = cases_read(book);
    for (size_t i = 1; i < book->nouns_n[KIND_STEP]; i++) {
        const struct row *step = book->nouns[KIND_STEP][i];
        if (step->above)
            step_covered(book, &seen, step->above->word[0], step);
    }
    for (size_t i = 1; i < book->nouns_n[KIND_ROLE]; i++) {
        const struct row *role = book->nouns[KIND_ROLE][i];
        EACH_BELOW (when, role, KIND_WHEN)
            if (takes_steps(book, role->word[0]) &&
                !has_case(&seen, STR_NONE, NULL, str_z(book->arena, when->word[0]), role->word[0],
                          when->clause))
                say(book, when, "guard '%.*s' has no case that it refuses to %.*s",
                    STR_F(when->word[0]), STR_F(role->word[0]));
    }
}
