/* facts_matter.c: who took part in a matter: on the case, and on those that it grew out of.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A case that a step opened is of the same matter as the case of that step, and an appeal of that
 * of the decision. 2.1.3-1 keeps apart by persons, and a person does not change with the case. */
#include <string.h>

#include "desk/deed.h"
#include "rule/facts.h"
#include "store/sql.gen.h"

#include "base/banned.h"

/* 2.1.3-1: where the parameter lets one person take both decisions, the first bars nobody. */
static bool is_technical_decision(const struct rulebook *book, struct str procedure,
                                  struct str name)
{
    const struct procedure_row *of = procedure_by_name(book, procedure);
    const struct step_row *step = of ? step_by_name(book, of, name) : NULL;
    const struct act_row *act = step ? &book->acts[step->act] : NULL;
    return act && act->sort == ACT_DECIDES && act->function == FUNCTION_TECHNICAL_DECISION;
}

/* Does any step of the procedure have to be apart from PROCEDURE/STEP? */
static bool looks_above(const struct rulebook *book, const struct procedure_row *procedure)
{
    for (size_t i = 0; i < procedure->steps.n; i++) {
        struct range aparts = book->steps[procedure->steps.first + i].aparts;
        for (size_t k = 0; k < aparts.n; k++)
            if (strchr(book->aparts[aparts.first + k].step, '/'))
                return true;
    }
    return false;
}

struct fault *deed_know_matter(struct deed *deed)
{
    struct matter *matter = &deed->matter;
    struct str person = deed->who->person;
    if (matter->known)
        return NULL;
    matter->known = true;
    if (!person.bytes || !deed->work.parent.bytes ||
        !looks_above(deed->desk->book, deed->procedure))
        return NULL;
    return sql_steps_above(deed->desk->store, deed->arena, deed->work.parent, person,
                           &matter->above, &matter->above_n);
}

struct words deed_steps_of_actor(const struct deed *deed)
{
    const struct rulebook *book = deed->desk->book;
    const struct matter *matter = &deed->matter;
    struct str *room = NEW_ARRAY(deed->arena, deed->steps_n + matter->above_n + 1, struct str);
    bool one_decides = str_is(setting_of(&deed->setting, "one-person-decides"), "yes");
    size_t n = 0;
    for (size_t i = 0; i < deed->steps_n; i++) {
        const struct row_case_step *taken = &deed->steps[i];
        if (str_eq(taken->person, deed->who->person) && str_is(taken->act, "step") &&
            !(one_decides && is_technical_decision(book, deed->work.procedure, taken->step)))
            room[n++] = taken->step;
    }
    for (size_t i = 0; i < matter->above_n; i++) {
        const struct sql_steps_above_row *taken = &matter->above[i];
        if (!(one_decides && is_technical_decision(book, taken->procedure, taken->step)))
            room[n++] = str_print(deed->arena, "%.*s/%.*s", STR_F(taken->procedure),
                                  STR_F(taken->step));
    }
    return (struct words){.at = room, .n = n};
}

struct fault *took_no_part(struct deed *deed, struct str case_id, bool *out)
{
    struct sql_steps_above_row *rows;
    size_t n;
    TRY(sql_steps_above(deed->desk->store, deed->arena, case_id, deed->who->person, &rows, &n));
    *out = n == 0;
    return NULL;
}
