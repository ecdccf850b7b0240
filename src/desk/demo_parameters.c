/* demo_parameters.c: parameters settled otherwise, to look at: one long ago, one on a day to come,
 * and one that is proposed. All of it is made up.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/demo_part.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { MINUTE_MS = 60000, PAST_DAYS = 405, COMING_DAYS = 45, PROPOSED_DAYS = 120 };

static struct fault *take(struct demo *demo, struct str id, const char *who, const char *step,
                          json_t *fields)
{
    struct step_answer answer;
    struct step_request request = {.case_id = id, .step = str_of(step), .expected_version = -1,
                                   .who = demo_person(demo, who), .fields = fields};
    demo->clock.frozen_ms += MINUTE_MS;
    return desk_take_step(&demo->desk, demo->arena, &request, &answer);
}

static struct fault *propose(struct demo *demo, const char *name, const char *value, int ahead,
                             struct str *id)
{
    static const char msm[] = "management-system-manager";
    json_t *fields = json_new(demo->arena);
    char room[11];
    struct case_request opening = {.procedure = STR("parameter-change"),
                                   .who = demo_person(demo, msm)};
    json_put(fields, "parameter", str_of(name));
    json_put(fields, "parameter-value", str_of(value));
    json_put(fields, "parameter-from", day_print(day_plus(demo->today, ahead), room));
    json_put(fields, "reasons", STR("運用の見直しによる（架空） / After a review (fictional)"));
    TRY(desk_open_case(&demo->desk, demo->arena, &opening, id));
    TRY(take(demo, *id, msm, "declare-no-conflict", NULL));
    return take(demo, *id, msm, "propose-parameter", fields);
}

static struct fault *settle(struct demo *demo, const char *name, const char *value, int ahead,
                            struct str *id)
{
    TRY(propose(demo, name, value, ahead, id));
    TRY(take(demo, *id, "managing-director", "declare-no-conflict", NULL));
    return take(demo, *id, "managing-director", "settle-parameter", NULL);
}

struct fault *demo_settle_past(struct demo *demo)
{
    return settle(demo, "mail-days", "7", -PAST_DAYS, &demo->settled);
}

struct fault *demo_settle_coming(struct demo *demo)
{
    struct str id;
    TRY(demo_let_clock(demo, demo->settled));
    TRY(settle(demo, "inquiry-days", "10", COMING_DAYS, &id));
    return propose(demo, "hearing-days", "21", PROPOSED_DAYS, &id);
}
