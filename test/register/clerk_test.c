/* clerk_test.c: what the clerk publishes, what it never does, and that it can be cut anywhere.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   clerk_test TABLES.SQL */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/json.h"
#include "bench.h"
#include "register/allowed.h"
#include "register/lite.h"
#include "register/register.h"

#include "base/banned.h"

/* All rows of all tables of a register but the instant at which it was made. */
static struct str dump(struct bench *bench, struct arena *arena)
{
    struct buf out = buf_new(bench->arena, 8 << 20);
    sqlite3 *db;
    sqlite3_stmt *tables;
    if (sqlite3_open_v2(bench_path(bench, "register/register.db"), &db, SQLITE_OPEN_READONLY,
                        NULL) ||
        sqlite3_prepare_v2(db, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1", -1,
                           &tables, NULL))
        BUG("no register to dump");
    while (sqlite3_step(tables) == SQLITE_ROW) {
        sqlite3_stmt *rows;
        const char *name = (const char *)sqlite3_column_text(tables, 0);
        buf_printf(&out, "== %s\n", name);
        struct str sql = str_print(arena, "SELECT * FROM %s ORDER BY 1, 2", name);
        sqlite3_prepare_v2(db, sql.at, -1, &rows, NULL);
        while (sqlite3_step(rows) == SQLITE_ROW) {
            if (str_is(str_of((const char *)sqlite3_column_text(rows, 0)), "made"))
                continue;
            for (int i = 0; i < sqlite3_column_count(rows); i++)
                buf_printf(&out, "%s|", (const char *)sqlite3_column_text(rows, i));
            buf_add_char(&out, '\n');
        }
        sqlite3_finalize(rows);
    }
    sqlite3_finalize(tables);
    sqlite3_close(db);
    return buf_str(&out);
}

static bool has(struct str text, const char *part)
{
    return memmem(text.at, text.bytes, part, strlen(part)) != NULL;
}

static struct str file_bytes(struct bench *bench, const char *at)
{
    FILE *file = fopen(at, "rb");
    struct buf out = buf_new(bench->arena, 32 << 20);
    for (int c; file && (c = getc(file)) != EOF;)
        buf_add_char(&out, (char)c);
    if (file)
        fclose(file);
    return buf_str(&out);
}

/* ---- secrets: every column of every casework table holds a marker that names it */

static json_t *secret(const char *table, struct str column, bool number, int *markers)
{
    if (number)
        return json_integer(7000 + (*markers)++);
    (*markers)++;
    return json_sprintf("SECRET %s.%.*s", table, STR_F(column));
}

/* One effect for each CREATE TABLE of tables.sql, with allowed columns filled as they may be. */
static int put_secrets(struct bench *bench, struct str sql)
{
    int markers = 0;
    char table[64] = "";
    json_t *row = NULL;
    while (sql.bytes) {
        struct str line = str_trim(str_cut(sql, '\n', &sql)), rest;
        if (sscanf(line.at, "CREATE TABLE %63[a-z_] (", table) == 1) {
            row = json_object();
        } else if (row && str_starts(line, ");")) {
            source_put(&bench->source, table, row);
            row = NULL;
        } else if (row && line.bytes && line.at[0] >= 'a' && line.at[0] <= 'z') {
            struct str column = str_cut(line, ' ', &rest);
            bool number = str_starts(str_trim(rest), "BIGINT");
            json_object_set_new(row, str_z(bench->arena, column),
                                secret(table, column, number, &markers));
        }
    }
    return markers;
}

