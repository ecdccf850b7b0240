/* pages_open.c: forms for anyone without an account, and the page by which they follow their case.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Which there are is said by the rules: procedures that a role of sort outside begins. A form
 * carries a token of this server in the place of a session's; who is signed in files under the
 * own account by the same form. */
#include "web/pages_open.h"

#include <string.h>

#include "base/json.h"
#include "desk/letters.h"
#include "web/pages.gen.h"
#include "web/pages_step.h"
#include "web/rate.h"
#include "web/route.h"

#include "base/banned.h"

bool form_takes_files(const struct rulebook *book, int form)
{
    struct range fields = book->forms[form].fields;
    for (size_t i = 0; i < fields.n; i++)
        if (book->fields[book->form_fields[fields.first + i].field].sort == FIELD_FILE)
            return true;
    return false;
}

struct fault *opens_page(struct visit *visit)
{
    struct html *html =
        visit_page(visit, 200, PLACE_NONE, str_of(word(visit->english, "Tell or ask the body")));
    page_opens(html, visit);
    visit_send(visit);
    return NULL;
}

/* ---- filing */

static struct fault *find_open(struct visit *visit, struct open_view *out)
{
    const struct rulebook *book = visit->web->book;
    struct setting setting;
    *out = (struct open_view){.procedure = procedure_by_name(book, visit->parts[0])};
    out->step = out->procedure ? open_step(book, out->procedure) : NULL;
    if (!out->step)
        return FAULT(visit->arena, "no-such-page", "%.*s", STR_F(visit->parts[0]));
    TRY(setting_load(visit->web->store, visit->arena, book, visit->today, &setting));
    str_int(setting_of(&setting, "open-file-bytes"), &out->file_bytes);
    out->setting.uploads = true;
    return NULL;
}

static struct fault *show_open(struct visit *visit, int status, struct open_view *view)
{
    const char *words = visit_text(visit, view->procedure->title);
    view->token = open_token_new(visit->web, visit->arena, str_of(view->procedure->name));
    visit->scripted = view->step->form == FORM_INQUIRY;
    struct str title = view->setting.faults || view->refused
                           ? str_print(visit->arena, "%s: %s", word(visit->english, "Error"), words)
                           : str_of(words);
    struct html *html = visit_page(visit, status, PLACE_NONE, title);
    page_open(html, visit, view);
    visit_send(visit);
    return NULL;
}

/* A link may fill in what is one text: the number of a label that somebody comes from. */
static json_t *values_of_query(struct visit *visit, int form)
{
    const struct rulebook *book = visit->web->book;
    struct range fields = book->forms[form].fields;
    json_t *values = json_new(visit->arena);
    for (size_t i = 0; i < fields.n; i++) {
        const struct field_row *field = &book->fields[book->form_fields[fields.first + i].field];
        bool number = str_is(str_of(field->name), "claimed-number");
        struct str typed =
            str_head(request_query(visit->request, number ? "label" : field->name), 200);
        if (typed.bytes && (field->sort == FIELD_TEXT || field->sort == FIELD_ONE_OF))
            json_put(values, field->name, typed);
    }
    return values;
}

struct fault *open_page(struct visit *visit)
{
    struct open_view view;
    TRY(find_open(visit, &view));
    view.setting.values = values_of_query(visit, view.step->form);
    return show_open(visit, 200, &view);
}

/* Told at the field, or above the form: nobody writes a page anew. */
static bool is_for_the_form(const struct fault *fault)
{
    return str_is(str_of(fault->code), "form-too-old") ||
           (!fault->guard && fault->concerns.bytes && fault->concerns.at[0] == '/') ||
           str_is(str_of(fault->code), "refused-form");
}

static bool is_of_field(const struct fault *fault)
{
    return !fault->guard && fault->concerns.bytes && fault->concerns.at[0] == '/';
}

static int status_of(const struct visit *visit, const struct fault *fault)
{
    const struct fault_row *row = fault_row_of(visit->web->book, fault->code);
    return row ? row->status : 422;
}

