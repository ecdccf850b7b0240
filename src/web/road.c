/* road.c: the steps of a case behind it and ahead of it, and its pace against the targets
 * (2.2.1-2).
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/calendar.h"
#include "web/case_view.h"

#include "base/banned.h"

enum { ROAD_MAX = 24, SOON_DAYS = 3 };

bool step_moves(const struct step_row *step)
{
    return step->to != STATE_SAME;
}

/* As the desk has it: hands in, stays, asks nothing. */
bool step_takes_file(const struct rulebook *book, const struct step_row *step)
{
    return step->to == STATE_SAME && !step->form && book->acts[step->act].sort == ACT_FILES;
}

bool case_takes_file(const struct visit *visit, const struct case_view *view)
{
    for (size_t i = 0; i < view->offers_n; i++)
        if (view->offers[i].open && step_takes_file(visit->web->book, view->offers[i].step))
            return true;
    return false;
}

static bool leaves(const struct rulebook *book, const struct step_row *step, int state)
{
    if (!step_moves(step))
        return false;
    for (size_t i = 0; i < step->from.n; i++)
        if (book->ids[step->from.first + i] == state)
            return true;
    return false;
}

/* The road ahead: of the steps that leave a state the rule book names the one that goes on first.
 */
const struct step_row *step_next_in(const struct rulebook *book,
                                    const struct procedure_row *procedure, int state)
{
    for (size_t i = 0; i < procedure->steps.n; i++)
        if (leaves(book, &book->steps[procedure->steps.first + i], state))
            return &book->steps[procedure->steps.first + i];
    return NULL;
}

static struct str roles_of_step(const struct visit *visit, const struct step_row *step)
{
    const struct rulebook *book = visit->web->book;
    struct buf out = buf_new(visit->arena, 1000);
    for (size_t i = 0; i < step->by.n; i++) {
        buf_add_z(&out, !i ? "" : visit->english ? ", " : "、");
        buf_add_z(&out, visit_text(visit, book->roles[book->ids[step->by.first + i]].text));
    }
    return buf_str(&out);
}

static bool moved(const struct sql_portal_case_steps_row *row)
{
    return row->step.bytes && !str_eq(row->from_state, row->to_state);
}

/* Makers see under which role the body acted; its personnel see who did. */
static struct str shown_actor(const struct visit *visit,
                              const struct sql_portal_case_steps_row *row)
{
    int role = role_by_name(visit->web->book, row->role);
    bool party = role && visit->web->book->roles[role].sort == ROLE_SORT_PARTY;
    return visit->staff || party ? visit_pick(visit, row->name_ja, row->name_en)
                                 : role_words(visit, row->role);
}

void case_view_lay_road(const struct visit *visit, struct case_view *view)
{
    const struct rulebook *book = visit->web->book;
    view->road = NEW_ARRAY(visit->arena, view->steps_n + ROAD_MAX, struct road_step);
    for (size_t i = 0; i < view->steps_n; i++) {
        const struct sql_portal_case_steps_row *row = &view->steps[i];
        if (moved(row))
            view->road[view->road_n++] =
                (struct road_step){.when = ROAD_DONE,
                                   .step = step_by_name(book, view->procedure, row->step),
                                   .at = row->at,
                                   .who = shown_actor(visit, row),
                                   .clause = str_z(visit->arena, row->clause)};
    }
    int state = view->state, passed[ROAD_MAX];
    for (size_t ahead = 0; ahead < ROAD_MAX && !book->states[state].final; ahead++) {
        const struct step_row *step = step_next_in(book, view->procedure, state);
        bool again = false;
        for (size_t i = 0; i < ahead; i++)
            again = again || passed[i] == state;
        if (!step || again) /* a road that comes back to itself is told once */
            break;
        passed[ahead] = state;
        view->road[view->road_n++] = (struct road_step){.when = ahead ? ROAD_AHEAD : ROAD_HERE,
                                                        .step = step,
                                                        .who = roles_of_step(visit, step),
                                                        .clause = step->clause};
        state = step->to;
    }
}

struct pace pace_between(const struct day *holidays, size_t holidays_n, struct day since,
                         struct day due, struct day today)
{
    struct calendar calendar = {holidays, holidays_n};
    struct pace pace = {.due = due, .spent = calendar_between(&calendar, since, today)};
    if (day_is_none(due))
        return pace;
    pace.target = calendar_between(&calendar, since, due);
    pace.late = today.n > due.n;
    pace.over = pace.late ? calendar_between(&calendar, due, today)
                          : -calendar_between(&calendar, today, due);
    pace.soon = !pace.late && -pace.over <= SOON_DAYS;
    return pace;
}

struct fault *pace_of(struct visit *visit, int64_t since, struct str due, struct pace *out)
{
    char first[11], last[11];
    struct day begins = day_of_instant(since), ends;
    struct sql_holidays_between_row *rows;
    size_t n;
    if (!day_parse(due, &ends))
        ends = DAY_NONE;
    struct day until = !day_is_none(ends) && ends.n > visit->today.n ? ends : visit->today;
    TRY(sql_holidays_between(visit->web->store, visit->arena, day_print(begins, first),
                             day_print(until, last), &rows, &n));
    struct day *holidays = NEW_ARRAY(visit->arena, n + 1, struct day);
    for (size_t i = 0; i < n; i++)
        if (!day_parse(rows[i].day, &holidays[i]))
            return FAULT(visit->arena, "broken-database", "holiday %.*s", STR_F(rows[i].day));
    *out = pace_between(holidays, n, begins, ends, visit->today);
    return NULL;
}

struct str pace_words(struct html *html, const struct pace *pace)
{
    if (pace->target)
        return say(html, "day %d of %d", (int)pace->spent, (int)pace->target);
    return say(html, "day %d", (int)pace->spent);
}

struct str pace_rest_words(struct html *html, const struct pace *pace)
{
    if (day_is_none(pace->due))
        return str_of(word(html->english, "no target"));
    if (pace->late)
        return say(html, "days over: %d", (int)pace->over);
    if (!pace->over)
        return str_of(word(html->english, "due today"));
    return say(html, "days left: %d", (int)-pace->over);
}
