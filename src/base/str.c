/* str.c: views of bytes.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"

#include <stdio.h>
#include <string.h>

#include "base/banned.h"

struct str str_of(const char *z)
{
    return (struct str){.at = z, .bytes = z ? strlen(z) : 0};
}

bool str_eq(struct str a, struct str b)
{
    return a.bytes == b.bytes && (a.bytes == 0 || memcmp(a.at, b.at, a.bytes) == 0);
}

bool str_is(struct str a, const char *z)
{
    if (a.bytes && z && *a.at != *z)
        return false; /* tables are walked by name: most rows end here, unmeasured */
    return str_eq(a, str_of(z));
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

bool str_eq_nocase(struct str a, struct str b)
{
    if (a.bytes != b.bytes)
        return false;
    for (size_t i = 0; i < a.bytes; i++)
        if (lower(a.at[i]) != lower(b.at[i]))
            return false;
    return true;
}

int str_order(struct str a, struct str b)
{
    size_t both = a.bytes < b.bytes ? a.bytes : b.bytes;
    int order = both ? memcmp(a.at, b.at, both) : 0;
    return order ? order : (a.bytes > b.bytes) - (a.bytes < b.bytes);
}

bool str_starts(struct str a, const char *z)
{
    struct str b = str_of(z);
    return a.bytes >= b.bytes && str_eq((struct str){a.at, b.bytes}, b);
}

bool str_ends(struct str a, const char *z)
{
    struct str b = str_of(z);
    return a.bytes >= b.bytes && str_eq(str_skip(a, a.bytes - b.bytes), b);
}

bool words_have(struct words words, struct str word)
{
    for (size_t i = 0; i < words.n; i++)
        if (str_eq(words.at[i], word))
            return true;
    return false;
}

struct str str_skip(struct str a, size_t bytes)
{
    if (bytes >= a.bytes)
        return STR_NONE;
    return (struct str){.at = a.at + bytes, .bytes = a.bytes - bytes};
}

struct str str_head(struct str a, size_t bytes_max)
{
    if (a.bytes <= bytes_max)
        return a;
    while (bytes_max && ((unsigned char)a.at[bytes_max] & 0xC0) == 0x80)
        bytes_max--;
    return (struct str){.at = a.at, .bytes = bytes_max};
}

struct str str_cut(struct str a, char mark, struct str *rest)
{
    const char *found = a.bytes ? memchr(a.at, mark, a.bytes) : NULL;
    if (!found) {
        *rest = STR_NONE;
        return a;
    }
    size_t before = (size_t)(found - a.at);
    *rest = str_skip(a, before + 1);
    return (struct str){.at = a.at, .bytes = before};
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct str str_trim(struct str a)
{
    while (a.bytes && is_space(a.at[0]))
        a = str_skip(a, 1);
    while (a.bytes && is_space(a.at[a.bytes - 1]))
        a.bytes--;
    return a;
}

bool str_int(struct str a, int64_t *out)
{
    size_t i = a.bytes && a.at[0] == '-';
    if (i == a.bytes)
        return false;
    int64_t value = 0;
    for (; i < a.bytes; i++) {
        if (a.at[i] < '0' || a.at[i] > '9')
            return false;
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, a.at[i] - '0', &value))
            return false;
    }
    if (a.at[0] != '-' && __builtin_sub_overflow(0, value, &value))
        return false;
    *out = value;
    return true;
}

/* Bytes of the code point at p, 0 when it is not valid UTF-8 (RFC 3629). */
static size_t point_bytes(const unsigned char *p, size_t left)
{
    if (p[0] < 0x80)
        return 1;
    size_t n = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
    if (p[0] < 0xC2 || p[0] > 0xF4 || n > left)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) ||
        (p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F))
        return 0;
    return n;
}

bool str_is_text(struct str a)
{
    const unsigned char *p = (const unsigned char *)a.at;
    for (size_t i = 0; i < a.bytes;) {
        if ((p[i] < 0x20 && p[i] != '\t' && p[i] != '\n') || p[i] == 0x7F)
            return false;
        size_t n = point_bytes(p + i, a.bytes - i);
        if (n == 0 || (n == 2 && p[i] == 0xC2 && p[i + 1] < 0xA0)) /* C1 controls */
            return false;
        i += n;
    }
    return true;
}

size_t str_points(struct str a)
{
    size_t n = 0;
    for (size_t i = 0; i < a.bytes; i++)
        n += ((unsigned char)a.at[i] & 0xC0) != 0x80;
    return n;
}

char *str_z(struct arena *arena, struct str a)
{
    char *z = arena_alloc(arena, a.bytes + 1);
    if (a.bytes)
        memcpy(z, a.at, a.bytes);
    return z;
}

struct str str_copy(struct arena *arena, struct str a)
{
    return (struct str){.at = str_z(arena, a), .bytes = a.bytes};
}

static struct str mapped(struct arena *arena, struct str a, char (*map)(char))
{
    char *z = arena_alloc(arena, a.bytes + 1);
    for (size_t i = 0; i < a.bytes; i++)
        z[i] = map(a.at[i]);
    return (struct str){.at = z, .bytes = a.bytes};
}

struct str str_lower(struct arena *arena, struct str a)
{
    return mapped(arena, a, lower);
}

struct str str_upper(struct arena *arena, struct str a)
{
    return mapped(arena, a, upper);
}

struct str str_vprint(struct arena *arena, const char *format, va_list values)
{
    va_list again;
    va_copy(again, values);
    int bytes = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (bytes < 0)
        return STR_NONE;
    char *z = arena_alloc(arena, (size_t)bytes + 1);
    vsnprintf(z, (size_t)bytes + 1, format, values);
    return (struct str){.at = z, .bytes = (size_t)bytes};
}

struct str str_print(struct arena *arena, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    struct str out = str_vprint(arena, format, values);
    va_end(values);
    return out;
}
