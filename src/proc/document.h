/* document.h: asking the signer for an OpenPGP signature on a document that is to be published.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Over a socket of SOCK_SEQPACKET. DOCUMENT_KEY asks for the public key; DOCUMENT_SIGN comes with a
 * descriptor, in whose memory the document lies. The answer begins with the request itself, so that
 * one that comes late is never taken for another's; nothing follows when it cannot be signed. */
#ifndef HOSHI_DOCUMENT_H
#define HOSHI_DOCUMENT_H

#include <stdint.h>

#include "base/fault.h"

enum {
    DOCUMENT_KEY = 'k',
    DOCUMENT_SIGN = 's',
    DOCUMENT_BYTES_MAX = 16 << 20,
    DOCUMENT_ANSWER_MAX = 16384
};

struct document_request {
    uint32_t what;
    uint32_t number; /* of this asking */
};

/* A detached signature in armour, by the signer at the other end of fd. */
struct fault *document_sign(int fd, struct arena *arena, struct str document,
                            struct str *signature);
/* The fingerprint, 40 hexadecimal digits, and the public key in armour. */
struct fault *document_key(int fd, struct arena *arena, struct str *fingerprint, struct str *key);

#endif
