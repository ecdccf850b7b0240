/* fold.h: names as people write them, made equal: for matching, never for showing.
 * SPDX-License-Identifier: Apache-2.0
 *
 * NFKC with case folding (libutf8proc); hiragana to katakana, small kana to large (キャノン
 * キヤノン); long marks and hyphens of every kind dropped; spaces and punctuation dropped; name
 * variants (髙 高, 﨑 崎, 邊 邉 辺 …); 株式会社, (株), ㈱ and their English fellows dropped, unless
 * nothing is left without them. */
#ifndef HOSHI_FOLD_H
#define HOSHI_FOLD_H

#include "base/str.h"

/* STR_NONE when the text is not UTF-8. */
struct str fold_name(struct arena *arena, struct str text);

/* Nothing but a company form: 株式会社, "Inc.", "Co., Ltd." In a search beside other words it says
 * nothing, as names are folded without it. */
bool fold_is_form(struct arena *arena, struct str text);

#endif
