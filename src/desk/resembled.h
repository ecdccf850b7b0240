/* resembled.h: which real registration number one that is not real looks like.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_RESEMBLED_H
#define HOSHI_RESEMBLED_H

#include "base/fault.h"
#include "store/rows.gen.h"
#include "store/store.h"

/* *label is the label whose number is one slip from what was typed; NULL when none is, or when what
 * was typed is a real number itself: then *real. */
struct fault *label_resembled(struct store *store, struct arena *arena, struct str typed,
                              struct row_label **label, bool *real);

#endif
