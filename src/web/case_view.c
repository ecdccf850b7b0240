/* case_view.c: reads what the pages show of a case.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/case_view.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"

#include "base/banned.h"

static const struct step_row *save_step(const struct rulebook *book,
                                        const struct procedure_row *procedure)
{
    return step_by_name(book, procedure, STR("save"));
}

/* A draft is a case in a state from which `save` is taken: it is the applicant's alone. What a
 * facility files is one form, not the sections of an application. */
static bool is_draft(const struct rulebook *book, const struct procedure_row *procedure, int state)
{
    const struct step_row *save = save_step(book, procedure);
    if (str_is(str_of(procedure->subject), "facility"))
        return false;
    for (size_t i = 0; save && i < save->from.n; i++)
        if (book->ids[save->from.first + i] == state)
            return true;
    return false;
}

static struct fault *load_fields(struct visit *visit, struct case_view *view)
{
    struct row_case_field *rows;
    size_t n;
    TRY(sql_case_fields(visit->web->store, visit->arena, view->work->id, &rows, &n));
    view->values = json_new(visit->arena);
    for (size_t i = 0; i < n; i++) {
        json_t *value;
        struct str wrapped = str_print(visit->arena, "[%.*s]", STR_F(rows[i].value));
        TRY(json_read(visit->arena, wrapped, &value));
        json_put_json(view->values, str_z(visit->arena, rows[i].field), json_array_get(value, 0));
    }
    return NULL;
}

static struct fault *load_numbers(struct visit *visit, struct case_view *view)
{
    TRY(sql_case_numbers(visit->web->store, visit->arena, view->work->id, &view->numbers,
                         &view->numbers_n));
    for (size_t i = 0; i < view->numbers_n; i++) {
        const struct row_case_number *number = &view->numbers[i];
        if (str_is(number->kind, "application-number"))
            view->application_number = number->number;
        if (str_is(number->kind, "acceptance-number"))
            view->acceptance_number = number->number;
        if (str_is(number->kind, "registration-number"))
            view->registration_number = number->number;
    }
    return NULL;
}

static struct fault *load_files(struct visit *visit, struct case_view *view)
{
    size_t n, present = 0;
    TRY(sql_case_files(visit->web->store, visit->arena, view->work->id, &view->files, &n));
    for (size_t i = 0; i < n; i++)
        if (!view->files[i].replaced)
            view->files[present++] = view->files[i];
    view->files_n = present;
    return sql_sboms_of_case(visit->web->store, visit->arena, view->work->id, &view->bills,
                             &view->bills_n);
}

/* The edition of the case; before filing, the one in force for its level. */
static struct fault *load_criteria(struct visit *visit, struct case_view *view)
{
    struct store *store = visit->web->store;
    char day[11];
    if (view->work->edition.bytes)
        TRY(sql_criteria_edition_by_id(store, visit->arena, view->work->edition, &view->edition));
    else
        TRY(sql_criteria_edition_in_force(store, visit->arena, view->work->level,
                                          day_print(visit->today, day), &view->edition));
    if (view->edition)
        TRY(sql_criteria_of_edition(store, visit->arena, view->edition->id, &view->criteria,
                                    &view->criteria_n));
    return NULL;
}

static struct fault *find_owner(struct visit *visit, struct case_view *view)
{
    struct row_party *parties;
    size_t n;
    char day[11];
    TRY(sql_portal_parties(visit->web->store, visit->arena, visit->who.person,
                           day_print(visit->today, day), &parties, &n));
    view->own = str_eq(view->work->opened_by, visit->who.person);
    for (size_t i = 0; i < n; i++) {
        view->own = view->own || str_eq(parties[i].id, view->work->party);
        view->facility_own = view->facility_own || str_eq(parties[i].id, view->work->facility);
    }
    if (view->work->facility.bytes)
        TRY(sql_party_by_id(visit->web->store, visit->arena, view->work->facility,
                            &view->facility));
    if (view->work->party.bytes)
        TRY(sql_party_by_id(visit->web->store, visit->arena, view->work->party, &view->party));
    return NULL;
}

