/* purl.c: package URLs read, normalised, written and compared.
 * SPDX-License-Identifier: Apache-2.0
 *
 * purl-spec, "How to parse a purl string", and the rules of the types ("PURL-TYPES"). */
#include "advisory/purl.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

#include "base/banned.h"

enum rule {
    NAMESPACE_LOWER = 1 << 0,
    NAME_LOWER = 1 << 1,
    VERSION_LOWER = 1 << 2,
    NAME_DASHES = 1 << 3,      /* "_" is "-" */
    NAME_UNDERSCORES = 1 << 4, /* "-" is "_" */
    NEEDS_NAMESPACE = 1 << 5,
    NEEDS_VERSION = 1 << 6,
    NO_NAMESPACE = 1 << 7,
    BOTH_LOWER = NAMESPACE_LOWER | NAME_LOWER
};

/* golang: the types' text asks for lower case, go.mod tells cases apart: left as it is (`ours`). */
static const struct {
    const char *type;
    unsigned rules;
} types[] = {
    {"alpm", BOTH_LOWER},
    {"apk", BOTH_LOWER},
    {"bitbucket", BOTH_LOWER},
    {"bitnami", NAME_LOWER},
    {"composer", BOTH_LOWER},
    {"cran", NEEDS_VERSION},
    {"deb", BOTH_LOWER},
    {"github", BOTH_LOWER},
    {"gitlab", BOTH_LOWER},
    {"hex", BOTH_LOWER},
    {"huggingface", VERSION_LOWER},
    {"luarocks", VERSION_LOWER},
    {"maven", NEEDS_NAMESPACE},
    {"mlflow", NO_NAMESPACE},
    {"npm", BOTH_LOWER},
    {"oci", NAME_LOWER | NO_NAMESPACE},
    {"pub", NAME_LOWER | NAME_UNDERSCORES},
    {"pypi", BOTH_LOWER | NAME_DASHES},
    {"qpkg", NAMESPACE_LOWER},
    {"rpm", NAMESPACE_LOWER},
    {"swift", NEEDS_NAMESPACE | NEEDS_VERSION},
};

static unsigned rules_of(struct str type)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_is(type, types[i].type))
            return types[i].rules;
    return 0;
}

static struct fault *wrong(struct arena *arena, struct str part, const char *why)
{
    struct fault *fault = FAULT(arena, "malformed-purl", "%s: %.*s", why, STR_F(part));
    fault->concerns = str_copy(arena, str_head(part, 100));
    return fault;
}

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* Percent-decoded; what results must be text. */
static struct fault *decode(struct arena *arena, struct str part, struct str *out)
{
    char *at = arena_alloc(arena, part.bytes + 1);
    size_t n = 0;
    for (size_t i = 0; i < part.bytes; i++) {
        char c = part.at[i];
        if (c == '%') {
            int high = i + 2 < part.bytes ? hex(part.at[i + 1]) : -1;
            int low = i + 2 < part.bytes ? hex(part.at[i + 2]) : -1;
            if (high < 0 || low < 0)
                return wrong(arena, part, "a percent sign without two digits");
            c = (char)(high * 16 + low);
            i += 2;
        }
        at[n++] = c;
    }
    *out = (struct str){at, n};
    return str_is_text(*out) ? NULL : wrong(arena, part, "what is percent-encoded is no text");
}

static size_t find_last(struct str text, char c)
{
    const char *at = text.at ? memrchr(text.at, c, text.bytes) : NULL;
    return at ? (size_t)(at - text.at) : text.bytes;
}

/* The part behind the last c, and the text shortened to what is before; STR_NONE when there is
 * none. */
static struct str cut_last(struct str *text, char c)
{
    size_t at = find_last(*text, c);
    if (at == text->bytes)
        return STR_NONE;
    struct str tail = {text->at + at + 1, text->bytes - at - 1};
    text->bytes = at;
    return tail;
}

