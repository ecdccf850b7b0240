/* day.c: civil days in Tokyo and the periods of the Civil Code.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/day.h"

#include <stdio.h>

#include "base/banned.h"

enum { DAYS_400_YEARS = 146097, DAYS_TO_1970 = 719468 };

/* Days are counted in years that begin in March, so that the leap day is the last of its year. */
struct day day_of(int year, int month, int date)
{
    int y = year - (month <= 2);
    int era = (y >= 0 ? y : y - 399) / 400;
    int of_era = y - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + date - 1;
    int days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return (struct day){.n = era * DAYS_400_YEARS + days - DAYS_TO_1970};
}

void day_civil(struct day day, int *year, int *month, int *date)
{
    int n = day.n + DAYS_TO_1970;
    int era = (n >= 0 ? n : n - DAYS_400_YEARS + 1) / DAYS_400_YEARS;
    int days = n - era * DAYS_400_YEARS;
    int y = (days - days / 1460 + days / 36524 - days / 146096) / 365;
    int of_year = days - (365 * y + y / 4 - y / 100);
    int m = (5 * of_year + 2) / 153;
    *date = of_year - (153 * m + 2) / 5 + 1;
    *month = m + (m < 10 ? 3 : -9);
    *year = y + era * 400 + (*month <= 2);
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool day_exists(int year, int month, int date)
{
    return month >= 1 && month <= 12 && date >= 1 && date <= month_days(year, month);
}

static bool digits(struct str text, size_t from, size_t to, int *out)
{
    *out = 0;
    for (size_t i = from; i < to; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
        *out = *out * 10 + (text.at[i] - '0');
    }
    return true;
}

bool day_parse(struct str text, struct day *out)
{
    int year, month, date;
    if (text.bytes != 10 || text.at[4] != '-' || text.at[7] != '-')
        return false;
    if (!digits(text, 0, 4, &year) || !digits(text, 5, 7, &month) || !digits(text, 8, 10, &date))
        return false;
    if (year < 1900 || year > 2999 || !day_exists(year, month, date))
        return false;
    *out = day_of(year, month, date);
    return true;
}

struct str day_print(struct day day, char out[11])
{
    out[0] = 0;
    if (day_is_none(day))
        return (struct str){.at = out, .bytes = 0};
    int year, month, date;
    day_civil(day, &year, &month, &date);
    int bytes = snprintf(out, 11, "%04u-%02u-%02u", (unsigned)year % 10000, (unsigned)month % 100,
                         (unsigned)date % 100);
    return (struct str){.at = out, .bytes = (size_t)bytes};
}

int day_week(struct day day)
{
    int week = (day.n + 4) % 7; /* 1970-01-01 was a Thursday */
    return week < 0 ? week + 7 : week;
}

bool day_is_none(struct day day)
{
    return day.n == INT32_MIN;
}

struct day day_plus(struct day day, int days)
{
    return (struct day){.n = day.n + days};
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

struct day day_of_instant(int64_t instant_ms)
{
    return (struct day){.n = (int32_t)floor_div(instant_ms + TOKYO_MS, MS_A_DAY)};
}

int64_t day_begins(struct day day)
{
    return (int64_t)day.n * MS_A_DAY - TOKYO_MS;
}

struct str instant_print(int64_t instant_ms, char out[30])
{
    struct day day = day_of_instant(instant_ms);
    unsigned ms = (unsigned)(instant_ms - day_begins(day));
    int year, month, date;
    day_civil(day, &year, &month, &date);
    int bytes = snprintf(out, 30, "%04u-%02u-%02uT%02u:%02u:%02u.%03u+09:00",
                         (unsigned)year % 10000, (unsigned)month % 100, (unsigned)date % 100,
                         ms / 3600000 % 24, ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
    return (struct str){.at = out, .bytes = (size_t)bytes};
}

bool span_parse(struct str text, struct span *out)
{
    int64_t n;
    if (text.bytes < 2 || !str_int((struct str){text.at, text.bytes - 1}, &n) || n < 0 || n > 36500)
        return false;
    char unit = text.at[text.bytes - 1];
    if (unit != 'y' && unit != 'm' && unit != 'd')
        return false;
    *out = (struct span){.n = (int32_t)n, .unit = unit};
    return true;
}

struct day day_last_of(struct day first, struct span span)
{
    if (span.unit == 'd')
        return day_plus(first, span.n - 1);
    int year, month, date;
    day_civil(first, &year, &month, &date);
    int months = (span.unit == 'y' ? span.n * 12 : span.n) + month - 1;
    year += months / 12;
    month = months % 12 + 1;
    if (!day_exists(year, month, date))
        return day_of(year, month, month_days(year, month));
    return day_plus(day_of(year, month, date), -1);
}

int day_fiscal_year(struct day day)
{
    int year, month, date;
    day_civil(day, &year, &month, &date);
    return month >= 4 ? year : year - 1;
}
