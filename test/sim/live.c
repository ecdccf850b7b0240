/* live.c: a chunk of days: the clock at each midnight, then whoever acts.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/json.h"
#include "desk/clock.h"
#include "desk/openly.h"
#include "sim.h"
#include "store/journal_read.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { ACTION_BYTES_MAX = 64 << 20, MS_AN_ACTION = 1000, OUTAGE_PERCENT = 4 };
/* People work on so many at once; what they cannot get on with they lay aside for some weeks. */
enum { CASES_AT_ONCE = 150, LAID_ASIDE_PERCENT = 30, SELDOM = 1500 };

static bool is_final(struct str state)
{
    int row = state_by_name(&hoshi_rulebook, state);
    return row && hoshi_rulebook.states[row].final;
}

/* ---- what there is, found again by the order in which it came */

static void remember(struct sim *sim, const struct row_casework *work)
{
    if (!is_final(work->state) && sim->open_n < OPEN_CASES_MAX)
        sim->open[sim->open_n++] = str_copy(sim->arena, work->id);
}

static void find_all(struct sim *sim)
{
    struct sql_portal_labels_row *labels;
    struct row_casework *cases;
    size_t n;
    MUST(sql_cases_latest(sim->desk.store, sim->arena, OPEN_CASES_MAX, &cases, &n));
    sim->open_n = sim->labels_n = 0;
    for (size_t i = n; i-- > 0;)
        remember(sim, &cases[i]);
    MUST(sql_portal_labels(sim->desk.store, sim->arena, STR("%"), LABELS_MAX, 0, &labels, &n));
    for (size_t i = n; i-- > 0;)
        sim->labels[sim->labels_n++] = str_copy(sim->arena, labels[i].number);
}

/* ---- an action */

static void learn(struct sim *sim, struct fault *fault, const struct step_answer *answer)
{
    struct tally_of_years *shared = sim->shared;
    if (!fault) {
        shared->steps++;
        shared->acknowledged = answer->seq;
    } else if (str_starts(str_of(fault->code), "field"))
        shared->malformed++;
    else
        shared->refused++;
}

static struct fault *take(struct sim *sim, struct arena *arena, const struct actor *actor,
                          const struct row_casework *work, const struct step_row *step,
                          struct step_answer *answer)
{
    struct step_request request = {.case_id = work->id, .step = str_of(step->name),
                                   .fields = fill_form(sim, arena, actor, work, step),
                                   .expected_version = -1, .who = &actor->who};
    struct fault *fault = desk_take_step(&sim->desk, arena, &request, answer);
    learn(sim, fault, answer);
    return fault;
}

/* 2.1.3-1: whoever has not declared yet does so, and tries again. False: refused. */
static bool act_on(struct sim *sim, struct arena *arena, const struct actor *actor,
                   const struct row_casework *work, const struct step_row *step)
{
    struct step_answer answer;
    const struct procedure_row *procedure = procedure_by_name(&hoshi_rulebook, work->procedure);
    const struct step_row *declare =
        step_by_name(&hoshi_rulebook, procedure, STR("declare-no-conflict"));
    struct fault *fault = take(sim, arena, actor, work, step, &answer);
    if (fault && fault->guard && !strcmp(fault->guard, "no-conflict") && declare &&
        !take(sim, arena, actor, work, declare, &answer))
        fault = take(sim, arena, actor, work, step, &answer);
    if (!fault && is_final(str_of(hoshi_rulebook.states[answer.verdict.to].name)))
        for (size_t i = 0; i < sim->open_n; i++)
            if (str_eq(sim->open[i], work->id))
                sim->open[i] = sim->open[--sim->open_n];
    return !fault;
}

/* The way onward rather than the way out; declarations are made when they are asked for. */
static unsigned weight_of(const struct step_row *step, int state)
{
    static const char *const seldom[] = {"withdraw", "refuse", "reject", "return", "cancel", "drop",
                                         "decline", "replace", "attach", "save", "find", "oversee",
                                         "propose-revocation", "strike"};
    if (str_starts(str_of(step->name), "declare"))
        return str_is(str_of(step->name), "declare-conflict");
    for (size_t i = 0; i < sizeof seldom / sizeof *seldom; i++)
        if (str_starts(str_of(step->name), seldom[i]))
            return 12;
    return step->to == state || step->to == STATE_SAME ? 6 : 300;
}

