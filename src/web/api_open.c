/* api_open.c: what needs no key: criteria in force, what a problem means, the description,
 * demonstration keys.
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/files.h"
#include "web/api_part.h"

#include "base/banned.h"

static json_t *criterion_of(struct arena *arena, const struct row_criterion *row)
{
    json_t *line = json_new(arena);
    json_put(line, "id", row->id);
    json_put_json(line, "text", json_text_of(arena, row->text_ja, row->text_en));
    json_put_bool(line, "provisional", row->provisional != 0);
    return line;
}

/* The edition under which an application of this level may be filed today (5-1). */
struct fault *api_edition_get(struct call *call)
{
    char day[11];
    int64_t level = 0;
    struct row_criteria_edition *edition = NULL;
    struct row_criterion *rows;
    size_t n;
    struct str category = request_query(call->request, "category");
    struct str today = day_print(clock_today(call->web->clock), day);
    if (str_int(call->parts[0], &level) && category.bytes)
        TRY(sql_criteria_edition_for(call->web->store, call->arena, level, category, today,
                                     &edition));
    else if (level)
        TRY(sql_criteria_edition_in_force(call->web->store, call->arena, level, today, &edition));
    if (!edition)
        return FAULT(call->arena, "absent",
                     "no edition of the criteria is in force for this level");
    TRY(sql_criteria_of_edition(call->web->store, call->arena, edition->id, &rows, &n));
    json_t *told = json_new(call->arena), *criteria = json_new_list(call->arena);
    for (size_t i = 0; i < n; i++)
        json_add(criteria, criterion_of(call->arena, &rows[i]));
    json_put(told, "id", edition->id);
    json_put_int(told, "level", edition->level);
    json_put_json(told, "title", json_text_of(call->arena, edition->title_ja, edition->title_en));
    json_put(told, "starts", edition->starts);
    json_put(told, "acceptance_ends", edition->acceptance_ends);
    json_put_json(told, "criteria", criteria);
    call_send(call, 200, told);
    return NULL;
}

struct fault *api_problem_get(struct call *call)
{
    const struct fault_row *row = fault_row_of(call->web->book, str_z(call->arena, call->parts[0]));
    if (!row)
        return FAULT(call->arena, "absent", "no such problem");
    json_t *told = json_new(call->arena);
    json_put(told, "code", str_of(row->code));
    json_put_int(told, "status", row->status);
    json_put_json(told, "title",
                  json_text_of(call->arena, str_of(row->text.ja), str_of(row->text.en)));
    json_put_json(told, "cure",
                  json_text_of(call->arena, str_of(row->cure.ja), str_of(row->cure.en)));
    call_send(call, 200, told);
    return NULL;
}

struct fault *api_openapi_get(struct call *call)
{
    call_send(call, 200, openapi_of(call->web->book, call->arena));
    return NULL;
}

/* The keys lie beside the database, where making the demonstration has put them. */
struct fault *api_demo_keys_get(struct call *call)
{
    enum { KEYS_BYTES_MAX = 1 << 16 };
    bool there = false;
    if (!call->web->demo)
        return FAULT(call->arena, "absent", "there are keys only in a demonstration");
    struct str path = str_print(call->arena, "%.*s/demo-keys.json", STR_F(call->web->data_dir));
    TRY(file_whole(call->arena, path, KEYS_BYTES_MAX, &call->response->body, &there));
    if (!there)
        return FAULT(call->arena, "absent", "this registry was not made as a demonstration");
    call->response->status = 200;
    call->response->media_type = STR("application/json");
    return NULL;
}
