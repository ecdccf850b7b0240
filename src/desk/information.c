/* information.c: the product information of a label, and what differs in it.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/information.h"

#include <stddef.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/json.h"
#include "desk/tidy.h"
#include "store/sql.gen.h"

#include "base/banned.h"

/* The fields of the page that are no models, in its order; ja-en ones have two columns. */
static const struct item {
    const char *name;
    size_t column, column_en; /* 0: one column */
    bool contact;
} items[] = {
    {"product", offsetof(struct row_label, product_ja), offsetof(struct row_label, product_en),
     false},
    {"category", offsetof(struct row_label, category), 0, false},
    {"firmware", offsetof(struct row_label, firmware), 0, false},
    {"support-end", offsetof(struct row_label, support_end), 0, false},
    {"policy-url", offsetof(struct row_label, policy_url), 0, false},
    {"product-url", offsetof(struct row_label, product_url), 0, false},
    {"user-contact", offsetof(struct row_label, contact_ja), offsetof(struct row_label, contact_en),
     true},
    {"user-mail", offsetof(struct row_label, contact_mail), 0, true},
    {"user-phone", offsetof(struct row_label, contact_phone), 0, true},
    {"security-mail", offsetof(struct row_label, security_mail), 0, true},
};
enum { ITEMS_N = sizeof items / sizeof *items };

static struct str *column_of(struct row_label *label, size_t offset)
{
    return (struct str *)(void *)((char *)label + offset);
}

static struct str text_at(const struct row_label *label, size_t offset)
{
    return *(const struct str *)(const void *)((const char *)label + offset);
}

json_t *information_of(struct arena *arena, const struct row_label *label,
                       const struct row_label_model *models, size_t models_n)
{
    json_t *out = json_new(arena), *list = json_new_list(arena);
    for (size_t i = 0; i < ITEMS_N; i++) {
        if (!items[i].column_en) {
            json_put(out, items[i].name, text_at(label, items[i].column));
            continue;
        }
        json_t *both = json_new(arena);
        json_put(both, "ja", text_at(label, items[i].column));
        json_put(both, "en", text_at(label, items[i].column_en));
        json_put_json(out, items[i].name, both);
    }
    for (size_t i = 0; i < models_n; i++)
        json_add_str(list, models[i].model);
    json_put_json(out, "models", list);
    return out;
}

struct fault *information_load(struct store *store, struct arena *arena, struct str number,
                               json_t **out)
{
    struct row_label *label;
    struct row_label_model *models;
    size_t n;
    *out = NULL;
    TRY(sql_label_by_number(store, arena, number, &label));
    if (!label)
        return NULL;
    TRY(sql_label_models(store, arena, number, &models, &n));
    *out = information_of(arena, label, models, n);
    return NULL;
}

void information_to_row(const json_t *information, struct row_label *label)
{
    for (size_t i = 0; i < ITEMS_N; i++) {
        const json_t *value = json_object_get(information, items[i].name);
        if (!items[i].column_en) {
            *column_of(label, items[i].column) = json_text(value);
            continue;
        }
        *column_of(label, items[i].column) = json_get(value, "ja");
        *column_of(label, items[i].column_en) = json_get(value, "en");
    }
}

/* ---- model numbers, of which two spellings are one */

struct spelling {
    struct str folded;
    size_t at;
};

struct spellings {
    struct spelling *of;
    size_t n;
};

static int spelling_order(const void *a, const void *b)
{
    const struct spelling *one = a, *other = b;
    return str_order(one->folded, other->folded);
}

static struct spellings spellings_of(struct arena *arena, const json_t *models)
{
    struct spellings out = {.n = json_array_size(models)};
    out.of = NEW_ARRAY(arena, out.n + 1, struct spelling);
    for (size_t i = 0; i < out.n; i++)
        out.of[i] = (struct spelling){tidy_fold(arena, json_text(json_array_get(models, i))), i};
    if (out.n)
        qsort(out.of, out.n, sizeof *out.of, spelling_order);
    return out;
}

