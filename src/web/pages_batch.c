/* pages_batch.c: cases that wait for the same step, decided in one go: each judged on its own.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/pages_batch.h"

#include "base/hash.h"
#include "base/json.h"
#include "web/pages.gen.h"
#include "web/pages_lists.h"
#include "web/pages_step.h"
#include "web/route.h"

#include "base/banned.h"

enum { STATES_MAX = 400 };

static bool leaves(const struct rulebook *book, const struct step_row *step, int state)
{
    for (size_t i = 0; i < step->from.n; i++)
        if (book->ids[step->from.first + i] == state)
            return true;
    return false;
}

/* Offices alone decide in batches; a party acts on its own cases one by one. */
static bool may_take(const struct visit *visit, const struct step_row *step)
{
    const struct rulebook *book = visit->web->book;
    for (size_t i = 0; i < step->by.n; i++) {
        int role = book->ids[step->by.first + i];
        enum role_sort sort = book->roles[role].sort;
        if ((sort == ROLE_SORT_OFFICE || sort == ROLE_SORT_DELEGATED) && visit_holds(visit, role))
            return true;
    }
    return false;
}

/* What is asked of a whole batch has to be short: a form with lines for each criterion, or files,
 * is filled in case by case. */
static bool suits_batch(const struct rulebook *book, const struct step_row *step)
{
    const struct form_row *form = &book->forms[step->form];
    for (size_t i = 0; i < form->fields.n; i++) {
        enum field_sort sort = book->fields[book->form_fields[form->fields.first + i].field].sort;
        if (sort == FIELD_CHECKLIST || sort == FIELD_FILE || sort == FIELD_MODELS)
            return false;
    }
    return step->to != STATE_SAME;
}

static void add_steps(const struct visit *visit, struct batches *view,
                      const struct sql_waiting_by_state_row *row)
{
    const struct rulebook *book = visit->web->book;
    const struct procedure_row *procedure = procedure_by_name(book, row->procedure);
    int state = state_by_name(book, row->state);
    if (!procedure || !state || book->states[state].final)
        return;
    for (size_t i = 0; i < procedure->steps.n && view->n < BATCHES_MAX; i++) {
        const struct step_row *step = &book->steps[procedure->steps.first + i];
        if (leaves(book, step, state) && may_take(visit, step) && suits_batch(book, step))
            view->at[view->n++] = (struct waiting_step){procedure, step, state, row->n};
    }
}

