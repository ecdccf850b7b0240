/* http_guard.c: cuts connections that take too long, whatever they drip.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The library's own time-out counts from the last byte, so a byte now and then holds a connection
 * for ever. Here a deadline is set when a head, a body, an answer or a pause begins, and no byte
 * moves it. Each kind has one limit, so each ring stays in order by appending. A large body or
 * answer is given more than its kind's limit: it is looked at again after each limit until its own
 * deadline.
 *
 * The library does not tell that a kept connection's next head has begun, only that its first line
 * is there; asking the kernel at each request would cost as much as reading it. So whoever pauses
 * is looked at as often as a head may take: when something has come since, a head has begun, and
 * the shorter limit holds. */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <sys/socket.h>

#include "web/http_inside.h"

#include "base/banned.h"

enum { COARSE_MS = 40 };

static int or_else(int ms, int otherwise)
{
    return ms > 0 ? ms : otherwise;
}

void guard_init(struct guard *guard, const struct http_settings *settings)
{
    for (int kind = 0; kind < GUARD_KINDS; kind++)
        guard->lists[kind].before = guard->lists[kind].after = &guard->lists[kind];
    guard->limit_ms[GUARD_HEAD] = or_else(settings->header_ms, 10000);
    guard->limit_ms[GUARD_BODY] = or_else(settings->body_ms, 10000);
    guard->limit_ms[GUARD_IDLE] = or_else(settings->idle_ms, 60000);
    guard->limit_ms[GUARD_ANSWER] = or_else(settings->answer_ms, 30000);
    for (int kind = 0; kind < GUARD_KINDS; kind++)
        guard->look_ms[kind] = guard->limit_ms[kind];
    if (guard->look_ms[GUARD_IDLE] > guard->limit_ms[GUARD_HEAD])
        guard->look_ms[GUARD_IDLE] = guard->limit_ms[GUARD_HEAD];
}

static void unlink_it(struct guard_link *link)
{
    if (!link->before)
        return;
    link->before->after = link->after;
    link->after->before = link->before;
    link->before = link->after = NULL;
}

static void append(struct guard_link *ring, struct guard_link *link)
{
    link->before = ring->before;
    link->after = ring;
    ring->before->after = link;
    ring->before = link;
}

void guard_put(struct http *http, struct connection *connection, enum guard_kind kind,
               int64_t more_ms)
{
    struct guard_link *link = &connection->link;
    unlink_it(link);
    link->check = http->now + http->guard.look_ms[kind];
    link->deadline = http->now + http->guard.limit_ms[kind] + more_ms;
    append(&http->guard.lists[kind], link);
}

void guard_leave(struct connection *connection)
{
    unlink_it(&connection->link);
}

/* Has a byte come since the pause began? The kernel counts coarsely. Sockets of this machine do not
 * tell: there the pause's own limit holds. */
static bool head_has_begun(const struct http *http, const struct connection *connection)
{
    struct tcp_info info;
    socklen_t n = sizeof info;
    int64_t began = connection->link.deadline - http->guard.limit_ms[GUARD_IDLE];
    return getsockopt(connection->fd, IPPROTO_TCP, TCP_INFO, &info, &n) == 0 &&
           http->now - began > (int64_t)info.tcpi_last_data_recv + COARSE_MS;
}

/* The library sees the end of the stream at its next run, and closes; what was not sent yet is
 * thrown away, or the kernel would go on for whoever reads slowly. */
static void cut(const struct connection *connection)
{
    struct linger none = {.l_onoff = 1, .l_linger = 0};
    setsockopt(connection->fd, SOL_SOCKET, SO_LINGER, &none, sizeof none);
    shutdown(connection->fd, SHUT_RDWR);
}

static void look_at(struct http *http, struct connection *connection, enum guard_kind kind)
{
    struct guard_link *link = &connection->link;
    unlink_it(link);
    if (link->deadline <= http->now) {
        cut(connection);
    } else if (kind == GUARD_IDLE && head_has_begun(http, connection)) {
        guard_put(http, connection, GUARD_HEAD, 0);
    } else {
        link->check = http->now + http->guard.look_ms[kind];
        append(&http->guard.lists[kind], link);
    }
}

void guard_sweep(struct http *http)
{
    for (int kind = 0; kind < GUARD_KINDS; kind++) {
        struct guard_link *ring = &http->guard.lists[kind];
        while (ring->after != ring && ring->after->check <= http->now)
            look_at(http, (struct connection *)ring->after, (enum guard_kind)kind);
    }
}

int64_t guard_next(const struct guard *guard)
{
    int64_t next = INT64_MAX;
    for (int kind = 0; kind < GUARD_KINDS; kind++) {
        const struct guard_link *ring = &guard->lists[kind];
        if (ring->after != ring && ring->after->check < next)
            next = ring->after->check;
    }
    return next;
}
