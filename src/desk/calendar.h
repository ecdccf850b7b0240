/* calendar.h: working days of the body: target times count in them (2.2.1-2).
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_CALENDAR_H
#define HOSHI_CALENDAR_H

#include <stddef.h>

#include "base/day.h"

/* Holidays in order of days. Saturdays, Sundays and December 29 to January 3 need no row. */
struct calendar {
    const struct day *holidays;
    size_t n;
};

bool calendar_works(const struct calendar *calendar, struct day day);

/* The n-th working day after `from`, which is not counted (Civil Code 140); n = 0: `from` itself
 * or the first working day after it. */
struct day calendar_target(const struct calendar *calendar, struct day from, int64_t n);

/* Working days after `from` up to and with `to`; 0 when `to` is not later. */
int64_t calendar_between(const struct calendar *calendar, struct day from, struct day to);

#endif
