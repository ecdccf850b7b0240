/* effects_void.c: what the annulment of a decision and a reinstatement do to a label: 2.1.3, 6.6.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Both work from today on: the rows of the past and the history stay as they were. */
#include "base/json.h"
#include "desk/deed.h"
#include "desk/information.h"

#include "base/banned.h"

/* What the decision set beside the label's life comes back with it. */
static void take_back(struct deed *deed)
{
    const struct row_label *before = deed->void_act.before;
    struct row_label *label = NEW(deed->arena, struct row_label);
    if (!before || !deed->about.label)
        return;
    *label = *deed->about.label;
    label->route = before->route;
    label->certification = before->certification;
    label->facility = before->facility;
    label->edition = before->edition;
    deed->about.label = label;
}

static json_t *period_of(const struct deed *deed)
{
    char room[11];
    json_t *detail = json_new(deed->arena);
    json_put(detail, "expires", day_print(deed->verdict.outcome.life.expires, room));
    return detail;
}

/* 4.9-1: the label goes back, and with it what is open about it; both sides are told. */
static struct fault *annul_succession(struct deed *deed, json_t *detail)
{
    struct str successor = deed->about.label->party;
    TRY(put_registrant(deed, deed->void_act.before->party, "annulled", detail));
    deed->work.party = successor;
    deed->work.registrant = deed->void_act.before->party;
    return NULL;
}

static bool is_among(const json_t *list, const json_t *one)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (json_equal(json_array_get(list, i), one))
            return true;
    return false;
}

/* Without those that the decision added; those that it removed come after the others. */
static json_t *models_before(struct deed *deed, const json_t *now, const json_t *change)
{
    json_t *out = json_new_list(deed->arena), *model;
    size_t i;
    json_array_foreach((json_t *)now, i, model)
    {
        if (!is_among(json_object_get(change, "added"), model))
            json_add_str(out, json_text(model));
    }
    json_array_foreach(json_object_get(change, "removed"), i, model)
        json_add_str(out, json_text(model));
    return out;
}

/* 4.7.2-1: item by item what was registered before, by the event that the decision left. */
static struct fault *annul_information(struct deed *deed, json_t *detail)
{
    json_t *before, *event, *change, *value, *after = json_new(deed->arena);
    const char *name;
    size_t i;
    TRY(information_load(deed->desk->store, deed->arena, deed->work.label, &before));
    TRY(json_read(deed->arena, deed->void_act.detail, &event));
    json_object_foreach(before, name, value) json_put_json(after, name, value);
    json_array_foreach(json_object_get(event, "changes"), i, change)
    {
        struct str item = json_get(change, "item");
        json_t *was = str_is(item, "models")
                          ? models_before(deed, json_object_get(before, "models"), change)
                          : json_object_get(change, "was");
        json_put_json(after, str_z(deed->arena, item), was);
    }
    return put_information(deed, before, after, "annulled", detail, NULL);
}

/* 2.1.3-1: an issuance that was void shows as a revocation on this ground; of what a label was
 * given later, that which it had before holds again. */
struct fault *annul_act(struct deed *deed, const struct use *use)
{
    const struct life *life = &deed->verdict.outcome.life;
    bool ends = life->end == LIFE_REVOKED;
    int64_t level = deed->about.label ? deed->about.label->level : 0;
    struct str kind = deed->facts.void_act;
    bool succeeded = str_is(kind, "succeeded"), changed = str_is(kind, "information-changed");
    json_t *detail = ends || succeeded || changed ? json_new(deed->arena) : period_of(deed);
    json_put(detail, "annulled", kind);
    json_put(detail, "clause", str_of(use->clause));
    if (deed->void_act.before && succeeded)
        return annul_succession(deed, detail);
    if (deed->void_act.before && changed)
        return annul_information(deed, detail);
    if (level != life->level && level) {
        json_put_int(detail, "from", level);
        json_put_int(detail, "level", life->level);
    }
    if (!ends)
        take_back(deed);
    TRY(label_put_life(deed));
    return label_note(deed, ends ? "revoked" : "annulled", deed->today, detail);
}

/* 6.6-1, 2.1.3-1: the gap stays in the history. A label whose last day has passed has lapsed, on
 * the day after it (4.6.1-1). */
struct fault *reinstate_label(struct deed *deed, const struct use *use)
{
    const struct life *life = &deed->verdict.outcome.life;
    json_t *detail = period_of(deed);
    json_put(detail, "clause", str_of(use->clause));
    TRY(label_put_life(deed));
    TRY(label_note(deed, "reinstated", deed->today, detail));
    if (life->end != LIFE_LAPSED)
        return NULL;
    return label_note(deed, "lapsed", life->ended, period_of(deed));
}
