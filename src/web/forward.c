/* forward.c: one request to the public process, one answer back.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The other end is our own http.c: its answers have a Content-Length and no transfer coding. */
#include "web/forward.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

#include "base/banned.h"

enum { WAIT_MS = 5000, HEAD_MAX = 16384, ANSWER_MAX = 256 << 20, READ_BYTES = 65536 };

struct forward {
    struct http *http;
    struct sockaddr_storage at;
    socklen_t n;
};

/* Malloced, because it ends before, or after, what the arena of the request is for. */
struct passing {
    struct forward *forward;
    struct http_exchange *exchange;
    struct http_timer *timer;
    struct str question; /* what is left to send */
    int fd;
    char *answer;
    size_t answer_n, answer_size;
    size_t head_n; /* 0 until the whole head is there */
    size_t body_n;
};

struct forward *forward_new(struct arena *arena, struct http *http, const struct sockaddr *at,
                            socklen_t n)
{
    struct forward *forward = NEW(arena, struct forward);
    *forward = (struct forward){.http = http, .n = n};
    memcpy(&forward->at, at, n);
    return forward;
}

/* ---- the answer */

static void passing_end(struct passing *passing, const struct response *response)
{
    struct http *http = passing->forward->http;
    http_unwatch(http, passing->fd);
    close(passing->fd);
    if (passing->timer)
        http_timer_drop(http, passing->timer);
    http_resume(passing->exchange, response);
    free(passing->answer);
    free(passing);
}

static void refuse(struct request const *request, struct response *response)
{
    *response = (struct response){.status = 502};
    response_header(response, "Retry-After", STR("1"));
    if (str_starts(request->path, "/api/")) {
        response->media_type = STR("application/problem+json");
        response->body =
            STR("{\"type\":\"about:blank\",\"status\":502,\"code\":\"no-public-process\","
                "\"title\":\"公開ページの提供が一時的に止まっています\","
                "\"detail\":\"The public pages are not served at the moment\"}\n");
        return;
    }
    response->media_type = STR("text/html; charset=utf-8");
    response->body =
        STR("<!DOCTYPE html><html lang=\"ja\"><meta charset=\"utf-8\"><title>502</title>"
            "<h1>公開ページを表示できません</"
            "h1><p>一時的に提供が止まっています。"
        "少し待ってから、もう一度開いてください。</p>"
            "<div lang=\"en\"><h2>The public pages cannot be shown</h2><p>They are not served at "
            "the moment. "
            "Wait a little, and open this page again.</p></div></html>\n");
}

static void passing_fails(struct passing *passing)
{
    struct response response;
    refuse(http_request(passing->exchange), &response);
    passing_end(passing, &response);
}

static void too_late(void *whom)
{
    struct passing *passing = whom;
    passing->timer = NULL;
    passing_fails(passing);
}

/* Headers of the connection itself, or that the library makes anew. */
static bool is_ours(struct str name)
{
    static const char *const names[] = {"connection", "content-length", "date", "keep-alive",
                                        "transfer-encoding"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq_nocase(name, str_of(names[i])))
            return true;
    return false;
}

static struct str line_next(struct str *rest)
{
    struct str line = str_cut(*rest, '\n', rest);
    return str_ends(line, "\r") ? (struct str){line.at, line.bytes - 1} : line;
}

/* Once the whole head is there: where it ends, and how long the body is. False: not an answer. */
static bool head_read(struct passing *passing)
{
    const char *end = memmem(passing->answer, passing->answer_n, "\r\n\r\n", 4);
    if (!end)
        return passing->answer_n < HEAD_MAX;
    passing->head_n = (size_t)(end - passing->answer) + 4;
    struct str rest = {passing->answer, passing->head_n - 4}, value;
    if (!str_starts(line_next(&rest), "HTTP/1.1 "))
        return false;
    while (rest.bytes) {
        struct str line = line_next(&rest);
        int64_t n;
        if (!str_eq_nocase(str_cut(line, ':', &value), STR("content-length")))
            continue;
        if (!str_int(str_trim(value), &n) || n < 0 || n > ANSWER_MAX)
            return false;
        passing->body_n = (size_t)n;
    }
    return true;
}

