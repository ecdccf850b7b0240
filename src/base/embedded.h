/* embedded.h: files that were put into the program at build time by tools/embed.c.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A table ends with a row whose name is NULL. */
#ifndef HOSHI_EMBEDDED_H
#define HOSHI_EMBEDDED_H

#include "base/str.h"

struct embedded {
    const char *name; /* last part of the path */
    const unsigned char *at;
    size_t bytes;
};

/* The bytes of the file of that name; STR_NONE when the table has none. */
static inline struct str embedded_find(const struct embedded *table, const char *name)
{
    for (; table->name; table++)
        if (str_is(str_of(table->name), name))
            return (struct str){.at = (const char *)table->at, .bytes = table->bytes};
    return STR_NONE;
}

#endif
