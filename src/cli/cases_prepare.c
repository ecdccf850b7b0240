/* cases_prepare.c: the test program, a folder of its own, and starting programs.
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/embedded.h"
#include "base/json.h"
#include "cli/cases.h"

#include "base/banned.h"

enum { SAID_BYTES_MAX = 1 << 20, PATH_BYTES_MAX = 4096 };

extern const struct embedded seed_files[];

static struct fault *find_program(struct cases *cases)
{
    struct arena *arena = cases->cli->arena;
    char self[PATH_BYTES_MAX];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    if (n < 0)
        return FAULT(arena, "unreadable-file", "/proc/self/exe: %s", strerror(errno));
    struct str path = {.at = self, .bytes = (size_t)n};
    while (path.bytes && path.at[path.bytes - 1] != '/')
        path.bytes--;
    cases->program = str_z(arena, str_print(arena, "%.*shoshi-test", STR_F(path)));
    if (access(cases->program, X_OK))
        return FAULT(arena, "no-test-program",
                     "%s is missing: given facts exist in the test build only (make build)",
                     cases->program);
    return NULL;
}

static struct fault *read_criteria(struct cases *cases)
{
    struct arena *arena = cases->cli->arena;
    json_t *seed, *one;
    size_t i;
    TRY(json_read(arena, embedded_find(seed_files, "criteria.json"), &seed));
    const json_t *criteria = json_object_get(json_array_get(json_object_get(seed, "editions"), 0),
                                             "criteria");
    struct str *ids = NEW_ARRAY(arena, json_array_size(criteria) + 1, struct str);
    json_array_foreach((json_t *)criteria, i, one) ids[i] = json_get(one, "id");
    cases->edition =
        json_get(json_array_get(json_object_get(seed, "editions"), 0), "id");
    cases->criteria = (struct words){.at = ids, .n = json_array_size(criteria)};
    return NULL;
}

/* What a run writes is gone with it, so memory will do where there is a file system of it. */
static const char *place_of_folder(void)
{
    const char *named = getenv("TMPDIR");
    if (named && *named)
        return named;
    return access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm";
}

struct fault *cases_prepare(struct cases *cases)
{
    struct arena *arena = cases->cli->arena;
    TRY(find_program(cases));
    TRY(read_criteria(cases));
    char *folder = str_z(arena, str_print(arena, "%s/hoshi-cases-XXXXXX", place_of_folder()));
    if (!mkdtemp(folder))
        return FAULT(arena, "unreadable-file", "%s: %s", folder, strerror(errno));
    cases->folder = folder;
    unsetenv("HOSHI_DATABASE"); /* registries of a run are its own, never one that exists */
    unsetenv("HOSHI_TODAY");
    return NULL;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

void cases_clean(struct cases *cases)
{
    if (cases->folder)
        nftw(cases->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

struct fault *program_run(struct arena *arena, const char *const *words, struct str *said,
                          int *code)
{
    int pipes[2], status;
    if (pipe(pipes))
        return FAULT(arena, "unreadable-file", "pipe: %s", strerror(errno));
    pid_t child = fork();
    if (child == 0) {
        dup2(pipes[1], STDOUT_FILENO);
        close(pipes[0]);
        close(pipes[1]);
        execv(words[0], (char *const *)words);
        _exit(127);
    }
    close(pipes[1]);
    char *at = arena_alloc(arena, SAID_BYTES_MAX);
    size_t n = 0;
    for (ssize_t got; child > 0 && n < SAID_BYTES_MAX &&
                      (got = read(pipes[0], at + n, SAID_BYTES_MAX - n)) > 0;)
        n += (size_t)got;
    close(pipes[0]);
    if (child < 0 || waitpid(child, &status, 0) < 0)
        return FAULT(arena, "unreadable-file", "%s: %s", words[0], strerror(errno));
    *code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    *said = (struct str){.at = at, .bytes = n};
    return NULL;
}
