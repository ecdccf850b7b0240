/* test_due.c: the steps by the clock: each has a case that takes it on its very day and one that
 * refuses it the day before, and one that fails when the step would always be due.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "cases_run.h"
#include "check.h"

#include "base/banned.h"

enum { CASE_FILES_MAX = 40 };

struct law {
    struct tally *tally;
    struct str files[CASE_FILES_MAX];
    size_t files_n;
};

struct edges {
    bool on, before; /* there is a case on the day, and one just before it */
};

static void edge_look(const struct procedure_row *procedure, const struct step_row *step,
                      const struct case_line *line, struct edges *edges)
{
    static struct case_known known;
    struct str unknown;
    if (!str_is(line->procedure, procedure->name) || !str_is(line->step, step->name) ||
        !case_know(&hoshi_rulebook, line, &known, &unknown))
        return;
    bool instant = hoshi_rulebook.facts[step->at].kind == FACT_KIND_INSTANT;
    int64_t due = step_due(&hoshi_rulebook, step, &known.facts);
    int64_t now = instant ? known.facts.now : day_begins(known.facts.today);
    if (line->allowed && due == now)
        edges->on = true;
    if (!line->allowed && str_is(line->guard, "due") && due == now + (instant ? 1 : MS_A_DAY))
        edges->before = true;
}

static void edges_check(const struct law *law, const struct procedure_row *procedure,
                        const struct step_row *step)
{
    struct edges edges = {0};
    for (size_t i = 0; i < law->files_n; i++) {
        struct case_reader reader = case_reader_of(law->files[i]);
        while (case_next(&reader) == CASE_LINE)
            edge_look(procedure, step, &reader.now, &edges);
    }
    CHECK(law->tally, edges.on, "%s %s is taken on its day", procedure->name, step->name);
    CHECK(law->tally, edges.before, "%s %s is refused the day before", procedure->name, step->name);
}

static bool some_case_fails(const struct law *law, const struct rulebook *book)
{
    for (size_t i = 0; i < law->files_n; i++)
        if (cases_failing(book, law->files[i]) != 0)
            return true;
    return false;
}

static void due_force(const struct law *law, struct step_row *steps, size_t s)
{
    struct rulebook book = hoshi_rulebook;
    memcpy(steps, hoshi_rulebook.steps, book.steps_n * sizeof *steps);
    book.steps = steps;
    steps[s].at = FACT_NONE;
    CHECK(law->tally, some_case_fails(law, &book), "%s without its day makes a case fail: %s",
          steps[s].name, steps[s].at_clause);
}

int main(int n, char **paths)
{
    struct tally tally = {0};
    struct arena *arena = arena_new(64 << 20);
    struct law law = {.tally = &tally};
    struct step_row *steps = NEW_ARRAY(arena, hoshi_rulebook.steps_n, struct step_row);
    CHECK(&tally, n > 1 && n <= CASE_FILES_MAX, "the case files are named");
    for (int i = 1; i < n && i <= CASE_FILES_MAX; i++)
        law.files[law.files_n++] = case_file_read(arena, paths[i]);
    for (size_t p = 1; p < hoshi_rulebook.procedures_n; p++) {
        const struct procedure_row *procedure = &hoshi_rulebook.procedures[p];
        for (size_t i = 0; i < procedure->steps.n; i++) {
            size_t s = procedure->steps.first + i;
            if (!hoshi_rulebook.steps[s].at)
                continue;
            edges_check(&law, procedure, &hoshi_rulebook.steps[s]);
            due_force(&law, steps, s);
        }
    }
    arena_free(arena);
    return tally_end(&tally);
}
