/* rate.h: how much comes from one network, and in all, within an hour: in memory, nothing kept.
 * SPDX-License-Identifier: Apache-2.0
 *
 * For what strangers may send. Networks are known by a digest under a key of this process alone, so
 * that even memory names nobody. A restart begins to count anew: it is a limit, not a record. */
#ifndef HOSHI_RATE_H
#define HOSHI_RATE_H

#include "base/str.h"

struct rate;

struct rate *rate_new(struct arena *arena);

enum { TRIES_A_FILING = 6 }; /* who is refused for a field may mend it so often */

/* May another try be made? Else *wait_s is how long it takes until one may. It counts the try. */
bool rate_try(struct rate *rate, struct str peer, int64_t from_one, int64_t in_all,
              int64_t *wait_s);
/* What was sent has been taken. */
void rate_taken(struct rate *rate, struct str peer);

#endif