static struct fault *file_it(struct visit *visit, struct open_view *view, json_t *fields,
                             struct open_answer *answer)
{
    struct open_files files;
    struct open_request request = {.procedure = str_of(view->procedure->name),
                                   .fields = fields,
                                   .english = visit->english,
                                   .who = &visit->who,
                                   .keep = open_files_keep,
                                   .drop = open_files_drop,
                                   .whom = &files};
    TRY(open_token_check(visit->web, visit->arena, request.procedure, visit_form(visit, "once"),
                         &request.once));
    TRY(open_files_look(visit->web, visit->request, view->step->form, &files));
    request.files = files.at;
    request.files_n = files.n;
    return desk_file_openly(visit->web->desk, visit->arena, &request, answer);
}

/* 4.10-1: the same question may have been answered: looked for before it is sent, and sent when
 * whoever asks has seen that. */
static struct fault *look_for_answers(struct visit *visit, struct open_view *view,
                                      const json_t *fields)
{
    enum { SHOWN_MAX = 4 };
    if (!str_is(str_of(view->procedure->name), "inquiry") || visit_form(visit, "sure").bytes)
        return NULL;
    return answers_alike(visit,
                         str_print(visit->arena, "%.*s %.*s",
                                   STR_F(json_get(fields, "inquiry-title")),
                                   STR_F(json_get(fields, "inquiry-text"))),
                         &view->alike, SHOWN_MAX, &view->alike_n);
}

struct fault *open_post(struct visit *visit)
{
    struct open_view view;
    struct open_answer answer;
    TRY(find_open(visit, &view));
    const struct form_row *form = &visit->web->book->forms[view.step->form];
    TRY(check_names(visit, form, "sure"));
    json_t *fields = form_values(visit, form, &view.setting);
    TRY(look_for_answers(visit, &view, fields));
    if (view.alike_n) {
        view.setting.values = fields;
        return show_open(visit, 200, &view);
    }
    struct fault *fault = file_it(visit, &view, fields, &answer);
    if (fault && is_for_the_form(fault)) {
        view.setting.values = fields;
        view.setting.faults = is_of_field(fault) ? fault : NULL;
        view.refused = is_of_field(fault) ? NULL : fault;
        return show_open(visit, status_of(visit, fault), &view);
    }
    TRY(fault);
    if (!answer.step.repeated)
        rate_taken(visit->web->rate, request_peer(visit->request));
    visit_redirect(visit, answer.link.bytes
                              ? str_print(visit->arena, "/follow/%.*s?filed=1", STR_F(answer.link))
                              : str_print(visit->arena, "/cases/%.*s", STR_F(answer.case_id)));
    return NULL;
}

/* ---- following */

static struct fault *load_told(struct visit *visit, struct follow_view *view)
{
    struct web *web = visit->web;
    struct row_notice *rows;
    size_t n;
    const struct rulebook *book = web->book;
    const char *role = "";
    for (size_t i = 1; i < book->roles_n; i++)
        if (book->roles[i].sort == ROLE_SORT_OUTSIDE)
            role = book->roles[i].name;
    TRY(sql_notices_to_outsider(web->store, visit->arena, view->work->id, str_of(role), &rows, &n));
    view->told = NEW_ARRAY(visit->arena, n + 1, struct letter);
    for (size_t i = n; i-- > 0;)
        TRY(letter_of_notice(web->store, visit->arena, book, &rows[i], NULL, visit->english,
                             &view->told[view->told_n++]));
    return NULL;
}

static struct fault *load_steps(struct visit *visit, const struct principal *who,
                                struct follow_view *view)
{
    struct offer *offers;
    size_t n;
    TRY(desk_offers(visit->web->desk, visit->arena, who, view->work->id, &offers, &n));
    view->steps = NEW_ARRAY(visit->arena, n + 1, const struct step_row *);
    for (size_t i = 0; i < n; i++)
        if (offers[i].open && step_is_open(visit->web->book, offers[i].step) &&
            offers[i].step->to != STATE_SAME)
            view->steps[view->steps_n++] = offers[i].step;
    return NULL;
}

