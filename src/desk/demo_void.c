/* demo_void.c: a decision that was void and is annulled, and a label that comes back after an
 * appeal, each decided by people who took no part in it. All of it is made up.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/demo_part.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { MINUTE_MS = 60000, ANNULLED = 7, REINSTATED = 8, HEARING_DAYS = 20, LABELS_MAX = 100 };

/* A case on a label, on its way. */
struct matter {
    struct demo *demo;
    const struct demo_maker *maker;
    struct str label, id;
    int64_t entry; /* of its last step */
};

static struct fault *take(struct matter *matter, const char *who, const char *step,
                          const char *fields)
{
    struct demo *demo = matter->demo;
    struct step_answer answer;
    struct step_request request = {.case_id = matter->id,
                                   .step = str_of(step),
                                   .expected_version = -1,
                                   .who = *who ? demo_person(demo, who) : &matter->maker->who};
    TRY(json_read(demo->arena, str_of(fields), &request.fields));
    demo->clock.frozen_ms += MINUTE_MS;
    TRY(desk_take_step(&demo->desk, demo->arena, &request, &answer));
    matter->entry = answer.seq;
    return NULL;
}

static struct fault *decide(struct matter *matter, const char *who, const char *step,
                            const char *fields)
{
    TRY(take(matter, who, "declare-no-conflict", "{}"));
    return take(matter, who, step, fields);
}

static struct fault *begin(struct matter *matter, const char *who, const char *procedure)
{
    struct demo *demo = matter->demo;
    struct case_request opening = {.procedure = str_of(procedure),
                                   .label = matter->label,
                                   .who = *who ? demo_person(demo, who) : &matter->maker->who};
    return desk_open_case(&demo->desk, demo->arena, &opening, &matter->id);
}

/* The label of the maker that is valid the longest. */
static struct fault *choose(struct demo *demo, size_t maker, struct matter *out, bool *there)
{
    struct row_label *labels;
    char room[11];
    size_t n;
    *out = (struct matter){.demo = demo, .maker = &demo->makers[maker % demo->makers_n]};
    TRY(sql_own_labels(demo->desk.store, demo->arena, out->maker->who.person,
                       day_print(demo->today, room), STR("%"), LABELS_MAX, 0, &labels, &n));
    while (n && labels[n - 1].ended.bytes)
        n--;
    *there = n && str_is(labels[n - 1].route, "self-declared");
    if (*there)
        out->label = labels[n - 1].number;
    return NULL;
}

static const char *naming(const struct matter *matter, const char *rest)
{
    struct arena *arena = matter->demo->arena;
    return str_z(arena,
                 str_print(arena, "{\"void-entry\":%lld,%s}", (long long)matter->entry, rest));
}

/* 4.7.2-1, and then 2.1.3-1: a change of the product's information, void for a conflict. */
static struct fault *annul_one(struct demo *demo)
{
    struct matter matter;
    char room[11];
    bool there;
    TRY(choose(demo, ANNULLED, &matter, &there));
    if (!there)
        return NULL;
    TRY(begin(&matter, "", "product-information"));
    TRY(take(&matter, "", "apply",
             "{\"change-text\":\"窓口の変更（架空）\","
             "\"user-phone\":\"03-0000-0177\"}"));
    TRY(decide(&matter, "operational-personnel", "confirm-change", "{\"outcome\":\"conforms\"}"));
    TRY(decide(&matter, "technical-manager", "approve-technical", "{}"));
    TRY(decide(&matter, "managing-director", "accept-change", "{}"));
    const char *which = naming(&matter, "\"void-ground\":\"undisclosed-conflict\","
                                        "\"void-facts\":\"未申告の利益相反（架空）\"");
    struct str hearing =
        str_print(demo->arena, "{\"hearing-by\":\"%.*s\"}",
                  STR_F(day_print(day_plus(demo->today, HEARING_DAYS), room)));
    TRY(begin(&matter, "operational-personnel-2", "annulment"));
    TRY(decide(&matter, "operational-personnel-2", "propose-annulment", which));
    TRY(decide(&matter, "management-system-manager", "examine-annulment",
               "{\"void-finding\":\"void\"}"));
    TRY(take(&matter, "operational-personnel-2", "invite-hearing", str_z(demo->arena, hearing)));
    TRY(take(&matter, "", "state-view", "{\"view\":\"異存ありません（架空）。\"}"));
    TRY(decide(&matter, "deputy", "approve-technical", "{}"));
    return decide(&matter, "deputy-2", "annul", "{\"reasons\":\"決定は無効（架空）。\"}");
}

/* 4.4.2-1, and then 6.6-1: a revocation that an appeal undid. */
static struct fault *reinstate_one(struct demo *demo)
{
    struct matter matter;
    bool there;
    TRY(choose(demo, REINSTATED, &matter, &there));
    if (!there)
        return NULL;
    TRY(begin(&matter, "", "maintain-self-declared"));
    TRY(take(&matter, "", "apply",
             "{\"change-text\":\"無線部品の変更（架空）\",\"firmware\":\"9.0\","
             "\"conditions-kept\":\"kept\"}"));
    TRY(decide(&matter, "operational-personnel", "accept", "{}"));
    TRY(decide(&matter, "operational-personnel-2", "confirm", "{\"outcome\":\"does-not\"}"));
    TRY(decide(&matter, "technical-manager", "find-unsustainable",
               "{\"reasons\":\"条件に違反する（架空）。\"}"));
    TRY(decide(&matter, "managing-director", "revoke",
               "{\"reasons\":\"維持できない（架空）。\"}"));
    const char *which = naming(&matter, "\"appeal-document\":\"決定書第1号（架空）\","
                                        "\"appeal-outcome\":\"認める（架空）。\"");
    TRY(begin(&matter, "chief-executive-officer", "reinstatement"));
    TRY(decide(&matter, "chief-executive-officer", "begin-reinstatement", which));
    TRY(decide(&matter, "deputy", "approve-technical", "{}"));
    return decide(&matter, "deputy-2", "reinstate", "{}");
}

struct fault *demo_undo(struct demo *demo)
{
    TRY(annul_one(demo));
    return reinstate_one(demo);
}
