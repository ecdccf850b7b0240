/* settle.h: a parameter settled otherwise, by its procedure: proposed, decided, with its day ahead.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_SETTLE_H
#define HOSHI_SETTLE_H

#include "base/json.h"
#include "world.h"

static inline struct fault *settling_take(struct world *w, struct str id, const char *step,
                                          const char *who, json_t *fields)
{
    struct step_answer answer;
    struct step_request request = {.case_id = id, .step = str_of(step), .expected_version = -1,
                                   .who = world_person(w, who), .fields = fields};
    return desk_take_step(&w->desk, w->arena, &request, &answer);
}

static inline struct str settling_open(struct world *w)
{
    struct str id;
    struct case_request request = {.procedure = STR("parameter-change"),
                                   .who = world_person(w, "management-system-manager")};
    MUST(desk_open_case(&w->desk, w->arena, &request, &id));
    MUST(settling_take(w, id, "declare-no-conflict", "management-system-manager", NULL));
    MUST(settling_take(w, id, "declare-no-conflict", "technical-manager", NULL));
    return id;
}

static inline json_t *settling_fields(struct world *w, const char *name, const char *value,
                                      const char *from)
{
    json_t *fields = json_new(w->arena);
    json_put(fields, "parameter", str_of(name));
    json_put(fields, "parameter-value", str_of(value));
    json_put(fields, "parameter-from", str_of(from));
    json_put(fields, "reasons", STR("運用の見直し"));
    return fields;
}

/* Gives the case. */
static inline struct str settle(struct world *w, const char *name, const char *value,
                                const char *from)
{
    struct str id = settling_open(w);
    MUST(settling_take(w, id, "propose-parameter", "management-system-manager",
                       settling_fields(w, name, value, from)));
    MUST(settling_take(w, id, "declare-no-conflict", "managing-director", NULL));
    MUST(settling_take(w, id, "settle-parameter", "managing-director", NULL));
    return id;
}

#endif
