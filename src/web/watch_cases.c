/* watch_cases.c: cases under way, counted by a word that they hold and by their age, and listed.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What they hold may be sealed: whoever may not list such cases gets no count of them, not even
 * none. A count names no case, so it is not recorded; a list does, so to have looked is (6.5-6). */
#include <stdlib.h>

#include "web/pages.gen.h"
#include "web/pages_lists.h"
#include "web/pages_watch.h"
#include "web/route.h"

#include "base/banned.h"

enum { COUNTED_MAX = 20000, YOUNG_DAYS = 30, OLD_DAYS = 90 };

/* Key of the row of those that hold no word yet. */
static const char no_word[] = "none";

int64_t watch_age(const struct visit *visit, int64_t opened)
{
    return visit->today.n - day_of_instant(opened).n;
}

size_t watch_age_part(int64_t days)
{
    return days <= YOUNG_DAYS ? 0 : days <= OLD_DAYS ? 1 : 2;
}

struct str watch_age_words(bool english, size_t part)
{
    static const char *const words[WATCH_PARTS_MAX] = {N_("up to 30 days"), N_("31 to 90 days"),
                                                       N_("more than 90 days")};
    return part < WATCH_PARTS_MAX ? str_of(word(english, words[part])) : STR_NONE;
}

/* ---- all of a procedure */

static bool has_state(const struct rulebook *book, const struct procedure_row *procedure, int state)
{
    for (size_t i = 0; i < procedure->steps.n; i++)
        if (book->steps[procedure->steps.first + i].to == state)
            return true;
    return false;
}

/* The field holds a JSON string; the words of a list are plain. */
static struct str word_of(struct str json)
{
    return json.bytes > 2 ? (struct str){json.at + 1, json.bytes - 2} : STR_NONE;
}

static int older_first(const void *a, const void *b)
{
    const struct watch_case *x = a, *y = b;
    if (x->days != y->days)
        return x->days > y->days ? -1 : 1;
    return str_order(x->id, y->id);
}

static struct fault *load_state(struct visit *visit, const char *procedure, const char *state,
                                const char *field, struct watch_cases *out)
{
    struct sql_watch_counted_row *rows;
    size_t n;
    TRY(sql_watch_counted(visit->web->store, visit->arena, str_of(procedure), str_of(state),
                          str_of(field), COUNTED_MAX, &rows, &n));
    struct watch_case *all = NEW_ARRAY(visit->arena, out->n + n + 1, struct watch_case);
    for (size_t i = 0; i < out->n; i++)
        all[i] = out->at[i];
    for (size_t i = 0; i < n; i++)
        all[out->n + i] = (struct watch_case){
            rows[i].id, watch_age(visit, rows[i].opened), word_of(rows[i].value)};
    out->at = all;
    out->n += n;
    out->cut = out->cut || n == COUNTED_MAX;
    return NULL;
}

struct fault *watch_cases_load(struct visit *visit, const char *procedure, const char *field,
                               struct watch_cases *out)
{
    const struct rulebook *book = visit->web->book;
    const struct procedure_row *row = procedure_by_name(book, str_of(procedure));
    bool may = false;
    TRY(may_list(visit, str_of(procedure), &may));
    for (size_t i = 1; may && i < book->states_n; i++)
        if (i != STATE_START && !book->states[i].final && has_state(book, row, (int)i))
            TRY(load_state(visit, procedure, book->states[i].name, field, out));
    if (out->n)
        qsort(out->at, out->n, sizeof *out->at, older_first);
    return NULL;
}

/* ---- as charts */

static int64_t count_old(const struct watch_cases *cases)
{
    int64_t n = 0;
    for (size_t i = 0; i < cases->n; i++)
        n += watch_age_part(cases->at[i].days) == WATCH_PARTS_MAX - 1;
    return n;
}

static void conclude_causes(struct html *html, const struct watch_cases *cases,
                            struct watch_chart *out)
{
    out->conclusion = say(html, "Surveillances under way: %d. Older than 90 days: %d.",
                          (int)cases->n, (int)count_old(cases));
}

static void conclude_importance(struct html *html, const struct watch_cases *cases,
                                struct watch_chart *out)
{
    int serious = 0;
    for (size_t i = 0; i < cases->n; i++)
        serious += str_is(cases->at[i].word, "serious");
    out->conclusion =
        say(html, "Vulnerabilities under way: %d. Serious: %d. Older than 90 days: %d.",
            (int)cases->n, serious, (int)count_old(cases));
}

static const struct case_chart charts[] = {
    {"causes", N_("Surveillance by cause and age"), "surveillance", "surveillance-cause",
     "surveillance-cause", N_("Cause"), N_("not stated"), conclude_causes},
    {"importance", N_("Vulnerabilities by importance and age"), "vulnerability", "importance",
     "importance", N_("Importance"), N_("not assessed yet"), conclude_importance},
};

const struct case_chart *watch_case_chart(struct str id)
{
    for (size_t i = 0; i < sizeof charts / sizeof *charts; i++)
        if (str_is(id, charts[i].id))
            return &charts[i];
    return NULL;
}

/* The rows there can be: the items of the list, which stand with the gravest last and here first,
 * and what holds none of them. */
static void lay_rows(const struct visit *visit, const struct case_chart *chart,
                     struct watch_chart *out)
{
    const struct rulebook *book = visit->web->book;
    out->rows_n = 0;
    for (size_t i = 0; i < book->lists_n; i++) {
        struct range items = book->lists[i].items;
        for (size_t k = items.n; str_is(str_of(chart->list), book->lists[i].name) && k-- > 0;) {
            const struct item_row *item = &book->items[items.first + k];
            if (out->rows_n + 1 < WATCH_ROWS_MAX)
                out->rows[out->rows_n++] = (struct watch_row){
                    .key = str_of(item->name), .name = str_of(visit_text(visit, item->text))};
        }
    }
    out->rows[out->rows_n++] = (struct watch_row){
        .key = str_of(no_word), .name = str_of(word(visit->english, chart->none))};
}

