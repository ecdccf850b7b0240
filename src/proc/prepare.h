/* prepare.h: what is done once, before anything is served, in a process of its own.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_PREPARE_H
#define HOSHI_PREPARE_H

#include "proc/settings.h"

/* Makes the registry where there is none and --demo was given; checks that the head that was signed
 * last lies on the chain; signs the newest entry; makes the register's folder. The parent never
 * holds the key or the database: a child does it, and leaves only the lines "signin ROLE TOKEN" in
 * *roles. */
struct fault *prepare(struct arena *arena, const struct settings *settings, struct str *roles);

/* Nobody else serves this folder as long as this process lives: fault "registry-busy". The folder
 * is made when it is not there. */
struct fault *folder_lock(struct arena *arena, struct str data_dir, bool make);

#endif
