/* appeal_test.c: 6.6 through the one writer: by a party, a former registrant, a stranger; handled
 * by nobody who took part; a label reinstated, a refused case taken up again; on either engine.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "acts.h"
#include "watched.h"

#include "desk/appeal.h"

#include "base/banned.h"

static void check_refused(struct tally *t, struct world *w, struct fault *fault, const char *by,
                          const char *what)
{
    CHECK_STR(t, str_of(said(w, fault)), by, "%s", what);
}

static struct fault *appealing(struct world *w, struct str decided, const struct principal *who,
                               struct str *id)
{
    struct case_request request = {.procedure = STR("appeal"), .decided = decided, .who = who};
    return desk_open_case(&w->desk, w->arena, &request, id);
}

static struct str appealed(struct world *w, struct str decided, const struct principal *who)
{
    struct str id;
    MUST(appealing(w, decided, who, &id));
    MUST(take(w, id, "appeal", who, "{\"appeal-text\":\"事実と異なる。\"}"));
    return id;
}

/* Examined by who took no part, judged by a deputy who took none: awaiting the final decision. */
static void judge_it(struct world *w, struct str id, const char *finding)
{
    decide(w, id, "examine-appeal", "management-system-manager",
           "{\"appeal-findings\":\"記録を確かめた。\"}");
    decide(w, id, "judge-appeal", "deputy",
           str_z(w->arena, str_print(w->arena, "{\"appeal-finding\":\"%s\",\"reasons\":\"所見\"}",
                                     finding)));
}

static struct str revoked(struct world *w, struct str label)
{
    struct str id = open_on(w, "maintain-self-declared", label, &w->maker);
    MUST(take(w, id, "apply", &w->maker,
              "{\"change-text\":\"変更\",\"conditions-kept\":\"kept\","
              "\"added-models\":[\"MIHON-9\"]}"));
    decide(w, id, "accept", "operational-personnel", "{}");
    decide(w, id, "confirm", "operational-personnel-2", "{\"outcome\":\"does-not\"}");
    decide(w, id, "find-unsustainable", "technical-manager", "{\"reasons\":\"不可\"}");
    decide(w, id, "revoke", "managing-director", "{\"reasons\":\"不可\"}");
    return id;
}

/* ---- a revocation falls; nobody who took part handles it */

static void check_apart(struct tally *t, struct world *w, struct str id)
{
    const char *const parts[][2] = {{"operational-personnel", "examine-appeal"},
                                    {"technical-manager", "judge-appeal"},
                                    {"managing-director", "uphold-and-reinstate"}};
    const char *const fields[] = {"{\"appeal-findings\":\"所見\"}",
                                  "{\"appeal-finding\":\"founded\",\"reasons\":\"所見\"}",
                                  "{\"reasons\":\"認める。\"}"};
    for (size_t i = 0; i < 3; i++) {
        const struct principal *who = world_person(w, parts[i][0]);
        MUST(take(w, id, "declare-no-conflict", who, "{}"));
        check_refused(t, w, take(w, id, parts[i][1], who, fields[i]),
                      "forbidden not-involved 6.6-1",
                      "6.6-1 nobody who took part in the case of the decision");
        if (i == 0)
            decide(w, id, "examine-appeal", "management-system-manager", fields[0]);
        if (i == 1)
            decide(w, id, "judge-appeal", "deputy", fields[1]);
    }
    check_refused(t, w, take(w, id, "uphold-and-reinstate", world_person(w, "deputy"), fields[2]),
                  "forbidden apart 1.2-1", "1.2-1 nor who judged it technically");
}

static void test_reinstated(struct tally *t, struct world *w, struct str label)
{
    const struct principal *chief = world_person(w, "chief-executive-officer");
    struct str decided = revoked(w, label), other;
    CHECK(t, strstr(str_z(w->arena, world_told(w, &w->maker, decided, "label-revoked", true)),
                    "3 May 2026"),
          "6.6-1 the notice names the last day to appeal");
    check_refused(t, w, appealing(w, decided, &w->other_maker, &other),
                  "field-not-listed - -", "2.1.3-2 a stranger learns of no case");
    struct str id = appealed(w, decided, &w->maker);
    check_refused(t, w, appealing(w, decided, &w->maker, &other),
                  "refused no-appeal-pending 6.6-1", "6.6-1 one appeal at a time");
    check_apart(t, w, id);
    MUST(take(w, id, "declare-no-conflict", chief, "{}"));
    check_refused(t, w, take(w, id, "uphold-and-reopen", chief, "{\"reasons\":\"認める。\"}"),
                  "refused refused-a-case 6.6-1", "6.6-1 what follows is what the decision did");
    check_refused(t, w, take(w, id, "dismiss-appeal", chief, "{\"reasons\":\"棄却\"}"),
                  "refused appeal-unfounded A-TM", "A-TM both decisions are one");
    MUST(take(w, id, "uphold-and-reinstate", chief, "{\"reasons\":\"認める。\"}"));
    struct str back = opened_by(w, id, "reinstatement");
    CHECK_STR(t, world_case(w, back)->state, "reinstatement-begun",
              "6.6-1 its reinstatement begins");
    decide(w, back, "approve-technical", "deputy", "{}");
    check_refused(t, w, take(w, back, "reinstate", world_person(w, "managing-director"), "{}"),
                  "forbidden not-involved 6.6-1", "6.6-1 nor does who took part reinstate it");
    decide(w, back, "reinstate", "chief-executive-officer", "{}");
    CHECK_STR(t, label_of(w, label)->ended_as, "", "6.6-1 the label goes on");
}

