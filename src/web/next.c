/* next.c: what happens next with a case, when, and why: one sentence for whoever waits.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/case_view.h"

#include "base/banned.h"

static const char *clause_text(const struct visit *visit, const char *id)
{
    const struct rulebook *book = visit->web->book;
    if (str_starts(str_of(id), "A-")) /* the Appendix names the role alone */
        return word(visit->english, "by the table of authority in the Appendix");
    for (size_t i = 1; i < book->clauses_n; i++)
        if (str_is(str_of(id), book->clauses[i].id))
            return visit_text(visit, book->clauses[i].text);
    return "";
}

struct str next_sentence(struct html *html, const struct visit *visit,
                         const struct procedure_row *procedure, int state,
                         const struct pace *pace)
{
    const struct rulebook *book = visit->web->book;
    const struct step_row *next =
        book->states[state].final ? NULL : step_next_in(book, procedure, state);
    if (!next)
        return STR_NONE;
    struct str who = turn_words(visit, state);
    struct str day = day_words(html->arena, html->english, pace->due);
    const char *step = step_words(visit, next), *why = clause_text(visit, next->clause);
    if (day_is_none(pace->due))
        return say(html, "Next, the step “%s” is taken by: %.*s (%s).", step, STR_F(who), why);
    if (pace->late)
        return say(html,
                   "Next, the step “%s” is taken by: %.*s; it was aimed at by %.*s and is late "
                   "(%s).",
                   step, STR_F(who), STR_F(day), why);
    return say(html, "Next, the step “%s” is taken by: %.*s, and is aimed at by %.*s (%s).", step,
               STR_F(who), STR_F(day), why);
}
