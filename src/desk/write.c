/* write.c: one transaction of the desk: begin, work, commit, head.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/act.h"
#include "desk/deed.h"

#include "base/banned.h"

enum { TRIES_MAX = 8 };

bool fault_is_of_engine(const struct fault *fault)
{
    return str_starts(str_of(fault->code), "broken-") ||
           str_is(str_of(fault->code), "busy-database");
}

struct str id_new(struct arena *arena)
{
    struct str id;
    do {
        id = random_name(arena, 12);
    } while (id.at[0] == '-' || id.at[0] == '_');
    return id;
}

/* A request that outgrows its memory leaves in the middle: the next one must not find, and commit,
 * what it had begun. */
static void give_up(void *whom)
{
    struct desk *desk = whom;
    desk->kept = NULL;
    store_rollback(desk->store);
}

static struct fault *write_once(struct desk *desk, struct arena *arena,
                                struct fault *(*work)(struct desk *, struct arena *, void *),
                                void *whom)
{
    struct head before, after;
    struct kept kept = {.arena = arena};
    TRY(store_begin(desk->store, arena, true));
    arena_undo(arena, give_up, desk);
    desk->kept = &kept;
    struct fault *fault = journal_head(desk->store, arena, &before);
    if (!fault)
        fault = work(desk, arena, whom);
    if (!fault)
        fault = journal_head(desk->store, arena, &after);
    if (!fault)
        fault = store_commit(desk->store, arena);
    arena_undo(arena, NULL, NULL);
    desk->kept = NULL;
    if (fault) {
        journal_abandon(desk->store);
        store_rollback(desk->store);
        return fault;
    }
    if (after.seq > before.seq && desk->committed)
        return desk->committed(desk->whom, arena, after.seq, &after.hash);
    return NULL;
}

struct fault *desk_write(struct desk *desk, struct arena *arena,
                         struct fault *(*work)(struct desk *, struct arena *, void *), void *whom)
{
    struct fault *fault = NULL;
    if (desk->joint) /* the transaction is begun, the savepoint set, the commit to come */
        return work(desk, arena, whom);
    for (int tries = 0; tries < TRIES_MAX; tries++) {
        fault = write_once(desk, arena, work, whom);
        if (!fault || !str_is(str_of(fault->code), "busy-database"))
            return fault;
    }
    return fault;
}

/* ---- the acts of several requests in one transaction */

struct joint {
    struct joint_act *acts;
    size_t n;
};

static bool fits_its_arena(struct joint_act *act)
{
    if (setjmp(*arena_guard(act->arena)))
        return false;
    act->fault = act->work(act->whom);
    return true;
}

static struct fault *write_one(struct desk *desk, struct arena *arena, struct joint_act *act)
{
    TRY(store_savepoint(desk->store, arena));
    act->fault = NULL;
    act->cut = !fits_its_arena(act);
    if (!act->cut && !act->fault)
        return store_release(desk->store, arena);
    store_rollback_to(desk->store);
    return act->fault && fault_is_of_engine(act->fault) ? act->fault : NULL;
}

static struct fault *write_each(struct desk *desk, struct arena *arena, void *whom)
{
    struct joint *joint = whom;
    struct fault *fault = NULL;
    desk->joint = true;
    for (size_t i = 0; i < joint->n && !fault; i++)
        fault = write_one(desk, arena, &joint->acts[i]);
    desk->joint = false;
    return fault;
}

void desk_write_jointly(struct desk *desk, struct arena *arena, struct joint_act *acts, size_t n)
{
    struct fault *fault = desk_write(desk, arena, write_each, &(struct joint){acts, n});
    for (size_t i = 0; fault && i < n; i++) /* even a refusal was judged by what is not kept */
        acts[i].fault = fault;
}

struct fault *desk_begin_entry(struct desk *desk, struct arena *arena, const char *act,
                               const struct principal *who, struct str case_id,
                               const json_t *fields, int64_t *seq)
{
    struct str rulebook = {.at = (const char *)desk->book->digest, .bytes = HASH_BYTES};
    int64_t now = clock_now(desk->clock);
    struct entry entry = {.act = str_of(act), .case_id = case_id,
                          .actor = who ? who->person : STR_NONE, .at = now,
                          .day = day_of_instant(now), .rulebook = hex_print(arena, rulebook),
                          .fields = (json_t *)fields};
    return journal_begin(desk->store, arena, &entry, seq);
}
