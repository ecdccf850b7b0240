/* http.h: the library's glue. One loop, one SO_REUSEPORT socket or unix socket a listener, external
 * epoll over libmicrohttpd; limits and the guard against slow clients live here.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_HTTP_H
#define HOSHI_HTTP_H

#include "base/fault.h"
#include "base/hash.h"

struct http;          /* a loop with its listeners */
struct http_exchange; /* one request under way */

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_PUT, HTTP_DELETE, HTTP_OPTIONS, HTTP_OTHER };

struct request {
    struct arena *arena;       /* ends with the request */
    enum http_method method;
    struct str path;           /* as sent, percent-decoded once; no NUL, valid UTF-8, no ".." segment */
    struct str query;          /* raw */
    struct str body;           /* whole body, for routes that do not stream; at most the route's limit */
    struct str body_file;      /* PUT: path of the spooled file, with its digest */
    struct hash body_digest;
    int64_t body_bytes;
    struct http_exchange *exchange;
};

struct str request_header(const struct request *request, const char *name);
struct str request_query(const struct request *request, const char *name); /* decoded; STR_NONE */
struct str request_cookie(const struct request *request, const char *name);
struct str request_form(const struct request *request, const char *name);  /* x-www-form-urlencoded */

struct header {
    struct str name, value;
};

struct response {
    int status;
    struct str media_type;
    struct str body;           /* copied, unless the prebuilt one is used */
    struct header headers[16];
    size_t headers_n;
    struct MHD_Response *prebuilt; /* a cached answer: used as it is */
};
void response_header(struct response *response, const char *name, struct str value);

typedef void http_answer(void *whom, struct request *request, struct response *response);

struct http_settings {
    size_t body_bytes_max, file_bytes_max;
    int header_ms, body_ms, idle_ms, answer_ms; /* deadlines of the guard */
    int connections_max;
    struct str spool_dir;      /* for PUT bodies; "" refuses PUT */
    http_answer *answer;
    void *whom;
};

struct fault *http_new(struct arena *arena, const struct http_settings *settings, struct http **out);
struct fault *http_listen(struct http *http, struct arena *arena, int fd); /* a bound, listening socket */

/* Suspends the exchange: answer() has returned without filling `response` (status 0). Later, from
 * the loop's own thread, http_resume() gives the answer. */
void http_suspend(struct http_exchange *exchange);
void http_resume(struct http_exchange *exchange, const struct response *response);

/* Further descriptors that the loop watches (pipes of workers, sockets of forwards). */
void http_watch(struct http *http, int fd, short events, void (*ready)(void *whom, short events), void *whom);
void http_unwatch(struct http *http, int fd);
void http_run(struct http *http); /* until http_stop() */
void http_stop(struct http *http);

#endif
