/* seal.c: keys of sealed cases, and text under them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A sealed text: U+0001, the id of the case, a blank, base64url of nonce and ciphertext. No text
 * that is kept otherwise begins so (journal.c), and canonical JSON never does. */
#include "store/seal.h"

#include <sodium.h>
#include <string.h>

#include "store/files.h"
#include "store/sql.gen.h"
#include "store/store_own.h"

#include "base/banned.h"

enum {
    NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    KEY_NAME_BYTES = 8,
    KEY_FILE_MAX = 256
};

static const char mark = '\001';
static const char key_file_head[] = "hoshi-seal-1 ";

/* What a sealed entry keeps as ciphertext. All else of a case is who, when and in which state. */
static const struct {
    const char *table, *column;
} covered[] = {
    {"case_field", "value"}, {"case_version", "value"}, {"case_file", "name"},
    {"notice", "blanks"},    {"letter", "content"},    {"outsider", "mail"},
    {"outsider", "link"},    {"advisory_mark", "modified"},
};

bool seal_covers(const struct table_row *table, const struct column_row *column)
{
    for (size_t i = 0; i < sizeof covered / sizeof *covered; i++)
        if (str_is(str_of(table->name), covered[i].table) &&
            str_is(str_of(column->name), covered[i].column))
            return true;
    return false;
}

bool seal_marks(struct str text)
{
    return text.bytes > 0 && text.at[0] == mark;
}

/* ---- the master key */

static struct str key_path(struct arena *arena, struct str data_dir)
{
    return str_print(arena, "%.*s/seal.key", STR_F(data_dir));
}

struct fault *seal_make_key(struct arena *arena, struct str data_dir)
{
    uint8_t key[SEAL_KEY_BYTES];
    struct str there;
    bool is_there;
    TRY(file_whole(arena, key_path(arena, data_dir), KEY_FILE_MAX, &there, &is_there));
    if (is_there)
        return NULL;
    random_bytes(key, sizeof key);
    struct str text = base64url_print(arena, (struct str){(const char *)key, sizeof key});
    struct str line = str_print(arena, "%s%.*s\n", key_file_head, STR_F(text));
    struct fault *fault = file_replace_private(arena, data_dir, "seal.key", line);
    sodium_memzero(key, sizeof key);
    return fault;
}

static struct fault *master_parse(struct arena *arena, struct str line, struct seal *seal)
{
    struct str bytes, text = str_trim(line);
    if (!str_starts(text, key_file_head) ||
        !base64url_parse(arena, str_skip(text, sizeof key_file_head - 1), &bytes) ||
        bytes.bytes != SEAL_KEY_BYTES)
        return FAULT(arena, "seal-key-differs", "seal.key is no key of this form");
    memcpy(seal->master, bytes.at, SEAL_KEY_BYTES);
    crypto_generichash((unsigned char *)seal->name, KEY_NAME_BYTES,
                       (const unsigned char *)"hoshi: name of a key", 20, seal->master,
                       SEAL_KEY_BYTES);
    seal->read = true;
    return NULL;
}

static struct fault *master(struct store *store, struct arena *arena, struct seal **out)
{
    struct str line;
    bool there = false;
    *out = &store->seal;
    if (store->seal.read)
        return NULL;
    if (store->data_dir.bytes)
        TRY(file_whole(arena, key_path(arena, store->data_dir), KEY_FILE_MAX, &line, &there));
    if (!there)
        return FAULT(arena, "seal-key-absent", "no seal.key in the data folder");
    return master_parse(arena, line, &store->seal);
}

static struct str master_name(struct arena *arena, const struct seal *seal)
{
    return hex_print(arena, (struct str){(const char *)seal->name, KEY_NAME_BYTES});
}

struct fault *seal_digest(struct store *store, struct arena *arena, struct str text,
                          struct str *out)
{
    unsigned char digest[HASH_BYTES];
    struct seal *seal;
    TRY(master(store, arena, &seal));
    crypto_generichash(digest, sizeof digest, (const unsigned char *)text.at, text.bytes,
                       seal->master, SEAL_KEY_BYTES);
    *out = hex_print(arena, (struct str){(const char *)digest, sizeof digest});
    return NULL;
}

/* ---- sealing and opening, bound to the case */

static struct str closed(struct arena *arena, const uint8_t *key, struct str case_id,
                         struct str plain)
{
    size_t n = NONCE_BYTES + plain.bytes + TAG_BYTES;
    unsigned char *out = arena_alloc(arena, n);
    random_bytes(out, NONCE_BYTES);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        out + NONCE_BYTES, NULL, (const unsigned char *)plain.at, plain.bytes,
        (const unsigned char *)case_id.at, case_id.bytes, NULL, out, key);
    return (struct str){(const char *)out, n};
}

static bool opened(struct arena *arena, const uint8_t *key, struct str case_id, struct str sealed,
                   struct str *out)
{
    if (sealed.bytes < NONCE_BYTES + TAG_BYTES)
        return false;
    const unsigned char *at = (const unsigned char *)sealed.at;
    size_t n = sealed.bytes - NONCE_BYTES - TAG_BYTES;
    unsigned char *plain = arena_alloc(arena, n + 1);
    *out = (struct str){(const char *)plain, n};
    return crypto_aead_xchacha20poly1305_ietf_decrypt(
               plain, NULL, NULL, at + NONCE_BYTES, sealed.bytes - NONCE_BYTES,
               (const unsigned char *)case_id.at, case_id.bytes, at, key) == 0;
}