static bool spelled_in(const struct spellings *among, struct str folded)
{
    struct spelling wanted = {.folded = folded};
    return among->n && bsearch(&wanted, among->of, among->n, sizeof wanted, spelling_order);
}

static bool model_in(struct arena *arena, const struct spellings *among, const json_t *model)
{
    return spelled_in(among, tidy_fold(arena, json_text(model)));
}

/* Those of `models` that are, or are not, among the others; in their own order. */
static json_t *models_where(struct arena *arena, const json_t *models, const json_t *others,
                            bool among)
{
    json_t *out = json_new_list(arena), *model;
    size_t i;
    if (!json_array_size(models))
        return out;
    struct spellings known = spellings_of(arena, others);
    json_array_foreach((json_t *)models, i, model)
    {
        if (model_in(arena, &known, model) == among)
            json_add_str(out, json_text(model));
    }
    return out;
}

static json_t *models_after(struct arena *arena, const json_t *before, const json_t *filled)
{
    json_t *whole = json_object_get(filled, "models"), *model;
    size_t i;
    if (whole)
        return whole;
    json_t *out = models_where(arena, json_object_get(before, "models"),
                               json_object_get(filled, "removed-models"), false);
    json_array_foreach(json_object_get(filled, "added-models"), i, model)
        json_add_str(out, json_text(model));
    return out;
}

/* ---- before and after */

static bool is_cleared(const json_t *filled, const char *name)
{
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(filled, "cleared"), i, one)
    {
        if (str_is(json_text(one), name))
            return true;
    }
    return false;
}

json_t *information_with(struct arena *arena, const json_t *before, const json_t *filled)
{
    json_t *out = json_new(arena);
    bool whole = json_object_get(filled, "models");
    for (size_t i = 0; i < ITEMS_N; i++) {
        const char *name = items[i].name;
        json_t *value = json_object_get(filled, name);
        if (is_cleared(filled, name) || (whole && !value))
            json_put(out, name, STR_NONE);
        else
            json_put_json(out, name, value ? value : json_object_get(before, name));
    }
    json_put_json(out, "models", models_after(arena, before, filled));
    return out;
}

bool information_fits(struct arena *arena, const json_t *before, const json_t *filled)
{
    const json_t *was = json_object_get(before, "models");
    const json_t *added = json_object_get(filled, "added-models");
    const json_t *removed = json_object_get(filled, "removed-models");
    for (size_t i = 0; i < ITEMS_N; i++)
        if (is_cleared(filled, items[i].name) && json_object_get(filled, items[i].name))
            return false;
    return !json_array_size(models_where(arena, added, was, true)) &&
           !json_array_size(models_where(arena, removed, was, false));
}

json_t *information_differences(struct arena *arena, const json_t *before, const json_t *after)
{
    json_t *out = json_new_list(arena);
    for (size_t i = 0; i < ITEMS_N; i++) {
        json_t *was = json_object_get(before, items[i].name);
        json_t *now = json_object_get(after, items[i].name);
        if (json_equal(was, now))
            continue;
        json_t *one = json_new(arena);
        json_put(one, "item", str_of(items[i].name));
        json_put_json(one, "was", was);
        json_put_json(one, "now", now);
        json_add(out, one);
    }
    json_t *was = json_object_get(before, "models"), *now = json_object_get(after, "models");
    if (json_equal(was, now))
        return out;
    json_t *added = models_where(arena, now, was, false);
    json_t *removed = models_where(arena, was, now, false);
    if (!json_array_size(added) && !json_array_size(removed))
        return out;
    json_t *one = json_new(arena);
    json_put(one, "item", STR("models"));
    json_put_json(one, "added", added);
    json_put_json(one, "removed", removed);
    json_add(out, one);
    return out;
}

struct str information_digest(struct arena *arena, const json_t *information)
{
    json_t *rests_on = json_new(arena);
    for (size_t i = 0; i < ITEMS_N; i++)
        if (!items[i].contact)
            json_put_json(rests_on, items[i].name, json_object_get(information, items[i].name));
    json_put_json(rests_on, "models", json_object_get(information, "models"));
    struct hash hash = hash_of(json_canonical(arena, rests_on));
    return hash_hex(arena, &hash);
}
