/* clock.c: where the time comes from.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/clock.h"

#include <time.h>

#include "base/banned.h"

static int64_t read_ms(clockid_t which)
{
    struct timespec now;
    clock_gettime(which, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_now(const struct clock *clock)
{
    int64_t turned_ms = clock->turned_ms ? *clock->turned_ms : 0;
    return clock->frozen_ms ? clock->frozen_ms
                            : read_ms(CLOCK_REALTIME) + clock->shift_ms + turned_ms;
}

struct day clock_today(const struct clock *clock)
{
    return day_of_instant(clock_now(clock));
}

struct clock clock_set_today(struct day today)
{
    int64_t now = read_ms(CLOCK_REALTIME);
    return (struct clock){.shift_ms = (int64_t)(today.n - day_of_instant(now).n) * MS_A_DAY};
}

int64_t clock_ticks(void)
{
    return read_ms(CLOCK_MONOTONIC);
}
