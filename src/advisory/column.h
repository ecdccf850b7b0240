/* column.h: a list that grows in an arena without being copied; and texts held once each.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_ADVISORY_COLUMN_H
#define HOSHI_ADVISORY_COLUMN_H

#include <stdbool.h>

#include "base/str.h"

enum { COLUMN_CHUNK = 1 << 12 };

struct column {
    struct arena *arena;
    size_t item; /* bytes */
    size_t n;
    void **chunks;
    size_t chunks_size;
};

struct column column_new(struct arena *arena, size_t item);
void *column_at(const struct column *column, size_t i);
void *column_add(struct column *column); /* zeroed; its place is n - 1 */

/* Texts, each held once, told by a number from 0. */
struct texts {
    struct arena *arena;
    struct column entries;
    uint32_t *table; /* number and 1; 0: free */
    size_t table_size;
    char *blob;
    size_t blob_left;
};

struct texts texts_new(struct arena *arena);
uint32_t texts_put(struct texts *texts, struct str text, bool *is_new);
struct str texts_at(const struct texts *texts, uint32_t number);
size_t texts_n(const struct texts *texts);

uint64_t text_hash(uint64_t seed, struct str text);

#endif
