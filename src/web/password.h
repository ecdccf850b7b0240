/* password.h: a password that was typed twice: checked, hashed beside the loop.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_PASSWORD_H
#define HOSHI_PASSWORD_H

#include <sodium.h>

#include "web/visit.h"

enum { PASSWORD_BYTES_MAX = 512 };

/* A password that waits to be hashed, and what it is for. */
struct hashing {
    struct visit *visit;
    const char *password;
    size_t bytes;
    const char *present; /* the password so far must be this one; NULL when none is asked for */
    const char *present_hash;
    char hash[crypto_pwhash_STRBYTES];
    bool right, made;
    struct fault *(*then)(struct hashing *hashing); /* answers the request */
};

/* The form's fields `password` and `again`; a fault that concerns the one or the other. */
struct fault *password_check(struct visit *visit);

/* Hashes the form's `password` beside the loop; then `then` answers, with `right` and `made` set.
 */
struct fault *password_hash(struct hashing *hashing);

#endif
