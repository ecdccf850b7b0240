/* edition_test.c: a change of the criteria through the one writer: drafted, previewed, announced,
 * taken over by the clock, and what it bars.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/json.h"
#include "desk/clock.h"
#include "desk/preview.h"
#include "desk/sample.h"
#include "world.h"

#include "base/banned.h"

enum { SWEEP_BYTES = 1 << 28 };

static const char former[] = "JST-CR-01-01-2024R1";

static struct fault *take(struct world *w, struct str id, const char *step, const char *who,
                          const char *fields)
{
    struct step_answer answer;
    json_t *given = NULL;
    if (*fields)
        MUST(json_read(w->arena, str_of(fields), &given));
    struct step_request request = {.case_id = id, .step = str_of(step), .expected_version = -1,
                                   .who = world_person(w, who), .fields = given};
    return desk_take_step(&w->desk, w->arena, &request, &answer);
}

static struct fault *open_edition(struct world *w, const char *who, int level, struct str *id)
{
    struct case_request request = {.procedure = STR("criteria-edition"), .level = level,
                                   .who = world_person(w, who)};
    return desk_open_case(&w->desk, w->arena, &request, id);
}

static const char draft[] =
    "{\"edition-id\":\"MIHON-CR-2027\",\"edition-title\":{\"ja\":\"見本の版\",\"en\":\"Sample\"},"
    "\"editorial\":false,\"replaces\":\"JST-CR-01-01-2024R1\",\"criteria\":"
    "[{\"id\":\"M1\",\"ja\":\"項目一\",\"en\":\"One\"},{\"id\":\"M2\",\"ja\":\"項目二\",\"en\":"
    "\"Two\"}]}";
static const char days[] = "{\"edition-begins\":\"2026-10-01\",\"former-acceptance-end\":"
                           "\"2026-12-31\",\"former-extension-end\":\"2026-09-30\"}";

/* A case in the state before the technical decision, previewed. */
static struct str previewed(struct world *w, const char *text, const char *when)
{
    struct str id;
    MUST(open_edition(w, "criteria-personnel", 1, &id));
    MUST(take(w, id, "declare-no-conflict", "criteria-personnel", ""));
    MUST(take(w, id, "draft-edition", "criteria-personnel", text));
    MUST(take(w, id, "formulate-edition", "criteria-personnel", ""));
    MUST(take(w, id, "declare-no-conflict", "technical-manager", ""));
    MUST(take(w, id, "declare-no-conflict", "managing-director", ""));
    MUST(take(w, id, "preview-edition", "technical-manager", when));
    return id;
}

static struct row_criteria_edition *edition(struct world *w, const char *id)
{
    struct row_criteria_edition *row;
    MUST(sql_criteria_edition_by_id(w->desk.store, w->arena, str_of(id), &row));
    return row;
}

static struct sweep sweep(struct world *w)
{
    struct sweep done;
    struct arena *arena = arena_new(SWEEP_BYTES);
    struct fault *fault = desk_clock_sweep(&w->desk, arena, &done);
    if (fault)
        BUG("the sweep: %s %.*s", fault->code, STR_F(fault->detail));
    arena_free(arena);
    return done;
}

static void test_drafting(struct tally *t, struct world *w)
{
    struct str id;
    struct fault *fault = open_edition(w, "administrator", 1, &id);
    CHECK_STR(t, str_of(said(w, fault)), "forbidden authority A-CRIT",
              "A-CRIT whoever holds no office opens none");
    MUST(open_edition(w, "criteria-personnel", 1, &id));
    MUST(take(w, id, "declare-no-conflict", "criteria-personnel", ""));
    fault = take(w, id, "draft-edition", "criteria-personnel",
                 "{\"edition-id\":\"X\",\"edition-title\":{\"ja\":\"版\",\"en\":\"E\"},"
                 "\"editorial\":false,\"replaces\":\"JST-CR-01-01-2024R1\","
                 "\"criteria\":\"M1 | 一 | One\\nM2 | 二\\nM1 | 三 | Three\"}");
    CHECK(t, fault && str_is(fault->concerns, "/criteria/1/en"),
          "A-CRIT a line without English is named");
    CHECK(t, fault && fault->next && str_is(fault->next->concerns, "/criteria/2/id"),
          "and one whose number stands twice");
    fault = take(w, id, "draft-edition", "criteria-personnel",
                 "{\"edition-id\":\"X\",\"edition-title\":{\"ja\":\"版\",\"en\":\"E\"},"
                 "\"editorial\":false,\"criteria\":\"M1\\t一\\tOne\"}");
    CHECK_STR(t, str_of(said(w, fault)), "refused replaces-the-right-edition 5-1",
              "5-1 a first edition where there is one");
    fault = take(w, id, "draft-edition", "criteria-personnel",
                 "{\"edition-id\":\"JST-CR-01-01-2024R1\",\"edition-title\":{\"ja\":\"版\","
                 "\"en\":\"E\"},\"editorial\":false,\"replaces\":\"JST-CR-01-01-2024R1\","
                 "\"criteria\":\"M1\\t一\\tOne\"}");
    CHECK_STR(t, str_of(said(w, fault)), "refused edition-new 5-1", "5-1 a number given before");
    MUST(take(w, id, "draft-edition", "criteria-personnel", draft));
    CHECK(t, !edition(w, "MIHON-CR-2027"), "5-1 a draft is no edition");
    CHECK_STR(t, world_case(w, id)->edition, former, "the case is about what it replaces");
    fault = take(w, id, "revise-edition", "criteria-personnel",
                 "{\"edition-id\":\"Y\",\"edition-title\":{\"ja\":\"版\",\"en\":\"E\"},"
                 "\"editorial\":false,\"criteria\":\"M1\\t一\\tOne\"}");
    CHECK_STR(t, str_of(said(w, fault)), "refused replaces-the-right-edition 5-1",
              "what a revision leaves out is none any more");
    MUST(take(w, id, "give-up-edition", "criteria-personnel", ""));
}

