/* apart.h: a second process on the database of a test: one more clock, or whoever is to be killed.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_APART_H
#define HOSHI_APART_H

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "watched.h"

/* Another process, which begins anew by exec: SQLite's locks and its shared memory bear no fork,
 * and a child that lives on with those of an open database may abort in either. Its main() finds
 * "again", the folder, the engine, the instant, and what was added. */
static inline pid_t process_again(struct world *w, const char *first, const char *second)
{
    char *args[] = {"again",
                    str_z(w->arena, w->place->settings.data_dir),
                    str_z(w->arena, w->place->settings.database_url),
                    str_z(w->arena, str_print(w->arena, "%lld", (long long)w->clock.frozen_ms)),
                    (char *)(uintptr_t)first,
                    (char *)(uintptr_t)second,
                    NULL};
    fflush(stdout);
    pid_t pid = fork();
    if (pid)
        return pid;
    execv("/proc/self/exe", args);
    _exit(127);
}

struct again {
    struct arena *arena;
    struct clock clock;
    struct desk desk;
};

static inline void again_open(struct again *again, char **args)
{
    struct store_settings settings = {.data_dir = str_of(args[1]), .database_url = str_of(args[2])};
    again->arena = arena_new(SWEEP_BYTES);
    again->clock = (struct clock){.frozen_ms = strtoll(args[3], NULL, 10)};
    again->desk = (struct desk){.book = &hoshi_rulebook,
                                .clock = &again->clock,
                                .base_url = STR("HTTP://L.EXAMPLE"),
                                .data_dir = settings.data_dir};
    MUST(store_open(again->arena, &settings, &again->desk.store));
}

static inline pid_t sweeping(struct world *w)
{
    return process_again(w, NULL, NULL);
}

/* What such a process does: 0 when it came to the end. */
static inline int swept(char **args)
{
    struct again again;
    struct sweep done;
    struct fault *fault;
    again_open(&again, args);
    do { /* busy is no end: the next sweep goes on */
        fault = desk_clock_sweep(&again.desk, again.arena, &done);
    } while (fault && !strcmp(fault->code, "busy-database"));
    int code = fault ? 1 : 0;
    arena_free(again.arena); /* and the store, which lies in it */
    return code;
}

#endif