static void test_secrets(struct bench *bench, struct str sql)
{
    struct tally *tally = &bench->tally;
    bool renamed;
    bench_begin(bench);
    source_entry(&bench->source);
    int markers = put_secrets(bench, sql);
    source_party(&bench->source, "p-quiet", "だまる株式会社", "Quiet Corporation");
    source_party(&bench->source, "SECRET label.party", "みほん", "Mihon");
    CHECK(tally, markers > 100, "%d columns of the casework carry a marker", markers);
    CHECK(tally, !bench_publish(bench, &renamed), "a journal full of secrets is published");
    struct str bytes = file_bytes(bench, bench_path(bench, "register/register.db"));
    CHECK(tally, bytes.bytes > 4096, "the register is there");
    /* by its rows: a long text goes on in another page of the file, where its name is cut */
    struct str rows = dump(bench, bench->arena);
    size_t found = 0, expected = 0;
    for (const char *p = rows.at; (p = memmem(p, rows.bytes - (size_t)(p - rows.at), "SECRET ", 7));
         p++) {
        struct str name = str_cut((struct str){p + 7, rows.bytes - (size_t)(p + 7 - rows.at)}, '.',
                                  &(struct str){0});
        const struct allowed_column *allowed = NULL;
        size_t n;
        if ((allowed = allowed_table(name, &n)))
            for (size_t i = 0; i < n; i++)
                if (!strncmp(p + 7 + name.bytes + 1, allowed[i].column, strlen(allowed[i].column)))
                    expected++, i = n;
        found++;
    }
    CHECK(tally, found > 20 && found == expected,
          "6.5 only allowed columns are in the folder (%zu of %zu)", expected, found);
    CHECK(tally, !has(bytes, "SECRET label.case_id"), "6.5 no case id beside a label");
    CHECK(tally, !has(bytes, "SECRET person") && !has(bytes, "SECRET case_field"),
          "6.5 no person, no field of an application");
    CHECK(tally, !has(bytes, "SECRET security_notice.case_id"), "6.5 nor beside a notice");
    CHECK(tally, !has(bytes, "SECRET parameter"), "no parameter but those named");
    CHECK(tally, !has(bytes, "Quiet Corporation") && !has(bytes, "p-quiet"),
          "6.5 no maker without a label");
    CHECK(tally, has(bytes, "Mihon"), "the maker with a label is there");
    CHECK(tally, bytes.bytes > 19 && bytes.at[18] == 1 && bytes.at[19] == 1,
          "the file is not in WAL mode");
    DIR *dir = opendir(bench_path(bench, "register"));
    int files = 0;
    for (struct dirent *one; dir && (one = readdir(dir));)
        files += one->d_name[0] != '.';
    closedir(dir);
    CHECK(tally, files == 1, "nothing else lies in the folder");
    bench_end(bench);
}

/* ---- incremental and from scratch are the same */

static void test_incremental(struct bench *bench)
{
    struct tally *tally = &bench->tally;
    bool renamed, good = true;
    bench_begin(bench);
    for (int part = 0; part < 4; part++) {
        bench_fill(&bench->source, part);
        good = good && !bench_publish(bench, &renamed) && renamed;
    }
    CHECK(tally, good, "each turn renames a new file into place");
    CHECK(tally, bench->source.given <= 2 * bench->source.n,
          "entries are not read from the first each time");
    struct str grown = dump(bench, bench->arena);
    int64_t seq;
    CHECK(tally, !clerk_publish_anew(&bench->clerk, bench->arena, &seq) && seq == bench->source.n,
          "made from the first entry");
    struct str anew = dump(bench, bench->arena);
    CHECK(tally, grown.bytes > 500 && str_eq(grown, anew), "made entry by entry equals made anew");
    CHECK(tally, has(anew, "架空電機"), "a maker whose label went to another stays in its history");

    source_entry(&bench->source);
    source_put(&bench->source, "session", json_pack("{s:s}", "digest", "x"));
    CHECK(tally, !bench_publish(bench, &renamed) && !renamed,
          "an entry that concerns no label renames nothing");

    unlink(bench_path(bench, "clerk.db"));
    CHECK(tally, !bench_publish(bench, &renamed) && str_eq(dump(bench, bench->arena), anew),
          "without clerk.db: the same");
    unlink(bench_path(bench, "register/register.db"));
    CHECK(tally,
          !bench_publish(bench, &renamed) && renamed && str_eq(dump(bench, bench->arena), anew),
          "without register.db: the same");
    bench_end(bench);
}

/* ---- 4.8.1: documents of security notices */

static void put_notice(struct source *source, int revision, const char *title)
{
    static const char *const empty[] = {
        "summary_en", "cves",      "vectors",    "links",      "remedy_en", "justification",
        "ground",     "text_en",   "product_en", "maker_en",   "maker_url", "maker_mail",
        "body_en",    "source_id", "source_by",  "source_url", "title_en",  "fixed"};
    json_t *row = json_pack(
        "{s:s, s:i, s:s, s:s, s:s, s:s, s:s, s:I, s:s, s:s, s:s, s:i, s:s, s:s, s:s, s:s, s:s, s:s,"
        " s:s}",
        "id", "HN26-00001-K", "revision", revision, "label", "HS26-00001-1", "case_id", "c-secret",
        "issuer", "registrant", "kind", "advisory", "state", "published", "at",
        (json_int_t)1770000000000 + revision * MS_A_DAY, "title_ja", title, "summary_ja", "概要",
        "models", "A-1\nB*2", "every_model", 1, "affected", "1.2", "remedy", "workaround",
        "remedy_ja", "止める", "text_ja", "版", "product_ja", "製品", "maker_ja", "みほん",
        "body_ja", "機関");
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
        json_object_set_new(row, empty[i], json_string(""));
    source_entry(source);
    source_put(source, "security_notice", row);
}

