/* registry.c: the registry that a command works on: its store, its desk, its people and cases.
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "desk/demo.h"
#include "desk/people.h"
#include "store/sql.gen.h"
#include "store/journal_read.h"

#include "base/banned.h"

const char *cli_data(struct cli *cli)
{
    const char *named = cli_option(cli, "--data"), *set = getenv("HOSHI_DATA");
    return named ? named : set && *set ? set : "data";
}

struct fault *cli_open_store(struct cli *cli, const char *data_dir, bool read_only,
                             struct store **store)
{
    const char *url = getenv("HOSHI_DATABASE");
    struct store_settings settings = {.data_dir = str_of(data_dir),
                                      .database_url = str_of(url && *url ? url : NULL),
                                      .read_only = read_only};
    return store_open(cli->arena, &settings, store);
}

/* HOSHI_TODAY moves the clock of a demonstration, and of nothing else. */
static struct fault *clock_of(struct cli *cli, const char *data_dir, struct clock *clock)
{
    const char *today = getenv("HOSHI_TODAY");
    struct str keys = str_print(cli->arena, "%s/demo-keys.json", data_dir);
    struct day day;
    bool demo = access(str_z(cli->arena, keys), F_OK) == 0;
    if (!today || !*today)
        return demo ? demo_clock_read(cli->arena, str_of(data_dir), clock) : NULL;
    if (!cli->demo && !demo)
        return FAULT(cli->arena, "malformed-setting", "HOSHI_TODAY is for demonstrations only");
    if (!day_parse(str_of(today), &day))
        return FAULT(cli->arena, "malformed-setting", "HOSHI_TODAY is no day: %s", today);
    *clock = clock_set_today(day);
    return NULL;
}

struct fault *cli_open_desk(struct cli *cli, const char *data_dir, struct desk **desk)
{
    struct clock *clock = NEW(cli->arena, struct clock);
    *desk = NEW(cli->arena, struct desk);
    TRY(clock_of(cli, data_dir, clock));
    **desk = (struct desk){.book = cli->book, .clock = clock, .data_dir = str_of(data_dir)};
    TRY(cli_open_store(cli, data_dir, false, &(*desk)->store));
    return cli->signer ? cli->signer(cli->arena, *desk) : NULL;
}

struct fault *cli_principal(struct cli *cli, struct store *store, const char *who,
                            struct principal *out)
{
    struct row_account *account;
    TRY(sql_account_of_person(store, cli->arena, str_of(who), &account));
    if (!account)
        TRY(sql_account_by_login(store, cli->arena, str_lower(cli->arena, str_of(who)), &account));
    if (!account) {
        struct fault *fault =
            FAULT(cli->arena, "unknown-person", "nobody has the id or address %s", who);
        fault->concerns = str_of(who);
        return fault;
    }
    return desk_principal(store, cli->arena, account->id, out);
}

struct fault *cli_case_id(struct cli *cli, struct store *store, const char *named, struct str *id)
{
    struct row_casework *work;
    TRY(sql_case_by_id(store, cli->arena, str_of(named), &work));
    if (!work)
        TRY(sql_case_by_number(store, cli->arena, str_of(named), &work));
    if (!work) {
        struct fault *fault =
            FAULT(cli->arena, "unknown-case", "no case has the id or number %s", named);
        fault->concerns = str_of(named);
        return fault;
    }
    *id = work->id;
    return NULL;
}

struct fault *cli_read_file(struct cli *cli, const char *path, size_t bytes_max, struct str *out)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return FAULT(cli->arena, "unreadable-file", "%s: %s", path, strerror(errno));
    size_t size = 1 << 16, n = 0;
    char *at = arena_alloc(cli->arena, size);
    for (size_t got; (got = fread(at + n, 1, size - n, file)) > 0;) {
        n += got;
        if (n < size)
            continue;
        if (size >= bytes_max)
            break;
        char *more = arena_alloc(cli->arena, size * 2);
        memcpy(more, at, n);
        at = more;
        size *= 2;
    }
    bool broken = ferror(file) || n >= bytes_max;
    fclose(file);
    if (broken)
        return FAULT(cli->arena, "unreadable-file", "%s: cannot be read, or is too large", path);
    *out = (struct str){.at = at, .bytes = n};
    return NULL;
}

/* A folder that holds none is not made into one. */
struct fault *cli_open_registry(struct cli *cli, const char *data, struct desk **desk)
{
    struct store *store;
    struct head head;
    TRY(cli_open_store(cli, data, true, &store));
    TRY(journal_head(store, cli->arena, &head));
    if (!head.seq)
        return FAULT(cli->arena, "no-registry", "%s holds none", data);
    return cli_open_desk(cli, data, desk);
}
