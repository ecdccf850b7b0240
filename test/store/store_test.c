/* store_test.c: every table and every statement, on either engine.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "../check.h"
#include "place.h"
#include "rows.h"
#include "store/aside.gen.h"
#include "store/put.gen.h"
#include "store/run.h"
#include "store/sql.gen.h"
#include "store/store_own.h"

#include "base/banned.h"

static bool row_eq(const struct table_row *table, const void *a, const void *b)
{
    for (size_t i = 0; i < table->columns_n; i++) {
        struct value one = value_of(a, &table->columns[i]), other = value_of(b, &table->columns[i]);
        if (!value_eq(&one, &other))
            return false;
    }
    return true;
}

static size_t rows_in(struct store *store, struct arena *arena, const struct table_row *table,
                      void **rows)
{
    size_t n;
    MUST(store_many(store, arena, &table->all, NULL, rows, &n));
    return n;
}

/* Two rows in; one again with other contents under the same key; one out. */
static void test_table(struct tally *tally, struct store *store, struct arena *arena,
                       const struct table_row *table)
{
    void *first = row_made(arena, table, 1), *second = row_made(arena, table, 2), *rows;
    entry_begin(store, arena, "step");
    MUST(store_put(store, table, first));
    MUST(store_put(store, table, second));
    entry_commit(store, arena);
    bool good = rows_in(store, arena, table, &rows) == 2 && row_eq(table, rows, first) &&
                row_eq(table, (char *)rows + table->row_bytes, second);
    CHECK(tally, good, "%s: two rows, as put, in the order of their key", table->name);

    void *changed = row_made(arena, table, 3);
    for (size_t i = 0; i < table->keys_n; i++) {
        struct value key = value_of(first, &table->columns[i]);
        value_into(changed, &table->columns[i], &key);
    }
    entry_begin(store, arena, "step");
    MUST(store_put(store, table, changed));
    MUST(store_drop(store, table, second));
    entry_commit(store, arena);
    good = rows_in(store, arena, table, &rows) == 1 && row_eq(table, rows, changed);
    CHECK(tally, good, "%s: one replaced, one dropped", table->name);
}

/* Every statement of sql/ runs, and gives what it says it gives. */
static void test_statement(struct tally *tally, struct store *store, struct arena *arena,
                           const struct statement *statement)
{
    struct value in[64];
    for (size_t i = 0; i < statement->in_n; i++)
        in[i] = (struct value){.kind = statement->in[i].kind, .n = 1, .text = STR("2026-01-01")};
    MUST(store_begin(store, arena, true));
    struct fault *fault = store_exec(store, arena, statement, in);
    store_rollback(store);
    bool good = !fault || !strcmp(fault->code, "already-there");
    if (!CHECK(tally, good, "%s runs", statement->name))
        printf("# %s: %.*s\n", fault->code, STR_F(fault->detail));
}

static void put_named(struct store *store, const char *id, struct str name)
{
    struct row_person person = {
        .id = str_of(id), .name_ja = name, .name_en = STR("Mihon"), .mail = STR("m@example.jp")};
    MUST(put_person(store, &person));
}

static void test_texts(struct tally *tally, struct store *store, struct arena *arena)
{
    struct str large = {arena_alloc(arena, 3 << 20), 3 << 20};
    memset((char *)(uintptr_t)large.at, 'x', large.bytes);
    const struct str names[] = {STR("𠮷野家 髙橋 😀"), STR(""), STR("'; DROP TABLE person; --"),
                                large, STR("a\tb\nc\r\n\"\\")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct row_person *found;
        char id[8];
        snprintf(id, sizeof id, "t%zu", i);
        entry_begin(store, arena, "account");
        put_named(store, id, names[i]);
        entry_commit(store, arena);
        MUST(sql_person_by_id(store, arena, str_of(id), &found));
        CHECK(tally, found && str_eq(found->name_ja, names[i]), "text %zu comes back", i);
    }
    static const struct str wrong[] = {{"a\0b", 3}, {"\xff", 1}, {"\xed\xa0\x80", 3}};
    for (size_t i = 0; i < 3; i++) {
        struct row_person bad = {.id = STR("bad"), .name_ja = wrong[i]}, *found;
        entry_begin(store, arena, "account");
        struct fault *fault = put_person(store, &bad);
        store_rollback(store);
        CHECK(tally, fault && !strcmp(fault->code, "malformed-text"),
              "malformed text %zu is refused", i);
        fault = sql_person_by_id(store, arena, wrong[i], &found);
        CHECK(tally, fault && !strcmp(fault->code, "malformed-text"), "… and as a question");
    }
}

