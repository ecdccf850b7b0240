/* draw.h: a sample drawn so that anyone can draw it again: doc/surveillance.md.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The rank of a label is SHA-256 over "SEED:NUMBER" (the seed as 64 small hexadecimal digits); the
 * smallest ranks are drawn, in their order. The digest of a population is SHA-256 over its numbers,
 * in the order of their bytes, each with a line feed after it. */
#ifndef HOSHI_DRAW_OF_SAMPLE_H
#define HOSHI_DRAW_OF_SAMPLE_H

#include "base/hash.h"

/* The numbers drawn, at most `size`, the smallest rank first; the array is the arena's. */
struct words draw_of(struct arena *arena, struct str seed, struct words population, size_t size);
struct hash draw_population_digest(struct arena *arena, struct words population);

#endif
