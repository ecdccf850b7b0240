/* facts_change.c: what a case would change of its label: 4.4, 4.7, 4.9.
 * SPDX-License-Identifier: Apache-2.0 */
#include "rule/facts.h"

#include "base/json.h"
#include "desk/deed.h"
#include "desk/information.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { CHANGES_MAX = 24 };

/* The items whose change a dated rule gives to 4.7 or to 4.4; all others are information. */
static const struct {
    const char *item, *parameter;
} ruled[] = {{"models-added", "added-model"},
             {"models-removed", "removed-model"},
             {"firmware", "changed-firmware"}};

static void add_word(struct words *words, struct str *room, struct str word)
{
    if (words->n == CHANGES_MAX)
        BUG("more than %d items of product information", CHANGES_MAX);
    room[words->n++] = word;
}

/* 4.7.1-1: by the parameters of today. */
static struct words information_items(const struct deed *deed)
{
    static const char *const always[] = {"product",     "support-end",  "policy-url",
                                         "product-url", "user-contact", "user-mail",
                                         "user-phone",  "security-mail", "sbom"};
    struct str *room = NEW_ARRAY(deed->arena, CHANGES_MAX, struct str);
    struct words out = {.at = room};
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        add_word(&out, room, str_of(always[i]));
    for (size_t i = 0; i < sizeof ruled / sizeof *ruled; i++)
        if (str_is(setting_of(&deed->setting, ruled[i].parameter), "information"))
            add_word(&out, room, str_of(ruled[i].item));
    return out;
}

static struct words names_of(const struct deed *deed, const json_t *differences, bool renamed)
{
    struct str *room = NEW_ARRAY(deed->arena, CHANGES_MAX, struct str);
    struct words out = {.at = room};
    size_t i;
    json_t *one;
    json_array_foreach((json_t *)differences, i, one)
    {
        if (!str_is(json_get(one, "item"), "models")) {
            add_word(&out, room, json_get(one, "item"));
            continue;
        }
        if (json_array_size(json_object_get(one, "added")))
            add_word(&out, room, STR("models-added"));
        if (json_array_size(json_object_get(one, "removed")))
            add_word(&out, room, STR("models-removed"));
    }
    if (renamed)
        add_word(&out, room, STR("registrant-name"));
    if (json_object_get(deed->filled, "sbom")) /* another bill of materials than is bound now */
        add_word(&out, room, STR("sbom"));
    return out;
}

/* The cases that fill in a change say what it is; none of the others looks at the models. */
static bool tells_a_change(const struct deed *deed)
{
    return deed->about.label && (json_object_get(deed->filled, "change-text") ||
                                 json_object_get(deed->filled, "correction-wrong"));
}

/* 6.4-1: the registrant's name is another than the label's page says. */
static struct fault *know_name(struct deed *deed, bool *renamed)
{
    const json_t *name = json_object_get(deed->filled, "registrant-name");
    struct row_party *party;
    *renamed = false;
    if (!name)
        return NULL;
    TRY(sql_party_by_id(deed->desk->store, deed->arena, deed->about.label->party, &party));
    bool same = party && str_eq(party->name_ja, json_get(name, "ja")) &&
                str_eq(party->name_en, json_get(name, "en"));
    *renamed = !same;
    return NULL;
}

/* Worked out once before the form and once after it, not for each step that an answer shows. */
static struct fault *know_changes(struct deed *deed)
{
    struct changes *changes = &deed->changes;
    json_t *before;
    bool renamed;
    if (changes->known && changes->fields == deed->fields)
        return NULL;
    TRY(information_load(deed->desk->store, deed->arena, deed->work.label, &before));
    TRY(know_name(deed, &renamed));
    json_t *after = information_with(deed->arena, before, deed->filled);
    *changes = (struct changes){
        .known = true,
        .fields = deed->fields,
        .fit = information_fits(deed->arena, before, deed->filled),
        .models_after = (int64_t)json_array_size(json_object_get(after, "models")),
        .names =
            names_of(deed, information_differences(deed->arena, before, after), renamed)};
    return NULL;
}

struct fault *deed_load_changes(struct deed *deed)
{
    struct facts *facts = &deed->facts;
    facts->information_items = information_items(deed);
    facts->successor_other = deed->about.label && deed->work.party.bytes &&
                             !str_eq(deed->work.party, deed->about.label->party);
    if (!tells_a_change(deed))
        return NULL;
    TRY(know_changes(deed));
    facts->changes = deed->changes.names;
    facts->changes_fit = deed->changes.fit;
    facts->models_after = deed->changes.models_after;
    return NULL;
}
