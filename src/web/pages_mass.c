/* pages_mass.c: a search for labels, what an action on them would do, and the case that begins so.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/pages_mass.h"

#include "base/json.h"
#include "desk/form.h"
#include "web/pages.gen.h"
#include "web/pages_lists.h"
#include "web/pages_step.h"
#include "web/route.h"

#include "base/banned.h"

static const char procedure[] = "mass-action";

static int form_of_search(const struct rulebook *book)
{
    for (size_t i = 1; i < book->forms_n; i++)
        if (str_is(str_of(book->forms[i].name), "mass-search"))
            return (int)i;
    BUG("the rule book has no form for the search");
}

/* Of the query: what is asked, field by field. */
static json_t *asked_in(const struct visit *visit, const struct form_row *form)
{
    const struct rulebook *book = visit->web->book;
    json_t *out = json_new(visit->arena);
    for (size_t i = 0; i < form->fields.n; i++) {
        const char *name = book->fields[book->form_fields[form->fields.first + i].field].name;
        struct str value = str_trim(request_query(visit->request, name));
        if (value.bytes)
            json_put(out, name, value);
    }
    return out;
}

static struct fault *load_shown(struct visit *visit, struct mass_view *view)
{
    for (size_t i = 0; i < view->found.n && i < MASS_SHOWN; i++) {
        TRY(sql_label_by_number(visit->web->store, visit->arena, view->found.items[i].number,
                                &view->shown[view->shown_n]));
        view->shown_n += view->shown[view->shown_n] != NULL;
    }
    return NULL;
}

static struct fault *search(struct visit *visit, struct mass_view *view)
{
    const struct rulebook *book = visit->web->book;
    struct form_setting setting = {.today = visit->today};
    struct mass_terms terms;
    json_t *asked = asked_in(visit, view->form), *checked;
    view->setting.values = asked;
    if (!json_object_size(asked))
        return NULL;
    view->setting.faults =
        form_check(book, visit->arena, form_of_search(book), asked, &setting, &checked);
    if (view->setting.faults)
        return NULL;
    view->asked = true;
    TRY(mass_terms_of(visit->web->desk, visit->arena, checked, visit->today, &terms));
    TRY(mass_find(visit->web->desk, visit->arena, &terms, &view->found));
    return load_shown(visit, view);
}

static struct fault *load_actions(struct visit *visit, struct mass_view *view)
{
    struct row_casework *rows;
    TRY(sql_mass_actions(visit->web->store, visit->arena, MASS_ACTIONS_SHOWN, &rows,
                         &view->actions_n));
    view->actions = NEW_ARRAY(visit->arena, view->actions_n + 1, struct mass_course);
    for (size_t i = 0; i < view->actions_n; i++) {
        view->actions[i].work = &rows[i];
        TRY(sql_mass_by_case(visit->web->store, visit->arena, rows[i].id, &view->actions[i].row));
    }
    return NULL;
}

static struct fault *may_enter(struct visit *visit)
{
    bool may;
    TRY(may_list(visit, str_of(procedure), &may));
    return may ? NULL : FAULT(visit->arena, "no-such-page", "mass actions are not this person's");
}

struct fault *mass_page(struct visit *visit)
{
    struct mass_view *view = NEW(visit->arena, struct mass_view);
    TRY(may_enter(visit));
    view->form = &visit->web->book->forms[form_of_search(visit->web->book)];
    view->may_draw_up = visit_has_role(visit, "operational-personnel");
    TRY(search(visit, view));
    TRY(load_actions(visit, view));
    struct html *html = visit_page(visit, view->setting.faults ? 422 : 200, PLACE_CASES,
                                   str_of(word(visit->english, "Mass action on labels")));
    page_mass(html, visit, view, random_name(visit->arena, 12));
    visit_send(visit);
    return NULL;
}

/* ---- the case begins, with what was asked for */

static struct fault *take(struct visit *visit, struct str id, const char *step, json_t *fields)
{
    struct step_answer answer;
    struct step_request request = {
        .case_id = id,
        .step = str_of(step),
        .fields = fields,
        .expected_version = -1,
        .idempotency_key =
            str_print(visit->arena, "%.*s-%s", STR_F(visit_form(visit, "once")), step),
        .who = &visit->who};
    return desk_take_step(visit->web->desk, visit->arena, &request, &answer);
}

struct fault *mass_open(struct visit *visit)
{
    const struct rulebook *book = visit->web->book;
    const struct form_row *form = &book->forms[form_of_search(book)];
    struct field_setting setting = {0};
    struct str id;
    TRY(may_enter(visit));
    TRY(check_names(visit, form, "no-conflict"));
    if (!str_is(visit_form(visit, "no-conflict"), "yes")) {
        struct fault *fault = FAULT(visit->arena, "field-missing", "the declaration is missing");
        fault->concerns = STR("/no-conflict");
        return fault;
    }
    struct case_request request = {.procedure = str_of(procedure),
                                   .idempotency_key = visit_form(visit, "once"),
                                   .who = &visit->who};
    TRY(desk_open_case(visit->web->desk, visit->arena, &request, &id));
    TRY(take(visit, id, "declare-no-conflict", NULL));
    TRY(take(visit, id, "note-mass", form_values(visit, form, &setting)));
    visit_redirect(visit, str_print(visit->arena, "/cases/%.*s/steps/draw-up-mass", STR_F(id)));
    return NULL;
}

/* ---- on the page of the case */

struct fault *case_mass_load(struct visit *visit, struct case_view *view)
{
    struct store *store = visit->web->store;
    struct mass_state *state = NEW(visit->arena, struct mass_state);
    if (!str_is(str_of(view->procedure->subject), "mass"))
        return NULL;
    TRY(sql_mass_by_case(store, visit->arena, view->work->id, &state->row));
    if (!state->row)
        return NULL;
    view->mass = state;
    state->rehearsal = state->row->run == 0;
    struct str phase = state->rehearsal ? STR("rehearsal") : STR("run");
    TRY(sql_mass_refusals(store, visit->arena, view->work->id, phase, MASS_SHOWN, &state->refusals,
                          &state->refusals_n));
    return sql_mass_refusals_by(store, visit->arena, view->work->id, phase, &state->reasons,
                                &state->reasons_n);
}
