/* replay_test.c: whatever is altered, added, taken away or computed anew is named.
 * SPDX-License-Identifier: Apache-2.0 */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../check.h"
#include "base/buf.h"
#include "base/json.h"
#include "place.h"
#include "rows.h"
#include "store/files.h"
#include "store/head.h"
#include "store/put.gen.h"
#include "store/replay.h"

#include "base/banned.h"

struct scene {
    struct tally tally;
    struct place *place;
    struct arena *arena; /* of one check; reset between them */
    struct arena *store_arena;
    struct store *store;
    unsigned char secret[crypto_sign_SECRETKEYBYTES];
    struct buf said; /* "table key column\n" for each difference */
    struct replay_report report;
    const char *fault;
};

/* ---- the signed head */

static struct fault *sign(void *whom, struct arena *arena, struct str text,
                          uint8_t signature[HEAD_SIGNATURE_BYTES])
{
    (void)arena;
    crypto_sign_detached(signature, NULL, (const unsigned char *)text.at, text.bytes, whom);
    return NULL;
}

static void sign_head(struct scene *scene, unsigned char *secret)
{
    struct signed_head head = {.at = 1767225600000};
    struct head_signer signer = {.sign = sign, .whom = secret};
    MUST(journal_head(scene->store, scene->arena, &head.head));
    MUST(head_write(scene->arena, scene->place->settings.data_dir, &head, &signer, true));
}

/* ---- looking */

static void say(void *whom, struct str table, struct str key, struct str column)
{
    struct scene *scene = whom;
    buf_printf(&scene->said, "%.*s %.*s %.*s\n", STR_F(table), STR_F(key), STR_F(column));
}

static int64_t look(struct scene *scene)
{
    scene->said = buf_new(scene->arena, 1 << 20);
    struct fault *fault =
        replay_check(scene->store, scene->arena, scene->place->settings.data_dir, say, scene,
                     &scene->report);
    scene->fault = fault ? fault->code : "";
    return fault && !scene->report.differences ? -1 : scene->report.differences;
}

static bool names(struct scene *scene, const char *line)
{
    struct str rest = buf_str(&scene->said), one;
    while (rest.bytes) {
        one = str_cut(rest, '\n', &rest);
        if (str_is(one, line))
            return true;
    }
    printf("# no \"%s\" in:\n# %.*s", line, STR_F(buf_str(&scene->said)));
    return false;
}

static void hand(struct scene *scene, struct str sql)
{
    const char *error = place_hand(scene->place, sql.at);
    if (error) {
        printf("not ok - %.*s: %s\n", STR_F(sql), error);
        exit(1);
    }
}

static void all_is_well(struct scene *scene, const char *after)
{
    int64_t n = look(scene);
    if (!CHECK(&scene->tally, n == 0, "%s: put back, nothing differs", after))
        printf("# %s %.*s", scene->fault, STR_F(buf_str(&scene->said)));
    arena_reset(scene->arena);
}

/* ---- rows */

static struct str literal(struct scene *scene, const struct value *value)
{
    if (value->kind == VALUE_INT)
        return str_print(scene->arena, "%lld", (long long)value->n);
    if (value->kind == VALUE_TEXT)
        return str_print(scene->arena, "'%.*s'", STR_F(value->text));
    struct str hex = hex_print(scene->arena, value->text);
    return str_print(scene->arena, store_is_postgres(scene->store) ? "'\\x%.*s'" : "X'%.*s'", STR_F(hex));
}

static struct str where(struct scene *scene, const struct table_row *table, const void *row)
{
    struct buf sql = buf_new(scene->arena, 1 << 16);
    for (size_t i = 0; i < table->keys_n; i++) {
        struct value key = value_of(row, &table->columns[i]);
        buf_printf(&sql, "%s%s = %.*s", i ? " AND " : "", table->columns[i].name,
                   STR_F(literal(scene, &key)));
    }
    return buf_str(&sql);
}

static struct str key_of(struct scene *scene, const struct table_row *table, const void *row)
{
    struct buf text = buf_new(scene->arena, 1 << 16);
    for (size_t i = 0; i < table->keys_n; i++) {
        struct value key = value_of(row, &table->columns[i]);
        buf_add_z(&text, i ? "/" : "");
        if (key.kind == VALUE_INT)
            buf_add_int(&text, key.n);
        else
            buf_add(&text, key.text);
    }
    return buf_str(&text);
}

