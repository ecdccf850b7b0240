/* buf.c: a builder of bytes with a maximum.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"

#include <stdio.h>
#include <string.h>

#include "base/banned.h"

struct buf buf_new(struct arena *arena, size_t bytes_max)
{
    return (struct buf){.arena = arena, .bytes_max = bytes_max};
}

static bool make_room(struct buf *buf, size_t more)
{
    if (more > buf->bytes_max - buf->bytes) {
        buf->full = true;
        return false;
    }
    size_t wanted = buf->bytes + more + 1;
    if (wanted <= buf->size)
        return true;
    size_t size = buf->size ? buf->size : 256;
    while (size < wanted)
        size *= 2;
    char *at = arena_alloc(buf->arena, size);
    if (buf->bytes)
        memcpy(at, buf->at, buf->bytes);
    buf->at = at;
    buf->size = size;
    return true;
}

void buf_add(struct buf *buf, struct str part)
{
    if (!part.bytes || !make_room(buf, part.bytes))
        return;
    memcpy(buf->at + buf->bytes, part.at, part.bytes);
    buf->bytes += part.bytes;
    buf->at[buf->bytes] = 0;
}

void buf_add_z(struct buf *buf, const char *z)
{
    buf_add(buf, str_of(z));
}

void buf_add_char(struct buf *buf, char c)
{
    buf_add(buf, (struct str){.at = &c, .bytes = 1});
}

void buf_add_int(struct buf *buf, int64_t n)
{
    char digits[24];
    int bytes = snprintf(digits, sizeof digits, "%lld", (long long)n);
    buf_add(buf, (struct str){.at = digits, .bytes = (size_t)bytes});
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    struct str part = str_vprint(buf->arena, format, values);
    va_end(values);
    buf_add(buf, part);
}

struct str buf_str(const struct buf *buf)
{
    return (struct str){.at = buf->at ? buf->at : "", .bytes = buf->bytes};
}
