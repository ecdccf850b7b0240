/* published.h: the journal of a casework as the clerk reads it: what the register is made of.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_PUBLISHED_H
#define HOSHI_PUBLISHED_H

#include "register/clerk.h"
#include "store/store.h"

/* Of a store opened for reading, or of one that is in no transaction. An entry whose payload names
 * no public table is told without its effects. */
struct entry_source published_source(struct store *store);

#endif
