/* effects_certified.c: what an assessment does beyond its form: versions, the facility named, and
 * the decisions on a label that is there: re-certification, change of level.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/deed.h"

#include "base/banned.h"

/* What one facility has filled in is confidential to it (6.5-5): it does not stay for the next to
 * read. Its versions stay on record (6.4-1). */
static const char *const of_facility[] = {"plan",        "plan-text",  "assessment-from",
                                          "assessment-to", "evaluators", "report",
                                          "assessment",  "findings",   "finding-answers",
                                          "results",     "by-procedures"};

struct fault *name_facility(struct deed *deed, const struct use *use)
{
    (void)use; /* which, says named.c: the facts of the judgement were of the one named */
    for (size_t i = 0; i < sizeof of_facility / sizeof *of_facility; i++) {
        if (!json_object_get(deed->filled, of_facility[i]))
            continue;
        TRY(drop_case_field(deed->desk->store, deed->work.id, str_of(of_facility[i])));
    }
    return NULL;
}

struct fault *keep_version(struct deed *deed, const struct use *use)
{
    (void)use;
    const char *name;
    json_t *value;
    json_object_foreach(deed->fields, name, value)
    {
        struct row_case_version row = {.case_id = deed->work.id,
                                       .seq = deed->seq,
                                       .field = str_of(name),
                                       .value = json_canonical(deed->arena, value),
                                       .step = str_of(deed->step->name)};
        TRY(put_case_version(deed->desk->store, &row));
    }
    return NULL;
}

static struct fault *no_label(const struct deed *deed)
{
    return FAULT(deed->arena, "broken-database", "case %.*s is about no label",
                 STR_F(deed->work.id));
}

/* The label's row with what the decision sets beside its life. */
static struct row_label *changed_label(struct deed *deed)
{
    struct row_label *label = NEW(deed->arena, struct row_label);
    *label = *deed->about.label;
    label->edition = deed->work.edition;
    label->route = deed->work.procedure;
    label->facility = deed->work.facility;
    deed->about.label = label;
    return label;
}

/* 4.3.6-2: number and level stay; the period is new, and the count and the total begin anew. */
struct fault *renew_label(struct deed *deed, const struct use *use)
{
    (void)use;
    char room[11];
    json_t *detail = json_new(deed->arena);
    json_put(detail, "expires", day_print(deed->verdict.outcome.life.expires, room));
    if (!deed->about.label)
        return no_label(deed);
    changed_label(deed);
    TRY(label_put_life(deed));
    return label_note(deed, "renewed", deed->today, detail);
}

/* 4.5-1: by certification with the number that this decision gives; by self-declaration without. */
struct fault *set_level(struct deed *deed, const struct use *use)
{
    (void)use;
    json_t *detail = json_new(deed->arena);
    json_put_int(detail, "level", deed->verdict.outcome.life.level);
    if (!deed->about.label)
        return no_label(deed);
    json_put_int(detail, "from", deed->about.label->level);
    char room[11];
    struct str expires = day_print(deed->verdict.outcome.life.expires, room);
    struct row_label *label = changed_label(deed);
    if (!str_eq(expires, label->expires)) /* the total of 4.3.6 may end it sooner */
        json_put(detail, "expires", expires);
    label->certification = deed->certification;
    TRY(label_put_life(deed));
    return label_note(deed, "level-changed", deed->today, detail);
}
