/* calendar_test.c: working days over the golden week, the year's end, and substitute holidays.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/calendar.h"

#include "../check.h"
#include "base/embedded.h"
#include "base/json.h"

#include "base/banned.h"

extern const struct embedded seed_files[];

static struct calendar read_holidays(struct arena *arena)
{
    json_t *seed = NULL, *one;
    size_t i;
    if (json_read(arena, embedded_find(seed_files, "holidays.json"), &seed))
        BUG("holidays.json cannot be read");
    const json_t *days = json_object_get(seed, "days");
    struct day *holidays = NEW_ARRAY(arena, json_array_size(days), struct day);
    json_array_foreach((json_t *)days, i, one)
        if (!day_parse(json_text(json_array_get(one, 0)), &holidays[i]))
            BUG("no day in line %zu", i);
    return (struct calendar){holidays, json_array_size(days)};
}

int main(void)
{
    struct tally tally = {0};
    struct arena *arena = arena_new(1 << 22);
    struct calendar calendar = read_holidays(arena);
    static const struct {
        const char *from, *to;
        int64_t days;
    } targets[] = {
        {"2026-04-28", "2026-04-30", 1}, /* Showa Day between */
        {"2026-05-01", "2026-05-07", 1}, /* Sunday's holiday is made up for on the Wednesday */
        {"2026-04-27", "2026-05-15", 10},
        {"2025-12-26", "2026-01-05", 1}, /* December 29 to January 3, then a Sunday */
        {"2025-12-25", "2026-01-06", 3},
        {"2026-09-18", "2026-09-24", 1}, /* a day between two holidays is one */
        {"2027-12-28", "2028-01-04", 1},
        {"2026-11-20", "2026-11-24", 1},
        {"2026-01-03", "2026-01-05", 0}, /* no days: the first day that works */
        {"2026-01-06", "2026-01-06", 0},
    };
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        struct day from;
        char room[11];
        day_parse(str_of(targets[i].from), &from);
        struct day to = calendar_target(&calendar, from, targets[i].days);
        CHECK_STR(&tally, day_print(to, room), targets[i].to, "2.2.1-2 %lld working days after %s",
                  (long long)targets[i].days, targets[i].from);
        CHECK(&tally, calendar_between(&calendar, from, to) == targets[i].days ||
                          targets[i].days == 0, "2.2.1-2 and counted back");
    }
    for (size_t i = 1; i < calendar.n; i++)
        if (calendar.holidays[i - 1].n >= calendar.holidays[i].n)
            CHECK(&tally, false, "the holidays stand in order, line %zu", i);
    CHECK(&tally, !calendar_works(&calendar, day_of(2025, 5, 6)),
          "2025-05-06 is a substitute holiday");
    CHECK(&tally, calendar_works(&calendar, day_of(2025, 5, 7)), "2025-05-07 is not");
    arena_free(arena);
    return tally_end(&tally);
}
