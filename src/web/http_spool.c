/* http_spool.c: what a file that came in holds: read where it lies, opened block by block.
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <unistd.h>

#include "base/sealing.h"
#include "web/http.h"

#include "base/banned.h"

struct spool {
    struct arena *arena;
    const struct http_file *file;
    struct opening *opening; /* NULL before the first block */
    off_t at;
    bool last;
    char sealed[SEALING_SEALED_BYTES];
};

struct spool *spool_read(struct arena *arena, const struct http_file *file)
{
    struct spool *spool = NEW(arena, struct spool);
    spool->arena = arena;
    spool->file = file;
    spool->at = file->from;
    return spool;
}

/* Up to so many bytes from where it stands; 0 at the end, -1 when they cannot be read. */
static ssize_t take(struct spool *spool, size_t most)
{
    size_t got = 0, left = (size_t)(spool->file->to - spool->at);
    most = most < left ? most : left;
    while (got < most) {
        ssize_t n = pread(spool->file->fd, spool->sealed + got, most - got, spool->at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        if (n == 0)
            break;
        got += (size_t)n;
        spool->at += n;
    }
    return (ssize_t)got;
}

bool spool_next(struct spool *spool, struct str *block)
{
    *block = STR_NONE;
    if (spool->last)
        return true;
    if (!spool->opening) {
        if (take(spool, SEALING_HEAD_BYTES) != SEALING_HEAD_BYTES)
            return false;
        spool->opening = opening_new(spool->arena, spool->file->key, spool->sealed);
        if (!spool->opening)
            return false;
    }
    ssize_t n = take(spool, SEALING_SEALED_BYTES);
    return n > 0 && opening_block(spool->opening, (struct str){spool->sealed, (size_t)n}, block,
                                  &spool->last);
}
