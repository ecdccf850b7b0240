/* points.h: text as Unicode code points, for folding and for reading what people type.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_POINTS_H
#define HOSHI_POINTS_H

#include <stdbool.h>

#include "base/str.h"

struct points {
    int32_t *at;
    size_t n;
};

/* NFKC_Casefold (UAX 44): full width becomes ASCII, upper becomes lower case, ㈱ becomes (株), what
 * is ignorable by default goes. False when the text is not UTF-8. */
bool points_folded(struct arena *arena, struct str text, struct points *out);

/* By general category: Z, C, P, and what looks like a hyphen or a long mark and is none. */
bool point_is_mark(int32_t point);
bool point_is_letter(int32_t point); /* letters, digits and the marks that belong to them */

struct str points_print(struct arena *arena, struct points points); /* UTF-8 */

#endif
