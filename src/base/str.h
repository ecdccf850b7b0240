/* str.h: a view of bytes, usually UTF-8: not owned, not NUL-terminated.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_STR_H
#define HOSHI_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct str {
    const char *at; /* may be NULL only when bytes is 0 */
    size_t bytes;
};

/* A list of views. */
struct words {
    const struct str *at;
    size_t n;
};

#define STR(literal) ((struct str){.at = (literal), .bytes = sizeof(literal) - 1})
#define STR_NONE ((struct str){.at = NULL, .bytes = 0})
/* for printf: "%.*s", STR_F(view) */
#define STR_F(view) (int)(view).bytes, (view).at ? (view).at : ""

struct str str_of(const char *z); /* NULL gives STR_NONE */
bool str_eq(struct str a, struct str b);
bool str_is(struct str a, const char *z);
bool str_eq_nocase(struct str a, struct str b); /* ASCII only */
int str_order(struct str a, struct str b);      /* bytewise, as memcmp */
bool str_starts(struct str a, const char *z);
bool str_ends(struct str a, const char *z);
bool words_have(struct words words, struct str word);

/* The part before the first `mark`; *rest the part after it, or STR_NONE when there is no mark. */
struct str str_cut(struct str a, char mark, struct str *rest);
struct str str_trim(struct str a); /* ASCII white space at both ends */
struct str str_skip(struct str a, size_t bytes);
/* The longest beginning of at most bytes_max bytes that ends between two code points. */
struct str str_head(struct str a, size_t bytes_max);

/* A whole decimal number, nothing else around it; false leaves *out alone. */
bool str_int(struct str a, int64_t *out);

/* Valid UTF-8 (no surrogates, no overlong forms), no NUL, no control characters but tab and LF. */
bool str_is_text(struct str a);
/* Code points in valid UTF-8. */
size_t str_points(struct str a);

char *str_z(struct arena *arena, struct str a) __attribute__((returns_nonnull));
struct str str_copy(struct arena *arena, struct str a);
struct str str_lower(struct arena *arena, struct str a); /* ASCII only */
struct str str_upper(struct arena *arena, struct str a); /* ASCII only */
struct str str_print(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct str str_vprint(struct arena *arena, const char *format, va_list values)
    __attribute__((format(printf, 2, 0), nonnull(2)));

#endif
