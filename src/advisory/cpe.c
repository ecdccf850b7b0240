/* cpe.c: CPE 2.3 formatted strings and 2.2 URIs, read and written.
 * SPDX-License-Identifier: Apache-2.0
 *
 * NISTIR 7695, sections 6.1 (URI) and 6.2 (formatted string). */
#include "advisory/cpe.h"

#include <string.h>

#include "base/buf.h"

#include "base/banned.h"

enum { ANY_NUMBER = 255, URI_PARTS = 7 };

static struct fault *wrong(struct arena *arena, struct str part, const char *why)
{
    struct fault *fault = FAULT(arena, "malformed-cpe", "%s: %.*s", why, STR_F(part));
    fault->concerns = str_copy(arena, str_head(part, 100));
    return fault;
}

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_printable(char c)
{
    return c > ' ' && c < 0x7F;
}

/* A character of a component, after its binding was taken off. */
struct sign {
    char c;
    bool quoted; /* stands for itself; a '*' or '?' that is not is a wildcard */
};

struct signs {
    struct sign *at;
    size_t n;
};

/* Takes one run of wildcards off one end. False when it is not "*" or "?"s. */
static bool take_wild(struct signs signs, bool from_end, size_t *taken, uint8_t *wild)
{
    size_t stars = 0, n = 0;
    for (; n < signs.n; n++) {
        struct sign sign = signs.at[from_end ? signs.n - 1 - n : n];
        if (sign.quoted || (sign.c != '*' && sign.c != '?'))
            break;
        stars += sign.c == '*';
    }
    *taken = n;
    *wild = stars ? ANY_NUMBER : (uint8_t)n;
    return n < ANY_NUMBER && (!stars || n == 1);
}

static bool value_of(struct arena *arena, struct signs signs, struct cpe_value *out)
{
    size_t before = 0, after = 0;
    *out = (struct cpe_value){.logical = CPE_IS_VALUE};
    if (!take_wild(signs, false, &before, &out->any_before))
        return false;
    signs.at += before;
    signs.n -= before;
    if (!take_wild(signs, true, &after, &out->any_after))
        return false;
    signs.n -= after;
    char *text = arena_alloc(arena, signs.n + 1);
    for (size_t i = 0; i < signs.n; i++) {
        if (!signs.at[i].quoted && (signs.at[i].c == '*' || signs.at[i].c == '?'))
            return false; /* wildcards stand at the ends only */
        text[i] = signs.at[i].c >= 'A' && signs.at[i].c <= 'Z' ? (char)(signs.at[i].c + 'a' - 'A')
                                                               : signs.at[i].c;
    }
    out->text = (struct str){text, signs.n};
    return before || signs.n;
}

static bool formatted_value(struct arena *arena, struct str part, struct cpe_value *out)
{
    if (str_is(part, "*") || str_is(part, "-")) {
        *out = (struct cpe_value){.logical = str_is(part, "*") ? CPE_IS_ANY : CPE_IS_NA};
        return true;
    }
    struct signs signs = {.at = NEW_ARRAY(arena, part.bytes + 1, struct sign)};
    for (size_t i = 0; i < part.bytes; i++) {
        char c = part.at[i];
        bool quoted = c == '\\';
        if (quoted) {
            if (++i == part.bytes || !is_printable(part.at[i]) || is_alnum(part.at[i]))
                return false;
            c = part.at[i];
        } else if (!is_alnum(c) && !strchr("._-*?", c)) {
            return false; /* other punctuation is quoted */
        }
        signs.at[signs.n++] = (struct sign){c, quoted};
    }
    return value_of(arena, signs, out);
}

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static bool uri_value(struct arena *arena, struct str part, struct cpe_value *out)
{
    if (!part.bytes || str_is(part, "-")) {
        *out = (struct cpe_value){.logical = part.bytes ? CPE_IS_NA : CPE_IS_ANY};
        return true;
    }
    struct signs signs = {.at = NEW_ARRAY(arena, part.bytes + 1, struct sign)};
    for (size_t i = 0; i < part.bytes; i++) {
        struct sign sign = {part.at[i], true};
        if (sign.c == '%') {
            int high = i + 2 < part.bytes ? hex(part.at[i + 1]) : -1;
            int low = i + 2 < part.bytes ? hex(part.at[i + 2]) : -1;
            if (high < 0 || low < 0)
                return false;
            sign.c = (char)(high * 16 + low);
            i += 2;
            if (sign.c == 1 || sign.c == 2)
                sign = (struct sign){sign.c == 1 ? '?' : '*', false};
            else if (!is_printable(sign.c))
                return false;
        } else if (!is_alnum(sign.c) && !strchr("._-~", sign.c)) {
            return false;
        }
        signs.at[signs.n++] = sign;
    }
    return value_of(arena, signs, out);
}

