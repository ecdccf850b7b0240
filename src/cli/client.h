/* client.h: a small HTTP client, for trying our own server: one connection, kept open.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_CLIENT_H
#define HOSHI_CLIENT_H

#include "base/fault.h"

struct client {
    int port;
    int fd;      /* -1: not connected */
    int64_t n;   /* requests so far: makes idempotency keys */
};

struct reply {
    int status;
    struct str body;
};

/* headers: further lines, each with its CRLF; body may be empty. Connects when needed. */
struct fault *client_ask(struct client *client, struct arena *arena, const char *method,
                         struct str path, struct str headers, struct str body, struct reply *out);
void client_close(struct client *client);

#endif
