/* draw.h: charts as SVG inside a page, each with its conclusion in words.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_DRAW_H
#define HOSHI_DRAW_H

#include "web/case_view.h"

enum { AGES_N = 5 }; /* working days in hand: 0–5, 6–10, 11–15, 16–20, more */

/* Target bar: days spent against the target, red past it; says itself in words too. */
struct fragment pace_bar(struct html *html, const struct pace *pace);

/* Received and completed, week by week, the present week last. */
struct fragment weeks_chart(struct html *html, const int64_t *received, const int64_t *completed,
                            size_t n, struct str conclusion, struct str first_week);
/* Two values side by side for each of n names, in tenths; "12.3". */
struct fragment pairs_chart(struct html *html, const int64_t *one, const int64_t *other,
                            const struct str *names, size_t n, struct str conclusion,
                            const char *id);
struct fragment ages_chart(struct html *html, const int64_t counts[AGES_N], struct str conclusion);

#endif
