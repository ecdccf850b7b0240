/* http_exchange.c: one request from its head to its answer.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The library calls exchange_go() when the head is there, for each part of the body, at its end,
 * and again after a resumption. Each connection has one exchange, used again for each of its
 * requests, and arenas go round, so that a request that is answered from a prebuilt page allocates
 * nothing of ours. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "web/http_inside.h"

#include "base/banned.h"

enum { ARENA_MAX = 64 << 20 };

static struct arena *arena_take(struct http *http)
{
    return http->spare_n ? http->spare[--http->spare_n] : arena_new(ARENA_MAX);
}

static void arena_give(struct http *http, struct arena *arena)
{
    if (http->spare_n == SPARE_MAX) {
        arena_free(arena);
        return;
    }
    arena_reset(arena);
    http->spare[http->spare_n++] = arena;
}

void exchange_begin(struct http_exchange *exchange, struct connection *connection,
                    struct MHD_Connection *mhd, const char *target)
{
    struct http *http = connection->http;
    *exchange = (struct http_exchange){.http = http, .connection = connection, .mhd = mhd};
    struct request *request = &exchange->request;
    request->exchange = exchange;
    request->arena = arena_take(http);
    exchange->target = target;
    exchange->target_n = strlen(target);
    exchange->began = http->now;
    const char *mark = memchr(target, '?', exchange->target_n);
    if (mark && request->arena) /* the library is about to take it to pieces */
        request->query = str_copy(request->arena, str_of(mark + 1));
    guard_put(http, connection, GUARD_HEAD, 0);
}

void exchange_end(struct http_exchange *exchange)
{
    body_free(exchange);
    if (exchange->answer)
        MHD_destroy_response(exchange->answer);
    if (exchange->request.arena)
        arena_give(exchange->http, exchange->request.arena);
    exchange->answer = NULL;
    exchange->request.arena = NULL;
    exchange->body.sort = BODY_NONE;
}

static enum http_method method_of(const char *method)
{
    static const char *const names[] = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"};
    for (int i = 0; i < HTTP_OTHER; i++)
        if (strcmp(method, names[i]) == 0)
            return (enum http_method)i;
    return HTTP_OTHER;
}

static void log_line(const struct http_exchange *exchange, int status)
{
    static const char *const names[] = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "OTHER"};
    const struct request *request = &exchange->request;
    struct str path = request->path, rest;
    if (!request->whole_path) /* /follow/SECRET: "/follow" */
        path.bytes = 1 + str_cut(str_skip(path, 1), '/', &rest).bytes;
    fprintf(stderr, "hoshi: %d %s %.*s %lld ms\n", status, names[request->method], STR_F(path),
            (long long)(clock_ticks() - exchange->began));
}

static enum MHD_Result queue(struct http_exchange *exchange, int status,
                             struct MHD_Response *answer, int64_t bytes)
{
    guard_put(exchange->http, exchange->connection, GUARD_ANSWER,
              bytes / exchange->http->settings.bytes_a_ms);
    if (exchange->http->settings.log)
        log_line(exchange, status);
    return MHD_queue_response(exchange->mhd, (unsigned)status, answer);
}

/* Keeps the answer; the request's rest is thrown away first when it is small, because a client that
 * is still sending would lose the answer when the library closes. */
enum MHD_Result exchange_refuse(struct http_exchange *exchange, int status, const char *why)
{
    struct MHD_Response *answer = answer_bare(status, why);
    if (!answer)
        return MHD_NO;
    enum MHD_Result result = queue(exchange, status, answer, 0);
    MHD_destroy_response(answer);
    return result;
}

static enum MHD_Result answer_with(struct http_exchange *exchange, const struct response *response)
{
    if (response->prebuilt)
        return queue(exchange, response->status, response->prebuilt, 0);
    struct MHD_Response *answer = answer_make(response);
    if (!answer)
        return exchange_refuse(exchange, 503, "out of memory, or the file is gone");
    enum MHD_Result result =
        queue(exchange, response->status, answer,
              response->body_path.bytes || response->body_file > 0
                  ? exchange->http->settings.file_bytes_max
                                        : (int64_t)response->body.bytes);
    MHD_destroy_response(answer);
    return result;
}

/* Calls fn; when the request's arena is used up, it lands here instead. */
static void ask(struct http_exchange *exchange, http_answer *fn, struct response *response)
{
    if (setjmp(*arena_guard(exchange->request.arena))) {
        *response = response_outgrown();
        exchange->waiting = false;
        return;
    }
    fn(exchange->http->settings.whom, &exchange->request, response);
}

static enum MHD_Result take_answer(struct http_exchange *exchange)
{
    enum MHD_Result result =
        queue(exchange, exchange->answer_status, exchange->answer, exchange->answer_bytes);
    MHD_destroy_response(exchange->answer);
    exchange->answer = NULL;
    return result;
}

static enum MHD_Result answer_now(struct http_exchange *exchange)
{
    struct response response = {.status = 0};
    ask(exchange, exchange->http->settings.answer, &response);
    if (response.status)
        return answer_with(exchange, &response);
    if (!exchange->waiting)
        BUG("no answer to %.*s, and none promised", STR_F(exchange->request.path));
    if (exchange->answer) /* promised, and already given */
        return take_answer(exchange);
    struct http_exchange *ring = &exchange->http->ring;
    exchange->before = ring->before;
    exchange->after = ring;
    ring->before->after = exchange;
    ring->before = exchange;
    exchange->suspended = true;
    guard_leave(exchange->connection);
    MHD_suspend_connection(exchange->mhd);
    return MHD_YES;
}

