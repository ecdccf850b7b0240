/* acts.h: steps of people on cases in a world, their forms as JSON text.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_ACTS_H
#define HOSHI_ACTS_H

#include "base/hash.h"
#include "base/json.h"
#include "world.h"

static inline struct fault *take(struct world *w, struct str id, const char *step,
                                 const struct principal *who, const char *fields)
{
    struct step_answer answer;
    struct step_request request = {
        .case_id = id, .step = str_of(step), .expected_version = -1, .who = who};
    MUST(json_read(w->arena, str_of(fields), &request.fields));
    return desk_take_step(&w->desk, w->arena, &request, &answer);
}

/* A step by somebody of the body, who first declares that there is no conflict. */
static inline void decide(struct world *w, struct str id, const char *step, const char *who,
                          const char *fields)
{
    MUST(take(w, id, "declare-no-conflict", world_person(w, who), "{}"));
    MUST(take(w, id, step, world_person(w, who), fields));
}

static inline struct fault *opening(struct world *w, const char *procedure, struct str label,
                                    const struct principal *who, struct str *id)
{
    struct case_request request = {.procedure = str_of(procedure), .label = label, .who = who};
    return desk_open_case(&w->desk, w->arena, &request, id);
}

static inline struct str open_on(struct world *w, const char *procedure, struct str label,
                                 const struct principal *who)
{
    struct str id;
    MUST(opening(w, procedure, label, who, &id));
    return id;
}

static inline struct str attach(struct world *w, struct str id, const char *name,
                                const struct principal *who)
{
    struct str file;
    struct hash digest = hash_of(str_of(name));
    MUST(desk_attach(&w->desk, w->arena, who, id, str_of(name), STR("application/pdf"), &digest, 5,
                     &file));
    return file;
}

static inline struct row_label *label_of(struct world *w, struct str number)
{
    struct row_label *label;
    MUST(sql_label_by_number(w->desk.store, w->arena, number, &label));
    return label;
}

/* The youngest case of that procedure that a step of the case has opened. */
static inline struct str opened_by(struct world *w, struct str parent, const char *procedure)
{
    struct row_casework *rows;
    struct str found = STR_NONE;
    size_t n;
    MUST(sql_cases_below(w->desk.store, w->arena, parent, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (str_is(rows[i].procedure, procedure))
            found = rows[i].id;
    return found;
}

#endif
