/* model_test.c: a short walk finds nothing broken; a rule broken on purpose is caught: one for each
 * invariant.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "../rule/cases_run.h"
#include "check.h"
#include "model.h"

#include "base/banned.h"

enum { FILES_MAX = 64 };

/* What is done to the book: a row `when` or `apart` is taken out, the step may be taken from
 * another state too, or does what another step of the procedure does. */
struct breach {
    const char *procedure, *step;
    enum { WITHOUT_WHEN, WITHOUT_APART, FROM_TOO, DOES_AS } how;
    const char *what;
    size_t open_max;
    bool plain_only;
    const char *caught; /* how the invariant begins */
};

static const struct breach breaches[] = {
    {"self-declared", "approve-technical", WITHOUT_APART, "verify", 2, true, "2.1.3-1 a decision"},
    {"self-declared", "issue", WITHOUT_APART, "approve-technical", 2, true, "2.1.3-1 both"},
    {"self-declared", "issue", FROM_TOO, "drafted", 2, true, "A-MD something issued"},
    {"extend-self-declared", "apply", WITHOUT_WHEN, "edition-allows-extension", 2, false, "5-2"},
    {"extend-certified", "apply", WITHOUT_WHEN, "applications-below", 2, true, "4.3.4-1"},
    {"extend-self-declared", "grant", WITHOUT_WHEN, "route", 3, true, "4.3.6-1 a certified label"},
    {"certified", "renew", WITHOUT_WHEN, "label-in-force", 2, true, "4.3.6-1 re-certified"},
    {"certified", "renew", DOES_AS, "change-level", 2, true, "4.3.6-2 another"},
    {"certified", "file-report", WITHOUT_WHEN, "facility-in-scope", 2, false, "6.1.1-1"},
    {"reinstatement", "reinstate", FROM_TOO, "reinstatement-begun", 2, true, "4.6.2-1"},
    {"surveillance", "begin-examination", FROM_TOO, "surveillance-proposed", 2, true, "4.6.3-1"},
    {"revocation", "revoke", FROM_TOO, "start", 2, true, "4.6.4-2 revoked without"},
    {"revocation", "revoke", FROM_TOO, "required", 2, true, "4.6.4-2 revoked before"},
    {"revocation", "revoke", WITHOUT_WHEN, "after-correction-over", 2, false,
     "4.6.4-2 revoked before"},
    {"warning", "publish-warning", WITHOUT_WHEN, "reports-disclosed", 2, false,
     "4.8.3-1 a warning"},
    {"revocation", "approve-revocation", FROM_TOO, "correction-filed", 2, true,
     "4.6.4-2 revoked with"},
};

struct broken_book {
    struct rulebook book;
    struct step_row *steps;
    struct use *uses;
    struct apart_row *aparts;
    uint16_t *ids;
};

static struct broken_book book_copy(struct arena *arena)
{
    struct broken_book copy = {.book = hoshi_rulebook};
    const struct rulebook *book = &hoshi_rulebook;
    copy.steps = NEW_ARRAY(arena, book->steps_n, struct step_row);
    copy.uses = NEW_ARRAY(arena, book->uses_n, struct use);
    copy.aparts = NEW_ARRAY(arena, book->aparts_n, struct apart_row);
    copy.ids = NEW_ARRAY(arena, book->ids_n + 16, uint16_t);
    memcpy(copy.steps, book->steps, book->steps_n * sizeof *copy.steps);
    memcpy(copy.uses, book->uses, book->uses_n * sizeof *copy.uses);
    memcpy(copy.aparts, book->aparts, book->aparts_n * sizeof *copy.aparts);
    memcpy(copy.ids, book->ids, book->ids_n * sizeof *copy.ids);
    copy.book.steps = copy.steps;
    copy.book.uses = copy.uses;
    copy.book.aparts = copy.aparts;
    copy.book.ids = copy.ids;
    return copy;
}

static bool drop_guard(struct broken_book *broken, struct step_row *step, const char *guard)
{
    for (size_t i = 0; i < step->whens.n; i++) {
        struct use *use = &broken->uses[step->whens.first + i];
        if (strcmp(broken->book.guards[use->id].name, guard) != 0)
            continue;
        *use = broken->uses[step->whens.first + step->whens.n - 1];
        step->whens.n--;
        return true;
    }
    return false;
}

static bool drop_apart(struct broken_book *broken, struct step_row *step, const char *from)
{
    for (size_t i = 0; i < step->aparts.n; i++) {
        struct apart_row *apart = &broken->aparts[step->aparts.first + i];
        if (strcmp(apart->step, from) != 0)
            continue;
        *apart = broken->aparts[step->aparts.first + step->aparts.n - 1];
        step->aparts.n--;
        return true;
    }
    return false;
}

