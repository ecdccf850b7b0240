/* fetch.c: one address of a feed, by libcurl.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Where a name leads is judged by the address that is connected to, so that no name, and no
 * redirect, opens a way into the house. */
#include "cli/fetch.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "base/buf.h"

#include "base/banned.h"

enum { CONNECT_S = 20, ANSWER_S = 600, SLOW_BYTES = 200, SLOW_S = 60, REDIRECTS_MAX = 5 };

struct conversation {
    const struct fetching *fetching;
    struct arena *arena;
    struct buf body;
    struct str etag, modified;
    bool kept_out; /* an address was refused */
};

/* ---- where it may lead */

static bool is_public_v4(uint32_t host)
{
    static const struct {
        uint32_t net, mask;
    } kept[] = {{0x00000000, 0xff000000}, {0x0a000000, 0xff000000}, {0x64400000, 0xffc00000},
                {0x7f000000, 0xff000000}, {0xa9fe0000, 0xffff0000}, {0xac100000, 0xfff00000},
                {0xc0000000, 0xffffff00}, {0xc0a80000, 0xffff0000}, {0xc6120000, 0xfffe0000},
                {0xe0000000, 0xe0000000}};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if ((host & kept[i].mask) == kept[i].net)
            return false;
    return true;
}

/* RFC 6890: none of the special-purpose ranges; a v4 address in v6 clothes is judged as v4. */
static bool is_public(const struct sockaddr *at)
{
    if (at->sa_family == AF_INET)
        return is_public_v4(ntohl(((const struct sockaddr_in *)at)->sin_addr.s_addr));
    if (at->sa_family != AF_INET6)
        return false;
    const uint8_t *b = ((const struct sockaddr_in6 *)at)->sin6_addr.s6_addr;
    static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
    if (memcmp(b, mapped, 12) == 0)
        return is_public_v4((uint32_t)b[12] << 24 | (uint32_t)b[13] << 16 | (uint32_t)b[14] << 8 |
                            b[15]);
    return (b[0] & 0xe0) == 0x20 && !(b[0] == 0x20 && b[1] == 0x02) && /* global; not 6to4 */
           !(b[0] == 0x20 && b[1] == 0x01 && b[2] < 2);                /* nor 2001::/23 */
}

static curl_socket_t open_socket(void *whom, curlsocktype purpose, struct curl_sockaddr *at)
{
    struct conversation *conversation = whom;
    (void)purpose;
    if (!conversation->fetching->private_places && !is_public(&at->addr)) {
        conversation->kept_out = true;
        return CURL_SOCKET_BAD;
    }
    return socket(at->family, at->socktype | SOCK_CLOEXEC, at->protocol);
}

/* ---- what is said */

static size_t take_body(char *at, size_t size, size_t n, void *whom)
{
    struct conversation *conversation = whom;
    buf_add(&conversation->body, (struct str){at, size * n});
    return conversation->body.full ? 0 : size * n;
}

static bool header_is(struct str line, const char *name, struct str *value)
{
    size_t n = strlen(name);
    if (line.bytes <= n || line.at[n] != ':' ||
        !str_eq_nocase((struct str){line.at, n}, str_of(name)))
        return false;
    *value = str_trim(str_skip(line, n + 1));
    return value->bytes <= 300 && str_is_text(*value);
}

static size_t take_header(char *at, size_t size, size_t n, void *whom)
{
    struct conversation *conversation = whom;
    struct str value, line = {at, size * n};
    if (str_starts(line, "HTTP/")) /* another answer, after a redirect */
        conversation->etag = conversation->modified = STR_NONE;
    if (header_is(line, "ETag", &value))
        conversation->etag = str_copy(conversation->arena, value);
    if (header_is(line, "Last-Modified", &value))
        conversation->modified = str_copy(conversation->arena, value);
    return size * n;
}

static struct curl_slist *asking(struct arena *arena, struct str etag, struct str modified)
{
    struct curl_slist *lines = curl_slist_append(NULL, "Accept: application/json, application/xml");
    if (etag.bytes)
        lines = curl_slist_append(
            lines, str_print(arena, "If-None-Match: %.*s", STR_F(etag)).at);
    if (modified.bytes)
        lines = curl_slist_append(
            lines, str_print(arena, "If-Modified-Since: %.*s", STR_F(modified)).at);
    return lines;
}

static void set_limits(CURL *curl, struct str url)
{
    bool https = str_starts(url, "https://");
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, https ? "https" : "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, (long)REDIRECTS_MAX);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)ANSWER_S);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)SLOW_S);
    curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)FETCH_BYTES_MAX);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "hoshi-watch");
}

static struct fault *answered(struct arena *arena, CURLcode code, long status,
                              const struct conversation *conversation, struct str url)
{
    if (code == CURLE_OK && (status == 200 || status == 304))
        return NULL;
    if (conversation->kept_out || code == CURLE_UNSUPPORTED_PROTOCOL)
        return FAULT(arena, "feed-not-allowed", "%.*s", STR_F(url));
    if (code == CURLE_FILESIZE_EXCEEDED || conversation->body.full)
        return FAULT(arena, "too-large", "%.*s: more than %d bytes", STR_F(url),
                     (int)FETCH_BYTES_MAX);
    if (code == CURLE_OK || code == CURLE_HTTP_RETURNED_ERROR)
        return FAULT(arena, "feed-unreachable", "%.*s: HTTP %ld", STR_F(url), status);
    return FAULT(arena, "feed-unreachable", "%.*s: %s", STR_F(url), curl_easy_strerror(code));
}

struct fault *fetch_address(void *whom, struct arena *arena, struct str url, struct str etag,
                            struct str modified, struct fetched *out)
{
    struct conversation conversation = {.fetching = whom, .arena = arena,
                                        .body = buf_new(arena, FETCH_BYTES_MAX)};
    CURL *curl = curl_easy_init();
    long status = 0;
    if (!curl)
        return FAULT(arena, "no-memory", "%s", "libcurl");
    struct curl_slist *lines = asking(arena, etag, modified);
    set_limits(curl, url);
    curl_easy_setopt(curl, CURLOPT_URL, str_z(arena, url));
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, lines);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &conversation);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &conversation);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &conversation);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(lines);
    curl_easy_cleanup(curl);
    TRY(answered(arena, code, status, &conversation, url));
    *out = (struct fetched){.bytes = buf_str(&conversation.body), .etag = conversation.etag,
                            .modified = conversation.modified, .unchanged = status == 304};
    return NULL;
}
