/* test_clauses.c: the clauses of the rule book are those of the manual; what carries them is found.
 * SPDX-License-Identifier: Apache-2.0
 *
 * test_clauses [CLAUSES.TSV]: the manual's own list, where it is at hand, is compared id by id;
 * else the digest of the ids tells whether one was lost. */
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "cases_run.h"
#include "check.h"
#include "rule/mentions.h"

#include "base/banned.h"

static const char ids_digest[] = "b01b0e031fc8b5cda1831eb2c91b2fa9a3935a5f87fccafb765df060e8f68683";

static size_t carried(const char *id, enum mention_sort sort)
{
    size_t n = 0;
    for (size_t i = 0; i < hoshi_mentions_n; i++)
        n += hoshi_mentions[i].sort == sort &&
             clause_covers(str_of(hoshi_mentions[i].clause), str_of(id));
    return n;
}

static void ids_check(struct tally *tally, struct arena *arena)
{
    struct buf ids = buf_new(arena, 1 << 16);
    for (size_t i = 1; i < hoshi_rulebook.clauses_n; i++)
        buf_printf(&ids, "%s\n", hoshi_rulebook.clauses[i].id);
    struct hash hash = hash_of(buf_str(&ids));
    CHECK_STR(tally, hash_hex(arena, &hash), ids_digest, "the ids of the clauses are the manual's");
}

static void manual_check(struct tally *tally, struct str manual)
{
    size_t i = 0;
    struct str line, kind, more;
    str_cut(manual, '\n', &manual); /* headings */
    while (manual.bytes) {
        line = str_cut(manual, '\n', &manual);
        struct str id = str_cut(line, '\t', &kind);
        if (!id.bytes)
            continue;
        if (!CHECK(tally, ++i < hoshi_rulebook.clauses_n, "there is a clause for %.*s", STR_F(id)))
            return;
        CHECK_STR(tally, id, hoshi_rulebook.clauses[i].id, "clause %zu of the manual", i);
        CHECK_STR(tally, str_cut(kind, '\t', &more), hoshi_rulebook.clauses[i].kind, "its kind");
    }
    CHECK(tally, i + 1 == hoshi_rulebook.clauses_n, "and no clause beside the manual's");
}

int main(int n, char **paths)
{
    static const char *const first_label[] = {"4.1.1-1", "4.1.2-1", "4.3.1-1", "6.5-1",
                                              "6.7-1",   "2.1.2-1", "2.1.3-1", "2.2.1-3",
                                              "3.1-1",   "A-MD",    "A-TM",    "A-OP"};
    struct tally tally = {0};
    struct arena *arena = arena_new(16 << 20);
    ids_check(&tally, arena);
    if (n > 1)
        manual_check(&tally, case_file_read(arena, paths[1]));
    for (size_t i = 0; i < sizeof first_label / sizeof *first_label; i++) {
        CHECK(&tally, carried(first_label[i], MENTION_ROW) > 0, "rows carry %s", first_label[i]);
        CHECK(&tally, carried(first_label[i], MENTION_CASE) > 0, "cases carry %s", first_label[i]);
    }
    CHECK(&tally, carried("2.1.2-2", MENTION_ROW) > 0, "rows say who appoints (2.1.2-2)");
    CHECK(&tally, carried("2.1.3-0", MENTION_ROW) > 0, "rows say what is sworn (2.1.3-0)");
    CHECK(&tally, carried("S-3", MENTION_CASE) == 0, "what no procedure reaches has no case");
    CHECK(&tally, clause_covers(STR("4.1.2"), STR("4.1.2-1")), "4.1.2 covers its clause");
    CHECK(&tally, clause_covers(STR("4.1"), STR("4.1.2-1")), "4.1 covers it too");
    CHECK(&tally, !clause_covers(STR("4.1.2"), STR("4.1.20-1")), "but not another section");
    CHECK(&tally, !clause_covers(STR("4.1.2-1"), STR("4.1.2-11")), "an id covers itself only");
    CHECK(&tally, !clause_covers(STR_NONE, STR("4.1.2-1")), "nothing covers nothing");
    arena_free(arena);
    return tally_end(&tally);
}
