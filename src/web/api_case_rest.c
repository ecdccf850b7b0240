/* api_case_rest.c: what a case answers beyond its brief: fields, files, what was told, timeline.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/letters.h"
#include "desk/openly.h"
#include "web/api_part.h"
#include "web/language.h"

#include "base/banned.h"

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

/* What was read of it, where it was filed as a bill of materials (4.8.3-1). */
static void put_bill(struct call *call, json_t *file, struct str id,
                     const struct row_case_sbom *bills, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(bills[i].file, id))
            continue;
        json_t *bill = json_new(call->arena);
        json_put(bill, "form", bills[i].form);
        json_put_int(bill, "components", bills[i].components);
        json_put_json(file, "sbom", bill);
    }
}

/* A file that the body put there is the body's; who came without an account sees their own. */
static struct fault *put_files(struct call *call, json_t *object,
                               const struct row_casework *work, bool of_body)
{
    struct row_case_file *rows;
    struct row_case_sbom *bills;
    size_t n, bills_n;
    json_t *files = json_new_list(call->arena);
    const struct rulebook *book = call->web->book;
    const struct procedure_row *procedure = procedure_by_name(book, work->procedure);
    TRY(sql_case_files(call->web->store, call->arena, work->id, &rows, &n));
    TRY(sql_sboms_of_case(call->web->store, call->arena, work->id, &bills, &bills_n));
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
        put_bill(call, file, rows[i].id, bills, bills_n);
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

struct fault *case_put_rest(struct call *call, json_t *object, const struct row_casework *work)
{
    bool of_body;
    TRY(call_of_body(call, &of_body));
    TRY(put_fields(call, object, work, of_body));
    TRY(put_files(call, object, work, of_body));
    if (!call->who.person.bytes)
        TRY(put_told(call, object, work->id));
    TRY(put_timeline(call, object, work, of_body));
    TRY(call_put_course(call, object, work->id));
    return put_fee(call, object, work);
}
