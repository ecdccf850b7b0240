/* effects_name.c: the name of a registrant, put right on all its labels: 6.4-1.
 * SPDX-License-Identifier: Apache-2.0
 *
 * From today on the party has the other name; what it was stays in the history of each label. */
#include "base/json.h"
#include "desk/deed.h"
#include "store/sql.gen.h"

#include "base/banned.h"

json_t *name_of_party(struct deed *deed, const struct row_party *party)
{
    json_t *name = json_new(deed->arena);
    json_put(name, "ja", party ? party->name_ja : STR_NONE);
    json_put(name, "en", party ? party->name_en : STR_NONE);
    return name;
}

static json_t *name_change(struct deed *deed, const struct row_party *was,
                           const struct row_party *now)
{
    json_t *list = json_new_list(deed->arena), *one = json_new(deed->arena);
    if (str_eq(was->name_ja, now->name_ja) && str_eq(was->name_en, now->name_en))
        return NULL;
    json_put(one, "item", STR("registrant-name"));
    json_put_json(one, "was", name_of_party(deed, was));
    json_put_json(one, "now", name_of_party(deed, now));
    json_add(list, one);
    return list;
}

/* The label of the case has an event of its own, with what else is corrected of it. */
static struct fault *note_on_others(struct deed *deed, struct str party, json_t *changes)
{
    struct row_label *labels;
    size_t n;
    struct deed other = *deed;
    json_t *detail = json_new(deed->arena);
    json_put_json(detail, "changes", changes);
    TRY(sql_labels_of_party(deed->desk->store, deed->arena, party, &labels, &n));
    for (size_t i = 0; i < n; i++) {
        other.work.label = labels[i].number;
        if (!str_eq(labels[i].number, deed->work.label))
            TRY(label_note(&other, "corrected", deed->today, detail));
    }
    return NULL;
}

struct fault *correct_name(struct deed *deed, json_t **changes)
{
    const json_t *name = json_object_get(deed->filled, "registrant-name");
    struct row_party *was;
    *changes = NULL;
    if (!name)
        return NULL;
    TRY(sql_party_by_id(deed->desk->store, deed->arena, deed->about.label->party, &was));
    if (!was)
        return FAULT(deed->arena, "broken-database", "the label has no registrant");
    struct row_party now = *was;
    now.name_ja = json_get(name, "ja");
    now.name_en = json_get(name, "en");
    *changes = name_change(deed, was, &now);
    if (!*changes)
        return NULL;
    TRY(put_party(deed->desk->store, &now));
    return note_on_others(deed, now.id, *changes);
}
