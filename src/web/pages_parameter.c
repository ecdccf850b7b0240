/* pages_parameter.c: what the manual leaves to procedures: each parameter with its dated values,
 * and the proposal of a change.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/pages_parameter.h"

#include "base/hash.h"
#include "base/json.h"
#include "desk/form.h"
#include "web/pages.gen.h"
#include "web/pages_lists.h"
#include "web/pages_step.h"
#include "web/route.h"

#include "base/banned.h"

static const char procedure[] = "parameter-change", step[] = "propose-parameter";

/* ---- words */

static const struct {
    const char *sort, *text;
} sorts[] = {{"days", N_("days")},
             {"working-days", N_("working days")},
             {"span", N_("a period: 90d, 6m or 1y")},
             {"number", N_("a number")},
             {"numbers", N_("numbers, with commas")},
             {"flag", N_("yes or no")},
             {"word", N_("one of the words named")},
             {"words", N_("of the words named, with commas")},
             {"day", N_("a day")},
             {"office", N_("an office")},
             {"format", N_("the form of a number, with {yy} or {yyyy} and {seq:N}")},
             {"text", N_("text")}};

const char *parameter_sort(const struct visit *visit, int parameter)
{
    struct str sort = str_of(visit->web->book->parameters[parameter].sort);
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++)
        if (str_is(sort, sorts[i].sort))
            return word(visit->english, sorts[i].text);
    return "";
}

struct str parameter_shown(const struct visit *visit, int parameter, struct str value)
{
    struct str sort = str_of(visit->web->book->parameters[parameter].sort);
    struct day day;
    if (str_is(sort, "flag"))
        return str_of(word(visit->english, str_is(value, "yes") ? N_("Yes") : N_("No")));
    if (str_is(sort, "office"))
        return role_words(visit, value);
    if (str_is(sort, "day") && day_parse(value, &day))
        return day_words(visit->arena, visit->english, day);
    return value;
}

struct str parameter_choices(const struct visit *visit, int parameter)
{
    const struct rulebook *book = visit->web->book;
    struct str sort = str_of(book->parameters[parameter].sort);
    struct buf out = buf_new(visit->arena, 4000);
    if (str_is(sort, "flag"))
        return STR("yes no");
    if (!str_is(sort, "office"))
        return str_of(book->parameters[parameter].choices);
    for (size_t role = 1; role < book->roles_n; role++)
        if (book->roles[role].sort == ROLE_SORT_OFFICE)
            buf_printf(&out, "%s%s", out.bytes ? " " : "", book->roles[role].name);
    return buf_str(&out);
}

struct str parameter_in_force(const struct visit *visit, const struct parameter_line *line)
{
    struct str value = line->coming < line->n
                           ? line->rows[line->coming].value
                           : str_of(visit->web->book->parameters[line->id].value);
    return parameter_shown(visit, line->id, value);
}

/* ---- what there is */

static struct fault *load_rows(struct visit *visit, struct parameters_view *view)
{
    const struct rulebook *book = visit->web->book;
    struct row_parameter *rows;
    size_t n;
    char room[11];
    struct str today = str_copy(visit->arena, day_print(visit->today, room));
    TRY(sql_parameter_rows(visit->web->store, visit->arena, &rows, &n));
    view->lines = NEW_ARRAY(visit->arena, book->parameters_n, struct parameter_line);
    for (size_t i = 1; i < book->parameters_n; i++)
        view->lines[i].id = (int)i;
    for (size_t i = 0; i < n; i++) {
        struct parameter_line *line = &view->lines[parameter_by_name(book, rows[i].name)];
        if (!line->n++)
            line->rows = &rows[i];
        line->coming += str_order(rows[i].valid_from, today) > 0;
    }
    return NULL;
}

/* The case keeps each value as JSON. */
static struct fault *text_of(struct visit *visit, struct str kept, struct str *out)
{
    json_t *list;
    TRY(json_read(visit->arena, str_print(visit->arena, "[%.*s]", STR_F(kept)), &list));
    *out = json_text(json_array_get(list, 0));
    return NULL;
}

static struct fault *load_proposals(struct visit *visit, struct parameters_view *view)
{
    const struct rulebook *book = visit->web->book;
    struct sql_parameter_proposals_row *rows;
    TRY(sql_parameter_proposals(visit->web->store, visit->arena, PROPOSALS_MAX, &rows,
                                &view->proposals_n));
    view->proposals = NEW_ARRAY(visit->arena, view->proposals_n + 1, struct parameter_proposal);
    for (size_t i = 0; i < view->proposals_n; i++) {
        struct parameter_proposal *one = &view->proposals[i];
        struct str name, from;
        *one = (struct parameter_proposal){.row = &rows[i],
                                           .state = state_by_name(book, rows[i].state)};
        TRY(text_of(visit, rows[i].name, &name));
        TRY(text_of(visit, rows[i].value, &one->value));
        TRY(text_of(visit, rows[i].from_day, &from));
        one->id = parameter_by_name(book, name);
        day_parse(from, &one->from);
    }
    return NULL;
}

