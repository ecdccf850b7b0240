/* pages_inbox.c: whose turn it is and what is late (2.2.1-2).
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "web/pages.gen.h"
#include "web/pages_lists.h"
#include "web/route.h"

#include "base/banned.h"

enum { IN_A_STATE_MAX = 200, RECENT_MAX = 8, DAYS_BACK = 800, DAYS_AHEAD = 400, ROWS_MAX = 4000 };
static const int64_t week_ms = 7 * (int64_t)MS_A_DAY;

struct holidays {
    struct day *at;
    size_t n;
};

static struct fault *load_holidays(struct visit *visit, struct holidays *out)
{
    char first[11], last[11];
    struct sql_holidays_between_row *rows;
    TRY(sql_holidays_between(visit->web->store, visit->arena,
                             day_print(day_plus(visit->today, -DAYS_BACK), first),
                             day_print(day_plus(visit->today, DAYS_AHEAD), last), &rows, &out->n));
    out->at = NEW_ARRAY(visit->arena, out->n + 1, struct day);
    for (size_t i = 0; i < out->n; i++)
        if (!day_parse(rows[i].day, &out->at[i]))
            return FAULT(visit->arena, "broken-database", "holiday %.*s", STR_F(rows[i].day));
    return NULL;
}

static bool turn_is_a_party(const struct rulebook *book, int state)
{
    struct range turn = book->states[state].turn;
    for (size_t i = 0; i < turn.n; i++)
        if (book->roles[book->ids[turn.first + i]].sort == ROLE_SORT_PARTY ||
            book->roles[book->ids[turn.first + i]].sort == ROLE_SORT_OUTSIDE)
            return true;
    return false;
}

/* What waits for the clock waits for nobody. */
static bool turn_is_a_machine(const struct rulebook *book, int state)
{
    struct range turn = book->states[state].turn;
    for (size_t i = 0; i < turn.n; i++)
        if (book->roles[book->ids[turn.first + i]].sort != ROLE_SORT_MACHINE)
            return false;
    return turn.n > 0;
}

static void add_row(const struct visit *visit, struct inbox *inbox,
                    const struct sql_portal_queue_row *work, const struct holidays *holidays)
{
    const struct rulebook *book = visit->web->book;
    struct queue_row *row = &inbox->rows[inbox->n];
    struct day due;
    *row = (struct queue_row){.work = work,
                              .state = state_by_name(book, work->state),
                              .procedure = procedure_by_name(book, work->procedure)};
    if (!row->procedure || inbox->n + 1 >= ROWS_MAX)
        return;
    inbox->n++;
    if (!day_parse(work->due, &due))
        due = DAY_NONE;
    row->next = step_next_in(book, row->procedure, row->state);
    row->pace =
        pace_between(holidays->at, holidays->n, day_of_instant(work->since), due, visit->today);
    row->mine = turn_is_of(visit, row->state);
    row->waiting = turn_is_a_party(book, row->state);
}

static struct fault *load_rows(struct visit *visit, struct inbox *inbox)
{
    const struct rulebook *book = visit->web->book;
    struct holidays holidays;
    TRY(load_holidays(visit, &holidays));
    inbox->rows = NEW_ARRAY(visit->arena, ROWS_MAX, struct queue_row);
    for (size_t state = 1; state < book->states_n; state++) {
        struct sql_portal_queue_row *rows;
        size_t n;
        bool may = false;
        if (book->states[state].final || !book->states[state].turn.n || state == STATE_START ||
            turn_is_a_machine(book, (int)state))
            continue;
        TRY(sql_portal_queue(visit->web->store, visit->arena, str_of(book->states[state].name),
                             IN_A_STATE_MAX, &rows, &n));
        for (size_t i = 0; i < n; i++) {
            if (!i || !str_eq(rows[i].procedure, rows[i - 1].procedure))
                TRY(may_list(visit, rows[i].procedure, &may));
            if (may)
                add_row(visit, inbox, &rows[i], &holidays);
        }
    }
    return NULL;
}

/* Late first, then the nearest target, then the longest in hand. */
static int by_urgency(const void *a, const void *b)
{
    const struct pace *p = &((const struct queue_row *)a)->pace,
                      *q = &((const struct queue_row *)b)->pace;
    int32_t p_due = day_is_none(p->due) ? INT32_MAX : p->due.n,
            q_due = day_is_none(q->due) ? INT32_MAX : q->due.n;
    if (p_due != q_due)
        return p_due < q_due ? -1 : 1;
    return (p->spent < q->spent) - (p->spent > q->spent);
}

static void count_tiles(const struct visit *visit, struct inbox *inbox)
{
    for (size_t i = 0; i < inbox->n; i++) {
        const struct queue_row *row = &inbox->rows[i];
        inbox->mine += row->mine;
        inbox->mine_today += row->mine && day_of_instant(row->work->since).n == visit->today.n;
        inbox->late += row->pace.late;
        inbox->soon += row->pace.soon;
        inbox->mine_soon += row->pace.soon && row->mine;
        inbox->waiting += row->waiting;
        if (row->pace.late && row->pace.over > inbox->most_over)
            inbox->most_over = row->pace.over;
        int64_t age = row->pace.spent <= 5 ? 0 : (row->pace.spent - 1) / 5;
        inbox->ages[age < AGES_N ? age : AGES_N - 1]++;
        inbox->old += row->pace.spent > 15;
    }
}

static struct fault *count_weeks(struct visit *visit, struct inbox *inbox)
{
    const struct rulebook *book = visit->web->book;
    struct sql_portal_weeks_row *rows;
    size_t n;
    int monday = (day_week(visit->today) + 6) % 7;
    inbox->first_week = day_plus(visit->today, -monday - 7 * (WEEKS_N - 1));
    int64_t since = day_begins(inbox->first_week);
    TRY(sql_portal_weeks(visit->web->store, visit->arena, since, week_ms, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        int to = state_by_name(book, rows[i].to_state);
        if (rows[i].week < 0 || rows[i].week >= WEEKS_N)
            continue;
        if (str_is(rows[i].step, "file"))
            inbox->received[rows[i].week] += rows[i].n;
        if (to && to != STATE_SAME && book->states[to].final)
            inbox->completed[rows[i].week] += rows[i].n;
    }
    return NULL;
}

bool inbox_shows(const struct inbox *inbox, const struct queue_row *row)
{
    struct str filter = str_of(inbox->filter);
    return str_is(filter, "mine")      ? row->mine
           : str_is(filter, "late")    ? row->pace.late
           : str_is(filter, "soon")    ? row->pace.soon
           : str_is(filter, "waiting") ? row->waiting
                                       : true;
}

struct fault *inbox_page(struct visit *visit)
{
    char day[11];
    struct inbox *inbox = NEW(visit->arena, struct inbox);
    inbox->filter = str_z(visit->arena, request_query(visit->request, "show"));
    TRY(load_rows(visit, inbox));
    qsort(inbox->rows, inbox->n, sizeof *inbox->rows, by_urgency);
    count_tiles(visit, inbox);
    TRY(count_weeks(visit, inbox));
    TRY(sql_portal_recent_steps(visit->web->store, visit->arena, visit->who.person, RECENT_MAX,
                                &inbox->recent, &inbox->recent_n));
    TRY(sql_portal_things(visit->web->store, visit->arena, visit->who.person,
                          day_print(visit->today, day), &inbox->things, &inbox->things_n));
    struct html *html = visit_page(visit, 200, PLACE_INBOX, str_of(word(visit->english, "Inbox")));
    page_inbox(html, visit, inbox);
    visit_send(visit);
    return NULL;
}