static void set(struct scene *scene, const struct table_row *table, const void *row, size_t column,
                const struct value *value)
{
    hand(scene, str_print(scene->arena, "UPDATE %s SET %s = %.*s WHERE %.*s", table->name,
                          table->columns[column].name, STR_F(literal(scene, value)),
                          STR_F(where(scene, table, row))));
}

static void alter_column(struct scene *scene, const struct table_row *table, size_t i)
{
    void *row = row_made(scene->arena, table, 0), *altered = row_made(scene->arena, table, 0);
    struct value old = value_of(row, &table->columns[i]), new = old;
    new.n += 500000;
    new.text = str_print(scene->arena, "%.*s!", STR_F(old.text));
    value_into(altered, &table->columns[i], &new);
    set(scene, table, row, i, &new);
    int64_t n = look(scene);
    struct str line = str_print(scene->arena, "%s %.*s %s", table->name,
                                STR_F(key_of(scene, table, row)),
                                i < table->keys_n ? "(row)" : table->columns[i].name);
    bool found = n == (i < table->keys_n ? 2 : 1) && names(scene, line.at);
    if (i < table->keys_n)
        line = str_print(scene->arena, "%s %.*s (row)", table->name,
                         STR_F(key_of(scene, table, altered)));
    CHECK(&scene->tally, found && names(scene, line.at), "%s.%s altered is named, and nothing else",
          table->name, table->columns[i].name);
    set(scene, table, altered, i, &old);
    all_is_well(scene, table->columns[i].name);
}

static void insert(struct scene *scene, const struct table_row *table, const void *row)
{
    struct buf sql = buf_new(scene->arena, 1 << 16);
    buf_printf(&sql, "INSERT INTO %s VALUES (", table->name);
    for (size_t i = 0; i < table->columns_n; i++) {
        struct value value = value_of(row, &table->columns[i]);
        buf_printf(&sql, "%s%.*s", i ? ", " : "", STR_F(literal(scene, &value)));
    }
    buf_add_char(&sql, ')');
    hand(scene, buf_str(&sql));
}

static void delete(struct scene *scene, const struct table_row *table, const void *row)
{
    hand(scene, str_print(scene->arena, "DELETE FROM %s WHERE %.*s", table->name,
                          STR_F(where(scene, table, row))));
}

static void add_and_take(struct scene *scene, const struct table_row *table)
{
    for (int take = 0; take < 2; take++) {
        void *row = row_made(scene->arena, table, take ? 0 : 9);
        (take ? delete : insert)(scene, table, row);
        int64_t n = look(scene);
        struct str line = str_print(scene->arena, "%s %.*s (row)", table->name,
                                    STR_F(key_of(scene, table, row)));
        CHECK(&scene->tally, n == 1 && names(scene, line.at), "%s: a row %s is named", table->name,
              take ? "taken away" : "added");
        (take ? insert : delete)(scene, table, row);
        all_is_well(scene, table->name);
    }
}

/* ---- the journal itself */

/* Runs `spoil`, wants the line and n differences (0: any), runs `mend`. */
static void spoil(struct scene *scene, const char *what, const char *sql, const char *line, int64_t n,
                  const char *mend)
{
    hand(scene, str_of(sql));
    int64_t found = look(scene);
    if (!CHECK(&scene->tally, names(scene, line) && (!n || n == found), "%s", what))
        printf("# %lld: %.*s", (long long)found, STR_F(buf_str(&scene->said)));
    hand(scene, str_of(mend));
    all_is_well(scene, what);
}

static struct str bytes_column(struct scene *scene, const char *table, const char *column, int64_t seq,
                               struct str bytes)
{
    struct value value = value_bytes(bytes);
    return str_print(scene->arena, "UPDATE %s SET %s = %.*s WHERE seq = %lld", table, column,
                     STR_F(literal(scene, &value)), (long long)seq);
}

