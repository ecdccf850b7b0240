/* again_test.c: the same request twice, another version, batches, and a kill in between.
 * SPDX-License-Identifier: Apache-2.0 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/json.h"
#include "apart.h"

#include "base/banned.h"

static void test_again(struct tally *t, struct world *w)
{
    struct str id = world_case_after(w, "open"), one, two;
    struct step_answer first, second;
    struct step_request request = {.case_id = id, .step = STR("file"), .expected_version = 1,
                                   .idempotency_key = STR("key-1"), .who = &w->maker,
                                   .fields = world_fields(w, "file", "")};
    MUST(desk_take_step(&w->desk, w->arena, &request, &first));
    int64_t seq = world_seq(w);
    MUST(desk_take_step(&w->desk, w->arena, &request, &second));
    CHECK(t, second.repeated && second.seq == first.seq && second.version == first.version &&
              second.verdict.to == first.verdict.to, "the same key again gets the first answer");
    CHECK(t, world_seq(w) == seq, "and does nothing");
    request.step = STR("withdraw");
    struct fault *fault = desk_take_step(&w->desk, w->arena, &request, &second);
    CHECK(t, fault && !strcmp(fault->code, "idempotency-key-reused"),
          "with another request it is refused");
    request = (struct step_request){.case_id = id,
                                    .step = STR("withdraw"),
                                    .expected_version = -1,
                                    .idempotency_key = STR("key-1"),
                                    .who = world_person(w, "operational-personnel")};
    fault = desk_take_step(&w->desk, w->arena, &request, &second);
    CHECK(t, fault && !strcmp(fault->code, "forbidden"),
          "keys of two accounts have nothing to do with each other");
    MUST(world_open(w, &w->maker, STR_NONE, STR("open-1"), &one));
    MUST(world_open(w, &w->maker, STR_NONE, STR("open-1"), &two));
    CHECK(t, str_eq(one, two), "opening twice under one key opens one case");
    struct case_request other = {.procedure = STR("self-declared"), .level = 2,
                                 .idempotency_key = STR("open-1"), .who = &w->maker};
    fault = desk_open_case(&w->desk, w->arena, &other, &two);
    CHECK(t, fault && !strcmp(fault->code, "idempotency-key-reused"),
          "another level under it is another request");
}

static void test_version(struct tally *t, struct world *w)
{
    struct str id = world_case_after(w, "open");
    struct step_answer answer;
    struct step_request request = {
        .case_id = id, .step = STR("save"), .expected_version = 1, .who = &w->maker};
    MUST(desk_take_step(&w->desk, w->arena, &request, &answer));
    CHECK(t, answer.version == 2, "each step raises the version");
    struct fault *fault = desk_take_step(&w->desk, w->arena, &request, &answer);
    CHECK(t, fault && !strcmp(fault->code, "version-differs"),
          "who saw an older version is told so");
    CHECK(t, world_case(w, id)->version == 2, "and changes nothing");
}

/* A step in an arena of so many bytes: did it outgrow it? */
static bool outgrows(struct world *w, const struct step_request *request, size_t bytes)
{
    struct arena *volatile arena = arena_new(bytes);
    struct step_answer answer;
    volatile bool grown = false;
    if (setjmp(*arena_guard(arena)))
        grown = true;
    else
        MUST(desk_take_step(&w->desk, arena, request, &answer));
    arena_free(arena);
    return grown;
}

/* A request that passes its ceiling anywhere in the transaction leaves nothing in it. */
static void test_outgrown(struct tally *t, struct world *w)
{
    struct str id = world_case_after(w, "open");
    struct step_answer answer;
    struct step_request request = {
        .case_id = id, .step = STR("save"), .expected_version = -1, .who = &w->maker};
    struct step_request other = {
        .case_id = world_case_after(w, "open"), .step = STR("save"), .expected_version = -1,
        .who = &w->maker};
    int64_t before = world_case(w, id)->version;
    int outgrown = 0, kept = 0, refused = 0;
    for (size_t bytes = 512; outgrows(w, &request, bytes); bytes += 512) {
        outgrown++;
        kept += world_case(w, id)->version != before;
        refused += desk_take_step(&w->desk, w->arena, &other, &answer) != NULL;
    }
    CHECK(t, outgrown > 10, "a step outgrows its memory at many places");
    CHECK(t, refused == 0, "and the next step is taken after each");
    CHECK(t, kept == 0 && world_case(w, id)->version == before + 1, "with nothing of it kept");
    CHECK(t, world_replay(w) == 0, "and replay agrees");
}

static void test_batch(struct tally *t, struct world *w)
{
    struct str a = world_case_after(w, "open"), b = world_case_after(w, "file"),
               c = world_case_after(w, "open");
    struct step_request requests[] = {
        {.case_id = a,
         .step = STR("file"),
         .expected_version = -1,
         .who = &w->maker,
         .fields = world_fields(w, "file", "")},
        {.case_id = b,
         .step = STR("file"),
         .expected_version = -1,
         .who = &w->maker,
         .fields = world_fields(w, "file", "")},
        {.case_id = c,
         .step = STR("file"),
         .expected_version = -1,
         .who = &w->maker,
         .fields = world_fields(w, "file", "")},
    };
    struct step_answer answers[3];
    struct fault *faults[3];
    struct fault *fault = desk_take_batch(&w->desk, w->arena, requests, 3, true, answers, faults);
    CHECK(t, fault && str_is(world_case(w, a)->state, "start"),
          "all or none: one refusal undoes the batch");
    MUST(desk_take_batch(&w->desk, w->arena, requests, 3, false, answers, faults));
    CHECK(t, !faults[0] && !faults[2] && str_is(world_case(w, a)->state, "received") &&
              str_is(world_case(w, c)->state, "received"), "otherwise the others stand");
    CHECK_STR(t, str_of(said(w, faults[1])), "wrong-state state 4.1.1-1", "and the one is named");
    CHECK(t, answers[2].seq == answers[0].seq + 1, "the refused one left no number behind");
}

