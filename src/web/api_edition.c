/* api_edition.c: what a change of the criteria does to every label, as figures and as a list.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/preview.h"
#include "web/api_part.h"

#include "base/banned.h"

enum { MAKERS_TOLD = 100, LIST_BYTES_MAX = 24 << 20 };

static struct fault *fields_of(struct call *call, struct str case_id, json_t **out)
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

/* A day of the query stands in the place of that on the case. */
static struct fault *day_asked(struct call *call, const char *name, struct day *day, bool *asked)
{
    struct str text = str_trim(request_query(call->request, name));
    if (!text.bytes)
        return NULL;
    *asked = true;
    if (day_parse(text, day))
        return NULL;
    return call_wrong(call, "field-malformed",
                      str_z(call->arena, str_print(call->arena, "/%s", name)));
}

static struct fault *terms_of(struct call *call, struct preview_terms *terms, json_t **fields)
{
    struct row_casework *work;
    struct str id = call->parts[0];
    struct day today = clock_today(call->web->clock);
    bool asked = false;
    TRY(sql_case_by_id(call->web->store, call->arena, id, &work));
    if (!work || !str_is(work->procedure, "criteria-edition"))
        return FAULT(call->arena, "unknown-case", "no case of an edition '%.*s'", STR_F(id));
    TRY(desk_may_see(call->web->desk, call->arena, &call->who, id));
    TRY(fields_of(call, id, fields));
    TRY(preview_terms_of(call->web->desk, call->arena, *fields, today, terms));
    TRY(day_asked(call, "begins", &terms->begins, &asked));
    TRY(day_asked(call, "acceptance_end", &terms->acceptance_end, &asked));
    TRY(day_asked(call, "extension_end", &terms->extension_end, &asked));
    if (!asked) /* that on the case is of the day on which it was made */
        day_parse(json_get(*fields, "preview-as-of"), &terms->as_of);
    return day_is_none(terms->begins) ? call_wrong(call, "field-missing", "/begins") : NULL;
}

static json_t *makers_of(struct call *call, const struct preview *preview)
{
    json_t *list = json_new_list(call->arena);
    for (size_t i = 0; i < preview->makers_n && i < MAKERS_TOLD; i++) {
        const struct preview_maker *maker = &preview->makers[i];
        json_t *one = json_new(call->arena), *fates = json_new(call->arena);
        json_put(one, "id", maker->party);
        json_put_json(one, "name", json_text_of(call->arena, maker->ja, maker->en));
        for (int fate = 0; fate < FATES_N; fate++)
            json_put_int(fates, fate_word((enum fate)fate), maker->fates[fate]);
        json_put_json(one, "fates", fates);
        json_add(list, one);
    }
    return list;
}

struct fault *api_preview_get(struct call *call)
{
    struct preview_terms terms;
    struct preview preview;
    json_t *fields;
    TRY(terms_of(call, &terms, &fields));
    TRY(preview_make(call->web->store, call->arena, &terms, &preview));
    json_t *answer = preview_figures(call->arena, &preview);
    struct str recorded = json_get(fields, "preview-digest");
    json_put_int(answer, "makers", (int64_t)preview.makers_n);
    json_put_json(answer, "by_maker", makers_of(call, &preview));
    json_put(answer, "recorded", recorded);
    json_put_bool(answer, "still_true",
                  recorded.bytes && str_eq(recorded, json_get(answer, "digest")));
    call_send(call, 200, answer);
    return NULL;
}

struct fault *api_preview_list(struct call *call)
{
    struct preview_terms terms;
    json_t *fields;
    struct buf out = buf_new(call->arena, LIST_BYTES_MAX);
    TRY(terms_of(call, &terms, &fields));
    TRY(preview_csv(call->web->store, call->arena, &terms, &out));
    call->response->status = 200;
    call->response->media_type = STR("text/csv; charset=utf-8; header=present");
    call->response->body = buf_str(&out);
    return NULL;
}
