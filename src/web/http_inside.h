/* http_inside.h: what the files of the library's glue share; nobody else includes it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_HTTP_INSIDE_H
#define HOSHI_HTTP_INSIDE_H

#include <microhttpd.h>
#include <poll.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "web/http.h"

enum {
    LISTENERS_MAX = 4,
    FIELDS_MAX = 2000,
    FILES_MAX = 40,
    BODY_DRAIN_MAX = 1 << 20,
    MEMORY_HELD_MAX = 256 << 20,
    SPOOL_HELD_MAX = 1 << 30,
    SPARE_MAX = 256
};

/* ---- the guard: a connection is cut when what it is doing takes too long (http_guard.c) */

enum guard_kind { GUARD_HEAD, GUARD_BODY, GUARD_IDLE, GUARD_ANSWER, GUARD_KINDS };

struct guard_link {
    struct guard_link *before, *after; /* NULL when in no list */
    int64_t check, deadline;
};

struct guard {
    struct guard_link lists[GUARD_KINDS]; /* rings, in order of `check` */
    int limit_ms[GUARD_KINDS];
    int look_ms[GUARD_KINDS]; /* between two looks at the same connection */
};

struct connection;
void guard_init(struct guard *guard, const struct http_settings *settings);
/* From now, at most the kind's limit and so many ms more. */
void guard_put(struct http *http, struct connection *connection, enum guard_kind kind,
               int64_t more_ms);
void guard_leave(struct connection *connection);
void guard_sweep(struct http *http);
int64_t guard_next(const struct guard *guard); /* tick of the next check, INT64_MAX when none */

/* ---- a body as it arrives (http_body.c) */

enum body_sort { BODY_NONE, BODY_MEMORY, BODY_FILE, BODY_MULTIPART, BODY_DRAIN };

struct body {
    enum body_sort sort;
    bool in_text;      /* the part under way is a text field, not a file */
    struct buf memory; /* the body, or the text field under way */
    bool in_file;      /* the part under way is a file */
    int spool;         /* where its files lie, once there is one: then `sealing` is there too */
    off_t spool_at;
    struct hasher *hasher;
    struct sealing *sealing;
    const uint8_t *key;
    struct MHD_PostProcessor *parts;
    struct header *fields;
    struct http_file *files;
    size_t fields_n, files_n;
    size_t text_bytes;               /* of all text fields */
    int64_t memory_held, spool_held; /* this body's share of the totals */
    const char *why;                 /* what is wrong with it */
};

/* What the head says; a status other than 0 refuses. */
int body_begin(struct http_exchange *exchange, const char **why);
bool body_add(struct http_exchange *exchange, const char *at, size_t n); /* false: cut it */
int body_end(struct http_exchange *exchange, const char **why);
void body_free(struct http_exchange *exchange);

/* ---- one request */

struct http_exchange {
    struct http *http;
    struct connection *connection;
    struct MHD_Connection *mhd;
    struct request request;
    struct body body;
    const char *target; /* as sent: the start of the request target in the library's buffer */
    size_t target_n;
    int64_t began, content_length; /* -1: chunked, or none */
    bool head_seen, waiting, suspended;
    struct MHD_Response *answer; /* given by http_resume() or by a refusal while draining */
    int answer_status;
    int64_t answer_bytes;
    struct http_exchange *before, *after; /* in the ring of the suspended */
};

struct connection {
    struct guard_link link; /* first: the guard's rings hold connections by it */
    struct http *http;
    int fd;
    struct http_exchange exchange;
};

struct watch {
    int fd;
    short events;
    void (*ready)(void *whom, short events);
    void *whom;
};

struct http_timer {
    struct http_timer *next;
    int64_t at;
    void (*due)(void *whom);
    void *whom;
};

struct worker;

struct http {
    struct http_settings settings;
    struct guard guard;
    struct MHD_Daemon *daemons[LISTENERS_MAX];
    size_t daemons_n;
    struct watch *watches; /* fd -1: dropped while the loop was walking */
    struct pollfd *polls;  /* the daemons, then the watches */
    size_t watches_n, watches_size, polls_size;
    struct http_timer *timers; /* by `at` */
    struct arena **spare;      /* arenas of ended requests, to be used again */
    size_t spare_n;
    struct http_exchange ring;       /* of the suspended */
    struct worker *worker;           /* started by the first http_work() */
    int64_t turns;                   /* of the loop, so far */
    int64_t now;                     /* ticks at the last waking */
    int64_t memory_held, spool_held; /* by bodies under way */
    bool resumed;                    /* the library does not wake itself for a resumption */
    bool stopping;
};

/* Why the head cannot be taken: 0, or a status and a word (http_head.c). */
int head_check(struct http_exchange *exchange, const char *method, const char *version,
               const char **why);
/* Decodes the target's path and checks it and the query. */
int head_target(struct http_exchange *exchange, const char *url, const char **why);

/* Percent-decodes (and "+" as space, in forms) into the arena; false when it is not valid text.
 * CR LF becomes LF. */
bool decode(struct arena *arena, struct str in, bool form, struct str *out);
/* Reads a=b&c=d; false when anything in it is not. */
bool fields_read(struct arena *arena, struct str text, struct header **fields, size_t *n);

struct MHD_Response *answer_make(const struct response *response);
struct MHD_Response *answer_bare(int status, const char *why);
enum MHD_Result exchange_refuse(struct http_exchange *exchange, int status, const char *why);
void exchange_begin(struct http_exchange *exchange, struct connection *connection,
                    struct MHD_Connection *mhd, const char *target);
void exchange_end(struct http_exchange *exchange);
enum MHD_Result exchange_go(void *whom, struct MHD_Connection *mhd, const char *url,
                            const char *method, const char *version, const char *upload,
                            size_t *upload_n, void **exchange);

void worker_stop(struct http *http);

#endif
