/* inbox.c: whose turn it is, what is late.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/inbox.h"

#include <stdlib.h>

#include "desk/standing.h"
#include "store/sql.gen.h"

#include "base/banned.h"

struct making {
    struct desk *desk;
    struct arena *arena;
    struct standing standing;
    struct inbox *inbox;
    struct inbox_row *rows;
    size_t n, size;
    bool personnel;
    char today[11], soon[11];
};

static bool sees_procedure(const struct standing *standing, const struct procedure_row *procedure)
{
    const struct rulebook *book = standing->book;
    const struct row_thing *appointment;
    for (size_t i = 0; i < procedure->seen_by.n; i++) {
        int role = book->ids[procedure->seen_by.first + i];
        if (book->roles[role].sort != ROLE_SORT_PARTY &&
            standing_holds(standing, role, STR_NONE, &appointment))
            return true;
    }
    return false;
}

static void set_turn(const struct making *making, struct inbox_row *row)
{
    const struct rulebook *book = making->desk->book;
    struct range turn = book->states[row->state].turn;
    const struct row_thing *appointment;
    for (size_t i = 0; i < turn.n; i++) {
        int role = book->ids[turn.first + i];
        if (standing_holds(&making->standing, role, row->work->party, &appointment))
            row->mine = true;
        if (book->roles[role].sort == ROLE_SORT_PARTY)
            row->with_applicant = true;
    }
    struct str due = row->work->due;
    row->late = due.bytes && str_order(due, str_of(making->today)) < 0;
    row->soon = due.bytes && !row->late && str_order(due, str_of(making->soon)) <= 0;
}

static void add_row(struct making *making, const struct row_casework *work, int state)
{
    struct inbox_row row = {.work = work, .state = state};
    set_turn(making, &row);
    making->inbox->open++;
    making->inbox->mine += row.mine;
    making->inbox->late += row.late;
    making->inbox->soon += row.soon;
    making->inbox->with_applicant += row.with_applicant;
    if (making->n == making->size) {
        size_t size = making->size ? making->size * 2 : 64;
        struct inbox_row *more = NEW_ARRAY(making->arena, size, struct inbox_row);
        for (size_t i = 0; i < making->n; i++)
            more[i] = making->rows[i];
        making->rows = more;
        making->size = size;
    }
    making->rows[making->n++] = row;
}

/* What a maker still drafts is not the body's to see (2.1.3-2). */
static struct fault *add_of_personnel(struct making *making)
{
    const struct rulebook *book = making->desk->book;
    int start = state_by_name(book, STR("start"));
    for (size_t s = 1; s < book->states_n; s++) {
        struct row_casework *works;
        size_t n;
        if (book->states[s].final || (int)s == start)
            continue;
        TRY(sql_cases_in_state(making->desk->store, making->arena, str_of(book->states[s].name),
                               &works, &n));
        for (size_t i = 0; i < n; i++) {
            const struct procedure_row *procedure = procedure_by_name(book, works[i].procedure);
            if (procedure && sees_procedure(&making->standing, procedure))
                add_row(making, &works[i], (int)s);
        }
    }
    return NULL;
}

static struct fault *add_of_party(struct making *making, struct str party)
{
    struct row_casework *works;
    size_t n;
    TRY(sql_cases_of_party(making->desk->store, making->arena, party, &works, &n));
    for (size_t i = 0; i < n; i++) {
        int state = state_by_name(making->desk->book, works[i].state);
        if (state && !making->desk->book->states[state].final)
            add_row(making, &works[i], state);
    }
    return NULL;
}

static int row_order(const void *a, const void *b)
{
    const struct inbox_row *one = a, *other = b;
    if (one->mine != other->mine)
        return one->mine ? -1 : 1;
    struct str due = one->work->due, other_due = other->work->due;
    if ((due.bytes == 0) != (other_due.bytes == 0))
        return due.bytes ? -1 : 1;
    int order = str_order(due, other_due);
    if (order == 0)
        order = (one->work->since > other->work->since) - (one->work->since < other->work->since);
    return order ? order : str_order(one->work->id, other->work->id);
}

static struct fault *count_weeks(struct making *making)
{
    const struct rulebook *book = making->desk->book;
    struct day today = making->standing.today;
    struct day monday = day_plus(today, -((day_week(today) + 6) % 7) - 7 * (INBOX_WEEKS - 1));
    struct inbox_week *weeks = making->inbox->weeks;
    struct sql_weeks_received_row *received;
    struct sql_weeks_entered_row *entered;
    size_t n;
    for (int i = 0; i < INBOX_WEEKS; i++)
        weeks[i].monday = day_plus(monday, 7 * i);
    TRY(sql_weeks_received(making->desk->store, making->arena, day_begins(monday), &received, &n));
    for (size_t i = 0; i < n; i++)
        if (received[i].week < INBOX_WEEKS)
            weeks[received[i].week].received = received[i].n;
    for (size_t s = 1; s < book->states_n; s++) {
        if (!book->states[s].final)
            continue;
        TRY(sql_weeks_entered(making->desk->store, making->arena, day_begins(monday),
                              str_of(book->states[s].name), &entered, &n));
        for (size_t i = 0; i < n; i++)
            if (entered[i].week < INBOX_WEEKS)
                weeks[entered[i].week].finished += entered[i].n;
    }
    return NULL;
}

struct fault *desk_inbox(struct desk *desk, struct arena *arena, const struct principal *who,
                         struct inbox *out)
{
    struct making making = {.desk = desk, .arena = arena, .inbox = out};
    struct day today = clock_today(desk->clock);
    *out = (struct inbox){0};
    day_print(today, making.today);
    day_print(day_plus(today, INBOX_SOON_DAYS), making.soon);
    TRY(standing_load(desk->store, arena, desk->book, who->person, STR_NONE, today,
                      &making.standing));
    making.personnel = standing_thing(&making.standing, "appointment", STR_NONE) &&
                       standing_thing(&making.standing, "ethics", STR_NONE);
    if (making.personnel) {
        TRY(add_of_personnel(&making));
        TRY(count_weeks(&making));
    }
    for (size_t i = 0; i < making.standing.parties_n; i++)
        TRY(add_of_party(&making, making.standing.parties[i]->party));
    if (making.n)
        qsort(making.rows, making.n, sizeof *making.rows, row_order);
    out->rows = making.rows;
    out->n = making.n < INBOX_ROWS_MAX ? making.n : INBOX_ROWS_MAX;
    return NULL;
}
