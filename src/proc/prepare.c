/* prepare.c: a registry that can be served.
 * SPDX-License-Identifier: Apache-2.0 */
#include "proc/prepare.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "desk/demo.h"
#include "proc/founding.h"
#include "proc/sandbox.h"
#include "proc/signer.h"
#include "store/files.h"
#include "store/seal.h"
#include "store/journal_read.h"

#include "base/banned.h"

enum { LINES_MAX = 64 << 10, PREPARE_BYTES_MAX = 1 << 30, LOCK_TRIES = 40, LOCK_PAUSE_US = 50000 };

struct fault *folder_lock(struct arena *arena, struct str data_dir, bool make)
{
    const char *folder = str_z(arena, data_dir);
    if (make)
        mkdir(folder, 0700);
    struct str path = str_print(arena, "%s/lock", folder);
    int fd = open(path.at, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return FAULT(arena, "no-registry",
                     "%s: %s; `hoshi init` makes one, and so does serve --demo", folder,
                     strerrordesc_np(errno));
    /* a server that was killed a moment ago may still be on its way out */
    for (int tries = 0; flock(fd, LOCK_EX | LOCK_NB); tries++) {
        if (tries == LOCK_TRIES) {
            close(fd);
            return FAULT(arena, "registry-busy", "another server has %s", folder);
        }
        usleep(LOCK_PAUSE_US);
    }
    return NULL; /* held until the process ends */
}

static struct fault *print_roles(struct arena *arena, struct desk *desk, FILE *out)
{
    struct demo_role *roles;
    size_t n;
    TRY(demo_roles(desk, arena, &roles, &n));
    for (size_t i = 0; i < n; i++)
        fprintf(out, "signin %.*s %.*s\n", STR_F(roles[i].role), STR_F(roles[i].token));
    return NULL;
}

/* demo_make() writes the keys last: by `hoshi init`, or into a database of another server. */
static bool is_half_made(struct arena *arena, struct str data_dir)
{
    return access(str_print(arena, "%.*s/demo-keys.json", STR_F(data_dir)).at, F_OK) != 0;
}

static struct fault *make_ready(struct arena *arena, const struct settings *settings, FILE *out)
{
    struct store_settings about = {.data_dir = settings->data_dir,
                                   .database_url = settings->database_url};
    struct desk desk = {.book = &hoshi_rulebook,
                        .clock = &settings->clock,
                        .base_url = settings->base_url,
                        .data_dir = settings->data_dir};
    struct head head;
    TRY(founding_make(arena, settings));
    TRY(store_open(arena, &about, &desk.store));
    TRY(signer_for_desk(arena, &desk));
    TRY(journal_head(desk.store, arena, &head));
    if (head.seq == 0 && !settings->demo)
        return FAULT(arena, "no-registry", "%.*s holds no registry: `hoshi init` makes one",
                     STR_F(settings->data_dir));
    if (head.seq == 0)
        TRY(demo_make(&desk, arena));
    else if (settings->demo && is_half_made(arena, settings->data_dir))
        return FAULT(arena, "no-registry",
                     "making %.*s was interrupted: remove it, empty its database, and start again",
                     STR_F(settings->data_dir));
    TRY(seal_check(desk.store, arena));
    TRY(files_sweep(arena, settings->data_dir));
    return settings->demo ? print_roles(arena, &desk, out) : NULL;
}

/* The child's end: lines on the pipe, or "fault CODE DETAIL". */
_Noreturn static void child(const struct settings *settings, int fd)
{
    struct arena *arena = arena_new(PREPARE_BYTES_MAX);
    FILE *out = fdopen(fd, "w");
    struct fault *fault = make_ready(arena, settings, out);
    if (fault)
        fprintf(out, "fault %s %.*s\n", fault->code, STR_F(fault->detail));
    fclose(out);
    arena_free(arena);
    _exit(fault ? 1 : 0);
}

static struct str read_all(struct arena *arena, int fd)
{
    char *text = arena_alloc(arena, LINES_MAX);
    size_t n = 0;
    for (ssize_t got; n < LINES_MAX && (got = read(fd, text + n, LINES_MAX - n)) != 0;) {
        if (got < 0 && errno != EINTR)
            break;
        n += got > 0 ? (size_t)got : 0;
    }
    return (struct str){text, n};
}

struct fault *prepare(struct arena *arena, const struct settings *settings, struct str *roles)
{
    int ends[2], parent = getpid(), status = 0;
    if (pipe2(ends, O_CLOEXEC))
        return FAULT(arena, "broken-server", "pipe: %s", strerrordesc_np(errno));
    pid_t pid = fork();
    if (pid < 0)
        return FAULT(arena, "broken-server", "fork: %s", strerrordesc_np(errno));
    if (pid == 0) {
        sandbox_follow_parent(parent);
        close(ends[0]);
        child(settings, ends[1]);
    }
    close(ends[1]);
    *roles = read_all(arena, ends[0]);
    close(ends[0]);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (status == 0)
        return folder_make(arena, str_print(arena, "%.*s/register", STR_F(settings->data_dir)));
    struct str detail, line = str_trim(*roles);
    for (struct str rest = line; rest.bytes;) /* the last line says it */
        line = str_cut(rest, '\n', &rest);
    if (!str_starts(line, "fault "))
        return FAULT(arena, "broken-server", "the registry could not be prepared (status %x)",
                     (unsigned)status);
    struct str code = str_cut(str_skip(line, 6), ' ', &detail);
    return FAULT(arena, str_z(arena, code), "%.*s", STR_F(detail));
}
