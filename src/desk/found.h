/* found.h: a new registry: its people, its parameters, its criteria, in one act "found".
 * SPDX-License-Identifier: Apache-2.0
 *
 * The people are given as JSON (examples/body.json):
 *   {"from": "2025-01-06",
 *    "body": {"ja": "…", "en": "…", "corporate_number": "…"},
 *    "people": [{"key": "technical-manager", "ja": "…", "en": "…", "mail": "…",
 *                "offices": ["technical-manager", "deputy managing-director"],
 *                "ethics": true, "functions": ["technical-decision 1-2"],
 *                "administrator": false}]}
 * An office is only filled when the one who appoints to it is filled too (2.1.2-2). */
#ifndef HOSHI_FOUND_H
#define HOSHI_FOUND_H

#include "desk/desk.h"

struct founder {
    struct str key; /* how the file calls the person: for sign-in links */
    struct principal who;
};

/* Faults: "already-founded", when the registry holds an entry; "malformed-body". */
struct fault *desk_found(struct desk *desk, struct arena *arena, const json_t *body,
                         struct founder **founders, size_t *n);

/* A way into a session for this account; the token stands in the link, its digest in the store. */
struct fault *desk_make_link(struct desk *desk, struct arena *arena, struct str account, bool once,
                             struct str *token);

#endif
