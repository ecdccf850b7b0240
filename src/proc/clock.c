/* clock.c: the clock's process: takes the steps that are due, from the start on.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It looks when it starts, for what an outage left behind, at every midnight in Tokyo, and often
 * enough in between that a page and a letter follow within a minute. It writes by the desk as the
 * portal does: its heads are signed before it goes on, and the clerk is woken. Between two of its
 * transactions it leaves the writer's place to others. */
#include <stdio.h>
#include <unistd.h>

#include "desk/clock.h"
#include "proc/child.h"
#include "proc/sandbox.h"

#include "base/banned.h"

enum {
    LOOK_MS = 20000,
    DEMO_LOOK_MS = 1000, /* where somebody turns the day and watches */
    YIELD_US = 5000,
    BATCH_BYTES_MAX = 1 << 28
};

/* Until the next look, which is at midnight at the latest. */
static void rest(const struct settings *settings)
{
    int64_t now = clock_now(&settings->clock);
    int64_t midnight = day_begins(day_plus(day_of_instant(now), 1)) - now;
    int64_t ms = settings->demo ? DEMO_LOOK_MS : LOOK_MS;
    usleep((useconds_t)(midnight < ms ? midnight : ms) * 1000);
}

_Noreturn static void work(struct desk *desk, const struct settings *settings)
{
    struct arena *batch = arena_new(BATCH_BYTES_MAX);
    for (;;) {
        struct sweep sweep = {0};
        bool more = true;
        while (more) {
            struct fault *fault = desk_clock_batch(desk, batch, &sweep, &more);
            if (fault) /* of the engine: the next process goes on from here */
                child_fails("clock", fault);
            arena_reset(batch);
            if (more)
                usleep(YIELD_US);
        }
        if (sweep.refused)
            fprintf(stderr, "hoshi: clock: %lld steps were refused; they are on their timelines\n",
                    (long long)sweep.refused);
        rest(settings);
    }
}

_Noreturn void child_clock(struct arena *arena, const struct plumbing *plumbing)
{
    const struct settings *settings = plumbing->settings;
    struct store_settings about = {.data_dir = settings->data_dir,
                                   .database_url = settings->database_url};
    struct store *store;
    sandbox_close_all_but((int[]){plumbing->clock[0], plumbing->clerk[0], plumbing->ready}, 3);
    struct fault *fault = store_open(arena, &about, &store);
    if (fault)
        child_fails("clock", fault);
    /* the connection to an engine stands already */
    sandbox_enter((struct words){0}, settings->data_dir);
    struct writer writer = {.plumbing = plumbing, .signer = plumbing->clock[0]};
    struct desk desk = child_desk(&writer, store);
    child_says_ready(plumbing);
    work(&desk, settings);
}
