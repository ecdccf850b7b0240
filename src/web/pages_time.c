/* pages_time.c: /demo/time: to see time pass in a demonstration.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Whoever is signed in stays so: the sessions are moved on with the clock. */
#include "web/pages_time.h"

#include "desk/demo.h"
#include "store/aside.gen.h"
#include "store/sql.gen.h"
#include "web/pages.gen.h"
#include "web/route.h"

#include "base/banned.h"

enum { SHOWN = 12 };

const struct time_turn time_turns[] = {
    {1, N_("To tomorrow")},
    {7, N_("A week")},
    {30, N_("Thirty days")},
    {365, N_("A year")},
};
const size_t time_turns_n = sizeof time_turns / sizeof *time_turns;

struct fault *time_page(struct visit *visit)
{
    struct row_casework *rows;
    size_t n;
    TRY(sql_clock_next(visit->web->store, visit->arena, SHOWN, &rows, &n));
    bool late = n && rows[0].alarm <= clock_now(visit->web->clock);
    struct html *html =
        visit_page(visit, 200, PLACE_NONE, str_of(word(visit->english, "Let time pass")));
    page_time(html, visit, rows, n, late);
    visit_send(visit);
    return NULL;
}

/* How far: so many days, or to when the clock's next step is due. */
static struct fault *asked(struct visit *visit, int64_t *ms)
{
    struct str days = visit_form(visit, "days");
    struct row_casework *rows;
    size_t n;
    *ms = 0;
    if (str_is(days, "next")) {
        TRY(sql_clock_next(visit->web->store, visit->arena, 1, &rows, &n));
        if (n && rows[0].alarm > clock_now(visit->web->clock))
            *ms = rows[0].alarm - clock_now(visit->web->clock);
        return NULL;
    }
    int64_t asked_days;
    for (size_t i = 0; i < time_turns_n; i++)
        if (str_int(days, &asked_days) && asked_days == time_turns[i].days)
            *ms = asked_days * MS_A_DAY;
    if (*ms)
        return NULL;
    struct fault *fault = FAULT(visit->arena, "field-not-listed", "%.*s", STR_F(days));
    fault->concerns = STR("/days");
    return fault;
}

struct fault *time_post(struct visit *visit)
{
    const struct web *web = visit->web;
    int64_t ms;
    if (!web->clock->turned_ms)
        return FAULT(visit->arena, "no-such-page", "the clock of this server cannot be turned");
    TRY(asked(visit, &ms));
    *web->clock->turned_ms += ms;
    TRY(demo_clock_write(visit->arena, web->data_dir, web->clock));
    TRY(sqlx_sessions_move(web->store, visit->arena, ms));
    TRY(sqlx_signin_links_move(web->store, visit->arena, ms));
    visit_redirect(visit, STR("/demo/time"));
    return NULL;
}
