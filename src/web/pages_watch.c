/* pages_watch.c: what is watched over: charts, and what is under way.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/pages_watch.h"

#include "base/hash.h"
#include "web/pages.gen.h"
#include "web/pages_renewal.h"
#include "web/route.h"
#include "web/watch_fixes.h"

#include "base/banned.h"

enum { MONTHS = 12 };

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

/* ---- labels that end */

static struct day month_after(struct day first, int months)
{
    int year, month, date;
    day_civil(first, &year, &month, &date);
    month += months - 1;
    return day_of(year + month / 12, month % 12 + 1, 1);
}

static struct fault *chart_ending(struct visit *visit, const char *id, struct watch_chart *chart)
{
    struct sql_renewal_months_row *rows;
    char from[11], to[11], today[11];
    int year, month, date;
    size_t n;
    int64_t all = 0;
    day_civil(visit->today, &year, &month, &date);
    struct day first = day_of(year, month, 1);
    TRY(sql_renewal_months(visit->web->store, visit->arena, day_print(first, from),
                           day_print(day_plus(month_after(first, MONTHS), -1), to), STR_NONE,
                           day_print(visit->today, today), &rows, &n));
    *chart = (struct watch_chart){.id = id, .title = N_("Labels ending"),
                                  .list = "/renewals?month="};
    chart->row_head = str_of(word(visit->english, "Month"));
    chart->parts[0] = str_of(word(visit->english, "no extension applied for"));
    chart->parts[1] = str_of(word(visit->english, "extension under examination"));
    chart->parts_n = 2;
    for (int i = 0; i < MONTHS; i++) {
        char room[11];
        struct str name =
            str_copy(visit->arena, str_head(day_print(month_after(first, i), room), 7));
        struct watch_row *row = &chart->rows[chart->rows_n++];
        row->key = name;
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
    const char *id;
    struct fault *(*fill)(struct visit *visit, const char *id, struct watch_chart *chart);
} charts[] = {
    {"causes", watch_case_chart_fill},
    {"importance", watch_case_chart_fill},
    {"ending", chart_ending},
};

static struct fault *load_under_way(struct visit *visit, struct watch_view *view)
{
    static const char *const procedures[] = {"surveillance", "surveillance-sample", "revocation"};
    struct watch_cases cases = {0};
    for (size_t i = 0; i < sizeof procedures / sizeof *procedures; i++)
        TRY(watch_cases_load(visit, procedures[i], "", &cases));
    return watch_list_fill(visit, &cases, &view->under_way);
}

struct fault *watch_page(struct visit *visit)
{
    struct watch_view *view = NEW(visit->arena, struct watch_view);
    struct watch_fixes *fixes = NEW(visit->arena, struct watch_fixes);
    struct html *html =
        visit_page(visit, 200, PLACE_WATCH, str_of(word(visit->english, "Watching over labels")));
    TRY(load_under_way(visit, view));
    for (size_t i = 0; i < sizeof charts / sizeof *charts; i++) {
        struct watch_chart *chart = NEW(visit->arena, struct watch_chart);
        TRY(charts[i].fill(visit, charts[i].id, chart));
        if (!chart->hidden)
            view->charts[view->charts_n++] = chart;
    }
    TRY(watch_fixes_load(visit, fixes));
    view->fixes = fixes;
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
