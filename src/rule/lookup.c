/* lookup.c: rows of the rule book by their names.
 * SPDX-License-Identifier: Apache-2.0 */
#include "rule/facts.h"
#include "rule/rulebook.h"

#include "base/banned.h"

/* Every row that has a name has it first. */
static int by_name(const void *rows, size_t n, size_t row_bytes, struct str name)
{
    for (size_t i = 1; i < n; i++) {
        const char *const *row = (const void *)((const char *)rows + i * row_bytes);
        if (str_is(name, *row))
            return (int)i;
    }
    return 0;
}

const struct procedure_row *procedure_by_name(const struct rulebook *book, struct str name)
{
    int i = by_name(book->procedures, book->procedures_n, sizeof *book->procedures, name);
    return i ? &book->procedures[i] : NULL;
}

const struct step_row *step_by_name(const struct rulebook *book,
                                    const struct procedure_row *procedure, struct str name)
{
    for (size_t i = 0; i < procedure->steps.n; i++)
        if (str_is(name, book->steps[procedure->steps.first + i].name))
            return &book->steps[procedure->steps.first + i];
    return NULL;
}

int role_by_name(const struct rulebook *book, struct str name)
{
    return by_name(book->roles, book->roles_n, sizeof *book->roles, name);
}

int state_by_name(const struct rulebook *book, struct str name)
{
    return by_name(book->states, book->states_n, sizeof *book->states, name);
}

int field_by_name(const struct rulebook *book, struct str name)
{
    return by_name(book->fields, book->fields_n, sizeof *book->fields, name);
}

int parameter_by_name(const struct rulebook *book, struct str name)
{
    return by_name(book->parameters, book->parameters_n, sizeof *book->parameters, name);
}

int fact_by_name(const struct rulebook *book, struct str name)
{
    return by_name(book->facts, book->facts_n, sizeof *book->facts, name);
}

int notice_by_name(const struct rulebook *book, struct str name)
{
    return by_name(book->notices, book->notices_n, sizeof *book->notices, name);
}

struct named named_by_name(const struct rulebook *book, struct str name)
{
    int id = by_name(book->blanks, book->blanks_n, sizeof *book->blanks, name);
    if (id)
        return (struct named){NAMED_BLANK, id};
    if ((id = by_name(book->numbers, book->numbers_n, sizeof *book->numbers, name)))
        return (struct named){NAMED_NUMBER, id};
    if ((id = field_by_name(book, name)))
        return (struct named){NAMED_FIELD, id};
    if ((id = fact_by_name(book, name)))
        return (struct named){NAMED_FACT, id};
    return (struct named){0};
}

int guard_by_name(const struct rulebook *book, struct str name)
{
    return by_name(book->guards, book->guards_n, sizeof *book->guards, name);
}

const struct guard_row *guard_row_of(const struct rulebook *book, const char *name)
{
    int i = guard_by_name(book, str_of(name));
    return i ? &book->guards[i] : NULL;
}

const struct fault_row *fault_row_of(const struct rulebook *book, const char *code)
{
    int i = by_name(book->faults, book->faults_n, sizeof *book->faults, str_of(code));
    return i ? &book->faults[i] : NULL;
}

const char *text_in(struct text text, bool english)
{
    return english ? text.en : text.ja;
}

bool step_is_open(const struct rulebook *book, const struct step_row *step)
{
    for (size_t i = 0; i < step->by.n; i++)
        if (book->roles[book->ids[step->by.first + i]].sort == ROLE_SORT_OUTSIDE)
            return true;
    return false;
}

const struct step_row *open_step(const struct rulebook *book, const struct procedure_row *procedure)
{
    for (size_t i = 0; i < procedure->steps.n; i++) {
        const struct step_row *step = &book->steps[procedure->steps.first + i];
        if (step->to != STATE_SAME && book->ids[step->from.first] == STATE_START &&
            step_is_open(book, step))
            return step;
    }
    return NULL;
}