struct fault *batches_page(struct visit *visit)
{
    struct batches *view = NEW(visit->arena, struct batches);
    struct sql_waiting_by_state_row *rows;
    size_t n;
    TRY(sql_waiting_by_state(visit->web->store, visit->arena, STATES_MAX, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        bool may;
        TRY(may_list(visit, rows[i].procedure, &may));
        if (may)
            add_steps(visit, view, &rows[i]);
    }
    struct html *html =
        visit_page(visit, 200, PLACE_INBOX, str_of(word(visit->english, "Several cases at once")));
    page_batches(html, visit, view);
    visit_send(visit);
    return NULL;
}

/* ---- one step */

static struct fault *find_batch(struct visit *visit, struct batch *batch)
{
    const struct rulebook *book = visit->web->book;
    bool may = false;
    batch->procedure = procedure_by_name(book, visit->parts[0]);
    if (!batch->procedure)
        return FAULT(visit->arena, "no-such-page", "no such procedure");
    TRY(may_list(visit, visit->parts[0], &may));
    batch->step = step_by_name(book, batch->procedure, visit->parts[1]);
    if (!may || !batch->step || !may_take(visit, batch->step) || !suits_batch(book, batch->step))
        return FAULT(visit->arena, "no-such-page", "no step that this person takes in a batch");
    for (size_t i = 0; i < batch->step->from.n; i++) {
        struct sql_waiting_cases_row *rows;
        size_t n;
        int state = book->ids[batch->step->from.first + i];
        TRY(sql_waiting_cases(visit->web->store, visit->arena, visit->parts[0],
                              str_of(book->states[state].name), BATCH_MAX, &rows, &n));
        for (size_t k = 0; k < n && batch->n < BATCH_MAX; k++)
            batch->rows[batch->n++] = &rows[k];
    }
    return NULL;
}

static struct fault *show_batch(struct visit *visit, int status, const struct batch *batch,
                                const struct field_setting *setting)
{
    struct html *html =
        visit_page(visit, status, PLACE_INBOX, str_of(step_words(visit, batch->step)));
    page_batch(html, visit, batch, setting, random_name(visit->arena, 16));
    visit_send(visit);
    return NULL;
}

struct fault *batch_page(struct visit *visit)
{
    struct batch *batch = NEW(visit->arena, struct batch);
    struct field_setting setting = {.values = json_new(visit->arena)};
    TRY(find_batch(visit, batch));
    return show_batch(visit, 200, batch, &setting);
}

static bool is_ticked(const struct visit *visit, struct str case_id)
{
    for (size_t i = 0; i < visit->request->fields_n; i++)
        if (str_is(visit->request->fields[i].name, "case") &&
            str_eq(visit->request->fields[i].value, case_id))
            return true;
    return false;
}

/* The declaration goes before the step where the box was ticked: an act of its own on each case. */
static size_t ask_for(struct visit *visit, const struct batch *batch, struct str case_id,
                      json_t *fields, struct step_request *out)
{
    const struct rulebook *book = visit->web->book;
    struct str once = visit_form(visit, "once");
    size_t n = 0;
    struct step_request request = {.case_id = case_id, .expected_version = -1, .who = &visit->who};
    if (visit_form(visit, "no-conflict").bytes &&
        step_by_name(book, batch->procedure, STR("declare-no-conflict"))) {
        request.step = STR("declare-no-conflict");
        request.idempotency_key =
            str_print(visit->arena, "%.*s %.*s declared", STR_F(once), STR_F(case_id));
        out[n++] = request;
    }
    request.step = str_of(batch->step->name);
    request.fields = fields;
    request.idempotency_key = str_print(visit->arena, "%.*s %.*s", STR_F(once), STR_F(case_id));
    out[n++] = request;
    return n;
}

static const struct fault *fault_of_form(const struct batch_done *done)
{
    for (size_t i = 0; i < done->n; i++)
        if (!done->at[i].fault || done->at[i].fault->guard ||
            !fault_field(&hoshi_rulebook, done->at[i].fault))
            return NULL;
    return done->n ? done->at[0].fault : NULL;
}

static struct fault *take_batch(struct visit *visit, const struct batch *batch, json_t *fields,
                                struct batch_done *done)
{
    struct step_request *requests = NEW_ARRAY(visit->arena, batch->n * 2 + 1, struct step_request);
    struct step_answer *answers = NEW_ARRAY(visit->arena, batch->n * 2 + 1, struct step_answer);
    struct fault **faults = NEW_ARRAY(visit->arena, batch->n * 2 + 1, struct fault *);
    size_t n = 0;
    for (size_t i = 0; i < batch->n; i++)
        if (is_ticked(visit, batch->rows[i]->id)) {
            n += ask_for(visit, batch, batch->rows[i]->id, fields, &requests[n]);
            done->at[done->n++] = (struct batch_result){.row = batch->rows[i], .last = n - 1};
        }
    if (n)
        TRY(desk_take_batch(visit->web->desk, visit->arena, requests, n, false, answers, faults));
    for (size_t i = 0; i < done->n; i++) {
        done->at[i].fault = faults[done->at[i].last];
        done->taken += !done->at[i].fault;
        if (!done->at[i].fault && answers[done->at[i].last].publishes)
            done->publishes = answers[done->at[i].last].seq;
    }
    return NULL;
}

struct fault *batch_post(struct visit *visit)
{
    struct batch *batch = NEW(visit->arena, struct batch);
    struct batch_done *done = NEW(visit->arena, struct batch_done);
    TRY(find_batch(visit, batch));
    const struct form_row *form = &visit->web->book->forms[batch->step->form];
    struct field_setting setting = {0};
    TRY(check_names(visit, form, "case no-conflict"));
    json_t *fields = form_values(visit, form, &setting);
    TRY(take_batch(visit, batch, fields, done));
    setting = (struct field_setting){.values = fields, .faults = fault_of_form(done)};
    if (setting.faults)
        return show_batch(visit, 422, batch, &setting);
    struct html *html = visit_page(visit, 200, PLACE_INBOX, str_of(step_words(visit, batch->step)));
    page_batch_done(html, visit, batch, done);
    visit_send(visit);
    if (done->publishes && visit->web->await_published) {
        struct response later = *visit->response;
        *visit->response = (struct response){0};
        visit->web->await_published(visit->web->publisher, visit->request->exchange,
                                    done->publishes, &later);
    }
    return NULL;
}
