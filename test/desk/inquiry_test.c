/* inquiry_test.c: inquiries on the criteria and reports of misuse to their ends: 4.10-1, 4.6.4-1;
 * on the engine of the run. SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "desk/resembled.h"
#include "outsiders.h"

#include "base/banned.h"

/* ---- 4.10: asked, asked back, answered, published, replaced */

/* A later answer takes the place of an earlier. */
static void test_later_answer(struct tally *t, struct world *w, struct str first)
{
    struct row_published_answer *rows;
    size_t n;
    const struct principal *criteria = world_person(w, "criteria-personnel");
    struct str id;
    struct case_request opening = {.procedure = STR("inquiry"), .who = criteria};
    MUST(desk_open_case(&w->desk, w->arena, &opening, &id));
    MUST(take(w, id, "declare-no-conflict", criteria, "{}"));
    MUST(take(w, id, "take-in-inquiry", criteria, asks));
    MUST(
        take(w, id, "draft-answer", criteria,
             str_z(w->arena, str_print(w->arena,
                                       "{\"question-en\":\"Are shared default passwords allowed?\","
                                       "\"answer-en\":\"No.\",\"supersedes\":\"%.*s\"}",
                                       STR_F(first)))));
    decide(w, id, "publish-answer", "technical-manager", "{}");
    MUST(sql_published_answers(w->desk.store, w->arena, 9, &rows, &n));
    CHECK(t, n == 1 && str_is(rows->answer_en, "No."), "a later answer stands in its place");
    struct row_published_answer *old;
    MUST(sql_published_answer_by_number(w->desk.store, w->arena, first, &old));
    CHECK(t, str_eq(old->replaced_by, rows->number) && str_is(old->answer_ja, "認められない。"),
          "and the earlier says so, and what it said");
}

static void test_inquiry(struct tally *t, struct world *w)
{
    struct open_answer asked;
    struct principal guest;
    struct row_published_answer *rows;
    size_t n;
    const struct principal *criteria = world_person(w, "criteria-personnel"),
                           *tm = world_person(w, "technical-manager");
    MUST(file(w, "inquiry", asks, "inquiry-inquiry-inquiry", &asked));
    MUST(desk_guest(w->desk.store, w->arena, asked.link, &guest));
    MUST(take(w, asked.case_id, "declare-no-conflict", criteria, "{}"));
    MUST(take(w, asked.case_id, "ask-asker", criteria,
              "{\"question-to-asker\":\"どの型番ですか。\"}"));
    check_said(t, w, take(w, asked.case_id, "reply-to-body", criteria, "{\"asker-reply\":\"x\"}"),
               "forbidden acts-for 4.10-1", "4.10-1 the body does not answer for the asker");
    struct open_request reply = {.case_id = asked.case_id,
                                 .step = STR("reply-to-body"),
                                 .once = STR("reply-reply-reply-reply"),
                                 .who = &guest};
    struct open_answer told;
    MUST(json_read(w->arena, STR("{\"asker-reply\":\"一般の話です。\"}"), &reply.fields));
    MUST(desk_reply_openly(&w->desk, w->arena, &reply, &told));
    MUST(desk_reply_openly(&w->desk, w->arena, &reply, &told));
    CHECK(t, told.step.repeated, "4.10-1 a reply that comes twice is one");
    check_said(
        t, w,
        take(w, asked.case_id, "draft-answer", criteria,
             "{\"question-ja\":\"問い\",\"answer-ja\":\"答え\",\"answer-edition\":\"NONE\"}"),
        "refused-form edition-is-there 4.10-1", "4.10-1 an edition that is not there");
    MUST(take(w, asked.case_id, "draft-answer", criteria,
              "{\"question-ja\":\"匿名 希望さんの問い\",\"answer-ja\":\"答え\"}"));
    MUST(take(w, asked.case_id, "declare-no-conflict", tm, "{}"));
    check_said(t, w, take(w, asked.case_id, "publish-answer", tm, "{}"),
               "refused-form without-the-asker 4.10-1", "4.10-1 published without the asker");
    MUST(take(w, asked.case_id, "return-answer", tm, "{\"reasons\":\"照会者の名がある。\"}"));
    MUST(take(w, asked.case_id, "draft-answer", criteria,
              "{\"question-ja\":\"共通の初期パスワードは認められるか。\",\"answer-ja\":"
              "\"認められない。\","
              "\"answer-criteria\":\"S1.1-01\",\"answer-edition\":\"JST-CR-01-01-2024R1\"}"));
    MUST(take(w, asked.case_id, "publish-answer", tm, "{}"));
    MUST(sql_published_answers(w->desk.store, w->arena, 9, &rows, &n));
    CHECK(t,
          n == 1 && str_is(rows->answer_ja, "認められない。") && !rows->question_en.bytes &&
              str_eq(rows->case_id, asked.case_id),
          "4.10-1 the answer is published, in one language");
    struct str first = rows->number;
    struct row_notice *notices;
    MUST(sql_notices_to_outsider(w->desk.store, w->arena, asked.case_id, STR("anyone"), &notices,
                                 &n));
    CHECK(t, n == 3 && str_is(notices[2].kind, "inquiry-answered"), "4.10-1 and the asker is told");
    test_later_answer(t, w, first);
}

