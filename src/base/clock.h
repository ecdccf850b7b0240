/* clock.h: where the time comes from; injected, so that tests and demonstrations choose it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_CLOCK_H
#define HOSHI_CLOCK_H

#include <stdint.h>

#include "base/day.h"

struct clock {
    int64_t shift_ms;  /* added to the system's clock */
    _Atomic int64_t *turned_ms; /* so is this: a demonstration's, turned while it runs; or NULL */
    int64_t frozen_ms; /* when not 0, the time is always this */
};

int64_t clock_now(const struct clock *clock);
struct day clock_today(const struct clock *clock);

/* A running clock whose civil day, now, is `today` at the present time of day (HOSHI_TODAY). */
struct clock clock_set_today(struct day today);

/* Monotonic milliseconds, for deadlines only. */
int64_t clock_ticks(void);

#endif
