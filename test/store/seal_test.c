/* seal_test.c: nothing that a sealed case holds can be read in its folder or database; whoever has
 * the key reads it as it was; replay needs none (6.5-6).
 * SPDX-License-Identifier: Apache-2.0 */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../check.h"
#include "base/json.h"
#include "place.h"
#include "store/files.h"
#include "store/journal.h"
#include "store/put.gen.h"
#include "store/replay.h"
#include "store/seal.h"
#include "store/sql.gen.h"

#include "base/banned.h"

#define MARKER "planted-marker-1b7e"

static bool found_somewhere;

static int look(const char *path, const struct stat *about, int kind)
{
    (void)about;
    char *bytes = kind == FTW_F ? malloc((size_t)about->st_size + 1) : NULL;
    FILE *file = bytes ? fopen(path, "rbe") : NULL;
    size_t n = file ? fread(bytes, 1, (size_t)about->st_size, file) : 0;
    found_somewhere = found_somewhere || (n && memmem(bytes, n, MARKER, sizeof MARKER - 1));
    if (file)
        fclose(file);
    free(bytes);
    return 0;
}

static bool lies_about(struct place *place, struct arena *arena)
{
    found_somewhere = false;
    ftw(str_z(arena, place->settings.data_dir), look, 16);
    return found_somewhere;
}

static void begin(struct store *store, struct arena *arena, const struct entry *entry)
{
    int64_t seq;
    MUST(store_begin(store, arena, true));
    MUST(journal_begin(store, arena, entry, &seq));
}

static void end(struct store *store, struct arena *arena)
{
    MUST(journal_append(store, arena));
    MUST(store_commit(store, arena));
}

/* One case with a row in each column that is sealed, and one that is not sealed. */
static void write_cases(struct store *store, struct arena *arena)
{
    struct row_case_key key;
    json_t *held = json_new(arena);
    json_put(held, "text", STR(MARKER " in the entry"));
    struct entry entry = {.act = STR("open"), .case_id = STR("c1"), .day = day_of(2026, 1, 1),
                          .facts = json_canonical(arena, held), .fields = held,
                          .facts_digest = STR("guessable")};
    struct row_case_field field = {.case_id = STR("c1"), .field = STR("reasons"),
                                   .value = STR("\"" MARKER "\""), .step = STR("report")};
    struct row_case_version version = {.case_id = STR("c1"), .seq = 1, .field = STR("reasons"),
                                       .value = STR("\"" MARKER "\"")};
    struct row_case_file file = {.id = STR("f1"), .case_id = STR("c1"),
                                 .name = STR(MARKER ".txt"), .digest = STR("00")};
    struct row_notice notice = {.id = STR("n1"), .case_id = STR("c1"), .kind = STR("k"),
                                .blanks = STR("{\"a\":\"" MARKER "\"}")};
    struct row_letter letter = {.notice = STR("n1"), .content = STR("[\"" MARKER "\"]")};
    begin(store, arena, &entry);
    MUST(seal_begin(store, arena, STR("c1"), &key));
    MUST(put_case_key(store, &key));
    journal_seal(store);
    MUST(put_case_field(store, &field));
    MUST(put_case_version(store, &version));
    MUST(put_case_file(store, &file));
    MUST(put_notice(store, &notice));
    MUST(put_letter(store, &letter));
    end(store, arena);
    struct entry other = {.act = STR("step"), .case_id = STR("c2"), .day = day_of(2026, 1, 1)};
    begin(store, arena, &other);
    field = (struct row_case_field){.case_id = STR("c2"), .field = STR("reasons"),
                                    .value = STR("\"open to the eye\"")};
    MUST(put_case_field(store, &field));
    end(store, arena);
}

static struct str field_of(struct store *store, struct arena *arena, struct str case_id)
{
    struct row_case_field *rows;
    size_t n;
    MUST(sql_case_fields(store, arena, case_id, &rows, &n));
    return n == 1 ? rows[0].value : STR_NONE;
}

static void check_rows(struct tally *tally, struct store *store, struct arena *arena)
{
    struct row_case_version *versions;
    struct row_case_file *files;
    struct row_letter *letter;
    size_t n;
    CHECK_STR(tally, field_of(store, arena, STR("c1")), "\"" MARKER "\"", "a field comes back");
    CHECK_STR(tally, field_of(store, arena, STR("c2")), "\"open to the eye\"",
              "a case that is not sealed is as it was");
    MUST(sql_case_versions(store, arena, STR("c1"), &versions, &n));
    CHECK(tally, n == 1 && str_is(versions[0].value, "\"" MARKER "\""), "a version comes back");
    MUST(sql_case_files(store, arena, STR("c1"), &files, &n));
    CHECK(tally, n == 1 && str_is(files[0].name, MARKER ".txt"), "the name of a file comes back");
    MUST(sql_letter_of_notice(store, arena, STR("n1"), &letter));
    CHECK(tally, letter && str_is(letter->content, "[\"" MARKER "\"]"), "a letter comes back");
}

