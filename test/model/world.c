/* world.c: what follows from a world: a step that the judge allows, or a day.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "model.h"

#include "base/banned.h"

/* The day on which the walk begins: an ordinary one before a 29 February within two years. */
struct world world_first(const struct model *model)
{
    struct world world;
    (void)model;
    memset(&world, 0, sizeof world);
    world.today = day_of(2026, 2, 28);
    return world;
}

/* ---- facts */

static void move_days(const struct model *model, struct facts *facts, int32_t days)
{
    for (size_t i = 1; i < model->book->facts_n; i++) {
        const struct fact_row *fact = &model->book->facts[i];
        void *at = (char *)facts + fact->offset;
        if (fact->kind == FACT_KIND_DAY && day_known(*(struct day *)at))
            ((struct day *)at)->n += days;
        if (fact->kind == FACT_KIND_INSTANT && *(int64_t *)at > 0)
            *(int64_t *)at += (int64_t)days * MS_A_DAY;
    }
}

struct room {
    struct str steps[STEPS_MAX], siblings[OPEN_MAX];
};

static void know_steps(const struct model *model, const struct open_case *open, int person,
                       struct facts *facts, struct room *room)
{
    const struct procedure_row *procedure = &model->book->procedures[open->procedure];
    facts->actor_steps = (struct words){.at = room->steps};
    for (size_t i = 0; person != NOBODY && i < procedure->steps.n; i++)
        if (open->by[person] >> i & 1)
            room->steps[facts->actor_steps.n++] =
                str_of(model->book->steps[procedure->steps.first + i].name);
}

static void know_siblings(const struct model *model, const struct world *world,
                          const struct open_case *open, struct facts *facts, struct room *room)
{
    struct words siblings = {.at = room->siblings};
    for (size_t i = 0; i < world->open_n; i++)
        if (&world->open[i] != open)
            room->siblings[siblings.n++] =
                str_of(model->book->procedures[world->open[i].procedure].name);
    if (model->fact_siblings)
        *(struct words *)((char *)facts + model->book->facts[model->fact_siblings].offset) =
            siblings;
}

static struct facts know(const struct model *model, const struct world *world,
                         const struct open_case *open, const struct scene *scene, int person,
                         struct room *room)
{
    const struct rulebook *book = model->book;
    struct facts facts = scene->known.facts;
    if (day_known(facts.today))
        move_days(model, &facts, world->today.n - facts.today.n);
    facts.today = world->today;
    facts.now = day_begins(world->today);
    facts.case_level = open->level;
    facts.route = str_of(book->procedures[world->route ? world->route : open->procedure].name);
    know_steps(model, open, person, &facts, room);
    know_siblings(model, world, open, &facts, room);
    if (model->fact_entry && open->entry)
        *(struct str *)((char *)&facts + book->facts[model->fact_entry].offset) = str_of(
            book->steps[book->procedures[open->procedure].steps.first + open->entry - 1u].name);
    if (model->fact_no_label)
        *(bool *)((char *)&facts + book->facts[model->fact_no_label].offset) =
            !day_known(world->life.issued);
    life_know(&world->life, &facts);
    return facts;
}

/* ---- a step */

static bool by_person(const struct rulebook *book, int role)
{
    enum role_sort sort = book->roles[role].sort;
    return sort == ROLE_SORT_OFFICE || sort == ROLE_SORT_DELEGATED || sort == ROLE_SORT_ANY;
}

static bool in_state(const struct rulebook *book, const struct step_row *step, int state)
{
    for (size_t i = 0; i < step->from.n; i++)
        if (book->ids[step->from.first + i] == state)
            return true;
    return false;
}

/* Persons are interchangeable on a case: what each did, in order. */
static void persons_sort(struct open_case *open)
{
    for (int i = 1; i < PERSONS; i++)
        for (int k = i; k > 0 && open->by[k - 1] < open->by[k]; k--) {
            uint64_t by = open->by[k];
            open->by[k] = open->by[k - 1];
            open->by[k - 1] = by;
        }
}

static int case_order(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct open_case));
}

static void cases_sort(struct world *world)
{
    for (int i = 1; i < world->open_n; i++)
        for (int k = i; k > 0 && case_order(&world->open[k - 1], &world->open[k]) > 0; k--) {
            struct open_case open = world->open[k];
            world->open[k] = world->open[k - 1];
            world->open[k - 1] = open;
        }
}

static void count_numbers(const struct rulebook *book, const struct step_row *step,
                          struct world *world)
{
    for (size_t i = 0; i < step->does.n; i++) {
        const struct use *use = &book->uses[step->does.first + i];
        if (use->id != EFFECT_GIVE_NUMBER)
            continue;
        world->registrations =
            (uint8_t)(world->registrations + !strcmp(use->arg.word, "registration-number"));
        world->certificates =
            (uint8_t)(world->certificates + !strcmp(use->arg.word, "certification-number"));
    }
}

