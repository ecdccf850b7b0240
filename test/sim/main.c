/* main.c: make sim SEED=N: a scheme of thousands of labels through ten years.
 * SPDX-License-Identifier: Apache-2.0
 *
 * sim [--seed N] [--years N] [--makers N] [--actions N] [--statements N] [--leaked FIELD]
 * actions: a day; statements: between two crashes, on an average
 * On the engine that HOSHI_DATABASE names, else SQLite. Exit 1 when anything differs, is broken or
 * was lost; the same words make the same years again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim.h"

#include "base/banned.h"

enum { CHUNK_DAYS = 73, DAYS_A_YEAR = 365, TRIES_MAX = 50 };

struct wish {
    int64_t seed, years, makers, actions, statements;
    const char *leaked;
};

static struct sim *sim_new(struct place *place, struct tally_of_years *shared)
{
    struct arena *arena = arena_new((size_t)2 << 30);
    struct sim *sim = NEW(arena, struct sim);
    sim->arena = arena;
    sim->place = place;
    sim->shared = shared;
    sim->clock.frozen_ms = shared->now_ms;
    sim->open = NEW_ARRAY(arena, OPEN_CASES_MAX, struct str);
    sim->labels = NEW_ARRAY(arena, LABELS_MAX, struct str);
    sim->desk = (struct desk){.store = place_open(place, arena, false), .book = &hoshi_rulebook,
                              .clock = &sim->clock, .base_url = STR("HTTP://L.EXAMPLE"),
                              .data_dir = place->settings.data_dir};
    return sim;
}

enum part { FOUND, LIVE, CHECK };

static void child_live(struct place *place, struct tally_of_years *shared, const struct wish *wish,
                       enum part part)
{
    struct sim *sim = sim_new(place, shared);
    crash_arm(part == LIVE && shared->crashing ? shared : NULL, wish->statements);
    if (part == FOUND)
        people_found(sim, (int)wish->makers);
    else if (part == LIVE)
        chunk_live(sim, (int)wish->actions);
    else
        year_check(sim);
    crash_arm(NULL, 1);
    shared->over = true;
    if (part == CHECK)
        printf("%lld published bytes looked at\n", (long long)shared->published_bytes);
    fflush(stdout);
    arena_free(sim->arena);
    _exit(0);
}

/* In a process of its own; 0, or how it ended otherwise. A crash is not its end: the next goes on.
 */
static int in_child(struct place *place, struct tally_of_years *shared, const struct wish *wish,
                    enum part part)
{
    int64_t last_ms = shared->now_ms;
    shared->over = false;
    for (int tries = 0; tries < TRIES_MAX && !shared->over; tries++) {
        int64_t crashes = shared->crashes;
        if (shared->now_ms != last_ms) /* it comes on, however often it dies */
            tries = 0;
        last_ms = shared->now_ms;
        int status;
        fflush(stdout);
        pid_t child = fork();
        if (child == 0)
            child_live(place, shared, wish, part);
        if (child < 0 || waitpid(child, &status, 0) != child)
            return 99;
        if (!shared->over && shared->crashes == crashes) {
            printf("# ended with %d, and not by a crash of ours\n", status);
            return 1;
        }
    }
    return shared->over ? 0 : 1;
}

static bool wish_read(int n, char **words, struct wish *wish)
{
    for (int i = 1; i + 1 < n; i += 2) {
        if (!strcmp(words[i], "--leaked")) {
            wish->leaked = words[i + 1];
            continue;
        }
        int64_t *at = !strcmp(words[i], "--seed")         ? &wish->seed
                      : !strcmp(words[i], "--years")      ? &wish->years
                      : !strcmp(words[i], "--makers")     ? &wish->makers
                      : !strcmp(words[i], "--actions")    ? &wish->actions
                      : !strcmp(words[i], "--statements") ? &wish->statements
                                                          : NULL;
        if (!at || !str_int(str_of(words[i + 1]), at) || *at < 1)
            return false;
    }
    return n % 2 == 1;
}

static int chunk_in_children(struct place *place, struct tally_of_years *shared,
                             const struct wish *wish)
{
    struct day today = day_of_instant(shared->now_ms);
    shared->end_ms = day_begins(day_plus(today, CHUNK_DAYS));
    return in_child(place, shared, wish, LIVE);
}

static void year_say(int64_t year, const struct tally_of_years *t)
{
    printf("year %lld: %lld labels (%lld certified), %lld cases, %lld steps, %lld by the clock, ",
           (long long)year, (long long)t->labels, (long long)t->certified, (long long)t->cases,
           (long long)t->steps, (long long)t->clock_steps);
    printf("%lld refused, %lld malformed, %lld crashes, %lld differences, %lld broken, %lld lost\n",
           (long long)t->refused, (long long)t->malformed, (long long)t->crashes,
           (long long)t->differences, (long long)t->broken, (long long)t->lost);
}

static int years_go_by(struct place *place, struct tally_of_years *shared, const struct wish *wish)
{
    int ended = in_child(place, shared, wish, FOUND);
    for (int64_t year = 1; year <= wish->years && !ended; year++) {
        for (int day = 0; day < DAYS_A_YEAR && !ended; day += CHUNK_DAYS)
            ended = chunk_in_children(place, shared, wish);
        if (!ended)
            ended = in_child(place, shared, wish, CHECK);
        year_say(year, shared);
    }
    return ended;
}

int main(int n, char **words)
{
    struct wish wish = {.seed = 1, .years = 10, .makers = 60, .actions = 30, .statements = 40000,
                        .leaked = ""};
    if (!wish_read(n, words, &wish)) {
        fprintf(stderr, "sim [--seed N] [--years N] [--makers N] [--actions N] [--statements N] "
                        "[--leaked FIELD]\n");
        return 2;
    }
    struct tally_of_years *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
                                         MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        return 99;
    *shared = (struct tally_of_years){.random = (uint64_t)wish.seed,
                                      .crash_random = ~(uint64_t)wish.seed,
                                      .now_ms = day_begins(day_of(2026, 1, 5)), .crashing = true};
    snprintf(shared->leaked, sizeof shared->leaked, "%s", wish.leaked);
    struct place *place = place_new();
    int ended = years_go_by(place, shared, &wish);
    bool good = !ended && !shared->differences && !shared->broken && !shared->lost;
    printf("seed %lld: %lld years, %lld labels, %lld cases, %lld steps, %lld crashes, "
           "%lld differences\n",
           (long long)wish.seed, (long long)wish.years, (long long)shared->labels,
           (long long)shared->cases,
           (long long)(shared->steps + shared->clock_steps), (long long)shared->crashes,
           (long long)(shared->differences + shared->broken + shared->lost + (ended != 0)));
    place_end(place);
    return good ? 0 : 1;
}
