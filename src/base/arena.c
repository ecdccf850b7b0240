/* arena.c: blocks in a list, doubled in size up to 1 MiB; clean-ups in a list of their own.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum { BLOCK_BYTES_FIRST = 4096, BLOCK_BYTES_KEPT = 1 << 17, BLOCK_BYTES_MAX = 1 << 20 };

struct block {
    struct block *before;
    size_t size, used;
    alignas(max_align_t) unsigned char bytes[];
};

struct cleanup {
    struct cleanup *before;
    void (*fn)(void *what);
    void *what;
};

struct arena {
    struct block *block;
    struct cleanup *cleanups;
    size_t used, bytes_max;
    bool guarded;
    jmp_buf guard;
    void (*undo)(void *what);
    void *undone;
};

static struct block *block_new(struct block *before, size_t size)
{
    struct block *block = calloc(1, sizeof *block + size);
    if (block) {
        block->before = before;
        block->size = size;
    }
    return block;
}

struct arena *arena_new(size_t bytes_max)
{
    struct arena *arena = calloc(1, sizeof *arena);
    if (!arena)
        return NULL;
    arena->bytes_max = bytes_max;
    arena->block = block_new(NULL, BLOCK_BYTES_FIRST);
    if (!arena->block) {
        free(arena);
        return NULL;
    }
    return arena;
}

static void run_cleanups(struct arena *arena)
{
    while (arena->cleanups) {
        struct cleanup *cleanup = arena->cleanups;
        arena->cleanups = cleanup->before;
        cleanup->fn(cleanup->what);
    }
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    run_cleanups(arena);
    while (arena->block) {
        struct block *block = arena->block;
        arena->block = block->before;
        free(block);
    }
    free(arena);
}

void arena_reset(struct arena *arena)
{
    struct block *kept = NULL, *before;
    run_cleanups(arena);
    for (struct block *block = arena->block; block; block = before) {
        before = block->before;
        if (!kept && block->size <= BLOCK_BYTES_KEPT) /* the last, so the largest, of such size */
            kept = block;
        else
            free(block);
    }
    memset(kept->bytes, 0, kept->used);
    kept->used = 0;
    kept->before = NULL;
    arena->block = kept;
    arena->used = 0;
    arena->guarded = false;
    arena->undo = NULL;
}

static _Noreturn void overflow(struct arena *arena)
{
    void (*undo)(void *what) = arena->undo;
    arena->undo = NULL;
    if (!arena->guarded)
        abort();
    if (undo)
        undo(arena->undone);
    longjmp(arena->guard, 1);
}

void *arena_alloc(struct arena *arena, size_t bytes)
{
    const size_t align = alignof(max_align_t);
    if (bytes > SIZE_MAX - align)
        overflow(arena);
    bytes = bytes ? (bytes + align - 1) / align * align : align;
    if (bytes > arena->bytes_max - arena->used)
        overflow(arena);
    struct block *block = arena->block;
    if (bytes > block->size - block->used) {
        size_t size = block->size < BLOCK_BYTES_MAX ? block->size * 2 : BLOCK_BYTES_MAX;
        block = block_new(arena->block, bytes > size ? bytes : size);
        if (!block)
            overflow(arena);
        arena->block = block;
    }
    void *at = block->bytes + block->used;
    block->used += bytes;
    arena->used += bytes;
    return at;
}

void *arena_array(struct arena *arena, size_t n, size_t bytes)
{
    if (bytes && n > SIZE_MAX / bytes)
        overflow(arena);
    return arena_alloc(arena, n * bytes);
}

void arena_at_end(struct arena *arena, void (*fn)(void *what), void *what)
{
    struct cleanup *cleanup = NEW(arena, struct cleanup);
    *cleanup = (struct cleanup){.before = arena->cleanups, .fn = fn, .what = what};
    arena->cleanups = cleanup;
}

size_t arena_used(const struct arena *arena)
{
    return arena->used;
}

jmp_buf *arena_guard(struct arena *arena)
{
    arena->guarded = true;
    return &arena->guard;
}

void arena_undo(struct arena *arena, void (*undo)(void *what), void *what)
{
    arena->undo = undo;
    arena->undone = what;
}
