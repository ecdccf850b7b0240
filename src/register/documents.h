/* documents.h: the CSAF documents of the register, made from its security notices, and signed.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_DOCUMENTS_H
#define HOSHI_DOCUMENTS_H

#include "register/clerk.h"
#include "register/lite.h"

/* Of each notice whose last revision has no document yet, or one that nobody has signed; of all
 * when the address differs from that in the register's meta row "base". Writes the meta rows
 * "base", "openpgp-key" and "openpgp-fingerprint". */
struct fault *documents_make(struct arena *arena, sqlite3 *db, const struct clerk *clerk);

/* Is something left to be made in the register at this path, though no entry of the journal asks
 * for it: another address, a document that nobody has signed while somebody could? */
struct fault *documents_wanting(struct arena *arena, const char *placed, const struct clerk *clerk,
                                bool *wanting);

#endif
