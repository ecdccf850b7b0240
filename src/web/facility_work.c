/* facility_work.c: how a facility's work went over time: findings, returns, days in whose hands.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Whose hands an application is in is the turn of its state, as the rule book has it; a report is
 * handed in when the facility moves the application on, and comes back when the body moves it to
 * the facility again. So every procedure with a facility's part is counted alike. */
#include "base/json.h"
#include "web/facility_view.h"

#include "base/banned.h"

enum { MONTHS_A_QUARTER = 3, QUARTERS_A_YEAR = 4 };

/* One application, while its steps are read. */
struct one {
    struct str id;
    int64_t since; /* when its present state began */
    int state;
    int64_t last_report; /* instant, 0 while there is none */
    struct quarter sums;
};

static bool turn_has(const struct rulebook *book, int state, int role)
{
    struct range turn = book->states[state].turn;
    for (size_t i = 0; i < turn.n; i++)
        if (book->ids[turn.first + i] == role)
            return true;
    return false;
}

static bool turn_of_body(const struct rulebook *book, int state)
{
    struct range turn = book->states[state].turn;
    for (size_t i = 0; i < turn.n; i++) {
        enum role_sort sort = book->roles[book->ids[turn.first + i]].sort;
        if (sort == ROLE_SORT_OFFICE || sort == ROLE_SORT_DELEGATED)
            return true;
    }
    return false;
}

static void pass_time(const struct rulebook *book, struct one *one, int64_t until)
{
    int64_t spent = until - one->since;
    if (one->last_report == 0 && !turn_has(book, one->state, ROLE_EVALUATION_FACILITY))
        return; /* what came before the facility's part is none of its time */
    if (turn_has(book, one->state, ROLE_EVALUATION_FACILITY))
        one->sums.facility_ms += spent;
    else if (turn_of_body(book, one->state))
        one->sums.body_ms += spent;
}

static void take_step_of(const struct rulebook *book, struct one *one,
                         const struct sql_facility_steps_row *row)
{
    int to = state_by_name(book, row->to_state), from = state_by_name(book, row->from_state);
    if (str_is(row->step, "replace-facility")) /* what was before is another facility's */
        *one = (struct one){.id = one->id};
    if (to == from && one->since)
        return;
    if (one->since)
        pass_time(book, one, row->at);
    if (str_is(row->role, "evaluation-facility") && !turn_has(book, to, ROLE_EVALUATION_FACILITY)) {
        one->sums.reports++;
        one->last_report = row->at;
    } else if (one->last_report && turn_of_body(book, from) &&
               turn_has(book, to, ROLE_EVALUATION_FACILITY) && !str_is(row->step, "agree-plan")) {
        one->sums.returns++;
    }
    one->since = row->at;
    one->state = to;
}

/* A quarter as one number, so that quarters can be counted. */
static int quarter_index(struct day day)
{
    char room[11];
    int64_t year = 0, month = 1;
    struct str rest, text = day_print(day, room);
    str_int(str_cut(text, '-', &rest), &year);
    str_int(str_cut(rest, '-', &rest), &month);
    return (int)(year * QUARTERS_A_YEAR + (month - 1) / MONTHS_A_QUARTER);
}

static void add_sums(struct quarter *to, const struct quarter *one)
{
    to->cases++;
    to->reports += one->reports;
    to->findings += one->findings;
    to->returns += one->returns;
    to->facility_ms += one->facility_ms;
    to->body_ms += one->body_ms;
}

/* The quarters end with the present one; older ones than are shown count in the sum of all. */
static void end_case(struct visit *visit, struct one *one, struct work_view *out)
{
    int here = quarter_index(visit->today);
    if (!one->last_report)
        return;
    pass_time(visit->web->book, one, clock_now(visit->web->clock));
    int back = here - quarter_index(day_of_instant(one->last_report));
    add_sums(&out->all, &one->sums);
    if (back >= 0 && back < QUARTERS_MAX)
        add_sums(&out->quarters[QUARTERS_MAX - 1 - back], &one->sums);
}

static struct fault *add_findings(struct visit *visit, const struct sql_facility_findings_row *rows,
                                  size_t n, struct one *one)
{
    for (size_t i = 0; i < n; i++) {
        json_t *value;
        if (!str_eq(rows[i].case_id, one->id))
            continue;
        TRY(json_read(visit->arena, rows[i].value, &value));
        one->sums.findings += (int64_t)json_array_size(value);
    }
    return NULL;
}

/* Leading quarters in which nothing was are left out, but for the last four. */
static void trim(struct visit *visit, struct work_view *out)
{
    enum { AT_LEAST = 4 };
    int here = quarter_index(visit->today);
    size_t first = 0;
    for (size_t i = 0; i < QUARTERS_MAX; i++) {
        int index = here - (int)(QUARTERS_MAX - 1 - i);
        out->quarters[i].year = index / QUARTERS_A_YEAR;
        out->quarters[i].number = index % QUARTERS_A_YEAR + 1;
    }
    while (first < QUARTERS_MAX - AT_LEAST && !out->quarters[first].cases)
        first++;
    out->n = QUARTERS_MAX - first;
    for (size_t i = 0; i < out->n; i++)
        out->quarters[i] = out->quarters[first + i];
}

struct fault *facility_work_load(struct visit *visit, struct str party, struct work_view *out)
{
    struct sql_facility_steps_row *rows;
    struct sql_facility_findings_row *findings;
    size_t n, findings_n;
    struct one one = {.id = STR_NONE};
    *out = (struct work_view){0};
    TRY(sql_facility_steps(visit->web->store, visit->arena, party, &rows, &n));
    TRY(sql_facility_findings(visit->web->store, visit->arena, party, &findings, &findings_n));
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(rows[i].case_id, one.id)) {
            TRY(add_findings(visit, findings, findings_n, &one));
            end_case(visit, &one, out);
            one = (struct one){.id = rows[i].case_id};
        }
        take_step_of(visit->web->book, &one, &rows[i]);
    }
    TRY(add_findings(visit, findings, findings_n, &one));
    end_case(visit, &one, out);
    trim(visit, out);
    return NULL;
}
