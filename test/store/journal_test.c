/* journal_test.c: the same acts give the same bytes on both engines, and an outside judge agrees.
 * SPDX-License-Identifier: Apache-2.0
 *
 * journal_test CHAIN.py GOLDEN: the golden file holds the journal as it must be, byte for byte. */
#include <stdlib.h>
#include <string.h>

#include "../check.h"
#include "base/buf.h"
#include "base/json.h"
#include "place.h"
#include "rows.h"
#include "store/files.h"
#include "store/put.gen.h"

#include "base/banned.h"

/* Salt of the golden journal alone. */
static void no_chance(void *out, size_t n)
{
    memset(out, 0x2a, n);
}

static void act(struct store *store, struct arena *arena)
{
    MUST(journal_append(store, arena));
    MUST(store_commit(store, arena));
}

static void begin(struct store *store, struct arena *arena, const struct entry *entry)
{
    int64_t seq;
    MUST(store_begin(store, arena, true));
    MUST(journal_begin(store, arena, entry, &seq));
}

/* Four acts: an empty one, rows of every kind of value, a drop, every member filled. */
static void write_golden(struct store *store, struct arena *arena)
{
    struct entry found = {.act = STR("found"), .day = DAY_NONE};
    begin(store, arena, &found);
    act(store, arena);

    struct entry account = {
        .act = STR("account"), .actor = STR("p1"), .at = 1767225600123, .day = day_of(2026, 1, 1)};
    struct row_person person = {.id = STR("p1"),
                                .name_ja = STR("𠮷田 みほん"),
                                .name_en = STR("Y\"o\\s\n\x01\x1f\x7f"),
                                .mail = STR("p1@example.jp")};
    struct row_number_series series = {
        .kind = STR("registration-number"), .year = 2026, .last = INT64_MAX};
    begin(store, arena, &account);
    MUST(put_person(store, &person));
    MUST(put_number_series(store, &series));
    series.last = INT64_MIN;
    MUST(put_number_series(store, &series));
    act(store, arena);

    begin(store, arena, &account);
    MUST(drop_number_series(store, STR("registration-number"), 2026));
    act(store, arena);

    struct entry step = {.act = STR("step"),
                         .case_id = STR("c1"),
                         .procedure = STR("self-declared"),
                         .step = STR("issue"),
                         .clause = STR("4.1.2-1"),
                         .actor = STR("p2"),
                         .role = STR("managing-director"),
                         .appointment = STR("a1"),
                         .delegation = STR("d1"),
                         .at = 1798761599999,
                         .day = day_of(2026, 12, 31),
                         .idempotency_key = STR("鍵"),
                         .rulebook = STR("00ff"),
                         .facts_digest = STR("ff00"),
                         .facts = STR("{\"first\":true,\"level\":1}"),
                         .fields = json_new(arena)};
    json_put(step.fields, "\xee\x80\x80", STR("private use"));
    json_put(step.fields, "\xf0\x9f\x98\x80", STR("sorts before it, in UTF-16"));
    json_put(step.fields, "ö", STR("é"));
    begin(store, arena, &step);
    act(store, arena);
}

struct dump {
    struct buf text, hex;
};

static struct fault *dump_line(void *whom, struct arena *arena, const struct journal_line *line)
{
    struct dump *dump = whom;
    struct str hash = hex_print(arena, line->hash);
    buf_printf(&dump->text, "%lld %.*s\n", (long long)line->seq, STR_F(hash));
    buf_add(&dump->text, line->entry);
    buf_add_char(&dump->text, '\n');
    buf_add(&dump->text, journal_payload_text(line));
    buf_add_char(&dump->text, '\n');
    buf_printf(&dump->hex, "%lld %.*s %.*s %.*s\n", (long long)line->seq,
               STR_F(hex_print(arena, line->entry)), STR_F(hash),
               STR_F(hex_print(arena, line->payload)));
    return NULL;
}

