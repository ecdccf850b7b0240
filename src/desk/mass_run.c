/* mass_run.c: a part of a mass action: each item a step of an ordinary procedure, judged as any
 * other; in a rehearsal all of it is taken back.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/act.h"
#include "desk/deed.h"
#include "desk/mass.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { ITEM_BYTES_MAX = 64 << 20 };

struct running {
    struct deed *deed; /* of the action */
    const struct mass_way *way;
    struct mass_turn turn;
    struct principal who;  /* of whom the item's step is */
    struct arena *scratch; /* of one item at a time */
    bool publishes;
};

/* ---- by whom */

/* Who took the step last: that is the approval that stands. */
static struct str taken_by(const struct deed *deed, const char *step)
{
    struct str person = STR_NONE;
    for (size_t i = 0; i < deed->steps_n; i++)
        if (str_is(deed->steps[i].act, "step") && str_is(deed->steps[i].step, step))
            person = deed->steps[i].person;
    return person;
}

/* In a rehearsal nobody has approved yet: whoever holds the office today stands for who will. */
static struct fault *decider(const struct running *running, struct str *out)
{
    const struct deed *deed = running->deed;
    bool technical = running->way->by == ROLE_TECHNICAL_MANAGER;
    struct row_person *holders;
    size_t n;
    char room[11];
    *out = taken_by(deed, technical ? "approve-technical" : "approve-mass");
    if (!running->turn.rehearsal)
        return NULL;
    TRY(sql_portal_holders(deed->desk->store, deed->arena,
                           str_of(deed->desk->book->roles[running->way->by].name),
                           day_print(deed->today, room), &holders, &n));
    *out = n ? holders[0].id : STR_NONE;
    return NULL;
}

static struct fault *choose_who(struct running *running)
{
    struct deed *deed = running->deed;
    struct principal *who = &running->who;
    struct standing standing;
    *who = (struct principal){.person = STR("clock"), .mass = &running->turn};
    who->machine = ROLE_MASS_RUN; /* no clock: what it does takes effect now, never in the past */
    running->turn.cleared = running->turn.rehearsal;
    if (running->way->by == ROLE_MASS_RUN)
        return NULL;
    who->machine = 0;
    TRY(decider(running, &who->person));
    TRY(standing_load(deed->desk->store, deed->arena, deed->desk->book, who, deed->work.id,
                      deed->today, &standing));
    running->turn.cleared |= standing_cleared(&standing, deed->work.id);
    running->turn.barred = standing_barred(&standing, deed->work.id, STR_NONE);
    return NULL;
}

/* ---- an item */

/* A case of its own, which its step opens: one entry. */
static struct fault *open_item(struct running *running, struct str number, struct act *act,
                               struct step_answer *answer)
{
    const struct deed *deed = running->deed;
    struct desk *desk = deed->desk;
    struct arena *arena = running->scratch;
    struct deed item = {.desk = desk,
                        .arena = arena,
                        .who = &running->who,
                        .now = deed->now,
                        .moment = deed->now,
                        .today = day_of_instant(deed->now),
                        .procedure = procedure_by_name(desk->book, str_of(running->way->procedure)),
                        .state = STATE_START,
                        .filled = json_new(arena)};
    item.work = (struct row_casework){.id = id_new(arena),
                                      .procedure = str_of(running->way->procedure),
                                      .state = STR("start"),
                                      .opened_by = running->who.person,
                                      .opened = deed->now,
                                      .since = deed->now,
                                      .parent = deed->work.id};
    TRY(deed_take_label(&item, number));
    item.work.party = item.work.registrant;
    TRY(standing_load(desk->store, arena, desk->book, item.who, item.work.id, item.today,
                      &item.standing));
    TRY(setting_keep(desk, arena, item.today, &item.setting));
    deed_take_mass(&item);
    deed_choose_step(&item, str_of(running->way->step));
    return deed_take(&item, NULL, act, answer);
}

/* The step of the case that it is. */
static struct fault *take_on_case(struct running *running, struct str case_id, struct act *act,
                                  struct step_answer *answer)
{
    struct step_request request = {.case_id = case_id,
                                   .step = str_of(running->way->step),
                                   .expected_version = -1,
                                   .who = &running->who,
                                   .fields = json_new(running->scratch)};
    json_put(request.fields, "reasons", json_get(running->turn.fields, "reasons"));
    return desk_take_act(running->deed->desk, running->scratch, &request, act, answer);
}

static void note_refusal(struct running *running, int64_t at, struct str number,
                         const struct fault *fault)
{
    struct deed *deed = running->deed;
    struct mass_part *part = &deed->part;
    part->refusals[part->refusals_n++] =
        (struct row_mass_refusal){.case_id = deed->work.id,
                                  .item = at,
                                  .label = number,
                                  .phase = running->turn.rehearsal ? STR("rehearsal") : STR("run"),
                                  .code = str_of(fault->code),
                                  .guard = str_of(fault->guard),
                                  .clause = str_of(fault->clause)};
}

