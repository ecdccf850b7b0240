/* tidy.h: what people type, in one form: widths, case, stray characters.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_TIDY_H
#define HOSHI_TIDY_H

#include "base/str.h"

/* NFKC: ＡＢ－１ becomes AB-1, half-width katakana full. Text must be valid UTF-8. */
struct str tidy_width(struct arena *arena, struct str text);

/* NFKC with case folding: two spellings of one model number become equal. Never shown. */
struct str tidy_fold(struct arena *arena, struct str text);

/* Line ends become LF, white space at both ends goes (the ideographic space too). */
struct str tidy_lines(struct arena *arena, struct str text);

/* Nothing that is not to be seen: control characters (but LF when lines), marks that turn the
 * direction of writing, private use, invisible separators. */
bool tidy_is_clean(struct str text, bool lines);

#endif