static struct fault *sign(void *whom, struct arena *arena, struct str document,
                          struct str *signature)
{
    int *signed_n = whom;
    ++*signed_n;
    *signature = str_print(arena, "signature of %zu bytes", document.bytes);
    return NULL;
}

static struct fault *key(void *whom, struct arena *arena, struct str *fingerprint, struct str *text)
{
    const int *signed_n = whom;
    *fingerprint = str_print(arena, "%040d", *signed_n < 2 ? 7 : 8);
    *text = STR("key");
    return NULL;
}

static void test_documents(struct bench *bench)
{
    struct tally *tally = &bench->tally;
    bool renamed;
    int64_t seq;
    int signed_n = 0;
    bench_begin(bench);
    bench->clerk.base_url = STR("https://hoshi.example");
    source_entry(&bench->source);
    source_label(&bench->source, "HS26-00001-1", "p", "製品", "Product", "2026-01-15", "2028-01-14",
                 2);
    put_notice(&bench->source, 1, "最初の題");
    CHECK(tally, !bench_publish(bench, &renamed), "a notice is published");
    struct str first = dump(bench, bench->arena);
    CHECK(tally, has(first, "\"csaf_security_advisory\"") && has(first, "B\\\\*2"),
          "4.8.1-1 as a CSAF document, a model number as it stands");
    CHECK(tally, !has(first, "c-secret"), "6.5 without the case");
    bench->clerk.signing = (struct signing){.sign = sign, .key = key, .whom = &signed_n};
    bench->clerk.read = 0; /* another process of the clerk */
    CHECK(tally, !bench_publish(bench, &renamed) && renamed && signed_n == 1,
          "what nobody had signed is signed once somebody can");
    put_notice(&bench->source, 2, "次の題");
    CHECK(tally, !bench_publish(bench, &renamed) && signed_n == 2, "a revision is signed anew");
    struct str grown = dump(bench, bench->arena);
    CHECK(tally, has(grown, "最初の題") && has(grown, "\"number\": \"2\""),
          "4.8.1-1 each revision is kept");
    bench->clerk.read = 0; /* … with another key, in another process */
    CHECK(tally, !bench_publish(bench, &renamed) && renamed && signed_n == 3,
          "under another key it is signed anew");
    source_entry(&bench->source);
    source_event(&bench->source, "HS26-00001-1", "2026-03-01", "maintained");
    CHECK(tally, !bench_publish(bench, &renamed) && signed_n == 3,
          "what has not changed keeps its signature");
    grown = dump(bench, bench->arena);
    CHECK(tally,
          !clerk_publish_anew(&bench->clerk, bench->arena, &seq) &&
              str_eq(grown, dump(bench, bench->arena)),
          "made anew it has the same bytes");
    bench->clerk.base_url = STR("https://other.example");
    bench->clerk.read = 0;
    CHECK(tally,
          !bench_publish(bench, &renamed) && renamed &&
              has(dump(bench, bench->arena), "https://other.example/.well-known/csaf/white/2026/"),
          "another address is another document");
    bench_end(bench);
}

/* ---- cut off between the rename and clerk.db, or fed an older register, or a journal that fails
 */

static void keep(struct bench *bench, const char *from, const char *to)
{
    struct str bytes = file_bytes(bench, bench_path(bench, from));
    FILE *file = fopen(bench_path(bench, to), "wb");
    fwrite(bytes.at, 1, bytes.bytes, file);
    fclose(file);
}

static void test_cut(struct bench *bench)
{
    struct tally *tally = &bench->tally;
    bool renamed;
    bench_begin(bench);
    bench_fill(&bench->source, 0);
    CHECK(tally, !bench_publish(bench, &renamed), "first part");
    keep(bench, "clerk.db", "old-clerk");
    keep(bench, "register/register.db", "old-register");
    bench_fill(&bench->source, 1);
    CHECK(tally, !bench_publish(bench, &renamed), "second part");
    struct str whole = dump(bench, bench->arena);
    rename(bench_path(bench, "old-clerk"), bench_path(bench, "clerk.db"));
    CHECK(tally, !bench_publish(bench, &renamed) && str_eq(dump(bench, bench->arena), whole),
          "killed before clerk.db knew: the same");
    rename(bench_path(bench, "old-register"), bench_path(bench, "register/register.db"));
    bench_fill(&bench->source, 2);
    CHECK(tally, !bench_publish(bench, &renamed), "an older register was put back");
    struct str mended = dump(bench, bench->arena);
    int64_t seq;
    CHECK(tally,
          !clerk_publish_anew(&bench->clerk, bench->arena, &seq) &&
              str_eq(dump(bench, bench->arena), mended),
          "… and was not continued");
    bench_fill(&bench->source, 3);
    bench->source.fails_at = bench->source.n;
    CHECK(tally, bench_publish(bench, &renamed) && str_eq(dump(bench, bench->arena), mended),
          "a journal that fails leaves the register");
    bench->source.fails_at = 0;
    CHECK(tally, !bench_publish(bench, &renamed) && renamed, "… and the next turn does it");
    bench_end(bench);
}

