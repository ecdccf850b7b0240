/* intake.c: a file that came in: from the spool to its place.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/intake.h"

#include "store/files.h"
#include "store/media.h"
#include "store/rows.gen.h"
#include "store/seal.h"
#include "web/http.h"

#include "base/banned.h"

/* By its first block: more is not needed. */
struct str intake_type(struct arena *arena, const struct http_file *file)
{
    struct str first;
    if (!spool_next(spool_read(arena, file), &first))
        first = STR_NONE;
    return media_of_bytes(arena, first);
}

static struct fault *copy_from(struct arena *arena, struct spool *from,
                               struct file_writer *writer, struct intake *out)
{
    struct str block;
    int64_t bytes = 0;
    do {
        if (!spool_next(from, &block))
            return FAULT(arena, "broken-file", "%s", "reading what came in");
        bytes += (int64_t)block.bytes;
        if (bytes > INTAKE_BYTES_MAX)
            return FAULT(arena, "too-large", "a file has at most %d bytes", (int)INTAKE_BYTES_MAX);
        TRY(file_add(writer, arena, block.at, block.bytes));
    } while (block.bytes);
    if (bytes == 0)
        return FAULT(arena, "empty-file", "a file has at least one byte");
    return file_end(writer, arena, &out->digest, &out->bytes);
}

struct fault *intake_keep(struct arena *arena, struct store *store, struct str data_dir,
                          struct str case_id, const struct http_file *file, struct intake *out)
{
    struct file_writer *writer;
    const uint8_t *key;
    TRY(seal_file_key(store, arena, case_id, &key));
    out->media_type = intake_type(arena, file);
    TRY(key ? file_begin_sealed(arena, data_dir, key, &writer)
            : file_begin(arena, data_dir, &writer));
    return copy_from(arena, spool_read(arena, file), writer, out);
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
