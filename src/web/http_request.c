/* http_request.c: what a request says: headers, cookies, query, form.
 * SPDX-License-Identifier: Apache-2.0 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

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

/* ---- whence it comes */

static struct str network_of(struct arena *arena, const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        const struct sockaddr_in *in = (const struct sockaddr_in *)(const void *)address;
        return hex_print(arena, (struct str){(const char *)&in->sin_addr, 4});
    }
    if (address->sa_family == AF_INET6) {
        const struct sockaddr_in6 *in = (const struct sockaddr_in6 *)(const void *)address;
        if (IN6_IS_ADDR_V4MAPPED(&in->sin6_addr))
            return hex_print(arena, (struct str){(const char *)&in->sin6_addr + 12, 4});
        return hex_print(arena, (struct str){(const char *)&in->sin6_addr, 8});
    }
    return STR("local");
}

static enum MHD_Result keep_last(void *whom, enum MHD_ValueKind kind, const char *name,
                                 const char *value)
{
    struct str *last = whom;
    (void)kind;
    if (value && strcasecmp(name, "X-Forwarded-For") == 0)
        *last = str_of(value);
    return MHD_YES;
}

/* What the proxy next to us says stands last, whether it went on with the client's line or began
 * one of its own. */
static struct str last_forwarded(const struct request *request)
{
    struct str rest = STR_NONE, last = STR_NONE;
    MHD_get_connection_values(request->exchange->mhd, MHD_HEADER_KIND, keep_last, &rest);
    while (rest.bytes)
        last = str_trim(str_cut(rest, ',', &rest));
    return last;
}

/* What a proxy says, as an address, so that its spelling makes no difference. */
static struct str network_named(struct arena *arena, struct str text)
{
    struct sockaddr_in in = {.sin_family = AF_INET};
    struct sockaddr_in6 in6 = {.sin6_family = AF_INET6};
    const char *z = str_z(arena, str_head(text, 64));
    if (inet_pton(AF_INET, z, &in.sin_addr) == 1)
        return network_of(arena, (const struct sockaddr *)&in);
    if (inet_pton(AF_INET6, z, &in6.sin6_addr) == 1)
        return network_of(arena, (const struct sockaddr *)&in6);
    return STR_NONE;
}

struct str request_peer(const struct request *request)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(request->exchange->mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    struct str peer =
        info && info->client_addr ? network_of(request->arena, info->client_addr) : STR("local");
    bool here = str_is(peer, "local") || str_starts(peer, "7f") || str_is(peer, "0000000000000000");
    struct str named = here ? network_named(request->arena, last_forwarded(request)) : STR_NONE;
    return named.bytes ? named : peer;
}
