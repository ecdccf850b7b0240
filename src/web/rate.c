/* rate.c: how much comes from one network, and in all, within an hour.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/rate.h"

#include <string.h>

#include "base/clock.h"
#include "base/hash.h"

#include "base/banned.h"

enum { SLOTS = 4096, PROBES = 8, HOUR_MS = 3600000, KEY_BYTES = 32 };

struct slot {
    uint64_t who;
    int64_t since; /* ticks; the hour began */
    int32_t tries, taken;
};

struct rate {
    char key[KEY_BYTES];
    struct slot slots[SLOTS], all;
};

struct rate *rate_new(struct arena *arena)
{
    struct rate *rate = NEW(arena, struct rate);
    random_bytes(rate->key, sizeof rate->key);
    return rate;
}

static uint64_t digest_of(const struct rate *rate, struct str peer)
{
    char bytes[KEY_BYTES + 64];
    uint64_t who;
    peer = str_head(peer, 64);
    memcpy(bytes, rate->key, KEY_BYTES);
    if (peer.bytes)
        memcpy(bytes + KEY_BYTES, peer.at, peer.bytes);
    struct hash hash = hash_of((struct str){bytes, KEY_BYTES + peer.bytes});
    memcpy(&who, hash.bytes, sizeof who);
    return who | 1;
}

static void begin_hour(struct slot *slot, uint64_t who, int64_t now)
{
    if (slot->who == who && now - slot->since < HOUR_MS)
        return;
    *slot = (struct slot){.who = who, .since = now};
}

/* Where there is no room, the one that was begun first makes it. */
static struct slot *slot_of(struct rate *rate, struct str peer, int64_t now)
{
    uint64_t who = digest_of(rate, peer);
    struct slot *oldest = &rate->slots[who % SLOTS];
    for (size_t i = 0; i < PROBES; i++) {
        struct slot *slot = &rate->slots[(who + i) % SLOTS];
        if (slot->who == who)
            return slot;
        if (slot->since < oldest->since)
            oldest = slot;
    }
    oldest->who = 0;
    begin_hour(oldest, who, now);
    return oldest;
}

bool rate_try(struct rate *rate, struct str peer, int64_t from_one, int64_t in_all, int64_t *wait_s)
{
    int64_t now = clock_ticks();
    struct slot *slot = slot_of(rate, peer, now);
    begin_hour(slot, slot->who, now);
    begin_hour(&rate->all, 1, now);
    bool one = slot->taken < from_one && slot->tries < from_one * TRIES_A_FILING;
    bool all = rate->all.taken < in_all && rate->all.tries < in_all * TRIES_A_FILING;
    const struct slot *full = one ? &rate->all : slot;
    *wait_s = one && all ? 0 : (HOUR_MS - (now - full->since)) / 1000 + 1;
    if (!one) /* who is over the limit takes nothing from the others */
        return false;
    slot->tries++;
    rate->all.tries++;
    return all;
}

void rate_taken(struct rate *rate, struct str peer)
{
    int64_t now = clock_ticks();
    struct slot *slot = slot_of(rate, peer, now);
    begin_hour(slot, slot->who, now);
    slot->taken++;
    rate->all.taken++;
}
