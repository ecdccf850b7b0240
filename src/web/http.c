/* http.c: the loop: listeners of the library, descriptors of ours, timers, the guard.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/http.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "web/http_inside.h"

#include "base/banned.h"

enum { CONNECTION_BYTES = 8192, DESCRIPTORS_ELSE = 200 };

/* As many descriptors as we may have; fewer connections than that. */
static void raise_limit(struct http_settings *settings)
{
    struct rlimit files;
    if (settings->connections_max <= 0)
        settings->connections_max = 16000;
    if (getrlimit(RLIMIT_NOFILE, &files))
        return;
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_cur < (rlim_t)settings->connections_max + DESCRIPTORS_ELSE)
        settings->connections_max = files.rlim_cur > 2 * DESCRIPTORS_ELSE
                                        ? (int)files.rlim_cur - DESCRIPTORS_ELSE
                                        : DESCRIPTORS_ELSE;
}

struct fault *http_new(struct arena *arena, const struct http_settings *settings, struct http **out)
{
    struct http *http = NEW(arena, struct http);
    http->settings = *settings;
    if (!http->settings.body_bytes_max)
        http->settings.body_bytes_max = 64 << 10;
    if (!http->settings.file_bytes_max)
        http->settings.file_bytes_max = 16 << 20;
    if (!http->settings.bytes_a_ms)
        http->settings.bytes_a_ms = 64;
    raise_limit(&http->settings);
    guard_init(&http->guard, settings);
    http->ring.before = http->ring.after = &http->ring;
    http->spare = NEW_ARRAY(arena, SPARE_MAX, struct arena *);
    http->now = clock_ticks();
    signal(SIGPIPE, SIG_IGN);
    *out = http;
    return NULL;
}

/* ---- what the library tells of connections */

static void connection_told(void *whom, struct MHD_Connection *mhd, void **context,
                            enum MHD_ConnectionNotificationCode what)
{
    struct http *http = whom;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        struct connection *connection = calloc(1, sizeof *connection);
        *context = connection;
        int fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
        if (!connection) {
            shutdown(fd, SHUT_RDWR);
            return;
        }
        connection->http = http;
        connection->fd = fd;
        guard_put(http, connection, GUARD_HEAD, 0);
    } else if (*context) {
        struct connection *connection = *context;
        guard_leave(connection);
        exchange_end(&connection->exchange);
        free(connection);
        *context = NULL;
    }
}

static void *request_line_there(void *whom, const char *target, struct MHD_Connection *mhd)
{
    (void)whom;
    struct connection *connection =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
    if (!connection)
        return NULL;
    exchange_end(&connection->exchange); /* one that the library itself answered */
    exchange_begin(&connection->exchange, connection, mhd, target);
    return &connection->exchange;
}

static void request_over(void *whom, struct MHD_Connection *mhd, void **what,
                         enum MHD_RequestTerminationCode why)
{
    struct http_exchange *exchange = *what;
    (void)whom;
    (void)mhd;
    (void)why;
    if (!exchange)
        return;
    guard_put(exchange->http, exchange->connection, GUARD_IDLE, 0);
    exchange_end(exchange);
}

/* We decode ourselves, strictly. */
static size_t leave_escaped(void *whom, struct MHD_Connection *mhd, char *text)
{
    (void)whom;
    (void)mhd;
    return strlen(text);
}

struct fault *http_listen(struct http *http, struct arena *arena, int fd)
{
    if (http->daemons_n == LISTENERS_MAX)
        BUG("more than %d listeners", LISTENERS_MAX);
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, exchange_go, http,
        MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)http->settings.connections_max, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)CONNECTION_BYTES, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_NOTIFY_CONNECTION, connection_told, http,
        MHD_OPTION_NOTIFY_COMPLETED, request_over, http, MHD_OPTION_URI_LOG_CALLBACK,
        request_line_there, http, MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, http,
        MHD_OPTION_END);
    if (!daemon)
        return FAULT(arena, "broken-server", "the HTTP library does not start: %s",
                     strerror(errno));
    http->daemons[http->daemons_n++] = daemon;
    return NULL;
}

/* ---- descriptors and timers of others */

void http_watch(struct http *http, int fd, short events, void (*ready)(void *whom, short events),
                void *whom)
{
    size_t i = 0;
    while (i < http->watches_n && http->watches[i].fd != fd)
        i++;
    if (i == http->watches_size) {
        size_t size = http->watches_size ? http->watches_size * 2 : 64;
        http->watches = realloc(http->watches, size * sizeof *http->watches);
        if (!http->watches)
            BUG("out of memory");
        http->watches_size = size;
    }
    http->watches_n += i == http->watches_n;
    http->watches[i] = (struct watch){.fd = fd, .events = events, .ready = ready, .whom = whom};
}

