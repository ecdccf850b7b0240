/* made.h: what the register holds beside the values of the journal: what it makes of them, and what
 * a label was before.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_MADE_H
#define HOSHI_MADE_H

#include <jansson.h>

#include "register/lite.h"

/* made.c: of the labels in temp.touched: parties, status days, counts, the searched text. */
struct fault *made_make(struct arena *arena, sqlite3 *db);

/* past.c: before an effect of the entry `seq` changes a label or its models, what they were is kept
 * under the label's last event before that entry. Doing it again keeps the same. */
struct past;
struct fault *past_begin(struct arena *arena, sqlite3 *db, struct past **out);
struct fault *past_keep(struct past *past, struct arena *arena, struct str number, int64_t seq);
/* party: its row as it will be. */
struct fault *past_keep_name(struct past *past, struct arena *arena, const json_t *party,
                             int64_t seq);
struct fault *past_keep_models(struct past *past, struct arena *arena, struct str number,
                               int64_t seq);

#endif
