/* test_forced.c: a guard that is forced true makes a case fail: no guard is idle, and no row of a
 * step or of a role.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "cases_run.h"
#include "check.h"

#include "base/banned.h"

enum { CASE_FILES_MAX = 40 };

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

/* What runs on the judge: all case files, one after the other; each begins with what is given. */
struct law {
    struct tally *tally;
    struct arena *arena;
    struct str files[CASE_FILES_MAX];
    size_t files_n;
};

static bool some_case_fails(const struct law *law, const struct rulebook *book)
{
    for (size_t i = 0; i < law->files_n; i++)
        if (cases_failing(book, law->files[i]) != 0)
            return true;
    return false;
}

static bool takes_steps(int role)
{
    for (size_t s = 1; s < hoshi_rulebook.steps_n; s++)
        for (size_t i = 0; i < hoshi_rulebook.steps[s].by.n; i++)
            if (hoshi_rulebook.ids[hoshi_rulebook.steps[s].by.first + i] == role)
                return true;
    return false;
}

static bool is_used(int guard)
{
    for (size_t i = 0; i < hoshi_rulebook.procedures_n; i++) {
        struct range steps = hoshi_rulebook.procedures[i].steps;
        for (size_t s = steps.first; s < (size_t)(steps.first + steps.n); s++)
            for (size_t w = 0; w < hoshi_rulebook.steps[s].whens.n; w++)
                if (hoshi_rulebook.uses[hoshi_rulebook.steps[s].whens.first + w].id == guard)
                    return true;
    }
    for (size_t r = 1; r < hoshi_rulebook.roles_n; r++)
        for (size_t w = 0; takes_steps((int)r) && w < hoshi_rulebook.roles[r].whens.n; w++)
            if (hoshi_rulebook.uses[hoshi_rulebook.roles[r].whens.first + w].id == guard)
                return true;
    return false;
}

static void guards_force(const struct law *law)
{
    struct rulebook book = hoshi_rulebook;
    size_t bytes = book.guards_n * sizeof *book.guards;
    struct guard_row *guards = arena_alloc(law->arena, bytes);
    book.guards = guards;
    for (size_t i = 1; i < book.guards_n; i++) {
        if (!is_used((int)i))
            continue;
        memcpy(guards, hoshi_rulebook.guards, bytes);
        guards[i].holds = always;
        CHECK(law->tally, some_case_fails(law, &book), "%s forced true makes a case fail: %s",
              guards[i].name, guards[i].clause);
        guards[i].holds = never;
        CHECK(law->tally, some_case_fails(law, &book), "%s forced false makes a case fail: %s",
              guards[i].name, guards[i].clause);
    }
}

/* Without its i-th `when` row; the order of the others does not matter to whether a case fails. */
static void drop_use(struct use *uses, struct range *whens, size_t i)
{
    memcpy(uses, hoshi_rulebook.uses, hoshi_rulebook.uses_n * sizeof *uses);
    uses[whens->first + i] = uses[whens->first + whens->n - 1];
    whens->n--;
}

/* One row at a time: the same guard stands on several roles and steps. */
static void steps_force(const struct law *law)
{
    struct rulebook book = hoshi_rulebook;
    struct step_row *steps = NEW_ARRAY(law->arena, book.steps_n, struct step_row);
    struct use *uses = NEW_ARRAY(law->arena, book.uses_n, struct use);
    struct apart_row *aparts = NEW_ARRAY(law->arena, book.aparts_n, struct apart_row);
    memcpy(aparts, hoshi_rulebook.aparts, book.aparts_n * sizeof *aparts);
    book.aparts = aparts;
    book.steps = steps;
    book.uses = uses;
    for (size_t s = 1; s < book.steps_n; s++) {
        const struct step_row *step = &hoshi_rulebook.steps[s];
        for (size_t i = 0; i < step->whens.n; i++) {
            memcpy(steps, hoshi_rulebook.steps, book.steps_n * sizeof *steps);
            drop_use(uses, &steps[s].whens, i);
            CHECK(law->tally, some_case_fails(law, &book),
                  "%s without its row %s makes a case fail", step->name,
                  book.guards[hoshi_rulebook.uses[step->whens.first + i].id].name);
        }
        memcpy(uses, hoshi_rulebook.uses, book.uses_n * sizeof *uses);
        for (size_t i = 0; i < step->aparts.n; i++) {
            memcpy(steps, hoshi_rulebook.steps, book.steps_n * sizeof *steps);
            memcpy(aparts, hoshi_rulebook.aparts, book.aparts_n * sizeof *aparts);
            aparts[step->aparts.first + i] = aparts[step->aparts.first + step->aparts.n - 1];
            steps[s].aparts.n--;
            CHECK(law->tally, some_case_fails(law, &book),
                  "%s not apart from %s makes a case fail: %s", step->name,
                  hoshi_rulebook.aparts[step->aparts.first + i].step,
                  hoshi_rulebook.aparts[step->aparts.first + i].clause);
        }
        memcpy(aparts, hoshi_rulebook.aparts, book.aparts_n * sizeof *aparts);
    }
}

static void roles_force(const struct law *law)
{
    struct rulebook book = hoshi_rulebook;
    struct role_row *roles = NEW_ARRAY(law->arena, book.roles_n, struct role_row);
    struct use *uses = NEW_ARRAY(law->arena, book.uses_n, struct use);
    book.roles = roles;
    book.uses = uses;
    for (size_t r = 1; r < book.roles_n; r++) {
        const struct role_row *role = &hoshi_rulebook.roles[r];
        for (size_t i = 0; takes_steps((int)r) && i < role->whens.n; i++) {
            memcpy(roles, hoshi_rulebook.roles, book.roles_n * sizeof *roles);
            drop_use(uses, &roles[r].whens, i);
            CHECK(law->tally, some_case_fails(law, &book),
                  "%s without its row %s makes a case fail", role->name,
                  book.guards[hoshi_rulebook.uses[role->whens.first + i].id].name);
        }
    }
}

int main(int n, char **paths)
{
    struct tally tally = {0};
    struct arena *arena = arena_new(64 << 20);
    struct law law = {.tally = &tally, .arena = arena};
    CHECK(&tally, n > 1 && n <= CASE_FILES_MAX, "the case files are named");
    for (int i = 1; i < n && i <= CASE_FILES_MAX; i++)
        law.files[law.files_n++] = case_file_read(arena, paths[i]);
    CHECK(&tally, !some_case_fails(&law, &hoshi_rulebook), "as the book stands, no case fails");
    guards_force(&law);
    steps_force(&law);
    roles_force(&law);
    arena_free(arena);
    return tally_end(&tally);
}
