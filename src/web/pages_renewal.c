/* pages_renewal.c: a maker's labels with what can be done about each, and extensions of many.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/pages_renewal.h"

#include "base/hash.h"
#include "base/json.h"
#include "web/pages.gen.h"
#include "web/pages_lists.h"
#include "web/pages_step.h"
#include "web/route.h"

#include "base/banned.h"

enum { ON_A_PAGE = 50, ASKED_BYTES_MAX = 200 };

struct fault *own_labels_page(struct visit *visit)
{
    struct own_labels view = {.page = 1};
    view.asked = str_head(str_trim(request_query(visit->request, "q")), ASKED_BYTES_MAX);
    if (!str_int(request_query(visit->request, "page"), &view.page) || view.page < 1 ||
        view.page > 100000)
        view.page = 1;
    struct label_query query = {view.asked, ON_A_PAGE, (size_t)(view.page - 1) * ON_A_PAGE};
    TRY(desk_own_labels(visit->web->desk, visit->arena, &visit->who, &query, &view.rows, &view.n,
                        &view.total));
    view.more = view.page * ON_A_PAGE < view.total;
    struct html *html =
        visit_page(visit, 200, PLACE_OWN_LABELS, str_of(word(visit->english, "Your labels")));
    page_own_labels(html, visit, &view);
    visit_send(visit);
    return NULL;
}

/* ---- which labels are to be extended */

static struct fault *choose_all(struct visit *visit, struct chosen *chosen)
{
    struct label_standing *rows;
    size_t n;
    int64_t total;
    struct label_query query = {STR_NONE, MANY_MAX, 0};
    TRY(desk_own_labels(visit->web->desk, visit->arena, &visit->who, &query, &rows, &n, &total));
    chosen->at = NEW_ARRAY(visit->arena, n + 1, struct chosen_label);
    for (size_t i = 0; i < n; i++)
        if (rows[i].extension.kind == VERDICT_ALLOWED)
            chosen->at[chosen->n++] = (struct chosen_label){rows[i].label->number, rows[i], true};
    chosen->may_n = chosen->n;
    return NULL;
}

static struct fault *choose_named(struct visit *visit, struct chosen *chosen)
{
    chosen->at = NEW_ARRAY(visit->arena, visit->request->fields_n + 1, struct chosen_label);
    for (size_t i = 0; i < visit->request->fields_n; i++) {
        struct chosen_label *one = &chosen->at[chosen->n];
        if (!str_is(visit->request->fields[i].name, "label"))
            continue;
        chosen->n++;
        *one = (struct chosen_label){.number = visit->request->fields[i].value};
        struct fault *fault =
            desk_label(visit->web->desk, visit->arena, &visit->who, one->number, &one->standing);
        if (fault && !str_is(str_of(fault->code), "absent"))
            return fault;
        one->may = !fault && one->standing.extension.kind == VERDICT_ALLOWED;
        chosen->may_n += one->may;
    }
    return NULL;
}

static struct fault *choose(struct visit *visit, struct chosen *chosen)
{
    *chosen = (struct chosen){.all = visit_form(visit, "all").bytes > 0};
    return chosen->all ? choose_all(visit, chosen) : choose_named(visit, chosen);
}

static const struct form_row *extension_form(const struct visit *visit)
{
    return &visit->web->book->forms[FORM_EXTENSION];
}

static struct fault *show_preview(struct visit *visit, int status, const struct chosen *chosen,
                                  const struct field_setting *setting)
{
    struct html *html = visit_page(visit, status, PLACE_OWN_LABELS,
                                   str_of(word(visit->english, "Extension of several labels")));
    page_extensions(html, visit, chosen, extension_form(visit), setting,
                    random_name(visit->arena, 16));
    visit_send(visit);
    return NULL;
}

struct fault *extensions_preview(struct visit *visit)
{
    struct chosen chosen;
    struct field_setting setting = {.values = json_new(visit->arena)};
    TRY(choose(visit, &chosen));
    return show_preview(visit, 200, &chosen, &setting);
}

/* A fault of the form is every label's: the form comes back with it. */
static const struct fault *fault_of_form(const struct many_answer *answers, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!answers[i].fault || answers[i].fault->guard ||
            !fault_field(&hoshi_rulebook, answers[i].fault))
            return NULL;
    return n ? answers[0].fault : NULL;
}

struct fault *extensions_post(struct visit *visit)
{
    struct chosen chosen;
    const struct form_row *form = extension_form(visit);
    struct field_setting setting = {0};
    TRY(check_names(visit, form, "label all"));
    TRY(choose(visit, &chosen));
    json_t *fields = form_values(visit, form, &setting);
    struct str *labels = NEW_ARRAY(visit->arena, chosen.n + 1, struct str);
    for (size_t i = 0; i < chosen.n; i++)
        labels[i] = chosen.at[i].number;
    struct many_request request = {.labels = labels,
                                        .n = chosen.n,
                                        .fields = fields,
                                        .idempotency_key = visit_form(visit, "once"),
                                        .who = &visit->who};
    struct filed done = {.chosen = &chosen,
                            .answers =
                                NEW_ARRAY(visit->arena, chosen.n + 1, struct many_answer),
                         .title = word(visit->english, "Applications for extension")};
    TRY(desk_file_many(visit->web->desk, visit->arena, &request, done.answers));
    for (size_t i = 0; i < chosen.n; i++)
        done.filed += !done.answers[i].fault;
    setting =
        (struct field_setting){.values = fields, .faults = fault_of_form(done.answers, chosen.n)};
    if (setting.faults)
        return show_preview(visit, 422, &chosen, &setting);
    struct html *html = visit_page(visit, 200, PLACE_OWN_LABELS, str_of(done.title));
    page_filed(html, visit, &done);
    visit_send(visit);
    return NULL;
}