static void execute(struct bench *bench, const char *file, const char *sql)
{
    sqlite3 *db;
    if (sqlite3_open(bench_path(bench, file), &db) || sqlite3_exec(db, sql, NULL, NULL, NULL))
        BUG("%s", sql);
    sqlite3_close(db);
}

/* A register that an earlier program made lacks columns: it is not continued, nor read. */
static void test_form(struct bench *bench)
{
    struct tally *tally = &bench->tally;
    bool renamed;
    int64_t generation;
    struct folder *folder;
    bench_begin(bench);
    bench_fill(&bench->source, 0);
    bench_fill(&bench->source, 1);
    CHECK(tally, !bench_publish(bench, &renamed), "a register");
    struct str whole = dump(bench, bench->arena);
    execute(bench, "register/register.db", "PRAGMA user_version = 1; DROP TABLE label_past");
    CHECK(tally, !folder_open(bench->arena, str_of(bench_path(bench, "register")), &folder),
          "its folder");
    struct fault *fault = folder_look(folder, bench->arena, &generation);
    CHECK(tally, fault && !strcmp(fault->code, "register-absent"),
          "a register of another form is not read");
    source_event(&bench->source, "HS26-00001-A", "2026-09-01", "corrected");
    bench->clerk.read = 0; /* another program begins */
    CHECK(tally, !bench_publish(bench, &renamed) && renamed, "it is made anew");
    CHECK(tally, !folder_look(folder, bench->arena, &generation), "… and read again");
    execute(bench, "clerk.db", "PRAGMA user_version = 1");
    struct str anew = dump(bench, bench->arena);
    CHECK(tally, anew.bytes > whole.bytes, "with what came since");
    bench->clerk.read = 0;
    source_event(&bench->source, "HS26-00002-B", "2026-09-01", "corrected");
    int64_t given = bench->source.given;
    CHECK(tally, !bench_publish(bench, &renamed) && bench->source.given - given >= bench->source.n,
          "a clerk of another form reads from the first entry");
    bench_end(bench);
}

/* What the clerk is given of an entry: all that may be public, in its order, and nothing else. */
static void test_effects(struct tally *t)
{
    struct arena *arena = arena_new(1 << 20);
    bool all = allowed_columns_n;
    for (size_t i = 0; i < allowed_columns_n; i++) {
        json_t *payload = json_pack("{s:[[s, {s:s}], [s, {s:s}], [s, {s:s}, s]], s:{s:[s]}}",
                                    "effects", "casework", "id", "],[\"label\",{\"x\\",
                                    allowed_columns[i].table, allowed_columns[i].column, "\"]}",
                                    "label", "number", "y", "drop", "facts", "a", "[\"party\",");
        json_t *read, *effects = json_object_get(payload, "effects");
        struct str part = allowed_effects(arena, json_canonical(arena, payload));
        json_array_remove(effects, 0);
        all = all && !json_read(arena, part, &read) && json_equal(read, effects);
        json_decref(payload);
    }
    CHECK(t, all, "effects of each public table are seen in the bytes of their entry");
    json_t *other = json_pack("{s:[[s, {s:s}], [s, {s:s}]]}", "effects", "casework", "label",
                              "label", "label_art", "party", "[\"party\",");
    all = allowed_effects(arena, json_canonical(arena, other)).bytes;
    CHECK(t, !all && !allowed_effects(arena, STR_NONE).bytes, "one of none is passed over");
    json_decref(other);
    arena_free(arena);
}

int main(int argc, char **argv)
{
    struct bench *bench = calloc(1, sizeof *bench);
    if (argc != 2 || !bench)
        return 2;
    bench->arena = arena_new(512 << 20);
    struct str sql = file_bytes(bench, argv[1]);
    test_secrets(bench, sql);
    test_documents(bench);
    test_incremental(bench);
    test_cut(bench);
    test_form(bench);
    test_effects(&bench->tally);
    int code = tally_end(&bench->tally);
    arena_free(bench->arena);
    free(bench);
    return code;
}
