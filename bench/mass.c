/* mass.c: what a mass action costs on all labels of a registry: drawn up, rehearsed, run with each
 * item on the journal, and carried into the register.
 * SPDX-License-Identifier: Apache-2.0
 *
 *     mass DATA      of a registry that holds a demonstration's people
 *
 * Prints a line for each part: what, labels, milliseconds, those of the processor, entries. */
#include <stdio.h>
#include <time.h>

#include "base/json.h"
#include "desk/clock.h"
#include "desk/published.h"
#include "desk/standing.h"
#include "register/clerk.h"
#include "rule/rulebook.h"
#include "store/journal_read.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { HOUR_MS = 3600000 };

struct bench {
    struct desk desk;
    struct clock clock;
    struct arena *arena, *round;
    struct str id, technical;
    int64_t labels;
    int64_t begun, seq; /* of the part that is measured */
    clock_t busy;
};

static struct fault *begin_part(struct bench *bench)
{
    struct head head;
    TRY(journal_head(bench->desk.store, bench->arena, &head));
    bench->seq = head.seq;
    bench->busy = clock();
    bench->begun = clock_ticks();
    return NULL;
}

static struct fault *end_part(struct bench *bench, const char *what)
{
    struct head head;
    long long took = clock_ticks() - bench->begun;
    long long busy = (clock() - bench->busy) / (CLOCKS_PER_SEC / 1000);
    TRY(journal_head(bench->desk.store, bench->arena, &head));
    printf("%s %lld %lld %lld %lld\n", what, (long long)bench->labels, took, busy,
           (long long)(head.seq - bench->seq));
    fflush(stdout);
    return NULL;
}

static struct fault *holder(struct bench *bench, const char *role, struct principal *out)
{
    struct row_person *rows;
    char room[11];
    size_t n;
    TRY(sql_portal_holders(bench->desk.store, bench->arena, str_of(role),
                           day_print(clock_today(&bench->clock), room), &rows, &n));
    for (size_t i = 0; i < n; i++) { /* two persons decide, who have signed (2.2.1-3) */
        struct standing standing;
        *out = (struct principal){.person = rows[i].id, .account = STR("bench")};
        TRY(standing_load(bench->desk.store, bench->arena, bench->desk.book, out, STR_NONE,
                          clock_today(&bench->clock), &standing));
        if (standing_thing(&standing, "ethics", STR_NONE) &&
            (!bench->technical.bytes || !str_eq(rows[i].id, bench->technical)))
            return NULL;
    }
    return FAULT(bench->arena, "absent", "nobody is %s", role);
}

static struct fault *take(struct bench *bench, const char *role, const char *step,
                          const char *fields)
{
    struct principal who;
    struct step_answer answer;
    struct step_request request = {
        .case_id = bench->id, .step = str_of(step), .expected_version = -1, .who = &who};
    TRY(holder(bench, role, &who));
    TRY(json_read(bench->arena, str_of(fields), &request.fields));
    return desk_take_step(&bench->desk, bench->arena, &request, &answer);
}

static struct fault *sweep(struct bench *bench)
{
    struct sweep done;
    struct fault *fault = desk_clock_sweep(&bench->desk, bench->round, &done);
    if (fault)
        return FAULT(bench->arena, fault->code, "%.*s", STR_F(fault->detail));
    arena_reset(bench->round);
    return NULL;
}

static struct fault *is_in(struct bench *bench, const char *state)
{
    struct row_casework *work;
    TRY(sql_case_by_id(bench->desk.store, bench->arena, bench->id, &work));
    return work && str_is(work->state, state)
               ? NULL
               : FAULT(bench->arena, "broken-bench", "the action is not %s", state);
}