/* ---- the acts of several requests in one transaction */

struct joint_step {
    struct world *world;
    struct step_request request;
    struct step_answer answer;
    struct arena *arena;
    int times;
};

static struct fault *take_joint(void *whom)
{
    struct joint_step *step = whom;
    step->times++;
    return desk_take_step(&step->world->desk, step->arena, &step->request, &step->answer);
}

static struct fault *count_commits(void *whom, struct arena *arena, int64_t seq,
                                   const struct hash *hash)
{
    (void)arena;
    (void)seq;
    (void)hash;
    ++*(int *)whom;
    return NULL;
}

static struct fault *sign_nothing(void *whom, struct arena *arena, int64_t seq,
                                  const struct hash *hash)
{
    (void)whom;
    (void)seq;
    (void)hash;
    return FAULT(arena, "broken-head", "the signer does not answer");
}

/* Saves on case a; the same key again; an older version of b; b in too little memory; b. */
static void test_jointly(struct tally *t, struct world *w)
{
    enum { FIRST, SAME, OLDER, OUTGROWN, LAST, STEPS_N };
    struct str a = world_case_after(w, "open"), b = world_case_after(w, "open");
    struct joint_step steps[STEPS_N];
    struct joint_act acts[STEPS_N];
    int commits = 0;
    for (int i = 0; i < STEPS_N; i++) {
        steps[i] =
            (struct joint_step){.world = w, .arena = arena_new(i == OUTGROWN ? 6000 : 1 << 20)};
        steps[i].request = (struct step_request){.case_id = i < OLDER ? a : b,
                                                 .step = STR("save"),
                                                 .expected_version = i == OLDER ? 7 : -1,
                                                 .who = &w->maker};
        acts[i] = (struct joint_act){
            .arena = steps[i].arena, .work = take_joint, .whom = &steps[i]};
    }
    steps[FIRST].request.idempotency_key = steps[SAME].request.idempotency_key = STR("joint");
    int64_t before = world_seq(w);
    struct desk desk = w->desk;
    w->desk.committed = count_commits;
    w->desk.whom = &commits;
    desk_write_jointly(&w->desk, w->arena, acts, STEPS_N);
    CHECK(t, commits == 1 && world_seq(w) == before + 2, "steps of several requests: one head");
    CHECK(t, !acts[FIRST].fault && !acts[LAST].fault && world_case(w, a)->version == 2 &&
              world_case(w, b)->version == 2, "whose steps stand");
    CHECK(t, !acts[SAME].fault && steps[SAME].answer.repeated &&
              steps[SAME].answer.seq == steps[FIRST].answer.seq,
          "the same key in the same transaction gets the first answer");
    CHECK_STR(t, str_of(said(w, acts[OLDER].fault)), "version-differs - -",
              "a refusal is one's own");
    CHECK(t, acts[OUTGROWN].cut && !acts[LAST].cut, "and so is memory that did not suffice");
    w->desk.committed = sign_nothing;
    desk_write_jointly(&w->desk, w->arena, acts, STEPS_N);
    bool none = true;
    for (int i = 0; i < STEPS_N; i++)
        none = none && acts[i].fault && !strcmp(acts[i].fault->code, "broken-head");
    CHECK(t, none, "where the head is not signed, none is acknowledged");
    w->desk = desk;
    for (int i = 0; i < STEPS_N; i++)
        arena_free(steps[i].arena);
}

static int take_until_killed(char **args)
{
    struct again again;
    struct row_casework *work;
    int out = (int)strtol(args[5], NULL, 10);
    again_open(&again, args);
    MUST(sql_case_by_id(again.desk.store, again.arena, str_of(args[4]), &work));
    struct principal maker = {.person = work->opened_by};
    for (;;) {
        struct step_answer answer;
        struct step_request request = {
            .case_id = work->id, .step = STR("save"), .expected_version = -1, .who = &maker};
        if (desk_take_step(&again.desk, again.arena, &request, &answer))
            return 1;
        if (write(out, &answer.version, sizeof answer.version) != sizeof answer.version)
            return 2;
    }
}

/* A second process takes steps until it is killed; what it told us of must be there. */
static void test_kill(struct tally *t, struct world *w)
{
    struct str id = world_case_after(w, "open");
    bool kept = true;
    for (int round = 0; round < 12; round++) {
        int pipes[2];
        int64_t told = 0, version;
        if (pipe(pipes))
            BUG("no pipe");
        char out[12];
        snprintf(out, sizeof out, "%d", pipes[1]);
        pid_t child = process_again(w, str_z(w->arena, id), out);
        close(pipes[1]);
        usleep((useconds_t)(20000 + round * 7919 % 60000));
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        while (read(pipes[0], &version, sizeof version) == (ssize_t)sizeof version)
            told = version;
        close(pipes[0]);
        version = world_case(w, id)->version;
        kept = kept && version >= told && version <= told + (told ? 1 : 1000000);
    }
    CHECK(t, kept,
          "what was acknowledged survives kill -9, and at most the step under way came besides");
}

int main(int argc, char **argv)
{
    if (argc > 1)
        return take_until_killed(argv);
    struct tally tally = {0};
    struct world *world = world_new();
    test_again(&tally, world);
    test_version(&tally, world);
    test_outgrown(&tally, world);
    test_batch(&tally, world);
    test_jointly(&tally, world);
    test_kill(&tally, world);
    CHECK(&tally, world_replay(world) == 0, "6.4-1 every row follows from the journal");
    world_end(world);
    return tally_end(&tally);
}
