/* check.h: the smallest test harness: prints TAP lines, counts, and gives the exit code.
 * SPDX-License-Identifier: Apache-2.0
 *
 * struct tally tally = {0}; CHECK(&tally, a == b, "what is true, named with its clause: 4.3.1-1");
 * return tally_end(&tally); */
#ifndef HOSHI_CHECK_H
#define HOSHI_CHECK_H

#include <stdbool.h>
#include <stdio.h>

#include "base/str.h"

struct tally {
    int passed, failed;
};

#define CHECK(tally, condition, ...)                                                              \
    check_((tally), (condition), #condition, __FILE__, __LINE__, __VA_ARGS__)
#define CHECK_STR(tally, got, wanted, ...)                                                         \
    check_str_((tally), (got), (wanted), __FILE__, __LINE__, __VA_ARGS__)

__attribute__((format(printf, 6, 7))) static inline bool check_(struct tally *tally, bool holds,
                                                                const char *condition,
                                                                const char *file, int line,
                                                                const char *format, ...)
{
    char what[400];
    va_list values;
    va_start(values, format);
    vsnprintf(what, sizeof what, format, values);
    va_end(values);
    if (holds) {
        tally->passed++;
        printf("ok %d - %s\n", tally->passed + tally->failed, what);
    } else {
        tally->failed++;
        printf("not ok %d - %s\n# %s:%d: %s\n", tally->passed + tally->failed, what, file, line,
               condition);
    }
    return holds;
}

__attribute__((format(printf, 6, 7))) static inline bool
check_str_(struct tally *tally, struct str got, const char *wanted, const char *file, int line,
           const char *format, ...)
{
    char what[400];
    va_list values;
    va_start(values, format);
    vsnprintf(what, sizeof what, format, values);
    va_end(values);
    bool holds = check_(tally, str_is(got, wanted), "text is as wanted", file, line, "%s", what);
    if (!holds)
        printf("# got    \"%.*s\"\n# wanted \"%s\"\n", STR_F(got), wanted);
    return holds;
}

static inline int tally_end(const struct tally *tally)
{
    printf("1..%d\n", tally->passed + tally->failed);
    return tally->failed ? 1 : 0;
}

#endif
