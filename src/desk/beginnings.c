/* beginnings.c: which procedures the registrant of a label can begin about it today.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Driven by the rows: every step out of a draft that the role registrant takes, judged as if its
 * case were opened now. */
#include "desk/deed.h"
#include "desk/renewal.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { BEGINNINGS_MAX = 64, LEVELS = 4 };

struct beginnings {
    struct desk *desk;
    struct arena *arena;
    const struct principal *who;
    const struct row_label *label;
    struct beginning *at;
    size_t n;
};

static bool is_entrance(const struct rulebook *book, const struct step_row *step)
{
    bool from_start = false, by_registrant = false;
    for (size_t i = 0; i < step->from.n; i++)
        from_start = from_start || book->ids[step->from.first + i] == STATE_START;
    for (size_t i = 0; i < step->by.n; i++)
        by_registrant = by_registrant || book->ids[step->by.first + i] == ROLE_REGISTRANT;
    return from_start && by_registrant && step->to != STATE_SAME;
}

/* What the form will say is not known yet: a refusal that rests on it is none. */
static bool rests_on_form(const struct rulebook *book, int guard)
{
    struct range reads = book->guards[guard].reads;
    for (size_t i = 0; guard && i < reads.n; i++)
        if (book->facts[book->ids[reads.first + i]].field)
            return true;
    return false;
}

static struct fault *judge_entrance(struct beginnings *all, const struct procedure_row *procedure,
                                    const struct step_row *step, int64_t level, struct verdict *out)
{
    struct deed deed;
    struct str name = str_of(step->name);
    struct case_request request = {.procedure = str_of(procedure->name),
                                   .level = level,
                                   .label = all->label->number,
                                   .who = all->who};
    TRY(deed_draft(all->desk, all->arena, &request, &deed));
    deed_choose_step(&deed, name);
    TRY(deed_load_facts(&deed));
    *out = judge(all->desk->book, procedure, name, deed.role, STATE_START, &deed.facts);
    if (out->kind != VERDICT_ALLOWED && rests_on_form(all->desk->book, out->guard_id))
        out->kind = VERDICT_ALLOWED;
    return NULL;
}

/* An application about a label asks for a level: each that is open is a beginning of its own. */
static struct fault *add(struct beginnings *all, const struct procedure_row *procedure,
                         const struct step_row *step)
{
    bool any = false, of_level = str_is(str_of(procedure->subject), "application");
    struct verdict verdict, own = {0};
    for (int64_t level = of_level ? 1 : 0; level <= (of_level ? LEVELS : 0); level++) {
        if (all->n + 1 >= BEGINNINGS_MAX)
            return NULL;
        TRY(judge_entrance(all, procedure, step, level, &verdict));
        if (!of_level || level == all->label->level)
            own = verdict;
        if (verdict.kind != VERDICT_ALLOWED)
            continue;
        any = true;
        all->at[all->n++] = (struct beginning){procedure, step, level, verdict};
    }
    if (!any && own.guard_id != GUARD_ROUTE) /* the other route's procedure is no question */
        all->at[all->n++] = (struct beginning){procedure, step, 0, own};
    return NULL;
}

static struct fault *add_of_subject(struct beginnings *all, const char *subject)
{
    const struct rulebook *book = all->desk->book;
    for (size_t p = 1; p < book->procedures_n; p++) {
        const struct procedure_row *procedure = &book->procedures[p];
        for (size_t i = 0; i < procedure->steps.n; i++) {
            const struct step_row *step = &book->steps[procedure->steps.first + i];
            if (str_is(str_of(procedure->subject), subject) && is_entrance(book, step))
                TRY(add(all, procedure, step));
        }
    }
    return NULL;
}

struct fault *desk_beginnings(struct desk *desk, struct arena *arena, const struct principal *who,
                              struct str number, struct beginning **out, size_t *n)
{
    struct beginnings all = {.desk = desk, .arena = arena, .who = who};
    struct row_label *label;
    TRY(sql_label_by_number(desk->store, arena, number, &label));
    if (!label)
        return FAULT(arena, "absent", "no such label");
    all.label = label;
    all.at = NEW_ARRAY(arena, BEGINNINGS_MAX, struct beginning);
    TRY(add_of_subject(&all, "label"));
    TRY(add_of_subject(&all, "vulnerability"));
    TRY(add_of_subject(&all, "application"));
    *out = all.at;
    *n = all.n;
    return NULL;
}
