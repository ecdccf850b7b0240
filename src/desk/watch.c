/* watch.c: the feeds that are due, read one after the other: 4.8.3-1.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A file or a folder is looked at in every round and read when it has changed, or is due; an
 * address when it is due, and then with what its server gave to know it by. */
#include "desk/watch.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "desk/deed.h"
#include "store/aside.gen.h"
#include "store/files.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { FOLDER_FILES_MAX = 100000, FEED_BYTES_MAX = 1 << 30, RETRY_MS = 10 * 60000,
       DETAIL_BYTES_MAX = 500 };

struct reading {
    struct watch *watch;
    const struct row_feed *feed;
    struct row_feed_look look;
    struct watch_count count;
    struct fault *first; /* of the records that could not be read, or of the feed itself */
};

static bool is_address(struct str place)
{
    return str_starts(place, "http://") || str_starts(place, "https://");
}

static struct str path_of(const struct reading *reading, struct arena *arena)
{
    struct str place = reading->feed->place;
    return str_starts(place, "/") ? place
                                  : str_print(arena, "%.*s/%.*s",
                                              STR_F(reading->watch->desk->data_dir), STR_F(place));
}

/* ---- folders and files */

static bool is_document(struct str kind, const char *name)
{
    struct str text = str_of(name);
    return *name != '.' && str_ends(text, str_is(kind, "myjvn") ? ".xml" : ".json");
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static size_t documents(struct arena *arena, struct str folder, struct str kind,
                        const char ***names)
{
    size_t n = 0, size = 16;
    DIR *open = opendir(str_z(arena, folder));
    *names = NEW_ARRAY(arena, size, const char *);
    for (struct dirent *one; open && (one = readdir(open));) {
        if (!is_document(kind, one->d_name) || n == FOLDER_FILES_MAX)
            continue;
        if (n == size) {
            const char **more = NEW_ARRAY(arena, size * 2, const char *);
            memcpy(more, *names, n * sizeof *more);
            *names = more;
            size *= 2;
        }
        (*names)[n++] = str_z(arena, str_of(one->d_name));
    }
    if (open)
        closedir(open);
    qsort(*names, n, sizeof **names, by_name);
    return n;
}

static void add_stamp(struct hasher *hasher, const char *path)
{
    struct stat about;
    if (stat(path, &about))
        return;
    const int64_t said[] = {about.st_mtim.tv_sec, about.st_mtim.tv_nsec, about.st_size,
                            (int64_t)about.st_ino};
    hasher_add(hasher, said, sizeof said);
    hasher_add(hasher, path, strlen(path));
}

/* What the file, or every document of the folder, looks like from outside. */
static struct str stamp_of(struct arena *arena, struct str path, struct str kind)
{
    struct hasher *hasher = hasher_new(arena);
    const char **names, *z = str_z(arena, path);
    struct stat about;
    hasher_start(hasher);
    if (stat(z, &about))
        return STR("none");
    if (!S_ISDIR(about.st_mode))
        add_stamp(hasher, z);
    size_t n = S_ISDIR(about.st_mode) ? documents(arena, path, kind, &names) : 0;
    for (size_t i = 0; i < n; i++)
        add_stamp(hasher, str_print(arena, "%.*s/%s", STR_F(path), names[i]).at);
    struct hash hash = hasher_end(hasher);
    return hash_hex(arena, &hash);
}

static struct fault *read_file(struct reading *reading, struct arena *arena, struct str path)
{
    struct arena *room = arena_new(FEED_BYTES_MAX);
    struct str text;
    bool there = false;
    if (!room)
        return FAULT(arena, "no-memory", "%s", "for a feed");
    struct fault *wrong = file_whole(room, path, WATCH_FILE_BYTES_MAX, &text, &there);
    if (!wrong && !there)
        wrong = FAULT(room, "unreadable-file", "%.*s: %s", STR_F(path), strerrordesc_np(ENOENT));
    struct fault *fault = NULL;
    if (wrong) {
        reading->count.refused++;
        if (!reading->first)
            reading->first = FAULT(arena, str_z(arena, str_of(wrong->code)), "%.*s",
                                   STR_F(wrong->detail));
    } else {
        fault = watch_take(reading->watch, arena, reading->feed->kind, text, &reading->count,
                           &reading->first);
    }
    arena_free(room);
    return fault;
}

static struct fault *read_place(struct reading *reading, struct arena *arena)
{
    struct str path = path_of(reading, arena);
    const char **names;
    struct stat about;
    if (stat(str_z(arena, path), &about)) {
        reading->first =
            FAULT(arena, "unreadable-file", "%.*s: %s", STR_F(path), strerrordesc_np(errno));
        return NULL;
    }
    if (!S_ISDIR(about.st_mode))
        return read_file(reading, arena, path);
    size_t n = documents(arena, path, reading->feed->kind, &names);
    for (size_t i = 0; i < n; i++)
        TRY(read_file(reading, arena, str_print(arena, "%.*s/%s", STR_F(path), names[i])));
    return NULL;
}

static struct fault *read_address(struct reading *reading, struct arena *arena)
{
    struct watch *watch = reading->watch;
    struct row_feed_look *look = &reading->look;
    struct fetched fetched = {0};
    bool known = !watch->anew;
    reading->first = watch->fetch
                         ? watch->fetch(watch->whom, arena, reading->feed->place,
                                        known ? look->etag : STR_NONE,
                                        known ? look->modified : STR_NONE, &fetched)
                         : FAULT(arena, "feed-unreachable", "%s", "addresses are not read here");
    if (reading->first || fetched.unchanged)
        return NULL;
    TRY(watch_take(watch, arena, reading->feed->kind, fetched.bytes, &reading->count,
                   &reading->first));
    /* what could not be read is asked for whole again: "unchanged" would say that it is good */
    look->etag = reading->first ? STR_NONE : fetched.etag;
    look->modified = reading->first ? STR_NONE : fetched.modified;
    return NULL;
}

/* ---- one feed */

static bool is_due(const struct reading *reading, struct arena *arena, struct str *stamp)
{
    const struct row_feed_look *look = &reading->look;
    bool address = is_address(reading->feed->place);
    *stamp = address ? look->stamp
                     : stamp_of(arena, path_of(reading, arena), reading->feed->kind);
    return reading->watch->by_hand || !look->begun ||
           look->next <= clock_now(reading->watch->desk->clock) || !str_eq(*stamp, look->stamp);
}

static struct fault *keep_look(const struct reading *reading, struct arena *arena)
{
    const struct row_feed_look *look = &reading->look;
    const struct watch_count *count = &reading->count;
    struct str detail = reading->first ? reading->first->detail : STR_NONE;
    if (detail.bytes > DETAIL_BYTES_MAX)
        detail.bytes = DETAIL_BYTES_MAX;
    while (detail.bytes && !str_is_text(detail))
        detail.bytes--;
    return sqlx_feed_look_keep(reading->watch->desk->store, arena, reading->feed->case_id,
                               look->begun, look->ended, look->next, look->stamp, look->etag,
                               look->modified, count->records, count->new_records, count->matched,
                               count->cases, count->refused, count->broad,
                               reading->first ? str_of(reading->first->code) : STR_NONE, detail,
                               look->good);
}

static struct fault *read_feed(struct reading *reading, struct arena *arena)
{
    struct watch *watch = reading->watch;
    struct row_feed_look *look = &reading->look, *before;
    struct str stamp;
    TRY(sql_feed_look_of(watch->desk->store, arena, reading->feed->case_id, &before));
    *look = before ? *before : (struct row_feed_look){.feed = reading->feed->case_id};
    if (!is_due(reading, arena, &stamp))
        return NULL;
    look->begun = clock_now(watch->desk->clock);
    look->stamp = stamp;
    TRY(is_address(reading->feed->place) ? read_address(reading, arena)
                                         : read_place(reading, arena));
    bool read = !reading->first || reading->count.records;
    look->ended = clock_now(watch->desk->clock);
    look->next = look->ended + (read ? reading->feed->hours * 3600000 : RETRY_MS);
    look->good = read ? look->ended : look->good;
    return keep_look(reading, arena);
}

struct fault *watch_run(struct watch *watch, struct arena *arena, struct watch_count *count)
{
    struct row_feed *feeds;
    size_t n;
    *count = (struct watch_count){0};
    watch_end(watch);
    TRY(sql_feeds_current(watch->desk->store, arena, &feeds, &n));
    for (size_t i = 0; i < n; i++) {
        struct reading reading = {.watch = watch, .feed = &feeds[i]};
        TRY(read_feed(&reading, arena));
        count->records += reading.count.records;
        count->new_records += reading.count.new_records;
        count->matched += reading.count.matched;
        count->cases += reading.count.cases;
        count->refused += reading.count.refused;
        count->put_forward += reading.count.put_forward;
    }
    watch_end(watch);
    return NULL;
}
