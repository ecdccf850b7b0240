/* world.h: a registry with the demonstration's people and two makers, on a clock that a test turns.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_WORLD_H
#define HOSHI_WORLD_H

#include "../check.h"
#include "../store/place.h"
#include "desk/desk.h"
#include "desk/found.h"
#include "desk/people.h"
#include "store/sql.gen.h"

struct world {
    struct place *place;
    struct arena *arena;
    struct clock clock;
    struct desk desk;
    struct founder *founders;
    size_t founders_n;
    struct principal maker, other_maker;
    struct words criteria;
};

/* Founded on 2026-01-05, a Monday, at 9:00. */
struct world *world_new(void);
void world_end(struct world *world);
void world_day(struct world *world, const char *day);

const struct principal *world_person(const struct world *world, const char *key);

/* With what the step's form must have; `own` (JSON text, or "") in its place. */
struct fault *world_take(struct world *world, struct str case_id, const char *step,
                         const struct principal *who, const char *own, struct step_answer *answer);
json_t *world_fields(struct world *world, const char *step, const char *own);

/* Opens an application of level 1; party and key may be empty. */
struct fault *world_open(struct world *world, const struct principal *who, struct str party,
                         struct str key, struct str *id);

/* A second maker for whom the person acts. */
void world_join(struct world *world, const struct principal *who, struct str party);

/* A case that came to the point after `last` by the ordinary way; every step must be taken. */
struct str world_case_after(struct world *world, const char *last);

struct row_casework *world_case(struct world *world, struct str case_id);
int64_t world_seq(struct world *world);

/* The latest notice of the kind on the case, as the person reads it in a mail; "" when there is
 * none. */
struct str world_told(struct world *world, const struct principal *who, struct str case_id,
                      const char *kind, bool english);

/* "code guard clause" of a fault, "" of none. */
const char *said(struct world *world, const struct fault *fault);

/* Signs the head with a key of the test's own, and replays: the number of differences. */
int64_t world_replay(struct world *world);

#endif
