/* misses.h: how often numbers are asked for that no label has: who wants to pass off a false label
 * chooses one that resembles a real one, and people look it up.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Counted in memory, written down now and then (number_asked, left out of replay). A number and how
 * often, never who asked. */
#ifndef HOSHI_MISSES_H
#define HOSHI_MISSES_H

#include "web/web.h"

struct misses;

struct misses *misses_new(struct arena *arena, struct web *web);
/* As it was typed; what cannot be a number is left aside. */
void misses_add(struct misses *misses, struct str typed);
/* What has been counted so far is written down. */
struct fault *misses_write(struct misses *misses, struct arena *arena);

#endif
