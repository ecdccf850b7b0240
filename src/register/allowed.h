/* allowed.h: the allow-list: what of the casework may become public.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_ALLOWED_H
#define HOSHI_ALLOWED_H

#include <jansson.h>

#include "base/str.h"

struct allowed_column {
    const char *table, *column;       /* casework */
    const char *to_table, *to_column; /* register */
    bool key;                         /* of the register's table */
};

extern const struct allowed_column allowed_columns[];
extern const size_t allowed_columns_n;

/* The columns of one casework table stand together: *n of them, NULL when the table is not public.
 */
const struct allowed_column *allowed_table(struct str table, size_t *n);

/* Is this effect, ["table",{columns}], of a public table, and of a row that may be public? Of table
 * parameter only a few names are. */
bool allowed_effect(const json_t *effect);

/* The list of those effects of a journal payload, in its canonical bytes, that are of a public
 * table; empty where none is. Most entries have none, and the rest of a payload is nobody's
 * business here: it is not taken to pieces. */
struct str allowed_effects(struct arena *arena, struct str payload);

#endif