/* A parameter of the scene, as a flag. */
static bool is_set(const struct rulebook *book, const struct facts *facts, const char *flag)
{
    int fact = fact_by_name(book, str_of(flag));
    return fact && *(const bool *)((const char *)facts + book->facts[fact].offset);
}

/* 4.3.4-1 as the model counts: an application that is filed counts, unless a parameter lets one go
 * that was rejected, or taken back before it was accepted; a certification of
 * the whole product begins anew. */
static void count_filed(const struct rulebook *book, const struct open_case *was,
                        const struct step_row *step, const struct facts *facts,
                        const struct world *before, struct world *world)
{
    const struct procedure_row *procedure = &book->procedures[was->procedure];
    if (!strcmp(procedure->name, "extend-certified")) {
        bool let_go =
            (step->to == STATE_REJECTED && !is_set(book, facts, "rejected-extension-counts")) ||
            (was->state == STATE_RECEIVED && step->to == STATE_APPLICATION_WITHDRAWN &&
             !is_set(book, facts, "early-withdrawal-counts"));
        if (was->state == STATE_START && step->to != STATE_SAME)
            world->filed++;
        else if (let_go && world->filed)
            world->filed--;
    }
    bool certified_anew = before->life.level < 3 && world->life.level >= 3;
    if (certified_anew || !strcmp(step->name, "renew"))
        world->filed = 0;
}

static const struct {
    const char *procedure, *step;
    uint8_t sets, clears;
} tells[] = {
    {"surveillance", "order", MARK_ORDERED, 0},
    {"revocation", "require", MARK_REQUIRED, 0},
    {"revocation", "period-over", MARK_OVER, 0},
    {"revocation", "find-insufficient-late", MARK_OVER, 0},
    {"revocation", "file-correction", MARK_UNEXAMINED, 0},
    {"revocation", "examine-correction", 0, MARK_UNEXAMINED},
};

/* A-TM: what another than the Technical Manager orders or requires is no decision. */
static void mark(const struct rulebook *book, const struct step_row *step, int role,
                 struct open_case *open)
{
    const char *procedure = book->procedures[open->procedure].name;
    for (size_t i = 0; i < sizeof tells / sizeof *tells; i++) {
        uint8_t sets = tells[i].sets;
        if (strcmp(tells[i].procedure, procedure) || strcmp(tells[i].step, step->name))
            continue;
        if ((sets & (MARK_ORDERED | MARK_REQUIRED)) && role != ROLE_TECHNICAL_MANAGER)
            continue;
        open->marks = (uint8_t)((open->marks & ~tells[i].clears) | sets);
    }
}

/* A case opened by a step: the step taken on it at once, by the same person. */
static void open_then(const struct rulebook *book, const struct step_row *step, uint8_t level,
                      int role, struct world *world)
{
    for (size_t i = 0; i < step->thens.n && world->open_n < OPEN_MAX; i++) {
        const struct then_row *then = &book->thens[step->thens.first + i];
        const struct procedure_row *procedure = &book->procedures[then->procedure];
        const struct step_row *first = step_by_name(book, procedure, str_of(then->step));
        struct open_case *open = &world->open[world->open_n];
        memset(open, 0, sizeof *open);
        open->procedure = (uint8_t)then->procedure;
        open->state = (uint8_t)first->to;
        open->entry = (uint8_t)((size_t)(first - book->steps) - procedure->steps.first + 1);
        open->level = level;
        mark(book, first, role, open);
        if (!book->states[first->to].final)
            world->open_n++;
    }
}

struct follow {
    const struct model *model;
    const struct world *world;
    world_met *met;
    void *whom;
};

static bool take(const struct follow *follow, size_t which, const struct open_case *was,
                 const struct scene *scene, int person, const struct facts *facts,
                 const struct verdict *verdict)
{
    const struct rulebook *book = follow->model->book;
    struct world next = *follow->world;
    struct open_case is = *was;
    next.life = verdict->outcome.life;
    is.state = (uint8_t)verdict->to;
    if (person != NOBODY)
        is.by[person] |= follow->model->told_as[scene->step - book->steps];
    mark(book, scene->step, scene->known.role, &is);
    if (was->state == STATE_START && verdict->to != STATE_START)
        is.entry = (uint8_t)(scene->step_index + 1);
    if ((!day_known(follow->world->life.issued) && day_known(next.life.issued)) ||
        follow->world->life.level != next.life.level)
        next.route = was->procedure; /* 4.5-1: the route is that of the level */
    count_numbers(book, scene->step, &next);
    count_filed(book, was, scene->step, facts, follow->world, &next);
    struct taken taken = {follow->model, follow->world, &next, was, &is, scene, person, facts};
    struct open_case kept = is;
    persons_sort(&kept);
    if (which == next.open_n)
        next.open_n++;
    next.open[which] = kept;
    if (book->states[is.state].final) {
        next.open[which] = next.open[next.open_n - 1];
        memset(&next.open[--next.open_n], 0, sizeof *next.open);
    }
    open_then(book, scene->step, was->level, scene->known.role, &next);
    cases_sort(&next);
    return follow->met(follow->whom, &next, &taken);
}

