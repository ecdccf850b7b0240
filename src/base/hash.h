/* hash.h: SHA-256 (FIPS 180-4), hexadecimal, base64url (RFC 4648 section 5), random bytes.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_HASH_H
#define HOSHI_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum { HASH_BYTES = 32 };

struct hash {
    uint8_t bytes[HASH_BYTES];
};

/* A digest over several parts, one after the other. The digest algorithm is fetched once for each
 * hasher: three times faster than the one-shot call. */
struct hasher;
struct hasher *hasher_new(struct arena *arena);
void hasher_start(struct hasher *hasher);
void hasher_add(struct hasher *hasher, const void *bytes, size_t n);
struct hash hasher_end(struct hasher *hasher);

struct hash hash_of(struct str bytes); /* one shot, for where speed does not count */
bool hash_eq(const struct hash *a, const struct hash *b); /* constant time */
struct str sha512_hex(struct arena *arena, struct str bytes); /* for others to check by */
struct str hash_hex(struct arena *arena, const struct hash *hash);

struct str hex_print(struct arena *arena, struct str bytes);
bool hex_parse(struct arena *arena, struct str text, struct str *out);
struct str base64url_print(struct arena *arena, struct str bytes); /* no padding */
bool base64url_parse(struct arena *arena, struct str text, struct str *out);

void random_bytes(void *out, size_t n);                     /* libsodium's generator */
struct str random_name(struct arena *arena, size_t bytes); /* base64url of so many random bytes */

#endif
