/* clock.c: the clock takes the steps that are due.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It is one more actor before the one writer: its steps are judged, written and told as anybody's.
 * They are taken in order of the instants at which they were due, so that after an outage things
 * follow each other as they would have; the entry keeps the day of effect beside the instant at
 * which it was recorded. The next step is looked up in the transaction that takes it: of two that
 * sweep at once, the second finds it done. */
#include "desk/clock.h"

#include "base/json.h"
#include "desk/act.h"
#include "desk/deed.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { BATCH = 64 };

static struct principal clock_of(int64_t due)
{
    return (struct principal){
        .person = STR("clock"), .name_ja = STR("時計"), .name_en = STR("The clock"), .due = due};
}

/* A step that is refused stays on record, once, and stands in nobody's way: the alarm goes on to
 * the next one. What is not due any more was put off since, which is no fault. */
static struct fault *pass_over(struct desk *desk, struct arena *arena,
                               const struct row_casework *work, const struct fault *why,
                               struct sweep *sweep)
{
    struct principal who = clock_of(work->alarm);
    bool put_off = why->guard && str_is(str_of(why->guard), "due");
    struct deed deed;
    json_t *fields = json_new(arena);
    json_put(fields, "step", work->alarm_step);
    json_put(fields, "fault", str_of(why->code));
    json_put(fields, "guard", str_of(why->guard));
    TRY(deed_begin(desk, arena, &who, work->id, &deed));
    TRY(desk_begin_entry(desk, arena, put_off ? "put-off" : "missed", &who, work->id, fields,
                         &deed.seq));
    struct row_case_step row = {.seq = deed.seq,
                                .case_id = work->id,
                                .act = STR("missed"),
                                .step = work->alarm_step,
                                .from_state = work->state,
                                .to_state = work->state,
                                .person = who.person,
                                .role = str_of(desk->book->roles[ROLE_CLOCK].name),
                                .at = deed.now,
                                .clause = str_of(why->clause),
                                .due = work->alarm};
    if (put_off)
        sweep->put_off++;
    else
        TRY(put_case_step(desk->store, &row));
    sweep->refused += !put_off;
    TRY(deed_renew_alarm(&deed));
    return journal_append(desk->store, arena);
}

static struct fault *take_one(struct desk *desk, struct arena *arena,
                              const struct row_casework *work, struct sweep *sweep, int64_t *items)
{
    struct principal who = clock_of(work->alarm);
    struct act act = {.name = "step"};
    struct step_request request = {
        .case_id = work->id, .step = work->alarm_step, .expected_version = -1, .who = &who};
    struct step_answer answer;
    TRY(store_savepoint(desk->store, arena));
    struct fault *fault = desk_take_act(desk, arena, &request, &act, &answer);
    if (!fault) {
        sweep->taken++;
        *items = answer.items;
        sweep->publishes = sweep->publishes || answer.publishes;
        return store_release(desk->store, arena);
    }
    journal_abandon(desk->store);
    store_rollback_to(desk->store);
    if (fault_is_of_engine(fault))
        return fault;
    return pass_over(desk, arena, work, fault, sweep);
}

struct batch {
    int64_t now;
    struct sweep sweep; /* of this batch */
    bool more;
};

static struct fault *take_batch(struct desk *desk, struct arena *arena, void *whom)
{
    struct batch *batch = whom;
    int64_t items = 0;
    batch->sweep = (struct sweep){0}; /* the work may be done twice */
    for (int i = 0; i < BATCH && !items; i++) { /* a part of a mass action is a transaction */
        struct row_casework *work;
        TRY(sql_clock_first(desk->store, arena, batch->now, &work));
        batch->more = work;
        if (!work)
            return NULL;
        TRY(take_one(desk, arena, work, &batch->sweep, &items));
    }
    return NULL;
}

struct fault *desk_clock_batch(struct desk *desk, struct arena *arena, struct sweep *sweep,
                               bool *more)
{
    struct batch batch = {.now = clock_now(desk->clock)};
    struct row_casework *first;
    *more = false;
    /* looked at without the writer's lock: nearly always there is nothing to do */
    TRY(sql_clock_first(desk->store, arena, batch.now, &first));
    if (!first)
        return NULL;
    TRY(desk_write(desk, arena, take_batch, &batch));
    *more = batch.more;
    sweep->taken += batch.sweep.taken;
    sweep->refused += batch.sweep.refused;
    sweep->put_off += batch.sweep.put_off;
    sweep->publishes = sweep->publishes || batch.sweep.publishes;
    return NULL;
}

struct fault *desk_clock_sweep(struct desk *desk, struct arena *arena, struct sweep *sweep)
{
    bool more = true;
    *sweep = (struct sweep){0};
    while (more) {
        TRY(desk_clock_batch(desk, arena, sweep, &more));
        arena_reset(arena);
    }
    return NULL;
}
