/* correct_test.c: what the register says put right: correction, annulment of a void decision,
 * reinstatement; on the engine of the run.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/json.h"
#include "desk/act.h"
#include "store/put.gen.h"
#include "watched.h"

#include "base/banned.h"

static struct row_label *label_of(struct world *w, struct str number)
{
    struct row_label *label;
    MUST(sql_label_by_number(w->desk.store, w->arena, number, &label));
    return label;
}

static struct fault *take(struct world *w, struct str id, const char *step, const char *who,
                          const char *fields)
{
    struct step_answer answer;
    struct step_request request = {.case_id = id,
                                   .step = str_of(step),
                                   .expected_version = -1,
                                   .who = str_is(str_of(who), "maker") ? &w->maker
                                                                       : world_person(w, who)};
    MUST(json_read(w->arena, str_of(fields), &request.fields));
    return desk_take_step(&w->desk, w->arena, &request, &answer);
}

static void decide(struct world *w, struct str id, const char *step, const char *who,
                   const char *fields)
{
    MUST(take(w, id, "declare-no-conflict", who, "{}"));
    MUST(take(w, id, step, who, fields));
}

static struct str open_on(struct world *w, const char *procedure, struct str label, const char *who)
{
    struct str id;
    struct case_request request = {.procedure = str_of(procedure),
                                   .label = label,
                                   .who = str_is(str_of(who), "maker") ? &w->maker
                                                                       : world_person(w, who)};
    MUST(desk_open_case(&w->desk, w->arena, &request, &id));
    return id;
}

static struct row_label_event *events_of(struct world *w, struct str label, size_t *n)
{
    struct row_label_event *rows;
    MUST(sql_label_events(w->desk.store, w->arena, label, &rows, n));
    return rows;
}

static struct row_label_event *last_event(struct world *w, struct str label, const char *kind)
{
    size_t n;
    struct row_label_event *rows = events_of(w, label, &n), *found = NULL;
    for (size_t i = 0; i < n; i++)
        if (str_is(rows[i].kind, kind))
            found = &rows[i];
    if (!found)
        BUG("the label has no event %s", kind);
    return found;
}

/* The number in the journal of the step by which the label came to be, or of another. */
static int64_t entry_of(struct world *w, struct str case_id, const char *step)
{
    struct row_case_step *steps;
    size_t n;
    MUST(sql_case_steps(w->desk.store, w->arena, case_id, &steps, &n));
    for (size_t i = 0; i < n; i++)
        if (str_is(steps[i].step, step))
            return steps[i].seq;
    BUG("step %s was not taken", step);
}

static const char *with_entry(struct world *w, int64_t entry, const char *rest)
{
    return str_z(w->arena, str_print(w->arena, "{\"void-entry\":%lld,%s}", (long long)entry, rest));
}

/* People who took part in no case: they stand in for both deciders. */
static struct fault *appoint(struct desk *desk, struct arena *arena, void *whom)
{
    struct world *w = whom;
    static const struct {
        const char *key, *office;
    } deputies[] = {{"criteria-personnel", "technical-manager"},
                    {"certifier-2", "managing-director"}};
    int64_t seq;
    TRY(desk_begin_entry(desk, arena, "test", NULL, STR_NONE, NULL, &seq));
    for (size_t i = 0; i < 2; i++) {
        struct row_thing thing = {.id = str_of(deputies[i].office),
                                  .kind = STR("appointment"),
                                  .person = world_person(w, deputies[i].key)->person,
                                  .word = str_of(deputies[i].office),
                                  .detail = STR("deputy"),
                                  .from_day = STR("2026-01-05"),
                                  .seq = seq};
        TRY(put_thing(desk->store, &thing));
    }
    return journal_append(desk->store, arena);
}

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

/* ---- 2.1.3-1 */

static struct str annulment(struct tally *t, struct world *w, struct str label, int64_t entry)
{
    struct str id = open_on(w, "annulment", label, "operational-personnel-2");
    MUST(take(w, id, "declare-no-conflict", "operational-personnel-2", "{}"));
    CHECK_STR(t,
              str_of(said(w, take(w, id, "propose-annulment", "operational-personnel-2",
                                  with_entry(w, 1,
                                             "\"void-ground\":\"other\","
                                             "\"void-facts\":\"架空\"")))),
              "refused-form void-act-known 2.1.3-1", "an entry that is no decision on the label");
    MUST(take(w, id, "propose-annulment", "operational-personnel-2",
              with_entry(w, entry,
                         "\"void-ground\":\"undisclosed-conflict\",\"void-facts\":\"未申告\"")));
    decide(w, id, "examine-annulment", "management-system-manager", "{\"void-finding\":\"void\"}");
    decide(w, id, "invite-hearing", "operational-personnel",
           str_z(w->arena, str_print(w->arena, "{\"hearing-by\":\"%.*s\"}",
                                     STR_F(day_text(w, day_plus(clock_today(&w->clock), 20))))));
    MUST(take(w, id, "state-view", "maker", "{\"view\":\"承知しました。\"}"));
    MUST(take(w, id, "declare-no-conflict", "technical-manager", "{}"));
    CHECK_STR(t, str_of(said(w, take(w, id, "approve-technical", "technical-manager", "{}"))),
              "forbidden not-involved 2.1.3-1", "who decided on the void case does not decide");
    decide(w, id, "approve-technical", "criteria-personnel", "{}");
    return id;
}

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
    CHECK(&t, world_replay(w) == 0, "6.4-1 every row follows from the journal");
    world_end(w);
    return tally_end(&t);
}
