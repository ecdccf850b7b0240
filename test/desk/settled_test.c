/* settled_test.c: what the manual leaves open, settled otherwise by a dated parameter: who
 * decides, whether one person may take both decisions, a withdrawal while a revocation is pending.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/json.h"
#include "settle.h"
#include "store/journal_read.h"

#include "base/banned.h"

static struct fault *take(struct world *w, struct str id, const char *step, const char *who,
                          const char *own)
{
    struct step_answer answer;
    return world_take(w, id, step, *who ? world_person(w, who) : &w->maker, own, &answer);
}

static struct str open_on(struct world *w, const char *procedure, struct str label)
{
    struct str id;
    struct case_request request = {
        .procedure = str_of(procedure), .label = label, .who = &w->maker};
    MUST(desk_open_case(&w->desk, w->arena, &request, &id));
    return id;
}

static const char *refusal(struct world *w, struct fault *fault)
{
    return said(w, fault);
}

static void declare(struct world *w, struct str id, const char *const *who)
{
    for (; *who; who++)
        MUST(take(w, id, "declare-no-conflict", *who, ""));
}

static const char *const deciders[] = {"operational-personnel", "operational-personnel-2",
                                       "technical-manager", "managing-director", "certifier",
                                       "deputy", NULL};

/* An extension whose declaration is confirmed: the technical decision is next. */
static struct str extension_confirmed(struct world *w, struct str label)
{
    struct str id = open_on(w, "extend-self-declared", label);
    MUST(take(w, id, "apply", "", "{\"conditions-kept\":\"kept\"}"));
    declare(w, id, deciders);
    MUST(take(w, id, "accept", "operational-personnel", ""));
    MUST(take(w, id, "record-fee", "operational-personnel",
              "{\"fee-kind\":\"none-set\",\"fee-amount\":0}"));
    MUST(take(w, id, "confirm", "operational-personnel-2", "{\"confirmed\":\"yes\"}"));
    return id;
}

static const char *delegation_of_last(struct world *w)
{
    struct journal_line entry;
    bool there;
    json_t *read;
    MUST(journal_read(w->desk.store, w->arena, world_seq(w), &entry, &there));
    MUST(json_read(w->arena, entry.entry, &read));
    return str_z(w->arena, json_get(read, "delegation"));
}

static void test_delegation(struct tally *t, struct world *w)
{
    world_day(w, "2026-05-29");
    struct str label = world_case(w, world_case_after(w, "issue"))->label;
    struct str id = extension_confirmed(w, label);
    settle(w, "technical-decider", "certifier", "2026-06-01");
    CHECK_STR(t, str_of(refusal(w, take(w, id, "approve-technical", "certifier", ""))),
              "forbidden authority A-TM", "A-TM the day before, the Technical Manager decides");
    world_day(w, "2026-06-01");
    CHECK_STR(t, str_of(refusal(w, take(w, id, "approve-technical", "technical-manager", ""))),
              "forbidden authority A-TM", "A-TM from its day on, not the Technical Manager");
    CHECK(t, !take(w, id, "approve-technical", "certifier", ""),
          "A-TM but the office that the parameter names");
    CHECK(t, !strcmp(delegation_of_last(w), "technical-decider=certifier"),
          "6.4-1 the entry names the delegation: %s", delegation_of_last(w));
    CHECK(t, !take(w, id, "grant", "managing-director", "") && !*delegation_of_last(w),
          "A-MD the final decision is where it was");
    struct str other = world_case_after(w, "draft-label");
    CHECK_STR(t, str_of(refusal(w, take(w, other, "approve-technical", "certifier", ""))),
              "forbidden authority A-TM", "A-TM what the Appendix fixes stays: issuance");
    settle(w, "technical-decider", "technical-manager", "2026-06-02");
}

static void test_one_person(struct tally *t, struct world *w)
{
    world_day(w, "2026-07-01");
    struct str label = world_case(w, world_case_after(w, "issue"))->label;
    struct str id = extension_confirmed(w, label);
    MUST(take(w, id, "approve-technical", "deputy", ""));
    CHECK_STR(t, str_of(refusal(w, take(w, id, "grant", "deputy", ""))),
              "forbidden apart 2.1.3-1", "2.1.3-1 by default two persons decide");
    settle(w, "one-person-decides", "yes", "2026-07-02");
    world_day(w, "2026-07-02");
    CHECK(t, !take(w, id, "grant", "deputy", ""), "2.1.3-1 one may, from the parameter's day on");
    settle(w, "one-person-decides", "no", "2026-07-03");
}