static bool fails(const struct fault *fault, const char *code)
{
    return fault && !strcmp(fault->code, code);
}

/* ---- what stands in the database, and in an entry, past the store */

static void check_bytes(struct tally *tally, struct place *place, struct arena *arena)
{
    CHECK(tally, !lies_about(place, arena), "no file of the folder has the marker");
    const char *said = place_hand(
        place, "CREATE TABLE seen (n BIGINT CHECK (n = 0));"
               "INSERT INTO seen SELECT count(*) FROM (SELECT value FROM case_field"
               " UNION ALL SELECT value FROM case_version UNION ALL SELECT name FROM case_file"
               " UNION ALL SELECT blanks FROM notice UNION ALL SELECT content FROM letter) AS held"
               " WHERE value LIKE '%" MARKER "%'");
    CHECK(tally, !said, "no row has the marker: %s", said ? said : "");
    struct str path = str_print(arena, "%.*s/seal.key", STR_F(place->settings.data_dir));
    struct stat about;
    CHECK(tally, !stat(path.at, &about) && (about.st_mode & 0777) == 0600,
          "the master key is its owner's alone");
}

static void check_entry(struct tally *tally, struct place *place, struct arena *arena)
{
    struct arena *own = arena_new(1 << 24);
    bool postgres = store_is_postgres(place_open(place, own, true));
    arena_free(own);
    const char *said = place_hand(
        place, str_print(arena, "CREATE TABLE told (n BIGINT CHECK (n = 0));"
                                "INSERT INTO told SELECT count(*) FROM journal_payload p, journal j"
                                " WHERE %s > 0 OR j.entry LIKE '%%guessable%%'",
                         postgres ? "position('" MARKER "'::bytea in p.payload)"
                                  : "instr(p.payload, CAST('" MARKER "' AS BLOB))").at);
    CHECK(tally, !said, "no entry has the marker, nor what could be guessed: %s",
          said ? said : "");
}

/* ---- keys: absent, another, back again */

static struct fault *read_anew(struct place *place)
{
    struct arena *arena = arena_new(1 << 24);
    struct row_case_field *rows;
    size_t n;
    static char code[64];
    static struct fault kept;
    struct fault *fault =
        sql_case_fields(place_open(place, arena, true), arena, STR("c1"), &rows, &n);
    snprintf(code, sizeof code, "%s", fault ? fault->code : "");
    kept.code = code;
    arena_free(arena);
    return *code ? &kept : NULL;
}

static void check_keys(struct tally *tally, struct place *place, struct arena *arena)
{
    const char *path = str_print(arena, "%.*s/seal.key", STR_F(place->settings.data_dir)).at;
    const char *aside = str_print(arena, "%s.aside", path).at;
    CHECK(tally, !read_anew(place), "another process reads it with the key");
    MUST(rename(path, aside) ? FAULT(arena, "broken-file", "rename") : NULL);
    CHECK(tally, fails(read_anew(place), "seal-key-absent"), "without the key: seal-key-absent");
    struct arena *own = arena_new(1 << 24);
    CHECK(tally, fails(seal_check(place_open(place, own, true), own), "seal-key-absent"),
          "nothing is served without it");
    arena_free(own);
    MUST(seal_make_key(arena, place->settings.data_dir));
    CHECK(tally, fails(read_anew(place), "seal-key-differs"), "another key: seal-key-differs");
    MUST(rename(aside, path) ? FAULT(arena, "broken-file", "rename") : NULL);
    MUST(seal_make_key(arena, place->settings.data_dir));
    CHECK(tally, !read_anew(place), "a key that is there is never made anew");
    const char *said = place_hand(
        place, "UPDATE case_field SET value = value || 'AAAA' WHERE case_id = 'c1'");
    CHECK(tally, !said && fails(read_anew(place), "broken-seal"),
          "an altered ciphertext: broken-seal");
    place_hand(place, "UPDATE case_field SET value = substr(value, 1, length(value) - 4)"
                      " WHERE case_id = 'c1'");
    CHECK(tally, !read_anew(place), "and as it was");
}

static void count(void *whom, struct str table, struct str key, struct str column)
{
    printf("# differs: %.*s %.*s %.*s\n", STR_F(table), STR_F(key), STR_F(column));
    ++*(int *)whom;
}

