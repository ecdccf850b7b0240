/* http_guard.c: cuts connections that take too long, whatever they drip.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The library's own time-out counts from the last byte, so a byte now and then holds a connection
 * for ever. Here a deadline is set when a head, a body, an answer or a pause begins, and no byte
 * moves it. Each kind has one limit, so each ring stays in order by appending. A large body or
 * answer is given more than its kind's limit: it is looked at again after each limit until its own
 * deadline. */
#include <stdint.h>
#include <sys/socket.h>

#include "web/http_inside.h"

#include "base/banned.h"

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
    link->check = http->now + http->guard.limit_ms[kind];
    link->deadline = link->check + more_ms;
    append(&http->guard.lists[kind], link);
}

void guard_leave(struct connection *connection)
{
    unlink_it(&connection->link);
}

void guard_sweep(struct http *http)
{
    for (int kind = 0; kind < GUARD_KINDS; kind++) {
        struct guard_link *ring = &http->guard.lists[kind];
        while (ring->after != ring && ring->after->check <= http->now) {
            struct guard_link *link = ring->after;
            unlink_it(link);
            if (link->deadline > http->now) {
                link->check = http->now + http->guard.limit_ms[kind];
                append(ring, link);
            } else {
                /* the library sees the end of the stream at its next run, and closes; what was not
                 * sent yet is thrown away, or the kernel would go on for whoever reads slowly */
                struct linger none = {.l_onoff = 1, .l_linger = 0};
                setsockopt(((struct connection *)link)->fd, SOL_SOCKET, SO_LINGER, &none,
                           sizeof none);
                shutdown(((struct connection *)link)->fd, SHUT_RDWR);
            }
        }
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
