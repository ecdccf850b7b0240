/* pages_matches.c: matches side by side with the labels, several confirmed at once; feeds, when
 * they were read and what came of it: 4.8.3-1.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A match is a sealed case: who looks at the list has read each case on it (6.5-6). What is ticked
 * goes to the pages for several cases at once. */
#include "web/pages_matches.h"

#include <stdlib.h>

#include "base/json.h"
#include "web/pages.gen.h"
#include "web/pages_lists.h"
#include "web/pages_watch.h"
#include "web/route.h"

#include "base/banned.h"

enum { WAITING_MAX = 1000 };

static int64_t rank_of(struct str word)
{
    static const char *const words[] = {"outside", "possible", "likely", "strong"};
    for (int i = 0; i < 4; i++)
        if (str_is(word, words[i]))
            return i;
    return -1;
}

static int better_first(const void *a, const void *b)
{
    const struct match_row *one = a, *two = b;
    if (one->rank != two->rank)
        return one->rank > two->rank ? -1 : 1;
    if (one->score != two->score)
        return one->score > two->score ? -1 : 1;
    return str_order(one->work->id, two->work->id);
}

static struct fault *load_match(struct visit *visit, const struct sql_waiting_cases_row *work,
                                int state, struct match_row *out)
{
    struct store *store = visit->web->store;
    struct row_case_field *fields;
    struct row_label *label;
    size_t n;
    TRY(sql_case_fields(store, visit->arena, work->id, &fields, &n));
    TRY(sql_label_by_number(store, visit->arena, work->label, &label));
    *out = (struct match_row){
        .work = work, .label = label, .values = json_new(visit->arena), .state = state};
    for (size_t i = 0; i < n; i++) {
        json_t *value;
        struct str wrapped = str_print(visit->arena, "[%.*s]", STR_F(fields[i].value));
        TRY(json_read(visit->arena, wrapped, &value));
        json_put_json(out->values, str_z(visit->arena, fields[i].field),
                      json_array_get(value, 0));
    }
    out->rank = rank_of(json_get(out->values, "match-rank"));
    out->score = json_get_int(out->values, "match-score", 0);
    return NULL;
}

/* Who found it not affected does not confirm it (`apart`). */
static struct fault *load_finder(struct visit *visit, struct match_row *row)
{
    struct sql_portal_case_steps_row *steps;
    size_t n;
    if (row->state != STATE_NOT_AFFECTED_FOUND)
        return NULL;
    TRY(sql_portal_case_steps(visit->web->store, visit->arena, row->work->id, &steps, &n));
    for (size_t i = 0; i < n; i++) {
        if (!str_is(steps[i].step, "find-not-affected"))
            continue;
        row->found_by = visit_pick(visit, steps[i].name_ja, steps[i].name_en);
        row->found_here = str_eq(steps[i].person, visit->who.person);
    }
    return NULL;
}

/* Reports of people are no matches: they have pages of their own. */
static struct fault *load_state(struct visit *visit, int state, struct match_view *view)
{
    struct sql_waiting_cases_row *rows;
    struct str ids[MATCHES_SHOWN_MAX];
    size_t n, read = 0, first = view->n;
    TRY(sql_waiting_cases(visit->web->store, visit->arena, STR("vulnerability"),
                          str_of(visit->web->book->states[state].name), WAITING_MAX, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct match_row *row = &view->rows[view->n < MATCHES_SHOWN_MAX ? view->n : 0];
        view->waiting++;
        if (view->n == MATCHES_SHOWN_MAX)
            continue;
        TRY(load_match(visit, &rows[i], state, row));
        TRY(load_finder(visit, row));
        view->n += row->rank >= 0;
        view->waiting -= row->rank < 0;
    }
    for (size_t i = first; i < view->n; i++)
        ids[read++] = view->rows[i].work->id;
    return desk_read_cases(visit->web->desk, visit->arena, &visit->who, ids, read);
}

struct fault *matches_page(struct visit *visit)
{
    struct match_view *view = NEW(visit->arena, struct match_view);
    bool may = false;
    TRY(may_list(visit, STR("vulnerability"), &may));
    if (!may)
        return FAULT(visit->arena, "no-such-page", "%s", "for those who see such cases");
    TRY(load_state(visit, STATE_VULNERABILITY_MATCHED, view));
    TRY(load_state(visit, STATE_NOT_AFFECTED_FOUND, view));
    TRY(load_state(visit, STATE_ACTION_PROPOSED, view));
    qsort(view->rows, view->n, sizeof view->rows[0], better_first);
    view->may_confirm =
        visit_has_role(visit, "operational-personnel") || visit_has_role(visit, "certifier");
    struct html *html = visit_page(visit, 200, PLACE_INBOX,
                                   str_of(word(visit->english, "Matches with advisories")));
    page_matches(html, visit, view, random_name(visit->arena, 16));
    visit_send(visit);
    return NULL;
}

struct str cvss_words(struct html *html, const json_t *values)
{
    int64_t tenths = json_get_int(values, "cvss-tenths", -1);
    return tenths < 0 ? STR_NONE
                      : str_print(html->arena, "%lld.%lld", (long long)(tenths / 10),
                                  (long long)(tenths % 10));
}

struct str items_words(const struct visit *visit, const char *list, const json_t *values)
{
    struct buf out = buf_new(visit->arena, 2000);
    for (size_t i = 0; i < json_array_size(values); i++) {
        buf_add_z(&out, !i ? "" : visit->english ? ", " : "、");
        buf_add(&out, watch_item(visit, list, json_text(json_array_get(values, i))));
    }
    return buf_str(&out);
}

/* ---- feeds */

struct fault *feeds_page(struct visit *visit)
{
    struct feed_view view = {0};
    struct row_feed *feeds;
    bool may = false;
    TRY(may_list(visit, STR("feed"), &may));
    if (!may)
        return FAULT(visit->arena, "no-such-page", "%s", "for those who see such cases");
    TRY(sql_feeds_current(visit->web->store, visit->arena, &feeds, &view.n));
    view.rows = NEW_ARRAY(visit->arena, view.n + 1, struct feed_row);
    for (size_t i = 0; i < view.n; i++) {
        struct row_feed_look *look;
        TRY(sql_feed_look_of(visit->web->store, visit->arena, feeds[i].case_id, &look));
        view.rows[i] = (struct feed_row){&feeds[i], look};
    }
    view.may_begin = visit_has_role(visit, "technical-manager");
    struct html *html =
        visit_page(visit, 200, PLACE_INBOX, str_of(word(visit->english, "Feeds of advisories")));
    page_feeds(html, visit, &view, random_name(visit->arena, 16));
    visit_send(visit);
    return NULL;
}

/* The feed's case, as a draft: its settings are filled in on its page. */
struct fault *feed_open(struct visit *visit)
{
    struct str id;
    struct case_request request = {.procedure = STR("feed"),
                                   .idempotency_key = visit_form(visit, "once"),
                                   .who = &visit->who};
    TRY(desk_open_case(visit->web->desk, visit->arena, &request, &id));
    visit_redirect(visit, str_print(visit->arena, "/cases/%.*s", STR_F(id)));
    return NULL;
}