static bool leaves(const struct step_row *step, int state)
{
    for (size_t i = 0; i < step->from.n; i++)
        if (hoshi_rulebook.ids[step->from.first + i] == state)
            return !step->at;
    return false;
}

/* One of the steps that leave the state; `even`: each as likely as the others. */
static const struct step_row *choose_step(struct sim *sim, const struct procedure_row *procedure,
                                          int state, bool even)
{
    const struct step_row *steps = &hoshi_rulebook.steps[procedure->steps.first];
    size_t sum = 0;
    for (size_t i = 0; i < procedure->steps.n; i++)
        sum += !leaves(&steps[i], state) ? 0 : even ? 1 : weight_of(&steps[i], state);
    size_t at = random_below(sim, sum);
    for (size_t i = 0; i < procedure->steps.n; i++) {
        size_t weight = !leaves(&steps[i], state) ? 0 : even ? 1 : weight_of(&steps[i], state);
        if (at < weight)
            return &steps[i];
        at -= weight;
    }
    return NULL;
}

/* What stands as it is for years: an agreement, an evaluator. */
static bool ends_what_stands(const struct step_row *step)
{
    return step && (str_starts(str_of(step->name), "terminate") ||
                    str_starts(str_of(step->name), "strike"));
}

/* Whoever is refused once tries another step. False: refused again. */
static bool go_on(struct sim *sim, struct arena *arena, struct str case_id)
{
    struct row_casework *work;
    MUST(sql_case_by_id(sim->desk.store, arena, case_id, &work));
    const struct procedure_row *procedure =
        work ? procedure_by_name(&hoshi_rulebook, work->procedure) : NULL;
    int state = work ? state_by_name(&hoshi_rulebook, work->state) : 0;
    for (int tries = 0; procedure && tries < 2; tries++) {
        const struct step_row *step = choose_step(sim, procedure, state, tries > 0);
        const struct actor *actor = step ? people_for(sim, work, step) : NULL;
        if (ends_what_stands(step) && random_below(sim, SELDOM) > 0)
            return false;
        if (actor && act_on(sim, arena, actor, work, step))
            return true;
    }
    return false;
}

/* Mostly applications, then what is done about labels; the body's own matters are rare, and so are
 * the ends of facilities. */
static const struct procedure_row *choose_procedure(struct sim *sim)
{
    const struct rulebook *book = &hoshi_rulebook;
    if (random_chance(sim, 45) || !sim->labels_n)
        return &book->procedures[PROCEDURE_SELF_DECLARED];
    if (random_chance(sim, 20))
        return &book->procedures[PROCEDURE_CERTIFIED];
    const struct procedure_row *row =
        &book->procedures[1 + random_below(sim, book->procedures_n - 1)];
    bool of_label = str_is(str_of(row->subject), "label");
    bool ends = str_is(str_of(row->name), "facility-end");
    bool now = of_label || (ends ? random_below(sim, SELDOM) == 0
                               : random_chance(sim, open_step(book, row) ? 60 : 10));
    return now ? row : choose_procedure(sim);
}

/* Without an account, in one act; now and then the same is sent twice. */
static void file_openly(struct sim *sim, struct arena *arena,
                        const struct procedure_row *procedure, const struct step_row *step)
{
    struct row_casework none = {.party = STR_NONE}, *work;
    struct actor nobody = {.party = true};
    struct open_answer answer, again;
    struct open_request request = {
        .procedure = str_of(procedure->name),
        .fields = fill_form(sim, arena, &nobody, &none, step),
        .once = str_print(arena, "%020llu-%020llu",
                          (unsigned long long)random_next(&sim->shared->random),
                          (unsigned long long)random_next(&sim->shared->random)),
        .english = random_chance(sim, 30), .who = &nobody.who};
    struct fault *fault = desk_file_openly(&sim->desk, arena, &request, &answer);
    learn(sim, fault, &answer.step);
    if (fault)
        return;
    if (random_chance(sim, 20)) {
        MUST(desk_file_openly(&sim->desk, arena, &request, &again));
        if (!again.step.repeated || !str_eq(again.link, answer.link))
            sim->shared->broken++;
    }
    sim->shared->cases++;
    MUST(sql_case_by_id(sim->desk.store, arena, answer.case_id, &work));
    remember(sim, work);
}