static void pass_back(struct passing *passing)
{
    struct response response = {.plain = true};
    struct str rest = {passing->answer, passing->head_n - 4}, value;
    int64_t status;
    struct str first = line_next(&rest);
    if (!str_int(str_cut(str_skip(first, 9), ' ', &value), &status) || status < 200 ||
        status > 599) {
        passing_fails(passing);
        return;
    }
    response.status = (int)status;
    while (rest.bytes) {
        struct str name = str_cut(line_next(&rest), ':', &value);
        if (is_ours(name))
            continue;
        if (response.headers_n == sizeof response.headers / sizeof *response.headers) {
            passing_fails(passing);
            return;
        }
        response.headers[response.headers_n++] = (struct header){name, str_trim(value)};
    }
    response.body = (struct str){passing->answer + passing->head_n, passing->body_n};
    passing_end(passing, &response);
}

static bool make_room(struct passing *passing)
{
    if (passing->answer_size - passing->answer_n >= READ_BYTES)
        return true;
    size_t wanted = passing->head_n + passing->body_n + READ_BYTES;
    size_t size = passing->answer_n + READ_BYTES;
    if (size < wanted)
        size = wanted;
    char *at = realloc(passing->answer, size);
    if (!at)
        return false;
    passing->answer = at;
    passing->answer_size = size;
    return true;
}

static void readable(struct passing *passing)
{
    for (;;) {
        if (!make_room(passing)) {
            passing_fails(passing);
            return;
        }
        ssize_t n = recv(passing->fd, passing->answer + passing->answer_n,
                         passing->answer_size - passing->answer_n, 0);
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (n <= 0) {
            passing_fails(passing);
            return;
        }
        passing->answer_n += (size_t)n;
        if (!passing->head_n && !head_read(passing)) {
            passing_fails(passing);
            return;
        }
        if (passing->head_n && passing->answer_n >= passing->head_n + passing->body_n) {
            pass_back(passing);
            return;
        }
    }
}

/* ---- the question */

static void ready(void *whom, short events)
{
    struct passing *passing = whom;
    while (passing->question.bytes && events & POLLOUT) {
        ssize_t n = send(passing->fd, passing->question.at, passing->question.bytes, MSG_NOSIGNAL);
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (n <= 0) {
            passing_fails(passing);
            return;
        }
        passing->question = str_skip(passing->question, (size_t)n);
        if (!passing->question.bytes)
            http_watch(passing->forward->http, passing->fd, POLLIN, ready, passing);
    }
    if (events & (POLLIN | POLLHUP | POLLERR))
        readable(passing);
}

static void add_path(struct buf *out, struct str path)
{
    for (size_t i = 0; i < path.bytes; i++) {
        unsigned char c = (unsigned char)path.at[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     (c && strchr("-._~/", c));
        if (plain)
            buf_add_char(out, (char)c);
        else
            buf_printf(out, "%%%02X", c);
    }
}

static struct str question_of(const struct request *request)
{
    static const char *const methods[] = {"GET",    "GET",     "POST", "PUT",
                                          "DELETE", "OPTIONS", "OTHER"};
    static const char *const headers[] = {"Accept",
                                          "Accept-Language",
                                          "If-None-Match",
                                          "Origin",
                                          "Access-Control-Request-Method",
                                          "Access-Control-Request-Headers"};
    struct buf out = buf_new(request->arena, 64 << 10);
    /* HEAD is asked as GET: the library sends the length of the body, and leaves the body out */
    buf_printf(&out, "%s ", methods[request->method]);
    add_path(&out, request->path);
    if (request->query.bytes)
        buf_printf(&out, "?%.*s", STR_F(request->query));
    buf_add_z(&out, " HTTP/1.1\r\nHost: hoshi\r\nConnection: close\r\n");
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        struct str value = request_header(request, headers[i]);
        if (value.bytes)
            buf_printf(&out, "%s: %.*s\r\n", headers[i], STR_F(value));
    }
    if (request->method == HTTP_POST || request->method == HTTP_PUT)
        buf_add_z(&out, "Content-Length: 0\r\n");
    buf_add_z(&out, "\r\n");
    return buf_str(&out);
}

void forward_answer(void *whom, struct request *request, struct response *response)
{
    struct forward *forward = whom;
    struct passing *passing = calloc(1, sizeof *passing);
    int fd = socket(forward->at.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (!passing || fd < 0 || connect(fd, (const struct sockaddr *)&forward->at, forward->n)) {
        if (fd >= 0)
            close(fd);
        free(passing);
        refuse(request, response);
        return;
    }
    *passing = (struct passing){.forward = forward,
                                .exchange = request->exchange,
                                .fd = fd,
                                .question = question_of(request)};
    http_suspend(request->exchange);
    passing->timer = http_timer(forward->http, WAIT_MS, too_late, passing);
    http_watch(forward->http, fd, POLLIN | POLLOUT, ready, passing);
}
