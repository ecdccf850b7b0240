/* opened.c: the cases that a step opens: `then PROCEDURE STEP` of the rules.
 * SPDX-License-Identifier: Apache-2.0
 *
 * In the same transaction and by the same actor, on what the first case is about, or on each of the
 * labels that an effect of the step has chosen (deed->opens_on). What the step's form was given is
 * given to the opened step, as far as its own form asks for it. The opening and the step taken at
 * once are entries of their own, after that of the step. When the new case's step is refused, so
 * is the first one. */
#include "base/json.h"
#include "desk/act.h"
#include "desk/deed.h"
#include "desk/given.h"

#include "base/banned.h"

/* A step that `then` rows take, into a state that waits for the clock: nobody opens such a case by
 * hand, a second watch over the same thing. */
static bool is_taken_by_then(const struct rulebook *book, const struct procedure_row *procedure,
                             const struct step_row *step)
{
    struct range turn = book->states[step->to].turn;
    if (!turn.n || book->roles[book->ids[turn.first]].sort != ROLE_SORT_MACHINE)
        return false;
    for (size_t i = 0; i < book->thens_n; i++)
        if (book->thens[i].procedure == (int)(procedure - book->procedures) &&
            str_is(str_of(book->thens[i].step), step->name))
            return true;
    return false;
}

bool is_opened_by_steps(const struct rulebook *book, const struct procedure_row *procedure)
{
    bool by_steps = false;
    for (size_t i = 0; i < procedure->steps.n; i++) {
        const struct step_row *step = &book->steps[procedure->steps.first + i];
        if (book->ids[step->from.first] != STATE_START)
            continue;
        if (!is_taken_by_then(book, procedure, step))
            return false;
        by_steps = true;
    }
    return by_steps;
}

/* What the first step was given, as far as the form of the opened one asks for it. */
static json_t *fields_of_opened(const struct deed *deed, const struct step_row *step)
{
    const struct rulebook *book = deed->desk->book;
    json_t *out = json_new(deed->arena);
    struct range fields = book->forms[step ? step->form : 0].fields;
    for (size_t i = 0; step && step->form && i < fields.n; i++) {
        const char *name = book->fields[book->form_fields[fields.first + i].field].name;
        json_t *value = json_object_get(deed->fields, name);
        if (value && !json_is_null(value))
            json_put_json(out, name, value);
    }
    return out;
}

static struct row_casework work_of_opened(const struct deed *deed, const char *procedure)
{
    struct row_casework work = deed->work;
    work.id = id_new(deed->arena);
    work.procedure = str_of(procedure);
    work.state = str_of(deed->desk->book->states[STATE_START].name);
    work.opened_by = deed->who->person;
    work.opened = work.since = deed->now;
    work.due = work.entry = work.alarm_step = STR_NONE;
    work.alarm = 0;
    work.version = 1;
    work.parent = deed->work.id;
    return work;
}

static struct fault *open_one(struct deed *deed, const struct then_row *then, struct str label)
{
    const struct procedure_row *procedure = &deed->desk->book->procedures[then->procedure];
    struct deed opened = {.desk = deed->desk,
                          .arena = deed->arena,
                          .who = deed->who,
                          .now = deed->now,
                          .moment = deed->moment,
                          .today = deed->today,
                          .procedure = procedure,
                          .role = deed->role,
                          .work = work_of_opened(deed, procedure->name)};
    struct act act = {.name = "step"};
    struct step_request request = {.case_id = opened.work.id,
                                   .step = str_of(then->step),
                                   .expected_version = -1,
                                   .who = deed->who};
    struct step_answer answer;
    if (str_is(str_of(procedure->subject), "label")) {
        TRY(deed_take_label(&opened, label));
        opened.work.party =
            is_confidential(deed->desk->book, procedure) ? STR_NONE : opened.work.registrant;
    }
    request.fields =
        fields_of_opened(deed, step_by_name(deed->desk->book, procedure, request.step));
    TRY(deed_write_opening(&opened, STR_NONE, STR_NONE));
    TRY(deed_give_opened(deed, opened.work.id));
    TRY(desk_take_act(deed->desk, deed->arena, &request, &act, &answer));
    deed->publishes = deed->publishes || answer.publishes;
    return NULL;
}

struct fault *deed_open_cases(struct deed *deed)
{
    for (size_t i = 0; i < deed->step->thens.n; i++) {
        const struct then_row *then = &deed->desk->book->thens[deed->step->thens.first + i];
        if (!deed->opens_chosen)
            TRY(open_one(deed, then, deed->work.label));
        for (size_t k = 0; k < deed->opens_on.n; k++)
            TRY(open_one(deed, then, deed->opens_on.at[k]));
    }
    return NULL;
}
