/* pages_case.c: the page of a case: for the body's personnel, and for the applicant.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/json.h"
#include "store/aside.gen.h"
#include "web/case_view.h"
#include "web/pages.gen.h"
#include "web/route.h"

#include "base/banned.h"

/* The refused step that tells most: the next one on the road, else the first that is closed. */
static const struct offer *refused_offer(const struct visit *visit, const struct case_view *view,
                                         struct str asked)
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

/* Whoever looks at the case has met what was said of it. */
static struct fault *see_notices(struct visit *visit, const struct case_view *view)
{
    struct sql_portal_unread_of_case_row *unread;
    TRY(sql_portal_unread_of_case(visit->web->store, visit->arena, view->work->id,
                                  visit->who.person, &unread));
    if (!unread || !unread->n)
        return NULL;
    return sqlx_portal_case_notices_seen(visit->web->store, visit->arena, view->work->id,
                                         visit->who.person, clock_now(visit->web->clock));
}

struct fault *case_page(struct visit *visit)
{
    struct case_view *view;
    TRY(case_view_load(visit, visit->parts[0], &view));
    if (view->draft && view->own) {
        visit_redirect(
            visit, str_print(visit->arena, "/cases/%.*s/draft/contacts", STR_F(view->work->id)));
        return NULL;
    }
    TRY(see_notices(visit, view));
    struct str title = str_print(visit->arena, "%.*s %.*s", STR_F(case_called(view)),
                                 STR_F(case_title(visit, view->work)));
    struct html *html =
        visit_page(visit, 200, visit->staff ? PLACE_CASES : PLACE_APPLICATIONS, title);
    if (view->facility_own && !view->own && !visit->staff) {
        page_request(html, visit, view);
    } else if (view->own && !visit->staff) {
        page_application(html, visit, view);
    } else {
        const struct offer *refused =
            refused_offer(visit, view, request_query(visit->request, "why"));
        struct holders holders;
        TRY(holders_load(visit, view, refused, &holders));
        page_case(html, visit, view, refused, &holders);
    }
    visit_send(visit);
    return NULL;
}

static const struct {
    const char *guard;
    struct text text;
} own_checks[] = {
    /* the four checks of the judge that are no guards of the book */
    {"authority", {"この手順を行う役割に就いている", "Holds a role that takes this step"}},
    {"apart",
     {"先の手順を行った人とは別の人である", "Is another person than who took the earlier step"}},
    {"state", {"案件がこの手順を待つ状態にある", "The case is in a state that awaits this step"}},
    {"due", {"時計がこの手順を行う日時になっている", "The day on which the clock takes this step is come"}},
};

/* What a guard looks at, as facts that hold. */
static struct str facts_words(const struct visit *visit, const struct guard_row *guard)
{
    const struct rulebook *book = visit->web->book;
    struct buf out = buf_new(visit->arena, 2000);
    for (size_t i = 0; i < guard->reads.n; i++) {
        buf_add_z(&out, !i ? "" : visit->english ? "; " : "、");
        buf_add_z(&out, visit_text(visit, book->facts[book->ids[guard->reads.first + i]].text));
    }
    return buf_str(&out);
}

/* A condition that is not met in the words of its refusal, one that is met by the facts it looks
 * at. */
struct str condition_words(const struct visit *visit, const struct why_line *line)
{
    for (size_t i = 0; i < sizeof own_checks / sizeof *own_checks; i++)
        if (strcmp(line->guard, own_checks[i].guard) == 0)
            return str_of(visit_text(visit, own_checks[i].text));
    if (!line->guard_id)
        return str_of(line->guard);
    const struct guard_row *guard = &visit->web->book->guards[line->guard_id];
    struct str facts = facts_words(visit, guard);
    return line->holds && facts.bytes ? facts : str_of(visit_text(visit, guard->text));
}

struct text condition_cure(const struct visit *visit, const struct why_line *line)
{
    return line->guard_id && !line->holds ? visit->web->book->guards[line->guard_id].cure
                                          : (struct text){"", ""};
}

/* Worth a line among the other steps: of the body, and taken in the state the case is in. */
bool offer_is_near(const struct visit *visit, const struct case_view *view,
                   const struct offer *offer)
{
    const struct rulebook *book = visit->web->book;
    const struct step_row *step = offer->step;
    bool here = false;
    for (size_t i = 0; i < step->from.n; i++)
        here = here || book->ids[step->from.first + i] == view->state;
    return here && step->by.n && book->roles[book->ids[step->by.first]].sort != ROLE_SORT_PARTY;
}
