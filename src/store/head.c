/* head.c: the signed head outside the database.
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/head.h"

#include <sodium.h>
#include <string.h>

#include "base/json.h"
#include "store/files.h"

#include "base/banned.h"

enum { HEAD_FILE_BYTES_MAX = 4096 };

_Static_assert(HEAD_SIGNATURE_BYTES == crypto_sign_BYTES, "Ed25519");
_Static_assert(HEAD_KEY_BYTES == crypto_sign_PUBLICKEYBYTES, "Ed25519");

static json_t *head_json(struct arena *arena, const struct signed_head *head)
{
    json_t *line = json_new(arena);
    json_put_int(line, "at", head->at);
    json_put(line, "hash", hash_hex(arena, &head->head.hash));
    json_put_int(line, "seq", head->head.seq);
    return line;
}

struct fault *head_write(struct arena *arena, struct str data_dir, const struct signed_head *head,
                         const struct head_signer *signer, bool durable)
{
    json_t *line = head_json(arena, head);
    uint8_t signature[HEAD_SIGNATURE_BYTES];
    TRY(signer->sign(signer->whom, arena, json_canonical(arena, line), signature));
    json_put(line, "signature",
             hex_print(arena, (struct str){(const char *)signature, sizeof signature}));
    struct str text = json_canonical(arena, line);
    return file_replace(arena, data_dir, "head", str_print(arena, "%.*s\n", STR_F(text)), durable);
}

struct fault *head_write_key(struct arena *arena, struct str data_dir,
                             const uint8_t key[HEAD_KEY_BYTES])
{
    struct str hex = hex_print(arena, (struct str){(const char *)key, HEAD_KEY_BYTES});
    return file_replace(arena, data_dir, "head.pub", str_print(arena, "%.*s\n", STR_F(hex)), true);
}

static struct fault *hex_of(struct arena *arena, struct str text, size_t bytes, const char *what,
                            void *out)
{
    struct str read;
    if (!hex_parse(arena, text, &read) || read.bytes != bytes)
        return FAULT(arena, "broken-head", "%s is not %zu bytes in hex", what, bytes);
    memcpy(out, read.at, bytes);
    return NULL;
}

static struct fault *read_key(struct arena *arena, struct str data_dir, uint8_t key[HEAD_KEY_BYTES])
{
    struct str text;
    bool there;
    TRY(file_whole(arena, str_print(arena, "%.*s/head.pub", STR_F(data_dir)), HEAD_FILE_BYTES_MAX,
                   &text, &there));
    if (!there)
        return FAULT(arena, "broken-head", "there is no head.pub");
    return hex_of(arena, str_trim(text), HEAD_KEY_BYTES, "head.pub", key);
}

struct fault *head_read(struct arena *arena, struct str data_dir, struct signed_head *out,
                        bool *there)
{
    struct str text;
    json_t *line;
    uint8_t key[HEAD_KEY_BYTES], signature[HEAD_SIGNATURE_BYTES];
    TRY(file_whole(arena, str_print(arena, "%.*s/head", STR_F(data_dir)), HEAD_FILE_BYTES_MAX,
                   &text, there));
    if (!*there)
        return NULL;
    TRY(json_read(arena, text, &line));
    TRY(read_key(arena, data_dir, key));
    TRY(hex_of(arena, json_get(line, "hash"), HASH_BYTES, "hash", out->head.hash.bytes));
    TRY(hex_of(arena, json_get(line, "signature"), sizeof signature, "signature", signature));
    out->head.seq = json_get_int(line, "seq", -1);
    out->at = json_get_int(line, "at", -1);
    struct str told = json_canonical(arena, head_json(arena, out));
    if (crypto_sign_verify_detached(signature, (const unsigned char *)told.at, told.bytes, key))
        return FAULT(arena, "broken-head", "the signature of the head does not hold");
    return NULL;
}
