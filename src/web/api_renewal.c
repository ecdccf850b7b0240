/* api_renewal.c: a maker's labels with what can be done about each.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/renewal.h"
#include "web/api_part.h"

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
