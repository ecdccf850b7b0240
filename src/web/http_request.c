/* http_request.c: what a request says: headers, cookies, query, form.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "web/http_inside.h"

#include "base/banned.h"

struct str request_header(const struct request *request, const char *name)
{
    const char *value = NULL;
    size_t n = 0;
    if (MHD_lookup_connection_value_n(request->exchange->mhd, MHD_HEADER_KIND, name, strlen(name),
                                      &value, &n) != MHD_YES)
        return STR_NONE;
    return str_trim((struct str){value, n});
}

struct str request_cookie(const struct request *request, const char *name)
{
    struct str rest = request_header(request, "Cookie");
    while (rest.at) {
        struct str value;
        struct str pair = str_trim(str_cut(rest, ';', &rest));
        if (str_is(str_cut(pair, '=', &value), name))
            return value;
    }
    return STR_NONE;
}

static int nibble(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool decode(struct arena *arena, struct str in, bool form, struct str *out)
{
    char *at = arena_alloc(arena, in.bytes + 1);
    size_t n = 0;
    for (size_t i = 0; i < in.bytes; i++) {
        char c = in.at[i];
        if (c == '+' && form) {
            c = ' ';
        } else if (c == '%') {
            int high = in.bytes - i > 2 ? nibble(in.at[i + 1]) : -1;
            int low = high < 0 ? -1 : nibble(in.at[i + 2]);
            if (low < 0)
                return false;
            c = (char)(high << 4 | low);
            i += 2;
        }
        if (c == '\r' && form)
            continue;
        at[n++] = c;
    }
    *out = (struct str){at, n};
    return str_is_text(*out);
}

static bool field_read(struct arena *arena, struct str pair, struct header *out)
{
    struct str value;
    struct str name = str_cut(pair, '=', &value);
    return decode(arena, name, true, &out->name) && decode(arena, value, true, &out->value);
}

bool fields_read(struct arena *arena, struct str text, struct header **fields, size_t *n)
{
    size_t most = 1;
    for (size_t i = 0; i < text.bytes; i++)
        most += text.at[i] == '&';
    *n = 0;
    if (most > FIELDS_MAX)
        return false;
    *fields = NEW_ARRAY(arena, most, struct header);
    while (text.bytes) {
        struct str pair = str_cut(text, '&', &text);
        if (pair.bytes && !field_read(arena, pair, &(*fields)[(*n)++]))
            return false;
    }
    return true;
}

struct str request_query(const struct request *request, const char *name)
{
    struct str rest = request->query;
    while (rest.bytes) {
        struct header field;
        struct str pair = str_cut(rest, '&', &rest);
        if (pair.bytes && field_read(request->arena, pair, &field) && str_is(field.name, name))
            return field.value;
    }
    return STR_NONE;
}

struct str request_form(const struct request *request, const char *name)
{
    for (size_t i = 0; i < request->fields_n; i++)
        if (str_is(request->fields[i].name, name))
            return request->fields[i].value;
    return STR_NONE;
}