static bool part_is_good(const struct cpe_value *part)
{
    return part->logical != CPE_IS_VALUE ||
           (part->text.bytes == 1 && strchr("aho", part->text.at[0]) && !part->any_before &&
            !part->any_after);
}

/* The next component, up to a ':' that is not quoted. */
static struct str cut_formatted(struct str *rest)
{
    size_t i = 0;
    while (i < rest->bytes && rest->at[i] != ':')
        i += rest->at[i] == '\\' && i + 1 < rest->bytes ? 2 : 1;
    struct str part = {rest->at, i};
    *rest = i < rest->bytes ? (struct str){rest->at + i + 1, rest->bytes - i - 1} : STR_NONE;
    return part;
}

static struct fault *read_formatted(struct arena *arena, struct str text, struct cpe *out)
{
    struct str rest = {text.at + 8, text.bytes - 8};
    for (size_t i = 0; i < CPE_ATTRIBUTES; i++) {
        if (!rest.at)
            return wrong(arena, text, "a formatted string has eleven components");
        struct str part = cut_formatted(&rest);
        if (!formatted_value(arena, part, &out->value[i]))
            return wrong(arena, part, "a component is not well formed");
    }
    return rest.at ? wrong(arena, rest, "more than eleven components") : NULL;
}

/* "~edition~sw_edition~target_sw~target_hw~other", or the edition alone. */
static struct fault *read_packed(struct arena *arena, struct str part, struct cpe *out)
{
    static const enum cpe_attribute order[] = {CPE_EDITION, CPE_SW_EDITION, CPE_TARGET_SW,
                                               CPE_TARGET_HW, CPE_OTHER};
    if (!str_starts(part, "~"))
        return uri_value(arena, part, &out->value[CPE_EDITION])
                   ? NULL
                   : wrong(arena, part, "a component is not well formed");
    struct str rest = {part.at + 1, part.bytes - 1};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (!rest.at)
            return wrong(arena, part, "a packed edition has five fields");
        struct str field = str_cut(rest, '~', &rest);
        if (!rest.at && i + 1 < sizeof order / sizeof *order)
            rest = str_ends(part, "~") && i == 3 ? STR("") : STR_NONE;
        if (!uri_value(arena, field, &out->value[order[i]]))
            return wrong(arena, field, "a component is not well formed");
    }
    return rest.at ? wrong(arena, part, "a packed edition has five fields") : NULL;
}

static struct fault *read_uri(struct arena *arena, struct str text, struct cpe *out)
{
    struct str rest = {text.at + 5, text.bytes - 5};
    for (size_t i = 0; i < CPE_ATTRIBUTES; i++)
        out->value[i].logical = CPE_IS_ANY;
    for (size_t i = 0; rest.at; i++) {
        if (i == URI_PARTS)
            return wrong(arena, rest, "a URI has at most seven components");
        struct str part = str_cut(rest, ':', &rest);
        if (i == CPE_EDITION)
            TRY(read_packed(arena, part, out));
        else if (!uri_value(arena, part, &out->value[i]))
            return wrong(arena, part, "a component is not well formed");
    }
    return NULL;
}

