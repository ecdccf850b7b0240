/* api_renewal.c: a maker's labels with what can be done about each, and extensions of many.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/renewal.h"
#include "web/api_part.h"
#include "web/language.h"
#include "web/problem.h"

#include "base/banned.h"

enum { LABELS_ON_A_PAGE = 100, LABELS_ON_A_PAGE_MAX = 1000 };

static json_t *hint_told(struct arena *arena, const struct hint *hint)
{
    char room[11];
    struct str day = day_print(hint->day, room);
    json_t *told = json_new(arena);
    json_put(told, "kind", str_of(hint_word(hint->kind)));
    json_put(told, "day", day);
    json_put(told, "clause", str_of(hint->clause ? hint->clause : ""));
    if (hint->procedure)
        json_put(told, "procedure", str_of(hint->procedure->name));
    json_put_json(told, "text",
                  json_text_of(arena, hint_sentence(arena, hint->kind, false, day),
                               hint_sentence(arena, hint->kind, true, day)));
    return told;
}

static json_t *label_told(struct call *call, const struct label_standing *one)
{
    const struct row_label *label = one->label;
    json_t *told = json_new(call->arena), *extension = json_new(call->arena);
    json_put(told, "number", label->number);
    json_put(told, "status", str_of(life_state_word(one->state)));
    json_put_json(told, "product", json_text_of(call->arena, label->product_ja, label->product_en));
    json_put_int(told, "level", label->level);
    json_put(told, "route", label->route);
    json_put(told, "issued", label->issued);
    json_put(told, "expires", label->expires);
    json_put_json(told, "hint", hint_told(call->arena, &one->hint));
    json_put_bool(extension, "may", one->extension.kind == VERDICT_ALLOWED);
    if (one->extension.clause)
        json_put(extension, "clause", str_of(one->extension.clause));
    if (one->extension.guard)
        json_put(extension, "guard", str_of(one->extension.guard));
    json_put_json(told, "extension", extension);
    return told;
}

static struct fault *asked_number(struct call *call, const char *name, int64_t least, int64_t most,
                                  int64_t *out)
{
    struct str text = request_query(call->request, name);
    if (text.bytes && (!str_int(text, out) || *out < least || *out > most))
        return FAULT(call->arena, "malformed-query", "%s is a number from %lld to %lld", name,
                     (long long)least, (long long)most);
    return NULL;
}

struct fault *api_own_labels_get(struct call *call)
{
    struct label_standing *rows;
    size_t n;
    int64_t limit = LABELS_ON_A_PAGE, skipped = 0, total;
    TRY(asked_number(call, "limit", 1, LABELS_ON_A_PAGE_MAX, &limit));
    TRY(asked_number(call, "skip", 0, 10000000, &skipped));
    struct label_query query = {str_trim(request_query(call->request, "q")), (size_t)limit,
                                (size_t)skipped};
    TRY(desk_own_labels(call->web->desk, call->arena, &call->who, &query, &rows, &n, &total));
    json_t *list = json_new_list(call->arena), *told = json_new(call->arena);
    for (size_t i = 0; i < n; i++)
        json_add(list, label_told(call, &rows[i]));
    json_put_json(told, "labels", list);
    json_put_int(told, "total", total);
    call_send(call, 200, told);
    return NULL;
}

/* ---- many extensions */

static struct fault *read_labels(struct call *call, const json_t *body, struct str **out, size_t *n)
{
    const json_t *list = json_object_get(body, "labels");
    const char *name;
    json_t *value, *one;
    size_t i;
    json_object_foreach(
        (json_t *)body, name,
        value) if (!str_is(str_of(name), "labels") &&
                   !str_is(str_of(name),
                           "fields")) return call_wrong(call, "field-unknown",
                                                        str_z(call->arena,
                                                              str_print(call->arena, "/%s", name)));
    if (!json_is_array(list))
        return call_wrong(call, list ? "field-malformed" : "field-missing", "/labels");
    *n = json_array_size(list);
    *out = NEW_ARRAY(call->arena, *n + 1, struct str);
    json_array_foreach(list, i, one)
    {
        if (!json_is_string(one))
            return call_wrong(call, "field-malformed", "/labels");
        (*out)[i] = json_text(one);
    }
    value = json_object_get(body, "fields");
    if (value && !json_is_object(value))
        return call_wrong(call, "field-malformed", "/fields");
    return NULL;
}

static json_t *answer_told(struct call *call, struct str label,
                           const struct extension_answer *answer)
{
    json_t *told = json_new(call->arena);
    json_put(told, "label", label);
    if (answer->fault) {
        json_put_json(told, "problem",
                      problem_of(call->web->book, call->arena, answer->fault,
                                 accepts_english(call->request)));
        return told;
    }
    json_put(told, "case", answer->case_id);
    json_put_bool(told, "repeated", answer->repeated);
    return told;
}

struct fault *api_extensions_post(struct call *call)
{
    struct str *labels = NULL;
    json_t *body;
    int64_t filed = 0;
    struct extension_request request = {.who = &call->who};
    TRY(call_idempotency_key(call, &request.idempotency_key));
    if (!request.idempotency_key.bytes)
        return FAULT(call->arena, "idempotency-key-missing", "Idempotency-Key is needed");
    TRY(call_body(call, false, &body));
    TRY(read_labels(call, body, &labels, &request.n));
    request.labels = labels;
    request.fields = json_object_get(body, "fields");
    struct extension_answer *answers =
        NEW_ARRAY(call->arena, request.n + 1, struct extension_answer);
    TRY(desk_extend_labels(call->web->desk, call->arena, &request, answers));
    json_t *list = json_new_list(call->arena), *told = json_new(call->arena);
    for (size_t i = 0; i < request.n; i++) {
        json_add(list, answer_told(call, labels[i], &answers[i]));
        filed += !answers[i].fault;
    }
    json_put_int(told, "filed", filed);
    json_put_int(told, "refused", (int64_t)request.n - filed);
    json_put_json(told, "answers", list);
    call_send(call, 200, told);
    return NULL;
}
