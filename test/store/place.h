/* place.h: an empty database of a test's own, on the engine that HOSHI_DATABASE names, and a hand
 * that reaches into it from outside.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_PLACE_H
#define HOSHI_PLACE_H

#include "store/store.h"

struct place {
    struct arena *arena;
    struct store_settings settings;
};

/* A new folder, and on PostgreSQL a new schema: both go when place_end() is called. */
struct place *place_new(void);
void place_end(struct place *place);

/* Opened in an arena of its own: to close it, free the arena. */
struct store *place_open(struct place *place, struct arena *arena, bool read_only);

/* Runs statements past the store, as whoever has the file or the password can. NULL, or the error.
 */
const char *place_hand(struct place *place, const char *sql);

/* Ends the program with what the fault says. */
void must(struct fault *fault, const char *file, int line);
#define MUST(call) must((call), __FILE__, __LINE__)

#endif