static void test_decision(struct tally *t, struct world *w, struct str *id)
{
    *id = previewed(w, draft, days);
    struct fault *fault = take(w, *id, "approve-technical", "managing-director", "");
    CHECK_STR(t, str_of(said(w, fault)), "forbidden authority A-TM",
              "A-TM the technical decision is the Technical Manager's");
    MUST(take(w, *id, "approve-technical", "technical-manager", ""));
    fault = take(w, *id, "announce-edition", "managing-director", "");
    CHECK_STR(t, str_of(said(w, fault)), "", "5-1 announced while the preview is true");
    struct row_criteria_edition *made = edition(w, "MIHON-CR-2027");
    CHECK(t, made && str_is(made->starts, "2026-10-01") && str_is(made->replaces, former),
          "5-1 the edition with its day");
    CHECK(t, made && str_is(made->announced, "2026-02-02"), "… and that of its announcement");
    CHECK(t, str_is(edition(w, former)->acceptance_ends, "2026-12-31") &&
                 str_is(edition(w, former)->extension_ends, "2026-09-30"),
          "5-1 the last days of the former edition");
    struct row_criterion *rows;
    size_t n;
    MUST(sql_criteria_of_edition(w->desk.store, w->arena, STR("MIHON-CR-2027"), &rows, &n));
    CHECK(t, n == 2 && str_is(rows[1].text_en, "Two"), "A-CRIT its criteria");
}

/* What was previewed is no longer true once another label is issued, or withdrawn. */
static void test_preview_true(struct tally *t, struct world *w)
{
    struct str id = previewed(w, draft, days);
    MUST(take(w, id, "approve-technical", "technical-manager", ""));
    world_case_after(w, "issue");
    struct fault *fault = take(w, id, "announce-edition", "managing-director", "");
    CHECK_STR(t, str_of(said(w, fault)), "refused preview-still-true 5-1",
              "5-1 a label more, and the decision is refused");
    MUST(take(w, id, "preview-again", "managing-director", ""));
    fault = take(w, id, "return-edition", "managing-director",
                 "{\"reasons\":\"予告期間を見直す。\"}");
    CHECK_STR(t, str_of(said(w, fault)), "", "A-MD returned to criteria personnel");
    MUST(take(w, id, "give-up-edition", "criteria-personnel", ""));
}

static void test_notice(struct tally *t, struct world *w)
{
    struct str id = previewed(w, draft,
                              "{\"edition-begins\":\"2026-08-01\",\"former-acceptance-end\":"
                              "\"2026-07-31\",\"former-extension-end\":\"2026-07-31\"}");
    MUST(take(w, id, "approve-technical", "technical-manager", ""));
    struct fault *fault = take(w, id, "announce-edition", "managing-director", "");
    CHECK_STR(t, str_of(said(w, fault)), "refused announced-long-enough 5-1",
              "5-1 less than 180 days before");
    MUST(take(w, id, "return-edition", "managing-director", "{\"reasons\":\"短い。\"}"));
    MUST(take(w, id, "give-up-edition", "criteria-personnel", ""));
    id = previewed(w, draft, days);
    fault = take(w, id, "preview-other-days", "technical-manager",
                 "{\"edition-begins\":\"2026-10-01\",\"former-acceptance-end\":\"2026-09-30\"}");
    CHECK_STR(t, str_of(said(w, fault)), "refused-form edition-days-in-order 5-1",
              "5-2 without a last day of extensions, which the form left out");
    MUST(take(w, id, "return-edition", "technical-manager", "{\"reasons\":\"やり直し。\"}"));
    MUST(take(w, id, "give-up-edition", "criteria-personnel", ""));
}