struct fault *cpe_read(struct arena *arena, struct str text, struct cpe *out)
{
    *out = (struct cpe){0};
    if (text.bytes > CPE_BYTES_MAX)
        return wrong(arena, text, "longer than any name is");
    if (memchr(text.bytes ? text.at : "", 0, text.bytes))
        return wrong(arena, STR_NONE, "a NUL");
    if (str_starts(text, "cpe:2.3:"))
        TRY(read_formatted(arena, text, out));
    else if (str_starts(text, "cpe:/"))
        TRY(read_uri(arena, text, out));
    else
        return wrong(arena, text, "begins neither with cpe:2.3: nor with cpe:/");
    return part_is_good(&out->value[CPE_PART])
               ? NULL
               : wrong(arena, out->value[CPE_PART].text, "the part is a, o or h");
}

static void add_wild(struct buf *out, uint8_t wild, const char *one, const char *many)
{
    if (wild == ANY_NUMBER)
        buf_add_z(out, many);
    for (int i = 0; wild != ANY_NUMBER && i < wild; i++)
        buf_add_z(out, one);
}

static void print_formatted(struct buf *out, const struct cpe_value *value)
{
    if (value->logical != CPE_IS_VALUE) {
        buf_add_char(out, value->logical == CPE_IS_ANY ? '*' : '-');
        return;
    }
    add_wild(out, value->any_before, "?", "*");
    bool lone = value->text.bytes == 1 && !value->any_before && !value->any_after;
    for (size_t i = 0; i < value->text.bytes; i++) {
        char c = value->text.at[i];
        if (!is_alnum(c) && (!strchr("._-", c) || (lone && c == '-')))
            buf_add_char(out, '\\');
        buf_add_char(out, c);
    }
    add_wild(out, value->any_after, "?", "*");
}

struct str cpe_print(struct arena *arena, const struct cpe *cpe)
{
    struct buf out = buf_new(arena, (size_t)CPE_BYTES_MAX * 4);
    buf_add_z(&out, "cpe:2.3");
    for (size_t i = 0; i < CPE_ATTRIBUTES; i++) {
        buf_add_char(&out, ':');
        print_formatted(&out, &cpe->value[i]);
    }
    return buf_str(&out);
}

static void print_uri(struct buf *out, const struct cpe_value *value)
{
    if (value->logical != CPE_IS_VALUE) {
        buf_add_z(out, value->logical == CPE_IS_NA ? "-" : "");
        return;
    }
    add_wild(out, value->any_before, "%01", "%02");
    bool lone = value->text.bytes == 1 && !value->any_before && !value->any_after;
    for (size_t i = 0; i < value->text.bytes; i++) {
        char c = value->text.at[i];
        if (is_alnum(c) || (strchr("._-", c) && !(lone && c == '-')))
            buf_add_char(out, c);
        else
            buf_printf(out, "%%%02x", (unsigned)c);
    }
    add_wild(out, value->any_after, "%01", "%02");
}

struct str cpe_print_uri(struct arena *arena, const struct cpe *cpe)
{
    static const enum cpe_attribute extended[] = {CPE_SW_EDITION, CPE_TARGET_SW, CPE_TARGET_HW,
                                                  CPE_OTHER};
    struct buf out = buf_new(arena, (size_t)CPE_BYTES_MAX * 4);
    size_t kept = 4;
    buf_add_z(&out, "cpe:");
    bool packed = false;
    for (size_t i = 0; i < sizeof extended / sizeof *extended; i++)
        packed = packed || cpe->value[extended[i]].logical != CPE_IS_ANY;
    for (size_t i = 0; i < URI_PARTS; i++) {
        buf_add_char(&out, i ? ':' : '/');
        if (i == CPE_EDITION && packed)
            buf_add_char(&out, '~');
        print_uri(&out, &cpe->value[i]);
        for (size_t k = 0; i == CPE_EDITION && packed && k < 4; k++) {
            buf_add_char(&out, '~');
            print_uri(&out, &cpe->value[extended[k]]);
        }
        if (out.at[out.bytes - 1] != ':' && out.at[out.bytes - 1] != '/')
            kept = out.bytes;
    }
    struct str text = buf_str(&out);
    return (struct str){text.at, kept < 5 ? 5 : kept}; /* trailing empty components are left out */
}
