/* sealing.h: libsodium's secretstream in blocks of one size: files of sealed cases, uploads.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_SEALING_H
#define HOSHI_SEALING_H

#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

struct sealing;
struct opening;

enum { SEALING_HEAD_BYTES = 24, SEALING_BLOCK_BYTES = 1 << 16,
       SEALING_SEALED_BYTES = SEALING_BLOCK_BYTES + 17, SEALING_KEY_BYTES = 32 };

struct sealing *sealing_new(struct arena *arena);
/* A file begins with its head; another may begin when it has ended. */
void sealing_start(struct sealing *sealing, const uint8_t *key, char head[SEALING_HEAD_BYTES]);
/* How many of the bytes the block under way has taken. */
size_t sealing_take(struct sealing *sealing, const char *at, size_t n);
/* The block, sealed, when it is full; last: as it is, and the file ends there. Good until the next
 * call; empty while it is not full. */
struct str sealing_block(struct sealing *sealing, bool last);

/* NULL when the head is none. */
struct opening *opening_new(struct arena *arena, const uint8_t *key, const char *head);
/* False when the block was not sealed by this key in this place. */
bool opening_block(struct opening *opening, struct str sealed, struct str *plain, bool *last);

#endif
