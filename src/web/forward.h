/* forward.h: passes a request on to the public process, and its answer back, without waiting in
 * between.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_FORWARD_H
#define HOSHI_FORWARD_H

#include <sys/socket.h>

#include "web/http.h"

struct forward;

/* To an HTTP server at this address: one connection a request. */
struct forward *forward_new(struct arena *arena, struct http *http, const struct sockaddr *at,
                            socklen_t n);

/* An http_answer; whom: struct forward. Method, path, query and the headers that matter go there;
 * status, headers and body come back as they are. 502 when it does not answer within five seconds.
 */
void forward_answer(void *whom, struct request *request, struct response *response);

#endif
