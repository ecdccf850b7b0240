/* watched.h: sweeps of the clock in a world, and what they did on the cases that watch labels.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_WATCHED_H
#define HOSHI_WATCHED_H

#include "base/buf.h"
#include "desk/clock.h"
#include "world.h"

enum { SWEEP_BYTES = 1 << 28 };

static inline struct str day_text(struct world *w, struct day day)
{
    char room[11];
    return str_copy(w->arena, day_print(day, room));
}

static inline struct sweep sweep(struct world *w)
{
    struct sweep done;
    struct arena *arena = arena_new(SWEEP_BYTES);
    struct fault *fault = desk_clock_sweep(&w->desk, arena, &done);
    if (fault)
        BUG("the sweep: %s %.*s", fault->code, STR_F(fault->detail));
    arena_free(arena);
    return done;
}

/* The case that watches the expiry of the label that the case issued. */
static inline struct row_casework *watch_of(struct world *w, struct str issuing)
{
    struct row_casework *rows;
    size_t n;
    MUST(sql_clock_cases_of_label(w->desk.store, w->arena, world_case(w, issuing)->label,
                                  STR("expiry"), &rows, &n));
    if (n != 1)
        BUG("%zu cases watch the label", n);
    return &rows[0];
}

/* "remind 2027-07-09 · lapse 2028-01-06": what the clock did on the case, by days of effect. */
static inline const char *done_on(struct world *w, struct str case_id)
{
    struct row_case_step *steps;
    size_t n;
    struct buf out = buf_new(w->arena, 4000);
    MUST(sql_case_steps(w->desk.store, w->arena, case_id, &steps, &n));
    for (size_t i = 0; i < n; i++)
        if (steps[i].due)
            buf_printf(&out, "%s%.*s%s %.*s", buf_str(&out).bytes ? " · " : "",
                       STR_F(steps[i].step), str_is(steps[i].act, "step") ? "" : "!",
                       STR_F(day_text(w, day_of_instant(steps[i].due))));
    return str_z(w->arena, buf_str(&out));
}

static inline bool in_state(struct world *w, struct str case_id, const char *state)
{
    return str_is(world_case(w, case_id)->state, state);
}

#endif
