/* day_test.c: civil days in Tokyo, and the periods of the Civil Code.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/clock.h"
#include "base/day.h"

#include "check.h"

#include "base/banned.h"

static struct day at(const char *text)
{
    struct day day = DAY_NONE;
    day_parse(str_of(text), &day);
    return day;
}

/* A period ends with the day before the one that corresponds to its first, or with the month. */
static void test_periods(struct tally *tally)
{
    static const struct {
        const char *first, *span, *last, *why;
    } rows[] = {
        {"2026-01-16", "2y", "2028-01-15",
         "4.3.1-1 issued 2026-01-15: valid two years through 2028-01-15"},
        {"2026-01-15", "2y", "2028-01-14",
         "4.3.1-1 the other reading, where the day of issuance counts"},
        {"2024-02-29", "1y", "2025-02-28", "a leap day has no fellow: the last day of the month"},
        {"2024-02-29", "4y", "2028-02-28", "in the next leap year it has one"},
        {"2024-03-01", "1y", "2025-02-28", "the day before 1 March"},
        {"2023-03-01", "1y", "2024-02-29", "the day before 1 March in a leap year"},
        {"2030-03-01", "1y", "2031-02-28", "4.3.4-1 an extension begins the day after"},
        {"2031-03-01", "1y", "2032-02-29", "4.3.4-1 and the next"},
        {"2027-08-31", "6m", "2028-02-29", "31 August and six months"},
        {"2027-08-30", "6m", "2028-02-29", "30 August and six months"},
        {"2027-08-29", "6m", "2028-02-28", "29 August and six months: 29 February corresponds"},
        {"2026-01-31", "1m", "2026-02-28", "31 January and a month"},
        {"2026-12-01", "1m", "2026-12-31", "December"},
        {"2026-12-31", "2m", "2027-02-28", "over the end of the year"},
        {"2026-01-01", "30d", "2026-01-30", "days are counted"},
        {"2026-02-28", "1d", "2026-02-28", "one day is the first itself"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct span span;
        char room[11];
        CHECK(tally, span_parse(str_of(rows[i].span), &span), "a span: %s", rows[i].span);
        CHECK_STR(tally, day_print(day_last_of(at(rows[i].first), span), room), rows[i].last, "%s",
                  rows[i].why);
    }
}

static void test_days(struct tally *tally)
{
    static const char *bad[] = {"",           "2026-1-01",     "2026-01-1",   "2026-13-01",
                                "2026-00-10", "2026-02-29",    "2100-02-29",  "1899-12-31",
                                "3000-01-01", "2026/01/01",    "2026-01-01 ", "+026-01-01",
                                "2026-01-32", "２０２６-01-01"};
    struct day out = {.n = 7};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK(tally, !day_parse(str_of(bad[i]), &out) && out.n == 7, "no day: \"%s\"", bad[i]);
    int wrong = 0, before = 0;
    for (struct day day = at("1900-01-01"); day.n <= at("2999-12-31").n; day = day_plus(day, 1)) {
        char room[11];
        int year, month, date;
        day_civil(day, &year, &month, &date);
        wrong += day_of(year, month, date).n != day.n || at(day_print(day, room).at).n != day.n;
        wrong += !day_exists(year, month, date);
        before++;
    }
    CHECK(tally, before == 401767 && wrong == 0,
          "all %d days of 1100 years there and back, %d wrong", before, wrong);
    CHECK(tally,
          day_week(at("2026-11-23")) == 1 && day_week(at("1969-12-31")) == 3 &&
              day_week(at("2000-02-29")) == 2,
          "days of the week");
    CHECK(tally,
          day_fiscal_year(at("2026-03-31")) == 2025 && day_fiscal_year(at("2026-04-01")) == 2026,
          "fiscal years begin in April");
    char room[11];
    CHECK_STR(tally, day_print(DAY_NONE, room), "", "no day prints as nothing");
}

static void test_instants(struct tally *tally)
{
    char room[30];
    struct day day = at("2028-01-15");
    int64_t midnight = day_begins(day_plus(day, 1));
    CHECK(tally, day_of_instant(midnight - 1).n == day.n,
          "4.3.1-1 the last millisecond of the last day, in Tokyo");
    CHECK(tally, day_of_instant(midnight).n == day.n + 1,
          "4.3.1-1 and the next day begins at 0:00");
    CHECK_STR(tally, instant_print(midnight - 1, room), "2028-01-15T23:59:59.999+09:00",
              "as RFC 3339");
    CHECK_STR(tally, instant_print(0, room), "1970-01-01T09:00:00.000+09:00", "the epoch");
    CHECK_STR(tally, instant_print(-1, room), "1970-01-01T08:59:59.999+09:00", "before the epoch");
    CHECK_STR(tally, instant_print(-TOKYO_MS - 1, room), "1969-12-31T23:59:59.999+09:00",
              "the day before it in Tokyo");
    struct clock clock = clock_set_today(day);
    CHECK(tally, clock_today(&clock).n == day.n, "a clock may be set to a day");
    clock.frozen_ms = midnight;
    CHECK(tally, clock_now(&clock) == midnight && clock_today(&clock).n == day.n + 1,
          "or stand still");
}

static void test_spans(struct tally *tally)
{
    static const char *bad[] = {
        "", "y", "2", "2w", "-1y", "36501d", "2 y", "2yy", "99999999999999999999d"};
    struct span out = {.n = 7, .unit = 'x'};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK(tally, !span_parse(str_of(bad[i]), &out), "no span: \"%s\"", bad[i]);
}

int main(void)
{
    struct tally tally = {0};
    test_periods(&tally);
    test_days(&tally);
    test_instants(&tally);
    test_spans(&tally);
    return tally_end(&tally);
}
