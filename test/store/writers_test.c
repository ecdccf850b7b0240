/* writers_test.c: two who write at once, and one who is killed between any two statements.
 * SPDX-License-Identifier: Apache-2.0 */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../check.h"
#include "place.h"
#include "rows.h"
#include "store/put.gen.h"
#include "store/replay.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { WRITERS = 2, EACH = 60, STAGES = 7 };

/* The next number of a series: read and written again, so that a lost update would show. */
static void take_number(struct store *store, struct arena *arena)
{
    struct row_number_series *last;
    entry_begin(store, arena, "step");
    MUST(sql_number_series_last(store, arena, STR("acceptance-number"), 2026, &last));
    struct row_number_series next = {STR("acceptance-number"), 2026, last ? last->last + 1 : 1};
    MUST(put_number_series(store, &next));
    entry_commit(store, arena);
}

static void write_many(struct place *place)
{
    struct arena *arena = arena_new((size_t)1 << 28);
    struct store *store = place_open(place, arena, false);
    for (int i = 0; i < EACH; i++)
        take_number(store, arena);
    arena_free(arena);
    _exit(0);
}

static void ignore(void *whom, struct str table, struct str key, struct str column)
{
    (void)whom;
    printf("# %.*s %.*s %.*s\n", STR_F(table), STR_F(key), STR_F(column));
}

static int64_t differences(struct store *store, struct arena *arena, struct place *place)
{
    struct replay_report report;
    struct fault *fault =
        replay_check(store, arena, place->settings.data_dir, ignore, NULL, &report);
    if (fault && strcmp(fault->code, "absent-head") != 0)
        MUST(fault);
    return report.differences;
}

/* Also the making of the tables is done by both at once. */
static void test_writers(struct tally *tally)
{
    struct place *place = place_new();
    struct arena *arena = arena_new((size_t)1 << 28);
    fflush(stdout);
    for (int i = 0; i < WRITERS; i++)
        if (!fork())
            write_many(place);
    int status, good = 0;
    while (wait(&status) > 0)
        good += WIFEXITED(status) && WEXITSTATUS(status) == 0;
    CHECK(tally, good == WRITERS, "every writer wrote all of its own");
    struct store *store = place_open(place, arena, false);
    struct row_number_series *last;
    struct head head;
    MUST(sql_number_series_last(store, arena, STR("acceptance-number"), 2026, &last));
    MUST(journal_head(store, arena, &head));
    CHECK(tally, last && last->last == (int64_t)WRITERS * EACH, "no number was given twice");
    CHECK(tally, head.seq == (int64_t)WRITERS * EACH, "one entry for each");
    CHECK(tally, differences(store, arena, place) == 0, "and replay agrees");
    arena_free(arena);
    place_end(place);
}

static void die_at(int stage, int *left)
{
    if (stage == (*left)++)
        raise(SIGKILL);
}

/* One act of two rows, killed before its stage-th statement; told over the pipe once committed. */
static void act_and_die(struct place *place, int stage, int told)
{
    struct arena *arena = arena_new((size_t)1 << 28);
    struct store *store = place_open(place, arena, false);
    struct row_person person = {STR("killed"), STR("架空"), STR("Kaku"), STR("k@example.jp"),
                                STR("ja")};
    struct row_account account = {
        .id = STR("killed"), .person = STR("killed"), .login = STR("k@example.jp")};
    int at = 0;
    die_at(stage, &at);
    entry_begin(store, arena, "account");
    die_at(stage, &at);
    MUST(put_person(store, &person));
    die_at(stage, &at);
    MUST(put_account(store, &account));
    die_at(stage, &at);
    MUST(journal_append(store, arena));
    die_at(stage, &at);
    MUST(store_commit(store, arena));
    die_at(stage, &at);
    if (write(told, "!", 1) != 1)
        _exit(1);
    raise(SIGKILL);
}

static void test_killed(struct tally *tally, int stage)
{
    struct place *place = place_new();
    struct arena *arena = arena_new((size_t)1 << 28);
    int pipe_ends[2], status;
    char mark;
    take_number(place_open(place, arena, false), arena);
    arena_reset(arena);
    if (pipe(pipe_ends))
        _exit(1);
    fflush(stdout);
    pid_t child = fork();
    if (!child)
        act_and_die(place, stage, pipe_ends[1]);
    close(pipe_ends[1]);
    bool told = read(pipe_ends[0], &mark, 1) == 1;
    close(pipe_ends[0]);
    waitpid(child, &status, 0);
    CHECK(tally, WIFSIGNALED(status) && told == (stage >= STAGES - 1), "killed at %d", stage);

    struct store *store = place_open(place, arena, false);
    struct row_person *person;
    struct row_account *account;
    struct head head;
    take_number(store, arena); /* the next writer is not held up */
    MUST(sql_person_by_id(store, arena, STR("killed"), &person));
    MUST(sql_account_by_id(store, arena, STR("killed"), &account));
    MUST(journal_head(store, arena, &head));
    CHECK(tally, !person == !account && head.seq == (person ? 3 : 2),
          "… all of it is there, or nothing");
    CHECK(tally, !person == (stage < STAGES - 2), "… what was committed is there");
    CHECK(tally, differences(store, arena, place) == 0, "… and replay agrees");
    arena_free(arena);
    place_end(place);
}

int main(void)
{
    struct tally tally = {0};
    test_writers(&tally);
    for (int stage = 0; stage < STAGES; stage++)
        test_killed(&tally, stage);
    return tally_end(&tally);
}