static struct str strip(struct str text, char c)
{
    while (text.bytes && text.at[0] == c)
        text = (struct str){text.at + 1, text.bytes - 1};
    while (text.bytes && text.at[text.bytes - 1] == c)
        text.bytes--;
    return text;
}

/* Segments decoded and joined by '/', empty ones dropped; of a subpath also "." and "..". */
static struct fault *read_path(struct arena *arena, struct str text, bool subpath, struct str *out)
{
    struct buf path = buf_new(arena, PURL_BYTES_MAX);
    for (struct str rest = text; rest.at;) {
        struct str segment;
        TRY(decode(arena, str_cut(rest, '/', &rest), &segment));
        if (!segment.bytes || (subpath && (str_is(segment, ".") || str_is(segment, ".."))))
            continue;
        if (memchr(segment.at, '/', segment.bytes))
            return wrong(arena, segment, "a slash within a segment");
        if (path.bytes)
            buf_add_char(&path, '/');
        buf_add(&path, segment);
    }
    *out = path.bytes ? buf_str(&path) : STR_NONE;
    return NULL;
}

static bool key_is_good(struct str key)
{
    for (size_t i = 0; i < key.bytes; i++) {
        char c = key.at[i];
        bool digit = c >= '0' && c <= '9';
        if (!(c >= 'a' && c <= 'z') && !digit && c != '.' && c != '-' && c != '_')
            return false;
        if (!i && digit)
            return false;
    }
    return key.bytes > 0;
}

static int order_qualifiers(const void *a, const void *b)
{
    return str_order(((const struct purl_qualifier *)a)->name,
                     ((const struct purl_qualifier *)b)->name);
}

static struct fault *read_qualifiers(struct arena *arena, struct str text, struct purl *out)
{
    for (struct str rest = text; rest.at;) {
        struct str value, decoded, part = str_cut(rest, '&', &rest);
        struct str key = str_lower(arena, str_cut(part, '=', &value));
        if (!part.bytes)
            continue;
        if (!key_is_good(key))
            return wrong(arena, part, "the name of a qualifier is not well formed");
        TRY(decode(arena, value, &decoded));
        if (!decoded.bytes)
            continue; /* an empty value is as none at all */
        if (out->qualifiers_n == PURL_QUALIFIERS_MAX)
            return wrong(arena, part, "too many qualifiers");
        for (size_t i = 0; i < out->qualifiers_n; i++)
            if (str_eq(out->qualifiers[i].name, key))
                return wrong(arena, part, "a qualifier is given twice");
        out->qualifiers[out->qualifiers_n++] = (struct purl_qualifier){key, decoded};
    }
    qsort(out->qualifiers, out->qualifiers_n, sizeof *out->qualifiers, order_qualifiers);
    return NULL;
}

static struct fault *read_type(struct arena *arena, struct str text, struct str *out)
{
    *out = str_lower(arena, text);
    for (size_t i = 0; i < out->bytes; i++) {
        char c = out->at[i];
        bool digit = c >= '0' && c <= '9';
        if ((!(c >= 'a' && c <= 'z') && !digit && c != '.' && c != '-' && c != '+') ||
            (digit && !i))
            return wrong(arena, text, "the type is not well formed");
    }
    return out->bytes ? NULL : wrong(arena, text, "the type is missing");
}

static struct str swapped(struct arena *arena, struct str text, char from, char to)
{
    char *at = str_z(arena, text);
    for (size_t i = 0; i < text.bytes; i++)
        if (at[i] == from)
            at[i] = to;
    return (struct str){at, text.bytes};
}

