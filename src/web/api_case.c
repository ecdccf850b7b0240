/* api_case.c: cases: opened, listed, looked at.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/api_part.h"

#include "base/banned.h"

enum { CASES_MAX = 200 };

json_t *turn_of(const struct call *call, int state)
{
    const struct rulebook *book = call->web->book;
    struct range turn = book->states[state].turn;
    json_t *roles = json_new_list(call->arena);
    for (size_t i = 0; i < turn.n; i++)
        json_add_str(roles, str_of(book->roles[book->ids[turn.first + i]].name));
    return roles;
}

static json_t *step_of(struct call *call, const struct offer *offer)
{
    const struct rulebook *book = call->web->book;
    json_t *step = json_new(call->arena);
    json_put(step, "name", str_of(offer->step->name));
    json_put(step, "role", str_of(book->roles[offer->role].name));
    json_put_bool(step, "open", offer->open);
    json_put(step, "clause", str_of(offer->step->clause));
    if (offer->step->form)
        json_put(step, "form", str_of(book->forms[offer->step->form].name));
    if (!offer->open && offer->verdict.guard) {
        json_put(step, "guard", str_of(offer->verdict.guard));
        json_put(step, "refused_by", str_of(offer->verdict.clause));
    }
    return step;
}

static bool leaves(const struct call *call, const struct step_row *step, int state)
{
    for (size_t i = 0; i < step->from.n; i++)
        if (call->web->book->ids[step->from.first + i] == state)
            return true;
    return false;
}

/* Steps from this state of which this person holds a role; those not open say which guard is in the
 * way. */
static struct fault *steps_of(struct call *call, const struct row_casework *work, json_t **out)
{
    struct offer *offers;
    size_t n;
    TRY(desk_offers(call->web->desk, call->arena, &call->who, work->id, &offers, &n));
    int state = state_by_name(call->web->book, work->state);
    *out = json_new_list(call->arena);
    for (size_t i = 0; i < n; i++)
        if (offers[i].role && leaves(call, offers[i].step, state))
            json_add(*out, step_of(call, &offers[i]));
    return NULL;
}

static struct fault *numbers_of(struct call *call, struct str case_id, json_t **out)
{
    struct row_case_number *rows;
    size_t n;
    TRY(sql_case_numbers(call->web->store, call->arena, case_id, &rows, &n));
    *out = json_new(call->arena);
    for (size_t i = 0; i < n; i++)
        json_put(*out, str_z(call->arena, rows[i].kind), rows[i].number);
    return NULL;
}

static void put_work(struct call *call, json_t *object, const struct row_casework *work)
{
    json_put(object, "id", work->id);
    json_put(object, "procedure", work->procedure);
    json_put_int(object, "level", work->level);
    json_put(object, "state", work->state);
    json_put_json(object, "turn", turn_of(call, state_by_name(call->web->book, work->state)));
    json_put_int(object, "version", work->version);
    json_put(object, "edition", work->edition);
    json_put(object, "label", work->label);
    json_put(object, "due", work->due);
    json_put_json(object, "title", json_text_of(call->arena, work->title_ja, work->title_en));
}

static struct fault *brief_of(struct call *call, const struct row_casework *work, json_t **out)
{
    json_t *steps, *numbers;
    *out = json_new(call->arena);
    put_work(call, *out, work);
    TRY(steps_of(call, work, &steps));
    TRY(numbers_of(call, work->id, &numbers));
    json_put_json(*out, "steps", steps);
    json_put_json(*out, "numbers", numbers);
    return NULL;
}

static struct fault *find_case(struct call *call, struct str case_id, struct row_casework **out)
{
    TRY(desk_may_see(call->web->desk, call->arena, &call->who, case_id));
    TRY(sql_case_by_id(call->web->store, call->arena, case_id, out));
    return *out ? NULL : FAULT(call->arena, "absent", "no such case for this person");
}

/* To whoever has just written to it, in the same transaction. */
struct fault *case_brief(struct call *call, struct str case_id, json_t **out, int64_t *version)
{
    struct row_casework *work;
    TRY(sql_case_by_id(call->web->store, call->arena, case_id, &work));
    if (!work)
        return FAULT(call->arena, "absent", "no such case");
    *version = work->version;
    return brief_of(call, work, out);
}

/* An application is for a level; a case on a label has its label's. */
static bool asks_for_level(struct call *call, struct str procedure)
{
    return str_is(str_of(procedure_by_name(call->web->book, procedure)->subject), "application");
}

