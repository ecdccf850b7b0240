/* samples.h: the recorded samples, read from test/advisory/samples.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_TEST_SAMPLES_H
#define HOSHI_TEST_SAMPLES_H

#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"

static inline struct str sample(struct arena *arena, const char *name)
{
    const char *folder = getenv("SAMPLES");
    char path[500];
    snprintf(path, sizeof path, "%s/%s", folder ? folder : "test/advisory/samples", name);
    FILE *file = fopen(path, "rb");
    if (!file)
        return STR_NONE;
    char *at = arena_alloc(arena, 1 << 20);
    size_t bytes = fread(at, 1, 1 << 20, file);
    fclose(file);
    return (struct str){at, bytes};
}

/* The text with each `from` made `to`: a sample with one thing wrong. */
static inline struct str changed(struct arena *arena, struct str text, const char *from,
                                 const char *to)
{
    char *out = arena_alloc(arena, text.bytes * 2 + 1000), *end = out;
    struct str a = str_of(from), b = str_of(to);
    for (size_t i = 0; i < text.bytes;) {
        struct str left = {text.at + i, text.bytes - i};
        bool here = str_starts(left, from);
        struct str part = here ? b : (struct str){text.at + i, 1};
        for (size_t k = 0; k < part.bytes; k++)
            *end++ = part.at[k];
        i += here ? a.bytes : 1;
    }
    return (struct str){out, (size_t)(end - out)};
}

#endif
