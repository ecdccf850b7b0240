/* head.h: the signed head outside the database, which tells when the chain was computed anew.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   DATA/head      one line of canonical JSON {at,hash,seq,signature}; hash and signature in hex
 *   DATA/head.pub  the public key, 64 hex digits
 * The signature is Ed25519 (RFC 8032) over the canonical JSON {at,hash,seq}. */
#ifndef HOSHI_HEAD_H
#define HOSHI_HEAD_H

#include "store/journal_read.h"

enum { HEAD_SIGNATURE_BYTES = 64, HEAD_KEY_BYTES = 32 };

struct signed_head {
    struct head head;
    int64_t at; /* instant, ms */
};

/* Signs what it is given; in proc/signer.c alone, with a key that nobody else has. */
struct head_signer {
    struct fault *(*sign)(void *whom, struct arena *arena, struct str text,
                          uint8_t signature[HEAD_SIGNATURE_BYTES]);
    void *whom;
};

/* durable: the disk is told before it returns. Without that, a power cut may bring back an older
 * head (never a torn one on a journalling file system), whose entries are then counted as not yet
 * signed. */
struct fault *head_write(struct arena *arena, struct str data_dir, const struct signed_head *head,
                         const struct head_signer *signer, bool durable);
struct fault *head_write_key(struct arena *arena, struct str data_dir,
                             const uint8_t key[HEAD_KEY_BYTES]);

/* *there false when there is no head yet. Fault "broken-head": unreadable, no key, or not signed by
 * it. */
struct fault *head_read(struct arena *arena, struct str data_dir, struct signed_head *out,
                        bool *there);

#endif
