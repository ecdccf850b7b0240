/* pages_case.c: the page of a case: for the body's personnel, and for the applicant.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/json.h"
#include "web/case_view.h"
#include "web/pages.gen.h"
#include "web/route.h"

#include "base/banned.h"

/* The refused step that tells most: the next one on the road, else the first that is closed. */
static const struct offer *refused_offer(const struct visit *visit, const struct case_view *view, struct str asked)
{
    const struct step_row *next = step_next_in(visit->web->book, view->procedure, view->state);
    const struct offer *found = NULL;
    for (size_t i = 0; i < view->offers_n; i++) {
        const struct offer *offer = &view->offers[i];
        if (offer->open)
            continue;
        if (asked.bytes && str_is(asked, offer->step->name))
            return offer;
        if (!asked.bytes && offer->step == next)
            found = offer;
    }
    return found;
}

static struct fault *holders_of(struct visit *visit, const struct offer *offer, struct row_person **people, size_t *n)
{
    const struct rulebook *book = visit->web->book;
    char day[11];
    *n = 0;
    if (!offer || !offer->step->by.n)
        return NULL;
    return sql_portal_holders(visit->web->store, visit->arena,
                              str_of(book->roles[book->ids[offer->step->by.first]].name),
                              day_print(visit->today, day), people, n);
}

struct fault *case_page(struct visit *visit)
{
    struct case_view *view;
    TRY(case_view_load(visit, visit->parts[0], &view));
    if (view->draft && view->own) {
        visit_redirect(visit, str_print(visit->arena, "/cases/%.*s/draft/contacts", STR_F(view->work->id)));
        return NULL;
    }
    struct str title = str_print(visit->arena, "%.*s %.*s", STR_F(case_called(view)), STR_F(case_title(visit, view->work)));
    struct html *html = visit_page(visit, 200, visit->staff ? PLACE_CASES : PLACE_APPLICATIONS, title);
    if (view->own && !visit->staff) {
        page_application(html, visit, view);
    } else {
        const struct offer *refused = refused_offer(visit, view, request_query(visit->request, "why"));
        struct row_person *holders = NULL;
        size_t holders_n;
        TRY(holders_of(visit, refused, &holders, &holders_n));
        page_case(html, visit, view, refused, holders, holders_n);
    }
    visit_send(visit);
    return NULL;
}

/* The text of a guard; the three checks that are no guards of the book have words of the portal. */
struct text condition_text(const struct visit *visit, const struct why_line *line)
{
    static const struct {
        const char *guard, *ja, *en;
    } own[] = {
        {"authority", "この手続を行う役割に就いている", "Holds a role that takes this step"},
        {"apart", "先の手続を行った人とは別の人である", "Is another person than who took the earlier step"},
        {"state", "案件がこの手続を待つ状態にある", "The case is in a state that awaits this step"},
    };
    for (size_t i = 0; i < 3; i++)
        if (strcmp(line->guard, own[i].guard) == 0)
            return (struct text){own[i].ja, own[i].en};
    if (line->guard_id)
        return visit->web->book->guards[line->guard_id].text;
    return (struct text){line->guard, line->guard};
}

struct text condition_cure(const struct visit *visit, const struct why_line *line)
{
    return line->guard_id && !line->holds ? visit->web->book->guards[line->guard_id].cure : (struct text){"", ""};
}
