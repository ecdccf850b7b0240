/* arena_test.c: memory that ends together, and where the ceiling leads.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

#include "base/banned.h"

static void test_memory(struct tally *tally)
{
    struct arena *arena = arena_new(1u << 24);
    uint32_t random = 7;
    int wrong = 0;
    for (int i = 0; i < 3000; i++) {
        random = random * 1664525u + 1013904223u;
        size_t bytes = random % 4000;
        unsigned char *at = arena_alloc(arena, bytes);
        wrong += (uintptr_t)at % alignof(max_align_t) != 0;
        for (size_t k = 0; k < bytes; k++)
            wrong += at[k] != 0;
        memset(at, 0xAA, bytes);
    }
    CHECK(tally, wrong == 0, "3000 pieces, zeroed and aligned");
    CHECK(tally, arena_used(arena) > 1000000, "%zu bytes are counted", arena_used(arena));
    arena_reset(arena);
    CHECK(tally, arena_used(arena) == 0, "none after a reset");
    unsigned char *again = arena_alloc(arena, 3000);
    for (int k = 0; k < 3000; k++)
        wrong += again[k] != 0;
    CHECK(tally, wrong == 0, "and zeroed once more");
    arena_free(arena);
    arena_free(NULL);
}

struct order {
    char seen[8];
    size_t n;
};

struct note {
    struct order *order;
    char name;
};

static void write_down(void *what)
{
    struct note *note = what;
    note->order->seen[note->order->n++] = note->name;
}

static void test_cleanups(struct tally *tally)
{
    struct order order = {.n = 0};
    struct note notes[] = {{&order, 'a'}, {&order, 'b'}, {&order, 'c'}};
    struct arena *arena = arena_new(4096);
    arena_at_end(arena, write_down, &notes[0]);
    arena_at_end(arena, write_down, &notes[1]);
    arena_reset(arena);
    CHECK(tally, strcmp(order.seen, "ba") == 0, "clean-ups run in reverse at a reset");
    arena_at_end(arena, write_down, &notes[2]);
    arena_free(arena);
    CHECK(tally, strcmp(order.seen, "bac") == 0, "each once, and the rest at the end");
}

/* True when the allocation went past the ceiling and came back to the guard. */
static bool jumps(size_t bytes_max, size_t n, size_t bytes)
{
    struct arena *volatile arena = arena_new(bytes_max);
    volatile bool jumped = false;
    if (setjmp(*arena_guard(arena)))
        jumped = true;
    else
        arena_array(arena, n, bytes);
    arena_free(arena);
    return jumped;
}

static void test_undo(struct tally *tally)
{
    struct order order = {.n = 0};
    struct note notes[] = {{&order, 'a'}, {&order, 'b'}};
    struct arena *arena = arena_new(4096);
    arena_undo(arena, write_down, &notes[0]);
    arena_undo(arena, NULL, NULL);
    if (!setjmp(*arena_guard(arena)))
        arena_alloc(arena, 8192);
    CHECK(tally, order.n == 0, "what was done is not undone");
    arena_undo(arena, write_down, &notes[1]);
    if (!setjmp(*arena_guard(arena)))
        arena_alloc(arena, 8192);
    CHECK(tally, strcmp(order.seen, "b") == 0, "what is half done is undone before the jump");
    if (!setjmp(*arena_guard(arena)))
        arena_alloc(arena, 8192);
    CHECK(tally, strcmp(order.seen, "b") == 0, "once");
    arena_free(arena);
}

static void test_ceiling(struct tally *tally)
{
    CHECK(tally, !jumps(4096, 4096, 1), "up to the ceiling");
    CHECK(tally, jumps(4096, 4097, 1), "one byte more jumps to the guard");
    CHECK(tally, jumps(1u << 20, SIZE_MAX / 2, 4), "an array whose size wraps around");
    CHECK(tally, jumps(SIZE_MAX, SIZE_MAX, 1), "all there is");
    CHECK(tally, jumps(SIZE_MAX, SIZE_MAX - 8, 1), "nearly all");
    pid_t child = fork();
    if (child == 0) {
        struct arena *arena = arena_new(64);
        fclose(stderr);
        arena_alloc(arena, 65536);
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(tally, WIFSIGNALED(status), "without a guard it aborts");
}

int main(void)
{
    struct tally tally = {0};
    setbuf(stdout, NULL);
    test_memory(&tally);
    test_cleanups(&tally);
    test_ceiling(&tally);
    test_undo(&tally);
    return tally_end(&tally);
}
