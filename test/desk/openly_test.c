/* openly_test.c: anyone without an account, through the one writer: what is filed, by whose link it
 * is followed, what of it is kept, where they are told; on the engine of the run.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/hash.h"
#include "desk/act.h"
#include "desk/post.h"
#include "outsiders.h"
#include "store/journal_read.h"
#include "store/put.gen.h"
#include "store/seal.h"

#include "base/banned.h"

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
    struct hash guess = hash_of(str_print(w->arena, "link\n%s", once));
    CHECK(t, !str_eq(first.link, hash_hex(w->arena, &guess)),
          "whoever guesses the secret has not got the link");
    struct str keyed;
    MUST(seal_digest(w->desk.store, w->arena, str_print(w->arena, "link\n%s", once), &keyed));
    CHECK_STR(t, first.link, str_z(w->arena, keyed), "it takes the master key to make it");
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

int main(void)
{
    struct tally tally = {0};
    struct world *world = world_new();
    world_day(world, "2026-01-15");
    test_filing(&tally, world);
    test_files(&tally, world);
    test_mail(&tally, world);
    CHECK(&tally, world_replay(world) == 0, "6.4-1 every row follows from the journal");
    world_end(world);
    return tally_end(&tally);
}
