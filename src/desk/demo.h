/* demo.h: a registry to look at: fictional makers, and more than a year of real steps.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_DEMO_H
#define HOSHI_DEMO_H

#include "desk/desk.h"

/* One for each way to look at the system; the keys of DATA/demo-keys.json. */
struct demo_role {
    struct str role;     /* "applicant", "technical-manager", "administrator", "without-ethics" … */
    struct str account;
    struct str key;      /* bearer key of the API */
    struct str token; /* of a sign-in link, /signin/TOKEN: made anew, good until the next start */
};

/* Founds the registry, and takes the steps, by the desk's own road under a clock of its own. Writes
 * DATA/demo-keys.json: {"role": "bearer key", …}, for the owner alone. */
struct fault *demo_make(struct desk *desk, struct arena *arena);

/* Reads DATA/demo-keys.json and makes a sign-in token for each. Fault "absent": there is none. */
struct fault *demo_roles(struct desk *desk, struct arena *arena, struct demo_role **roles,
                         size_t *n);

/* The clock that DATA/demo-clock says, when it is there: a demonstration's time never goes back. */
struct fault *demo_clock_read(struct arena *arena, struct str data_dir, struct clock *clock);
/* Keeps how far it is ahead of the system's, as it was set and as it was turned since. */
struct fault *demo_clock_write(struct arena *arena, struct str data_dir, const struct clock *clock);

#endif
