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
#include "check.h"
#include "register/allowed.h"
#include "register/lite.h"
#include "register/register.h"
#include "source.h"

#include "base/banned.h"

struct bench {
    struct tally tally;
    struct arena *arena;
    struct clock clock;
    struct source source;
    struct clerk clerk;
};

static const char *path(struct bench *bench, const char *name)
{
    return str_print(bench->arena, "%.*s/%s", STR_F(bench->clerk.data_dir), name).at;
}

static void begin(struct bench *bench)
{
    char *dir = str_z(bench->arena, STR("/tmp/hoshi-clerk-XXXXXX"));
    if (!mkdtemp(dir))
        BUG("no temporary directory");
    bench->clerk = (struct clerk){str_of(dir), STR("HS{yy}-{seq:5}-{check}"), source_of(&bench->source),
                                  &bench->clock};
}

static void end(struct bench *bench)
{
    static const char *const names[] = {"register/register.db", "clerk.db", "clerk.db-journal", "clerk.new", "register"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        remove(path(bench, names[i]));
    remove(bench->clerk.data_dir.at);
    source_end(&bench->source);
    bench->source.given = bench->source.fails_at = 0;
}

static struct fault *publish(struct bench *bench, bool *renamed)
{
    int64_t seq;
    struct arena *arena = arena_new(64 << 20);
    struct fault *fault = clerk_publish(&bench->clerk, arena, &seq, renamed);
    if (fault)
        printf("# %s: %.*s\n", fault->code, STR_F(fault->detail));
    struct fault *kept = fault ? FAULT(bench->arena, "broken-register", "%.*s", STR_F(fault->detail)) : NULL;
    arena_free(arena);
    return kept;
}

/* All rows of all tables of a register but the instant at which it was made. */
static struct str dump(struct bench *bench, struct arena *arena)
{
    struct buf out = buf_new(bench->arena, 8 << 20);
    sqlite3 *db;
    sqlite3_stmt *tables;
    if (sqlite3_open_v2(path(bench, "register/register.db"), &db, SQLITE_OPEN_READONLY, NULL) ||
        sqlite3_prepare_v2(db, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1", -1, &tables, NULL))
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
            json_object_set_new(row, str_z(bench->arena, column), secret(table, column, number, &markers));
        }
    }
    return markers;
}

static void test_secrets(struct bench *bench, struct str sql)
{
    struct tally *tally = &bench->tally;
    bool renamed;
    begin(bench);
    source_entry(&bench->source);
    int markers = put_secrets(bench, sql);
    source_party(&bench->source, "p-quiet", "だまる株式会社", "Quiet Corporation");
    source_party(&bench->source, "SECRET label.party", "みほん", "Mihon");
    CHECK(tally, markers > 100, "%d columns of the casework carry a marker", markers);
    CHECK(tally, !publish(bench, &renamed), "a journal full of secrets is published");
    struct str bytes = file_bytes(bench, path(bench, "register/register.db"));
    CHECK(tally, bytes.bytes > 4096, "the register is there");
    size_t found = 0, expected = 0;
    for (const char *p = bytes.at; (p = memmem(p, bytes.bytes - (size_t)(p - bytes.at), "SECRET ", 7)); p++) {
        struct str name = str_cut((struct str){p + 7, bytes.bytes - (size_t)(p + 7 - bytes.at)}, '.', &(struct str){0});
        const struct allowed_column *allowed = NULL;
        size_t n;
        if ((allowed = allowed_table(name, &n)))
            for (size_t i = 0; i < n; i++)
                if (!strncmp(p + 7 + name.bytes + 1, allowed[i].column, strlen(allowed[i].column)))
                    expected++, i = n;
        found++;
    }
    CHECK(tally, found > 20 && found == expected, "6.5 only allowed columns are in the folder (%zu of %zu)", expected, found);
    CHECK(tally, !has(bytes, "SECRET label.case_id"), "6.5 no case id beside a label");
    CHECK(tally, !has(bytes, "SECRET person") && !has(bytes, "SECRET case_field"), "6.5 no person, no field of an application");
    CHECK(tally, !has(bytes, "SECRET parameter"), "no parameter but those named");
    CHECK(tally, !has(bytes, "Quiet Corporation") && !has(bytes, "p-quiet"), "6.5 no maker without a label");
    CHECK(tally, has(bytes, "Mihon"), "the maker with a label is there");
    CHECK(tally, bytes.bytes > 19 && bytes.at[18] == 1 && bytes.at[19] == 1, "the file is not in WAL mode");
    DIR *dir = opendir(path(bench, "register"));
    int files = 0;
    for (struct dirent *one; dir && (one = readdir(dir));)
        files += one->d_name[0] != '.';
    closedir(dir);
    CHECK(tally, files == 1, "nothing else lies in the folder");
    end(bench);
}

/* ---- incremental and from scratch are the same */

static void fill(struct source *source, int part)
{
    if (part == 0) {
        source_party(source, "p1", "株式会社みほん", "Mihon Corporation");
        source_party(source, "p2", "架空電機株式会社", "Kakuu Electric");
        source_label(source, "HS26-00001-A", "p1", "みほんカメラ", "Mihon Camera", "2026-06-15", "2028-06-15", 12);
    } else if (part == 1) {
        source_label(source, "HS26-00002-B", "p2", "見守り", "Watcher", "2026-07-01", "2028-07-01", 3);
        source_party(source, "p1", "株式会社見本", "Mihon Inc.");
        source_event(source, "HS26-00001-A", "2026-08-01", "withdrawn");
    } else if (part == 2) {
        source_entry(source);
        source_drop(source, "label_model", json_pack("{s:s, s:i}", "label", "HS26-00002-B", "position", 2));
        source_event(source, "HS26-00002-B", "2028-05-01", "extension-filed");
    } else {
        source_label(source, "HS26-00002-B", "p1", "見守り", "Watcher", "2026-07-01", "2029-07-01", 2);
        source_event(source, "HS26-00002-B", "2028-07-01", "extended");
    }
}

static void test_incremental(struct bench *bench)
{
    struct tally *tally = &bench->tally;
    bool renamed, good = true;
    begin(bench);
    for (int part = 0; part < 4; part++) {
        fill(&bench->source, part);
        good = good && !publish(bench, &renamed) && renamed;
    }
    CHECK(tally, good, "each turn renames a new file into place");
    CHECK(tally, bench->source.given <= 2 * bench->source.n, "entries are not read from the first each time");
    struct str grown = dump(bench, bench->arena);
    int64_t seq;
    CHECK(tally, !clerk_publish_anew(&bench->clerk, bench->arena, &seq) && seq == bench->source.n, "made from the first entry");
    struct str anew = dump(bench, bench->arena);
    CHECK(tally, grown.bytes > 500 && str_eq(grown, anew), "made entry by entry equals made anew");
    CHECK(tally, !has(anew, "架空電機"), "a maker that has no label left is not in the register");

    source_entry(&bench->source);
    source_put(&bench->source, "session", json_pack("{s:s}", "digest", "x"));
    CHECK(tally, !publish(bench, &renamed) && !renamed, "an entry that concerns no label renames nothing");

    unlink(path(bench, "clerk.db"));
    CHECK(tally, !publish(bench, &renamed) && str_eq(dump(bench, bench->arena), anew), "without clerk.db: the same");
    unlink(path(bench, "register/register.db"));
    CHECK(tally, !publish(bench, &renamed) && renamed && str_eq(dump(bench, bench->arena), anew), "without register.db: the same");
    end(bench);
}

/* ---- cut off between the rename and clerk.db, or fed an older register, or a journal that fails */

static void keep(struct bench *bench, const char *from, const char *to)
{
    struct str bytes = file_bytes(bench, path(bench, from));
    FILE *file = fopen(path(bench, to), "wb");
    fwrite(bytes.at, 1, bytes.bytes, file);
    fclose(file);
}

static void test_cut(struct bench *bench)
{
    struct tally *tally = &bench->tally;
    bool renamed;
    begin(bench);
    fill(&bench->source, 0);
    CHECK(tally, !publish(bench, &renamed), "first part");
    keep(bench, "clerk.db", "old-clerk");
    keep(bench, "register/register.db", "old-register");
    fill(&bench->source, 1);
    CHECK(tally, !publish(bench, &renamed), "second part");
    struct str whole = dump(bench, bench->arena);
    rename(path(bench, "old-clerk"), path(bench, "clerk.db"));
    CHECK(tally, !publish(bench, &renamed) && str_eq(dump(bench, bench->arena), whole), "killed before clerk.db knew: the same");
    rename(path(bench, "old-register"), path(bench, "register/register.db"));
    fill(&bench->source, 2);
    CHECK(tally, !publish(bench, &renamed), "an older register was put back");
    struct str mended = dump(bench, bench->arena);
    int64_t seq;
    CHECK(tally, !clerk_publish_anew(&bench->clerk, bench->arena, &seq) && str_eq(dump(bench, bench->arena), mended),
          "… and was not continued");
    fill(&bench->source, 3);
    bench->source.fails_at = bench->source.n;
    CHECK(tally, publish(bench, &renamed) && str_eq(dump(bench, bench->arena), mended), "a journal that fails leaves the register");
    bench->source.fails_at = 0;
    CHECK(tally, !publish(bench, &renamed) && renamed, "… and the next turn does it");
    end(bench);
}

/* ---- reading */

static void test_reading(struct bench *bench)
{
    struct tally *tally = &bench->tally;
    struct arena *arena = bench->arena;
    struct folder *folder;
    struct public_label *label, *list;
    int64_t generation = 0, later = 0;
    bool renamed, more;
    size_t n;
    begin(bench);
    struct day today;
    day_parse(STR("2026-11-22"), &today);
    CHECK(tally, !folder_open(arena, str_of(path(bench, "register")), &folder), "a folder that is not there yet");
    struct fault *fault = folder_look(folder, arena, &generation);
    CHECK(tally, fault && str_is(str_of(fault->code), "register-absent"), "… is said to be absent");
    fill(&bench->source, 0);
    publish(bench, &renamed);
    CHECK(tally, !folder_look(folder, arena, &generation), "the folder is seen once it is there");
    CHECK(tally, !folder_label(folder, arena, STR("HS26-00001-A"), &label) && label, "the label is found");
    CHECK_STR(tally, label->maker_en, "Mihon Corporation", "its maker");
    CHECK(tally, label->models_n == 12 && label_status_on(&label->dates, today) == LABEL_VALID, "its models and status");
    fill(&bench->source, 1);
    publish(bench, &renamed);
    CHECK(tally, !folder_look(folder, arena, &later) && later != generation, "a newly renamed file is noticed");
    CHECK(tally, !folder_label(folder, arena, STR("HS26-00001-A"), &label) && label, "the label is found again");
    CHECK_STR(tally, label->maker_en, "Mihon Inc.", "its maker's new name");
    CHECK(tally, label_status_on(&label->dates, today) == LABEL_WITHDRAWN, "withdrawn by now");
    CHECK(tally, !folder_label(folder, arena, STR("HS26-00009-Z"), &label) && !label, "an unknown number is not found");

    struct words models;
    CHECK(tally, !folder_models(folder, arena, STR("HS26-00001-A"), STR_NONE, 10, &models) && models.n == 10, "first ten models");
    CHECK(tally, !folder_models(folder, arena, STR("HS26-00001-A"), STR("ｍｈ－ｃ11"), 99, &models) && models.n == 3, "filtered models");
    struct str *covering;
    CHECK(tally, !folder_covering(folder, arena, STR("mh c104"), 5, &list, &covering, &n) && n == 1, "this box is covered");
    CHECK_STR(tally, covering[0], "MH-C104", "… under the name that the maker gave");
    CHECK(tally, !folder_covering(folder, arena, STR("MH-C10"), 5, &list, &covering, &n) && n == 0, "part of a model is no model");

    static const struct { const char *words; size_t found; } searches[] = {
        {"", 2}, {"カメラ", 1}, {"かめら", 1}, {"mihon", 1}, {"ﾐﾎﾝ ｶﾒﾗ", 1}, {"見本　MH-C112", 1}, {"hs26 00002", 1},
        {"カメラ 見守り", 0}, {"%", 2}, {"' OR 1=1 --", 0}, {"架空電機(株)", 1}, {"mhc10", 2},
    };
    for (size_t i = 0; i < sizeof searches / sizeof *searches; i++) {
        struct public_query query = {.words = str_of(searches[i].words), .limit = 10, .today = today};
        CHECK(tally, !folder_list(folder, arena, &query, &list, &n, &more) && n == searches[i].found && !more,
              "a search for \"%s\" finds %zu", searches[i].words, searches[i].found);
    }
    struct public_query query = {.limit = 1, .today = today};
    CHECK(tally, !folder_list(folder, arena, &query, &list, &n, &more) && n == 1 && more, "a page of one, and more");
    CHECK_STR(tally, list[0].number, "HS26-00002-B", "newest first");
    query.after = list[0].number;
    CHECK(tally, !folder_list(folder, arena, &query, &list, &n, &more) && n == 1 && !more, "the page after it");
    query = (struct public_query){.limit = 5, .today = today, .statuses = 1u << LABEL_VALID};
    CHECK(tally, !folder_list(folder, arena, &query, &list, &n, &more) && n == 1, "only those valid");
    struct public_counts counts;
    CHECK(tally, !folder_counts(folder, arena, &query, &counts) && counts.all == 2 && counts.chosen == 1 &&
          counts.statuses[LABEL_WITHDRAWN] == 1 && counts.levels[1] == 1, "counts by status and level");

    struct str number;
    enum number_reading reading;
    CHECK(tally, !folder_read_number(folder, arena, STR("hs26000010"), &number, &reading) && reading == NUMBER_MISTYPED,
          "a wrong check character is told from an unknown number");
    end(bench);
}

int main(int argc, char **argv)
{
    struct bench *bench = calloc(1, sizeof *bench);
    if (argc != 2 || !bench)
        return 2;
    bench->arena = arena_new(512 << 20);
    struct str sql = file_bytes(bench, argv[1]);
    test_secrets(bench, sql);
    test_incremental(bench);
    test_cut(bench);
    test_reading(bench);
    int code = tally_end(&bench->tally);
    arena_free(bench->arena);
    free(bench);
    return code;
}
