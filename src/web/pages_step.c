/* pages_step.c: a step of a case as a form made from the rule book's rows, taken, and confirmed.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/pages_step.h"

#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "desk/security.h"
#include "store/sql.gen.h"
#include "web/pages.gen.h"
#include "web/route.h"

#include "base/banned.h"

const struct offer *offer_named(const struct case_view *view, struct str step)
{
    for (size_t i = 0; i < view->offers_n; i++)
        if (str_is(step, view->offers[i].step->name))
            return &view->offers[i];
    return NULL;
}

/* What a form begins with: the checklist as it stands; of a draft all that it has, as the product
 * that was last decided (4.5-1); to a facility all that it has saved; all else is asked afresh. */
static json_t *begin_values(const struct visit *visit, const struct case_view *view,
                            const struct form_row *form, bool saved)
{
    const struct rulebook *book = visit->web->book;
    json_t *values = json_new(visit->arena);
    for (size_t i = 0; i < form->fields.n; i++) {
        const struct field_row *field =
            &book->fields[book->form_fields[form->fields.first + i].field];
        json_t *value = json_object_get(view->values, field->name);
        if ((saved || field->sort == FIELD_CHECKLIST) && value)
            json_put_json(values, field->name, value);
    }
    return values;
}

/* 4.8.1-1: what the maker's own CSAF document says lies over what is there; what is wrong with it
 * is a fault of the field that names it. */
static struct fault *fill_from_csaf(struct visit *visit, const struct case_view *view,
                                    json_t *values, struct fault **wrong)
{
    struct str file = request_query(visit->request, "csaf");
    json_t *fields, *value;
    const char *name;
    if (!file.bytes)
        return NULL;
    *wrong = desk_fields_of_csaf(visit->web->desk, visit->arena, &visit->who, view->work->id, file,
                                 &fields);
    if (*wrong) {
        const struct fault_row *row = fault_row_of(visit->web->book, (*wrong)->code);
        if (!row || row->status >= 500)
            return *wrong;
        (*wrong)->concerns = STR("/csaf-document");
        return NULL;
    }
    json_object_foreach(fields, name, value) json_put_json(values, name, value);
    return NULL;
}

/* The step is closed to this person: why, and who can; with the status the API would give. */
static struct fault *show_why(struct visit *visit, const struct case_view *view,
                              const struct offer *offer)
{
    struct holders holders;
    TRY(holders_load(visit, view, offer, &holders));
    int status = offer->verdict.kind == VERDICT_FORBIDDEN ? 403 : 409;
    struct html *html =
        visit_page(visit, status, PLACE_CASES, str_of(step_words(visit, offer->step)));
    page_step_refused(html, visit, view, offer, &holders);
    visit_send(visit);
    return NULL;
}

static struct fault *show_step(struct visit *visit, int status, const struct case_view *view,
                               const struct offer *offer, const struct field_setting *setting)
{
    const char *words = step_words(visit, offer->step);
    struct str title = setting->faults
                           ? str_print(visit->arena, "%s: %s", word(visit->english, "Error"), words)
                           : str_of(words);
    visit->scripted = offer->step->form == FORM_INQUIRY;
    struct html *html =
        visit_page(visit, status, visit->staff ? PLACE_CASES : PLACE_APPLICATIONS, title);
    page_step(html, visit, view, offer, setting, random_name(visit->arena, 16));
    visit_send(visit);
    return NULL;
}

struct fault *step_page(struct visit *visit)
{
    struct case_view *view;
    TRY(case_view_load(visit, visit->parts[0], &view));
    const struct offer *offer = offer_named(view, visit->parts[1]);
    if (!offer)
        return FAULT(visit->arena, "unknown-step", "%.*s", STR_F(visit->parts[1]));
    if (!offer->open)
        return show_why(visit, view, offer);
    const struct form_row *form = &visit->web->book->forms[offer->step->form];
    bool saved = view->state == STATE_START || offer->role == ROLE_EVALUATION_FACILITY ||
                 str_is(str_of(view->procedure->subject), "mass") ||
                 str_is(str_of(view->procedure->subject), "parameter") ||
                 offer->step->form == FORM_SECURITY_REVISION;
    json_t *values = begin_values(visit, view, form, saved);
    struct fault *wrong = NULL;
    TRY(fill_from_csaf(visit, view, values, &wrong));
    struct field_setting setting = case_setting(view, values, wrong);
    return show_step(visit, wrong ? 422 : 200, view, offer, &setting);
}