/* ---- keys of cases; those met lately are at hand */

static void remember(struct seal *seal, struct str case_id, const uint8_t *key)
{
    struct known_key *known = &seal->known[seal->next++ % SEAL_KNOWN];
    if (case_id.bytes > sizeof known->case_id)
        return;
    memcpy(known->case_id, case_id.at, case_id.bytes);
    known->bytes = case_id.bytes;
    memcpy(known->key, key, SEAL_KEY_BYTES);
}

static const uint8_t *known_key(const struct seal *seal, struct str case_id)
{
    for (size_t i = 0; i < SEAL_KNOWN; i++)
        if (case_id.bytes && seal->known[i].bytes == case_id.bytes &&
            memcmp(seal->known[i].case_id, case_id.at, case_id.bytes) == 0)
            return seal->known[i].key;
    return NULL;
}

struct fault *seal_begin(struct store *store, struct arena *arena, struct str case_id,
                         struct row_case_key *row)
{
    uint8_t key[SEAL_KEY_BYTES];
    struct seal *seal;
    TRY(master(store, arena, &seal));
    random_bytes(key, sizeof key);
    *row = (struct row_case_key){
        .case_id = case_id,
        .master = master_name(arena, seal),
        .sealed = closed(arena, seal->master, case_id,
                         (struct str){(const char *)key, sizeof key})};
    sodium_memzero(key, sizeof key);
    return NULL;
}

static struct fault *open_key(struct store *store, struct arena *arena,
                              const struct row_case_key *row, const uint8_t **key)
{
    struct seal *seal;
    struct str bytes;
    TRY(master(store, arena, &seal));
    if (!str_eq(row->master, master_name(arena, seal)))
        return FAULT(arena, "seal-key-differs", "case %.*s is sealed under the key %.*s",
                     STR_F(row->case_id), STR_F(row->master));
    if (!opened(arena, seal->master, row->case_id, row->sealed, &bytes) ||
        bytes.bytes != SEAL_KEY_BYTES)
        return FAULT(arena, "broken-seal", "the key of case %.*s", STR_F(row->case_id));
    remember(seal, row->case_id, (const uint8_t *)bytes.at);
    *key = (const uint8_t *)bytes.at;
    return NULL;
}

/* *key is NULL where the case has none. */
static struct fault *key_of(struct store *store, struct arena *arena, struct str case_id,
                            const uint8_t **key)
{
    struct row_case_key *row;
    *key = known_key(&store->seal, case_id);
    if (*key)
        return NULL;
    TRY(sql_case_key_by_id(store, arena, case_id, &row));
    return row ? open_key(store, arena, row, key) : NULL;
}

struct fault *seal_file_key(struct store *store, struct arena *arena, struct str case_id,
                            const uint8_t **key)
{
    const uint8_t *of_case;
    TRY(key_of(store, arena, case_id, &of_case));
    *key = NULL;
    if (!of_case)
        return NULL;
    uint8_t *derived = arena_alloc(arena, SEAL_KEY_BYTES);
    crypto_kdf_derive_from_key(derived, SEAL_KEY_BYTES, 1, "hoshfile", of_case);
    *key = derived;
    return NULL;
}

struct fault *seal_check(struct store *store, struct arena *arena)
{
    struct row_case_key *row;
    const uint8_t *key;
    TRY(sql_case_key_first(store, arena, &row));
    return row ? open_key(store, arena, row, &key) : NULL;
}

/* ---- text */

struct fault *seal_text(struct store *store, struct arena *arena, struct str case_id,
                        struct str text, struct str *out)
{
    const uint8_t *key;
    TRY(key_of(store, arena, case_id, &key));
    if (!key)
        return FAULT(arena, "broken-seal", "case %.*s has no key", STR_F(case_id));
    struct str sealed = base64url_print(arena, closed(arena, key, case_id, text));
    *out = str_print(arena, "%c%.*s %.*s", mark, STR_F(case_id), STR_F(sealed));
    return NULL;
}

static struct fault *open_text(struct store *store, struct arena *arena, struct str *text)
{
    struct str rest, case_id = str_cut(str_skip(*text, 1), ' ', &rest), sealed, plain;
    const uint8_t *key;
    if (!rest.at || !base64url_parse(arena, rest, &sealed))
        return NULL; /* not ours: what a relay said, perhaps */
    TRY(key_of(store, arena, case_id, &key));
    if (!key)
        return NULL;
    if (!opened(arena, key, case_id, sealed, &plain))
        return FAULT(arena, "broken-seal", "a text of case %.*s", STR_F(case_id));
    *text = plain;
    return NULL;
}

struct fault *seal_open_row(struct store *store, struct arena *arena,
                            const struct statement *statement, void *row)
{
    for (size_t i = 0; i < statement->out_n; i++) {
        if (statement->out[i].kind != VALUE_TEXT)
            continue;
        struct value value = value_of(row, &statement->out[i]);
        if (!seal_marks(value.text))
            continue;
        TRY(open_text(store, arena, &value.text));
        value_into(row, &statement->out[i], &value);
    }
    return NULL;
}
