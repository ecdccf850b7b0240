/* client.c: a small HTTP client, for trying our own server.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/banned.h"

enum { REPLY_BYTES_MAX = 1 << 20, PATIENCE_SECONDS = 20 };

void client_close(struct client *client)
{
    if (client->fd >= 0)
        close(client->fd);
    client->fd = -1;
}

static struct fault *connected(struct client *client, struct arena *arena)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)client->port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct timeval patience = {.tv_sec = PATIENCE_SECONDS};
    if (client->fd >= 0)
        return NULL;
    client->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (client->fd < 0 || connect(client->fd, (struct sockaddr *)&address, sizeof address))
        return FAULT(arena, "no-answer", "port %d: %s", client->port, strerror(errno));
    setsockopt(client->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    return NULL;
}

static struct fault *send_all(struct client *client, struct arena *arena, struct str bytes)
{
    while (bytes.bytes) {
        ssize_t n = send(client->fd, bytes.at, bytes.bytes, MSG_NOSIGNAL);
        if (n <= 0)
            return FAULT(arena, "no-answer", "send: %s", strerror(errno));
        bytes = str_skip(bytes, (size_t)n);
    }
    return NULL;
}

/* Where the head ends, and how long the body is; false while more is to come. */
static bool head_read(struct str seen, size_t *head, size_t *body)
{
    const char *end = seen.bytes ? memmem(seen.at, seen.bytes, "\r\n\r\n", 4) : NULL;
    if (!end)
        return false;
    *head = (size_t)(end - seen.at) + 4;
    *body = 0;
    struct str rest = {.at = seen.at, .bytes = *head};
    while (rest.bytes) {
        struct str value, name = str_cut(str_cut(rest, '\n', &rest), ':', &value);
        int64_t n;
        if (str_eq_nocase(name, STR("content-length")) && str_int(str_trim(value), &n) && n >= 0)
            *body = (size_t)n;
    }
    return true;
}

static struct fault *receive(struct client *client, struct arena *arena, struct reply *out)
{
    char *at = arena_alloc(arena, REPLY_BYTES_MAX);
    struct str seen = {.at = at, .bytes = 0};
    size_t head = 0, body = 0;
    int64_t status;
    while (!head_read(seen, &head, &body) || seen.bytes < head + body) {
        ssize_t n = seen.bytes < REPLY_BYTES_MAX
                        ? recv(client->fd, at + seen.bytes, REPLY_BYTES_MAX - seen.bytes, 0)
                        : 0;
        if (n <= 0)
            return FAULT(arena, "no-answer", "the answer breaks off");
        seen.bytes += (size_t)n;
    }
    if (seen.bytes < 12 || !str_int((struct str){.at = at + 9, .bytes = 3}, &status))
        return FAULT(arena, "no-answer", "no status line");
    *out = (struct reply){.status = (int)status, .body = {.at = at + head, .bytes = body}};
    return NULL;
}

struct fault *client_ask(struct client *client, struct arena *arena, const char *method,
                         struct str path, struct str headers, struct str body, struct reply *out)
{
    TRY(connected(client, arena));
    struct str request = str_print(arena,
                                   "%s %.*s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%.*sContent-Length: "
                                   "%zu\r\n\r\n%.*s", method, STR_F(path), client->port,
                                   STR_F(headers), body.bytes, STR_F(body));
    struct fault *fault = send_all(client, arena, request);
    if (!fault)
        fault = receive(client, arena, out);
    if (fault)
        client_close(client);
    return fault;
}
