/* intake.h: a file that came in: from the spool to its place, and what its bytes say it is.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_INTAKE_H
#define HOSHI_INTAKE_H

#include "base/fault.h"
#include "base/hash.h"

struct http_file;
struct store;

enum { INTAKE_BYTES_MAX = 200 << 20 }; /* 200 MiB, by the portal and by the API: a report */

struct intake {
    struct hash digest;
    int64_t bytes;
    struct str media_type; /* found in the bytes: what the client says is not believed */
};

/* Of a file that came in, by its first bytes. */
struct str intake_type(struct arena *arena, const struct http_file *file);

/* Into DATA/files for a case, told to the disk; sealed where the case is (6.5-6). Faults:
 * "empty-file", "too-large", "broken-file", and those of seal.h. */
struct fault *intake_keep(struct arena *arena, struct store *store, struct str data_dir,
                          struct str case_id, const struct http_file *file, struct intake *out);

/* A file of a case as an answer: its bytes, its type, and that it is to be saved, never shown. */
struct row_case_file;
struct response;
struct fault *document_send(struct arena *arena, struct store *store, struct str data_dir,
                            const struct row_case_file *file, struct response *response);

#endif
