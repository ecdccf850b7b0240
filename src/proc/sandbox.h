/* sandbox.h: what a process gives up before it looks at anything from outside.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_SANDBOX_H
#define HOSHI_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* Ends this process when its parent ends, however that ends. */
void sandbox_follow_parent(int parent_pid);

/* Closes every descriptor but 0, 1, 2 and those kept; 0 and 1 become /dev/null. */
void sandbox_close_all_but(const int *kept, size_t n);

/* From now on nothing in the file system but what lies under these folders: `write` (may be empty)
 * for reading and writing, `read` for reading; no TCP connection outwards; no new privileges. What
 * does not exist is left out, and a file may stand for a folder. False, after a line on standard
 * error, when the kernel cannot. */
bool sandbox_enter(struct words read, struct str write);
/* The same, but for connections outwards. */
bool sandbox_enter_outwards(struct words read, struct str write);
/* The same, but for connections outwards to one port, and to name servers. */
bool sandbox_enter_with(struct words read, struct str write, uint16_t port);

#endif
