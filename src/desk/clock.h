/* clock.h: the clock takes the steps that are due, those that an outage left behind included.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_DESK_CLOCK_H
#define HOSHI_DESK_CLOCK_H

#include "desk/desk.h"

struct sweep {
    int64_t taken;
    int64_t refused;  /* on the timeline of their cases, and not tried again */
    int64_t put_off;  /* due later by now than the case said */
    bool publishes;   /* the public register changes by it */
};

/* Takes all steps that are due now, in order, some in one transaction. The arena is the sweep's
 * own: it is emptied again and again. After a fault of the engine what was taken stays taken, and
 * the next sweep goes on from there. */
struct fault *desk_clock_sweep(struct desk *desk, struct arena *arena, struct sweep *sweep);

/* One transaction of it, for who lets others write in between; adds to *sweep. */
struct fault *desk_clock_batch(struct desk *desk, struct arena *arena, struct sweep *sweep,
                               bool *more);

#endif
