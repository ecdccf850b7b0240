/* api_request.c: an Evaluation Facility's work by the API, in the manner of ACVP.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each application that names the facility is a request, with the criteria as test groups; results
 * are put as they come, files beside them, and submitted. All of it are steps of the case, by the
 * one writer. */
#include <string.h>

#include "web/api_part.h"

#include "base/banned.h"

enum { REQUESTS_MAX = 200 };

/* initial: the plan is awaited; processing; approved, rejected: how it ended. */
static const char *status_of(const struct call *call, const struct row_casework *work)
{
    static const char *const approved[] = {"issued", "renewed", "level-changed"};
    int state = state_by_name(call->web->book, work->state);
    for (size_t i = 0; i < sizeof approved / sizeof *approved; i++)
        if (str_is(work->state, approved[i]))
            return "approved";
    if (call->web->book->states[state].final)
        return "rejected";
    return str_is(work->state, "received") || str_is(work->state, "accepted") ||
                   str_is(work->state, "awaiting-plan")
               ? "initial"
               : "processing";
}

/* What the facility submits in this state; NULL when it is not its turn. */
static const char *submitted_by(struct str state)
{
    static const char *const steps[][2] = {{"awaiting-plan", "file-plan"},
                                           {"assessing", "file-report"},
                                           {"findings", "revise-report"}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (str_is(state, steps[i][0]))
            return steps[i][1];
    return NULL;
}

static json_t *request_of(struct call *call, const struct row_casework *work)
{
    json_t *out = json_new(call->arena);
    const char *submit = submitted_by(work->state);
    json_put(out, "id", work->id);
    json_put(out, "status", str_of(status_of(call, work)));
    json_put(out, "state", work->state);
    json_put_bool(out, "your_turn", submit != NULL);
    if (submit)
        json_put(out, "submit_takes", str_of(submit));
    json_put(out, "procedure", work->procedure);
    json_put_int(out, "level", work->level);
    json_put(out, "category", work->category);
    json_put(out, "edition", work->edition);
    json_put(out, "due", work->due);
    json_put_int(out, "version", work->version);
    json_put_json(out, "product", json_text_of(call->arena, work->title_ja, work->title_en));
    json_put(out, "url", str_print(call->arena, "/api/v1/requests/%.*s", STR_F(work->id)));
    return out;
}

static bool is_for_facility(const struct call *call, const struct row_casework *work)
{
    const struct rulebook *book = call->web->book;
    const struct procedure_row *procedure = procedure_by_name(book, work->procedure);
    for (size_t i = 0; procedure && i < procedure->seen_by.n; i++)
        if (book->ids[procedure->seen_by.first + i] == ROLE_EVALUATION_FACILITY)
            return true;
    return false;
}

static struct fault *own_requests(struct call *call, struct row_casework **rows, size_t *n)
{
    char day[11];
    return sql_cases_of_facility(call->web->store, call->arena, call->who.person,
                                 day_print(clock_today(call->web->clock), day), REQUESTS_MAX, rows,
                                 n);
}

struct fault *api_requests_get(struct call *call)
{
    struct row_casework *rows;
    size_t n;
    json_t *list = json_new_list(call->arena), *told = json_new(call->arena);
    TRY(own_requests(call, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (is_for_facility(call, &rows[i]))
            json_add(list, request_of(call, &rows[i]));
    json_put_json(told, "requests", list);
    call_send(call, 200, told);
    return NULL;
}

/* Of this person's facility; to others there is none. */
static struct fault *find_request(struct call *call, struct row_casework **out)
{
    struct row_casework *rows;
    size_t n;
    TRY(own_requests(call, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].id, call->parts[0]) && is_for_facility(call, &rows[i])) {
            *out = &rows[i];
            return NULL;
        }
    return FAULT(call->arena, "absent", "no such request for this facility");
}

/* ---- the criteria as test groups: those of one level together */

static struct str group_of(struct str criterion)
{
    size_t n = criterion.bytes;
    while (n && criterion.at[n - 1] != '-')
        n--;
    return n ? str_head(criterion, n - 1) : criterion;
}

static json_t *line_of(const json_t *lines, struct str criterion)
{
    for (size_t i = 0; i < json_array_size(lines); i++)
        if (str_eq(json_get(json_array_get(lines, i), "id"), criterion))
            return json_array_get(lines, i);
    return NULL;
}

static json_t *test_of(struct call *call, const struct row_criterion *criterion,
                       const json_t *filled)
{
    static const char *const parts[][2] = {{"claim", "checklist"},
                                           {"result", "assessment"},
                                           {"finding", "findings"},
                                           {"answer", "finding-answers"}};
    json_t *test = json_new(call->arena);
    json_put(test, "id", criterion->id);
    json_put_json(test, "text",
                  json_text_of(call->arena, criterion->text_ja, criterion->text_en));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        json_t *line = line_of(json_object_get(filled, parts[i][1]), criterion->id);
        if (line)
            json_put_json(test, parts[i][0], line);
    }
    return test;
}

static struct fault *put_groups(struct call *call, const struct row_casework *work,
                                const json_t *filled, json_t *out)
{
    struct row_criterion *rows;
    size_t n;
    json_t *groups = json_new_list(call->arena), *group = NULL, *tests = NULL;
    TRY(sql_criteria_of_edition(call->web->store, call->arena, work->edition, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct str name = group_of(rows[i].id);
        if (!group || !str_eq(json_get(group, "id"), name)) {
            group = json_new(call->arena);
            tests = json_new_list(call->arena);
            json_put(group, "id", str_copy(call->arena, name));
            json_put_json(group, "tests", tests);
            json_add(groups, group);
        }
        json_add(tests, test_of(call, &rows[i], filled));
    }
    json_put_json(out, "groups", groups);
    return NULL;
}

static struct fault *filled_of(struct call *call, struct str case_id, json_t **out)
{
    struct row_case_field *rows;
    size_t n;
    *out = json_new(call->arena);
    TRY(sql_case_fields(call->web->store, call->arena, case_id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        json_t *value;
        TRY(json_read(call->arena, rows[i].value, &value));
        json_put_json(*out, str_z(call->arena, rows[i].field), value);
    }
    return NULL;
}

struct fault *api_request_get(struct call *call)
{
    struct row_casework *work;
    json_t *filled;
    TRY(find_request(call, &work));
    TRY(filled_of(call, work->id, &filled));
    json_t *out = request_of(call, work);
    TRY(put_groups(call, work, filled, out));
    call_header(call, "ETag", version_tag(call->arena, work->version));
    call_send(call, 200, out);
    return NULL;
}

/* ---- results, and the submission */

/* A body that is put lies in the spool, whatever its kind. */
static struct fault *put_body(struct call *call, json_t **out)
{
    struct buf text = buf_new(call->arena, API_BODY_BYTES_MAX);
    struct str block = STR_NONE;
    if (!str_starts(str_trim(request_header(call->request, "Content-Type")), "application/json"))
        return FAULT(call->arena, "unsupported-media-type", "the body is to be application/json");
    struct spool *spool = spool_read(call->arena, &call->request->files[0]);
    do {
        if (!spool_next(spool, &block))
            return FAULT(call->arena, "broken-file", "%s", "reading what came in");
        buf_add(&text, block);
    } while (block.bytes);
    if (text.full)
        return FAULT(call->arena, "too-large", "at most %d bytes", (int)API_BODY_BYTES_MAX);
    TRY(json_read(call->arena, buf_str(&text), out));
    if (!json_is_object(*out))
        return FAULT(call->arena, "malformed-json", "the body is to be an object");
    return NULL;
}

/* Kept on the case as they stand so far; nothing is submitted by it. */
struct fault *api_request_results(struct call *call)
{
    struct row_casework *work;
    json_t *fields;
    TRY(find_request(call, &work));
    TRY(put_body(call, &fields));
    return call_take(call, STR("save-report"), fields);
}

/* What was put before, and this body on top of it: only what the form of the step asks for. */
static json_t *whole_of(struct call *call, const struct step_row *step, const json_t *saved,
                        const json_t *given)
{
    const struct rulebook *book = call->web->book;
    struct range parts = book->forms[step->form].fields;
    json_t *out = json_new(call->arena), *value;
    const char *name;
    for (size_t i = 0; i < parts.n; i++) {
        const char *field = book->fields[book->form_fields[parts.first + i].field].name;
        if (json_object_get(saved, field) && strcmp(field, "remarks") != 0)
            json_put_json(out, field, json_object_get(saved, field));
    }
    json_object_foreach((json_t *)given, name, value) json_put_json(out, name, value);
    return out;
}

struct fault *api_request_submit(struct call *call)
{
    struct row_casework *work;
    json_t *given, *saved;
    TRY(find_request(call, &work));
    TRY(call_body(call, true, &given));
    TRY(filled_of(call, work->id, &saved));
    const char *name = submitted_by(work->state);
    const struct rulebook *book = call->web->book;
    const struct step_row *step =
        step_by_name(book, procedure_by_name(book, work->procedure),
                     name ? str_of(name) : STR("file-report")); /* refused by the state */
    if (!step)
        return FAULT(call->arena, "absent", "nothing is submitted in this procedure");
    return call_take(call, str_of(step->name), whole_of(call, step, saved, given));
}