/* ---- refused, taken up again from before the refusal; dismissed; in time */

static struct str refused(struct world *w)
{
    struct str id = world_case_after(w, "approve-technical");
    MUST(take(w, id, "declare-no-conflict", world_person(w, "managing-director"), "{}"));
    MUST(take(w, id, "refuse-final", world_person(w, "managing-director"),
              "{\"refusal-ground\":\"other\",\"reasons\":\"範囲外\"}"));
    return id;
}

static void test_reopened(struct tally *t, struct world *w)
{
    struct str decided = refused(w), id = appealed(w, decided, &w->maker);
    int64_t version = world_case(w, decided)->version;
    judge_it(w, id, "founded");
    decide(w, id, "uphold-and-reopen", "chief-executive-officer", "{\"reasons\":\"認める。\"}");
    CHECK_STR(t, world_case(w, decided)->state, "approved", "6.6-1 it goes on from before it");
    CHECK(t, world_case(w, decided)->version > version, "as another version");
    CHECK(t, world_case(w, decided)->due.bytes > 0, "2.2.1-2 with a target day");
    decide(w, decided, "issue", "managing-director", "{}");
    CHECK_STR(t, world_case(w, decided)->state, "issued", "6.6-1 and comes to its end");
}

static void test_dismissed(struct tally *t, struct world *w)
{
    struct str decided = refused(w), id = appealed(w, decided, &w->maker), again;
    struct appeal_offer offer;
    judge_it(w, id, "unfounded");
    decide(w, id, "dismiss-appeal", "chief-executive-officer", "{\"reasons\":\"理由がない。\"}");
    CHECK_STR(t, world_case(w, decided)->state, "refused", "6.6-1 the decision stands");
    CHECK(t, world_told(w, &w->maker, id, "appeal-dismissed-letter", false).bytes > 0,
          "6.6-1 answered, with reasons");
    id = appealed(w, decided, &w->maker);
    MUST(take(w, id, "take-back-appeal", &w->maker, "{}"));
    world_day(w, "2026-05-03");
    MUST(desk_may_appeal(&w->desk, w->arena, &w->maker, decided, &offer));
    CHECK(t, offer.decided && offer.verdict.kind == VERDICT_ALLOWED, "6.6-1 on the last day");
    world_day(w, "2026-05-04");
    check_refused(t, w, appealing(w, decided, &w->maker, &again), "refused in-time-to-appeal 6.6-1",
                  "6.6-1 not on the day after it");
}

/* ---- a former registrant, who still reads its records */

static struct str succeeded(struct world *w, struct str label)
{
    struct str id = open_on(w, "succession", label, &w->other_maker);
    struct str proof = attach(w, id, "proof.pdf", &w->other_maker);
    MUST(take(w, id, "apply", &w->other_maker,
              str_z(w->arena,
                    str_print(w->arena,
                              "{\"succession-kind\":\"merger\",\"succession-day\":\"2026-01-16\","
                              "\"proof\":[\"%.*s\"],"
                              "\"contact-name\":{\"ja\":\"承継 花子\",\"en\":\"Hanako Shokei\"},"
                              "\"contact-mail\":\"s@kakuu.example\",\"consent-nda\":\"given\","
                              "\"consent-court\":\"given\"}",
                              STR_F(proof)))));
    decide(w, id, "accept", "operational-personnel", "{}");
    decide(w, id, "confirm-succession", "operational-personnel-2", "{\"outcome\":\"conforms\"}");
    decide(w, id, "approve-technical", "technical-manager", "{}");
    decide(w, id, "approve-succession", "managing-director", "{}");
    return id;
}

static void test_former_registrant(struct tally *t, struct world *w, struct str label)
{
    struct str decided = succeeded(w, label), id = appealed(w, decided, &w->maker);
    struct fault *hidden = desk_may_see(&w->desk, w->arena, &w->other_maker, id);
    CHECK(t, !str_eq(label_of(w, label)->party, world_case(w, id)->party),
          "4.9-1 who appeals is registrant no more");
    CHECK(t, hidden && !strcmp(hidden->code, "absent"), "2.1.3-2 the successor does not read it");
    judge_it(w, id, "founded");
    check_refused(t, w,
                  take(w, id, "uphold-otherwise", world_person(w, "chief-executive-officer"), "{}"),
                  "forbidden no-conflict 2.1.3-1", "2.1.3-1 declared on this case");
    decide(w, id, "uphold-otherwise", "chief-executive-officer",
           "{\"reasons\":\"承継がない。\",\"appeal-remedy-text\":\"登録簿を訂正する。\"}");
    CHECK_STR(t, world_case(w, id)->state, "appeal-upheld", "6.6-1 upheld, and what follows said");
}

int main(void)
{
    struct tally t = {0};
    struct world *w = world_new();
    struct str labels[2];
    world_day(w, "2026-01-15");
    for (size_t i = 0; i < 2; i++)
        labels[i] = world_case(w, world_case_after(w, "issue"))->label;
    world_day(w, "2026-02-02");
    test_reinstated(&t, w, labels[0]);
    test_former_registrant(&t, w, labels[1]);
    test_reopened(&t, w);
    test_dismissed(&t, w);
    CHECK(&t, world_replay(w) == 0, "6.4-1 every row follows from the journal");
    world_end(w);
    return tally_end(&t);
}
