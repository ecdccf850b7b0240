/* web.h: what the portal and the API answer with, and the one function that answers.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_WEB_H
#define HOSHI_WEB_H

#include "desk/desk.h"
#include "web/http.h"

struct web {
    struct desk *desk;   /* the one writer */
    struct store *store; /* for reading, and for sessions */
    const struct rulebook *book;
    const struct clock *clock;
    struct http *http;
    bool mails; /* there is a relay: --mail */
    bool demo; /* sign-in links and GET /demo/keys */
    struct str base_url, data_dir;
    http_answer *forward; /* to the public process: /L/, /labels, /art/, /api/v1/labels */
    void *forward_whom;
    /* Gives the answer once journal entry `seq` stands in the public register. */
    void (*await_published)(void *whom, struct http_exchange *exchange, int64_t seq,
                            const struct response *response);
    void *publisher;
    struct misses *misses;     /* numbers asked for that do not exist: likewise */
    struct rate *rate;         /* what strangers may send: made by web_begin(), as the next */
    struct rate *typed;        /* what is looked up while somebody types: likewise */
    struct str form_key;       /* under which the tokens of their forms are made */
    struct portal *portal;     /* the portal's own: made by web_begin() */
    struct together *together; /* calls of this turn of the loop that write: made by web_begin() */
};

/* Once, before the first request; arena: of the process. */
struct fault *web_begin(struct web *web, struct arena *arena);

/* Has the request an API key or a session that is in force? */
bool web_knows(struct web *web, struct request *request);

/* whom: struct web. Before a body is read: nobody without a key or a session in force fills the
 * disk, and of what strangers send there is a limit. */
void web_admit(void *whom, struct request *request, struct response *response);

/* whom: struct web. */
void web_answer(void *whom, struct request *request, struct response *response);

#endif
