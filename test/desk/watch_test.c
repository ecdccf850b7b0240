/* watch_test.c: surveillance through the one writer: who decides, what is asked of the registrant,
 * what neither the registrant nor the public learns while it runs; on the engine of the run.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "acts.h"
#include "desk/act.h"
#include "desk/renewal.h"
#include "store/put.gen.h"
#include "watched.h"

#include "base/banned.h"

static void check_refused(struct tally *t, struct world *w, struct fault *fault, const char *by,
                          const char *what)
{
    CHECK_STR(t, str_of(said(w, fault)), by, "%s", what);
}

/* ---- all that the maker meets of its labels, as one text: equal before and after, it learnt
 * nothing */

static void add_cases(struct world *w, struct buf *out)
{
    struct row_casework *rows;
    size_t n;
    MUST(sql_portal_own_cases(w->desk.store, w->arena, w->maker.person, STR("2026-06-01"), 1000,
                              &rows, &n));
    for (size_t i = 0; i < n; i++)
        buf_printf(out, "case %.*s %.*s %lld\n", STR_F(rows[i].id), STR_F(rows[i].state),
                   (long long)rows[i].version);
}

static void add_notices(struct world *w, struct buf *out)
{
    struct sql_portal_notices_row *rows;
    struct row_outbox *mails;
    size_t n;
    MUST(sql_portal_notices(w->desk.store, w->arena, w->maker.person, STR("2026-06-01"), 1000,
                            &rows, &n));
    for (size_t i = 0; i < n; i++)
        buf_printf(out, "notice %.*s\n", STR_F(rows[i].id));
    MUST(sql_outbox_after(w->desk.store, w->arena, 0, 100000, &mails, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(mails[i].person, w->maker.person))
            buf_printf(out, "mail %.*s\n", STR_F(mails[i].id));
}

static void add_label(struct world *w, struct str label, struct buf *out)
{
    struct row_label_event *events;
    struct beginning *beginnings;
    struct row_casework *cases;
    size_t n;
    MUST(sql_label_events(w->desk.store, w->arena, label, &events, &n));
    buf_printf(out, "events %zu\n", n);
    MUST(desk_beginnings(&w->desk, w->arena, &w->maker, label, &beginnings, &n));
    for (size_t i = 0; i < n; i++)
        buf_printf(out, "%s %s %s\n", beginnings[i].procedure->name, beginnings[i].step->name,
                   beginnings[i].verdict.guard ? beginnings[i].verdict.guard : "may");
    MUST(sql_cases_of_label(w->desk.store, w->arena, label, &cases, &n));
    for (size_t i = 0; i < n; i++)
        if (!desk_may_see(&w->desk, w->arena, &w->maker, cases[i].id))
            buf_printf(out, "at the label %.*s %.*s\n", STR_F(cases[i].id), STR_F(cases[i].state));
}

/* What the judge was told of it on a case that the maker reads: `why` would show it. */
static void add_facts(struct world *w, struct str own_case, struct buf *out)
{
    struct facts *facts = NEW(w->arena, struct facts);
    MUST(desk_facts(&w->desk, w->arena, &w->maker, own_case, STR("apply"), facts));
    buf_printf(out, "open on it: %zu\n", facts->open_on_label.n);
    for (size_t i = 0; i < facts->open_on_label.n; i++)
        buf_printf(out, "%.*s\n", STR_F(facts->open_on_label.at[i]));
}

static struct str seen_by_maker(struct world *w, struct str label, struct str own_case)
{
    struct buf out = buf_new(w->arena, 100000);
    add_cases(w, &out);
    add_notices(w, &out);
    add_label(w, label, &out);
    add_facts(w, own_case, &out);
    return buf_str(&out);
}

/* ---- an agreement with the registrant, as its procedure would have it */

struct agreement {
    struct world *world;
    struct str party;
};

static struct fault *put_agreement(struct desk *desk, struct arena *arena, void *whom)
{
    struct agreement *agreement = whom;
    int64_t seq;
    TRY(desk_begin_entry(desk, arena, "step", &agreement->world->maker, STR_NONE, NULL, &seq));
    struct row_thing nda = {.id = id_new(arena),
                            .kind = STR("nda"),
                            .word = STR("surveillance"),
                            .party = agreement->party,
                            .from_day = STR("2026-01-05"),
                            .seq = seq};
    TRY(put_thing(desk->store, &nda));
    return journal_append(desk->store, arena);
}

static const char question[] =
    "{\"question\":\"更新の署名の検証方法を示してください。\",\"answer-by\":\"2026-02-16\"}";

/* From the proposal to the examination; the order wants an agreement with the registrant. */
static struct str ordered(struct tally *t, struct world *w, struct str label, struct str own_case)
{
    const struct principal *officer = world_person(w, "operational-personnel"),
                           *manager = world_person(w, "technical-manager");
    struct str before = seen_by_maker(w, label, own_case), again;
    struct str id = open_on(w, "surveillance", label, officer);
    struct fault *fault = opening(w, "surveillance", label, &w->maker, &again);
    CHECK(t, fault && !strcmp(fault->code, "forbidden"),
          "4.6.3-1 a maker opens no surveillance: %s", said(w, fault));
    decide(w, id, "propose", "operational-personnel",
           "{\"surveillance-cause\":\"declaration\",\"reasons\":\"宣言と異なる挙動\"}");
    again = open_on(w, "surveillance", label, officer);
    MUST(take(w, again, "declare-no-conflict", officer, "{}"));
    check_refused(t, w,
                  take(w, again, "propose", officer,
                       "{\"surveillance-cause\":\"other\",\"reasons\":\"再度\"}"),
                  "refused none-open 4.6.3-1", "4.6.3-1 one proposal at a time");
    MUST(take(w, id, "declare-no-conflict", manager, "{}"));
    check_refused(t, w, take(w, id, "begin-examination", officer, "{}"),
                  "wrong-state state 4.6.3-1",
                  "A-TM nothing is examined before the Technical Manager has ordered it");
    check_refused(t, w, take(w, id, "order", officer, "{}"), "forbidden authority A-TM",
                  "A-TM nobody else orders it");
    MUST(take(w, id, "order", manager,
              "{\"surveillance-cause\":\"declaration\",\"reasons\":\"調べる\","
              "\"nda-wanted\":true}"));
    MUST(take(w, id, "begin-examination", officer, "{}"));
    MUST(take(w, id, "record-finding", officer,
              "{\"surveillance-findings\":[{\"id\":\"S1.1-01\",\"result\":\"does-not\","
              "\"evidence\":\"既定のパスワードが共通\"}]}"));
    fault = desk_may_see(&w->desk, w->arena, &w->maker, id);
    CHECK(t, fault && !strcmp(fault->code, "absent"), "4.6.3-1 to its registrant the case is none");
    check_refused(t, w, take(w, id, "drop", &w->maker, "{}"), "forbidden authority A-TM",
                  "4.6.3-1 nor is any step its own");
    CHECK(t, str_eq(before, seen_by_maker(w, label, own_case)),
          "4.6.3-1 what the registrant meets is the same, byte for byte");
    CHECK_STR(t, world_case(w, id)->party, "", "4.6.3-1 it is nobody's application");
    CHECK_STR(t, world_case(w, id)->facility, "", "2.1.3-2 nor the facility's that evaluated once");
    return id;
}

static struct str asked(struct tally *t, struct world *w, struct str label, struct str id)
{
    const struct principal *officer = world_person(w, "operational-personnel");
    struct agreement agreement = {w, label_of(w, label)->party};
    check_refused(t, w, take(w, id, "ask-registrant", officer, question),
                  "refused surveillance-nda-if-wanted 6.5-4",
                  "6.5-4 no question before the agreement that the order wants");
    MUST(desk_write(&w->desk, w->arena, put_agreement, &agreement));
    MUST(take(w, id, "ask-registrant", officer, question));
    struct str asked = opened_by(w, id, "surveillance-question");
    CHECK(t, !desk_may_see(&w->desk, w->arena, &w->maker, asked),
          "4.6.3-1 the registrant sees the question");
    CHECK(t, desk_may_see(&w->desk, w->arena, &w->other_maker, asked) != NULL,
          "4.6.3-1 another maker does not");
    CHECK(t, desk_may_see(&w->desk, w->arena, &w->maker, id) != NULL,
          "4.6.3-1 and still not the surveillance that asks it");
    check_refused(t, w,
                  take(w, id, "report-examination", officer,
                       "{\"surveillance-outcome\":\"grounds\",\"surveillance-report-text\":\"x\"}"),
                  "refused none-open-below 4.6.3-1", "4.6.3-1 an open question belongs to it");
    return asked;
}

static void answered(struct tally *t, struct world *w, struct str id, struct str asked)
{
    const struct principal *officer = world_person(w, "operational-personnel");
    world_day(w, "2026-02-16");
    sweep(w);
    CHECK_STR(t, world_case(w, asked)->state, "question-asked", "the last day for the answer");
    world_day(w, "2026-02-17");
    sweep(w);
    CHECK_STR(t, world_case(w, asked)->state, "question-unanswered",
              "4.6.3-1 overdue from 0:00 in Tokyo of the day after");
    struct str file = attach(w, asked, "evidence.pdf", &w->maker);
    MUST(take(w, asked, "answer-question", &w->maker,
              str_z(w->arena, str_print(w->arena,
                                        "{\"answer\":\"資料のとおり。\",\"answer-evidence\":"
                                        "[\"%.*s\"]}",
                                        STR_F(file)))));
    MUST(take(w, asked, "close-question", officer, "{}"));
    MUST(take(
        w, id, "report-examination", officer,
        "{\"surveillance-outcome\":\"no-grounds\",\"surveillance-report-text\":\"問題なし\"}"));
}

static size_t events_of(struct world *w, struct str label, const char *kind)
{
    struct row_label_event *events;
    size_t n, found = 0;
    MUST(sql_label_events(w->desk.store, w->arena, label, &events, &n));
    for (size_t i = 0; i < n; i++)
        found += str_is(events[i].kind, kind);
    return found;
}

static void test_published(struct tally *t, struct world *w, struct str label, struct str own_case)
{
    struct str id = ordered(t, w, label, own_case), question_case = asked(t, w, label, id);
    answered(t, w, id, question_case);
    CHECK(t, events_of(w, label, "surveyed") == 0, "4.6.3-1 nothing is public before the decision");
    MUST(take(w, id, "close-and-publish", world_person(w, "technical-manager"),
              "{\"reasons\":\"事由なし\"}"));
    CHECK(t, events_of(w, label, "surveyed") == 1,
          "4.6.3-1 at its end the history says that it was");
    CHECK(t, desk_may_see(&w->desk, w->arena, &w->maker, id) != NULL,
          "4.6.3-1 what was looked at stays confidential");
}

static void test_clean(struct tally *t, struct world *w, struct str label)
{
    const struct principal *officer = world_person(w, "operational-personnel"),
                           *manager = world_person(w, "technical-manager");
    struct str id;
    MUST(opening(w, "surveillance", label, manager, &id));
    decide(w, id, "order", "technical-manager",
           "{\"surveillance-cause\":\"report\",\"reasons\":\"通報\"}");
    decide(w, id, "begin-examination", "operational-personnel", "{}");
    MUST(take(w, id, "report-examination", officer,
              "{\"surveillance-outcome\":\"no-grounds\",\"surveillance-report-text\":\"なし\"}"));
    size_t before = events_of(w, label, "surveyed");
    MUST(take(w, id, "close-clean", manager, "{\"reasons\":\"事由なし\"}"));
    CHECK(t, events_of(w, label, "surveyed") == before, "4.6.3-1 closed clean, nothing is public");
    id = open_on(w, "revocation", label, manager);
    MUST(take(w, id, "declare-no-conflict", manager, "{}"));
    check_refused(t, w,
                  take(w, id, "require", manager,
                       "{\"revocation-ground\":\"other\",\"reasons\":\"x\",\"measures\":"
                       "\"x\",\"correct-by\":\"2026-12-01\"}"),
                  "refused surveillance-examined 4.6.4-1",
                  "4.6.4-1 no revocation but on the results of a surveillance");
    id = open_on(w, "surveillance-question", label, officer);
    MUST(take(w, id, "declare-no-conflict", officer, "{}"));
    check_refused(
        t, w,
        take(w, id, "ask-question", officer, "{\"question\":\"x\",\"answer-by\":\"2026-12-01\"}"),
        "refused opened-by-surveillance 4.6.3-1", "4.6.3-1 no question but of a surveillance");
}

int main(void)
{
    struct tally tally = {0};
    struct world *world = world_new();
    world_day(world, "2026-01-15");
    struct str issuing = world_case_after(world, "issue");
    struct str label = world_case(world, issuing)->label;
    struct str withdrawal = open_on(world, "withdrawal", label, &world->maker);
    world_day(world, "2026-02-02");
    test_published(&tally, world, label, withdrawal);
    test_clean(&tally, world, label);
    CHECK(&tally, world_replay(world) == 0, "6.4-1 every row follows from the journal");
    world_end(world);
    return tally_end(&tally);
}
