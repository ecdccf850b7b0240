/* given.h: facts that a case file gives, laid over what the store says: in test builds only.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Compiled with -DHOSHI_TEST alone; in the program that is shipped these do nothing and write
 * nothing. What is given is journalled (act "given"), and lies in given_fact. */
#ifndef HOSHI_GIVEN_H
#define HOSHI_GIVEN_H

#include "desk/desk.h"

struct deed;

/* Overlays facts, role and day of effect of a case that was given; nothing for any other. */
struct fault *deed_load_given(struct deed *deed);
/* A case that a given one opens is given the same, so that the same somebody can take its step. */
struct fault *deed_give_opened(struct deed *deed, struct str opened);

#ifdef HOSHI_TEST
/* A new case of the procedure in the state, as if steps had led there. facts: by name, values as
 * text, as a case file writes them (true for a flag); "role" is the one under which whoever comes
 * acts. They are all the judge will know of the case: what is not given is not so. edition: of
 * the criteria, empty for the one in force. */
struct fault *desk_give(struct desk *desk, struct arena *arena, const struct principal *who,
                        struct str procedure, struct str state, int64_t level, struct str edition,
                        const json_t *facts, struct str *case_id);
#endif

#endif
