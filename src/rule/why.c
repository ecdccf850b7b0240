/* why.c: every check of a step in the order of the judge, true or false.
 * SPDX-License-Identifier: Apache-2.0 */
#include "rule/ask.h"

#include "base/banned.h"

struct lines {
    struct why_line *at;
    size_t n, max;
};

static void line_add(struct lines *lines, struct why_line line)
{
    if (lines->n < lines->max)
        lines->at[lines->n++] = line;
}

static void guards_add(struct lines *lines, const struct rulebook *book,
                       const struct step_row *step, struct range whens, const struct facts *facts)
{
    for (size_t i = 0; i < whens.n; i++) {
        const struct use *use = &book->uses[whens.first + i];
        line_add(lines, (struct why_line){.guard = book->guards[use->id].name,
                                          .guard_id = use->id,
                                          .arg = use->arg,
                                          .clause = use->clause,
                                          .holds = ask_guard(book, step, use, facts)});
    }
}

size_t judge_why(const struct rulebook *book, const struct procedure_row *procedure,
                 struct str name, int role, int state, const struct facts *facts,
                 struct why_line *at, size_t lines_max)
{
    struct lines lines = {.at = at, .max = lines_max};
    const struct step_row *step = step_by_name(book, procedure, name);
    if (!step)
        return 0;
    line_add(&lines, (struct why_line){.guard = "authority",
                                       .clause = authority_clause(book, step),
                                       .holds = ask_authority(book, step, role)});
    /* Who holds no role of the step is shown what its first role would have to meet. */
    if (!ask_authority(book, step, role))
        role = step->by.n ? book->ids[step->by.first] : ROLE_NONE;
    guards_add(&lines, book, step, book->roles[role].whens, facts);
    for (size_t i = 0; i < step->aparts.n; i++) {
        const struct apart_row *apart = &book->aparts[step->aparts.first + i];
        line_add(&lines, (struct why_line){.guard = "apart",
                                           .arg = {.word = apart->step},
                                           .clause = apart->clause,
                                           .holds = ask_apart(apart, facts)});
    }
    line_add(&lines, (struct why_line){.guard = "state",
                                       .clause = step->clause,
                                       .holds = ask_state(book, step, state)});
    if (step->at)
        line_add(&lines, (struct why_line){.guard = "due",
                                           .clause = step->at_clause,
                                           .holds = ask_due(book, step, facts)});
    guards_add(&lines, book, step, step->whens, facts);
    return lines.n;
}