static struct dump dump_of(struct store *store, struct arena *arena)
{
    struct dump dump = {.text = buf_new(arena, 1 << 24), .hex = buf_new(arena, 1 << 24)};
    struct head head;
    MUST(journal_each(store, arena, 0, dump_line, &dump));
    MUST(journal_head(store, arena, &head));
    buf_printf(&dump.hex, "head %lld %.*s\n", (long long)head.seq,
               STR_F(hash_hex(arena, &head.hash)));
    return dump;
}

static bool judged(struct place *place, struct arena *arena, const char *judge, struct str hex)
{
    struct str command =
        str_print(arena, "python3 '%s' < '%.*s/dump'", judge, STR_F(place->settings.data_dir));
    MUST(file_replace(arena, place->settings.data_dir, "dump", hex, false));
    fflush(stdout);
    return system(command.at) == 0;
}

static struct fault *stop_at_two(void *whom, struct arena *arena, const struct journal_line *line)
{
    ++*(int *)whom;
    return line->seq == 2 ? FAULT(arena, "absent", "stopped at %lld", (long long)line->seq) : NULL;
}

static void test_golden(struct tally *tally, const char *judge, const char *golden)
{
    struct place *place = place_new();
    struct arena *arena = arena_new((size_t)1 << 28);
    place->settings.random = no_chance;
    struct store *store = place_open(place, arena, false);
    write_golden(store, arena);
    struct dump dump = dump_of(store, arena);
    struct str wanted;
    bool there;
    MUST(file_whole(arena, str_of(golden), 1 << 20, &wanted, &there));
    if (!CHECK(tally, there && str_eq(buf_str(&dump.text), wanted),
               "the journal is the golden one, byte for byte"))
        printf("# it is:\n%.*s", STR_F(buf_str(&dump.text)));
    CHECK(tally, judged(place, arena, judge, buf_str(&dump.hex)), "the outside judge agrees");

    int n = 0;
    struct fault *fault = journal_each(store, arena, 0, stop_at_two, &n);
    CHECK(tally, fault && n == 2 && !strcmp(fault->code, "absent"),
          "going through the journal stops at a fault");
    CHECK_STR(tally, fault ? fault->detail : STR_NONE, "stopped at 2", "… which says why");
    struct journal_line line;
    MUST(journal_read(store, arena, 3, &line, &there));
    CHECK(tally, there && line.seq == 3 && line.payload_there, "one entry is read");
    MUST(journal_read(store, arena, 5, &line, &there));
    CHECK(tally, !there, "one that is not there is not");
    arena_free(arena);
    place_end(place);
}

/* By chance salted, opened again in between, longer than a portion of journal_each(). */
static void test_long(struct tally *tally, const char *judge)
{
    struct place *place = place_new();
    for (int part = 0; part < 3; part++) {
        struct arena *arena = arena_new((size_t)1 << 28);
        struct store *store = place_open(place, arena, false);
        for (int i = 0; i < 150; i++) {
            entry_begin(store, arena, "step");
            if (i == 0)
                for (int model = 0; model < 5000; model++) {
                    struct row_label_model row = {STR("HS26-00001-A"), part * 5000 + model,
                                                  STR("型番")};
                    MUST(put_label_model(store, &row));
                }
            entry_commit(store, arena);
        }
        arena_free(arena);
    }
    struct arena *arena = arena_new((size_t)1 << 28);
    struct store *store = place_open(place, arena, true);
    struct dump dump = dump_of(store, arena);
    CHECK(tally, judged(place, arena, judge, buf_str(&dump.hex)),
          "450 entries, 15,000 models: the judge agrees");
    arena_free(arena);
    place_end(place);
}

int main(int n, char **words)
{
    struct tally tally = {0};
    if (n != 3)
        return 2;
    test_golden(&tally, words[1], words[2]);
    test_long(&tally, words[1]);
    return tally_end(&tally);
}
