/* blanks.h: what the texts of notices leave open, from a step that is being taken.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_BLANKS_H
#define HOSHI_BLANKS_H

#include "desk/deed.h"

/* {"product": {"en": …, "ja": …}, …}: of every name in the notice's texts and table; what is the
 * same in both languages stands once, as a string. A name that has no value here is left out. */
struct fault *blanks_fill(struct deed *deed, const struct notice_row *notice, json_t **out);

/* What a field holds, as people read it. */
struct str field_words(const struct rulebook *book, struct arena *arena, bool english,
                       const struct field_row *field, const json_t *value);

#endif