static struct fault *normalise(struct arena *arena, struct str text, struct purl *purl)
{
    unsigned rules = rules_of(purl->type);
    if (rules & NAMESPACE_LOWER && purl->namespace.bytes)
        purl->namespace = str_lower(arena, purl->namespace);
    if (rules & NAME_LOWER)
        purl->name = str_lower(arena, purl->name);
    if (rules & VERSION_LOWER && purl->version.bytes)
        purl->version = str_lower(arena, purl->version);
    if (rules & NAME_DASHES)
        purl->name = swapped(arena, purl->name, '_', '-');
    if (rules & NAME_UNDERSCORES)
        purl->name = swapped(arena, purl->name, '-', '_');
    if (rules & NEEDS_NAMESPACE && !purl->namespace.bytes)
        return wrong(arena, text, "this type needs a namespace");
    if (rules & NO_NAMESPACE && purl->namespace.bytes)
        return wrong(arena, purl->namespace, "this type has no namespace");
    if (rules & NEEDS_VERSION && !purl->version.bytes)
        return wrong(arena, text, "this type needs a version");
    return NULL;
}

struct fault *purl_read(struct arena *arena, struct str text, struct purl *out)
{
    *out = (struct purl){0};
    if (text.bytes > PURL_BYTES_MAX || !str_is_text(text))
        return wrong(arena, STR_NONE, "longer than any package URL is, or no text");
    if (text.bytes < 4 || !str_eq_nocase((struct str){text.at, 4}, STR("pkg:")))
        return wrong(arena, text, "does not begin with pkg:");
    struct str left = {text.at + 4, text.bytes - 4};
    struct str subpath = cut_last(&left, '#');
    TRY(read_path(arena, subpath, true, &out->subpath));
    struct str qualifiers = cut_last(&left, '?');
    TRY(read_qualifiers(arena, qualifiers, out));
    left = strip(left, '/');
    struct str rest, type = str_cut(left, '/', &rest);
    TRY(read_type(arena, type, &out->type));
    size_t version = find_last(rest, '@');
    if (version < rest.bytes && version && rest.at[version - 1] != '/') {
        TRY(decode(arena, cut_last(&rest, '@'), &out->version));
        if (!out->version.bytes)
            out->version = STR_NONE;
    }
    rest = strip(rest, '/');
    struct str name = cut_last(&rest, '/');
    if (name.at)
        TRY(read_path(arena, rest, false, &out->namespace));
    TRY(decode(arena, name.at ? name : rest, &out->name));
    if (!out->name.bytes)
        return wrong(arena, text, "the name is missing");
    return normalise(arena, text, out);
}

/* Letters, digits, ". - _ ~ :" as they are, and "/" where it parts segments. */
static void encode(struct buf *out, struct str text, bool path)
{
    for (size_t i = 0; i < text.bytes; i++) {
        char c = text.at[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (plain || (c && strchr(".-_~:", c)) || (path && c == '/'))
            buf_add_char(out, c);
        else
            buf_printf(out, "%%%02X", (unsigned)(unsigned char)c);
    }
}

struct str purl_print(struct arena *arena, const struct purl *purl)
{
    struct buf out = buf_new(arena, (size_t)PURL_BYTES_MAX * 4);
    buf_printf(&out, "pkg:%.*s/", STR_F(purl->type));
    if (purl->namespace.bytes) {
        encode(&out, purl->namespace, true);
        buf_add_char(&out, '/');
    }
    encode(&out, purl->name, false);
    if (purl->version.bytes) {
        buf_add_char(&out, '@');
        encode(&out, purl->version, false);
    }
    for (size_t i = 0; i < purl->qualifiers_n; i++) {
        buf_printf(&out, "%c%.*s=", i ? '&' : '?', STR_F(purl->qualifiers[i].name));
        encode(&out, purl->qualifiers[i].value, false);
    }
    if (purl->subpath.bytes) {
        buf_add_char(&out, '#');
        encode(&out, purl->subpath, true);
    }
    return buf_str(&out);
}

bool purl_same_package(const struct purl *a, const struct purl *b)
{
    return str_eq(a->type, b->type) && str_eq(a->namespace, b->namespace) &&
           str_eq(a->name, b->name);
}

struct str purl_package(struct arena *arena, const struct purl *purl)
{
    return str_print(arena, "%.*s/%.*s/%.*s", STR_F(purl->type), STR_F(purl->namespace),
                     STR_F(purl->name));
}
