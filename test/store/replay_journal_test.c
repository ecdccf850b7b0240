/* replay_journal_test.c: the journal altered, cut, or computed anew: the signed head tells.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>
#include <unistd.h>

#include "scene.h"
#include "store/journal_read.h"

#include "base/banned.h"

/* ---- the journal itself */

/* Runs `spoil`, wants the line and n differences (0: any), runs `mend`. */
static void spoil(struct scene *scene, const char *what, const char *sql, const char *line,
                  int64_t n, const char *mend)
{
    scene_hand(scene, str_of(sql));
    int64_t found = scene_look(scene);
    if (!CHECK(&scene->tally, scene_names(scene, line) && (!n || n == found), "%s", what))
        printf("# %lld: %.*s", (long long)found, STR_F(buf_str(&scene->said)));
    scene_hand(scene, str_of(mend));
    scene_all_is_well(scene, what);
}

static struct str bytes_column(struct scene *scene, const char *table, const char *column,
                               int64_t seq, struct str bytes)
{
    struct value value = value_bytes(bytes);
    return str_print(scene->arena, "UPDATE %s SET %s = %.*s WHERE seq = %lld", table, column,
                     STR_F(scene_literal(scene, &value)), (long long)seq);
}

static void alter_entry(struct scene *scene, int64_t seq)
{
    struct journal_line line;
    bool there;
    MUST(journal_read(scene->store, scene->arena, seq, &line, &there));
    long long n = (long long)seq;
    struct str wanted = str_print(scene->arena, "journal %lld entry", n);
    struct str change = str_print(scene->arena,
                                  "UPDATE journal SET entry = REPLACE(entry, 'applicant', "
                                  "'registrant') WHERE seq = %lld",
                                  n);
    struct str mend = str_print(scene->arena,
                                "UPDATE journal SET entry = REPLACE(entry, 'registrant', "
                                "'applicant') WHERE seq = %lld",
                                n);
    struct arena *kept = arena_new(1 << 24);
    struct str hash = str_copy(kept, line.hash), payload = str_copy(kept, line.payload);
    spoil(scene, "journal.entry altered", change.at, wanted.at, 1, mend.at);

    wanted = str_print(scene->arena, "journal %lld hash", n);
    struct str other =
        bytes_column(scene, "journal", "hash", seq, STR("0123456789abcdef0123456789abcdef"));
    mend = str_copy(kept, bytes_column(scene, "journal", "hash", seq, hash));
    spoil(scene, "journal.hash altered", other.at, wanted.at, 1, mend.at);

    wanted = str_print(scene->arena, "journal_payload %lld payload", n);
    other = bytes_column(scene, "journal_payload", "payload", seq,
                         str_print(scene->arena, "%.*s ", STR_F(payload)));
    char *wrong = str_z(scene->arena, payload);
    wrong[3] ^= 1; /* of the salt: the rows come out as before */
    other =
        bytes_column(scene, "journal_payload", "payload", seq, (struct str){wrong, payload.bytes});
    mend = str_copy(kept, bytes_column(scene, "journal_payload", "payload", seq, payload));
    spoil(scene, "journal_payload.payload altered", other.at, wanted.at, 1, mend.at);
    arena_free(kept);
}

static void alter_journal(struct scene *scene, int64_t last)
{
    for (int64_t seq = 1; seq <= last; seq++)
        alter_entry(scene, seq);
    spoil(scene, "journal.seq altered", "UPDATE journal SET seq = 99999 WHERE seq = 3",
          "journal 99999 seq", 0, "UPDATE journal SET seq = 3 WHERE seq = 99999");
    spoil(scene, "… and the gap it leaves", "UPDATE journal SET seq = 99999 WHERE seq = 3",
          "journal 3 (row)", 0, "UPDATE journal SET seq = 3 WHERE seq = 99999");
    spoil(scene, "journal_payload.seq altered", "UPDATE journal_payload SET seq = -7 WHERE seq = 3",
          "journal_payload 3 (row)", 0, "UPDATE journal_payload SET seq = 3 WHERE seq = -7");
    spoil(scene, "… and where it went", "UPDATE journal_payload SET seq = -7 WHERE seq = 3",
          "journal_payload -7 (row)", 0, "UPDATE journal_payload SET seq = 3 WHERE seq = -7");
    spoil(scene, "journal_head.seq altered", "UPDATE journal_head SET seq = seq + 1",
          "journal_head 1 seq", 1, "UPDATE journal_head SET seq = seq - 1");
    struct head head;
    MUST(journal_head(scene->store, scene->arena, &head));
    struct value hash = value_bytes(
        str_copy(scene->store_arena, (struct str){(const char *)head.hash.bytes, HASH_BYTES}));
    struct value zero = value_bytes(STR("0123456789abcdef0123456789abcdef"));
    struct str mend =
        str_copy(scene->store_arena, str_print(scene->arena, "UPDATE journal_head SET hash = %.*s",
                                               STR_F(scene_literal(scene, &hash))));
    struct str change = str_print(scene->arena, "UPDATE journal_head SET hash = %.*s",
                                  STR_F(scene_literal(scene, &zero)));
    spoil(scene, "journal_head.hash altered", change.at, "journal_head 1 hash", 1, mend.at);
    CHECK(&scene->tally, place_hand(scene->place, "UPDATE journal_head SET one = 2"),
          "journal_head.one cannot be altered");
}

/* ---- whole forgeries: kept beside, so that they can be put back */

