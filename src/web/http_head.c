/* http_head.c: the head of a request, read more strictly than the library reads it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The library parses in place: it puts a NUL over each CR, LF and colon, and gives us views of its
 * buffer. So the head still lies between the method and its end, and every byte of it must be
 * accounted for by what the library reports: two NULs between a value and the next name are a CR
 * LF; one is a bare LF; other bytes are what it left out (a NUL inside, a folded line, a nameless
 * line). Two proxies that read such a head differently is how requests are smuggled (RFC
 * 9112, 11.2), so it is refused. A library that parsed otherwise would have all requests refused,
 * which tests would tell. */
#include <string.h>

#include "web/http_inside.h"

#include "base/banned.h"

struct reading {
    const char *at; /* the end of the last line, where its CR LF was */
    int hosts, lengths, encodings, headers;
    struct str length, encoding;
    const char *why;
};

static bool is_name_char(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c && strchr("!#$%&'*+-.^_`|~", c));
}

static enum MHD_Result read_header(void *whom, enum MHD_ValueKind kind, const char *name,
                                   size_t name_n, const char *value, size_t value_n)
{
    struct reading *reading = whom;
    (void)kind;
    reading->why = "the lines of the head do not end in CR LF, or hold NUL or folded lines";
    if (name != reading->at + 2 || reading->at[0] || reading->at[1] || name_n == 0)
        return MHD_NO;
    const char *colon = name + name_n;
    if (!value || value <= colon || *colon)
        return MHD_NO;
    for (const char *gap = colon + 1; gap < value; gap++)
        if (*gap != ' ' && *gap != '\t')
            return MHD_NO;
    reading->why = "a header's name has characters that no name may have";
    for (size_t i = 0; i < name_n; i++)
        if (!is_name_char((unsigned char)name[i]))
            return MHD_NO;
    reading->why = "a header's value has control characters";
    for (size_t i = 0; i < value_n; i++)
        if (((unsigned char)value[i] < 0x20 && value[i] != '\t') || value[i] == 0x7f)
            return MHD_NO;
    reading->why = NULL;
    reading->at = value + value_n;
    reading->headers++;
    struct str called = {name, name_n};
    if (name_n == 4 && str_eq_nocase(called, STR("host"))) {
        reading->hosts++;
    } else if (name_n == 14 && str_eq_nocase(called, STR("content-length"))) {
        reading->lengths++;
        reading->length = (struct str){value, value_n};
    } else if (name_n == 17 && str_eq_nocase(called, STR("transfer-encoding"))) {
        reading->encodings++;
        reading->encoding = (struct str){value, value_n};
    }
    return MHD_YES;
}

static const char *framing(const struct reading *reading, bool http_1_1, int64_t *length)
{
    if (reading->hosts > 1)
        return "more than one Host";
    if (http_1_1 && reading->hosts == 0)
        return "no Host";
    if (reading->lengths > 1)
        return "more than one Content-Length";
    if (reading->encodings && reading->lengths)
        return "Transfer-Encoding together with Content-Length";
    if (reading->encodings && (reading->encodings > 1 || !http_1_1 ||
                               !str_eq_nocase(str_trim(reading->encoding), STR("chunked"))))
        return "a Transfer-Encoding other than chunked";
    *length = -1;
    struct str digits = str_trim(reading->length);
    if (reading->lengths &&
        (!str_int(digits, length) || *length < 0 || digits.at[0] == '+' || digits.at[0] == '-'))
        return "Content-Length is not a number";
    return NULL;
}

int head_check(struct http_exchange *exchange, const char *method, const char *version,
               const char **why)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(exchange->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    const char *end = method + info->header_size;
    *why = "the request line is malformed";
    if (exchange->target != method + strlen(method) + 1 ||
        version != exchange->target + exchange->target_n + 1)
        return 400;
    struct reading reading = {.at = version + strlen(version)};
    MHD_get_connection_values_n(exchange->mhd, MHD_HEADER_KIND, read_header, &reading);
    if (!reading.why && reading.at + 4 != end)
        reading.why = "the head does not end in an empty line, or a line of it has no name";
    if (!reading.why)
        reading.why =
            framing(&reading, version[strlen(version) - 1] != '0', &exchange->content_length);
    *why = reading.why;
    if (reading.why)
        return 400;
    if (exchange->content_length < 0 && !reading.encodings)
        exchange->content_length = 0;
    return 0;
}

/* "." and ".." segments: nothing here has them, and what reads them differently is a hole. */
static bool has_dots(struct str path)
{
    while (path.at) {
        struct str segment = str_cut(path, '/', &path);
        if (str_is(segment, ".") || str_is(segment, ".."))
            return true;
    }
    return false;
}

static bool has_controls(struct str path)
{
    for (size_t i = 0; i < path.bytes; i++)
        if ((unsigned char)path.at[i] < 0x20)
            return true;
    return false;
}

int head_target(struct http_exchange *exchange, const char *url, const char **why)
{
    struct request *request = &exchange->request;
    struct str path = str_of(url);
    *why = "the path is not a valid one: percent encoding of UTF-8, no control characters, no dot "
           "segments";
    if (str_starts(path, "http://") || str_starts(path, "https://")) { /* RFC 9112, 3.2.2 */
        path = str_skip(path, path.at[4] == 's' ? 8 : 7);
        const char *slash = memchr(path.at, '/', path.bytes);
        path = slash ? str_skip(path, (size_t)(slash - path.at)) : STR("/");
    }
    if (str_is(path, "*") && request->method == HTTP_OPTIONS) {
        request->path = path;
        return 0;
    }
    if (!str_starts(path, "/"))
        return 400;
    bool plain = true, dots = false;
    for (size_t i = 0; i < path.bytes; i++) {
        unsigned char c = (unsigned char)path.at[i];
        if (c <= 0x20 || c == 0x7f || c == '#')
            return 400;
        plain &= c != '%' && c < 0x80;
        dots |= c == '.';
    }
    if (plain)
        request->path = path;
    else if (!decode(request->arena, path, false, &request->path) || has_controls(request->path))
        return 400;
    if ((dots || !plain) && has_dots(request->path))
        return 400;
    struct str decoded;
    *why = "the query is not valid percent encoding of UTF-8";
    return request->query.bytes && !decode(request->arena, request->query, true, &decoded) ? 400
                                                                                           : 0;
}
