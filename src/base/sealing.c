/* sealing.c: secretstream, block by block.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/sealing.h"

#include <sodium.h>
#include <string.h>

#include "base/banned.h"

_Static_assert(SEALING_HEAD_BYTES == crypto_secretstream_xchacha20poly1305_HEADERBYTES, "head");
_Static_assert(SEALING_SEALED_BYTES ==
                   SEALING_BLOCK_BYTES + crypto_secretstream_xchacha20poly1305_ABYTES,
               "block");

struct sealing {
    crypto_secretstream_xchacha20poly1305_state state;
    unsigned char plain[SEALING_BLOCK_BYTES], sealed[SEALING_SEALED_BYTES];
    size_t bytes; /* of plain */
};

struct opening {
    crypto_secretstream_xchacha20poly1305_state state;
    unsigned char plain[SEALING_BLOCK_BYTES];
};

struct sealing *sealing_new(struct arena *arena)
{
    return NEW(arena, struct sealing);
}

void sealing_start(struct sealing *sealing, const uint8_t *key, char head[SEALING_HEAD_BYTES])
{
    sealing->bytes = 0;
    crypto_secretstream_xchacha20poly1305_init_push(&sealing->state, (unsigned char *)head, key);
}

size_t sealing_take(struct sealing *sealing, const char *at, size_t n)
{
    size_t room = SEALING_BLOCK_BYTES - sealing->bytes, taken = n < room ? n : room;
    memcpy(sealing->plain + sealing->bytes, at, taken);
    sealing->bytes += taken;
    return taken;
}

struct str sealing_block(struct sealing *sealing, bool last)
{
    unsigned long long n = 0;
    if (!last && sealing->bytes < SEALING_BLOCK_BYTES)
        return STR_NONE;
    crypto_secretstream_xchacha20poly1305_push(
        &sealing->state, sealing->sealed, &n, sealing->plain, sealing->bytes, NULL, 0,
        last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
    sealing->bytes = 0;
    sodium_memzero(sealing->plain, last ? sizeof sealing->plain : 0);
    return (struct str){(const char *)sealing->sealed, (size_t)n};
}

struct opening *opening_new(struct arena *arena, const uint8_t *key, const char *head)
{
    struct opening *opening = NEW(arena, struct opening);
    return crypto_secretstream_xchacha20poly1305_init_pull(
               &opening->state, (const unsigned char *)head, key) == 0
               ? opening
               : NULL;
}

bool opening_block(struct opening *opening, struct str sealed, struct str *plain, bool *last)
{
    unsigned long long n = 0;
    unsigned char tag = 0;
    if (sealed.bytes > SEALING_SEALED_BYTES ||
        crypto_secretstream_xchacha20poly1305_pull(
            &opening->state, opening->plain, &n, &tag, (const unsigned char *)sealed.at,
            sealed.bytes, NULL, 0) != 0)
        return false;
    *last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    *plain = (struct str){(const char *)opening->plain, (size_t)n};
    return true;
}