static void put_back(struct scene *scene, bool keep)
{
    static const char *const tables[] = {"journal", "journal_payload", "journal_head", "person"};
    for (size_t i = 0; i < 4; i++) {
        struct arena *arena = scene->arena;
        scene_hand(scene, keep ? str_print(arena, "CREATE TABLE kept_%s AS SELECT * FROM %s",
                                           tables[i], tables[i])
                               : str_print(arena,
                                           "DELETE FROM %s; INSERT INTO %s SELECT * FROM kept_%s; "
                                           "DROP TABLE kept_%s",
                                           tables[i], tables[i], tables[i], tables[i]));
    }
}

static void set_entry(struct scene *scene, int64_t seq, struct str entry, struct hash *base)
{
    struct hasher *hasher = hasher_new(scene->arena);
    struct value text = value_text(entry);
    struct hash hash;
    journal_chain(hasher, base, entry, &hash);
    *base = hash;
    struct value bytes = value_bytes((struct str){(const char *)hash.bytes, HASH_BYTES});
    scene_hand(scene, str_print(scene->arena,
                                "UPDATE journal SET entry = %.*s, hash = %.*s WHERE seq = %lld",
                                STR_F(scene_literal(scene, &text)),
                                STR_F(scene_literal(scene, &bytes)), (long long)seq));
    scene_hand(scene, str_print(scene->arena, "UPDATE journal_head SET hash = %.*s",
                                STR_F(scene_literal(scene, &bytes))));
}

static struct str replaced(struct scene *scene, struct str text, struct str old, struct str new)
{
    char *found = memmem(text.at, text.bytes, old.at, old.bytes);
    if (!found)
        return text;
    struct buf out = buf_new(scene->arena, 1 << 24);
    buf_add(&out, (struct str){text.at, (size_t)(found - text.at)});
    buf_add(&out, new);
    buf_add(&out, str_skip(text, (size_t)(found - text.at) + old.bytes));
    return buf_str(&out);
}

/* A payload forged, its digest, the whole chain after it, the head row and the row itself:
 * everything inside the database agrees; only the head that was signed outside tells. */
static void forge(struct scene *scene, int64_t last)
{
    put_back(scene, true);
    struct hash base = {{0}};
    for (int64_t seq = 1; seq <= last; seq++) {
        struct journal_line line;
        bool there;
        MUST(journal_read(scene->store, scene->arena, seq, &line, &there));
        struct hash was = hash_of(line.payload), is;
        struct str forged =
            replaced(scene, line.payload, STR("true@example.jp"), STR("forged@example.jp"));
        is = hash_of(forged);
        scene_hand(scene, bytes_column(scene, "journal_payload", "payload", seq, forged));
        set_entry(
            scene, seq,
            replaced(scene, line.entry, hash_hex(scene->arena, &was), hash_hex(scene->arena, &is)),
            &base);
    }
    scene_hand(scene,
               STR("UPDATE person SET mail = 'forged@example.jp' WHERE mail = 'true@example.jp'"));
    int64_t n = scene_look(scene);
    CHECK(&scene->tally, n == 1 && scene_names(scene, "journal_head 1 hash"),
          "a chain computed anew is told by the signed head alone");
    unlink(str_print(scene->arena, "%.*s/head", STR_F(scene->place->settings.data_dir)).at);
    CHECK(&scene->tally, scene_look(scene) == -1 && !strcmp(scene->fault, "absent-head"),
          "without the head it is not checked");
    put_back(scene, false);
    scene_sign_head(scene, scene->secret);
    scene_all_is_well(scene, "chain computed anew");
}

static void cut_tail(struct scene *scene, int64_t last)
{
    put_back(scene, true);
    struct journal_line line;
    bool there;
    MUST(journal_read(scene->store, scene->arena, last - 1, &line, &there));
    struct value hash = value_bytes(line.hash);
    scene_hand(
        scene,
        str_print(
            scene->arena,
            "DELETE FROM journal WHERE seq = %lld; DELETE FROM journal_payload WHERE seq = %lld;"
            "DELETE FROM person WHERE id = 'p9'; UPDATE journal_head SET seq = %lld, hash = %.*s",
            (long long)last, (long long)last, (long long)last - 1,
            STR_F(scene_literal(scene, &hash))));
    int64_t n = scene_look(scene);
    CHECK(&scene->tally, n == 1 && scene_names(scene, "journal_head 1 seq"),
          "a tail cut in every table is told by the signed head alone");
    put_back(scene, false);
    scene_all_is_well(scene, "tail cut");
}

static void other_key(struct scene *scene)
{
    unsigned char public[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
    crypto_sign_keypair(public, secret);
    scene_sign_head(scene, secret);
    CHECK(&scene->tally, scene_look(scene) == -1 && !strcmp(scene->fault, "broken-head"),
          "a head signed by another key is no head");
    scene_hand(scene, STR("UPDATE person SET mail = 'x' WHERE id = 'p1'"));
    CHECK(&scene->tally,
          scene_look(scene) == 2 && scene_names(scene, "person p1 mail") &&
              scene_names(scene, "journal_head 1 (signature)"),
          "a difference is told all the same");
    scene_hand(scene, STR("UPDATE person SET mail = 'true@example.jp' WHERE id = 'p1'"));
    scene_sign_head(scene, scene->secret);
    scene_all_is_well(scene, "head of another key");
}

/* Committed, and killed before the head was signed: no difference, and the number of such entries.
 */
static void unsigned_tail(struct scene *scene)
{
    scene_add_person(scene, "p10", "ten@example.jp");
    scene_add_person(scene, "p11", "eleven@example.jp");
    CHECK(&scene->tally, scene_look(scene) == 0 && scene->report.unsigned_entries == 2,
          "two entries after the signed head chain on from it");
}

int main(void)
{
    struct scene scene = scene_new();
    alter_journal(&scene, 5);
    forge(&scene, 5);
    cut_tail(&scene, 5);
    other_key(&scene);
    unsigned_tail(&scene);
    return scene_end(&scene);
}