void http_suspend(struct http_exchange *exchange)
{
    exchange->waiting = true;
}

void http_resume(struct http_exchange *exchange, const struct response *response)
{
    if (!exchange->waiting || exchange->answer || response->prebuilt || !response->status)
        BUG("resumed without need, twice, or with no answer of its own");
    exchange->answer = answer_make(response);
    exchange->answer_status = response->status;
    exchange->answer_bytes = response->body_path.bytes || response->body_file > 0
                  ? exchange->http->settings.file_bytes_max
                                                       : (int64_t)response->body.bytes;
    if (!exchange->answer) {
        exchange->answer = answer_bare(503, "out of memory, or the file is gone");
        exchange->answer_status = 503;
    }
    if (!exchange->answer)
        BUG("out of memory");
    if (!exchange->suspended)
        return;
    exchange->suspended = false;
    exchange->before->after = exchange->after;
    exchange->after->before = exchange->before;
    exchange->http->resumed = true;
    MHD_resume_connection(exchange->mhd);
}

const struct request *http_request(const struct http_exchange *exchange)
{
    return &exchange->request;
}

int64_t http_turn(const struct http_exchange *exchange)
{
    return exchange->http->turns;
}

/* A refusal before the body: at once, or after the body when it is small and on its way. */
static enum MHD_Result refuse_early(struct http_exchange *exchange, int status,
                                    struct MHD_Response *answer)
{
    bool awaited = exchange->content_length > 0 &&
                   exchange->content_length <= exchange->request.drain_bytes_max &&
                   !request_header(&exchange->request, "Expect").at;
    if (!awaited) {
        enum MHD_Result result = queue(exchange, status, answer, 0);
        MHD_destroy_response(answer);
        return result;
    }
    exchange->body.sort = BODY_DRAIN;
    exchange->answer = answer;
    exchange->answer_status = status;
    guard_put(exchange->http, exchange->connection, GUARD_BODY,
              exchange->content_length / exchange->http->settings.bytes_a_ms);
    return MHD_YES;
}

static enum MHD_Result body_expected(struct http_exchange *exchange)
{
    struct http *http = exchange->http;
    struct response response = {.status = 0};
    if (http->settings.admit)
        ask(exchange, http->settings.admit, &response);
    if (response.status) {
        struct MHD_Response *answer = answer_make(&response);
        return answer ? refuse_early(exchange, response.status, answer) : MHD_NO;
    }
    const char *why = "";
    int status = body_begin(exchange, &why);
    if (status) {
        struct MHD_Response *answer = answer_bare(status, why);
        return answer ? refuse_early(exchange, status, answer) : MHD_NO;
    }
    int64_t bytes = exchange->content_length > 0 ? exchange->content_length
                                                 : (int64_t)exchange->request.body_bytes_max;
    guard_put(http, exchange->connection, GUARD_BODY, bytes / exchange->http->settings.bytes_a_ms);
    return MHD_YES;
}

static enum MHD_Result head_there(struct http_exchange *exchange, const char *url,
                                  const char *method, const char *version)
{
    const char *why = "";
    exchange->head_seen = true;
    exchange->request.method = method_of(method);
    exchange->request.body_bytes_max = exchange->http->settings.body_bytes_max;
    exchange->request.file_bytes_max = exchange->http->settings.file_bytes_max;
    exchange->request.drain_bytes_max = BODY_DRAIN_MAX;
    int status = head_check(exchange, method, version, &why);
    if (!status)
        status = head_target(exchange, url, &why);
    if (status)
        return exchange_refuse(exchange, status, why);
    if (exchange->content_length != 0 || exchange->request.method == HTTP_PUT)
        return body_expected(exchange);
    return MHD_YES; /* the library takes an answer at the first call for a refusal, and closes */
}

/* The library takes no answer in the middle of a body: what follows is thrown away, while it is not
 * much, so that the client can read why. */
static enum MHD_Result refuse_rest(struct http_exchange *exchange)
{
    if (exchange->body.sort == BODY_DRAIN)
        return MHD_NO;
    exchange->answer = answer_bare(413, "the body is too large, or cannot be put down");
    exchange->answer_status = 413;
    body_free(exchange);
    exchange->body = (struct body){.sort = BODY_DRAIN};
    exchange->request.body_bytes = 0;
    return exchange->answer ? MHD_YES : MHD_NO;
}

enum MHD_Result exchange_go(void *whom, struct MHD_Connection *mhd, const char *url,
                            const char *method, const char *version, const char *upload,
                            size_t *upload_n, void **what)
{
    struct http_exchange *exchange = *what;
    (void)whom;
    (void)mhd;
    if (!exchange || !exchange->request.arena)
        return MHD_NO;
    if (!exchange->head_seen)
        return head_there(exchange, url, method, version);
    if (*upload_n) {
        size_t n = *upload_n;
        *upload_n = 0;
        return body_add(exchange, upload, n) ? MHD_YES : refuse_rest(exchange);
    }
    if (exchange->answer)
        return take_answer(exchange);
    if (exchange->body.sort == BODY_NONE)
        return answer_now(exchange);
    const char *why = "";
    int status = body_end(exchange, &why);
    return status ? exchange_refuse(exchange, status, why) : answer_now(exchange);
}