static void test_cancel(struct tally *t, struct world *w)
{
    struct str id = previewed(w, draft, days);
    MUST(take(w, id, "approve-technical", "technical-manager", ""));
    MUST(take(w, id, "announce-edition", "managing-director", ""));
    struct fault *fault = take(w, id, "cancel-edition", "managing-director",
                               "{\"reasons\":\"計画の見直し。\"}");
    CHECK_STR(t, str_of(said(w, fault)), "", "5-1 cancelled before its first day");
    CHECK(t, edition(w, "MIHON-CR-2027")->cancelled.bytes &&
                 !edition(w, former)->acceptance_ends.bytes &&
                 !edition(w, former)->extension_ends.bytes,
          "5-1 the former edition goes on as it did");
    world_day(w, "2026-10-02");
    sweep(w);
    CHECK_STR(t, world_case(w, id)->state, "edition-cancelled", "the clock leaves it alone");
}

static struct fault *extend(struct world *w, struct str label)
{
    struct str id;
    struct step_answer answer;
    json_t *fields;
    struct case_request opening = {.procedure = STR("extend-self-declared"), .label = label,
                                   .who = &w->maker};
    TRY(desk_open_case(&w->desk, w->arena, &opening, &id));
    MUST(json_read(w->arena, STR("{\"conditions-kept\":\"kept\"}"), &fields));
    struct step_request request = {.case_id = id, .step = STR("apply"), .expected_version = -1,
                                   .who = &w->maker, .fields = fields};
    return desk_take_step(&w->desk, w->arena, &request, &answer);
}

static void test_clock(struct tally *t, struct world *w, struct str id, struct str first,
                       struct str second)
{
    static const char consents[] = "{\"consent-nda\":\"given\",\"consent-court\":\"given\"}";
    struct str drafts[2];
    world_day(w, "2026-09-30");
    for (int i = 0; i < 2; i++) { /* begun under the former edition */
        MUST(world_open(w, &w->maker, STR_NONE, STR_NONE, &drafts[i]));
        MUST(world_take(w, drafts[i], "save", &w->maker, "{\"category\":\"router\"}", NULL));
    }
    sweep(w);
    CHECK_STR(t, world_case(w, id)->state, "edition-announced", "5-1 the day before: announced");
    CHECK_STR(t, str_of(said(w, extend(w, first))), "",
              "5-2 the last day on which an extension may be filed");
    world_day(w, "2026-10-01");
    CHECK_STR(t, str_of(said(w, extend(w, second))), "refused edition-allows-extension 5-2",
              "5-2 the day after, barred, though the clock has not come yet");
    sweep(w);
    CHECK_STR(t, world_case(w, id)->state, "former-not-extended",
              "5-1 5-2 in use from its day, and the former edition extended no more");
    world_day(w, "2026-12-31");
    MUST(world_take(w, drafts[0], "file", &w->maker, consents, NULL));
    CHECK_STR(t, world_case(w, drafts[0])->state, "received", "5-1 the last day of acceptance");
    sweep(w);
    CHECK_STR(t, world_case(w, id)->state, "former-not-extended", "… is over with its end");
    world_day(w, "2027-01-01");
    CHECK_STR(t, str_of(said(w, world_take(w, drafts[1], "file", &w->maker, consents, NULL))),
              "refused edition-accepts-applications 5-1", "5-1 the day after");
    sweep(w);
    CHECK_STR(t, world_case(w, id)->state, "edition-settled", "5-1 the change is complete");
    CHECK(t, world_case(w, id)->alarm == 0, "nothing is left for the clock");
}

