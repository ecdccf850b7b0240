/* day.h: civil days in Tokyo, instants in UTC, and the periods of the Civil Code.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An instant is an int64_t: milliseconds since 1970-01-01T00:00:00Z.
 * Tokyo has been UTC+9 without summer time since 1951, so the offset is fixed. */
#ifndef HOSHI_DAY_H
#define HOSHI_DAY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct day {
    int32_t n; /* days since 1970-01-01; DAY_NONE.n for "no day" */
};

/* A length of time as the manual states it: "2y", "6m", "30d". */
struct span {
    int32_t n;
    char unit; /* 'y', 'm', 'd'; 0 for "no span" */
};

#define DAY_NONE ((struct day){.n = INT32_MIN})
enum { MS_A_DAY = 86400000, TOKYO_MS = 9 * 3600000 };

struct day day_of(int year, int month, int date); /* proleptic Gregorian; the date must exist */
void day_civil(struct day day, int *year, int *month, int *date);
bool day_exists(int year, int month, int date);
bool day_parse(struct str text, struct day *out); /* exactly YYYY-MM-DD, years 1900 to 2999 */
struct str day_print(struct day day, char out[11]); /* "" for DAY_NONE */
int day_week(struct day day);                       /* 0 Sunday … 6 Saturday */
bool day_is_none(struct day day);
struct day day_plus(struct day day, int days);

struct day day_of_instant(int64_t instant_ms);    /* the civil day in Tokyo */
int64_t day_begins(struct day day);               /* 0:00 in Tokyo */
struct str instant_print(int64_t instant_ms, char out[30]); /* RFC 3339, +09:00, milliseconds */

bool span_parse(struct str text, struct span *out);

/* The last day of a period (Civil Code 140, 141, 143): the first day counted is `first`; the period
 * ends with the day before the day that corresponds to it, or with the last day of the month when
 * there is none. */
struct day day_last_of(struct day first, struct span span);

/* Fiscal year (April to March) in which a day lies, by its first calendar year. */
int day_fiscal_year(struct day day);

#endif
