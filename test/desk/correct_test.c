/* correct_test.c: what the register says put right: correction, annulment of a void decision,
 * reinstatement; on the engine of the run.
 * SPDX-License-Identifier: Apache-2.0 */
#include "corrected.h"

#include "base/banned.h"

/* ---- 6.4-1 */

static void test_correction(struct tally *t, struct world *w, struct str label)
{
    struct str id = open_on(w, "correction", label, "maker");
    CHECK_STR(t,
              str_of(said(w, take(w, id, "ask-correction", "maker",
                                  "{\"correction-wrong\":\"なし\",\"error-evidence\":\"なし\"}"))),
              "refused-form correction-says-what 6.4-1", "nothing is to be corrected");
    struct str was = label_of(w, label)->product_ja;
    MUST(take(w, id, "ask-correction", "maker",
              "{\"correction-wrong\":\"製品名の誤記\",\"error-evidence\":\"申請書の控え\","
              "\"product\":{\"ja\":\"正しい名\",\"en\":\"The right name\"},"
              "\"last-day\":\"2028-01-10\"}"));
    decide(w, id, "confirm-correction", "operational-personnel",
           "{\"correction-finding\":\"wrong\"}");
    decide(w, id, "approve-technical", "technical-manager", "{}");
    CHECK_STR(t, label_of(w, label)->product_ja, str_z(w->arena, was), "not yet");
    decide(w, id, "correct-register", "managing-director", "{}");
    CHECK_STR(t, label_of(w, label)->product_ja, "正しい名", "6.4-1 the name is corrected");
    CHECK_STR(t, label_of(w, label)->expires, "2028-01-10", "and the last day");
    struct row_label_event *event = last_event(w, label, "corrected");
    json_t *detail;
    MUST(json_read(w->arena, event->detail, &detail));
    const json_t *changes = json_object_get(detail, "changes");
    CHECK(t, json_array_size(changes) == 2, "the history says what was, and is: %.*s",
          STR_F(event->detail));
    CHECK_STR(t, json_get(json_object_get(json_array_get(changes, 0), "was"), "ja"),
              str_z(w->arena, was), "with the name that it said before");
    CHECK_STR(t, json_get(json_array_get(changes, 1), "now"), "2028-01-10", "and the day");
}

/* 6.4-1: a name is one for all labels of the registrant, and what it was stays in each history. */
static void test_name(struct tally *t, struct world *w, struct str label, struct str other)
{
    static const char change[] =
        "{\"changes\":[{\"item\":\"registrant-name\",\"now\":{\"en\":\"Mihon Holdings "
        "Inc.\",\"ja\":\"みほんホールディングス株式会社\"},\"was\":{\"en\":\"株式会社みほん\","
        "\"ja\":\"株式会社みほん\"}}]}";
    struct row_party *party;
    struct str id = open_on(w, "correction", label, "maker");
    CHECK_STR(t,
              str_of(said(w, take(w, id, "ask-correction", "maker",
                                  "{\"correction-wrong\":\"社名\",\"error-evidence\":\"なし\","
                                  "\"registrant-name\":{\"ja\":\"株式会社みほん\","
                                  "\"en\":\"株式会社みほん\"}}"))),
              "refused-form correction-says-what 6.4-1", "the name that it has is no correction");
    MUST(take(w, id, "ask-correction", "maker",
              "{\"correction-wrong\":\"社名\",\"error-evidence\":\"登記\","
              "\"registrant-name\":{\"ja\":\"みほんホールディングス株式会社\","
              "\"en\":\"Mihon Holdings Inc.\"}}"));
    decide(w, id, "confirm-correction", "operational-personnel",
           "{\"correction-finding\":\"wrong\"}");
    decide(w, id, "approve-technical", "technical-manager", "{}");
    decide(w, id, "correct-register", "managing-director", "{}");
    MUST(sql_party_by_id(w->desk.store, w->arena, label_of(w, label)->party, &party));
    CHECK_STR(t, party->name_ja, "みほんホールディングス株式会社", "6.4-1 the name is the right one");
    CHECK_STR(t, str_of(detail_of(w, label, "corrected")), change, "with what it was");
    CHECK_STR(t, str_of(detail_of(w, other, "corrected")), change,
              "6.4-1 and so in the history of its other labels");
    CHECK(t, str_is(label_of(w, other)->product_ja, "見本"), "which are otherwise as they were");
}

/* ---- 2.1.3-1 */

static void test_void_extension(struct tally *t, struct world *w, struct str label)
{
    struct str id = open_on(w, "extend-self-declared", label, "maker");
    MUST(take(w, id, "apply", "maker", "{\"conditions-kept\":\"kept\"}"));
    decide(w, id, "accept", "operational-personnel", "{}");
    MUST(take(w, id, "record-fee", "operational-personnel",
              "{\"fee-kind\":\"none-set\",\"fee-amount\":0,\"fee-day\":\"2026-02-02\"}"));
    decide(w, id, "confirm", "operational-personnel-2", "{\"confirmed\":\"yes\"}");
    decide(w, id, "approve-technical", "technical-manager", "{}");
    struct str before = label_of(w, label)->expires;
    decide(w, id, "grant", "managing-director", "{}");
    CHECK(t, str_order(before, label_of(w, label)->expires) < 0, "the label is extended");
    struct str annul = annulment(t, w, label, entry_of(w, id, "grant"));
    MUST(take(w, annul, "declare-no-conflict", "certifier-2", "{}"));
    CHECK_STR(t,
              str_of(said(
                  w, take(w, annul, "annul-revocation", "certifier-2", "{\"reasons\":\"無効\"}"))),
              "refused void-act-ended 2.1.3-1", "an extension is no revocation");
    MUST(take(w, annul, "annul", "certifier-2", "{\"reasons\":\"無効\"}"));
    CHECK_STR(t, label_of(w, label)->expires, str_z(w->arena, before),
              "2.1.3-1 what the void decision gave is undone");
    json_t *detail;
    MUST(json_read(w->arena, last_event(w, label, "annulled")->detail, &detail));
    CHECK_STR(t, json_get(detail, "annulled"), "extended", "and the history says which");
}