/* An editorial revision bars nothing; a first edition has nothing to bar. */
static void test_editorial(struct tally *t, struct world *w)
{
    struct str id = previewed(
        w,
        "{\"edition-id\":\"MIHON-CR-2027E\",\"edition-title\":{\"ja\":\"改訂\",\"en\":\"Wording\"},"
        "\"editorial\":true,\"replaces\":\"JST-CR-01-01-2024R1\",\"criteria\":\"M1|一|One\"}",
        "{\"edition-begins\":\"2026-04-01\",\"former-acceptance-end\":\"2026-03-31\"}");
    struct str label = world_case(w, world_case_after(w, "issue"))->label;
    MUST(take(w, id, "preview-other-days", "technical-manager",
              "{\"edition-begins\":\"2026-04-01\",\"former-acceptance-end\":\"2026-03-31\"}"));
    MUST(take(w, id, "approve-technical", "technical-manager", ""));
    MUST(take(w, id, "announce-edition", "managing-director", ""));
    world_day(w, "2026-04-01");
    sweep(w);
    CHECK_STR(t, world_case(w, id)->state, "edition-settled", "5-2 an editorial revision in use");
    CHECK_STR(t, str_of(said(w, extend(w, label))), "", "5-2 it bars no extension");
    id = previewed(
        w,
        "{\"edition-id\":\"MIHON-CR-2028\",\"edition-title\":{\"ja\":\"次の版\",\"en\":\"Next\"}"
        ",\"editorial\":false,\"replaces\":\"MIHON-CR-2027E\",\"criteria\":\"M1|一|One\"}",
        "{\"edition-begins\":\"2026-12-01\",\"former-acceptance-end\":\"2026-11-30\","
        "\"former-extension-end\":\"2026-11-30\"}");
    MUST(take(w, id, "approve-technical", "technical-manager", ""));
    MUST(take(w, id, "announce-edition", "managing-director", ""));
    CHECK(t, str_is(edition(w, former)->acceptance_ends, "2026-03-31") &&
                 str_is(edition(w, former)->extension_ends, "2026-11-30"),
          "5-2 what was only reworded is barred with its revision");
    MUST(take(w, id, "cancel-edition", "managing-director", "{\"reasons\":\"見直し。\"}"));
    CHECK(t, !edition(w, former)->extension_ends.bytes &&
                 str_is(edition(w, former)->acceptance_ends, "2026-03-31") &&
                 !edition(w, "MIHON-CR-2027E")->acceptance_ends.bytes,
          "5-1 a cancellation gives each its days back");
    MUST(open_edition(w, "criteria-personnel", 4, &id));
    MUST(take(w, id, "declare-no-conflict", "criteria-personnel", ""));
    MUST(take(w, id, "draft-edition", "criteria-personnel",
              "{\"edition-id\":\"MIHON-CR-4\",\"edition-title\":{\"ja\":\"★4\",\"en\":\"L4\"},"
              "\"editorial\":false,\"edition-category\":\"wearable\","
              "\"criteria\":\"M1|一|One\"}"));
    CHECK_STR(t, world_case(w, id)->state, "edition-drafting", "5-1 a first edition");
}

/* 5-2: one mail for each registrant, on each of the days before extensions end. */
static void test_reminders(struct tally *t, struct world *w, struct str id)
{
    static const char *const when[] = {"2026-07-01", "2026-07-02", "2026-08-30", "2026-08-31"};
    static const int told[] = {0, 1, 1, 2};
    for (size_t i = 0; i < 4; i++) {
        struct row_case_step *steps;
        size_t n;
        int reminded = 0;
        world_day(w, when[i]);
        sweep(w);
        MUST(sql_case_steps(w->desk.store, w->arena, id, &steps, &n));
        for (size_t k = 0; k < n; k++)
            reminded += str_is(steps[k].step, "remind-extension");
        CHECK(t, reminded == told[i], "5-2 reminded by %s: %d times", when[i], reminded);
    }
    const char *en = str_z(w->arena, world_told(w, &w->maker, id, "extension-ends-mail", true));
    CHECK(t, strstr(en, "until 30 September 2026"), "5-2 the mail names the last day: %s", en);
}

int main(void)
{
    struct tally tally = {0};
    struct world *w = world_new();
    struct str id;
    world_day(w, "2026-02-02");
    test_drafting(&tally, w);
    test_preview_true(&tally, w);
    test_notice(&tally, w);
    test_cancel(&tally, w);
    CHECK(&tally, world_replay(w) == 0, "6.4-1 every row follows from the journal");
    world_end(w);

    w = world_new();
    world_day(w, "2026-02-02");
    struct str first = world_case(w, world_case_after(w, "issue"))->label;
    struct str second = world_case(w, world_case_after(w, "issue"))->label;
    test_decision(&tally, w, &id);
    test_reminders(&tally, w, id);
    test_clock(&tally, w, id, first, second);
    CHECK(&tally, world_replay(w) == 0, "6.4-1 every row follows from the journal");
    world_end(w);

    w = world_new();
    world_day(w, "2026-02-02");
    test_editorial(&tally, w);
    CHECK(&tally, world_replay(w) == 0, "6.4-1 every row follows from the journal");
    world_end(w);
    return tally_end(&tally);
}
