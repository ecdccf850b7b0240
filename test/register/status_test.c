/* status_test.c: what a label is on a day: around each edge, at midnight in Tokyo, on leap days.
 * SPDX-License-Identifier: Apache-2.0 */
#include "check.h"
#include "register/register.h"

#include "base/banned.h"

static struct day on(const char *text)
{
    struct day day = DAY_NONE;
    day_parse(str_of(text), &day);
    return day;
}

static const char *status(const struct label_dates *dates, const char *today)
{
    return label_status_word(label_status_on(dates, on(today)));
}

static void test_leap_days(struct tally *tally)
{
    struct label_dates leap = {.issued = on("2024-02-29"),
                               .expires = on("2026-02-28"),
                               .withdrawn = DAY_NONE,
                               .revoked = DAY_NONE};
    CHECK_STR(tally, str_of(status(&leap, "2026-02-28")), "valid",
              "issued on a leap day: the last day");
    CHECK_STR(tally, str_of(status(&leap, "2026-03-01")), "lapsed",
              "issued on a leap day: the day after");
    leap.expires = on("2028-02-29");
    CHECK_STR(tally, str_of(status(&leap, "2028-02-29")), "valid", "a leap day is the last day");
    CHECK_STR(tally, str_of(status(&leap, "2028-03-01")), "lapsed", "a leap day was the last day");

    struct label_dates early = {.issued = on("2026-01-15"),
                                .expires = on("2028-01-15"),
                                .withdrawn = DAY_NONE,
                                .revoked = DAY_NONE,
                                .provisional = true};
    CHECK_STR(tally, str_of(status(&early, "2026-06-01")), "provisional",
              "provisional within its dates");
}

static void test_words(struct tally *tally)
{
    for (int i = 0; i < LABEL_STATUS_N; i++) {
        enum label_status read = LABEL_STATUS_N;
        bool known = label_status_read(str_of(label_status_word((enum label_status)i)), &read);
        CHECK(tally, known && (int)read == i, "status word %d is read back", i);
    }
    enum label_status none;
    CHECK(tally, !label_status_read(STR("expired"), &none), "another word is no status");
}

int main(void)
{
    struct tally tally = {0};
    struct label_dates dates = {.issued = on("2026-01-15"),
                                .expires = on("2028-01-15"),
                                .withdrawn = DAY_NONE,
                                .revoked = DAY_NONE};
    CHECK_STR(&tally, str_of(status(&dates, "2026-01-14")), "provisional",
              "the day before issuance");
    CHECK_STR(&tally, str_of(status(&dates, "2026-01-15")), "valid", "4.3.1-1 the day of issuance");
    CHECK_STR(&tally, str_of(status(&dates, "2028-01-15")), "valid",
              "4.3.1-1 the last day of validity");
    CHECK_STR(&tally, str_of(status(&dates, "2028-01-16")), "lapsed", "4.6.1 the day after");

    struct day night = day_of_instant(day_begins(on("2028-01-16")) - 1);
    struct day morning = day_of_instant(day_begins(on("2028-01-16")));
    CHECK(&tally, label_status_on(&dates, night) == LABEL_VALID,
          "a millisecond before midnight in Tokyo");
    CHECK(&tally, label_status_on(&dates, morning) == LABEL_LAPSED,
          "midnight in Tokyo (15:00 UTC)");

    dates.extension_pending = true;
    CHECK_STR(&tally, str_of(status(&dates, "2028-01-15")), "valid",
              "extension pending, still valid");
    CHECK_STR(&tally, str_of(status(&dates, "2028-01-16")), "grace",
              "extension pending, validity over");

    dates.grace_ends = on("2028-04-14");
    CHECK_STR(&tally, str_of(status(&dates, "2028-04-14")), "grace", "the last day of grace");
    CHECK_STR(&tally, str_of(status(&dates, "2028-04-15")), "lapsed", "the day after grace");
    dates.extension_pending = false;
    CHECK_STR(&tally, str_of(status(&dates, "2028-01-16")), "lapsed", "4.3.3-1 refused in grace");
    dates.extension_pending = true;

    dates.withdrawn = on("2027-05-01");
    CHECK_STR(&tally, str_of(status(&dates, "2027-04-30")), "valid", "the day before withdrawal");
    CHECK_STR(&tally, str_of(status(&dates, "2027-05-01")), "withdrawn", "the day of withdrawal");
    dates.revoked = on("2027-06-01");
    CHECK_STR(&tally, str_of(status(&dates, "2027-05-31")), "withdrawn",
              "the day before revocation");
    CHECK_STR(&tally, str_of(status(&dates, "2027-06-01")), "revoked",
              "revocation comes before withdrawal");
    CHECK_STR(&tally, str_of(status(&dates, "2030-01-01")), "revoked",
              "… also when the validity is over");

    test_leap_days(&tally);
    test_words(&tally);
    return tally_end(&tally);
}