static void test_void_issuance(struct tally *t, struct world *w, struct str issuing)
{
    struct str label = world_case(w, issuing)->label;
    struct str annul = annulment(t, w, label, entry_of(w, issuing, "issue"));
    decide(w, annul, "annul", "certifier-2", "{\"reasons\":\"無効\"}");
    CHECK_STR(t, label_of(w, label)->ended_as, "revoked",
              "2.1.3-1 a label whose issuance was void shows as revoked");
    json_t *detail;
    MUST(json_read(w->arena, last_event(w, label, "revoked")->detail, &detail));
    CHECK_STR(t, json_get(detail, "annulled"), "issued", "on this ground");
    CHECK_STR(t, json_get(detail, "clause"), "2.1.3-1", "by this clause");
    sweep(w);
    CHECK(t, in_state(w, watch_of(w, issuing)->id, "ended"), "its expiry is not waited for");
}

/* ---- 6.6-1 */

static int64_t revoke(struct world *w, struct str label)
{
    struct str id = open_on(w, "maintain-self-declared", label, "maker");
    MUST(take(w, id, "apply", "maker",
              "{\"change-text\":\"変更\",\"conditions-kept\":\"kept\","
              "\"added-models\":[\"MIHON-9\"]}"));
    decide(w, id, "accept", "operational-personnel", "{}");
    decide(w, id, "confirm", "operational-personnel-2", "{\"outcome\":\"does-not\"}");
    decide(w, id, "find-unsustainable", "technical-manager", "{\"reasons\":\"不可\"}");
    decide(w, id, "revoke", "managing-director", "{\"reasons\":\"不可\"}");
    return entry_of(w, id, "revoke");
}

static void reinstate(struct world *w, struct str label, int64_t entry)
{
    struct str id = open_on(w, "reinstatement", label, "chief-executive-officer");
    decide(w, id, "begin-reinstatement", "chief-executive-officer",
           with_entry(w, entry,
                      "\"appeal-document\":\"異議決定書第1号\","
                      "\"appeal-outcome\":\"認める\""));
    decide(w, id, "approve-technical", "criteria-personnel", "{}");
    decide(w, id, "reinstate", "certifier-2", "{}");
}

static void test_reinstatement(struct tally *t, struct world *w, struct str issuing)
{
    struct str label = world_case(w, issuing)->label;
    int64_t entry = revoke(w, label);
    sweep(w);
    world_day(w, "2026-03-02");
    reinstate(w, label, entry);
    CHECK_STR(t, label_of(w, label)->ended_as, "", "6.6-1 the label goes on");
    CHECK_STR(t, last_event(w, label, "revoked")->day, "2026-02-02", "the gap stays visible");
    CHECK_STR(t, last_event(w, label, "reinstated")->day, "2026-03-02", "from the day to the day");
    struct row_casework *rows;
    size_t n, running = 0;
    MUST(sql_clock_cases_of_label(w->desk.store, w->arena, label, STR("expiry"), &rows, &n));
    for (size_t i = 0; i < n; i++)
        running += str_is(rows[i].state, "running");
    CHECK(t, n == 2 && running == 1, "4.6.1-1 its expiry is watched again");
}

static void test_reinstated_too_late(struct tally *t, struct world *w, struct str label)
{
    int64_t entry = revoke(w, label);
    world_day(w, "2028-06-01");
    reinstate(w, label, entry);
    CHECK_STR(t, label_of(w, label)->ended_as, "lapsed", "6.6-1 it has lapsed at once");
    CHECK_STR(t, last_event(w, label, "lapsed")->day, "2028-01-16", "on the day after its last");
}

int main(void)
{
    struct tally t = {0};
    struct world *w = world_new();
    world_day(w, "2026-01-15");
    struct str a = world_case_after(w, "issue"), b = world_case_after(w, "issue");
    struct str c = world_case_after(w, "issue"), d = world_case_after(w, "issue");
    struct str e = world_case_after(w, "issue");
    MUST(desk_write(&w->desk, w->arena, appoint, w));
    world_day(w, "2026-02-02");
    test_correction(&t, w, world_case(w, a)->label);
    test_void_extension(&t, w, world_case(w, b)->label);
    test_void_issuance(&t, w, c);
    test_reinstatement(&t, w, d);
    test_reinstated_too_late(&t, w, world_case(w, e)->label);
    world_day(w, "2028-06-02");
    test_name(&t, w, world_case(w, d)->label, world_case(w, b)->label);
    CHECK(&t, world_replay(w) == 0, "6.4-1 every row follows from the journal");
    world_end(w);
    return tally_end(&t);
}
