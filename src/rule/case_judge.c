/* case_judge.c: cases put before the judge.
 * SPDX-License-Identifier: Apache-2.0 */
#include "rule/case_judge.h"

#include "base/banned.h"

static bool row_know(const struct rulebook *book, struct str row, struct case_known *out,
                     struct str **room, size_t *room_n, struct str *unknown)
{
    while (case_fact_next(&row, unknown))
        if (!facts_set(book, &out->facts, *unknown, room, room_n))
            return false;
    return true;
}

bool case_know(const struct rulebook *book, const struct case_line *line, struct case_known *out,
               struct str *unknown)
{
    struct str *room = out->room;
    size_t room_n = CASE_WORDS_MAX;
    out->facts = (struct facts){0};
    out->procedure = procedure_by_name(book, line->procedure);
    out->role = role_by_name(book, line->role);
    out->state = state_by_name(book, line->state);
    *unknown = !out->procedure                             ? line->procedure
               : !out->role && !str_is(line->role, "none") ? line->role
               : !out->state                               ? line->state
               /* the judge refuses a step that is none: a slip would pass as a refusal */
               : !step_by_name(book, out->procedure, line->step) ? line->step
                                                                 : STR_NONE;
    if (unknown->bytes)
        return false;
    for (size_t i = 0; i < line->given_n; i++)
        if (!row_know(book, line->given[i], out, &room, &room_n, unknown))
            return false;
    return row_know(book, line->facts, out, &room, &room_n, unknown);
}

struct case_answer case_answer_of(const struct rulebook *book, const struct verdict *verdict)
{
    if (verdict->kind != VERDICT_ALLOWED)
        return (struct case_answer){.clause = str_of(verdict->clause),
                                    .guard = str_of(verdict->guard)};
    return (struct case_answer){
        .allowed = true,
        .to = str_of(book->states[verdict->to].name),
        .expires = day_known(verdict->outcome.expires) ? verdict->outcome.expires : DAY_NONE};
}

bool case_agrees(const struct case_line *line, const struct case_answer *answer)
{
    if (line->allowed != answer->allowed)
        return false;
    if (!line->allowed)
        return str_eq(line->clause, answer->clause) &&
               (!line->guard.bytes || str_eq(line->guard, answer->guard));
    return str_eq(line->to, answer->to) &&
           (day_is_none(line->expires) || line->expires.n == answer->expires.n);
}
