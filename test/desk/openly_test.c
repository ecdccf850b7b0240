/* openly_test.c: anyone without an account, through the one writer: what is filed, by whose link it
 * is followed, what of it is kept; inquiries and misuse to their ends; on the engine of the run.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "desk/act.h"
#include "desk/openly.h"
#include "desk/post.h"
#include "desk/resembled.h"
#include "store/journal_read.h"
#include "store/put.gen.h"
#include "watched.h"

#include "base/banned.h"

static const char asks[] = "{\"inquiry-title\":\"初期パスワード\",\"inquiry-text\":"
                           "\"秘密の型番ZZ-9のことです。\",\"asker-name\":\"匿名 希望\","
                           "\"asker-mail\":\"asker@example.test\"}";
static const char reports[] = "{\"misuse-kind\":\"false-number\",\"claim-text\":\"店頭の箱\"}";

static struct fault *file(struct world *w, const char *procedure, const char *fields,
                          const char *once, struct open_answer *answer)
{
    struct principal nobody = {0};
    struct open_request request = {
        .procedure = str_of(procedure), .once = str_of(once), .who = &nobody};
    MUST(json_read(w->arena, str_of(fields), &request.fields));
    return desk_file_openly(&w->desk, w->arena, &request, answer);
}

static struct fault *take(struct world *w, struct str id, const char *step,
                          const struct principal *who, const char *fields)
{
    struct step_answer answer;
    struct step_request request = {
        .case_id = id, .step = str_of(step), .expected_version = -1, .who = who};
    MUST(json_read(w->arena, str_of(fields), &request.fields));
    return desk_take_step(&w->desk, w->arena, &request, &answer);
}

static void decide(struct world *w, struct str id, const char *step, const char *who,
                   const char *fields)
{
    MUST(take(w, id, "declare-no-conflict", world_person(w, who), "{}"));
    MUST(take(w, id, step, world_person(w, who), fields));
}

static void check_said(struct tally *t, struct world *w, struct fault *fault, const char *wanted,
                       const char *what)
{
    CHECK_STR(t, str_of(said(w, fault)), wanted, "%s", what);
}

/* ---- the journal holds neither what the link is made from nor the link */

struct search {
    struct str needle;
    bool found;
};

static struct fault *look(void *whom, struct arena *arena, const struct journal_line *line)
{
    struct search *search = whom;
    struct str payload = journal_payload_text(line);
    (void)arena;
    search->found =
        search->found ||
        memmem(line->entry.at, line->entry.bytes, search->needle.at, search->needle.bytes) ||
        memmem(payload.at, payload.bytes, search->needle.at, search->needle.bytes);
    return NULL;
}

static bool journal_has(struct world *w, struct str needle)
{
    struct search search = {.needle = needle};
    MUST(journal_each(w->desk.store, w->arena, 0, look, &search));
    return search.found;
}

static const char *actor_of(struct world *w, int64_t seq)
{
    struct journal_line line;
    bool there;
    json_t *entry;
    MUST(journal_read(w->desk.store, w->arena, seq, &line, &there));
    MUST(json_read(w->arena, line.entry, &entry));
    return str_z(w->arena, str_print(w->arena, "%.*s/%.*s", STR_F(json_get(entry, "actor")),
                                     STR_F(json_get(entry, "role"))));
}

/* ---- filing */

