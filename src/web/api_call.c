/* api_call.c: what the answers of the API share: bodies in, bodies out, headers that count.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/api_part.h"

#include "base/banned.h"

void call_header(struct call *call, const char *name, struct str value)
{
    response_header(call->response, name, value);
}

void call_send(struct call *call, int status, const json_t *value)
{
    call->response->status = status;
    call->response->media_type = STR("application/json");
    call->response->body = json_canonical(call->arena, value);
}

struct fault *call_wrong(struct call *call, const char *code, const char *pointer)
{
    struct fault *fault = FAULT(call->arena, code, "%s", pointer);
    fault->concerns = str_of(pointer);
    return fault;
}

static bool is_json(struct str media_type)
{
    struct str rest;
    return str_eq_nocase(str_trim(str_cut(media_type, ';', &rest)), STR("application/json"));
}

struct fault *call_body(struct call *call, bool may_be_empty, json_t **out)
{
    struct str body = call->request->body;
    if (may_be_empty && !call->request->body_bytes) {
        *out = json_new(call->arena);
        return NULL;
    }
    if (!is_json(request_header(call->request, "Content-Type")))
        return FAULT(call->arena, "unsupported-media-type", "the body is to be application/json");
    if (call->request->body_bytes > API_BODY_BYTES_MAX)
        return FAULT(call->arena, "too-large", "a JSON body has at most %d bytes",
                     (int)API_BODY_BYTES_MAX);
    TRY(json_read(call->arena, body, out));
    if (!json_is_object(*out))
        return FAULT(call->arena, "malformed-json", "the body is to be an object");
    return NULL;
}

struct fault *call_body_or_part(struct call *call, const char *part, json_t **out)
{
    const struct request *request = call->request;
    struct str type = str_head(request_header(request, "Content-Type"), 10);
    if (!str_eq_nocase(type, STR("multipart/")))
        return call_body(call, false, out);
    for (size_t i = 0; i < request->fields_n; i++)
        if (!str_is(request->fields[i].name, part))
            return call_wrong(call, "field-unknown",
                              str_z(call->arena, str_print(call->arena, "/%.*s",
                                                           STR_F(request->fields[i].name))));
    struct str text = request_form(request, part);
    TRY(json_read(call->arena, text.bytes ? text : STR("{}"), out));
    if (!json_is_object(*out))
        return FAULT(call->arena, "malformed-json", "the part `%s` is to be an object", part);
    return NULL;
}

struct fault *call_idempotency_key(struct call *call, struct str *out)
{
    enum { KEY_BYTES_MAX = 200 };
    *out = str_trim(request_header(call->request, "Idempotency-Key"));
    bool visible = out->bytes <= KEY_BYTES_MAX;
    for (size_t i = 0; visible && i < out->bytes; i++)
        visible = out->at[i] > ' ' && out->at[i] < 0x7F;
    if (!visible)
        return FAULT(call->arena, "malformed-idempotency-key",
                     "Idempotency-Key is 1 to %d visible ASCII characters", KEY_BYTES_MAX);
    return NULL;
}

json_t *json_text_of(struct arena *arena, struct str ja, struct str en)
{
    json_t *text = json_new(arena);
    if (ja.bytes)
        json_put(text, "ja", ja);
    if (en.bytes)
        json_put(text, "en", en);
    return text;
}

struct fault *call_of_body(struct call *call, bool *out)
{
    char day[11];
    struct row_thing *things;
    size_t n;
    TRY(sql_portal_things(call->web->store, call->arena, call->who.person,
                          day_print(clock_today(call->web->clock), day), &things, &n));
    *out = call->who.administrator;
    for (size_t i = 0; i < n; i++)
        *out = *out || str_is(things[i].kind, "appointment");
    return NULL;
}

struct str version_tag(struct arena *arena, int64_t version)
{
    return str_print(arena, "\"%lld\"", (long long)version);
}