static bool add_state(struct broken_book *broken, struct step_row *step, const char *state)
{
    uint16_t first = (uint16_t)broken->book.ids_n;
    for (size_t i = 0; i < step->from.n; i++)
        broken->ids[broken->book.ids_n++] = broken->ids[step->from.first + i];
    broken->ids[broken->book.ids_n++] = (uint16_t)state_by_name(&broken->book, str_of(state));
    step->from = (struct range){first, (uint16_t)(step->from.n + 1)};
    return true;
}

static bool do_as(const struct procedure_row *procedure, struct step_row *step, const char *other)
{
    const struct step_row *found = step_by_name(&hoshi_rulebook, procedure, str_of(other));
    if (found)
        step->does = found->does;
    return found;
}

static bool book_break(struct broken_book *broken, const struct breach *breach)
{
    const struct procedure_row *procedure =
        procedure_by_name(&hoshi_rulebook, str_of(breach->procedure));
    const struct step_row *found =
        procedure ? step_by_name(&hoshi_rulebook, procedure, str_of(breach->step)) : NULL;
    if (!found)
        return false;
    struct step_row *step = &broken->steps[found - hoshi_rulebook.steps];
    switch (breach->how) {
    case WITHOUT_WHEN:
        return drop_guard(broken, step, breach->what);
    case WITHOUT_APART:
        return drop_apart(broken, step, breach->what);
    case FROM_TOO:
        return add_state(broken, step, breach->what);
    case DOES_AS:
        return do_as(procedure, step, breach->what);
    }
    return false;
}

/* A broken rule is looked for among the procedures that issue a label and extend it, and its own:
 * the more of them the book has, the longer the way to each. */
static void keep_scenes(struct model *model, const char *of)
{
    static const char *const issuing[] = {"self-declared", "certified", "expiry",
                                          "extend-certified"};
    size_t kept = 0;
    for (size_t i = 0; i < model->scenes_n; i++) {
        const char *name = model->scenes[i]->known.procedure->name;
        bool revokes = !strcmp(name, "maintain-self-declared") && !strcmp(of, "reinstatement");
        bool keeps = !strcmp(name, of) || revokes;
        for (size_t k = 0; k < sizeof issuing / sizeof *issuing; k++)
            keeps = keeps || !strcmp(name, issuing[k]);
        if (keeps)
            model->scenes[kept++] = model->scenes[i];
    }
    model->scenes_n = kept;
}

static void breach_check(struct tally *tally, const struct breach *breach, const struct str *texts,
                         size_t texts_n)
{
    struct arena *arena = arena_new(256 << 20);
    struct broken_book broken = book_copy(arena);
    struct walk_limits limits = {.depth = 60, .states = 2000000, .seconds = 200};
    struct model model;
    if (CHECK(tally, book_break(&broken, breach), "%s %s can be broken at %s", breach->procedure,
              breach->step, breach->what) &&
        CHECK(tally, model_read(&model, arena, &broken.book, texts, texts_n),
              "its cases are read")) {
        keep_scenes(&model, breach->procedure);
        model.open_max = breach->open_max;
        model.plain_only = breach->plain_only;
        struct walk_end end = model_walk(&model, limits, false);
        CHECK(tally, end.broken && str_starts(str_of(end.broken), breach->caught),
              "%s: caught when %s is broken at %s", breach->caught, breach->step, breach->what);
        printf("# %zu states, depth %d, %s\n", end.states, end.depth,
               end.broken ? end.broken : "nothing found");
    }
    arena_free(arena);
}

/* The walk of `make model`, cut short. */
static void book_check(struct tally *tally, struct arena *arena, const struct str *texts,
                       size_t texts_n)
{
    struct walk_limits limits = {.depth = 1000, .states = 150000, .seconds = 60};
    struct model model;
    if (!CHECK(tally, model_read(&model, arena, &hoshi_rulebook, texts, texts_n),
               "the cases set the scenes"))
        return;
    model.open_max = 2;
    model.plain_only = true;
    struct walk_end end = model_walk(&model, limits, true);
    CHECK(tally, !end.broken && end.states > 1000, "as the book stands, %zu states, 0 broken",
          end.states);
}

int main(int n, char **paths)
{
    struct tally tally = {0};
    struct arena *arena = arena_new(256 << 20);
    struct str texts[FILES_MAX];
    size_t texts_n = 0;
    for (int i = 1; i < n && texts_n < FILES_MAX; i++)
        texts[texts_n++] = case_file_read(arena, paths[i]);
    book_check(&tally, arena, texts, texts_n);
    for (size_t i = 0; i < sizeof breaches / sizeof *breaches; i++)
        breach_check(&tally, &breaches[i], texts, texts_n);
    arena_free(arena);
    return tally_end(&tally);
}
