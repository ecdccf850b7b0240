/* holders.c: who holds the role of a step, and whether each of them could take it on this case.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each is asked of the desk as if they stood here: an appointment alone opens nothing (2.1.2-1). */
#include "store/sql.gen.h"
#include "web/case_view.h"

#include "base/banned.h"

static struct fault *ask_for(const struct visit *visit, const struct case_view *view,
                             const struct step_row *step, struct holder *holder)
{
    struct principal who = {.person = holder->person->id};
    struct offer *offers;
    size_t n;
    TRY(desk_offers(visit->web->desk, visit->arena, &who, view->work->id, &offers, &n));
    holder->able = true;
    for (size_t i = 0; i < n; i++) {
        if (offers[i].step != step || offers[i].verdict.kind != VERDICT_FORBIDDEN)
            continue;
        holder->able = false;
        for (size_t k = 0; k < offers[i].lines_n && !holder->missing; k++)
            if (str_is(str_of(offers[i].verdict.guard), offers[i].lines[k].guard))
                holder->missing = &offers[i].lines[k];
    }
    return NULL;
}

struct fault *holders_load(const struct visit *visit, const struct case_view *view,
                           const struct offer *offer, struct holders *out)
{
    const struct rulebook *book = visit->web->book;
    struct row_person *people;
    char day[11];
    *out = (struct holders){0};
    if (!offer || !offer->step->by.n)
        return NULL;
    int office = visit_office(visit, book->ids[offer->step->by.first]);
    TRY(sql_portal_holders(visit->web->store, visit->arena,
                           str_of(book->roles[office].name),
                           day_print(visit->today, day), &people, &out->n));
    out->at = NEW_ARRAY(visit->arena, out->n + 1, struct holder);
    for (size_t i = 0; i < out->n; i++) {
        out->at[i].person = &people[i];
        TRY(ask_for(visit, view, offer->step, &out->at[i]));
        out->able += out->at[i].able;
    }
    return NULL;
}
