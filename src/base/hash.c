/* hash.c: SHA-256 by OpenSSL, texts and random bytes by libsodium.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/hash.h"

#include <openssl/evp.h>
#include <sodium.h>
#include <string.h>

#include "base/fault.h"

#include "base/banned.h"

struct hasher {
    EVP_MD *algorithm;
    EVP_MD_CTX *context;
};

static void hasher_free(void *what)
{
    struct hasher *hasher = what;
    EVP_MD_CTX_free(hasher->context);
    EVP_MD_free(hasher->algorithm);
}

struct hasher *hasher_new(struct arena *arena)
{
    struct hasher *hasher = NEW(arena, struct hasher);
    arena_at_end(arena, hasher_free, hasher);
    hasher->algorithm = EVP_MD_fetch(NULL, "SHA256", NULL);
    hasher->context = EVP_MD_CTX_new();
    if (!hasher->algorithm || !hasher->context)
        BUG("SHA-256 is not available");
    return hasher;
}

void hasher_start(struct hasher *hasher)
{
    if (EVP_DigestInit_ex2(hasher->context, hasher->algorithm, NULL) != 1)
        BUG("SHA-256 does not start");
}

void hasher_add(struct hasher *hasher, const void *bytes, size_t n)
{
    if (n && EVP_DigestUpdate(hasher->context, bytes, n) != 1)
        BUG("SHA-256 does not go on");
}

struct hash hasher_end(struct hasher *hasher)
{
    struct hash hash;
    if (EVP_DigestFinal_ex(hasher->context, hash.bytes, NULL) != 1)
        BUG("SHA-256 does not end");
    return hash;
}

struct hash hash_of(struct str bytes)
{
    struct hash hash;
    if (EVP_Digest(bytes.at ? bytes.at : "", bytes.bytes, hash.bytes, NULL, EVP_sha256(), NULL) !=
        1)
        BUG("SHA-256 is not available");
    return hash;
}

struct str sha512_hex(struct arena *arena, struct str bytes)
{
    unsigned char digest[64];
    if (EVP_Digest(bytes.at ? bytes.at : "", bytes.bytes, digest, NULL, EVP_sha512(), NULL) != 1)
        BUG("SHA-512 is not available");
    return hex_print(arena, (struct str){(const char *)digest, sizeof digest});
}

bool hash_eq(const struct hash *a, const struct hash *b)
{
    return sodium_memcmp(a->bytes, b->bytes, HASH_BYTES) == 0;
}

struct str hash_hex(struct arena *arena, const struct hash *hash)
{
    return hex_print(arena, (struct str){(const char *)hash->bytes, HASH_BYTES});
}

struct str hex_print(struct arena *arena, struct str bytes)
{
    char *out = arena_alloc(arena, bytes.bytes * 2 + 1);
    sodium_bin2hex(out, bytes.bytes * 2 + 1, (const unsigned char *)bytes.at, bytes.bytes);
    return (struct str){.at = out, .bytes = bytes.bytes * 2};
}

bool hex_parse(struct arena *arena, struct str text, struct str *out)
{
    unsigned char *bytes = arena_alloc(arena, text.bytes / 2 + 1);
    size_t n;
    if (text.bytes % 2 ||
        sodium_hex2bin(bytes, text.bytes / 2, text.at, text.bytes, NULL, &n, NULL))
        return false;
    *out = (struct str){.at = (char *)bytes, .bytes = n};
    return n * 2 == text.bytes;
}

struct str base64url_print(struct arena *arena, struct str bytes)
{
    const int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    size_t size = sodium_base64_encoded_len(bytes.bytes, variant);
    char *out = arena_alloc(arena, size);
    sodium_bin2base64(out, size, (const unsigned char *)bytes.at, bytes.bytes, variant);
    return str_of(out);
}

bool base64url_parse(struct arena *arena, struct str text, struct str *out)
{
    unsigned char *bytes = arena_alloc(arena, text.bytes + 1);
    size_t n;
    const char *end;
    for (size_t i = 0; i < text.bytes; i++)
        if ((unsigned char)text.at[i] >= 0x80) /* libsodium 1.0.18 takes some of them for 'A' */
            return false;
    if (sodium_base642bin(bytes, text.bytes, text.at, text.bytes, NULL, &n, &end,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING))
        return false;
    *out = (struct str){.at = (char *)bytes, .bytes = n};
    return end == text.at + text.bytes;
}

void random_bytes(void *out, size_t n)
{
    if (sodium_init() < 0)
        BUG("no random bytes");
    randombytes_buf(out, n);
}

struct str random_name(struct arena *arena, size_t bytes)
{
    char *raw = arena_alloc(arena, bytes);
    random_bytes(raw, bytes);
    return base64url_print(arena, (struct str){.at = raw, .bytes = bytes});
}