static size_t row_of(const struct watch_chart *chart, struct str key)
{
    size_t r = 0;
    while (r + 1 < chart->rows_n && !str_eq(chart->rows[r].key, key))
        r++;
    return r;
}

static void count_rows(const struct watch_cases *cases, struct watch_chart *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < cases->n; i++)
        out->rows[row_of(out, cases->at[i].word)].n[watch_age_part(cases->at[i].days)]++;
    for (size_t r = 0; r < out->rows_n; r++)
        if (out->rows[r].n[0] + out->rows[r].n[1] + out->rows[r].n[2])
            out->rows[kept++] = out->rows[r];
    out->rows_n = kept;
}

struct fault *watch_case_chart_fill(struct visit *visit, const char *id, struct watch_chart *out)
{
    const struct case_chart *chart = watch_case_chart(str_of(id));
    struct watch_cases cases = {0};
    bool may = false;
    TRY(may_list(visit, str_of(chart->procedure), &may));
    TRY(watch_cases_load(visit, chart->procedure, chart->field, &cases));
    *out = (struct watch_chart){.id = chart->id, .title = chart->title, .hidden = !may,
                                .row_head = str_of(word(visit->english, chart->row_head)),
                                .parts_n = WATCH_PARTS_MAX, .list_has_parts = true,
                                .list = str_print(visit->arena, "/watch/%s?row=", id).at};
    for (size_t i = 0; i < out->parts_n; i++)
        out->parts[i] = watch_age_words(visit->english, i);
    lay_rows(visit, chart, out);
    count_rows(&cases, out);
    chart->conclude(&visit->html, &cases, out);
    if (cases.cut)
        out->conclusion =
            str_print(visit->arena, "%.*s %s", STR_F(out->conclusion),
                      word(visit->english,
                           "There are more; the oldest of each state are counted."));
    return NULL;
}

/* ---- as a list */

static struct fault *list_one(struct visit *visit, const struct watch_case *one,
                              struct watch_listed *out)
{
    struct store *store = visit->web->store;
    struct row_label *label = NULL;
    TRY(sql_case_by_id(store, visit->arena, one->id, &out->work));
    if (!out->work)
        return FAULT(visit->arena, "broken-database", "no case %.*s", STR_F(one->id));
    out->days = one->days;
    struct str maker = out->work->registrant;
    if (!maker.bytes && out->work->label.bytes)
        TRY(sql_label_by_number(store, visit->arena, out->work->label, &label));
    return sql_party_by_id(store, visit->arena, label ? label->party : maker, &out->maker);
}

struct fault *watch_list_fill(struct visit *visit, const struct watch_cases *cases,
                              struct watch_list *out)
{
    out->all = cases->n;
    out->n = cases->n < WATCH_LISTED_MAX ? cases->n : WATCH_LISTED_MAX;
    out->at = NEW_ARRAY(visit->arena, out->n + 1, struct watch_listed);
    for (size_t i = 0; i < out->n; i++)
        TRY(list_one(visit, &cases->at[i], &out->at[i]));
    return NULL;
}

/* Those of a row and a part, as the address has them. */
static void keep_asked(struct visit *visit, const struct case_chart *chart,
                       struct watch_cases *cases, struct watch_list *out)
{
    struct watch_chart rows;
    struct str key = request_query(visit->request, "row");
    int64_t part = -1;
    size_t kept = 0;
    lay_rows(visit, chart, &rows);
    size_t row = key.bytes ? row_of(&rows, key) : rows.rows_n;
    if (!str_int(request_query(visit->request, "part"), &part) || part >= WATCH_PARTS_MAX)
        part = -1;
    out->part = part < 0 ? STR_NONE : watch_age_words(visit->english, (size_t)part);
    out->row = key.bytes ? rows.rows[row].name : STR_NONE;
    for (size_t i = 0; i < cases->n; i++)
        if ((!key.bytes || row_of(&rows, cases->at[i].word) == row) &&
            (part < 0 || watch_age_part(cases->at[i].days) == (size_t)part))
            cases->at[kept++] = cases->at[i];
    cases->n = kept;
}

/* A list tells what its cases hold: who is shown one has read it. */
static struct fault *record_reading(struct visit *visit, const struct watch_list *list)
{
    struct str ids[WATCH_LISTED_MAX];
    for (size_t i = 0; i < list->n; i++)
        ids[i] = list->at[i].work->id;
    return desk_read_cases(visit->web->desk, visit->arena, &visit->who, ids, list->n);
}

struct fault *watch_cases_page(struct visit *visit)
{
    const struct case_chart *chart = watch_case_chart(visit->parts[0]);
    struct watch_cases cases = {0};
    struct watch_list list = {.sealed = true};
    bool may = false;
    if (chart)
        TRY(may_list(visit, str_of(chart->procedure), &may));
    if (!may)
        return FAULT(visit->arena, "no-such-page", "%.*s", STR_F(visit->parts[0]));
    TRY(watch_cases_load(visit, chart->procedure, chart->field, &cases));
    list.chart = chart->title;
    keep_asked(visit, chart, &cases, &list);
    TRY(watch_list_fill(visit, &cases, &list));
    TRY(record_reading(visit, &list));
    struct html *html =
        visit_page(visit, 200, PLACE_WATCH, str_of(word(visit->english, chart->title)));
    page_watch_cases(html, visit, &list);
    visit_send(visit);
    return NULL;
}
