/* public_cache.c: answers kept as the library wants them, so that a second reader costs next to
 * nothing.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A slot for each hash of a key; a newcomer takes the slot of whoever was there. When the bytes
 * pass the ceiling all are forgotten: what is read often is back at once. */
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

#include "web/public_own.h"

#include "base/banned.h"

enum { SLOTS = 4096, BYTES_MAX = 64 << 20 };

struct cache {
    struct kept slots[SLOTS];
    size_t bytes;
};

static void forget(struct cache *cache, struct kept *kept)
{
    response_free(kept->answer);
    response_free(kept->not_modified);
    free((void *)(uintptr_t)kept->key.at);
    cache->bytes -= kept->bytes;
    *kept = (struct kept){0};
}

static void forget_all(void *what)
{
    struct cache *cache = what;
    for (size_t i = 0; i < SLOTS; i++)
        if (cache->slots[i].key.at)
            forget(cache, &cache->slots[i]);
}

struct cache *cache_new(struct arena *arena)
{
    struct cache *cache = NEW(arena, struct cache);
    arena_at_end(arena, forget_all, cache);
    return cache;
}

/* FNV-1a: no more than where to look; the whole key is compared. */
static struct kept *slot_of(struct cache *cache, struct str key)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < key.bytes; i++)
        hash = (hash ^ (unsigned char)key.at[i]) * 1099511628211u;
    return &cache->slots[(hash ^ hash >> 32) % SLOTS];
}

struct kept *cache_find(struct cache *cache, struct str key)
{
    struct kept *kept = slot_of(cache, key);
    return kept->key.at && str_eq(kept->key, key) ? kept : NULL;
}

static struct MHD_Response *build_not_modified(const struct response *response)
{
    struct response bare = *response;
    bare.body = bare.media_type = STR_NONE;
    bare.status = 304;
    return response_build(&bare);
}

struct kept *cache_keep(struct cache *cache, struct str key, const struct response *response)
{
    struct kept made = {.status = response->status,
                        .bytes = response->body.bytes + 2 * key.bytes + 2048};
    struct response whole = *response;
    struct hash digest = hash_of(response->body);
    if (response->status == 200) {
        made.etag[0] = '"';
        for (int i = 0; i < 16; i++)
            for (int half = 0; half < 2; half++)
                made.etag[1 + 2 * i + half] =
                    "0123456789abcdef"[digest.bytes[i] >> (half ? 0 : 4) & 15];
        made.etag[33] = '"';
        response_header(&whole, "ETag", str_of(made.etag));
        made.not_modified = build_not_modified(&whole);
    }
    made.answer = response_build(&whole);
    char *copy = malloc(key.bytes + 1);
    if (!made.answer || !copy || (response->status == 200 && !made.not_modified)) {
        response_free(made.answer);
        response_free(made.not_modified);
        free(copy);
        return NULL;
    }
    memcpy(copy, key.at, key.bytes);
    made.key = (struct str){copy, key.bytes};
    if (cache->bytes + made.bytes > BYTES_MAX)
        forget_all(cache);
    struct kept *kept = slot_of(cache, key);
    if (kept->key.at)
        forget(cache, kept);
    *kept = made;
    cache->bytes += made.bytes;
    return kept;
}
