/* intake.c: a file that came in: from the spool to its place.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/intake.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "store/files.h"
#include "store/media.h"
#include "store/rows.gen.h"
#include "store/seal.h"
#include "web/http.h"

#include "base/banned.h"

struct str intake_type(struct arena *arena, struct str spooled)
{
    return media_of_file(arena, str_z(arena, spooled));
}

static struct fault *copy_from(struct arena *arena, struct str data_dir, const uint8_t *key,
                               FILE *from, struct intake *out)
{
    enum { BLOCK_BYTES = 1 << 16 };
    struct file_writer *writer;
    char *block = arena_alloc(arena, BLOCK_BYTES);
    int64_t bytes = 0;
    TRY(key ? file_begin_sealed(arena, data_dir, key, &writer)
            : file_begin(arena, data_dir, &writer));
    for (size_t n; (n = fread(block, 1, BLOCK_BYTES, from)) > 0;) {
        bytes += (int64_t)n;
        if (bytes > INTAKE_BYTES_MAX)
            return FAULT(arena, "too-large", "a file has at most %d bytes", (int)INTAKE_BYTES_MAX);
        TRY(file_add(writer, arena, block, n));
    }
    if (ferror(from))
        return FAULT(arena, "broken-file", "reading the spooled file: %s", strerror(errno));
    if (bytes == 0)
        return FAULT(arena, "empty-file", "a file has at least one byte");
    return file_end(writer, arena, &out->digest, &out->bytes);
}

struct fault *intake_keep(struct arena *arena, struct store *store, struct str data_dir,
                          struct str case_id, struct str spooled, struct intake *out)
{
    const char *path = str_z(arena, spooled);
    const uint8_t *key;
    TRY(seal_file_key(store, arena, case_id, &key));
    FILE *from = fopen(path, "rbe");
    if (!from)
        return FAULT(arena, "broken-file", "opening the spooled file: %s", strerror(errno));
    out->media_type = media_of_file(arena, path);
    struct fault *fault = copy_from(arena, data_dir, key, from, out);
    fclose(from);
    return fault;
}

struct fault *document_send(struct arena *arena, struct store *store, struct str data_dir,
                            const struct row_case_file *file, struct response *response)
{
    const uint8_t *key;
    TRY(seal_file_key(store, arena, file->case_id, &key));
    if (key) {
        TRY(file_opened(arena, data_dir, file->digest, key, &response->body_file));
    } else {
        bool sealed;
        TRY(file_place(arena, data_dir, file->digest, &response->body_path, &sealed));
        response->body_from = FILE_ENVELOPE_BYTES;
    }
    response->status = 200;
    response->media_type = file->media_type;
    return NULL;
}