static void test_filing(struct tally *t, struct world *w)
{
    struct open_answer first, again, other;
    struct principal guest, stranger;
    const char *once = "0123456789012345678901", *second = "abcdefghijklmnopqrstuv";
    MUST(file(w, "inquiry", asks, once, &first));
    CHECK_STR(t, world_case(w, first.case_id)->state, "inquired", "4.10-1 anyone asks");
    CHECK_STR(t, str_head(first.number, 4), "HR26", "a receipt number is given");
    CHECK_STR(t, str_of(actor_of(w, first.step.seq)), "/anyone",
              "the journal names a role, and no person");
    int64_t entries = world_seq(w);
    MUST(file(w, "inquiry", asks, once, &again));
    CHECK(t,
          str_eq(again.link, first.link) && str_eq(again.case_id, first.case_id) &&
              str_eq(again.number, first.number) && again.step.repeated,
          "twice is once, with the same link");
    CHECK(t, world_seq(w) == entries, "and nothing is written");
    check_said(t, w, file(w, "inquiry", reports, once, &again), "idempotency-key-reused - -",
               "the same secret with another request");
    check_said(t, w, file(w, "inquiry", asks, "short", &again), "malformed-once - -",
               "a secret that could be guessed");
    check_said(t, w, file(w, "self-declared", "{}", second, &again), "unknown-procedure - -",
               "what no rule opens stays shut");
    check_said(t, w, file(w, "no-such", "{}", second, &again), "unknown-procedure - -",
               "no procedure");
    check_said(t, w, file(w, "inquiry", "{\"inquiry-title\":\"x\"}", second, &again),
               "field-too-short - 4.10-1", "a field that is wrong");
    CHECK(t, world_seq(w) == entries, "4.10-1 what is refused leaves no draft behind");
    CHECK(t, !journal_has(w, str_of(once)) && !journal_has(w, first.link),
          "neither the secret nor the link is in the journal");
    MUST(file(w, "inquiry", asks, second, &other));
    MUST(desk_guest(w->desk.store, w->arena, first.link, &guest));
    MUST(desk_guest(w->desk.store, w->arena, other.link, &stranger));
    CHECK(t, !desk_may_see(&w->desk, w->arena, &guest, first.case_id), "who has the link sees it");
    check_said(t, w, desk_may_see(&w->desk, w->arena, &guest, other.case_id), "absent - -",
               "and no other case");
    check_said(t, w, desk_may_see(&w->desk, w->arena, &w->maker, first.case_id), "absent - -",
               "nor does a maker see it");
    check_said(t, w, desk_guest(w->desk.store, w->arena, STR("0000"), &stranger), "absent - -",
               "a link that was guessed");
    check_said(t, w, take(w, first.case_id, "take-back-inquiry", &w->maker, "{}"),
               "forbidden acts-for 4.10-1", "nobody takes back what is another's");
    check_said(t, w, take(w, other.case_id, "take-back-inquiry", &guest, "{}"),
               "forbidden acts-for 4.10-1", "4.10-1 nor by another's link");
    MUST(take(w, other.case_id, "take-back-inquiry", &stranger, "{}"));
    struct case_request opening = {.procedure = STR("inquiry"),
                                   .who = &(struct principal){.due = 0}};
    struct str id;
    check_said(t, w, desk_open_case(&w->desk, w->arena, &opening, &id), "forbidden - -",
               "nobody opens a case");
}

/* ---- files: as many as came, or none */

struct box {
    int put, dropped;
};

static struct fault *keep(void *whom, struct str case_id, size_t i, struct hash *digest)
{
    struct box *box = whom;
    (void)case_id;
    *digest = hash_of(i ? STR("two") : STR("one"));
    box->put++;
    return NULL;
}

static void drop(void *whom)
{
    ((struct box *)whom)->dropped++;
}