static struct fault *draw_up(struct bench *bench)
{
    struct principal who;
    struct row_mass *row;
    TRY(holder(bench, "operational-personnel", &who));
    struct case_request request = {.procedure = STR("mass-action"), .who = &who};
    TRY(desk_open_case(&bench->desk, bench->arena, &request, &bench->id));
    TRY(take(bench, "operational-personnel", "declare-no-conflict", "{}"));
    TRY(begin_part(bench));
    TRY(take(
        bench, "operational-personnel", "draw-up-mass",
        "{\"mass-kind\":\"notify-and-re-page\",\"find-status\":\"valid\",\"mass-purpose\":\"-\","
        "\"mass-title\":{\"ja\":\"計測\",\"en\":\"Bench\"},"
        "\"mass-message\":{\"ja\":\"計測\",\"en\":\"Bench\"}}"));
    TRY(sql_mass_by_case(bench->desk.store, bench->arena, bench->id, &row));
    bench->labels = row->items;
    return end_part(bench, "drawn-up");
}

static struct fault *publish(struct bench *bench, const char *what)
{
    int format = parameter_by_name(bench->desk.book, STR("registration-number-format"));
    struct clerk clerk = {.data_dir = bench->desk.data_dir,
                          .number_format = str_of(bench->desk.book->parameters[format].value),
                          .source = published_source(bench->desk.store),
                          .clock = &bench->clock};
    int64_t seq;
    bool renamed;
    TRY(begin_part(bench));
    struct fault *fault = clerk_publish(&clerk, bench->round, &seq, &renamed);
    if (fault)
        return FAULT(bench->arena, fault->code, "%.*s", STR_F(fault->detail));
    arena_reset(bench->round);
    return what ? end_part(bench, what) : NULL;
}

static struct fault *run(struct bench *bench)
{
    char room[11];
    struct day day = clock_today(&bench->clock);
    int64_t hour = (clock_now(&bench->clock) - day_begins(day)) / HOUR_MS + 1;
    TRY(sweep(bench)); /* what was due before */
    TRY(publish(bench, NULL));
    TRY(draw_up(bench));
    TRY(take(bench, "operational-personnel", "rehearse-mass", "{}"));
    bench->clock.frozen_ms += 60000;
    TRY(begin_part(bench));
    TRY(sweep(bench));
    TRY(is_in(bench, "mass-rehearsed"));
    TRY(end_part(bench, "rehearsed"));
    struct principal technical;
    TRY(holder(bench, "technical-manager", &technical));
    TRY(take(bench, "technical-manager", "declare-no-conflict", "{}"));
    TRY(begin_part(bench));
    TRY(take(bench, "technical-manager", "approve-technical", "{}"));
    TRY(end_part(bench, "approved"));
    bench->technical = technical.person;
    TRY(take(bench, "managing-director", "declare-no-conflict", "{}"));
    struct str when =
        str_print(bench->arena, "{\"effective-day\":\"%.*s\",\"effective-hour\":%lld}",
                  STR_F(day_print(day, room)), (long long)hour);
    TRY(take(bench, "managing-director", "approve-mass", str_z(bench->arena, when)));
    bench->clock.frozen_ms = day_begins(day) + hour * HOUR_MS + 300000;
    TRY(begin_part(bench));
    TRY(sweep(bench));
    TRY(is_in(bench, "mass-done"));
    TRY(end_part(bench, "run"));
    return publish(bench, "published");
}

int main(int argc, char **argv)
{
    struct bench bench = {.arena = arena_new((size_t)2 << 30), .round = arena_new((size_t)2 << 30)};
    if (argc != 2 || !bench.arena || !bench.round)
        return 2;
    struct store_settings settings = {.data_dir = str_of(argv[1])};
    struct clock now = {0};
    struct day today = day_of_instant(clock_now(&now));
    bench.clock.frozen_ms = day_begins(day_plus(today, 1)) + 9 * HOUR_MS;
    bench.desk = (struct desk){
        .book = &hoshi_rulebook, .clock = &bench.clock, .data_dir = settings.data_dir};
    struct fault *fault = store_open(bench.arena, &settings, &bench.desk.store);
    if (!fault)
        fault = run(&bench);
    if (fault)
        fprintf(stderr, "%s: %.*s\n", fault->code, STR_F(fault->detail));
    int code = fault != NULL;
    arena_free(bench.round);
    arena_free(bench.arena);
    return code;
}
