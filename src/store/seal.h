/* seal.h: what a sealed case holds stands as ciphertext, in rows, journal and files (6.5-6).
 * SPDX-License-Identifier: Apache-2.0
 *
 * DATA/seal.key, 0600, is the master key: "hoshi-seal-1 " and 32 bytes in base64url. Each sealed
 * case has a key of its own, which stands in case_key sealed by the master key, so that replay
 * builds the same rows without either. Text: XChaCha20-Poly1305, bound to the id of the case.
 * Files: secretstream, in envelope form 2 (files.h).
 *
 * A column of seal.c's list, and the facts and fields of an entry, are sealed where the entry is
 * (journal_seal()); what a statement reads is opened again by the store, so that nobody else has
 * to know. The master key is read when it is first needed: a process that meets no sealed case
 * never holds it.
 *
 * Faults: "seal-key-absent", "seal-key-differs", "broken-seal". */
#ifndef HOSHI_SEAL_H
#define HOSHI_SEAL_H

#include "store/store.h"

enum { SEAL_KEY_BYTES = 32 };

struct table_row;
struct column_row;
struct statement;
struct row_case_key;

/* Makes DATA/seal.key where there is none. */
struct fault *seal_make_key(struct arena *arena, struct str data_dir);
/* Is the key there that the sealed cases of this registry are kept under? Asked before serving. */
struct fault *seal_check(struct store *store, struct arena *arena);

/* A new key for a case, sealed by the master key: the row is for the desk to put. */
struct fault *seal_begin(struct store *store, struct arena *arena, struct str case_id,
                         struct row_case_key *row);
/* The key for files of a case; *key is NULL where the case is not sealed. */
struct fault *seal_file_key(struct store *store, struct arena *arena, struct str case_id,
                            const uint8_t **key);
/* A digest that nobody can make without the master key: of what may be guessed. Hex. */
struct fault *seal_digest(struct store *store, struct arena *arena, struct str text,
                          struct str *out);

/* For store/: text of a case, sealed; a row's texts, opened where they are sealed. */
struct fault *seal_text(struct store *store, struct arena *arena, struct str case_id,
                        struct str text, struct str *out);
bool seal_covers(const struct table_row *table, const struct column_row *column);
bool seal_marks(struct str text);
struct fault *seal_open_row(struct store *store, struct arena *arena,
                            const struct statement *statement, void *row);

#endif
