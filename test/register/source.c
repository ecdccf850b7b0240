/* source.c: a journal in memory for the tests of the register and of the public pages.
 * SPDX-License-Identifier: Apache-2.0 */
#include "source.h"

#include "base/banned.h"

static struct fault *each(void *whom, struct arena *arena, int64_t after, entry_taker *take,
                          void *taker)
{
    struct source *source = whom;
    for (int64_t i = after; i < source->n; i++) {
        if (i + 1 == source->fails_at)
            return FAULT(arena, "broken-journal", "as the test wants");
        source->given++;
        TRY(take(taker, arena, i + 1, source->entries[i]));
    }
    return NULL;
}

struct entry_source source_of(struct source *source)
{
    return (struct entry_source){each, source};
}

void source_entry(struct source *source)
{
    if (source->n == SOURCE_MAX)
        BUG("the test's journal is full");
    source->entries[source->n++] = json_array();
}

void source_put(struct source *source, const char *table, json_t *row)
{
    json_array_append_new(source->entries[source->n - 1], json_pack("[s, o]", table, row));
}

void source_drop(struct source *source, const char *table, json_t *key)
{
    json_array_append_new(source->entries[source->n - 1],
                          json_pack("[s, o, s]", table, key, "drop"));
}

void source_end(struct source *source)
{
    while (source->n > 0)
        json_decref(source->entries[--source->n]);
}

void source_party(struct source *source, const char *id, const char *name_ja, const char *name_en)
{
    source_entry(source);
    source_put(source, "party",
               json_pack("{s:s, s:s, s:s, s:s, s:s, s:i}", "id", id, "name_ja", name_ja, "name_en",
                         name_en, "corporate_number", "7000012050002", "country", "JP",
                         "body_itself", 0));
}

void source_event(struct source *source, const char *number, const char *day, const char *kind)
{
    source_event_of(source, number, day, kind, "{}");
}

void source_event_of(struct source *source, const char *number, const char *day, const char *kind,
                     const char *detail)
{
    source_entry(source);
    source_put(source, "label_event",
               json_pack("{s:s, s:I, s:s, s:s, s:s, s:s}", "label", number, "seq",
                         (json_int_t)source->n, "day", day, "kind", kind, "case_id", "case-secret",
                         "detail", detail));
}

void source_change(struct source *source, const char *number, const char *day, const char *kind,
                   const char *detail, json_t *changes)
{
    json_t *row = NULL;
    for (int64_t i = source->n; i-- > 0 && !row;) {
        size_t e;
        json_t *effect;
        json_array_foreach(source->entries[i], e, effect)
        {
            const char *table = json_string_value(json_array_get(effect, 0));
            json_t *found = json_array_get(effect, 1);
            if (str_is(str_of(table), "label") &&
                str_is(str_of(json_string_value(json_object_get(found, "number"))), number))
                row = json_copy(found);
        }
    }
    if (!row)
        BUG("no label %s to change", number);
    json_object_update(row, changes);
    json_decref(changes);
    source_event_of(source, number, day, kind, detail);
    source_put(source, "label", row);
}

void source_label(struct source *source, const char *number, const char *party,
                  const char *product_ja, const char *product_en, const char *issued,
                  const char *expires, int models)
{
    source_event(source, number, issued, "issued");
    json_t *row = json_pack("{s:s, s:s, s:s, s:i, s:s, s:s, s:s, s:s}", "number", number, "case_id",
                            "case-secret", "party", party, "level", 1, "edition",
                            "JST-CR-01-01-2024R1", "route", "self-declared", "certification", "",
                            "facility", "");
    json_t *rest =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "product_ja", product_ja, "product_en",
                  product_en, "category", "network-camera", "firmware", "2.4.0", "issued", issued,
                  "expires", expires, "support_end", "2031-03-31");
    json_t *contact = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "contact_ja", "みほんお客様窓口", "contact_en",
        "Mihon customer desk", "contact_mail", "help@mihon.example", "contact_phone",
        "0120-000-000", "security_mail", "psirt@mihon.example", "policy_url",
        "https://mihon.example/policy", "product_url", "https://mihon.example/camera");
    json_object_update(row, rest);
    json_object_update(row, contact);
    json_decref(rest);
    json_decref(contact);
    source_put(source, "label", row);
    for (int i = 0; i < models; i++)
        source_put(source, "label_model",
                   json_pack("{s:s, s:i, s:o}", "label", number, "position", i, "model",
                             json_sprintf("MH-C%d", 101 + i)));
}
