/* draw.c: a sample drawn so that anyone can draw it again.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/draw.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

struct lot {
    struct hash rank;
    struct str number;
};

static int by_bytes(const void *a, const void *b)
{
    const struct str *one = a, *other = b;
    size_t n = one->bytes < other->bytes ? one->bytes : other->bytes;
    int order = memcmp(one->at, other->at, n);
    return order ? order : (one->bytes > other->bytes) - (one->bytes < other->bytes);
}

static int by_rank(const void *a, const void *b)
{
    const struct lot *one = a, *other = b;
    int order = memcmp(one->rank.bytes, other->rank.bytes, sizeof one->rank.bytes);
    return order ? order : by_bytes(&one->number, &other->number);
}

struct words draw_of(struct arena *arena, struct str seed, struct words population, size_t size)
{
    struct lot *lots = NEW_ARRAY(arena, population.n + 1, struct lot);
    struct hasher *hasher = hasher_new(arena);
    size_t n = size < population.n ? size : population.n;
    struct str *drawn = NEW_ARRAY(arena, n + 1, struct str);
    for (size_t i = 0; i < population.n; i++) {
        hasher_start(hasher);
        hasher_add(hasher, seed.at, seed.bytes);
        hasher_add(hasher, ":", 1);
        hasher_add(hasher, population.at[i].at, population.at[i].bytes);
        lots[i] = (struct lot){hasher_end(hasher), population.at[i]};
    }
    qsort(lots, population.n, sizeof *lots, by_rank);
    for (size_t i = 0; i < n; i++)
        drawn[i] = lots[i].number;
    return (struct words){drawn, n};
}

struct hash draw_population_digest(struct arena *arena, struct words population)
{
    struct str *sorted = NEW_ARRAY(arena, population.n + 1, struct str);
    struct hasher *hasher = hasher_new(arena);
    memcpy(sorted, population.at, population.n * sizeof *sorted);
    qsort(sorted, population.n, sizeof *sorted, by_bytes);
    hasher_start(hasher);
    for (size_t i = 0; i < population.n; i++) {
        hasher_add(hasher, sorted[i].at, sorted[i].bytes);
        hasher_add(hasher, "\n", 1);
    }
    return hasher_end(hasher);
}
