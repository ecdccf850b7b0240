/* effects_change.c: what changes, successions and revocations do to a label: 4.4, 4.7, 4.9.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The label's rows say what holds now; its history says what was and what is, so that what the
 * page said on any day can be told. */
#include "base/json.h"
#include "desk/act.h"
#include "desk/deed.h"
#include "desk/information.h"
#include "store/sql.gen.h"

#include "base/banned.h"

static const json_t *models_of(const json_t *differences)
{
    for (size_t i = 0; i < json_array_size(differences); i++)
        if (str_is(json_get(json_array_get(differences, i), "item"), "models"))
            return json_array_get(differences, i);
    return NULL;
}

/* Those removed leave their rows, in whose order the differences name them; those added come after
 * the last, in the order of the form. */
static struct fault *change_models(struct deed *deed, const json_t *models)
{
    const json_t *removed = json_object_get(models, "removed");
    struct store *store = deed->desk->store;
    struct row_label_model *rows;
    size_t n, i, gone = 0;
    json_t *model;
    if (!models)
        return NULL;
    TRY(sql_label_models(store, deed->arena, deed->work.label, &rows, &n));
    for (i = 0; i < n && gone < json_array_size(removed); i++) {
        if (!str_eq(rows[i].model, json_text(json_array_get(removed, gone))))
            continue;
        TRY(drop_label_model(store, rows[i].label, rows[i].position));
        gone++;
    }
    int64_t next = n ? rows[n - 1].position + 1 : 0;
    json_array_foreach(json_object_get(models, "added"), i, model)
    {
        struct row_label_model row = {
            .label = deed->work.label, .position = next + (int64_t)i, .model = json_text(model)};
        TRY(put_label_model(store, &row));
    }
    return NULL;
}

/* 6.4-1: a wrong last day; no other step that changes the information works one out. */
static void change_last_day(struct deed *deed, struct row_label *label, json_t *differences,
                            json_t *detail)
{
    char room[11];
    struct day day = deed->verdict.outcome.life.expires;
    struct str now = str_copy(deed->arena, day_print(day, room));
    if (!day_known(day) || str_eq(now, label->expires))
        return;
    json_t *one = json_new(deed->arena);
    json_put(one, "item", STR("last-day"));
    json_put(one, "was", label->expires);
    json_put(one, "now", now);
    json_add(differences, one);
    json_put(detail, "expires", now);
    label->expires = now;
}

struct fault *put_information(struct deed *deed, const json_t *before, const json_t *after,
                              const char *kind, json_t *detail, const json_t *others)
{
    struct row_label label = *deed->about.label;
    json_t *differences = information_differences(deed->arena, before, after);
    information_to_row(after, &label);
    change_last_day(deed, &label, differences, detail);
    for (size_t i = 0; i < json_array_size(others); i++)
        json_add(differences, json_array_get(others, i));
    json_put_json(detail, "changes", differences);
    TRY(put_label(deed->desk->store, &label));
    TRY(change_models(deed, models_of(differences)));
    return label_note(deed, kind, deed->today, detail);
}

static struct fault *change_information(struct deed *deed, const char *kind,
                                        const json_t *others)
{
    json_t *before;
    TRY(information_load(deed->desk->store, deed->arena, deed->work.label, &before));
    return put_information(deed, before, information_with(deed->arena, before, deed->filled), kind,
                           json_new(deed->arena), others);
}

/* 4.4.2-1, 4.4.4-2: the label goes on, for the product as it is now. */
struct fault *record_product_change(struct deed *deed, const struct use *use)
{
    (void)use;
    return change_information(deed, "maintained", NULL);
}

/* 4.7.2-1: the public page shows the change and its date. */
struct fault *set_product_information(struct deed *deed, const struct use *use)
{
    (void)use;
    return change_information(deed, "information-changed", NULL);
}

/* 6.4-1: what the page said before stays in the history. */
struct fault *correct_label(struct deed *deed, const struct use *use)
{
    json_t *changes;
    (void)use;
    TRY(correct_name(deed, &changes));
    return change_information(deed, "corrected", changes);
}

/* 4.4.2-1, 4.4.4-2, 4.6.4-2, 4.9-1: the public learns the day, the clause, and the ground where one
 * of 4.6.4 is named; the reasons are the registrant's to read. */
struct fault *revoke_label(struct deed *deed, const struct use *use)
{
    json_t *detail = json_new(deed->arena);
    struct str ground = json_get(deed->filled, "revocation-ground");
    json_put(detail, "clause", str_of(use->clause));
    if (ground.bytes)
        json_put(detail, "ground", ground);
    TRY(label_put_life(deed));
    return label_note(deed, "revoked", deed->today, detail);
}

/* ---- 4.9-1: succession */

/* The former registrant reads on what it filed, to the instant at which the case left it. */
static struct fault *keep_reading(struct deed *deed, struct str party, struct str case_id)
{
    char room[11];
    struct row_thing thing = {.id = id_new(deed->arena),
                              .kind = STR("reading"),
                              .case_id = case_id,
                              .party = party,
                              .detail = str_print(deed->arena, "%lld", (long long)deed->now),
                              .from_day = day_print(deed->today, room),
                              .seq = deed->seq};
    return put_thing(deed->desk->store, &thing);
}

/* An open case of the former registrant goes to the successor; what it only drafts stays its own,
 * and is nobody's to file any more. A case that has ended stays with whom it ended. */
static struct fault *hand_over(struct deed *deed, struct row_casework *work, struct str former,
                               struct str party)
{
    const struct rulebook *book = deed->desk->book;
    int state = state_by_name(book, work->state);
    bool drafts = state == STATE_START, own = str_eq(work->party, former);
    if (book->states[state].final || str_eq(work->id, deed->work.id) ||
        !str_eq(work->registrant, former))
        return NULL;
    work->registrant = drafts && own ? STR_NONE : party;
    if (own && !drafts) {
        if (!work->parent.bytes) /* nobody filed the watch over an expiry */
            TRY(keep_reading(deed, former, work->id));
        work->party = party;
    }
    work->version++;
    return put_casework(deed->desk->store, work);
}

static struct fault *hand_over_cases(struct deed *deed, struct str former, struct str party)
{
    struct row_casework *rows;
    size_t n;
    TRY(sql_cases_of_label(deed->desk->store, deed->arena, deed->work.label, &rows, &n));
    for (size_t i = 0; i < n; i++)
        TRY(hand_over(deed, &rows[i], former, party));
    return NULL;
}

struct fault *put_registrant(struct deed *deed, struct str party, const char *kind, json_t *detail)
{
    struct row_label label = *deed->about.label;
    struct str former = label.party;
    struct row_party *from, *to;
    TRY(sql_party_by_id(deed->desk->store, deed->arena, former, &from));
    TRY(sql_party_by_id(deed->desk->store, deed->arena, party, &to));
    json_put_json(detail, "was", name_of_party(deed, from));
    json_put_json(detail, "now", name_of_party(deed, to));
    label.party = party;
    TRY(put_label(deed->desk->store, &label));
    TRY(hand_over_cases(deed, former, party));
    return label_note(deed, kind, deed->today, detail);
}

struct fault *set_registrant(struct deed *deed, const struct use *use)
{
    (void)use;
    json_t *detail = json_new(deed->arena);
    json_put(detail, "cause", json_get(deed->filled, "succession-kind"));
    json_put(detail, "day", json_get(deed->filled, "succession-day"));
    return put_registrant(deed, deed->work.party, "succeeded", detail);
}
