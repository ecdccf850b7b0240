/* arena.h: memory that ends with the request, job or command that it belongs to.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An arena is passed first and by name; a function that does not take one does not allocate.
 * Memory is zeroed. When the ceiling is passed, or the system has none left, arena_alloc() does
 * not return NULL: it jumps to where arena_guard() was armed, or aborts if it was not. */
#ifndef HOSHI_ARENA_H
#define HOSHI_ARENA_H

#include <setjmp.h>
#include <stddef.h>

struct arena;

/* A new arena that holds at most bytes_max in all. NULL when the system has no memory. */
struct arena *arena_new(size_t bytes_max);

/* Runs the clean-ups in reverse order, then frees all memory. NULL is allowed. */
void arena_free(struct arena *arena);

/* Runs the clean-ups and forgets all memory but a block, of 128 KiB at most: for a loop of jobs. */
void arena_reset(struct arena *arena);

/* Zeroed memory, aligned for any type. */
void *arena_alloc(struct arena *arena, size_t bytes) __attribute__((returns_nonnull));

/* An array of n members of the given size; the product is checked. */
void *arena_array(struct arena *arena, size_t n, size_t bytes) __attribute__((returns_nonnull));

/* fn(what) runs when the arena ends: closing files, freeing what libraries gave. */
void arena_at_end(struct arena *arena, void (*fn)(void *what), void *what);

/* Bytes handed out so far. */
size_t arena_used(const struct arena *arena);

/* Where to go when the ceiling is passed: the caller does
 *     if (setjmp(*arena_guard(arena))) { …answer "too large"… }
 * once, before the first allocation that input can drive. */
jmp_buf *arena_guard(struct arena *arena);

/* What must not stay half done: undo(what) runs when the ceiling is passed, before the jump; what
 * it calls may not allocate here. One at a time; NULL when it is done. */
void arena_undo(struct arena *arena, void (*undo)(void *what), void *what);

#define NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define NEW_ARRAY(arena, n, type) ((type *)arena_array((arena), (n), sizeof(type)))

#endif
