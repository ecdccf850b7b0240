/* founding.c: a demonstration registry is made beside its place, and put there when it is whole.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It grows in DATA/founding. When it is whole and on the disk, that folder is renamed "founded":
 * from then on it counts. Then its entries move up into DATA, the database last. A start that finds
 * "founding" throws it away, for nobody was ever answered from it; one that finds "founded" goes on
 * moving. */
#include "proc/founding.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "desk/demo.h"
#include "proc/signer.h"
#include "store/files.h"

#include "base/banned.h"

enum { OPEN_FOLDERS_MAX = 16, FOUNDING_BYTES_MAX = 1 << 30 };

static struct fault *broken(struct arena *arena, const char *path)
{
    return FAULT(arena, "broken-file", "%s: %s", path, strerrordesc_np(errno));
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *at)
{
    (void)about;
    (void)kind;
    (void)at;
    return remove(path);
}

static bool is_there(const char *path)
{
    return access(path, F_OK) == 0;
}

static struct fault *make_beside(struct arena *arena, const struct settings *settings,
                                 struct str beside)
{
    struct store_settings about = {.data_dir = beside};
    struct desk desk = {.book = &hoshi_rulebook,
                        .clock = &settings->clock,
                        .base_url = settings->base_url,
                        .data_dir = beside};
    TRY(store_open(arena, &about, &desk.store));
    TRY(signer_for_desk(arena, &desk));
    return demo_make(&desk, arena);
}

/* The last to close a database writes its log home: one file is left to move. */
static struct fault *make_and_close(struct arena *arena, const struct settings *settings,
                                    struct str beside)
{
    struct arena *while_made = arena_new(FOUNDING_BYTES_MAX);
    if (!while_made)
        return FAULT(arena, "no-memory", "%s", "no arena");
    struct fault *fault = make_beside(while_made, settings, beside);
    if (fault)
        fault = FAULT(arena, str_z(arena, str_of(fault->code)), "%.*s", STR_F(fault->detail));
    arena_free(while_made);
    return fault;
}

static struct fault *move_one(struct arena *arena, struct str from, struct str to, const char *name)
{
    const char *before = str_print(arena, "%.*s/%s", STR_F(from), name).at;
    const char *after = str_print(arena, "%.*s/%s", STR_F(to), name).at;
    if (is_there(after))
        return FAULT(arena, "broken-file", "%s is in the way of a registry just founded", after);
    return rename(before, after) ? broken(arena, before) : NULL;
}

static struct fault *move_up(struct arena *arena, struct str founded, struct str data_dir)
{
    DIR *folder = opendir(founded.at);
    struct fault *fault = folder ? NULL : broken(arena, founded.at);
    for (struct dirent *one; !fault && (one = readdir(folder));)
        if (one->d_name[0] != '.' && strcmp(one->d_name, "casework.db") != 0)
            fault = move_one(arena, founded, data_dir, one->d_name);
    if (folder)
        closedir(folder);
    if (fault)
        return fault;
    TRY(folder_sync(arena, data_dir));
    if (is_there(str_print(arena, "%.*s/casework.db", STR_F(founded)).at))
        TRY(move_one(arena, founded, data_dir, "casework.db"));
    TRY(folder_sync(arena, data_dir));
    return rmdir(founded.at) ? broken(arena, founded.at) : NULL;
}

/* A registry in a database of its own server has no folder to grow in: see prepare.c. */
static bool wants_founding(struct arena *arena, const struct settings *settings)
{
    struct str data_dir = settings->data_dir;
    return settings->demo && !settings->database_url.bytes &&
           !is_there(str_print(arena, "%.*s/casework.db", STR_F(data_dir)).at) &&
           !is_there(str_print(arena, "%.*s/head", STR_F(data_dir)).at);
}

struct fault *founding_make(struct arena *arena, const struct settings *settings)
{
    struct str data_dir = settings->data_dir;
    struct str founding = str_print(arena, "%.*s/founding", STR_F(data_dir));
    struct str founded = str_print(arena, "%.*s/founded", STR_F(data_dir));
    if (is_there(founding.at) &&
        nftw(founding.at, remove_one, OPEN_FOLDERS_MAX, FTW_DEPTH | FTW_PHYS))
        return broken(arena, founding.at);
    if (!is_there(founded.at)) {
        if (!wants_founding(arena, settings))
            return NULL;
        TRY(make_and_close(arena, settings, founding));
        TRY(folder_sync(arena, founding));
        if (rename(founding.at, founded.at))
            return broken(arena, founded.at);
        TRY(folder_sync(arena, data_dir));
    }
    return move_up(arena, founded, data_dir);
}