static struct fault *load_all(struct visit *visit, struct parameters_view **out)
{
    struct parameters_view *view = *out = NEW(visit->arena, struct parameters_view);
    bool may;
    TRY(may_list(visit, str_of(procedure), &may));
    if (!may)
        return FAULT(visit->arena, "no-such-page", "parameters are not this person's");
    TRY(load_rows(visit, view));
    return load_proposals(visit, view);
}

struct fault *parameters_page(struct visit *visit)
{
    struct parameters_view *view;
    TRY(load_all(visit, &view));
    struct html *html =
        visit_page(visit, 200, PLACE_NONE, str_of(word(visit->english, "Parameters")));
    page_parameters(html, visit, view);
    visit_send(visit);
    return NULL;
}

/* ---- one of them */

static const struct step_row *proposing(const struct rulebook *book)
{
    return step_by_name(book, procedure_by_name(book, str_of(procedure)), str_of(step));
}

static struct fault *load_one(struct visit *visit, struct parameter_view *view)
{
    const struct rulebook *book = visit->web->book;
    const struct step_row *proposal = proposing(book);
    struct parameters_view *all;
    int id = parameter_by_name(book, visit->parts[0]);
    if (!id)
        return FAULT(visit->arena, "no-such-page", "no such parameter");
    TRY(load_all(visit, &all));
    *view = (struct parameter_view){.word = &book->parameters[id],
                                    .line = &all->lines[id],
                                    .all = all,
                                    .form = &book->forms[proposal->form],
                                    .setting.values = json_new(visit->arena)};
    for (size_t i = 0; i < proposal->by.n; i++)
        view->may_propose =
            view->may_propose || visit_holds(visit, book->ids[proposal->by.first + i]);
    return NULL;
}

static struct fault *show_one(struct visit *visit, int status, const struct parameter_view *view)
{
    struct html *html =
        visit_page(visit, status, PLACE_NONE, str_of(visit_text(visit, view->word->text)));
    page_parameter(html, visit, view, random_name(visit->arena, 16));
    visit_send(visit);
    return NULL;
}

struct fault *parameter_page(struct visit *visit)
{
    struct parameter_view view;
    TRY(load_one(visit, &view));
    return show_one(visit, 200, &view);
}

static struct fault *take(struct visit *visit, struct str id, const char *name, json_t *fields)
{
    struct step_answer answer;
    struct step_request request = {
        .case_id = id,
        .step = str_of(name),
        .fields = fields,
        .expected_version = -1,
        .idempotency_key =
            str_print(visit->arena, "%.*s-%s", STR_F(visit_form(visit, "once")), name),
        .who = &visit->who};
    return desk_take_step(visit->web->desk, visit->arena, &request, &answer);
}

/* The case is opened, the declaration given and the change proposed, each an entry of its own. */
static struct fault *propose(struct visit *visit, json_t *fields, struct str *id)
{
    struct case_request request = {.procedure = str_of(procedure),
                                   .idempotency_key = visit_form(visit, "once"),
                                   .who = &visit->who};
    TRY(desk_open_case(visit->web->desk, visit->arena, &request, id));
    if (visit_form(visit, "no-conflict").bytes)
        TRY(take(visit, *id, "declare-no-conflict", NULL));
    return take(visit, *id, step, fields);
}

struct fault *parameter_propose(struct visit *visit)
{
    struct parameter_view view;
    struct form_setting setting = {.today = visit->today};
    struct str id;
    json_t *checked;
    TRY(load_one(visit, &view));
    TRY(check_names(visit, view.form, "no-conflict"));
    json_t *fields = form_values(visit, view.form, &view.setting);
    json_put(fields, "parameter", visit->parts[0]);
    view.setting.values = fields;
    view.setting.faults = form_check(visit->web->book, visit->arena,
                                     proposing(visit->web->book)->form, fields, &setting, &checked);
    if (view.setting.faults) /* before a case is opened for it */
        return show_one(visit, 422, &view);
    struct fault *fault = propose(visit, fields, &id);
    const struct guard_row *guard = guard_row_of(visit->web->book, fault ? fault->guard : NULL);
    if (guard && guard->family == GUARD_MALFORMED) {
        view.setting.faults = fault;
        return show_one(visit, 422, &view);
    }
    TRY(fault);
    visit_redirect(visit, str_print(visit->arena, "/cases/%.*s", STR_F(id)));
    return NULL;
}
