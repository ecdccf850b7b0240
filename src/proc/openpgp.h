/* openpgp.h: the OpenPGP key that signs security documents: signatures for whoever has the signer's
 * socket. Only proc/signer.c knows this header.
 * SPDX-License-Identifier: Apache-2.0
 *
 * DATA/openpgp.key  the secret key (Ed25519), 0600, made at the first start. Another key than that
 * of the journal's head: what it signs is published, and readers verify it with gpg
 * (CSAF 2.0, 7.1.19). */
#ifndef HOSHI_OPENPGP_H
#define HOSHI_OPENPGP_H

#include "base/fault.h"

struct openpgp;

/* Reads the key; makes one where there is none. */
struct fault *openpgp_open(struct arena *arena, struct str data_dir, struct openpgp **out);

/* One request that has come in over the socket (document.h), answered; false when the other side
 * has closed it. What it asks in vain is said on standard error. */
bool openpgp_answer(struct openpgp *openpgp, struct arena *arena, int fd);

#endif
