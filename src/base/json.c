/* json.c: reading and writing JSON.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

#include "base/banned.h"

static void release(void *what)
{
    json_decref(*(json_t **)what);
}

/* Where a value will stand that the arena releases. It is made before the value: an arena that is
 * full leaves by a jump, and nothing may be held at that moment that nobody knows of. */
static json_t **place_for_value(struct arena *arena)
{
    json_t **place = NEW(arena, json_t *);
    arena_at_end(arena, release, place);
    return place;
}

/* Fractions, which jansson accepts, and depth. */
static bool is_plain(const json_t *value, bool fractions, int levels)
{
    if ((json_is_real(value) && !fractions) || levels < 1)
        return false;
    for (size_t i = 0; i < json_array_size(value); i++)
        if (!is_plain(json_array_get(value, i), fractions, levels - 1))
            return false;
    const char *name;
    json_t *part;
    json_object_foreach((json_t *)value, name, part)
    {
        if (!is_plain(part, fractions, levels - 1))
            return false;
    }
    return true;
}

static struct fault *read_any(struct arena *arena, struct str text, bool fractions, int levels,
                              json_t **out)
{
    json_error_t error;
    json_t **place = place_for_value(arena);
    json_t *value = json_loadb(text.at ? text.at : "", text.bytes,
                               JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    *place = value;
    if (!value)
        return FAULT(arena, "malformed-json", "line %d, column %d: %s", error.line, error.column,
                     error.text);
    if (!is_plain(value, fractions, levels))
        return FAULT(arena, "malformed-json", "%snested too deep",
                     fractions ? "" : "a fraction, or ");
    *out = value;
    return NULL;
}

struct fault *json_read(struct arena *arena, struct str text, json_t **out)
{
    return read_any(arena, text, false, JSON_DEPTH_MAX, out);
}

struct fault *json_read_foreign(struct arena *arena, struct str text, int depth_max, json_t **out)
{
    return read_any(arena, text, true, depth_max, out);
}

static json_t *string_of(struct str value)
{
    return json_stringn(value.at ? value.at : "", value.bytes);
}

static json_t *kept(json_t **place, json_t *value)
{
    if (!value)
        BUG("no memory for JSON, or not UTF-8");
    return *place = value;
}

json_t *json_new(struct arena *arena)
{
    json_t **place = place_for_value(arena);
    return kept(place, json_object());
}

json_t *json_new_list(struct arena *arena)
{
    json_t **place = place_for_value(arena);
    return kept(place, json_array());
}

json_t *json_new_str(struct arena *arena, struct str text)
{
    json_t **place = place_for_value(arena);
    return kept(place, string_of(text));
}

json_t *json_new_int(struct arena *arena, int64_t n)
{
    json_t **place = place_for_value(arena);
    return kept(place, json_integer(n));
}

static void put_new(json_t *object, const char *name, json_t *value)
{
    if (json_object_set_new(object, name, value))
        BUG("JSON member '%s' cannot be set", name);
}

void json_put(json_t *object, const char *name, struct str value)
{
    put_new(object, name, string_of(value));
}

void json_put_int(json_t *object, const char *name, int64_t value)
{
    put_new(object, name, json_integer(value));
}

void json_put_bool(json_t *object, const char *name, bool value)
{
    put_new(object, name, json_boolean(value));
}

void json_put_json(json_t *object, const char *name, json_t *value)
{
    if (json_object_set(object, name, value))
        BUG("JSON member '%s' cannot be set", name);
}

void json_add(json_t *list, json_t *value)
{
    if (json_array_append(list, value))
        BUG("JSON value cannot be added");
}

void json_add_str(json_t *list, struct str value)
{
    if (json_array_append_new(list, string_of(value)))
        BUG("JSON value cannot be added");
}

struct str json_text(const json_t *value)
{
    if (!json_is_string(value))
        return STR_NONE;
    return (struct str){.at = json_string_value(value), .bytes = json_string_length(value)};
}

struct str json_get(const json_t *object, const char *name)
{
    return json_text(json_object_get(object, name));
}

int64_t json_get_int(const json_t *object, const char *name, int64_t otherwise)
{
    const json_t *value = json_object_get(object, name);
    return json_is_integer(value) ? json_integer_value(value) : otherwise;
}

static bool stands_for_itself(char c)
{
    return (unsigned char)c >= 0x20 && c != '"' && c != '\\';
}

static void write_escaped(struct buf *out, char c)
{
    static const char hex[] = "0123456789abcdef";
    static const char marked[] = "\"\\\b\f\n\r\t", marks[] = "\"\\bfnrt";
    const char *at = memchr(marked, c, sizeof marked - 1);
    char text[] = {'\\', 'u', '0', '0', hex[(c >> 4) & 15], hex[c & 15]};
    if (at)
        text[1] = marks[at - marked];
    buf_add(out, (struct str){text, at ? 2 : sizeof text});
}

void json_add_string(struct buf *out, struct str text)
{
    buf_add_char(out, '"');
    for (size_t i = 0, end; i < text.bytes; i = end) {
        for (end = i; end < text.bytes && stands_for_itself(text.at[end]); end++)
            ;
        buf_add(out, (struct str){text.at + i, end - i});
        if (end < text.bytes)
            write_escaped(out, text.at[end++]);
    }
    buf_add_char(out, '"');
}

/* UTF-16 order differs from UTF-8 order only between surrogate pairs (lead byte F0 to F4) and the
 * code points U+E000 to U+FFFF (lead byte EE, EF): move the pairs below those. */
static int utf16_weight(unsigned char lead)
{
    return lead >= 0xF0 ? 0xED * 8 + (lead - 0xEF) : lead * 8;
}

struct member {
    const char *name;
    const json_t *value;
};

static int order_members(const void *a, const void *b)
{
    const unsigned char *p = (const unsigned char *)((const struct member *)a)->name;
    const unsigned char *q = (const unsigned char *)((const struct member *)b)->name;
    while (*p && *p == *q) {
        p++;
        q++;
    }
    return utf16_weight(*p) - utf16_weight(*q);
}

static bool in_order(const struct member *members, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (order_members(&members[i - 1], &members[i]) > 0)
            return false;
    return true;
}

static void write_object(struct arena *arena, struct buf *out, const json_t *value)
{
    size_t n = 0;
    struct member *members = NEW_ARRAY(arena, json_object_size(value), struct member);
    const char *name;
    json_t *part;
    json_object_foreach((json_t *)value, name, part)
    {
        members[n++] = (struct member){name, part};
    }
    if (!in_order(members, n)) /* as what was read from a canonical text is */
        qsort(members, n, sizeof *members, order_members);
    buf_add_char(out, '{');
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_add_char(out, ',');
        json_add_string(out, str_of(members[i].name));
        buf_add_char(out, ':');
        json_add_value(arena, out, members[i].value);
    }
    buf_add_char(out, '}');
}

void json_add_value(struct arena *arena, struct buf *out, const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_STRING:
        json_add_string(out, json_text(value));
        return;
    case JSON_INTEGER:
        buf_add_int(out, json_integer_value(value));
        return;
    case JSON_TRUE:
        buf_add_z(out, "true");
        return;
    case JSON_FALSE:
        buf_add_z(out, "false");
        return;
    case JSON_ARRAY:
        buf_add_char(out, '[');
        for (size_t i = 0; i < json_array_size(value); i++) {
            if (i)
                buf_add_char(out, ',');
            json_add_value(arena, out, json_array_get(value, i));
        }
        buf_add_char(out, ']');
        return;
    case JSON_OBJECT:
        write_object(arena, out, value);
        return;
    case JSON_REAL:
        BUG("a fraction has no canonical form here");
    case JSON_NULL:
    default:
        buf_add_z(out, "null");
        return;
    }
}

struct str json_canonical(struct arena *arena, const json_t *value)
{
    struct buf out = buf_new(arena, (size_t)256 << 20);
    json_add_value(arena, &out, value);
    return buf_str(&out);
}
