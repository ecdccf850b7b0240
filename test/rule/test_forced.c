/* test_forced.c: a guard that is forced true makes a case fail: no guard of section 4.1 is idle.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "cases_run.h"
#include "check.h"

#include "base/banned.h"

static bool always(const struct facts *facts, struct arg arg)
{
    (void)facts;
    (void)arg;
    return true;
}

static bool never(const struct facts *facts, struct arg arg)
{
    (void)facts;
    (void)arg;
    return false;
}

static void guards_force(struct tally *tally, struct arena *arena, struct str cases)
{
    struct rulebook book = hoshi_rulebook;
    size_t bytes = book.guards_n * sizeof *book.guards;
    struct guard_row *guards = arena_alloc(arena, bytes);
    book.guards = guards;
    for (size_t i = 1; i < book.guards_n; i++) {
        memcpy(guards, hoshi_rulebook.guards, bytes);
        guards[i].holds = always;
        CHECK(tally, cases_failing(&book, cases) > 0, "%s forced true makes a case fail: %s",
              guards[i].name, guards[i].clause);
        guards[i].holds = never;
        CHECK(tally, cases_failing(&book, cases) > 0, "%s forced false makes a case fail: %s",
              guards[i].name, guards[i].clause);
    }
}

/* One row at a time: the same guard stands on several roles and steps. */
static void uses_force(struct tally *tally, struct arena *arena, struct str cases)
{
    struct rulebook book = hoshi_rulebook;
    const struct procedure_row *procedure = &book.procedures[PROCEDURE_SELF_DECLARED];
    struct step_row *steps = NEW_ARRAY(arena, book.steps_n, struct step_row);
    struct use *uses = NEW_ARRAY(arena, book.uses_n, struct use);
    book.steps = steps;
    book.uses = uses;
    for (size_t s = procedure->steps.first; s < procedure->steps.first + procedure->steps.n; s++) {
        const struct step_row *step = &hoshi_rulebook.steps[s];
        for (size_t i = 0; i < step->whens.n; i++) {
            memcpy(steps, hoshi_rulebook.steps, book.steps_n * sizeof *steps);
            memcpy(uses, hoshi_rulebook.uses, book.uses_n * sizeof *uses);
            struct use *dropped = &uses[steps[s].whens.first + i];
            *dropped = uses[steps[s].whens.first + steps[s].whens.n - 1];
            steps[s].whens.n--;
            CHECK(tally, cases_failing(&book, cases) > 0, "%s without its row %s makes a case fail",
                  step->name, book.guards[hoshi_rulebook.uses[step->whens.first + i].id].name);
        }
        for (size_t i = 0; i < step->aparts.n; i++) {
            memcpy(steps, hoshi_rulebook.steps, book.steps_n * sizeof *steps);
            steps[s].aparts.n--;
            steps[s].aparts.first = (uint16_t)(steps[s].aparts.first + (i == 0));
            CHECK(tally, cases_failing(&book, cases) > 0,
                  "%s without a row apart makes a case fail: 2.1.3-1", step->name);
        }
    }
}

static void roles_force(struct tally *tally, struct arena *arena, struct str cases)
{
    struct rulebook book = hoshi_rulebook;
    struct role_row *roles = NEW_ARRAY(arena, book.roles_n, struct role_row);
    struct use *uses = NEW_ARRAY(arena, book.uses_n, struct use);
    book.roles = roles;
    book.uses = uses;
    const int acting[] = {ROLE_APPLICANT, ROLE_OPERATIONAL_PERSONNEL, ROLE_TECHNICAL_MANAGER,
                          ROLE_MANAGING_DIRECTOR, ROLE_PERSONNEL};
    for (size_t r = 0; r < sizeof acting / sizeof *acting; r++) {
        const struct role_row *role = &hoshi_rulebook.roles[acting[r]];
        for (size_t i = 0; i < role->whens.n; i++) {
            memcpy(roles, hoshi_rulebook.roles, book.roles_n * sizeof *roles);
            memcpy(uses, hoshi_rulebook.uses, book.uses_n * sizeof *uses);
            uses[role->whens.first + i] = uses[role->whens.first + role->whens.n - 1];
            roles[acting[r]].whens.n--;
            CHECK(tally, cases_failing(&book, cases) > 0, "%s without its row %s makes a case fail",
                  role->name, book.guards[hoshi_rulebook.uses[role->whens.first + i].id].name);
        }
    }
}

int main(int n, char **paths)
{
    struct tally tally = {0};
    struct arena *arena = arena_new(32 << 20);
    CHECK(&tally, n == 2, "the cases of 4.1 are named");
    struct str cases = case_file_read(arena, paths[1]);
    CHECK(&tally, cases_failing(&hoshi_rulebook, cases) == 0, "as the book stands, no case fails");
    guards_force(&tally, arena, cases);
    uses_force(&tally, arena, cases);
    roles_force(&tally, arena, cases);
    arena_free(arena);
    return tally_end(&tally);
}
