/* place.c: an empty database of a test's own.
 * SPDX-License-Identifier: Apache-2.0 */
#include "place.h"

#include <ftw.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/banned.h"

static const char *database(void)
{
    const char *url = getenv("HOSHI_DATABASE");
    return url ? url : "";
}

static void give_up(const char *what, const char *why)
{
    printf("not ok - %s: %s\n", what, why);
    exit(1);
}

void must(struct fault *fault, const char *file, int line)
{
    if (!fault)
        return;
    printf("not ok - %s:%d: fault %s: %.*s (%s:%d)\n", file, line, fault->code,
           STR_F(fault->detail), fault->file, fault->line);
    exit(1);
}

static const char *on_postgres(struct place *place, const char *url, const char *sql)
{
    PGconn *link = PQconnectdb(url);
    PGresult *result = PQexec(link, sql);
    ExecStatusType status = PQresultStatus(result);
    const char *error = NULL;
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        error = str_z(place->arena, str_of(PQerrorMessage(link)));
    PQclear(result);
    PQfinish(link);
    return error;
}

static const char *on_sqlite(struct place *place, const char *sql)
{
    sqlite3 *handle;
    char *message = NULL;
    const char *error = NULL;
    struct str path = str_print(place->arena, "%.*s/casework.db", STR_F(place->settings.data_dir));
    if (sqlite3_open(path.at, &handle))
        give_up(path.at, sqlite3_errmsg(handle));
    sqlite3_busy_timeout(handle, 5000);
    if (sqlite3_exec(handle, sql, NULL, NULL, &message))
        error = str_z(place->arena, str_of(message));
    sqlite3_free(message);
    sqlite3_close(handle);
    return error;
}

const char *place_hand(struct place *place, const char *sql)
{
    if (place->settings.database_url.bytes)
        return on_postgres(place, place->settings.database_url.at, sql);
    return on_sqlite(place, sql);
}

struct place *place_new(void)
{
    struct arena *arena = arena_new((size_t)1 << 30);
    struct place *place = NEW(arena, struct place);
    place->arena = arena;
    const char *tmp = getenv("TMPDIR");
    struct str folder = str_print(arena, "%s/hoshi-store.XXXXXX", tmp ? tmp : "/tmp");
    char *made = mkdtemp(str_z(arena, folder));
    if (!made)
        give_up("mkdtemp", folder.at);
    place->settings.data_dir = str_copy(arena, str_of(made));
    if (*database()) {
        char name[17];
        struct str hex = random_name(arena, 8), create;
        hex = hex_print(arena, (struct str){hex.at, 8});
        snprintf(name, sizeof name, "%s", hex.at);
        create = str_print(arena, "CREATE SCHEMA t%s", name);
        const char *error = on_postgres(place, database(), create.at);
        if (error)
            give_up("CREATE SCHEMA", error);
        place->settings.database_url =
            str_print(arena, "%s%coptions=-csearch_path%%3Dt%s", database(),
                      strchr(database(), '?') ? '&' : '?', name);
    }
    return place;
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *walk)
{
    (void)about, (void)kind, (void)walk;
    return remove(path);
}

void place_end(struct place *place)
{
    nftw(place->settings.data_dir.at, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    arena_free(place->arena);
}

struct store *place_open(struct place *place, struct arena *arena, bool read_only)
{
    struct store *store;
    struct store_settings settings = place->settings;
    settings.read_only = read_only;
    MUST(store_open(arena, &settings, &store));
    return store;
}
