/* scene.h: a registry with a signed head, for those who then lay hands on it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_SCENE_H
#define HOSHI_SCENE_H

#include <sodium.h>

#include "../check.h"
#include "base/buf.h"
#include "place.h"
#include "store/replay.h"
#include "store/table.h"

struct scene {
    struct tally tally;
    struct place *place;
    struct arena *arena; /* of one check; reset between them */
    struct arena *store_arena;
    struct store *store;
    unsigned char secret[crypto_sign_SECRETKEYBYTES];
    struct buf said; /* "table key column\n" for each difference */
    struct replay_report report;
    const char *fault;
};

/* Rows in every table, five entries in all, the last of them signed; scene_end() ends the program's
 * tally. */
struct scene scene_new(void);
int scene_end(struct scene *scene);

void scene_sign_head(struct scene *scene, unsigned char *secret);
void scene_add_person(struct scene *scene, const char *id, const char *mail);

/* Replays: the number of differences, -1 when it could not be checked (scene->fault says why). */
int64_t scene_look(struct scene *scene);
/* Did it name this, as "table key column"? */
bool scene_names(struct scene *scene, const char *line);
/* Checks that nothing differs, and forgets what was allocated in scene->arena. */
void scene_all_is_well(struct scene *scene, const char *after);

/* SQL past the store, and a value as SQL writes it. */
void scene_hand(struct scene *scene, struct str sql);
struct str scene_literal(struct scene *scene, const struct value *value);

#endif
