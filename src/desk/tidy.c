/* tidy.c: what people type, in one form.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/tidy.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/fault.h"

#include "base/banned.h"

static struct str mapped(struct arena *arena, struct str text, utf8proc_option_t options)
{
    utf8proc_uint8_t *made = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)(text.at ? text.at : ""),
                                      (utf8proc_ssize_t)text.bytes, &made, options);
    if (n < 0)
        return text; /* not UTF-8: the caller refuses it elsewhere */
    struct str out = str_copy(arena, (struct str){.at = (const char *)made, .bytes = (size_t)n});
    free(made);
    return out;
}

struct str tidy_width(struct arena *arena, struct str text)
{
    return mapped(arena, text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
}

struct str tidy_fold(struct arena *arena, struct str text)
{
    return mapped(arena, text,
                  UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                      UTF8PROC_IGNORE);
}

static const char wide_space[] = "\xe3\x80\x80"; /* U+3000 */

static struct str trim(struct str text)
{
    for (;;) {
        struct str was = text;
        text = str_trim(text);
        if (str_starts(text, wide_space))
            text = str_skip(text, 3);
        if (str_ends(text, wide_space))
            text.bytes -= 3;
        if (text.bytes == was.bytes)
            return text;
    }
}

struct str tidy_lines(struct arena *arena, struct str text)
{
    text = trim(text);
    char *out = arena_alloc(arena, text.bytes + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.bytes; i++) {
        bool pair = text.at[i] == '\r' && i + 1 < text.bytes && text.at[i + 1] == '\n';
        if (!pair)
            out[n++] = text.at[i] == '\r' ? '\n' : text.at[i];
    }
    return (struct str){.at = out, .bytes = n};
}

static bool is_clean_point(utf8proc_int32_t point, bool lines)
{
    if (point == '\n' || point == '\t')
        return lines;
    if (point == 0x200d || point == 0x200c) /* joiners: part of some names */
        return true;
    if (point == 0x115f || point == 0x1160 || point == 0x3164 || point == 0xffa0 || point == 0x2800)
        return false; /* letters and signs that show nothing: a name of them is no name */
    switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_CC: /* control */
    case UTF8PROC_CATEGORY_CF: /* format: direction marks, zero width, byte order mark */
    case UTF8PROC_CATEGORY_CO: /* private use: shown differently everywhere */
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return false;
    default:
        return (point & 0xfffe) != 0xfffe;
    }
}

bool tidy_is_clean(struct str text, bool lines)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text.at;
    for (size_t i = 0; i < text.bytes;) {
        utf8proc_int32_t point;
        utf8proc_ssize_t n = utf8proc_iterate(at + i, (utf8proc_ssize_t)(text.bytes - i), &point);
        if (n <= 0 || !is_clean_point(point, lines))
            return false;
        i += (size_t)n;
    }
    return true;
}