/* "label case items-of-its-maker first". Most are refused, if at all, by the judge, before anything
 * is written; *torn: this one was refused after that, and may have left rows. */
static struct fault *run_line(struct running *running, int64_t at, struct str line, bool *torn)
{
    struct str rest, number = str_cut(line, ' ', &rest), case_id = str_cut(rest, ' ', &rest);
    struct act act = {.name = "step"};
    struct step_answer answer = {0};
    str_int(str_cut(rest, ' ', &rest), &running->turn.of_maker);
    running->turn.first = str_is(rest, "1");
    struct fault *fault = running->way->by == ROLE_MASS_RUN
                              ? open_item(running, number, &act, &answer)
                              : take_on_case(running, case_id, &act, &answer);
    if (fault && fault_is_of_engine(fault))
        return FAULT(running->deed->arena, fault->code, "%.*s", STR_F(fault->detail));
    *torn = fault && act.writes;
    if (fault)
        note_refusal(running, at, number, fault);
    running->publishes |= answer.publishes && !running->turn.rehearsal;
    return NULL;
}

/* Under a savepoint of its own: what is refused leaves nothing. */
static struct fault *run_apart(struct running *running, int64_t at, struct str line)
{
    struct store *store = running->deed->desk->store;
    bool torn = false;
    TRY(store_savepoint(store, running->deed->arena));
    TRY(run_line(running, at, line, &torn));
    if (!torn && !running->turn.rehearsal)
        return store_release(store, running->deed->arena);
    journal_abandon(store);
    store_rollback_to(store);
    return NULL;
}

/* ---- the part */

static struct fault *each_line(struct running *running, int64_t at, struct str lines, bool apart,
                               bool *torn)
{
    *torn = false;
    running->deed->part.refusals_n = 0;
    for (; lines.bytes && !*torn; at++) {
        struct str line = str_cut(lines, '\n', &lines);
        TRY(apart ? run_apart(running, at, line) : run_line(running, at, line, torn));
        arena_reset(running->scratch);
        running->deed->part.items++;
    }
    return NULL;
}

/* All items under one savepoint, for a page that is written twice is kept but once; and again, each
 * under its own, where one of them was torn. A rehearsal takes all of it back. */
static struct fault *run_lines(struct running *running, struct row_mass *row, struct str lines)
{
    struct mass_part *part = &running->deed->part;
    struct store *store = running->deed->desk->store;
    struct arena *arena = running->deed->arena;
    int64_t *at = running->turn.rehearsal ? &row->rehearsed : &row->run;
    int64_t *refused = running->turn.rehearsal ? &row->refusable : &row->failed;
    bool torn;
    part->refusals = NEW_ARRAY(arena, MASS_PART, struct row_mass_refusal);
    TRY(store_savepoint(store, arena));
    TRY(each_line(running, *at, lines, false, &torn));
    if (torn || running->turn.rehearsal) {
        journal_abandon(store);
        store_rollback_to(store);
    } else {
        TRY(store_release(store, arena));
    }
    if (torn) {
        part->items = 0;
        TRY(each_line(running, *at, lines, true, &torn));
    }
    *at += part->items;
    *refused += (int64_t)part->refusals_n;
    return NULL;
}

static bool does(const struct deed *deed, int effect)
{
    for (size_t i = 0; i < deed->step->does.n; i++)
        if (deed->desk->book->uses[deed->step->does.first + i].id == effect)
            return true;
    return false;
}

struct fault *deed_run_mass(struct deed *deed)
{
    struct running running = {.deed = deed};
    struct row_mass_list *list;
    bool rehearses = does(deed, EFFECT_REHEARSE_NEXT_ITEMS);
    if (!rehearses && !does(deed, EFFECT_TAKE_NEXT_ITEMS))
        return NULL;
    TRY(sql_mass_by_case(deed->desk->store, deed->arena, deed->work.id, &deed->part.row));
    struct row_mass *row = deed->part.row;
    if (!row) /* facts are given, and nothing is drawn up */
        return NULL;
    running.way = mass_way_of(row->kind);
    running.turn =
        (struct mass_turn){.case_id = deed->work.id,
                           .fields = deed->filled,
                           .rehearsal = rehearses,
                           .approved = rehearses || (taken_by(deed, "approve-technical").bytes &&
                                                     taken_by(deed, "approve-mass").bytes)};
    TRY(sql_mass_lines(deed->desk->store, deed->arena, deed->work.id,
                       (rehearses ? row->rehearsed : row->run) / MASS_PART, &list));
    if (!running.way || !list)
        return FAULT(deed->arena, "broken-database", "mass action %.*s has no items",
                     STR_F(deed->work.id));
    TRY(choose_who(&running));
    running.scratch = arena_new(ITEM_BYTES_MAX);
    if (!running.scratch)
        BUG("no memory for the items");
    struct fault *fault = run_lines(&running, row, list->lines);
    arena_free(running.scratch);
    deed->publishes |= running.publishes;
    return fault;
}