static void test_files(struct tally *t, struct world *w)
{
    struct box box = {.put = 0};
    struct open_answer answer;
    struct row_case_file *rows;
    size_t n;
    struct open_file files[] = {
        {STR("misuse-pictures"), STR("a.png"), STR("image/png"), hash_of(STR("one")), 3},
        {STR("misuse-pictures"), STR("b.png"), STR("image/png"), hash_of(STR("two")), 3}};
    struct open_request request = {.procedure = STR("misuse"),
                                   .once = STR("files-files-files-files"),
                                   .who = &(struct principal){.due = 0},
                                   .files = files,
                                   .files_n = 2,
                                   .keep = keep,
                                   .drop = drop,
                                   .whom = &box};
    MUST(json_read(w->arena, str_of(reports), &request.fields));
    MUST(desk_file_openly(&w->desk, w->arena, &request, &answer));
    MUST(sql_case_files(w->desk.store, w->arena, answer.case_id, &rows, &n));
    CHECK(t, n == 2 && box.put == 2 && !box.dropped, "4.6.4-1 both pictures are on the case");
    struct row_case_field *fields;
    size_t fields_n;
    bool named = false;
    MUST(sql_case_fields(w->desk.store, w->arena, answer.case_id, &fields, &fields_n));
    for (size_t i = 0; i < fields_n; i++)
        named = named || (str_is(fields[i].field, "misuse-pictures") &&
                          memmem(fields[i].value.at, fields[i].value.bytes, rows[1].id.at,
                                 rows[1].id.bytes));
    CHECK(t, named, "and in the field that asks for them");
    request.once = STR("files-files-files-other");
    MUST(json_read(w->arena, STR("{\"misuse-kind\":\"nothing\"}"), &request.fields));
    struct fault *fault = desk_file_openly(&w->desk, w->arena, &request, &answer);
    CHECK(t, fault && box.dropped == 1, "what is refused is taken off the disk again");
    files[0].name = STR("../a");
    request.once = STR("files-files-files-third");
    MUST(json_read(w->arena, str_of(reports), &request.fields));
    fault = desk_file_openly(&w->desk, w->arena, &request, &answer);
    CHECK(t, fault && str_is(str_of(fault->code), "malformed-file-name"),
          "a name with a path in it is refused");
}

/* ---- mail */

static struct fault *set_sender(struct desk *desk, struct arena *arena, void *whom)
{
    int64_t seq;
    (void)whom;
    TRY(desk_begin_entry(desk, arena, "setting", NULL, STR_NONE, NULL, &seq));
    struct row_parameter row = {.name = STR("sender-mail"),
                                .valid_from = STR("2026-01-05"),
                                .value = STR("body@label.example"),
                                .clause = STR("1.3-1")};
    TRY(put_parameter(desk->store, &row));
    return journal_append(desk->store, arena);
}

static int mails_to(struct world *w, const char *to, struct str *last)
{
    struct posting posting;
    bool there = true;
    int n = 0;
    while (there) {
        MUST(post_next(&w->desk, w->arena, &posting, &there));
        if (!there)
            break;
        MUST(post_end(&w->desk, w->arena, &posting, POSTED_SENT, STR("ok")));
        if (!str_is(posting.to, to))
            continue;
        n++;
        *last = posting.bytes;
    }
    return n;
}

static void test_mail(struct tally *t, struct world *w)
{
    struct open_answer answer;
    struct str mail = STR_NONE, none = STR_NONE;
    MUST(desk_write(&w->desk, w->arena, set_sender, NULL));
    mails_to(w, "", &none);
    for (int i = 0; i < 7; i++)
        MUST(file(w, "inquiry",
                  "{\"inquiry-title\":\"HIDDEN-TITLE\",\"inquiry-text\":\"HIDDEN-TEXT\","
                  "\"asker-name\":\"HIDDEN-NAME\",\"asker-mail\":\"victim@example.test\"}",
                  str_z(w->arena, str_print(w->arena, "mail-mail-mail-mail-%d-mail", i)), &answer));
    CHECK(t, mails_to(w, "victim@example.test", &mail) == 5,
          "an address is written to five times a day, whoever gives it");
    CHECK(t, mail.bytes && memmem(mail.at, mail.bytes, "Message-ID", 10), "by a mail");
    CHECK(t,
          !memmem(mail.at, mail.bytes, "HIDDEN", 6) &&
              !memmem(mail.at, mail.bytes, answer.link.at, answer.link.bytes),
          "that holds nothing of what was typed, and no link");
}

/* ---- 4.10: asked, asked back, answered, published, replaced */

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
    test_filing(&tally, world);
    test_files(&tally, world);
    test_mail(&tally, world);
    test_inquiry(&tally, world);
    test_silence(&tally, world);
    test_slips(&tally, world, number);
    test_misuse(&tally, world, number);
    test_referral(&tally, world, number);
    CHECK(&tally, world_replay(world) == 0, "6.4-1 every row follows from the journal");
    world_end(world);
    return tally_end(&tally);
}
