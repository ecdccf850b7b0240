/* clock_many_test.c: two clocks at once, one that is killed, and ten thousand labels on one day.
 * SPDX-License-Identifier: Apache-2.0 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "desk/act.h"
#include "store/put.gen.h"
#include "apart.h"

#include "base/banned.h"

/* ---- two at once, and one that is killed */

/* How often each due instant of a watch was taken: never twice. */
static bool once_each(struct world *w, const struct str *ids, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct row_case_step *steps;
        size_t steps_n;
        MUST(sql_case_steps(w->desk.store, w->arena, ids[i], &steps, &steps_n));
        for (size_t a = 0; a < steps_n; a++)
            for (size_t b = a + 1; b < steps_n; b++)
                if (steps[a].due && steps[a].due == steps[b].due &&
                    str_eq(steps[a].step, steps[b].step))
                    return false;
        if (!in_state(w, ids[i], "lapsed"))
            return false;
    }
    return true;
}

static void test_two_and_killed(struct tally *t, struct world *w)
{
    enum { LABELS = 12 };
    struct str ids[LABELS];
    int status, status_2;
    for (int killed = 0; killed < 2; killed++) {
        world_day(w, "2026-07-01");
        for (int i = 0; i < LABELS; i++)
            ids[i] = watch_of(w, world_case_after(w, "issue"))->id;
        world_day(w, "2029-01-15");
        pid_t one = sweeping(w), two = sweeping(w);
        if (killed) {
            usleep(20000);
            kill(one, SIGKILL);
        }
        waitpid(one, &status, 0);
        waitpid(two, &status_2, 0);
        CHECK(t, (killed || status == 0) && status_2 == 0, "%s",
              killed ? "one sweeper is killed, the other ends" : "two sweepers at once end well");
        sweep(w);
        CHECK(t, once_each(w, ids, LABELS), "and every step is taken exactly once");
    }
}

/* ---- many at once: a wave of labels that all end on one day */

enum { MANY = 10000, MANY_BY_WIRE = 1000 }; /* an engine that is asked over a wire takes longer */

struct wave {
    struct row_casework *pattern;
    int n;
};

static struct fault *put_many(struct desk *desk, struct arena *arena, void *whom)
{
    const struct wave *wave = whom;
    const struct row_casework *pattern = wave->pattern;
    struct row_label *label;
    int64_t seq;
    TRY(sql_label_by_number(desk->store, arena, pattern->label, &label));
    TRY(desk_begin_entry(desk, arena, "many", NULL, STR_NONE, NULL, &seq));
    for (int i = 0; i < wave->n; i++) {
        struct row_label one = *label;
        struct row_casework watch = *pattern;
        one.number = watch.label = str_print(arena, "%.*s-%d", STR_F(label->number), i);
        watch.id = str_print(arena, "%.*s-%d", STR_F(pattern->id), i);
        watch.alarm_step = STR("lapse");
        watch.alarm = day_begins((struct day){1 + day_of_instant(clock_now(desk->clock)).n});
        TRY(put_label(desk->store, &one));
        TRY(put_casework(desk->store, &watch));
    }
    return journal_append(desk->store, arena);
}

static void test_many(struct tally *t, struct world *w)
{
    struct arena *arena = arena_new((size_t)1 << 30);
    world_day(w, "2026-08-03");
    struct row_casework *watch = watch_of(w, world_case_after(w, "issue"));
    world_day(w, "2028-08-03"); /* its last day */
    sweep(w);
    struct wave wave = {world_case(w, watch->id),
                        store_is_postgres(w->desk.store) ? MANY_BY_WIRE : MANY};
    MUST(desk_write(&w->desk, arena, put_many, &wave));
    arena_free(arena);
    CHECK(t, sweep(w).taken == 0, "on the last day none is due");
    w->clock.frozen_ms = day_begins(day_plus(clock_today(&w->clock), 1));
    int64_t begun = clock_ticks();
    struct sweep done = sweep(w);
    printf("# %d steps due at once: %lld ms\n", wave.n + 1, (long long)(clock_ticks() - begun));
    CHECK(t, done.taken == wave.n + 1 && done.refused == 0 && done.put_off == 0,
          "all of %d labels lapse at midnight, each once: %lld", wave.n + 1, (long long)done.taken);
    CHECK(t, sweep(w).taken == 0, "and nothing is left");
}

int main(int argc, char **argv)
{
    if (argc > 1)
        return swept(argv);
    struct tally tally = {0};
    struct world *w = world_new();
    test_two_and_killed(&tally, w);
    test_many(&tally, w);
    CHECK(&tally, world_replay(w) == 0, "every row follows from the journal");
    world_end(w);
    return tally_end(&tally);
}
