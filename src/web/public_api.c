/* public_api.c: labels as JSON, open to everybody and every origin.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "web/public_own.h"

#include "base/banned.h"

void public_put_day(json_t *object, const char *name, struct day day)
{
    char room[11];
    if (day_is_none(day))
        json_put_json(object, name, json_null());
    else
        json_put(object, name, day_print(day, room));
}

void public_put_names(struct arena *arena, json_t *object, const char *name, struct str ja,
                      struct str en)
{
    json_t *names = json_new(arena);
    json_put(names, "ja", ja);
    json_put(names, "en", en);
    json_put_json(object, name, names);
}

/* Or null, where there is none. */
void public_put_text(json_t *object, const char *name, struct str text)
{
    if (text.bytes)
        json_put(object, name, text);
    else
        json_put_json(object, name, json_null());
}

static json_t *label_json(struct ask *ask, const struct public_label *label, struct day day)
{
    json_t *object = json_new(ask->arena);
    json_put(object, "number", label->number);
    json_put(object, "status",
             str_of(label_status_word(label_status_on(&label->dates, day))));
    json_put_int(object, "level", label->level);
    json_put(object, "criteria_edition", label->edition);
    public_put_day(object, "issued", label->dates.issued);
    public_put_day(object, "expires", label->dates.expires);
    public_put_names(ask->arena, object, "registrant", label->maker_ja, label->maker_en);
    public_put_names(ask->arena, object, "product", label->product_ja, label->product_en);
    return object;
}

/* In the order in which the members were put: a person reads it too. */
static int dump(const char *bytes, size_t n, void *out)
{
    buf_add(out, (struct str){bytes, n});
    return 0;
}

struct fault *public_send_json(struct ask *ask, const json_t *value)
{
    struct buf out = buf_new(ask->arena, PUBLIC_BODY_MAX);
    if (json_dump_callback(value, dump, &out, JSON_COMPACT) || out.full)
        return FAULT(ask->arena, "broken-register", "an answer too long for JSON");
    public_send(ask, 200, "application/json", buf_str(&out));
    return NULL;
}

static void put_route(json_t *object, const struct public_label *label)
{
    public_put_text(object, "route", label->route);
    public_put_text(object, "certification_number", label->certification);
}

static void put_facility(struct ask *ask, json_t *object, const struct public_label *label)
{
    if (label->facility_ja.bytes || label->facility_en.bytes)
        public_put_names(ask->arena, object, "facility", label->facility_ja, label->facility_en);
    else
        json_put_json(object, "facility", json_null());
}

/* Oldest first: what happened, and what it was and is. */
static struct fault *put_history(struct ask *ask, json_t *object, const struct public_label *label,
                                 struct day day)
{
    struct public_event *events;
    size_t n;
    json_t *history = json_new_list(ask->arena);
    TRY(folder_events(ask->half->folder, ask->arena, label->number, &events, &n));
    for (size_t i = n; i-- > 0;) {
        json_t *event = json_new(ask->arena), *detail;
        if (events[i].day.n > day.n)
            continue;
        public_put_day(event, "date", events[i].day);
        json_put(event, "event", events[i].kind);
        TRY(json_read(ask->arena, events[i].detail, &detail));
        json_put_json(event, "detail", detail);
        json_add(history, event);
    }
    json_put_json(object, "history", history);
    return NULL;
}

struct fault *public_api_label(struct ask *ask, struct str rest)
{
    struct folder *folder = ask->half->folder;
    struct public_label *label;
    struct words models;
    struct day day;
    bool proper, past;
    TRY(public_find(ask, rest, &label, &proper));
    TRY(public_read_day(ask, &day, &past));
    if (past)
        TRY(public_label_on(ask, day, &label));
    TRY(past ? folder_models_on(folder, ask->arena, label->number, day, STR_NONE, MODELS_MAX,
                                &models)
             : folder_models(folder, ask->arena, label->number, STR_NONE, MODELS_MAX, &models));
    json_t *object = label_json(ask, label, day), *list = json_new_list(ask->arena);
    for (size_t i = 0; i < models.n; i++)
        json_add_str(list, models.at[i]);
    json_put_json(object, "models", list);
    put_route(object, label);
    put_facility(ask, object, label);
    TRY(put_history(ask, object, label, day));
    TRY(public_put_notices(ask, object, label->number, day));
    if (past)
        public_put_day(object, "as_of", day);
    return public_send_json(ask, object);
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
        json_t *one = label_json(ask, &labels[i], ask->today);
        json_put_int(one, "models_count",
                     labels[i].models_n); /* the numbers themselves: at the label */
        put_route(one, &labels[i]);
        json_add(list, one);
    }
    json_put_json(object, "labels", list);
    if (more) {
        json_put(object, "next", labels[n - 1].number);
        response_header(ask->answer, "Link", next_link(ask, &query, labels[n - 1].number));
    } else {
        json_put_json(object, "next", json_null());
    }
    return public_send_json(ask, object);
}
