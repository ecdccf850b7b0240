/* public_api.c: labels as JSON, open to everybody and every origin.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/json.h"
#include "web/public_own.h"

#include "base/banned.h"

static void put_day(json_t *object, const char *name, struct day day)
{
    char room[11];
    if (day_is_none(day))
        json_put_json(object, name, json_null());
    else
        json_put(object, name, day_print(day, room));
}

static void put_names(struct arena *arena, json_t *object, const char *name, struct str ja,
                      struct str en)
{
    json_t *names = json_new(arena);
    json_put(names, "ja", ja);
    json_put(names, "en", en);
    json_put_json(object, name, names);
}

static json_t *label_json(struct ask *ask, const struct public_label *label)
{
    json_t *object = json_new(ask->arena);
    json_put(object, "number", label->number);
    json_put(object, "status",
             str_of(label_status_word(label_status_on(&label->dates, ask->today))));
    json_put_int(object, "level", label->level);
    json_put(object, "criteria_edition", label->edition);
    put_day(object, "issued", label->dates.issued);
    put_day(object, "expires", label->dates.expires);
    put_names(ask->arena, object, "registrant", label->maker_ja, label->maker_en);
    put_names(ask->arena, object, "product", label->product_ja, label->product_en);
    return object;
}

/* In the order in which the members were put: a person reads it too. */
static int dump(const char *bytes, size_t n, void *out)
{
    buf_add(out, (struct str){bytes, n});
    return 0;
}

static struct fault *send_json(struct ask *ask, const json_t *value)
{
    struct buf out = buf_new(ask->arena, PUBLIC_BODY_MAX);
    if (json_dump_callback(value, dump, &out, JSON_COMPACT) || out.full)
        return FAULT(ask->arena, "broken-register", "an answer too long for JSON");
    public_send(ask, 200, "application/json", buf_str(&out));
    return NULL;
}

struct fault *public_api_label(struct ask *ask, struct str rest)
{
    struct public_label *label;
    struct words models;
    bool proper;
    TRY(public_find(ask, rest, &label, &proper));
    TRY(folder_models(ask->half->folder, ask->arena, label->number, STR_NONE, MODELS_MAX, &models));
    json_t *object = label_json(ask, label), *list = json_new_list(ask->arena);
    for (size_t i = 0; i < models.n; i++)
        json_add_str(list, models.at[i]);
    json_put_json(object, "models", list);
    return send_json(ask, object);
}

static struct str next_link(struct ask *ask, const struct public_query *query, struct str after)
{
    struct buf out = buf_new(ask->arena, 3000);
    buf_printf(&out, "</api/v1/labels?limit=%zu&after=%.*s", query->limit,
               STR_F(url_part(ask->arena, after)));
    if (query->words.bytes)
        buf_printf(&out, "&q=%.*s", STR_F(url_part(ask->arena, query->words)));
    for (int i = 0; i < LABEL_STATUS_N; i++)
        if (query->statuses >> i & 1)
            buf_printf(&out, "&status=%s", label_status_word((enum label_status)i));
    for (int i = 1; i <= 4; i++)
        if (query->levels >> i & 1)
            buf_printf(&out, "&level=%d", i);
    buf_add_z(&out, ">; rel=\"next\"");
    return buf_str(&out);
}

struct fault *public_api_list(struct ask *ask, struct str rest)
{
    (void)rest;
    struct public_query query;
    struct public_label *labels;
    size_t n;
    bool more;
    TRY(public_read_query(ask, &query));
    TRY(folder_list(ask->half->folder, ask->arena, &query, &labels, &n, &more));
    json_t *object = json_new(ask->arena), *list = json_new_list(ask->arena);
    for (size_t i = 0; i < n; i++) {
        json_t *one = label_json(ask, &labels[i]);
        json_put_int(one, "models_count",
                     labels[i].models_n); /* the numbers themselves: at the label */
        json_add(list, one);
    }
    json_put_json(object, "labels", list);
    if (more) {
        json_put(object, "next", labels[n - 1].number);
        response_header(ask->answer, "Link", next_link(ask, &query, labels[n - 1].number));
    } else {
        json_put_json(object, "next", json_null());
    }
    return send_json(ask, object);
}
