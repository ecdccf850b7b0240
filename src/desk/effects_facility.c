/* effects_facility.c: approvals, scopes, accreditations, evaluators, agreements: dated things.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A thing that ends on a day is in force up to the day before. What is public of them is read from
 * the same rows (register/allowed.c): the words and details of an approval, a scope and an
 * accreditation hold public values only. */
#include "base/json.h"
#include "desk/act.h"
#include "desk/deed.h"
#include "store/sql.gen.h"

#include "base/banned.h"

static struct str print_day(struct deed *deed, struct day day)
{
    char room[11];
    return str_copy(deed->arena, day_print(day, room));
}

static struct row_thing new_thing(struct deed *deed, const char *kind, struct str word)
{
    return (struct row_thing){.id = id_new(deed->arena),
                              .kind = str_of(kind),
                              .word = word,
                              .case_id = deed->work.id,
                              .party = deed->work.facility,
                              .from_day = print_day(deed, deed->today),
                              .seq = deed->seq};
}

/* To the end of that day; what has ended before keeps its day. */
static struct fault *end_on(struct deed *deed, const struct row_thing *thing, struct day last)
{
    struct row_thing ended = *thing;
    struct day present;
    if (day_parse(thing->to_day, &present) && present.n <= last.n)
        return NULL;
    ended.to_day = print_day(deed, last);
    return put_thing(deed->desk->store, &ended);
}

/* What the form says under that name in both languages; without it, nothing. */
static json_t *both_tongues(struct deed *deed, const char *field)
{
    json_t *value = json_object_get(deed->filled, field);
    return value ? value : json_new(deed->arena);
}

static struct fault *begin_approval(struct deed *deed)
{
    struct row_case_number *numbers;
    size_t n;
    struct row_thing approval = new_thing(deed, "approval", STR_NONE);
    json_t *detail = json_new(deed->arena);
    TRY(sql_case_numbers(deed->desk->store, deed->arena, deed->work.id, &numbers, &n));
    for (size_t i = 0; i < n; i++)
        if (str_is(numbers[i].kind, "facility-number"))
            approval.word = numbers[i].number;
    json_put_json(detail, "site", both_tongues(deed, "facility-site"));
    approval.detail = json_canonical(deed->arena, detail);
    return put_thing(deed->desk->store, &approval);
}

/* "3:router" for each level and category that the form names. */
static struct words scope_of_form(struct deed *deed)
{
    static const struct {
        const char *field, *level;
    } levels[] = {{"scope-3", "3"}, {"scope-4", "4"}};
    size_t n = json_array_size(json_object_get(deed->filled, "scope-3")) +
               json_array_size(json_object_get(deed->filled, "scope-4")),
           i;
    struct str *room = NEW_ARRAY(deed->arena, n + 1, struct str);
    struct words lines = {.at = room};
    json_t *category;
    for (size_t l = 0; l < sizeof levels / sizeof *levels; l++)
        json_array_foreach(json_object_get(deed->filled, levels[l].field), i, category)
        {
            room[lines.n++] =
                str_print(deed->arena, "%s:%.*s", levels[l].level, STR_F(json_text(category)));
        }
    return lines;
}

/* What stays in the scope keeps its first day; the rest ends with yesterday. */
static struct fault *begin_scope(struct deed *deed)
{
    struct words wanted = scope_of_form(deed), kept = deed->facts.facility_scope;
    for (size_t i = 0; i < deed->about.things_n; i++) {
        const struct row_thing *thing = &deed->about.things[i];
        if (str_is(thing->kind, "scope") && !words_have(wanted, thing->word))
            TRY(end_on(deed, thing, day_plus(deed->today, -1)));
    }
    for (size_t i = 0; i < wanted.n; i++) {
        struct row_thing line = new_thing(deed, "scope", wanted.at[i]);
        if (!words_have(kept, wanted.at[i]))
            TRY(put_thing(deed->desk->store, &line));
    }
    return NULL;
}

static struct fault *begin_evaluator(struct deed *deed)
{
    struct row_thing evaluator =
        new_thing(deed, "evaluator", json_get(deed->filled, "evaluator-id"));
    json_t *detail = json_new(deed->arena), *scope = json_new_list(deed->arena);
    struct words lines = scope_of_form(deed);
    for (size_t i = 0; i < lines.n; i++)
        json_add_str(scope, lines.at[i]);
    json_put_json(detail, "name", both_tongues(deed, "evaluator-name"));
    json_put(detail, "kind", json_get(deed->filled, "evaluator-kind"));
    json_put_json(detail, "scope", scope);
    evaluator.detail = json_canonical(deed->arena, detail);
    evaluator.to_day = json_get(deed->filled, "registered-until");
    return put_thing(deed->desk->store, &evaluator);
}

struct fault *begin_facility_thing(struct deed *deed, const struct use *use)
{
    switch (use->arg.id) {
    case THING_APPROVAL:
        deed->publishes = true;
        return begin_approval(deed);
    case THING_SCOPE:
        deed->publishes = true;
        return begin_scope(deed);
    case THING_EVALUATOR:
        return begin_evaluator(deed);
    default:
        BUG("a facility has no '%s' that begins so", use->arg.word);
    }
}

struct fault *begin_accreditation(struct deed *deed, const struct use *use)
{
    (void)use;
    struct row_thing accreditation =
        new_thing(deed, "accreditation", json_get(deed->filled, "accreditation-number"));
    accreditation.detail = json_get(deed->filled, "accreditation-kind");
    accreditation.from_day = json_get(deed->filled, "accreditation-from");
    accreditation.to_day = print_day(deed, deed->verdict.outcome.expires);
    deed->publishes = true;
    return put_thing(deed->desk->store, &accreditation);
}

/* 6.1.2-1: with the approval end its scope and the registrations of its evaluators; the
 * accreditation is NITE's, and the agreement on secrets lasts. */
struct fault *end_approval(struct deed *deed, const struct use *use)
{
    (void)use;
    deed->publishes = true;
    for (size_t i = 0; i < deed->about.things_n; i++) {
        const struct row_thing *thing = &deed->about.things[i];
        if (str_is(thing->kind, "approval") || str_is(thing->kind, "scope") ||
            str_is(thing->kind, "evaluator"))
            TRY(end_on(deed, thing, deed->verdict.outcome.expires));
    }
    return NULL;
}

static struct fault *end_own(struct deed *deed, const char *kind)
{
    for (size_t i = 0; i < deed->about.things_n; i++) {
        const struct row_thing *thing = &deed->about.things[i];
        if (str_is(thing->kind, kind) && str_eq(thing->case_id, deed->work.id))
            TRY(end_on(deed, thing, day_plus(deed->today, -1)));
    }
    return NULL;
}

struct fault *end_facility_thing(struct deed *deed, const struct use *use)
{
    return end_own(deed, use->arg.word);
}

struct fault *begin_nda(struct deed *deed, const struct use *use)
{
    (void)use;
    struct row_thing nda = new_thing(deed, "nda", json_get(deed->filled, "agreement-purpose"));
    nda.party = deed->work.party;
    nda.to_day = json_get(deed->filled, "agreement-until");
    return put_thing(deed->desk->store, &nda);
}

struct fault *end_nda(struct deed *deed, const struct use *use)
{
    (void)use;
    return end_own(deed, "nda");
}
