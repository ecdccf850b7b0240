/* post.h: what is to go out by mail, one mail after another, and how each fares.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The outbox was written with the steps; it is taken up in the order of the journal. A try is on
 * record before it begins. One that was cut off in the middle is made again under the same
 * Message-ID, since nobody knows whether the relay took it. */
#ifndef HOSHI_POST_H
#define HOSHI_POST_H

#include "desk/desk.h"

struct posting {
    struct str outbox, from, to;
    struct str bytes; /* the mail; empty: there is no address that it could go to */
    int64_t begun;    /* instant at which it was taken up */
    int64_t tries;    /* those before this one */
    bool stranger;    /* to who came without an account: no address and no words of it are kept */
};

enum posted { POSTED_SENT, POSTED_LATER, POSTED_REFUSED };

/* The next mail whose time has come, its try on record; *there false when there is none. Nothing
 * is taken up while the body has no address of its own (parameter sender-mail). */
struct fault *post_next(struct desk *desk, struct arena *arena, struct posting *out, bool *there);

/* What became of it: `answer` is what the relay said, or why there was none. What is to be sent
 * later waits twice as long each time, and is given up after five days. */
struct fault *post_end(struct desk *desk, struct arena *arena, const struct posting *posting,
                       enum posted posted, struct str answer);

/* Whether the body has an address to send from. */
struct fault *post_has_sender(struct desk *desk, struct arena *arena, bool *out);

/* What a demonstration tells of its past is not sent. */
struct fault *post_skip_past(struct desk *desk, struct arena *arena);

#endif
