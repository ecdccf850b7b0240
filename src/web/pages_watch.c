/* pages_watch.c: what is watched over: surveillance by cause and age, labels that end soon, and
 * what is under way. SPDX-License-Identifier: Apache-2.0 */
#include "web/pages_watch.h"

#include "base/hash.h"
#include "web/pages.gen.h"
#include "web/pages_lists.h"
#include "web/pages_renewal.h"
#include "web/route.h"

#include "base/banned.h"

enum { CASES_MAX = 500, MONTHS = 12, YOUNG_DAYS = 30, OLD_DAYS = 90 };

int64_t watch_age(const struct visit *visit, int64_t opened)
{
    return visit->today.n - day_of_instant(opened).n;
}

struct str watch_item(const struct visit *visit, const char *list, struct str value)
{
    const struct rulebook *book = visit->web->book;
    for (size_t i = 0; i < book->lists_n; i++) {
        const struct list_row *row = &book->lists[i];
        for (size_t k = 0; str_is(str_of(list), row->name) && k < row->items.n; k++) {
            const struct item_row *item = &book->items[row->items.first + k];
            if (str_is(value, item->name))
                return str_of(visit_text(visit, item->text));
        }
    }
    return value;
}

/* ---- surveillance by cause and age */

/* The field holds a JSON string; its items are plain words. */
static struct str cause_of(const struct sql_watch_cases_row *row)
{
    struct str text = row->cause;
    return text.bytes > 2 ? (struct str){text.at + 1, text.bytes - 2} : STR_NONE;
}

static void add_cause(struct visit *visit, struct watch_chart *chart, struct str cause, size_t part)
{
    struct str name = watch_item(visit, "surveillance-cause", cause);
    size_t i = 0;
    while (i < chart->rows_n && !str_eq(chart->rows[i].name, name))
        i++;
    if (i == WATCH_ROWS_MAX)
        return;
    if (i == chart->rows_n)
        chart->rows[chart->rows_n++].name = name;
    chart->rows[i].n[part]++;
}

static struct fault *chart_causes(struct visit *visit, const struct watch_view *view,
                                  struct watch_chart *chart)
{
    int64_t all = 0, old = 0;
    chart->row_head = str_of(word(visit->english, "Cause"));
    chart->parts[0] = str_of(word(visit->english, "up to 30 days"));
    chart->parts[1] = str_of(word(visit->english, "31 to 90 days"));
    chart->parts[2] = str_of(word(visit->english, "more than 90 days"));
    chart->parts_n = 3;
    for (size_t i = 0; i < view->cases_n; i++) {
        int64_t age = watch_age(visit, view->cases[i].opened);
        if (!str_is(view->cases[i].procedure, "surveillance"))
            continue;
        all++;
        old += age > OLD_DAYS;
        add_cause(visit, chart, cause_of(&view->cases[i]),
                  age <= YOUNG_DAYS ? 0
                  : age <= OLD_DAYS ? 1
                                    : 2);
    }
    chart->conclusion = say(&visit->html, "Surveillances under way: %d. Older than 90 days: %d.",
                            (int)all, (int)old);
    return NULL;
}

/* ---- labels that end */

static struct day month_after(struct day first, int months)
{
    int year, month, date;
    day_civil(first, &year, &month, &date);
    month += months - 1;
    return day_of(year + month / 12, month % 12 + 1, 1);
}

static struct fault *chart_ending(struct visit *visit, const struct watch_view *view,
                                  struct watch_chart *chart)
{
    struct sql_renewal_months_row *rows;
    char from[11], to[11], today[11];
    int year, month, date;
    size_t n;
    int64_t all = 0;
    (void)view;
    day_civil(visit->today, &year, &month, &date);
    struct day first = day_of(year, month, 1);
    TRY(sql_renewal_months(visit->web->store, visit->arena, day_print(first, from),
                           day_print(day_plus(month_after(first, MONTHS), -1), to), STR_NONE,
                           day_print(visit->today, today), &rows, &n));
    chart->row_head = str_of(word(visit->english, "Month"));
    chart->parts[0] = str_of(word(visit->english, "no extension applied for"));
    chart->parts[1] = str_of(word(visit->english, "extension under examination"));
    chart->parts_n = 2;
    for (int i = 0; i < MONTHS; i++) {
        char room[11];
        struct str name =
            str_copy(visit->arena, str_head(day_print(month_after(first, i), room), 7));
        struct watch_row *row = &chart->rows[chart->rows_n++];
        row->name = month_words(&visit->html, name);
        for (size_t r = 0; r < n; r++)
            if (str_eq(rows[r].month, name)) {
                row->n[0] = rows[r].n - rows[r].pending;
                row->n[1] = rows[r].pending;
                all += rows[r].n;
            }
    }
    chart->conclusion = say(&visit->html, "Labels that end within twelve months: %d.", (int)all);
    return NULL;
}

/* ---- the page */

static const struct {
    const char *id, *title;
    struct fault *(*fill)(struct visit *visit, const struct watch_view *view,
                          struct watch_chart *chart);
} charts[] = {
    {"causes", N_("Surveillance by cause and age"), chart_causes},
    {"ending", N_("Labels ending"), chart_ending},
};

static struct fault *load_cases(struct visit *visit, struct watch_view *view)
{
    size_t kept = 0, n;
    bool may = false;
    TRY(sql_watch_cases(visit->web->store, visit->arena, CASES_MAX, &view->cases, &n));
    for (size_t i = 0; i < n; i++) {
        int state = state_by_name(visit->web->book, view->cases[i].state);
        if (!i || !str_eq(view->cases[i].procedure, view->cases[i - 1].procedure))
            TRY(may_list(visit, view->cases[i].procedure, &may));
        if (may && state && !visit->web->book->states[state].final)
            view->cases[kept++] = view->cases[i];
    }
    view->cases_n = kept;
    return NULL;
}

struct fault *watch_page(struct visit *visit)
{
    struct watch_view *view = NEW(visit->arena, struct watch_view);
    struct html *html =
        visit_page(visit, 200, PLACE_WATCH, str_of(word(visit->english, "Watching over labels")));
    TRY(load_cases(visit, view));
    for (size_t i = 0; i < sizeof charts / sizeof *charts; i++) {
        struct watch_chart *chart = view->charts[view->charts_n++] =
            NEW(visit->arena, struct watch_chart);
        chart->id = charts[i].id;
        chart->title = charts[i].title;
        TRY(charts[i].fill(visit, view, chart));
    }
    page_watch(html, visit, view, random_name(visit->arena, 16));
    visit_send(visit);
    return NULL;
}

/* The plan of a sample begins as a draft; its first step comes from the page of the case. */
struct fault *sample_open(struct visit *visit)
{
    struct str id;
    struct case_request request = {.procedure = STR("surveillance-sample"),
                                   .idempotency_key = visit_form(visit, "once"),
                                   .who = &visit->who};
    TRY(desk_open_case(visit->web->desk, visit->arena, &request, &id));
    visit_redirect(visit, str_print(visit->arena, "/cases/%.*s", STR_F(id)));
    return NULL;
}