static struct fault *load_facilities(struct visit *visit, struct case_view *view)
{
    struct row_casework *work = view->work;
    char day[11], level[24];
    if (work->level < 3 || !view->own)
        return NULL;
    struct str any = str_of(level), own;
    snprintf(level, sizeof level, "%lld:*", (long long)work->level);
    own = str_print(visit->arena, "%lld:%.*s", (long long)work->level, STR_F(work->category));
    return sql_facilities_to_name(visit->web->store, visit->arena, day_print(visit->today, day),
                                  own, any, &view->facilities, &view->facilities_n);
}

/* The watch over an expiry stands at its label. */
static struct fault *load_related(struct visit *visit, struct case_view *view)
{
    struct store *store = visit->web->store;
    struct row_casework *below, *parent = NULL;
    size_t n, kept = 0;
    if (view->work->parent.bytes)
        TRY(sql_case_by_id(store, visit->arena, view->work->parent, &parent));
    TRY(sql_cases_below(store, visit->arena, view->work->id, &below, &n));
    view->related = NEW_ARRAY(visit->arena, n + 1, struct row_casework);
    if (parent)
        view->related[kept++] = *parent;
    for (size_t i = 0; i < n; i++)
        if (!str_is(below[i].procedure, "expiry"))
            view->related[kept++] = below[i];
    for (size_t i = 0; i < kept; i++) {
        struct fault *hidden =
            desk_may_see(visit->web->desk, visit->arena, &visit->who, view->related[i].id);
        if (!hidden)
            view->related[view->related_n++] = view->related[i];
        else if (!str_is(str_of(hidden->code), "absent"))
            return hidden;
    }
    return NULL;
}

/* What the body did on a case that anyone may bring is not for whoever brought it. */
static void keep_told(const struct visit *visit, struct case_view *view)
{
    size_t kept = 0;
    for (size_t i = 0; i < view->steps_n && !visit->staff; i++)
        if (act_is_told(visit->web->book, view->procedure, view->steps[i].step,
                        view->steps[i].person, &visit->who))
            view->steps[kept++] = view->steps[i];
    if (!visit->staff)
        view->steps_n = kept;
}

struct fault *case_view_load(struct visit *visit, struct str id, struct case_view **out)
{
    struct store *store = visit->web->store;
    struct case_view *view = NEW(visit->arena, struct case_view);
    *out = view;
    TRY(desk_may_see(visit->web->desk, visit->arena, &visit->who, id));
    if (visit->request->method != HTTP_POST) /* what a form changes is an entry of its own */
        TRY(desk_read_cases(visit->web->desk, visit->arena, &visit->who, &id, 1));
    TRY(sql_case_by_id(store, visit->arena, id, &view->work));
    if (!view->work)
        return FAULT(visit->arena, "unknown-case", "%.*s", STR_F(id));
    view->procedure = procedure_by_name(visit->web->book, view->work->procedure);
    view->state = state_by_name(visit->web->book, view->work->state);
    if (!view->procedure || !view->state)
        return FAULT(visit->arena, "unknown-case",
                     "its procedure or state is not in the rule book: %.*s",
                     STR_F(view->work->procedure));
    view->draft = is_draft(visit->web->book, view->procedure, view->state);
    TRY(find_owner(visit, view));
    TRY(load_numbers(visit, view));
    TRY(load_fields(visit, view));
    TRY(load_files(visit, view));
    TRY(load_criteria(visit, view));
    TRY(case_rounds_load(visit, view));
    TRY(load_facilities(visit, view));
    TRY(case_letters_load(visit, view));
    TRY(load_related(visit, view));
    TRY(case_mass_load(visit, view));
    TRY(sql_portal_case_steps(store, visit->arena, id, &view->steps, &view->steps_n));
    keep_told(visit, view);
    TRY(sql_portal_case_readers(store, visit->arena, id, &view->readers, &view->readers_n));
    TRY(desk_offers(visit->web->desk, visit->arena, &visit->who, id, &view->offers,
                    &view->offers_n));
    TRY(desk_may_appeal(visit->web->desk, visit->arena, &visit->who, id, &view->appeal));
    TRY(pace_of(visit, view->work->since, view->work->due, &view->pace));
    case_view_lay_road(visit, view);
    return NULL;
}