static void check_replay(struct tally *tally, struct place *place, struct arena *arena)
{
    const char *path = str_print(arena, "%.*s/seal.key", STR_F(place->settings.data_dir)).at;
    const char *aside = str_print(arena, "%s.aside", path).at;
    struct arena *own = arena_new(1 << 26);
    struct replay_report report;
    int lines = 0;
    MUST(rename(path, aside) ? FAULT(arena, "broken-file", "rename") : NULL);
    struct fault *fault = replay_check(place_open(place, own, true), own,
                                       place->settings.data_dir, count, &lines, &report);
    CHECK(tally, fails(fault, "absent-head") && lines == 0,
          "replay rebuilds equal rows without the key (and no head is signed here)");
    arena_free(own);
    MUST(rename(aside, path) ? FAULT(arena, "broken-file", "rename") : NULL);
}

/* ---- files: envelope form 2 */

static struct str sealed_file(struct place *place, struct store *store, struct arena *arena,
                              size_t n)
{
    const uint8_t *key;
    struct file_writer *writer;
    struct hash digest;
    int64_t bytes;
    char *at = arena_alloc(arena, n + 1);
    for (size_t i = 0; i < n; i++)
        at[i] = MARKER[i % (sizeof MARKER - 1)];
    MUST(seal_file_key(store, arena, STR("c1"), &key));
    MUST(file_begin_sealed(arena, place->settings.data_dir, key, &writer));
    MUST(file_add(writer, arena, at, n / 3));
    MUST(file_add(writer, arena, at + n / 3, n - n / 3));
    MUST(file_end(writer, arena, &digest, &bytes));
    return bytes == (int64_t)n ? hash_hex(arena, &digest) : STR_NONE;
}

static bool comes_back(struct place *place, struct store *store, struct arena *arena,
                       struct str digest, size_t n)
{
    const uint8_t *key;
    int fd;
    bool same = true;
    char byte;
    MUST(seal_file_key(store, arena, STR("c1"), &key));
    MUST(file_opened(arena, place->settings.data_dir, digest, key, &fd));
    lseek(fd, 0, SEEK_SET);
    for (size_t i = 0; i < n && same; i++)
        same = read(fd, &byte, 1) == 1 && byte == MARKER[i % (sizeof MARKER - 1)];
    same = same && read(fd, &byte, 1) == 0;
    close(fd);
    return same;
}

static void check_files(struct tally *tally, struct place *place, struct store *store,
                        struct arena *arena)
{
    static const size_t sizes[] = {1, 65535, 65536, 65537, 131072, 200000};
    struct str last = STR_NONE, out;
    const uint8_t *key, other[SEAL_KEY_BYTES] = {1};
    int fd;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        last = sealed_file(place, store, arena, sizes[i]);
        CHECK(tally, last.bytes && comes_back(place, store, arena, last, sizes[i]),
              "a file of %zu bytes comes back", sizes[i]);
    }
    CHECK(tally, !str_eq(sealed_file(place, store, arena, 9), sealed_file(place, store, arena, 9)),
          "the name tells nothing of what is in it");
    CHECK(tally, !lies_about(place, arena), "no file of the folder has the marker");
    CHECK(tally, fails(file_read(arena, place->settings.data_dir, last, 1 << 20, &out),
                       "broken-file"),
          "it is not read as it lies");
    CHECK(tally, fails(file_opened(arena, place->settings.data_dir, last, other, &fd),
                       "broken-seal"),
          "another key opens nothing");
    MUST(seal_file_key(store, arena, STR("c2"), &key));
    CHECK(tally, !key, "a case that is not sealed has no key");
}

int main(void)
{
    struct tally tally = {0};
    struct place *place = place_new();
    struct arena *arena = arena_new(1 << 26);
    struct store *store = place_open(place, arena, false);
    struct str one, two;
    struct row_case_field forged = {.case_id = STR("c2"), .field = STR("f"),
                                    .value = STR("\001c1 AAAA")};
    struct entry entry = {.act = STR("step"), .case_id = STR("c2"), .day = day_of(2026, 1, 1)};
    MUST(seal_make_key(arena, place->settings.data_dir));
    write_cases(store, arena);
    check_rows(&tally, store, arena);
    check_replay(&tally, place, arena);
    check_files(&tally, place, store, arena);
    check_keys(&tally, place, arena);
    begin(store, arena, &entry);
    CHECK(&tally, fails(put_case_field(store, &forged), "malformed-text"),
          "nothing else is written that looks sealed");
    store_rollback(store);
    MUST(seal_digest(store, arena, STR("yes"), &one));
    MUST(seal_digest(store, arena, STR("no"), &two));
    struct hash plain = hash_of(STR("yes"));
    CHECK(&tally, !str_eq(one, two) && !str_eq(one, hash_hex(arena, &plain)),
          "a digest of what may be guessed has the key in it");
    arena_free(arena);
    arena = arena_new(1 << 24);
    check_entry(&tally, place, arena);
    check_bytes(&tally, place, arena);
    arena_free(arena);
    place_end(place);
    return tally_end(&tally);
}