/* A name that no field of the form has: refused by name, never dropped. */
struct fault *check_names(const struct visit *visit, const struct form_row *form, const char *more)
{
    const struct rulebook *book = visit->web->book;
    for (size_t i = 0; i < visit->request->fields_n; i++) {
        struct str rest, name = str_cut(visit->request->fields[i].name, '.', &rest),
                         own = str_of(more);
        bool known = str_is(name, "form") || str_is(name, "once") || str_is(name, "version");
        while (own.bytes && !known)
            known = str_eq(str_cut(own, ' ', &own), name);
        for (size_t k = 0; k < form->fields.n && !known; k++)
            known =
                str_is(name, book->fields[book->form_fields[form->fields.first + k].field].name);
        if (known)
            continue;
        struct fault *fault = FAULT(visit->arena, "field-unknown", "%.*s", STR_F(name));
        fault->concerns = str_print(visit->arena, "/%.*s", STR_F(name));
        return fault;
    }
    return NULL;
}

struct fault *take_step(struct visit *visit, const struct case_view *view, struct str step,
                        json_t *fields, struct step_answer *answer)
{
    int64_t version = -1;
    struct str once = visit_form(visit, "once"), typed = visit_form(visit, "version");
    if (typed.bytes && !str_int(typed, &version))
        return FAULT(visit->arena, "version-differs", "%.*s", STR_F(typed));
    struct step_request request = {.case_id = view->work->id,
                                   .step = step,
                                   .fields = fields,
                                   .idempotency_key = once,
                                   .expected_version = version,
                                   .who = &visit->who};
    return desk_take_step(visit->web->desk, visit->arena, &request, answer);
}

/* Off to where the step is confirmed; a step that changes the public register waits until it has.
 */
void step_taken(struct visit *visit, const struct case_view *view, const struct step_answer *answer,
                struct str path)
{
    struct web *web = visit->web;
    (void)view;
    visit_redirect(visit, path);
    if (!answer->publishes || !web->await_published)
        return;
    struct response later = *visit->response;
    *visit->response = (struct response){0};
    web->await_published(web->publisher, visit->request->exchange, answer->seq, &later);
}

/* Without script: the form comes back with what the officer asked to have filled in. */
static struct fault *show_filled(struct visit *visit, const struct case_view *view,
                                 const struct offer *offer, const struct form_row *form,
                                 json_t *fields)
{
    const struct rulebook *book = visit->web->book;
    struct field_setting setting = case_setting(view, fields, NULL);
    for (size_t i = 0; i < form->fields.n; i++) {
        const struct field_row *field =
            &book->fields[book->form_fields[form->fields.first + i].field];
        if (field->sort == FIELD_CHECKLIST)
            checklist_fill(visit, field, &setting, fields);
    }
    return show_step(visit, 200, view, offer, &setting);
}

/* The status with which the form comes back, and what was filled in with it: a field is wrong, or a
 * condition that what is filled in may meet. 0: no form can put it right. */
static int form_again(const struct visit *visit, const struct form_row *form,
                      const struct fault *fault)
{
    const struct guard_row *guard = guard_row_of(visit->web->book, fault->guard);
    if (!fault->guard)
        return fault->concerns.bytes && fault->concerns.at[0] == '/' ? 422 : 0;
    if (!guard || guard->family == GUARD_FORBIDDEN || !form->fields.n)
        return 0;
    return guard->family == GUARD_MALFORMED ? 422 : 409;
}

struct fault *step_post(struct visit *visit)
{
    struct case_view *view;
    struct step_answer answer;
    TRY(case_view_load(visit, visit->parts[0], &view));
    const struct offer *offer = offer_named(view, visit->parts[1]);
    if (!offer)
        return FAULT(visit->arena, "unknown-step", "%.*s", STR_F(visit->parts[1]));
    const struct form_row *form = &visit->web->book->forms[offer->step->form];
    TRY(check_names(visit, form, "fill"));
    struct field_setting setting = case_setting(view, NULL, NULL);
    json_t *fields = form_values(visit, form, &setting);
    if (visit_form(visit, "fill").bytes)
        return show_filled(visit, view, offer, form, fields);
    struct fault *fault = take_step(visit, view, visit->parts[1], fields, &answer);
    int status = fault ? form_again(visit, form, fault) : 0;
    if (status) {
        setting = case_setting(view, fields, fault);
        return show_step(visit, status, view, offer, &setting);
    }
    TRY(fault);
    step_taken(visit, view, &answer,
               str_print(visit->arena, "/cases/%.*s/done/%lld", STR_F(view->work->id),
                         (long long)answer.seq));
    return NULL;
}

struct fault *done_page(struct visit *visit)
{
    struct case_view *view;
    const struct sql_portal_case_steps_row *done = NULL;
    int64_t seq;
    TRY(case_view_load(visit, visit->parts[0], &view));
    for (size_t i = 0; i < view->steps_n; i++)
        if (str_int(visit->parts[1], &seq) && view->steps[i].seq == seq)
            done = &view->steps[i];
    if (!done)
        return FAULT(visit->arena, "no-such-page", "%.*s", STR_F(visit->parts[1]));
    struct html *html = visit_page(visit, 200, visit->staff ? PLACE_CASES : PLACE_APPLICATIONS,
                                   str_of(word(visit->english, "Done")));
    page_done(html, visit, view, done);
    visit_send(visit);
    return NULL;
}
