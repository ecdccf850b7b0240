/* api_case.c: cases: opened, listed, looked at.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/letters.h"
#include "desk/openly.h"
#include "web/api_part.h"
#include "web/language.h"

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
            !str_is(n, "label") && !str_is(n, "category"))
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
    json_t *category = json_object_get(body, "category");
    if (category && !json_is_string(category))
        return call_wrong(call, "field-malformed", "/category");
    struct case_request request = {.procedure = procedure,
                                   .category = json_text(category),
                                   .level = json_integer_value(level),
                                   .label = json_text(label),
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

static struct fault *put_fields(struct call *call, json_t *object,
                                const struct row_casework *work, bool of_body)
{
    struct row_case_field *rows;
    size_t n;
    json_t *fields = json_new(call->arena);
    const struct rulebook *book = call->web->book;
    const struct procedure_row *procedure = procedure_by_name(book, work->procedure);
    TRY(sql_case_fields(call->web->store, call->arena, work->id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        json_t *value;
        if (!of_body && !act_is_told(book, procedure, rows[i].step, STR_NONE, &call->who))
            continue;
        TRY(json_read(call->arena, rows[i].value, &value));
        json_put_json(fields, str_z(call->arena, rows[i].field), value);
    }
    json_put_json(object, "fields", fields);
    return NULL;
}

/* What they were told, as on the page that follows the case. */
static struct fault *put_told(struct call *call, json_t *object, struct str case_id)
{
    struct row_notice *rows;
    size_t n;
    json_t *told = json_new_list(call->arena);
    TRY(sql_notices_to_outsider(call->web->store, call->arena, case_id, STR("anyone"), &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct letter letter;
        json_t *one = json_new(call->arena), *lines = json_new_list(call->arena);
        TRY(letter_of_notice(call->web->store, call->arena, call->web->book, &rows[i], NULL,
                             accepts_english(call->request), &letter));
        for (size_t l = 0; l < letter.lines_n; l++) {
            json_t *line = json_new(call->arena);
            json_put(line, "name", letter.lines[l].name);
            json_put(line, "value", letter.lines[l].value);
            json_add(lines, line);
        }
        json_put(one, "kind", rows[i].kind);
        json_put(one, "title", letter.title);
        json_put_json(one, "lines", lines);
        json_add(told, one);
    }
    json_put_json(object, "told", told);
    return NULL;
}

/* A file that the body put there is the body's; who came without an account sees their own. */
static struct fault *put_files(struct call *call, json_t *object,
                               const struct row_casework *work, bool of_body)
{
    struct row_case_file *rows;
    size_t n;
    json_t *files = json_new_list(call->arena);
    const struct rulebook *book = call->web->book;
    const struct procedure_row *procedure = procedure_by_name(book, work->procedure);
    TRY(sql_case_files(call->web->store, call->arena, work->id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (!of_body && !act_is_told(book, procedure, STR_NONE, rows[i].person, &call->who))
            continue;
        json_t *file = json_new(call->arena);
        json_put(file, "id", rows[i].id);
        json_put(file, "name", rows[i].name);
        json_put(file, "media_type", rows[i].media_type);
        json_put_int(file, "bytes", rows[i].bytes);
        json_put(file, "sha256", rows[i].digest);
        json_put_bool(file, "replaced", rows[i].replaced != 0);
        json_add(files, file);
    }
    json_put_json(object, "files", files);
    return NULL;
}

/* Makers see under which role the body acted; its personnel see who did. */
static bool names_shown(const struct call *call, const struct sql_portal_case_steps_row *row,
                        bool of_body)
{
    int role = role_by_name(call->web->book, row->role);
    return of_body || str_eq(row->person, call->who.person) ||
           (role && call->web->book->roles[role].sort == ROLE_SORT_PARTY);
}

static struct fault *put_timeline(struct call *call, json_t *object,
                                  const struct row_casework *work, bool of_body)
{
    struct sql_portal_case_steps_row *rows;
    size_t n;
    json_t *timeline = json_new_list(call->arena);
    const struct rulebook *book = call->web->book;
    const struct procedure_row *procedure = procedure_by_name(book, work->procedure);
    TRY(sql_portal_case_steps(call->web->store, call->arena, work->id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        char room[30];
        if (!of_body &&
            !act_is_told(book, procedure, rows[i].step, rows[i].person, &call->who))
            continue;
        json_t *entry = json_new(call->arena);
        json_put_int(entry, "entry", rows[i].seq);
        json_put(entry, "act", rows[i].act);
        json_put(entry, "step", rows[i].step);
        json_put(entry, "from", rows[i].from_state);
        json_put(entry, "to", rows[i].to_state);
        json_put(entry, "role", rows[i].role);
        if (rows[i].name_ja.bytes && names_shown(call, &rows[i], of_body)) /* the clock has none */
            json_put_json(entry, "person",
                          json_text_of(call->arena, rows[i].name_ja, rows[i].name_en));
        json_put(entry, "at", instant_print(rows[i].at, room));
        if (rows[i].due)
            json_put(entry, "due", instant_print(rows[i].due, room));
        json_put(entry, "clause", rows[i].clause);
        json_add(timeline, entry);
    }
    json_put_json(object, "timeline", timeline);
    return NULL;
}

/* By the tariff, once the application was received (2.2.2-1). */
static struct fault *put_fee(struct call *call, json_t *object, const struct row_casework *work)
{
    const struct rulebook *book = call->web->book;
    const struct procedure_row *procedure = procedure_by_name(book, work->procedure);
    struct facts *facts = NEW(call->arena, struct facts);
    if (!procedure || !procedure->steps.n)
        return NULL;
    TRY(desk_facts(call->web->desk, call->arena, &call->who, work->id,
                   str_of(book->steps[procedure->steps.first].name), facts));
    if (facts->fee_due > 0)
        json_put_int(object, "fee_due", facts->fee_due);
    return NULL;
}

static struct fault *whole_of(struct call *call, const struct row_casework *work, json_t **out)
{
    bool of_body;
    TRY(call_of_body(call, &of_body));
    TRY(brief_of(call, work, out));
    TRY(put_fields(call, *out, work, of_body));
    TRY(put_files(call, *out, work, of_body));
    if (!call->who.person.bytes)
        TRY(put_told(call, *out, work->id));
    TRY(put_timeline(call, *out, work, of_body));
    TRY(call_put_course(call, *out, work->id));
    return put_fee(call, *out, work);
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
        fault = whole_of(call, work, &whole);
    arena_undo(call->arena, NULL, NULL);
    end_snapshot(store);
    TRY(fault);
    call_header(call, "ETag", version_tag(call->arena, work->version));
    call_send(call, 200, whole);
    return NULL;
}
