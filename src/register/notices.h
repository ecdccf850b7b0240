/* notices.h: reading security notices out of a register, between the files of this room.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_NOTICES_H
#define HOSHI_NOTICES_H

#include "register/lite.h"
#include "register/register.h"

/* The revisions of one notice, the oldest first; schema: "public." or "". */
struct fault *notices_of_id(struct arena *arena, sqlite3 *db, const char *schema, struct str id,
                            struct public_notice **out, size_t *n);

#endif
