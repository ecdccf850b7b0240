/* calendar.c: working days of the body.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/calendar.h"

#include "base/banned.h"

/* Act on Holidays of Administrative Organs, article 1: December 29 to January 3. */
static bool is_year_end(struct day day)
{
    int year, month, date;
    day_civil(day, &year, &month, &date);
    return (month == 12 && date >= 29) || (month == 1 && date <= 3);
}

static bool is_holiday(const struct calendar *calendar, struct day day)
{
    size_t low = 0, high = calendar->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (calendar->holidays[middle].n < day.n)
            low = middle + 1;
        else
            high = middle;
    }
    return low < calendar->n && calendar->holidays[low].n == day.n;
}

bool calendar_works(const struct calendar *calendar, struct day day)
{
    int week = day_week(day);
    return week != 0 && week != 6 && !is_year_end(day) && !is_holiday(calendar, day);
}

struct day calendar_target(const struct calendar *calendar, struct day from, int64_t n)
{
    struct day day = from;
    for (int64_t left = n; left > 0;) {
        day = day_plus(day, 1);
        left -= calendar_works(calendar, day);
    }
    while (!calendar_works(calendar, day))
        day = day_plus(day, 1);
    return day;
}

int64_t calendar_between(const struct calendar *calendar, struct day from, struct day to)
{
    int64_t n = 0;
    for (struct day day = day_plus(from, 1); day.n <= to.n; day = day_plus(day, 1))
        n += calendar_works(calendar, day);
    return n;
}