/* ---- one label */

static bool is_taken_by_then(const struct rulebook *book, size_t procedure, const char *step)
{
    for (size_t i = 0; i < book->thens_n; i++)
        if (book->thens[i].procedure == (int)procedure && str_is(str_of(step), book->thens[i].step))
            return true;
    return false;
}

/* A procedure about a label whose first step is one of the visitor's offices; not one that only
 * steps of other cases begin. */
static bool begins_by_office(const struct visit *visit, size_t procedure)
{
    const struct rulebook *book = visit->web->book;
    const struct procedure_row *row = &book->procedures[procedure];
    bool by_hand = false, by_office = false;
    for (size_t i = 0; i < row->steps.n; i++) {
        const struct step_row *step = &book->steps[row->steps.first + i];
        if (book->ids[step->from.first] != STATE_START || !step_moves(step))
            continue;
        by_hand = by_hand || !is_taken_by_then(book, procedure, step->name);
        for (size_t r = 0; r < step->by.n; r++) {
            const struct role_row *role = &book->roles[book->ids[step->by.first + r]];
            by_office = by_office || (role->sort == ROLE_SORT_OFFICE &&
                                      visit_has_role(visit, role->name));
        }
    }
    return by_hand && by_office && str_is(str_of(row->subject), "label");
}

static void load_desk_begins(struct visit *visit, struct label_history *view)
{
    const struct rulebook *book = visit->web->book;
    view->desk_begins = NEW_ARRAY(visit->arena, book->procedures_n, const struct procedure_row *);
    for (size_t p = 1; p < book->procedures_n; p++)
        if (begins_by_office(visit, p))
            view->desk_begins[view->desk_begins_n++] = &book->procedures[p];
}

struct fault *own_label_page(struct visit *visit)
{
    struct label_history view = {0};
    struct row_party *parties;
    size_t n;
    char day[11];
    struct web *web = visit->web;
    struct str number = visit->parts[0];
    TRY(desk_label(web->desk, visit->arena, &visit->who, number, &view.standing));
    TRY(sql_label_events(web->store, visit->arena, number, &view.events, &view.events_n));
    TRY(sql_cases_of_label(web->store, visit->arena, number, &view.cases, &view.cases_n));
    TRY(sql_portal_parties(web->store, visit->arena, visit->who.person,
                           day_print(visit->today, day), &parties, &n));
    for (size_t i = 0; i < n; i++)
        view.own = view.own || str_eq(parties[i].id, view.standing.label->party);
    size_t seen = 0;
    for (size_t i = 0; i < view.cases_n; i++) {
        struct fault *hidden = desk_may_see(web->desk, visit->arena, &visit->who, view.cases[i].id);
        if (!hidden)
            view.cases[seen++] = view.cases[i];
        else if (!str_is(str_of(hidden->code), "absent"))
            return hidden;
    }
    view.cases_n = seen;
    if (view.own)
        TRY(desk_beginnings(web->desk, visit->arena, &visit->who, number, &view.beginnings,
                            &view.beginnings_n));
    if (visit->staff)
        load_desk_begins(visit, &view);
    struct html *html =
        visit_page(visit, 200, visit->staff ? PLACE_LABELS : PLACE_OWN_LABELS, number);
    page_own_label(html, visit, &view, random_name(visit->arena, 16));
    visit_send(visit);
    return NULL;
}

/* The case is opened, and its first step comes as a form. */
struct fault *own_label_begin(struct visit *visit)
{
    struct str id;
    const struct rulebook *book = visit->web->book;
    struct case_request request = {.procedure = visit_form(visit, "procedure"),
                                   .label = visit->parts[0],
                                   .idempotency_key = visit_form(visit, "once"),
                                   .who = &visit->who};
    struct str step = visit_form(visit, "step"), level = visit_form(visit, "level");
    if (level.bytes && !str_int(level, &request.level))
        request.level = -1;
    const struct procedure_row *procedure = procedure_by_name(book, request.procedure);
    if (!procedure || (step.bytes && !step_by_name(book, procedure, step)))
        return FAULT(visit->arena, "unknown-step", "%.*s", STR_F(step));
    TRY(desk_open_case(visit->web->desk, visit->arena, &request, &id));
    visit_redirect(visit, !step.bytes ? str_print(visit->arena, "/cases/%.*s", STR_F(id))
                                      : str_print(visit->arena, "/cases/%.*s/steps/%.*s", STR_F(id),
                                                  STR_F(url_part(visit->arena, step))));
    return NULL;
}