void http_unwatch(struct http *http, int fd)
{
    for (size_t i = 0; i < http->watches_n; i++)
        if (http->watches[i].fd == fd)
            http->watches[i].fd = -1;
}

struct http_timer *http_timer(struct http *http, int ms, void (*due)(void *whom), void *whom)
{
    struct http_timer *timer = calloc(1, sizeof *timer);
    if (!timer)
        BUG("out of memory");
    *timer = (struct http_timer){.at = clock_ticks() + ms, .due = due, .whom = whom};
    struct http_timer **place = &http->timers;
    while (*place && (*place)->at <= timer->at)
        place = &(*place)->next;
    timer->next = *place;
    *place = timer;
    return timer;
}

void http_timer_drop(struct http *http, struct http_timer *timer)
{
    struct http_timer **place = &http->timers;
    while (*place && *place != timer)
        place = &(*place)->next;
    if (!*place)
        return;
    *place = timer->next;
    free(timer);
}

static void run_timers(struct http *http)
{
    while (http->timers && http->timers->at <= http->now) {
        struct http_timer *timer = http->timers;
        http->timers = timer->next;
        timer->due(timer->whom);
        free(timer);
    }
}

/* ---- the loop */

static bool is_pending(struct MHD_Daemon *daemon)
{
    unsigned long long ms;
    return MHD_get_timeout(daemon, &ms) == MHD_YES && ms == 0;
}

static int wait_ms(const struct http *http)
{
    if (http->resumed)
        return 0;
    for (size_t i = 0; i < http->daemons_n; i++)
        if (is_pending(http->daemons[i]))
            return 0;
    int64_t next = guard_next(&http->guard);
    if (http->timers && http->timers->at < next)
        next = http->timers->at;
    int64_t ms = next - http->now;
    return ms <= 0 ? 0 : ms < 60000 ? (int)ms : 60000;
}

/* Fills the list for poll(): the daemons, then the watches that are still wanted. */
static size_t gather(struct http *http)
{
    size_t kept = 0;
    for (size_t i = 0; i < http->watches_n; i++)
        if (http->watches[i].fd >= 0)
            http->watches[kept++] = http->watches[i];
    http->watches_n = kept;
    size_t n = http->daemons_n + kept;
    if (n > http->polls_size) {
        http->polls = realloc(http->polls, 2 * n * sizeof *http->polls);
        if (!http->polls)
            BUG("out of memory");
        http->polls_size = 2 * n;
    }
    for (size_t i = 0; i < http->daemons_n; i++)
        http->polls[i] = (struct pollfd){
            .fd = MHD_get_daemon_info(http->daemons[i], MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd,
            .events = POLLIN};
    for (size_t i = 0; i < kept; i++)
        http->polls[http->daemons_n + i] =
            (struct pollfd){.fd = http->watches[i].fd, .events = http->watches[i].events};
    return n;
}

static void turn(struct http *http)
{
    size_t n = gather(http);
    if (poll(http->polls, n, wait_ms(http)) < 0 && errno != EINTR)
        BUG("poll: %s", strerror(errno));
    http->now = clock_ticks();
    http->turns++;
    for (size_t i = http->daemons_n; i < n; i++) {
        struct watch watch = http->watches[i - http->daemons_n];
        /* one that was dropped or changed by another's call is asked again at the next turn */
        if (http->polls[i].revents && watch.fd == http->polls[i].fd)
            watch.ready(watch.whom, http->polls[i].revents);
    }
    run_timers(http);
    bool resumed = http->resumed;
    http->resumed = false;
    for (size_t i = 0; i < http->daemons_n; i++)
        if (resumed || http->polls[i].revents || is_pending(http->daemons[i]))
            MHD_run(http->daemons[i]);
    guard_sweep(http);
}

void http_stop(struct http *http)
{
    http->stopping = true;
}

/* Whoever waits is told to come again; the library dies when it ends with suspended connections. */
static void end_suspended(struct http *http)
{
    struct response response = {.status = 503,
                                .media_type = STR("application/problem+json"),
                                .body = STR("{\"status\":503,\"code\":\"busy\"}\n")};
    response_header(&response, "Retry-After", STR("1"));
    while (http->ring.after != &http->ring)
        http_resume(http->ring.after, &response);
}

void http_run(struct http *http)
{
    while (!http->stopping)
        turn(http);
    worker_stop(http);
    end_suspended(http);
    for (size_t i = 0; i < http->daemons_n; i++)
        MHD_run(http->daemons[i]);
}

void http_free(struct http *http)
{
    for (size_t i = 0; i < http->daemons_n; i++)
        MHD_stop_daemon(http->daemons[i]);
    http->daemons_n = 0;
    worker_stop(http);
    while (http->timers)
        http_timer_drop(http, http->timers);
    while (http->spare_n)
        arena_free(http->spare[--http->spare_n]);
    free(http->watches);
    free(http->polls);
    http->watches = NULL;
    http->polls = NULL;
}