static void test_limits(struct tally *tally, struct store *store, struct arena *arena)
{
    static const int64_t numbers[] = {INT64_MIN, -1, 0, INT64_MAX};
    struct row_number_series *found;
    for (size_t i = 0; i < 4; i++) {
        struct row_number_series row = {
            .kind = STR("limit"), .year = numbers[i], .last = numbers[i]};
        entry_begin(store, arena, "step");
        MUST(put_number_series(store, &row));
        entry_commit(store, arena);
        MUST(sql_number_series_last(store, arena, STR("limit"), numbers[i], &found));
        CHECK(tally, found && found->last == numbers[i], "%lld comes back", (long long)numbers[i]);
    }
    MUST(sql_number_series_last(store, arena, STR("limit"), 7, &found));
    CHECK(tally, !found, "none is NULL");
}

static void test_unique(struct tally *tally, struct store *store, struct arena *arena)
{
    struct row_account account = {.id = STR("u1"), .login = STR("same@example.jp")}, *found;
    entry_begin(store, arena, "account");
    MUST(put_account(store, &account));
    entry_commit(store, arena);
    account.id = STR("u2");
    entry_begin(store, arena, "account");
    struct fault *fault = put_account(store, &account);
    CHECK(tally, fault && !strcmp(fault->code, "already-there"), "a second account of a login");
    store_rollback(store);
    MUST(sql_account_by_login(store, arena, STR("same@example.jp"), &found));
    CHECK_STR(tally, found ? found->id : STR_NONE, "u1", "the first one is still there");
}

static void begin_inner(struct store *store, struct arena *arena, const char *person)
{
    struct entry entry = {.act = STR("step"), .actor = str_of(person), .day = DAY_NONE};
    int64_t seq;
    MUST(store_savepoint(store, arena));
    MUST(journal_begin(store, arena, &entry, &seq));
    put_named(store, person, STR("みほん"));
}

/* A batch: the second act is undone, with its entry, and the third follows the first. */
static void test_savepoints(struct tally *tally, struct store *store, struct arena *arena)
{
    struct head before, after;
    struct row_person *one, *two, *three;
    MUST(journal_head(store, arena, &before));
    MUST(store_begin(store, arena, true));
    begin_inner(store, arena, "s1");
    MUST(journal_append(store, arena));
    MUST(store_release(store, arena));
    begin_inner(store, arena, "s2");
    store_rollback_to(store);
    begin_inner(store, arena, "s3");
    struct row_account twice = {.id = STR("u3"), .login = STR("same@example.jp")};
    CHECK(tally, put_account(store, &twice), "a statement that fails inside a savepoint");
    store_rollback_to(store);
    begin_inner(store, arena, "s3");
    MUST(journal_append(store, arena));
    MUST(store_release(store, arena));
    MUST(store_commit(store, arena));
    MUST(journal_head(store, arena, &after));
    MUST(sql_person_by_id(store, arena, STR("s1"), &one));
    MUST(sql_person_by_id(store, arena, STR("s2"), &two));
    MUST(sql_person_by_id(store, arena, STR("s3"), &three));
    CHECK(tally, one && !two && three, "two of three acts are there");
    CHECK(tally, after.seq == before.seq + 2, "and two entries");
}

static void test_rollback(struct tally *tally, struct store *store, struct arena *arena)
{
    struct head before, after;
    struct row_person *found;
    MUST(journal_head(store, arena, &before));
    entry_begin(store, arena, "step");
    put_named(store, "r1", STR("みほん"));
    MUST(journal_append(store, arena));
    store_rollback(store);
    MUST(journal_head(store, arena, &after));
    MUST(sql_person_by_id(store, arena, STR("r1"), &found));
    CHECK(tally, !found && after.seq == before.seq, "nothing is left of what was rolled back");
}

static void test_snapshot(struct tally *tally, struct place *place, struct store *store,
                          struct arena *arena)
{
    struct arena *other_arena = arena_new((size_t)1 << 26);
    struct store *other = place_open(place, other_arena, true);
    struct row_person *found;
    MUST(store_begin(other, arena, false));
    MUST(sql_person_by_id(other, arena, STR("n1"), &found));
    entry_begin(store, arena, "step");
    put_named(store, "n1", STR("みほん"));
    entry_commit(store, arena);
    MUST(sql_person_by_id(other, arena, STR("n1"), &found));
    CHECK(tally, !found, "a snapshot stays as it was");
    store_rollback(other);
    MUST(sql_person_by_id(other, arena, STR("n1"), &found));
    CHECK(tally, found, "the next one sees what was written");
    struct fault *fault = store_begin(other, arena, true);
    if (!fault)
        fault = sqlx_signin_links_forget(other, arena, 1);
    CHECK(tally, fault, "a reader cannot write");
    store_rollback(other);
    arena_free(other_arena);
}

