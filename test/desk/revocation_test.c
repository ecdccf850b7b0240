/* revocation_test.c: 4.6.4 through the one writer: the period by the clock, a correction examined
 * first, two decisions, the duties, the label meanwhile; on the engine of the run.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "acts.h"
#include "desk/act.h"
#include "store/put.gen.h"
#include "watched.h"

#include "base/banned.h"

static void check_refused(struct tally *t, struct world *w, struct fault *fault, const char *by,
                          const char *what)
{
    CHECK_STR(t, str_of(said(w, fault)), by, "%s", what);
}

static const char requirement[] =
    "{\"revocation-ground\":\"declaration\",\"reasons\":\"宣言と異なる。\",\"measures\":"
    "\"更新を配布する。\",\"correct-by\":\"2026-03-02\"}";

/* A surveillance that was ordered on 2026-02-16, examined, and referred: the revocation it opened.
 */
static struct str required_after(struct world *w, struct str label, const char *examiner)
{
    const struct principal *officer = world_person(w, examiner),
                           *manager = world_person(w, "technical-manager");
    world_day(w, "2026-02-16");
    struct str id = open_on(w, "surveillance", label, manager);
    decide(w, id, "order", "technical-manager",
           "{\"surveillance-cause\":\"report\",\"reasons\":\"通報\"}");
    decide(w, id, "begin-examination", examiner, "{}");
    MUST(take(w, id, "report-examination", officer,
              "{\"surveillance-outcome\":\"grounds\",\"surveillance-report-text\":\"宣言違反\"}"));
    MUST(take(w, id, "refer", manager, requirement));
    return opened_by(w, id, "revocation");
}

static struct str required(struct world *w, struct str label)
{
    return required_after(w, label, "operational-personnel");
}

