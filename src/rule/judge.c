/* judge.c: may this step be taken now, by this role, on these facts?
 * SPDX-License-Identifier: Apache-2.0
 *
 * Numbered early returns, in the order of judge.h. */
#include "rule/judge.h"

#include "rule/ask.h"

#include "base/banned.h"

static bool has_id(const struct rulebook *book, struct range range, int id)
{
    for (size_t i = 0; i < range.n; i++)
        if (book->ids[range.first + i] == id)
            return true;
    return false;
}

bool ask_authority(const struct rulebook *book, const struct step_row *step, int role)
{
    return has_id(book, step->by, role);
}

bool ask_state(const struct rulebook *book, const struct step_row *step, int state)
{
    return has_id(book, step->from, state);
}

bool ask_apart(const struct apart_row *apart, const struct facts *facts)
{
    return facts->actor_steps.at && !words_have(facts->actor_steps, str_of(apart->step));
}

bool ask_guard(const struct rulebook *book, const struct step_row *step, const struct use *use,
               const struct facts *facts)
{
    const struct guard_row *guard = &book->guards[use->id];
    struct arg arg = use->arg;
    if (guard->takes_function) {
        arg.id = book->acts[step->act].function;
        arg.word = book->functions[arg.id].name;
    }
    return guard->holds(facts, arg);
}

int64_t step_due(const struct rulebook *book, const struct step_row *step,
                 const struct facts *facts)
{
    const struct fact_row *fact = &book->facts[step->at];
    const void *at = (const char *)facts + fact->offset;
    if (step->at == FACT_NONE)
        return 0;
    if (fact->kind == FACT_KIND_INSTANT)
        return *(const int64_t *)at;
    struct day day = *(const struct day *)at;
    return day_known(day) ? day_begins(day) : 0;
}

bool ask_due(const struct rulebook *book, const struct step_row *step, const struct facts *facts)
{
    int64_t due = step_due(book, step, facts);
    if (step->at == FACT_NONE)
        return true;
    if (book->facts[step->at].kind == FACT_KIND_INSTANT)
        return due > 0 && due <= facts->now;
    return due > 0 && due <= day_begins(facts->today);
}

/* The clause that says whose step it is. */
const char *authority_clause(const struct rulebook *book, const struct step_row *step)
{
    return step->by.n ? book->roles[book->ids[step->by.first]].clause : step->clause;
}

static struct verdict refused(enum verdict_kind kind, const struct step_row *step,
                              const char *guard, int guard_id, const char *clause)
{
    return (struct verdict){
        .kind = kind, .step = step, .guard = guard, .guard_id = guard_id, .clause = clause};
}

static struct verdict allowed(const struct step_row *step, int state)
{
    return (struct verdict){.kind = VERDICT_ALLOWED,
                            .step = step,
                            .clause = step->clause,
                            .to = step->to == STATE_SAME ? state : step->to};
}

/* The first of the guards that does not hold; NULL when all do. */
static const struct use *first_failing(const struct rulebook *book, const struct step_row *step,
                                       struct range whens, const struct facts *facts)
{
    for (size_t i = 0; i < whens.n; i++)
        if (!ask_guard(book, step, &book->uses[whens.first + i], facts))
            return &book->uses[whens.first + i];
    return NULL;
}

static struct verdict refused_by(const struct rulebook *book, const struct step_row *step,
                                 const struct use *use)
{
    static const enum verdict_kind kinds[] = {[GUARD_FORBIDDEN] = VERDICT_FORBIDDEN,
                                              [GUARD_REFUSED] = VERDICT_REFUSED,
                                              [GUARD_MALFORMED] = VERDICT_MALFORMED};
    const struct guard_row *guard = &book->guards[use->id];
    return refused(kinds[guard->family], step, guard->name, use->id, use->clause);
}

struct verdict judge_before_form(const struct rulebook *book, const struct procedure_row *procedure,
                                 struct str name, int role, int state, const struct facts *facts)
{
    const struct step_row *step = step_by_name(book, procedure, name);
    const struct use *failing;
    if (!step) /* 1 */
        return refused(VERDICT_UNKNOWN, NULL, NULL, GUARD_NONE, procedure->clause);
    if (!ask_authority(book, step, role)) /* 2 */
        return refused(VERDICT_FORBIDDEN, step, "authority", GUARD_NONE,
                       authority_clause(book, step));
    failing = first_failing(book, step, book->roles[role].whens, facts);
    if (failing) /* 3 */
        return refused_by(book, step, failing);
    for (size_t i = 0; i < step->aparts.n; i++) { /* 4 */
        const struct apart_row *apart = &book->aparts[step->aparts.first + i];
        if (!ask_apart(apart, facts))
            return refused(VERDICT_FORBIDDEN, step, "apart", GUARD_NONE, apart->clause);
    }
    if (!ask_state(book, step, state)) /* 5 */
        return refused(VERDICT_STATE, step, "state", GUARD_NONE, step->clause);
    if (!ask_due(book, step, facts)) /* 6 */
        return refused(VERDICT_REFUSED, step, "due", GUARD_NONE, step->at_clause);
    return allowed(step, state);
}

struct verdict judge(const struct rulebook *book, const struct procedure_row *procedure,
                     struct str name, int role, int state, const struct facts *facts)
{
    struct verdict verdict = judge_before_form(book, procedure, name, role, state, facts);
    if (verdict.kind != VERDICT_ALLOWED)
        return verdict;
    const struct step_row *step = verdict.step;
    const struct use *failing = first_failing(book, step, step->whens, facts);
    if (failing) /* 8 */
        return refused_by(book, step, failing);
    verdict.outcome.life = life_of(facts);
    for (size_t i = 0; i < step->does.n; i++) {
        const struct use *use = &book->uses[step->does.first + i];
        if (book->effects[use->id].works)
            book->effects[use->id].works(facts, use->arg, &verdict.outcome);
    }
    return verdict;
}