struct fault *api_cases_post(struct call *call)
{
    json_t *body, *value, *brief;
    struct str key, case_id;
    const char *name;
    int64_t version;
    TRY(call_idempotency_key(call, &key));
    TRY(call_body(call, false, &body));
    json_object_foreach(body, name, value)
    {
        struct str n = str_of(name);
        if (!str_is(n, "procedure") && !str_is(n, "level") && !str_is(n, "party") &&
            !str_is(n, "label") && !str_is(n, "case") && !str_is(n, "category"))
            return call_wrong(call, "field-unknown",
                              str_z(call->arena, str_print(call->arena, "/%s", name)));
    }
    struct str procedure = json_get(body, "procedure");
    if (!procedure.bytes)
        return call_wrong(call,
                          json_object_get(body, "procedure") ? "field-malformed" : "field-missing",
                          "/procedure");
    if (!procedure_by_name(call->web->book, procedure))
        return call_wrong(call, "field-not-listed", "/procedure");
    json_t *level = json_object_get(body, "level");
    if (level ? !json_is_integer(level) : asks_for_level(call, procedure))
        return call_wrong(call, level ? "field-malformed" : "field-missing", "/level");
    json_t *party = json_object_get(body, "party"), *label = json_object_get(body, "label");
    if (party && !json_is_string(party))
        return call_wrong(call, "field-malformed", "/party");
    if (label && !json_is_string(label))
        return call_wrong(call, "field-malformed", "/label");
    json_t *decided = json_object_get(body, "case");
    if (decided && !json_is_string(decided))
        return call_wrong(call, "field-malformed", "/case");
    json_t *category = json_object_get(body, "category");
    if (category && !json_is_string(category))
        return call_wrong(call, "field-malformed", "/category");
    struct case_request request = {.procedure = procedure,
                                   .category = json_text(category),
                                   .level = json_integer_value(level),
                                   .label = json_text(label),
                                   .decided = json_text(decided),
                                   .party = json_text(party),
                                   .idempotency_key = key,
                                   .who = &call->who};
    TRY(desk_open_case(call->web->desk, call->arena, &request, &case_id));
    TRY(case_brief(call, case_id, &brief, &version));
    call_header(call, "Location", str_print(call->arena, "/api/v1/cases/%.*s", STR_F(case_id)));
    call_header(call, "ETag", version_tag(call->arena, version));
    call_send(call, 201, brief);
    return NULL;
}

/* Personnel see what their offices let them see, the latest first; others their own. */
static struct fault *cases_of(struct call *call, struct row_casework **rows, size_t *n)
{
    bool of_body;
    char day[11];
    TRY(call_of_body(call, &of_body));
    if (of_body)
        return sql_cases_latest(call->web->store, call->arena, CASES_MAX, rows, n);
    struct str today = day_print(clock_today(call->web->clock), day);
    return sql_portal_own_cases(call->web->store, call->arena, call->who.person, today, CASES_MAX,
                                rows, n);
}

/* For whom this person may open a case: `party` of POST /api/v1/cases. */
static struct fault *put_parties(struct call *call, json_t *answer)
{
    struct row_party *rows;
    size_t n;
    char day[11];
    json_t *parties = json_new_list(call->arena);
    TRY(sql_portal_parties(call->web->store, call->arena, call->who.person,
                           day_print(clock_today(call->web->clock), day), &rows, &n));
    for (size_t i = 0; i < n; i++) {
        json_t *one = json_new(call->arena);
        json_put(one, "id", rows[i].id);
        json_put_json(one, "name", json_text_of(call->arena, rows[i].name_ja, rows[i].name_en));
        json_put(one, "corporate_number", rows[i].corporate_number);
        json_add(parties, one);
    }
    json_put_json(answer, "parties", parties);
    return NULL;
}

struct fault *api_cases_get(struct call *call)
{
    struct row_casework *rows;
    size_t n;
    json_t *list = json_new_list(call->arena), *answer = json_new(call->arena);
    TRY(cases_of(call, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct fault *hidden = desk_may_see(call->web->desk, call->arena, &call->who, rows[i].id);
        if (hidden && str_is(str_of(hidden->code), "absent"))
            continue;
        TRY(hidden);
        json_t *one = json_new(call->arena), *numbers;
        put_work(call, one, &rows[i]);
        TRY(numbers_of(call, rows[i].id, &numbers));
        json_put_json(one, "numbers", numbers);
        json_add(list, one);
    }
    json_put_json(answer, "cases", list);
    TRY(put_parties(call, answer));
    call_send(call, 200, answer);
    return NULL;
}

static void end_snapshot(void *store)
{
    store_rollback(store);
}

/* Version, state and steps are of one moment; and the database locks once, not at each statement.
 * A call that outgrows its memory ends the snapshot on its way out. */
struct fault *api_case_get(struct call *call)
{
    struct store *store = call->web->store;
    struct row_casework *work;
    json_t *whole;
    TRY(desk_read_cases(call->web->desk, call->arena, &call->who, &call->parts[0], 1));
    TRY(store_begin(store, call->arena, false));
    arena_undo(call->arena, end_snapshot, store);
    struct fault *fault = find_case(call, call->parts[0], &work);
    if (!fault)
        fault = brief_of(call, work, &whole);
    if (!fault)
        fault = case_put_rest(call, whole, work);
    arena_undo(call->arena, NULL, NULL);
    end_snapshot(store);
    TRY(fault);
    call_header(call, "ETag", version_tag(call->arena, work->version));
    call_send(call, 200, whole);
    return NULL;
}
