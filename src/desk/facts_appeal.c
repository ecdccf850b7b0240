/* facts_appeal.c: the decision that an appeal is against, as the judge may know it: 6.6.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An appeal stands below the case of the decision, as what a step opened stands below the case of
 * the step; a reinstatement that it begins stands below the appeal. */
#include <string.h>

#include "desk/deed.h"
#include "rule/facts.h"
#include "store/sql.gen.h"

#include "base/banned.h"

/* A decision is what a notice tells a party that can be appealed against until a day. */
static bool can_be_appealed(const struct rulebook *book, const struct step_row *step)
{
    for (size_t i = 0; step && i < step->tells.n; i++) {
        struct range shows =
            book->notices[book->tells[step->tells.first + i].notice].shows;
        for (size_t k = 0; k < shows.n; k++)
            if (book->shows[shows.first + k].kind == NAMED_FACT &&
                book->shows[shows.first + k].id == FACT_APPEAL_UNTIL)
                return true;
    }
    return false;
}

static const struct step_row *step_of(const struct rulebook *book, struct str procedure,
                                      struct str step)
{
    const struct procedure_row *row = procedure_by_name(book, procedure);
    return row ? step_by_name(book, row, step) : NULL;
}

/* The last day to appeal is counted by the parameter of the day of the decision, as its letter
 * did. */
static struct fault *until_after(const struct deed *deed, struct day decided, struct day *out)
{
    struct setting setting = deed->setting;
    int64_t days = 0;
    if (decided.n != deed->today.n)
        TRY(setting_load(deed->desk->store, deed->arena, deed->desk->book, decided, &setting));
    str_int(setting_of(&setting, "appeal-days"), &days);
    *out = day_plus(decided, (int)days);
    return NULL;
}

struct fault *decision_of_case(struct deed *deed, struct str case_id, struct decision *out)
{
    struct store *store = deed->desk->store;
    struct row_case_step *steps;
    size_t n;
    *out = (struct decision){0};
    TRY(sql_case_by_id(store, deed->arena, case_id, &out->work));
    if (!out->work)
        return NULL;
    TRY(sql_case_steps(store, deed->arena, case_id, &steps, &n));
    for (size_t i = 0; i < n; i++) {
        const struct step_row *step =
            step_of(deed->desk->book, out->work->procedure, steps[i].step);
        if (!str_is(steps[i].act, "step") || !can_be_appealed(deed->desk->book, step))
            continue;
        out->taken = &steps[i];
        out->step = step;
    }
    if (!out->taken)
        return NULL;
    out->decided = day_of_instant(out->taken->due ? out->taken->due : out->taken->at);
    return until_after(deed, out->decided, &out->until);
}

/* Another appeal below the same case that is filed and not at its end, against this decision and
 * not one before it. */
static struct fault *is_pending(struct deed *deed, const struct decision *decision, bool *out)
{
    const struct rulebook *book = deed->desk->book;
    struct row_casework *rows;
    size_t n;
    TRY(sql_cases_below(deed->desk->store, deed->arena, decision->work->id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        int state = state_by_name(book, rows[i].state);
        if (str_is(rows[i].procedure, "appeal") && !str_eq(rows[i].id, deed->work.id) &&
            state != STATE_START && !book->states[state].final)
            *out = true;
    }
    return NULL;
}

/* Whether the decision left the case as it is, and did nothing that would have to be undone. */
static bool only_refused(const struct deed *deed, const struct decision *decision)
{
    const struct rulebook *book = deed->desk->book;
    int state = state_by_name(book, decision->work->state);
    return !decision->step->does.n && !decision->step->thens.n && book->states[state].final &&
           str_eq(decision->taken->to_state, decision->work->state);
}

static struct str remedy_of(const struct deed *deed, const struct decision *decision)
{
    if (!decision->taken)
        return STR_NONE;
    if (str_is(str_of(deed->void_act.kind), "revoked"))
        return STR("reinstatement");
    return only_refused(deed, decision) ? STR("reopening") : STR("other");
}

static struct fault *know_appealed(struct deed *deed)
{
    struct decision *decision = &deed->appealed;
    struct row_casework *parent;
    struct str against = deed->work.parent;
    if (decision->known)
        return NULL;
    if (!str_is(deed->work.procedure, "appeal")) {
        TRY(sql_case_by_id(deed->desk->store, deed->arena, against, &parent));
        against = parent && str_is(parent->procedure, "appeal") ? parent->parent : STR_NONE;
        if (against.bytes)
            deed->appeal_upheld = str_is(parent->state, "appeal-upheld");
    }
    if (against.bytes)
        TRY(decision_of_case(deed, against, decision));
    decision->known = true;
    return decision->work ? is_pending(deed, decision, &decision->pending) : NULL;
}

struct fault *deed_load_appeal(struct deed *deed)
{
    struct facts *facts = &deed->facts;
    const struct decision *decision = &deed->appealed;
    bool appeals = str_is(deed->work.procedure, "appeal");
    if (!appeals && !(str_is(deed->work.procedure, "reinstatement") && deed->work.parent.bytes))
        return until_after(deed, deed->today, &facts->appeal_until);
    TRY(know_appealed(deed));
    facts->appeal_upheld = deed->appeal_upheld;
    if (!decision->taken)
        return NULL;
    TRY(deed_load_void_entry(deed, decision->taken->seq));
    facts->appealed_act = decision->taken->step;
    facts->appeal_until = decision->until;
    facts->appeal_pending = decision->pending;
    facts->appeal_remedy = remedy_of(deed, decision);
    return NULL;
}
