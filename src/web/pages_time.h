/* pages_time.h: the clock of a demonstration, turned on by whoever looks.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_PAGES_TIME_H
#define HOSHI_PAGES_TIME_H

#include "store/rows.gen.h"
#include "web/visit.h"

struct time_turn {
    int days;
    const char *text;
};
extern const struct time_turn time_turns[];
extern const size_t time_turns_n;

struct fault *time_page(struct visit *visit);
struct fault *time_post(struct visit *visit);

#endif
