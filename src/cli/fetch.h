/* fetch.h: one address of a feed, by HTTP: bounded in size and time, and in where it may lead.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_FETCH_H
#define HOSHI_FETCH_H

#include "desk/watch.h"

struct fetching {
    bool private_places; /* also loopback, private and link-local addresses: --watch-private */
};

enum { FETCH_BYTES_MAX = 256 << 20 };

/* GET, http or https; redirects at most five, to http or https alone and from https to https;
 * never to an address that is not public, unless that is allowed. With an ETag or a Last-Modified
 * the server may say that nothing has changed. whom: struct fetching. Faults "feed-unreachable",
 * "feed-not-allowed", "too-large". */
struct fault *fetch_address(void *whom, struct arena *arena, struct str url, struct str etag,
                            struct str modified, struct fetched *out);

#endif
