/* buf.h: a builder of bytes with a maximum; grows in an arena, or in place over memory given.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Adding past the maximum sets `full` and drops what does not fit: check buf_str()'s caller once,
 * at the end, not at every addition. The bytes are always NUL-terminated. */
#ifndef HOSHI_BUF_H
#define HOSHI_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

struct buf {
    struct arena *arena;
    char *at;
    size_t bytes, size, bytes_max;
    bool full;
};

struct buf buf_new(struct arena *arena, size_t bytes_max);
void buf_add(struct buf *buf, struct str part);
void buf_add_z(struct buf *buf, const char *z);
void buf_add_char(struct buf *buf, char c);
void buf_add_int(struct buf *buf, int64_t n);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str buf_str(const struct buf *buf); /* a view of what is there now */

#endif
