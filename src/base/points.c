/* points.c: text as Unicode code points, by libutf8proc.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/points.h"

#include <utf8proc.h>

#include "base/fault.h"

#include "base/banned.h"

bool points_folded(struct arena *arena, struct str text, struct points *out)
{
    const utf8proc_option_t options =
        UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_STABLE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)(text.bytes ? text.at : "");
    *out = (struct points){0};
    if (text.bytes > INT32_MAX / 32)
        return false;
    utf8proc_ssize_t n = utf8proc_decompose(bytes, (utf8proc_ssize_t)text.bytes, NULL, 0, options);
    if (n < 0)
        return false;
    int32_t *at = NEW_ARRAY(arena, (size_t)n + 1, int32_t);
    if (utf8proc_decompose(bytes, (utf8proc_ssize_t)text.bytes, at, n, options) != n)
        BUG("the same text decomposes differently");
    n = utf8proc_normalize_utf32(at, n, options);
    if (n < 0)
        return false;
    *out = (struct points){.at = at, .n = (size_t)n};
    return true;
}

bool point_is_letter(int32_t point)
{
    switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
        return true;
    default:
        return false;
    }
}

bool point_is_mark(int32_t point)
{
    switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO:
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CN:
        return true;
    default:
        /* minus, tilde, the lines of box drawing, the long mark of kana, ® and © */
        return point == 0x2212 || point == '~' || point == 0x223C || point == 0x2500 ||
               point == 0x2501 || point == 0x30FC || point == 0xAE || point == 0xA9;
    }
}

struct str points_print(struct arena *arena, struct points points)
{
    char *at = arena_alloc(arena, points.n * 4 + 1);
    size_t bytes = 0;
    for (size_t i = 0; i < points.n; i++)
        bytes += (size_t)utf8proc_encode_char(points.at[i], (utf8proc_uint8_t *)at + bytes);
    return (struct str){.at = at, .bytes = bytes};
}
