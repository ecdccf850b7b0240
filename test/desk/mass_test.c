/* mass_test.c: mass actions through the one writer and the clock: what is fixed, rehearsed,
 * approved, run, refused and undone; killed in the middle; on the engine of the run.
 * SPDX-License-Identifier: Apache-2.0 */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "apart.h"
#include "massed.h"

#include "base/banned.h"

enum { FEW = 7, MANY = 4200, MANY_BY_WIRE = 2100 };

/* ---- one of each kind */

static const char message[] = ",\"mass-message\":{\"ja\":\"お知らせです\",\"en\":\"A notice\"}";

static void test_drawing(struct tally *t, struct world *w)
{
    struct str id = open_action(w);
    MUST(take(w, id, "declare-no-conflict", "operational-personnel", "{}"));
    static const char head[] =
        "\"mass-purpose\":\"試験\",\"mass-title\":{\"ja\":\"一\",\"en\":\"A\"}";
    static const struct {
        const char *fields, *said, *what;
    } wrong[] = {
        {"\"mass-kind\":\"notify\"", "refused-form mass-says-what A-OP", "a notice without words"},
        {"\"mass-kind\":\"correct\"", "refused-form mass-says-what A-OP", "no value to correct to"},
        {"\"mass-kind\":\"re-page\",\"find-text\":\"nothing-like-it\"",
         "refused mass-has-items A-OP", "nothing is found"},
        {"\"mass-kind\":\"re-page\",\"find-maker\":\"0000000000000\"",
         "refused mass-has-items A-OP", "a registrant that there is not finds nobody's labels"},
        {"\"mass-kind\":\"revoke\",\"reasons\":\"理由\",\"find-text\":\"FEW\"",
         "refused mass-has-items A-OP",
         "4.6.4-2 no label is revoked in mass that has no case come to it"},
        {"\"mass-kind\":\"sell\"", "field-not-listed", "a kind that there is not"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct str fields = str_print(w->arena, "{%s,%s}", wrong[i].fields, head);
        const char *got =
            said(w, take(w, id, "draw-up-mass", "operational-personnel", str_z(w->arena, fields)));
        CHECK(t, strstr(got, wrong[i].said) == got, "%s: %s", wrong[i].what, got);
    }
}

static void test_notify(struct tally *t, struct world *w)
{
    world_day(w, "2026-03-02");
    struct str id = drawn_up(w, "notify-and-re-page", "FEW", message);
    struct row_mass *mass = mass_of(w, id);
    CHECK(t, mass->items == FEW && mass->models == FEW && mass->makers == 2 && mass->mails == 2,
          "preview: %lld labels, %lld models, %lld makers, %lld mails", (long long)mass->items,
          (long long)mass->models, (long long)mass->makers, (long long)mass->mails);
    int64_t before = world_seq(w);
    rehearse(w, id);
    CHECK(t, in_state(w, id, "mass-rehearsed"), "it is rehearsed");
    CHECK(t, world_seq(w) == before + 3, "A-OP and nothing is written but the rehearsal itself");
    CHECK(t, labels_done(w, "FEW", FEW, "mass-item", 0) == FEW, "no item is done by it");
    CHECK(t, mass_of(w, id)->rehearsed == FEW && mass_of(w, id)->refusable == 0, "none refused");
    MUST(take(w, id, "declare-no-conflict", "technical-manager", "{}"));
    MUST(take(w, id, "declare-no-conflict", "deputy", "{}"));
    MUST(take(w, id, "approve-technical", "deputy", "{}"));
    CHECK_STR(t,
              str_of(said(w, take(w, id, "approve-mass", "deputy",
                                  "{\"effective-day\":\"2026-03-03\",\"effective-hour\":10}"))),
              "forbidden apart 1.2-1", "A-MD two persons approve");
    decide(w, id, "approve-mass", "managing-director",
           "{\"effective-day\":\"2026-03-03\",\"effective-hour\":10}");
    world_day(w, "2026-03-03");
    sweep(w);
    CHECK(t, in_state(w, id, "mass-scheduled"), "not before its time");
    before = world_seq(w);
    at_ten(w, "2026-03-03");
    sweep(w);
    CHECK(t, in_state(w, id, "mass-done"), "A-MD at its time it runs and ends");
    CHECK(t, mass_of(w, id)->run == FEW && mass_of(w, id)->failed == 0, "all of it");
    CHECK(t, labels_done(w, "FEW", FEW, "mass-item", 1) == FEW, "each label once, in its own case");
    CHECK(t, world_seq(w) == before + FEW + 2, "each item in an entry of its own");
    CHECK(t, mails_since(w, before) == 2, "one mail for each registrant");
}

static void test_correct(struct tally *t, struct world *w)
{
    world_day(w, "2026-03-04");
    static const char fields[] = ",\"policy-url\":\"https://maker.example/policy\"";
    struct str once = drawn_up(w, "correct", "FEW-00003", fields);
    rehearse(w, once);
    approve(w, once, "2026-03-05");
    at_ten(w, "2026-03-05");
    sweep(w);
    CHECK(t, labels_done(w, "FEW", FEW, "correction", 1) == 1, "6.4-1 one label is corrected");
    struct str id = drawn_up(w, "correct", "FEW", fields);
    rehearse(w, id);
    CHECK(t, mass_of(w, id)->refusable == 1, "the rehearsal tells that it has the value already");
    struct row_mass_refusal *refusals;
    size_t n;
    MUST(sql_mass_refusals(w->desk.store, w->arena, id, STR("rehearsal"), 10, &refusals, &n));
    CHECK(t,
          n == 1 && str_is(refusals->guard, "item-is-changed") &&
              str_is(refusals->clause, "6.4-1") && str_is(refusals->label, "FEW-00003"),
          "which, by which clause");
    approve(w, id, "2026-03-06");
    at_ten(w, "2026-03-06");
    sweep(w);
    CHECK(t, in_state(w, id, "mass-done") && mass_of(w, id)->failed == 1,
          "what is refused stands in nobody's way");
    CHECK(t, labels_done(w, "FEW", FEW, "correction", 1) == FEW, "6.4-1 the others are corrected");
}

static void test_undone(struct tally *t, struct world *w)
{
    world_day(w, "2026-03-09");
    struct str id = drawn_up(w, "re-page", "FEW", "");
    rehearse(w, id);
    approve(w, id, "2026-03-10");
    MUST(take(w, id, "undo-mass", "technical-manager", "{\"reasons\":\"取りやめる\"}"));
    at_ten(w, "2026-03-10");
    sweep(w);
    CHECK(t, in_state(w, id, "mass-dropped"), "A-MD undone before its time");
    CHECK(t, labels_done(w, "FEW", FEW, "mass-item", 1) == FEW, "nothing of it is done");
    struct str late = drawn_up(w, "re-page", "FEW", "");
    rehearse(w, late);
    approve(w, late, "2026-03-11");
    at_ten(w, "2026-03-11");
    CHECK_STR(
        t,
        str_of(said(w, take(w, late, "undo-mass", "technical-manager", "{\"reasons\":\"遅い\"}"))),
        "refused before-effective A-MD", "not after it");
}

static struct fault *end_one(struct desk *desk, struct arena *arena, void *whom)
{
    struct row_label *label;
    int64_t seq;
    (void)whom;
    TRY(sql_label_by_number(desk->store, arena, STR("FEW-00001"), &label));
    TRY(desk_begin_entry(desk, arena, "test", NULL, STR_NONE, NULL, &seq));
    label->ended = STR("2026-03-16");
    label->ended_as = STR("revoked");
    TRY(put_label(desk->store, label));
    return journal_append(desk->store, arena);
}

static void test_not_true_any_more(struct tally *t, struct world *w)
{
    world_day(w, "2026-03-16");
    struct str id = drawn_up(w, "re-page", "FEW", "");
    rehearse(w, id);
    MUST(desk_write(&w->desk, w->arena, end_one, NULL));
    MUST(take(w, id, "declare-no-conflict", "technical-manager", "{}"));
    CHECK_STR(t, str_of(said(w, take(w, id, "approve-technical", "technical-manager", "{}"))),
              "refused preview-still-true A-TM", "A-TM what was rehearsed must still be so");
    MUST(take(w, id, "return-mass", "technical-manager", "{\"reasons\":\"変わった\"}"));
    MUST(take(w, id, "draw-up-again", "operational-personnel",
              "{\"mass-kind\":\"re-page\",\"find-text\":\"FEW\",\"find-status\":\"valid\","
              "\"mass-purpose\":\"試験\",\"mass-title\":{\"ja\":\"一\",\"en\":\"A\"}}"));
    CHECK(t, mass_of(w, id)->items == FEW - 1, "drawn up again it has the labels that are valid");
    rehearse(w, id);
    MUST(take(w, id, "approve-technical", "technical-manager", "{}"));
}

/* The case comes to say something else than what was rehearsed, by whatever way. */
static struct fault *say_else(struct desk *desk, struct arena *arena, void *whom)
{
    struct row_case_field *field = whom;
    int64_t seq;
    TRY(desk_begin_entry(desk, arena, "test", NULL, STR_NONE, NULL, &seq));
    TRY(put_case_field(desk->store, field));
    return journal_append(desk->store, arena);
}

static void test_other_words(struct tally *t, struct world *w)
{
    world_day(w, "2026-03-17");
    struct str id = drawn_up(w, "notify", "FEW", message), value = STR_NONE;
    struct row_case_field *rows, *words = NULL;
    size_t n;
    rehearse(w, id);
    MUST(sql_case_fields(w->desk.store, w->arena, id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (str_is(rows[i].field, "mass-message"))
            words = &rows[i];
    MUST(take(w, id, "declare-no-conflict", "technical-manager", "{}"));
    value = words->value;
    words->value = STR("{\"en\":\"A notice\",\"ja\":\"お知らせでした\"}");
    MUST(desk_write(&w->desk, w->arena, say_else, words));
    CHECK_STR(t, str_of(said(w, take(w, id, "approve-technical", "technical-manager", "{}"))),
              "refused preview-still-true A-TM",
              "A-TM the words that go out are those that were rehearsed");
    words->value = value;
    MUST(desk_write(&w->desk, w->arena, say_else, words));
    CHECK_STR(t, str_of(said(w, take(w, id, "approve-technical", "technical-manager", "{}"))), "",
              "A-TM and those as they were are approved");
}

/* ---- 4.6.4: steps of revocations */

/* Two labels whose revocation has come to the last decision: heard, and one with a period that is
 * not over. */
static struct fault *put_revocations(struct desk *desk, struct arena *arena, void *whom)
{
    static const struct {
        const char *label, *due;
    } cases[] = {{"FEW-00002", "2026-03-10"}, {"FEW-00004", "2026-12-10"}};
    static const char *const way[] = {"require", "approve-revocation", "be-heard"};
    struct row_label *label;
    int64_t seq;
    (void)whom;
    for (size_t i = 0; i < 2; i++) {
        struct str id = str_print(arena, "revocation-%zu", i);
        TRY(sql_label_by_number(desk->store, arena, str_of(cases[i].label), &label));
        TRY(desk_begin_entry(desk, arena, "test", NULL, id, NULL, &seq));
        struct row_casework work = {.id = id,
                                    .procedure = STR("revocation"),
                                    .state = STR("revocation-approved"),
                                    .level = 1,
                                    .label = label->number,
                                    .registrant = label->party,
                                    .party = label->party,
                                    .edition = label->edition,
                                    .version = 1,
                                    .entry = STR("require")};
        struct row_case_field due = {.case_id = id,
                                     .field = STR("correction-due"),
                                     .value = str_print(arena, "\"%s\"", cases[i].due),
                                     .step = STR("require")};
        TRY(put_casework(desk->store, &work));
        TRY(put_case_field(desk->store, &due));
        for (size_t k = 0; k < 3; k++) {
            struct row_case_step taken = {
                .seq = seq, .case_id = id, .act = STR("step"), .step = str_of(way[k]), .at = 1};
            TRY(put_case_step(desk->store, &taken));
            TRY(k < 2 ? journal_append(desk->store, arena) : NULL);
            TRY(k < 2 ? desk_begin_entry(desk, arena, "test", NULL, id, NULL, &seq) : NULL);
        }
        TRY(journal_append(desk->store, arena));
    }
    return NULL;
}

static void test_revoke(struct tally *t, struct world *w)
{
    struct row_label *label, *other;
    struct row_case_step *steps;
    size_t n;
    world_day(w, "2026-03-23");
    MUST(desk_write(&w->desk, w->arena, put_revocations, NULL));
    struct str id = drawn_up(w, "revoke", "FEW", ",\"reasons\":\"是正されなかった\"");
    CHECK(t, mass_of(w, id)->items == 2, "4.6.4-2 only labels with a case that has come to it");
    rehearse(w, id);
    CHECK(t, mass_of(w, id)->refusable == 1, "4.6.4-2 a period that is not over refuses its item");
    approve(w, id, "2026-03-24");
    at_ten(w, "2026-03-24");
    sweep(w);
    CHECK(t, in_state(w, id, "mass-done") && mass_of(w, id)->failed == 1, "it runs to its end");
    MUST(sql_label_by_number(w->desk.store, w->arena, STR("FEW-00002"), &label));
    MUST(sql_label_by_number(w->desk.store, w->arena, STR("FEW-00004"), &other));
    CHECK_STR(t, label->ended_as, "revoked", "4.6.4-2 the ripe one is revoked");
    CHECK_STR(t, label->ended, "2026-03-24", "from the day of the run");
    CHECK_STR(t, other->ended_as, "", "4.6.4-2 the other is not");
    MUST(sql_case_steps(w->desk.store, w->arena, STR("revocation-0"), &steps, &n));
    CHECK(t,
          n == 4 && str_is(steps[3].step, "revoke") &&
              str_eq(steps[3].person, world_person(w, "managing-director")->person) &&
              str_is(steps[3].role, "managing-director"),
          "A-MD it is the Managing Director's decision, on the case of the label");
}

/* ---- many, and a clock that is killed */

static void test_killed(struct tally *t, struct world *w, int many)
{
    int status, killed = 0;
    world_day(w, "2026-04-01");
    struct str id = drawn_up(w, "notify", "MANY", message);
    rehearse(w, id);
    approve(w, id, "2026-04-02");
    at_ten(w, "2026-04-02");
    int64_t begun = clock_ticks();
    for (int i = 0; i < 40 && killed < 3; i++) { /* in the first part, and in later ones */
        int64_t from = mass_of(w, id)->run;
        pid_t one = sweeping(w);
        usleep((useconds_t)(30000 + 90000 * i));
        kill(one, SIGKILL);
        waitpid(one, &status, 0);
        int64_t to = mass_of(w, id)->run;
        if (to == many)
            break;
        killed += WIFSIGNALED(status) != 0;
        CHECK(t, to >= from && (to == many || to % MASS_PART == 0),
              "killed with %lld of %d done: whole parts", (long long)to, many);
    }
    CHECK(t, killed > 0, "it was killed in the middle");
    sweep(w);
    printf("# %d items with %d kills: %lld ms\n", many, killed, (long long)(clock_ticks() - begun));
    CHECK(t, in_state(w, id, "mass-done"), "the next sweep goes on, and ends it");
    CHECK(t, mass_of(w, id)->run == many && mass_of(w, id)->failed == 0, "with all items");
    CHECK(t, labels_done(w, "MANY", many, "mass-item", 1) == many, "each done exactly once");
}

int main(int argc, char **argv)
{
    if (argc > 1)
        return swept(argv);
    struct tally t = {0};
    struct world *w = world_new();
    world_day(w, "2026-01-15");
    int many = store_is_postgres(w->desk.store) ? MANY_BY_WIRE : MANY;
    struct str issuing = world_case_after(w, "issue");
    make_crowd(w, issuing, "FEW", FEW);
    make_crowd(w, issuing, "MANY", many);
    test_drawing(&t, w);
    test_notify(&t, w);
    test_correct(&t, w);
    test_undone(&t, w);
    test_not_true_any_more(&t, w);
    test_other_words(&t, w);
    test_revoke(&t, w);
    test_killed(&t, w, many);
    CHECK(&t, world_replay(w) == 0, "6.4-1 every row follows from the journal");
    world_end(w);
    return tally_end(&t);
}