/* The day before, the day. */
static void test_silence(struct tally *t, struct world *w)
{
    struct open_answer asked;
    MUST(file(w, "inquiry", asks, "silence-silence-silence", &asked));
    decide(w, asked.case_id, "ask-asker", "criteria-personnel",
           "{\"question-to-asker\":\"どれですか。\"}");
    struct day day = clock_today(&w->clock);
    world_day(w, str_z(w->arena, day_text(w, day_plus(day, 29))));
    sweep(w);
    CHECK(t, in_state(w, asked.case_id, "asker-asked"), "4.10-1 a reply is awaited for 30 days");
    world_day(w, str_z(w->arena, day_text(w, day_plus(day, 30))));
    sweep(w);
    CHECK(t, in_state(w, asked.case_id, "inquired"), "4.10-1 and then no longer");
}

/* ---- misuse */

static struct str one_slip_from(struct world *w, struct str number)
{
    char *other = str_z(w->arena, number);
    for (size_t i = 0; i < number.bytes; i++)
        if (other[i] == '-') {
            other[i + 1] = other[i + 1] == '7' ? '8' : '7';
            break;
        }
    return str_of(other);
}

static void test_slips(struct tally *t, struct world *w, struct str number)
{
    struct row_label *label;
    bool real;
    struct store *store = w->desk.store;
    MUST(label_resembled(store, w->arena, one_slip_from(w, number), &label, &real));
    CHECK(t, label && str_eq(label->number, number) && !real, "one figure another: it is found");
    struct str cut = {number.at, number.bytes - 1};
    MUST(label_resembled(store, w->arena, str_print(w->arena, "%.*s%c", STR_F(cut), '?'), &label,
                         &real));
    CHECK(t, label && str_eq(label->number, number), "the check character left out");
    MUST(label_resembled(store, w->arena, STR("<script>"), &label, &real));
    CHECK(t, !label && !real, "what is no number resembles none");
    char *swapped = str_z(w->arena, number);
    char c = swapped[number.bytes - 3];
    swapped[number.bytes - 3] = swapped[number.bytes - 4];
    swapped[number.bytes - 4] = c;
    MUST(label_resembled(store, w->arena, str_of(swapped), &label, &real));
    CHECK(t, label && str_eq(label->number, number), "two figures exchanged");
    MUST(label_resembled(store, w->arena, str_lower(w->arena, number), &label, &real));
    CHECK(t, !label && real, "the number itself is real");
    MUST(label_resembled(store, w->arena, STR("HS99-99999-A"), &label, &real));
    CHECK(t, !label && !real, "a number that is far from all");
}

