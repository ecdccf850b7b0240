/* plain.h: dates, money and counts as people read them, in Japanese and English.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_PLAIN_H
#define HOSHI_PLAIN_H

#include "base/day.h"

struct str day_words(struct arena *arena, bool english, struct day day); /* "" for no day */
struct str day_words_short(struct arena *arena, bool english,
                           struct day day);                              /* 11月22日, 22 Nov */
struct str week_word(struct arena *arena, bool english, struct day day); /* 金, Friday */
struct str instant_words(struct arena *arena, bool english, int64_t at);
struct str yen_words(struct arena *arena, bool english, int64_t yen); /* 198,000円, ¥198,000 */
struct str count_words(struct arena *arena, int64_t n);               /* 3,912 */
struct str bytes_words(struct arena *arena, int64_t bytes);           /* 214 KB */

/* Percent-encodes all but unreserved characters: for a part of a path or of a query. */
struct str url_part(struct arena *arena, struct str text);

#endif