/* Tries a scene on a case, by each of the persons that differ. */
static bool attempt(const struct follow *follow, size_t which, const struct open_case *open,
                    const struct scene *scene)
{
    const struct rulebook *book = follow->model->book;
    bool persons = by_person(book, scene->known.role);
    for (int person = persons ? 0 : NOBODY; person <= (persons ? PERSONS - 1 : NOBODY); person++) {
        struct room room;
        if (persons && person && open->by[person] == open->by[person - 1])
            continue;
        struct facts facts = know(follow->model, follow->world, open, scene, person, &room);
        struct verdict verdict = judge(book, scene->known.procedure, str_of(scene->step->name),
                                       scene->known.role, open->state, &facts);
        if (verdict.kind == VERDICT_ALLOWED &&
            !take(follow, which, open, scene, person, &facts, &verdict))
            return false;
    }
    return true;
}

/* ---- a case that is not open yet */

static bool may_open(const struct model *model, const struct world *world,
                     const struct scene *scene)
{
    const struct procedure_row *procedure = scene->known.procedure;
    bool label = !strcmp(procedure->subject, "label");
    bool application = !strcmp(procedure->subject, "application");
    bool registrant = scene->known.role == ROLE_REGISTRANT;
    if (!in_state(model->book, scene->step, STATE_START) || world->open_n >= model->open_max)
        return false;
    if (scene->step->to == STATE_SAME || scene->step->to == STATE_START)
        return false; /* a draft is nobody's case yet */
    return day_known(world->life.issued) ? label || (application && registrant)
                                         : application && !registrant && world->open_n == 0;
}

static struct open_case opened(const struct model *model, const struct world *world,
                               const struct scene *scene)
{
    struct open_case open;
    bool label = !strcmp(scene->known.procedure->subject, "label");
    memset(&open, 0, sizeof open);
    open.procedure = (uint8_t)(scene->known.procedure - model->book->procedures);
    open.state = STATE_START;
    open.level = (uint8_t)(label ? world->life.level : scene->known.facts.case_level);
    return open;
}

/* ---- time */

/* The next day on which something about the label changes: the day before, the day, the day after
 * each day that its life has, and of the five years of 4.3.6. */
static struct day next_boundary(const struct model *model, const struct world *world)
{
    struct facts facts = {.today = world->today};
    struct day next = {0};
    int grace = parameter_by_name(model->book, STR("grace-longest"));
    span_parse(str_of(model->book->parameters[grace].value), &facts.grace_longest);
    life_know(&world->life, &facts);
    struct day days[32];
    size_t n = 0;
    for (size_t i = 1; i < model->book->facts_n && n < 30; i++) {
        const struct fact_row *fact = &model->book->facts[i];
        const struct day *day = (const void *)((const char *)&facts + fact->offset);
        if (fact->kind == FACT_KIND_DAY && !strcmp(fact->subject, "label") && day_known(*day))
            days[n++] = *day;
    }
    if (day_known(world->life.term_start))
        days[n++] = day_last_of(day_plus(world->life.term_start, 1), (struct span){5, 'y'});
    for (size_t i = 0; i < n; i++)
        for (int32_t off = -1; off <= 1; off++)
            if (days[i].n + off > world->today.n && (!day_known(next) || days[i].n + off < next.n))
                next.n = days[i].n + off;
    return next;
}

void world_follow(const struct model *model, const struct world *world, world_met *met, void *whom)
{
    struct follow follow = {model, world, met, whom};
    for (size_t i = 0; i < model->scenes_n; i++) {
        const struct scene *scene = model->scenes[i];
        if (model->plain_only && !scene->plain)
            continue;
        int procedure = (int)(scene->known.procedure - model->book->procedures);
        for (size_t k = 0; k < world->open_n; k++)
            if (world->open[k].procedure == procedure &&
                in_state(model->book, scene->step, world->open[k].state) &&
                !attempt(&follow, k, &world->open[k], scene))
                return;
        if (may_open(model, world, scene)) {
            struct open_case open = opened(model, world, scene);
            if (!attempt(&follow, world->open_n, &open, scene))
                return;
        }
    }
    struct world later = *world;
    later.today = next_boundary(model, world);
    if (day_known(later.today))
        met(whom, &later, NULL);
}