static struct row_label_event *event_of(struct world *w, struct str label, const char *kind)
{
    struct row_label_event *rows, *found = NULL;
    size_t n;
    MUST(sql_label_events(w->desk.store, w->arena, label, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (str_is(rows[i].kind, kind))
            found = &rows[i];
    return found;
}

/* 4.6.4-2: too short a period is refused, and the surveillance stays where it was. */
static void test_period(struct tally *t, struct world *w, struct str label)
{
    const struct principal *officer = world_person(w, "operational-personnel"),
                           *manager = world_person(w, "technical-manager");
    world_day(w, "2026-02-17");
    struct str id = open_on(w, "surveillance", label, manager);
    decide(w, id, "order", "technical-manager",
           "{\"surveillance-cause\":\"report\",\"reasons\":\"通報\"}");
    decide(w, id, "begin-examination", "operational-personnel", "{}");
    MUST(take(w, id, "report-examination", officer,
              "{\"surveillance-outcome\":\"grounds\",\"surveillance-report-text\":\"違反\"}"));
    check_refused(t, w, take(w, id, "refer", manager, requirement),
                  "refused-form period-long-enough 4.6.4-2", "4.6.4-2 thirteen days are too few");
    CHECK_STR(t, world_case(w, id)->state, "examined", "4.6.4-2 nothing was referred");
    CHECK(t, !opened_by(w, id, "revocation").bytes, "4.6.4-2 nothing was opened");
    MUST(take(w, id, "close-clean", manager, "{\"reasons\":\"軽微\"}"));
}

/* ---- a correction in time, found insufficient; then the period passes */

static void test_correction(struct tally *t, struct world *w, struct str id)
{
    const struct principal *manager = world_person(w, "technical-manager");
    CHECK(t, !desk_may_see(&w->desk, w->arena, &w->maker, id),
          "4.6.4-3 the registrant sees what is required of it");
    check_refused(t, w, take(w, id, "approve-revocation", manager, "{\"reasons\":\"早い\"}"),
                  "wrong-state state A-TM", "4.6.4-2 nothing is revoked within the period");
    MUST(take(w, id, "prolong", manager,
              "{\"new-correct-by\":\"2026-03-09\",\"reasons\":\"準備のため\"}"));
    check_refused(t, w,
                  take(w, id, "prolong", manager,
                       "{\"new-correct-by\":\"2026-03-09\",\"reasons\":\"同じ日\"}"),
                  "refused-form period-prolonged 4.6.4-3", "4.6.4-3 only to a later day");
    world_day(w, "2026-03-03");
    sweep(w);
    CHECK_STR(t, world_case(w, id)->state, "required", "4.6.4-3 the first last day has no effect");
    world_day(w, "2026-03-09");
    sweep(w);
    struct str file = attach(w, id, "fix.pdf", &w->maker);
    MUST(take(w, id, "file-correction", &w->maker,
              str_z(w->arena, str_print(w->arena,
                                        "{\"correction-text\":\"一部を更新した。\","
                                        "\"correction-evidence\":[\"%.*s\"]}",
                                        STR_F(file)))));
    world_day(w, "2026-03-11");
    sweep(w);
    CHECK_STR(t, world_case(w, id)->state, "correction-filed",
              "4.6.4-2 filed on the last day: the clock does not end what is to be examined");
    check_refused(t, w, take(w, id, "approve-revocation", manager, "{\"reasons\":\"早い\"}"),
                  "wrong-state state A-TM", "4.6.4-2 it is examined first");
    decide(w, id, "examine-correction", "operational-personnel-2",
           "{\"correction-outcome\":\"insufficient\"}");
    check_refused(t, w, take(w, id, "find-insufficient", manager, "{\"reasons\":\"不十分\"}"),
                  "refused before-correction-over 4.6.4-2", "4.6.4-2 the period is over by now");
    MUST(take(w, id, "find-insufficient-late", manager, "{\"reasons\":\"不十分\"}"));
    MUST(
        take(w, id, "file-late-correction", &w->maker, "{\"correction-text\":\"残りも直した。\"}"));
}

/* ---- heard, revoked by the Managing Director, the duties */

static void test_decisions(struct tally *t, struct world *w, struct str id, struct str label)
{
    const struct principal *manager = world_person(w, "technical-manager"),
                           *director = world_person(w, "managing-director");
    MUST(take(w, id, "approve-revocation", manager, "{\"reasons\":\"是正がない。\"}"));
    MUST(take(w, id, "declare-no-conflict", director, "{}"));
    check_refused(t, w, take(w, id, "revoke", director, "{\"reasons\":\"早い\"}"),
                  "wrong-state state 4.6.4-2", "the registrant is heard first");
    world_day(w, "2026-03-25");
    sweep(w);
    CHECK_STR(t, world_case(w, id)->state, "hearing-open", "fourteen days for the statement");
    world_day(w, "2026-03-26");
    sweep(w);
    CHECK_STR(t, world_case(w, id)->state, "revocation-approved", "then it is decided without");
    CHECK_STR(t, label_of(w, label)->ended_as, "", "4.6.4-2 never automatically");
    check_refused(t, w, take(w, id, "revoke", manager, "{\"reasons\":\"取消し\"}"),
                  "forbidden authority A-MD", "A-MD by the Managing Director alone");
    MUST(take(w, id, "revoke", director, "{\"reasons\":\"期間内に是正がない。\"}"));
    CHECK_STR(t, label_of(w, label)->ended_as, "revoked", "4.6.4-2 revoked");
    CHECK_STR(t, label_of(w, label)->ended, "2026-03-26", "4.6.4-2 from that day");
    CHECK_STR(t, event_of(w, label, "revoked")->detail,
              "{\"clause\":\"4.6.4-2\",\"ground\":\"declaration\"}",
              "4.6.4-1 in public by clause and ground, not by its reasons");
}

static void test_duties(struct tally *t, struct world *w, struct str id)
{
    check_refused(t, w,
                  take(w, id, "confirm-duties", &w->maker,
                       "{\"claims-ended\":true,\"stock-handled\":true,"
                       "\"packaging-handled\":false,\"duties-text\":\"作業中\"}"),
                  "refused-form duties-done 4.6.4-3", "all of claims, stock and packaging");
    world_day(w, "2026-04-25");
    sweep(w);
    CHECK_STR(t, world_case(w, id)->state, "duties-open", "thirty days to confirm the duties");
    world_day(w, "2026-04-26");
    sweep(w);
    CHECK_STR(t, world_case(w, id)->state, "duties-unconfirmed", "overdue, and shown so");
    MUST(take(w, id, "confirm-duties", &w->maker,
              "{\"claims-ended\":true,\"stock-handled\":true,\"packaging-handled\":true,"
              "\"duties-text\":\"すべて終えた。\"}"));
    CHECK_STR(t, world_case(w, id)->state, "revoked", "confirmed late is confirmed");
}

/* ---- withdrawn meanwhile: received, and the matter is decided and shown all the same */

static void test_withdrawn_meanwhile(struct tally *t, struct world *w, struct str label)
{
    const struct principal *manager = world_person(w, "technical-manager");
    struct str id = required(w, label), withdrawal;
    withdrawal = open_on(w, "withdrawal", label, &w->maker);
    MUST(take(w, withdrawal, "apply", &w->maker,
              "{\"withdrawal-day\":\"2026-02-20\",\"reasons\":\"販売終了\"}"));
    world_day(w, "2026-02-20");
    decide(w, withdrawal, "record-withdrawal", "operational-personnel", "{}");
    CHECK_STR(t, label_of(w, label)->ended_as, "withdrawn", "4.6.2-1 the withdrawal is received");
    world_day(w, "2026-03-03");
    sweep(w);
    CHECK_STR(t, world_case(w, id)->state, "ripe", "4.6.4-2 the period passes all the same");
    MUST(take(w, id, "approve-revocation", manager, "{\"reasons\":\"是正がない。\"}"));
    MUST(take(w, id, "be-heard", &w->maker, "{\"statement\":\"販売を終えた。\"}"));
    decide(w, id, "revoke", "managing-director", "{\"reasons\":\"是正がない。\"}");
    CHECK_STR(t, label_of(w, label)->ended_as, "revoked", "4.6.4-2 it is decided all the same");
    CHECK(t, event_of(w, label, "withdrawn") && event_of(w, label, "revoked"),
          "4.6.4-2 the history shows both");
    check_refused(t, w, take(w, id, "waive-hearing", &w->maker, "{}"), "wrong-state state 4.6.4-3",
                  "what was stated is not unsaid");
}

/* ---- accepted, and forgone */

static void test_mended(struct tally *t, struct world *w, struct str label)
{
    struct str id = required(w, label);
    MUST(take(w, id, "file-correction", &w->maker, "{\"correction-text\":\"更新した。\"}"));
    decide(w, id, "examine-correction", "operational-personnel",
           "{\"correction-outcome\":\"sufficient\"}");
    MUST(take(w, id, "accept-correction", world_person(w, "technical-manager"),
              "{\"reasons\":\"十分\"}"));
    CHECK_STR(t, world_case(w, id)->state, "corrected", "4.6.4-2 corrected in time");
    CHECK_STR(t, label_of(w, label)->ended_as, "", "4.6.4-2 and the label goes on");
    id = required(w, label);
    world_day(w, "2026-03-03");
    sweep(w);
    MUST(take(w, id, "approve-revocation", world_person(w, "technical-manager"),
              "{\"reasons\":\"是正がない。\"}"));
    MUST(take(w, id, "be-heard", &w->maker, "{\"statement\":\"直した。\"}"));
    decide(w, id, "return-revocation", "managing-director", "{\"reasons\":\"意見を検討する。\"}");
    MUST(take(w, id, "forgo", world_person(w, "technical-manager"),
              "{\"reasons\":\"直っている。\"}"));
    CHECK_STR(t, label_of(w, label)->ended_as, "", "4.6.4-2 forgone, the label goes on");
}

/* ---- 2.1.3-1: who examined decides nothing on what grew out of it, under any office */

static void test_examiner_as_deputy(struct tally *t, struct world *w, struct str label)
{
    const struct principal *deputy = world_person(w, "deputy"),
                           *manager = world_person(w, "technical-manager");
    struct str id = required_after(w, label, "deputy");
    world_day(w, "2026-03-03");
    sweep(w);
    check_refused(t, w, take(w, id, "approve-revocation", deputy, "{\"reasons\":\"代理\"}"),
                  "forbidden apart 2.1.3-1", "2.1.3-1 not as deputy of the Technical Manager");
    MUST(take(w, id, "approve-revocation", manager, "{\"reasons\":\"是正がない。\"}"));
    MUST(take(w, id, "waive-hearing", &w->maker, "{}"));
    check_refused(t, w, take(w, id, "revoke", deputy, "{\"reasons\":\"代理\"}"),
                  "forbidden apart 2.1.3-1", "2.1.3-1 nor of the Managing Director");
    decide(w, id, "forgo-final", "managing-director", "{\"reasons\":\"軽微\"}");
    CHECK_STR(t, world_case(w, id)->state, "forgone", "2.1.3-1 who did not examine decides");
}

/* ---- 6.6, ours: an appeal stays the days of the duties, where the body has set so */

static struct fault *set_stay(struct desk *desk, struct arena *arena, void *whom)
{
    struct row_parameter row = {.name = STR("stay-on-appeal"), .value = STR("revocation"),
                                .valid_from = STR("2026-02-02"), .clause = STR("A-MD")};
    int64_t seq;
    (void)whom;
    TRY(desk_begin_entry(desk, arena, "setting", NULL, STR_NONE, NULL, &seq));
    TRY(put_parameter(desk->store, &row));
    return journal_append(desk->store, arena);
}

static void state_on(struct tally *t, struct world *w, struct str id, const char *day,
                     const char *state, const char *what)
{
    world_day(w, day);
    sweep(w);
    CHECK_STR(t, world_case(w, id)->state, state, "%s", what);
}

static void test_stayed(struct tally *t, struct world *w, struct str label)
{
    struct str id = required(w, label), appeal;
    struct case_request opening = {.procedure = STR("appeal"), .decided = id, .who = &w->maker};
    MUST(desk_write(&w->desk, w->arena, set_stay, NULL));
    world_day(w, "2026-03-03");
    sweep(w);
    MUST(take(w, id, "approve-revocation", world_person(w, "technical-manager"),
              "{\"reasons\":\"是正がない。\"}"));
    MUST(take(w, id, "waive-hearing", &w->maker, "{}"));
    decide(w, id, "revoke", "managing-director", "{\"reasons\":\"是正がない。\"}");
    world_day(w, "2026-03-10");
    MUST(desk_open_case(&w->desk, w->arena, &opening, &appeal));
    MUST(take(w, appeal, "appeal", &w->maker, "{\"appeal-text\":\"是正した。\"}"));
    state_on(t, w, id, "2026-04-10", "duties-open", "6.6-1 the days stand still meanwhile");
    CHECK_STR(t, label_of(w, label)->ended_as, "revoked", "6.6-1 and the revocation stands");
    MUST(take(w, appeal, "take-back-appeal", &w->maker, "{}"));
    state_on(t, w, id, "2026-05-03", "duties-open", "6.6-1 thirty-one days more");
    state_on(t, w, id, "2026-05-04", "duties-unconfirmed", "6.6-1 and not one more than that");
}

int main(void)
{
    struct tally tally = {0};
    struct world *world = world_new();
    struct str labels[3];
    world_day(world, "2026-01-15");
    for (size_t i = 0; i < 3; i++)
        labels[i] = world_case(world, world_case_after(world, "issue"))->label;
    test_withdrawn_meanwhile(&tally, world, labels[0]);
    test_mended(&tally, world, labels[1]);
    test_examiner_as_deputy(&tally, world, labels[1]);
    struct str id = required(world, labels[2]);
    test_period(&tally, world, labels[1]);
    test_correction(&tally, world, id);
    test_decisions(&tally, world, id, labels[2]);
    test_duties(&tally, world, id);
    test_stayed(&tally, world, labels[1]);
    CHECK(&tally, world_replay(world) == 0, "6.4-1 every row follows from the journal");
    world_end(world);
    return tally_end(&tally);
}
