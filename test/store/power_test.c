/* power_test.c: the power fails right after a commit: what was acknowledged is on the disk.
 * SPDX-License-Identifier: Apache-2.0
 *
 * fdatasync() and fsync() are ours here: they keep, beside each file, what the disk has been told
 * of it (FILE.disk). A power cut leaves these copies and nothing else. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../check.h"
#include "place.h"
#include "rows.h"
#include "store/files.h"
#include "store/put.gen.h"
#include "store/replay.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { ACTS = 60 };

static bool copied(int from, const char *path)
{
    int to = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    char portion[1 << 16];
    off_t at = 0;
    ssize_t n = 0;
    while (to >= 0 && (n = pread(from, portion, sizeof portion, at)) > 0 &&
           write(to, portion, (size_t)n) == n)
        at += n;
    return to >= 0 && !close(to) && n == 0;
}

static int told(int fd, long call)
{
    char link[40], path[4000], beside[4010];
    struct stat about;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n > 0 && !fstat(fd, &about) && S_ISREG(about.st_mode)) {
        path[n] = 0;
        snprintf(beside, sizeof beside, "%s.disk", path);
        int again = open(path, O_RDONLY | O_CLOEXEC); /* fd may be for writing only */
        if (again < 0 || !copied(again, beside))
            return -1;
        close(again);
    }
    return (int)syscall(call, fd);
}

int fdatasync(int fd)
{
    return told(fd, SYS_fdatasync);
}

int fsync(int fd)
{
    return told(fd, SYS_fsync);
}

/* The registry as it is found when the power is back. */
static struct place *power_cut(struct place *place)
{
    static const char *const names[] = {"casework.db", "casework.db-wal"};
    struct place *after = place_new();
    after->settings.database_url = STR_NONE;
    for (size_t i = 0; i < 2; i++) {
        struct str from =
            str_print(after->arena, "%.*s/%s.disk", STR_F(place->settings.data_dir), names[i]);
        struct str to =
            str_print(after->arena, "%.*s/%s", STR_F(after->settings.data_dir), names[i]);
        int fd = open(from.at, O_RDONLY | O_CLOEXEC);
        if (fd >= 0 && !copied(fd, to.at))
            printf("# %s cannot be copied\n", names[i]);
        if (fd >= 0)
            close(fd);
    }
    return after;
}

static void say(void *whom, struct str table, struct str key, struct str column)
{
    (void)whom;
    printf("# %.*s %.*s %.*s\n", STR_F(table), STR_F(key), STR_F(column));
}

/* Is the act's row there, is it the last entry, and does replay agree? */
static bool survived(struct place *place, int64_t seq, const char *person)
{
    struct place *after = power_cut(place);
    struct arena *arena = arena_new((size_t)1 << 28);
    struct store *store = place_open(after, arena, false);
    struct head head;
    struct row_person *found;
    struct replay_report report;
    MUST(journal_head(store, arena, &head));
    MUST(sql_person_by_id(store, arena, str_of(person), &found));
    struct fault *fault = replay_check(store, arena, after->settings.data_dir, say, NULL, &report);
    if (fault && strcmp(fault->code, "absent-head") != 0)
        MUST(fault);
    bool good = found && head.seq == seq && report.differences == 0;
    arena_free(arena);
    place_end(after);
    return good;
}

static int64_t act(struct store *store, struct arena *arena, const char *person)
{
    struct row_person row = {str_of(person), STR("架空 太郎"), STR("Kaku Taro"),
                             STR("t@example.jp"), STR("ja")};
    entry_begin(store, arena, "account");
    MUST(put_person(store, &row));
    int64_t seq = entry_commit(store, arena);
    arena_reset(arena);
    return seq;
}

/* Were the copies the files themselves, this test could not fail. */
static bool loses_what_was_not_told(struct place *place)
{
    const char *error = place_hand(
        place, "PRAGMA synchronous = NORMAL;"
               "INSERT INTO person VALUES ('untold', 'x', 'x', 'x', 'ja')");
    struct place *after = power_cut(place);
    struct arena *arena = arena_new((size_t)1 << 28);
    struct store *store = place_open(after, arena, false);
    struct row_person *found;
    MUST(sql_person_by_id(store, arena, STR("untold"), &found));
    bool lost = !error && !found;
    arena_free(arena);
    place_end(after);
    return lost;
}

int main(void)
{
    struct tally tally = {0};
    struct place *place = place_new();
    struct arena *arena = arena_new((size_t)1 << 28), *kept = arena_new((size_t)1 << 28);
    struct store *store = place_open(place, kept, false);
    for (int i = 0; i < ACTS; i++) {
        char person[16];
        snprintf(person, sizeof person, "p%d", i);
        int64_t seq = act(store, arena, person);
        CHECK(&tally, survived(place, seq, person), "act %d survives the power", i);
        if (i % 20 == 19)
            place_hand(place, "PRAGMA wal_checkpoint(TRUNCATE)");
    }
    CHECK(&tally, loses_what_was_not_told(place), "what the disk was not told of is lost here");
    arena_free(kept);
    arena_free(arena);
    place_end(place);
    return tally_end(&tally);
}