static void alter_entry(struct scene *scene, int64_t seq)
{
    struct journal_line line;
    bool there;
    MUST(journal_read(scene->store, scene->arena, seq, &line, &there));
    long long n = (long long)seq;
    struct str wanted = str_print(scene->arena, "journal %lld entry", n);
    struct str change = str_print(scene->arena, "UPDATE journal SET entry = REPLACE(entry, 'applicant', "
                                                "'registrant') WHERE seq = %lld", n);
    struct str mend = str_print(scene->arena, "UPDATE journal SET entry = REPLACE(entry, 'registrant', "
                                              "'applicant') WHERE seq = %lld", n);
    struct arena *kept = arena_new(1 << 24);
    struct str hash = str_copy(kept, line.hash), payload = str_copy(kept, line.payload);
    spoil(scene, "journal.entry altered", change.at, wanted.at, 1, mend.at);

    wanted = str_print(scene->arena, "journal %lld hash", n);
    struct str other = bytes_column(scene, "journal", "hash", seq, STR("0123456789abcdef0123456789abcdef"));
    mend = str_copy(kept, bytes_column(scene, "journal", "hash", seq, hash));
    spoil(scene, "journal.hash altered", other.at, wanted.at, 1, mend.at);

    wanted = str_print(scene->arena, "journal_payload %lld payload", n);
    other = bytes_column(scene, "journal_payload", "payload", seq,
                         str_print(scene->arena, "%.*s ", STR_F(payload)));
    char *wrong = str_z(scene->arena, payload);
    wrong[3] ^= 1; /* of the salt: the rows come out as before */
    other = bytes_column(scene, "journal_payload", "payload", seq, (struct str){wrong, payload.bytes});
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
    struct value hash = value_bytes(str_copy(scene->store_arena,
                                             (struct str){(const char *)head.hash.bytes, HASH_BYTES}));
    struct value zero = value_bytes(STR("0123456789abcdef0123456789abcdef"));
    struct str mend = str_copy(scene->store_arena, str_print(scene->arena, "UPDATE journal_head SET hash = %.*s",
                                                             STR_F(literal(scene, &hash))));
    struct str change = str_print(scene->arena, "UPDATE journal_head SET hash = %.*s", STR_F(literal(scene, &zero)));
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
        hand(scene, keep ? str_print(arena, "CREATE TABLE kept_%s AS SELECT * FROM %s", tables[i], tables[i])
                         : str_print(arena, "DELETE FROM %s; INSERT INTO %s SELECT * FROM kept_%s; "
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
    hand(scene, str_print(scene->arena, "UPDATE journal SET entry = %.*s, hash = %.*s WHERE seq = %lld",
                          STR_F(literal(scene, &text)), STR_F(literal(scene, &bytes)), (long long)seq));
    hand(scene, str_print(scene->arena, "UPDATE journal_head SET hash = %.*s", STR_F(literal(scene, &bytes))));
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

/* A payload forged, its digest, the whole chain after it, the head row and the row itself: everything
 * inside the database agrees; only the head that was signed outside tells. */
static void forge(struct scene *scene, int64_t last)
{
    put_back(scene, true);
    struct hash base = {{0}};
    for (int64_t seq = 1; seq <= last; seq++) {
        struct journal_line line;
        bool there;
        MUST(journal_read(scene->store, scene->arena, seq, &line, &there));
        struct hash was = hash_of(line.payload), is;
        struct str forged = replaced(scene, line.payload, STR("true@example.jp"), STR("forged@example.jp"));
        is = hash_of(forged);
        hand(scene, bytes_column(scene, "journal_payload", "payload", seq, forged));
        set_entry(scene, seq, replaced(scene, line.entry, hash_hex(scene->arena, &was),
                                       hash_hex(scene->arena, &is)), &base);
    }
    hand(scene, STR("UPDATE person SET mail = 'forged@example.jp' WHERE mail = 'true@example.jp'"));
    int64_t n = look(scene);
    CHECK(&scene->tally, n == 1 && names(scene, "journal_head 1 hash"),
          "a chain computed anew is told by the signed head alone");
    unlink(str_print(scene->arena, "%.*s/head", STR_F(scene->place->settings.data_dir)).at);
    CHECK(&scene->tally, look(scene) == -1 && !strcmp(scene->fault, "absent-head"),
          "without the head it is not checked");
    put_back(scene, false);
    sign_head(scene, scene->secret);
    all_is_well(scene, "chain computed anew");
}

static void cut_tail(struct scene *scene, int64_t last)
{
    put_back(scene, true);
    struct journal_line line;
    bool there;
    MUST(journal_read(scene->store, scene->arena, last - 1, &line, &there));
    struct value hash = value_bytes(line.hash);
    hand(scene, str_print(scene->arena,
                          "DELETE FROM journal WHERE seq = %lld; DELETE FROM journal_payload WHERE seq = %lld;"
                          "DELETE FROM person WHERE id = 'p9'; UPDATE journal_head SET seq = %lld, hash = %.*s",
                          (long long)last, (long long)last, (long long)last - 1,
                          STR_F(literal(scene, &hash))));
    int64_t n = look(scene);
    CHECK(&scene->tally, n == 1 && names(scene, "journal_head 1 seq"),
          "a tail cut in every table is told by the signed head alone");
    put_back(scene, false);
    all_is_well(scene, "tail cut");
}

static void other_key(struct scene *scene)
{
    unsigned char public[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
    crypto_sign_keypair(public, secret);
    sign_head(scene, secret);
    CHECK(&scene->tally, look(scene) == -1 && !strcmp(scene->fault, "broken-head"),
          "a head signed by another key is no head");
    sign_head(scene, scene->secret);
    all_is_well(scene, "head of another key");
}

static void add_person(struct scene *scene, const char *id, const char *mail)
{
    struct row_person person = {.id = str_of(id), .name_ja = STR("架空 花子"), .name_en = STR("Kaku Hanako"),
                                .mail = str_of(mail)};
    entry_begin(scene->store, scene->arena, "account");
    MUST(put_person(scene->store, &person));
    entry_commit(scene->store, scene->arena);
}

/* Committed, and killed before the head was signed: no difference, and the number of such entries. */
static void unsigned_tail(struct scene *scene)
{
    add_person(scene, "p10", "ten@example.jp");
    add_person(scene, "p11", "eleven@example.jp");
    CHECK(&scene->tally, look(scene) == 0 && scene->report.unsigned_entries == 2,
          "two entries after the signed head chain on from it");
}

static void count_left_out(void *whom, struct str table, struct str reason)
{
    CHECK(whom, reason.bytes, "left out, with a reason: %.*s", STR_F(table));
}

int main(void)
{
    struct scene scene = {.place = place_new(),
                          .arena = arena_new((size_t)1 << 28),
                          .store_arena = arena_new((size_t)1 << 28)};
    unsigned char public[crypto_sign_PUBLICKEYBYTES];
    scene.store = place_open(scene.place, scene.store_arena, false);
    printf("# %.*s\n", STR_F(store_engine(scene.store, scene.store_arena)));
    crypto_sign_keypair(public, scene.secret);
    MUST(head_write_key(scene.arena, scene.place->settings.data_dir, public));
    CHECK(&scene.tally, look(&scene) == 0, "an empty registry");
    fill_every_table(scene.store, scene.arena, 2);
    add_person(&scene, "p1", "true@example.jp");
    add_person(&scene, "p2", "two@example.jp");
    entry_begin(scene.store, scene.arena, "account");
    MUST(drop_person(scene.store, STR("p2")));
    entry_commit(scene.store, scene.arena);
    add_person(&scene, "p9", "last@example.jp");
    sign_head(&scene, scene.secret);
    all_is_well(&scene, "the beginning");

    for (size_t t = 0; t < store_tables_n; t++) {
        if (store_tables[t]->replay != REPLAY_YES)
            continue;
        for (size_t i = 0; i < store_tables[t]->columns_n; i++)
            alter_column(&scene, store_tables[t], i);
        add_and_take(&scene, store_tables[t]);
    }
    alter_journal(&scene, 5);
    forge(&scene, 5);
    cut_tail(&scene, 5);
    other_key(&scene);
    unsigned_tail(&scene);
    replay_left_out(count_left_out, &scene.tally);
    arena_free(scene.store_arena);
    arena_free(scene.arena);
    place_end(scene.place);
    return tally_end(&scene.tally);
}