static void test_misuse(struct tally *t, struct world *w, struct str number)
{
    struct open_answer reported;
    struct row_misuse_fact *fact;
    const struct principal *md = world_person(w, "managing-director"),
                           *op = world_person(w, "operational-personnel");
    char room[11];
    struct day day = clock_today(&w->clock);
    struct str like = one_slip_from(w, number);
    MUST(file(
        w, "misuse",
        str_z(w->arena, str_print(w->arena,
                                  "{\"misuse-kind\":\"false-number\",\"claim-text\":\"店頭の箱\","
                                  "\"claimed-number\":\"%.*s\",\"asker-mail\":\"r@example.test\"}",
                                  STR_F(like))),
        "misuse-misuse-misuse-misuse", &reported));
    struct str id = reported.case_id;
    decide(w, id, "examine-misuse", "operational-personnel",
           "{\"misuse-is-found\":true,\"claim-found\":\"偽の番号\",\"claimant\":\"架空商店\"}");
    MUST(take(w, id, "declare-no-conflict", world_person(w, "technical-manager"), "{}"));
    check_said(t, w,
               take(w, id, "refer-misuse", world_person(w, "technical-manager"),
                    "{\"surveillance-cause\":\"misuse\",\"reasons\":\"登録者の行為。\"}"),
               "refused claimant-is-registrant 4.6.4-1", "4.6.4-1 who is no registrant is warned");
    MUST(
        take(w, id, "warn-claimant", world_person(w, "technical-manager"),
             str_z(w->arena,
                   str_print(w->arena, "{\"mend-what\":\"取りやめること\",\"mend-until\":\"%.*s\"}",
                             STR_F(day_print(day_plus(day, 14), room))))));
    world_day(w, str_z(w->arena, day_text(w, day_plus(day, 14))));
    sweep(w);
    CHECK(t, in_state(w, id, "claimant-warned"), "4.6.4-1 the last day is one of the period");
    check_said(t, w, take(w, id, "publish-misuse", md, "{}"), "forbidden no-conflict 2.1.3-1",
               "2.1.3-1 who decides declares first");
    world_day(w, str_z(w->arena, day_text(w, day_plus(day, 15))));
    sweep(w);
    CHECK(t, in_state(w, id, "claim-unmended"), "4.6.4-1 the day after it is over");
    const char *facts =
        "{\"facts-ja\":\"偽の番号を表示した。\",\"facts-en\":\"Showed a false number.\"}";
    MUST(take(w, id, "declare-no-conflict", md, "{}"));
    check_said(t, w, take(w, id, "publish-misuse", md, facts), "refused claimant-heard 4.6.4-1",
               "4.6.4-1 nobody is named without having been heard");
    MUST(take(
        w, id, "record-hearing", op,
        str_z(w->arena, str_print(w->arena, "{\"heard-on\":\"%.*s\",\"hearing-text\":\"応答なし\"}",
                                  STR_F(day_print(day_plus(day, 14), room))))));
    check_said(t, w,
               take(w, id, "publish-misuse", md,
                    "{\"facts-ja\":\"r@example.testの届出\",\"facts-en\":\"x\"}"),
               "refused-form without-the-asker 4.6.4-1", "nor is whoever reported it");
    MUST(take(w, id, "publish-misuse", md, facts));
    MUST(sql_misuse_fact_of_case(w->desk.store, w->arena, id, &fact));
    CHECK(t,
          fact && str_eq(fact->label, number) && str_eq(fact->claimed, like) &&
              str_is(fact->claimant, "架空商店") && !fact->mended.bytes,
          "4.6.4-1 the facts are published, with the label that the number resembles");
    MUST(take(w, id, "record-mended", op, "{\"reasons\":\"表示は取りやめられた。\"}"));
    MUST(sql_misuse_fact_of_case(w->desk.store, w->arena, id, &fact));
    CHECK(t, fact->mended.bytes && in_state(w, id, "misuse-mended"), "and say when it is mended");
}

static void test_referral(struct tally *t, struct world *w, struct str number)
{
    struct open_answer reported;
    struct row_casework *rows;
    size_t n;
    MUST(file(w, "misuse", reports, "referral-referral-referral", &reported));
    MUST(take(w, reported.case_id, "declare-no-conflict", world_person(w, "operational-personnel"),
              "{}"));
    check_said(
        t, w,
        take(w, reported.case_id, "examine-misuse", world_person(w, "operational-personnel"),
             "{\"misuse-is-found\":true,\"claim-found\":\"x\",\"claimed-label\":\"HS99-99999-A\"}"),
        "refused-form claimed-label-is-there 4.6.4-1", "a label that is not there");
    MUST(take(
        w, reported.case_id, "examine-misuse", world_person(w, "operational-personnel"),
        str_z(w->arena, str_print(w->arena,
                                  "{\"misuse-is-found\":true,\"claim-found\":\"誤認させる表示\","
                                  "\"claimed-label\":\"%.*s\",\"claimant-registers\":true}",
                                  STR_F(number)))));
    decide(w, reported.case_id, "refer-misuse", "technical-manager",
           "{\"surveillance-cause\":\"misuse\",\"reasons\":\"登録者の表示による。\"}");
    MUST(sql_clock_cases_of_label(w->desk.store, w->arena, number, STR("surveillance"), &rows, &n));
    CHECK(t, n == 1 && str_is(rows->state, "ordered") && str_eq(rows->parent, reported.case_id),
          "4.6.3-1 the registrant's own act goes on to surveillance");
}

int main(void)
{
    struct tally tally = {0};
    struct world *world = world_new();
    world_day(world, "2026-01-15");
    struct str number = world_case(world, world_case_after(world, "issue"))->label;
    test_inquiry(&tally, world);
    test_silence(&tally, world);
    test_slips(&tally, world, number);
    test_misuse(&tally, world, number);
    test_referral(&tally, world, number);
    CHECK(&tally, world_replay(world) == 0, "6.4-1 every row follows from the journal");
    world_end(world);
    return tally_end(&tally);
}
