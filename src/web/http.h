/* http.h: the library's glue: from a listening socket to a request in memory, and back.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One loop, one thread. Each listener is a libmicrohttpd daemon in external epoll mode: our poll()
 * waits on its epoll descriptor, MHD_run() does what is ready. (Its own internal thread stalls when
 * exactly 128 descriptors are ready.) Limits, the strict reading of the head and the guard against
 * slow clients live here; what to answer does not. */
#ifndef HOSHI_HTTP_H
#define HOSHI_HTTP_H

#include "base/fault.h"
#include "base/hash.h"

struct http;          /* a loop with its listeners */
struct http_exchange; /* one request under way */
struct MHD_Response;

enum http_method {
    HTTP_GET,
    HTTP_HEAD,
    HTTP_POST,
    HTTP_PUT,
    HTTP_DELETE,
    HTTP_OPTIONS,
    HTTP_OTHER
};

/* A name and a value: of a field of a form, of a header. */
struct header {
    struct str name, value;
};

/* A file that came in: the body of a PUT, or a part of a multipart form. It lies on the disk of
 * spool_dir without a name, sealed under a key that the memory of its request alone holds: nobody
 * finds it there, while it comes in or after a crash. It is read by spool_read(), and is gone when
 * the request ends. */
struct http_file {
    struct str field;      /* name of the form's field; "" for a PUT */
    struct str name;       /* as the client calls it; "" for a PUT */
    struct str media_type; /* as the client says: never trusted */
    struct hash digest; /* SHA-256 */
    int64_t bytes;
    int fd; /* where it lies, among the others of its request */
    int64_t from, to;
    const uint8_t *key;
};

/* What it holds, block by block from its beginning: *block is empty at the end, and good until the
 * next call. False when it is not what was put down. */
struct spool;
struct spool *spool_read(struct arena *arena, const struct http_file *file);
bool spool_next(struct spool *spool, struct str *block);

struct request {
    struct arena *arena; /* ends with the request; its ceiling answers 413 */
    enum http_method method;
    struct str path;  /* percent-decoded once; no NUL, valid UTF-8, no "." or ".." segment */
    struct str query; /* raw, without "?"; decodes to valid UTF-8 */
    struct str body;  /* whole body, but for PUT and multipart */
    const struct header *fields; /* of a urlencoded or multipart form, decoded; CR LF made LF */
    size_t fields_n;
    const struct http_file *files;
    size_t files_n;
    int64_t body_bytes;    /* of whatever body there was */
    size_t body_bytes_max; /* `admit` may lower it for the route */
    int64_t file_bytes_max; /* of the files of this body: likewise */
    int64_t drain_bytes_max; /* of a refused body that are read and thrown away, so that the answer
                                can be read: `admit` may raise it */
    bool whole_path; /* `admit` says that its path opens nothing: the log may have it whole */
    struct http_exchange *exchange;
};

/* Views that live as long as the request; STR_NONE (at == NULL) when absent. */
struct str request_header(const struct request *request, const char *name);
struct str request_query(const struct request *request, const char *name); /* decoded */
struct str request_cookie(const struct request *request, const char *name);
struct str request_form(const struct request *request,
                        const char *name); /* the first of that name */

struct response {
    int status;
    struct str media_type;
    struct str body;      /* copied */
    struct str body_path; /* instead of body: this file's bytes, streamed … */
    int64_t body_from;    /* … from this one on */
    int body_file;        /* instead of body: an open file, from its beginning; then it is ours */
    struct header headers[16];
    size_t headers_n;
    struct MHD_Response
        *prebuilt; /* instead of all but the status: a cached answer, used as it is */
    bool scripted; /* a page with a script of ours; no other may have one */
    bool plain;    /* leave the security headers out (an image, a JSON answer with CORS) */
};
/* From which network it comes, for limits alone: an IPv4 address, an IPv6 prefix of 64 bits. Of a
 * proxy on this host it is the last address of X-Forwarded-For. Not to be kept. */
struct str request_peer(const struct request *request);
/* name and value must live until the answer is queued (literals, request->arena). */
void response_header(struct response *response, const char *name, struct str value);
/* What is told when a request has used up its arena: 413. */
struct response response_outgrown(void);
/* 303, or another status, to a place of this server. */
void response_redirect(struct response *response, int status, struct str location);

/* Builds what `prebuilt` takes, once, with the headers that `response` names; the body is copied.
 * NULL when memory is short. Give it back with response_free(); answers under way keep it alive. */
struct MHD_Response *response_build(const struct response *response);
void response_free(struct MHD_Response *prebuilt);

/* Fills *response, or calls http_suspend() or http_work() and leaves the status 0. */
typedef void http_answer(void *whom, struct request *request, struct response *response);

struct http_settings {
    size_t body_bytes_max;  /* in memory; 0: 64 KiB */
    int64_t file_bytes_max; /* spooled, each body; 0: 16 MiB */
    int header_ms, body_ms, idle_ms,
        answer_ms;        /* the guard's deadlines; 0: 10 s, 10 s, 60 s, 30 s */
    int bytes_a_ms;       /* large bodies and answers: that much more time; 0: 64, so 64 KB/s */
    int connections_max;  /* 0: 16,000; RLIMIT_NOFILE is raised for it */
    struct str spool_dir; /* for PUT bodies and multipart files; "" refuses both */
    http_answer *answer;
    http_answer *admit; /* may be NULL: after the head, before a body is read; a status refuses */
    void *whom;
    bool log; /* a line on standard error for each answer: no person, no query */
};

struct fault *http_new(struct arena *arena, const struct http_settings *settings,
                       struct http **out);
struct fault *http_listen(struct http *http, struct arena *arena,
                          int fd); /* a bound, listening socket */
void http_run(struct http *http);  /* until http_stop() */
void http_stop(
    struct http *http); /* from the loop's own thread: answers what is under way, then ends */
void http_free(struct http *http);

/* Suspends the exchange: answer() returns without filling `response` (status 0). Later, from the
 * loop's own thread, http_resume() gives the answer (before answer() returns is allowed too). */
void http_suspend(struct http_exchange *exchange);
void http_resume(struct http_exchange *exchange, const struct response *response);
const struct request *http_request(const struct http_exchange *exchange);
/* Which turn of the loop this is: what was looked up in the same turn need not be looked up again.
 */
int64_t http_turn(const struct http_exchange *exchange);

/* Runs work(what) on the one worker thread (Argon2id: 70 ms), then done(what, exchange) on the
 * loop, which calls http_resume(). Suspends the exchange. False when too many wait: answer 503. */
bool http_work(struct http_exchange *exchange, void (*work)(void *what),
               void (*done)(void *what, struct http_exchange *exchange), void *what);

/* Calls due(whom) once, after ms; http_timer_drop() before that forgets it. */
struct http_timer;
struct http_timer *http_timer(struct http *http, int ms, void (*due)(void *whom), void *whom);
void http_timer_drop(struct http *http, struct http_timer *timer);

/* Further descriptors that the loop watches (signals, pipes, sockets of forwards); events as in
 * poll(2). Watching a descriptor again changes it. */
void http_watch(struct http *http, int fd, short events, void (*ready)(void *whom, short events),
                void *whom);
void http_unwatch(struct http *http, int fd);

#endif