bool field_is_shown(const struct visit *visit, const struct case_view *view, int field)
{
    const struct rulebook *book = visit->web->book;
    for (size_t s = 0; s < view->procedure->steps.n; s++) {
        const struct step_row *step = &book->steps[view->procedure->steps.first + s];
        bool shown = step->from.n && book->ids[step->from.first] == STATE_START &&
                     step_moves(step); /* what is filed is the party's own */
        for (size_t r = 0; r < step->by.n; r++) {
            int role = book->ids[step->by.first + r];
            shown = shown || (view->facility_own && role == ROLE_EVALUATION_FACILITY) ||
                    (view->own && role == ROLE_REGISTRANT);
        }
        struct range fields = book->forms[step->form].fields;
        for (size_t i = 0; shown && i < fields.n; i++)
            if (book->form_fields[fields.first + i].field == field)
                return true;
    }
    return visit->staff;
}

const char *state_words(const struct visit *visit, int state)
{
    return visit_text(visit, visit->web->book->states[state].text);
}

struct str turn_words(const struct visit *visit, int state)
{
    const struct rulebook *book = visit->web->book;
    struct range turn = book->states[state].turn;
    struct buf out = buf_new(visit->arena, 1000);
    for (size_t i = 0; i < turn.n; i++) {
        buf_add_z(&out, !i ? "" : visit->english ? ", " : "、");
        int role = visit_office(visit, book->ids[turn.first + i]);
        buf_add_z(&out, visit_text(visit, book->roles[role].text));
    }
    return buf_str(&out);
}

bool turn_is_of(const struct visit *visit, int state)
{
    const struct rulebook *book = visit->web->book;
    struct range turn = book->states[state].turn;
    for (size_t i = 0; i < turn.n; i++)
        if (visit_holds(visit, book->ids[turn.first + i]))
            return true;
    return false;
}

const char *step_words(const struct visit *visit, const struct step_row *step)
{
    return visit_text(visit, visit->web->book->acts[step->act].text);
}

struct str role_words(const struct visit *visit, struct str role)
{
    int id = role_by_name(visit->web->book, role);
    return id ? str_of(visit_text(visit, visit->web->book->roles[id].text)) : role;
}

struct str case_title(const struct visit *visit, const struct row_casework *work)
{
    struct str title = visit_pick(visit, work->title_ja, work->title_en);
    const struct procedure_row *procedure = procedure_by_name(visit->web->book, work->procedure);
    if (!title.bytes && procedure && !str_is(str_of(procedure->subject), "application"))
        return str_of(visit_text(visit, procedure->title)); /* it is about no product */
    return title.bytes ? title : str_of(word(visit->english, "Product not named yet"));
}

/* A case on a label is well where the label is; what may take the label away is not, until it is
 * done with. */
const char *case_colour(const struct case_view *view)
{
    bool final = hoshi_rulebook.states[view->state].final;
    bool against = str_starts(view->work->procedure, "surveillance") ||
                   str_is(view->work->procedure, "revocation");
    if (!against)
        return view->work->label.bytes ? "valid" : final ? "lapsed" : "provisional";
    return view->state == STATE_CORRECTED || view->state == STATE_FORGONE ? "valid"
           : final                                                        ? "lapsed"
                                                                          : "provisional";
}

struct str case_called(const struct case_view *view)
{
    return view->application_number.bytes ? view->application_number
           : view->work->label.bytes      ? view->work->label
                                          : view->work->id;
}

struct field_setting case_setting(const struct case_view *view, const json_t *values,
                                  const struct fault *faults)
{
    return (struct field_setting){.case_id = view->work->id,
                                  .values = values,
                                  .filled = view->values,
                                  .faults = faults,
                                  .criteria = view->criteria,
                                  .criteria_n = view->criteria_n,
                                  .files = view->files,
                                  .files_n = view->files_n,
                                  .facilities = view->facilities,
                                  .facilities_n = view->facilities_n};
}