/* The engine gives up in the middle of a batch, as SQLite does when the disk is full. */
static void test_given_up(struct tally *tally, struct store *store, struct arena *arena)
{
    struct row_person person = {.id = STR("g1")}, *found;
    struct head before, after;
    MUST(journal_head(store, arena, &before));
    entry_begin(store, arena, "step");
    store->db->engine->rollback(store->db);
    CHECK(tally, put_person(store, &person), "no row is written alone");
    CHECK(tally, journal_append(store, arena), "nor an entry");
    store_rollback_to(store);
    CHECK(tally, store_savepoint(store, arena), "nor the next act of the batch");
    CHECK(tally, store_commit(store, arena), "and nothing is committed");
    MUST(journal_head(store, arena, &after));
    MUST(sql_person_by_id(store, arena, STR("g1"), &found));
    CHECK(tally, !found && after.seq == before.seq, "nothing of it is there");
}

/* Ends every connection to the test's database but its own. SQLite has none. */
static void hang_up(struct place *place, struct store *store)
{
    if (store_is_postgres(store))
        place_hand(place, "SELECT pg_terminate_backend(pid, 9000) FROM pg_stat_activity "
                          "WHERE pid <> pg_backend_pid() AND datname = current_database()");
}

static void test_connection(struct tally *tally, struct place *place, struct store *store,
                            struct arena *arena)
{
    struct row_person *found;
    struct head before, after;
    hang_up(place, store);
    CHECK(tally, !sql_person_by_id(store, arena, STR("s1"), &found) && found,
          "after the connection was lost, reading goes on");
    MUST(journal_head(store, arena, &before));
    hang_up(place, store);
    entry_begin(store, arena, "step");
    entry_commit(store, arena);
    CHECK(tally, true, "and so does writing");
    entry_begin(store, arena, "step");
    put_named(store, "l1", STR("みほん"));
    hang_up(place, store);
    struct fault *fault = journal_append(store, arena);
    if (!fault && !store_is_postgres(store))
        fault = FAULT(arena, "broken-database", "as if");
    store_rollback(store);
    MUST(journal_head(store, arena, &after));
    MUST(sql_person_by_id(store, arena, STR("l1"), &found));
    CHECK(tally, fault && !found && after.seq == before.seq + 1,
          "lost in the middle, a transaction is lost whole");
}

static void test_aside(struct tally *tally, struct store *store, struct arena *arena)
{
    struct sqlx_signin_link_use_row *used;
    MUST(sqlx_signin_link_make(store, arena, STR("digest"), STR("u1"), 5000, 1));
    MUST(sqlx_signin_link_use(store, arena, STR("digest"), 5001, &used));
    CHECK(tally, !used, "a link that has ended");
    MUST(sqlx_signin_link_use(store, arena, STR("digest"), 4999, &used));
    CHECK(tally, used && str_is(used->account, "u1"), "a link is taken");
    MUST(sqlx_signin_link_use(store, arena, STR("digest"), 4999, &used));
    CHECK(tally, !used, "and only once");
}

int main(void)
{
    struct tally tally = {0};
    struct place *place = place_new();
    struct arena *arena = arena_new((size_t)1 << 30);
    struct store *store = place_open(place, arena, false);
    printf("# %.*s\n", STR_F(store_engine(store, arena)));
    for (size_t i = 0; i < store_tables_n; i++)
        if (store_tables[i]->replay == REPLAY_YES)
            test_table(&tally, store, arena, store_tables[i]);
    for (size_t i = 0; i < store_statements_n; i++)
        test_statement(&tally, store, arena, store_statements[i]);
    test_texts(&tally, store, arena);
    test_limits(&tally, store, arena);
    test_unique(&tally, store, arena);
    test_savepoints(&tally, store, arena);
    test_rollback(&tally, store, arena);
    test_snapshot(&tally, place, store, arena);
    test_aside(&tally, store, arena);
    test_given_up(&tally, store, arena);
    test_connection(&tally, place, store, arena);
    arena_free(arena);
    place_end(place);
    return tally_end(&tally);
}