static struct fault *load_follow(struct visit *visit, struct principal *who,
                                 struct follow_view *view)
{
    struct web *web = visit->web;
    struct row_case_number *numbers;
    struct setting setting;
    size_t n;
    *view = (struct follow_view){.link = visit->parts[0]};
    struct fault *nobody = desk_guest(web->store, visit->arena, view->link, who);
    if (nobody && str_is(str_of(nobody->code), "absent"))
        return FAULT(visit->arena, "no-such-page", "%s", "no case has this link");
    TRY(nobody);
    TRY(sql_case_by_id(web->store, visit->arena, who->guest, &view->work));
    view->procedure = view->work ? procedure_by_name(web->book, view->work->procedure) : NULL;
    view->state = view->work ? state_by_name(web->book, view->work->state) : 0;
    if (!view->procedure || !view->state)
        return FAULT(visit->arena, "no-such-page", "%s", "its procedure is not in the rule book");
    TRY(sql_case_numbers(web->store, visit->arena, view->work->id, &numbers, &n));
    for (size_t i = 0; i < n; i++)
        if (str_is(numbers[i].kind, "receipt-number"))
            view->number = numbers[i].number;
    TRY(setting_load(web->store, visit->arena, web->book, visit->today, &setting));
    str_int(setting_of(&setting, "open-file-bytes"), &view->file_bytes);
    view->setting.uploads = view->empty.uploads = true;
    view->empty.values = json_new(visit->arena);
    TRY(load_told(visit, view));
    return load_steps(visit, who, view);
}

static struct fault *show_follow(struct visit *visit, int status, struct follow_view *view)
{
    view->token = open_token_new(visit->web, visit->arena, view->link);
    view->filed = request_query(visit->request, "filed").bytes > 0;
    struct html *html =
        visit_page(visit, status, PLACE_NONE,
                   str_print(visit->arena, "%s %.*s", visit_text(visit, view->procedure->title),
                             STR_F(view->number)));
    page_follow(html, visit, view);
    visit_send(visit);
    return NULL;
}

struct fault *follow_page(struct visit *visit)
{
    struct follow_view view;
    struct principal who;
    TRY(load_follow(visit, &who, &view));
    return show_follow(visit, 200, &view);
}

static struct fault *reply(struct visit *visit, const struct principal *who,
                           struct follow_view *view, json_t *fields, struct open_answer *answer)
{
    struct open_files files;
    struct open_request request = {.case_id = view->work->id,
                                   .step = str_of(view->tried->name),
                                   .fields = fields,
                                   .english = visit->english,
                                   .who = who,
                                   .keep = open_files_keep,
                                   .drop = open_files_drop,
                                   .whom = &files};
    TRY(open_token_check(visit->web, visit->arena, view->link, visit_form(visit, "once"),
                         &request.once));
    TRY(open_files_look(visit->web, visit->request, view->tried->form, &files));
    request.files = files.at;
    request.files_n = files.n;
    return desk_reply_openly(visit->web->desk, visit->arena, &request, answer);
}

/* The step that is asked for: one that the rules leave to whoever came without an account. */
static const struct step_row *step_named(const struct visit *visit, const struct follow_view *view)
{
    const struct step_row *step = step_by_name(visit->web->book, view->procedure, visit->parts[1]);
    return step && step_is_open(visit->web->book, step) ? step : NULL;
}

struct fault *follow_post(struct visit *visit)
{
    struct follow_view view;
    struct principal who;
    struct open_answer answer;
    TRY(load_follow(visit, &who, &view));
    view.tried = step_named(visit, &view);
    if (!view.tried)
        return FAULT(visit->arena, "unknown-step", "%.*s", STR_F(visit->parts[1]));
    const struct form_row *form = &visit->web->book->forms[view.tried->form];
    TRY(check_names(visit, form, ""));
    json_t *fields = form_values(visit, form, &view.setting);
    struct fault *fault = reply(visit, &who, &view, fields, &answer);
    if (fault && is_for_the_form(fault)) {
        view.setting.values = fields;
        view.setting.faults = is_of_field(fault) ? fault : NULL;
        view.refused = is_of_field(fault) ? NULL : fault;
        return show_follow(visit, status_of(visit, fault), &view);
    }
    TRY(fault);
    if (!answer.step.repeated)
        rate_taken(visit->web->rate, request_peer(visit->request));
    visit_redirect(visit, str_print(visit->arena, "/follow/%.*s", STR_F(view.link)));
    return NULL;
}