static void test_withdrawal(struct tally *t, struct world *w)
{
    static const char day[] = "{\"withdrawal-day\":\"2026-08-31\",\"reasons\":\"販売終了\"}";
    static const char reasons[] = "{\"reasons\":\"維持できない。\"}";
    world_day(w, "2026-08-03");
    struct str label = world_case(w, world_case_after(w, "issue"))->label;
    struct str id = open_on(w, "maintain-self-declared", label);
    MUST(take(w, id, "apply", "",
              "{\"conditions-kept\":\"kept\",\"change-text\":\"部品の変更\"}"));
    declare(w, id, deciders);
    MUST(take(w, id, "accept", "operational-personnel", ""));
    settle(w, "withdrawal-while-pending", "no", "2026-08-04");
    world_day(w, "2026-08-04");
    struct str first = open_on(w, "withdrawal", label);
    CHECK(t, !take(w, first, "apply", "", day) &&
                 !take(w, first, "take-back", "", ""),
          "4.6.2-1 an application under examination is no revocation that is pending");
    MUST(take(w, id, "confirm", "operational-personnel-2", "{\"outcome\":\"does-not\"}"));
    MUST(take(w, id, "find-unsustainable", "technical-manager", reasons));
    struct str second;
    struct case_request opening = {
        .procedure = STR("withdrawal"), .label = label, .who = &w->maker};
    CHECK_STR(t, str_of(refusal(w, desk_open_case(&w->desk, w->arena, &opening, &second))),
              "refused withdrawal-open 4.6.2-1",
              "4.6.2-1 found unsustainable: a withdrawal may have to wait");
    settle(w, "withdrawal-while-pending", "yes", "2026-08-05");
    world_day(w, "2026-08-05");
    second = open_on(w, "withdrawal", label);
    CHECK(t, !take(w, second, "apply", "", day), "4.6.2-1 by default it is received meanwhile");
    CHECK(t, !take(w, id, "revoke", "managing-director", reasons),
          "4.6.2-1 and the matter is decided all the same");
}

/* 4.1.2-1, ours: where the body has set a hearing, nobody is refused unheard. */
static void test_hearing(struct tally *t, struct world *w)
{
    static const char ground[] = "{\"refusal-ground\":\"other\",\"reasons\":\"範囲外\"}";
    world_day(w, "2026-08-05");
    struct str id = world_case_after(w, "draft-label");
    struct str other = world_case_after(w, "draft-label");
    static const char *const manager[] = {"technical-manager", NULL};
    declare(w, id, manager);
    declare(w, other, manager);
    settle(w, "hearing-before-refusal", "certified self-declared", "2026-08-06");
    world_day(w, "2026-08-06");
    CHECK_STR(t, str_of(refusal(w, take(w, id, "refuse-technical", "technical-manager", ground))),
              "refused heard-before-refusal 4.1.2-1", "4.1.2-1 not before it is heard");
    CHECK_STR(t, str_of(refusal(w, take(w, id, "be-heard", "", "{\"statement\":\"早い\"}"))),
              "refused refusal-is-intended 4.1.2-1", "4.1.2-1 there is nothing to state yet");
    MUST(take(w, id, "intend-refusal", "technical-manager", ground));
    CHECK(t, world_told(w, &w->maker, id, "refusal-intended", false).bytes > 0,
          "4.1.2-1 the applicant is told, with reasons");
    MUST(take(w, id, "be-heard", "", "{\"statement\":\"範囲内である。\"}"));
    CHECK(t, !take(w, id, "refuse-technical", "technical-manager", ground),
          "4.1.2-1 heard, it is refused the same day");
    MUST(take(w, other, "intend-refusal", "technical-manager", ground));
    world_day(w, "2026-08-20");
    struct fault *fault = take(w, other, "refuse-technical", "technical-manager", ground);
    CHECK_STR(t, str_of(refusal(w, fault)),
              "refused heard-before-refusal 4.1.2-1", "4.1.2-1 on the last day not yet");
    world_day(w, "2026-08-21");
    CHECK(t, !take(w, other, "refuse-technical", "technical-manager", ground),
          "4.1.2-1 on the day after it without a statement");
}

int main(void)
{
    struct tally tally = {0};
    struct world *w = world_new();
    test_delegation(&tally, w);
    test_one_person(&tally, w);
    test_withdrawal(&tally, w);
    test_hearing(&tally, w);
    CHECK(&tally, world_replay(w) == 0, "6.4-1 every row follows from the journal");
    world_end(w);
    return tally_end(&tally);
}
