/* signer.h: the key that signs the head of the journal; nobody else has it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * DATA/head.key  the Ed25519 secret key, 0600, made with the registry; DATA/head and DATA/head.pub
 * are those of store/head.h. Several processes may sign (a command beside a server): DATA/head only
 * ever moves forward. DATA/openpgp.key signs the documents of the register (openpgp.h). */
#ifndef HOSHI_SIGNER_H
#define HOSHI_SIGNER_H

#include "desk/desk.h"

struct signer;

/* Reads the key; makes one where there is none and no head was ever signed. */
struct fault *signer_open(struct arena *arena, struct str data_dir, const struct clock *clock,
                          struct signer **out);

/* The signed head must lie on the chain, and what follows it must continue it; then the newest
 * entry is signed. Fault "head-not-on-chain": the journal was cut or computed anew. */
struct fault *signer_catch_up(struct signer *signer, struct arena *arena, struct store *store);

/* Has this desk's heads signed here, in this process: for commands. */
struct fault *signer_for_desk(struct arena *arena, struct desk *desk);

/* What goes over the signer's socket (SOCK_SEQPACKET): the head to sign, and its number when it is.
 */
struct sign_request {
    int64_t seq;
    struct hash hash;
};
/* The process: answers whoever asks until a socket closes or the process is ended. */
/* The portal, the clock, the watch; and who asks for documents (document.h). */
enum { SIGNER_ASKERS = 3 };
_Noreturn void signer_serve(struct arena *arena, struct str data_dir, const struct clock *clock,
                            const int fds[SIGNER_ASKERS + 1], int ready_fd);

#endif
