/* apply.h: the effects of journal entries, written into a register that is being made.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_APPLY_H
#define HOSHI_APPLY_H

#include <jansson.h>

#include "register/lite.h"

struct applying;

/* db: main is the clerk's own file (table party), "public" the register being made. */
struct fault *applying_begin(struct arena *arena, sqlite3 *db, struct applying **out);

/* One entry's effects; *changed becomes true when one of them concerns the register. */
struct fault *applying_take(struct applying *applying, struct arena *arena, int64_t seq,
                            const json_t *effects, bool *changed);

/* What is made from the rest: parties of labels, status days, counts, the searched text. */
struct fault *applying_end(struct applying *applying, struct arena *arena);

#endif