/* A new case, by somebody who may begin it; sometimes about a label where none is wanted. */
static void begin(struct sim *sim, struct arena *arena)
{
    const struct procedure_row *procedure = choose_procedure(sim);
    const struct step_row *step = choose_step(sim, procedure, STATE_START, false);
    if (step && step_is_open(&hoshi_rulebook, step) && step->to != STATE_SAME &&
        random_chance(sim, 70)) {
        file_openly(sim, arena, procedure, step);
        return;
    }
    bool application = str_is(str_of(procedure->subject), "application");
    bool certified = str_is(str_of(procedure->name), "certified");
    struct row_label *label = NULL;
    struct row_casework *work;
    struct str id;
    if (sim->labels_n && (str_is(str_of(procedure->subject), "label") || random_chance(sim, 10)))
        MUST(sql_label_by_number(sim->desk.store, arena,
                                 sim->labels[random_below(sim, sim->labels_n)], &label));
    bool by_maker = application || str_is(str_of(procedure->subject), "label");
    const struct actor *side = people_any(sim, !by_maker);
    struct row_casework sides = {.party = side ? side->of_party : STR_NONE};
    sides.registrant = label ? label->party : sides.party;
    sides.facility = sides.party;
    const struct actor *actor = step ? people_for(sim, &sides, step) : NULL;
    struct case_request request = {
        .procedure = str_of(procedure->name),
        .level = application ? (int64_t)((certified ? 3 : 1) + random_chance(sim, 20)) : 0,
        .label = label ? label->number : STR_NONE, .party = sides.party};
    if (!actor)
        return;
    request.who = &actor->who;
    if (desk_open_case(&sim->desk, arena, &request, &id)) {
        sim->shared->refused++;
        return;
    }
    sim->shared->cases++;
    go_on(sim, arena, id);
    MUST(sql_case_by_id(sim->desk.store, arena, id, &work));
    if (!str_is(work->state, "start"))
        remember(sim, work);
}

static void act(struct sim *sim)
{
    struct arena *arena = arena_new(ACTION_BYTES_MAX);
    if (sim->open_n < CASES_AT_ONCE || random_chance(sim, 3)) {
        begin(sim, arena);
    } else {
        size_t at = random_below(sim, sim->open_n);
        if (!go_on(sim, arena, sim->open[at]) && random_chance(sim, LAID_ASIDE_PERCENT))
            sim->open[at] = sim->open[--sim->open_n];
    }
    sim->shared->now_ms += MS_AN_ACTION;
    sim->clock.frozen_ms = sim->shared->now_ms;
    arena_free(arena);
}

static void sweep(struct sim *sim)
{
    struct arena *arena = arena_new(ACTION_BYTES_MAX);
    struct sweep done = {0};
    MUST(desk_clock_sweep(&sim->desk, arena, &done));
    sim->shared->clock_steps += done.taken;
    arena_free(arena);
}

/* What was answered is there: nothing acknowledged is lost by a crash. */
static void check_acknowledged(struct sim *sim)
{
    struct head head;
    MUST(journal_head(sim->desk.store, sim->arena, &head));
    if (head.seq < sim->shared->acknowledged)
        sim->shared->lost++;
}

void chunk_live(struct sim *sim, int actions_a_day)
{
    check_acknowledged(sim);
    people_find(sim);
    find_all(sim);
    while (sim->shared->now_ms < sim->shared->end_ms) {
        struct day today = clock_today(&sim->clock);
        if (!random_chance(sim, OUTAGE_PERCENT))
            sweep(sim);
        for (int i = 0; i < actions_a_day; i++)
            act(sim);
        sim->shared->now_ms = day_begins(day_plus(today, 1));
        sim->clock.frozen_ms = sim->shared->now_ms;
    }
    find_all(sim);
}
