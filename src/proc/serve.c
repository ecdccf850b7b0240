/* serve.c: the parent: makes the sockets, starts the processes, starts again what crashes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It holds neither the key nor the database. It keeps both ends of all sockets, so that a process
 * that is started again finds the same ones; each child closes those that are not its own. */
#include "proc/serve.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/cli.h"
#include "desk/demo.h"
#include "proc/child.h"
#include "proc/prepare.h"
#include "proc/sandbox.h"

#include "base/banned.h"

enum {
    CHILDREN = 7,
    START_MS = 600000, /* a register of 100,000 labels is made anew in half a minute */
    END_MS = 5000,
    BACK_OFF_MS = 50,
    BACK_OFF_MAX_MS = 10000,
    STEADY_MS = 10000
};

struct child {
    const char *name;
    void (*run)(struct arena *arena, const struct plumbing *plumbing);
    pid_t pid;              /* 0: not running */
    int64_t started, again; /* ticks: of the start; when to start again */
    int back_off_ms;
};

struct parent {
    struct arena *arena;
    struct settings settings;
    struct plumbing plumbing;
    struct child children[CHILDREN];
    size_t children_n; /* the last is the post, which is there with --mail only */
    int ready; /* children write here when they accept */
    bool ending;
    sigset_t signals;
};

/* ---- what everyone is given */

static struct fault *make_plumbing(struct parent *parent)
{
    struct plumbing *plumbing = &parent->plumbing;
    struct settings *settings = &parent->settings;
    struct arena *arena = parent->arena;
    int ends[2];
    *plumbing = (struct plumbing){.settings = settings, .parent = getpid(), .public = -1};
    TRY(address_listen(arena, &settings->listen, &plumbing->listen));
    if (settings->public_apart)
        TRY(address_listen(arena, &settings->public, &plumbing->public));
    /* no path: the kernel picks a free abstract name */
    plumbing->inner_at =
        (struct address){.at.ss_family = AF_UNIX, .n = sizeof(sa_family_t), .text = STR("inner")};
    TRY(address_listen(arena, &plumbing->inner_at, &plumbing->inner));
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, plumbing->signer) ||
        socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, plumbing->clock) ||
        socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, plumbing->watch) ||
        socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, plumbing->clerk) ||
        socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, plumbing->missed) ||
        socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, plumbing->documents) ||
        pipe2(ends, O_CLOEXEC))
        return FAULT(arena, "broken-server", "sockets: %s", strerrordesc_np(errno));
    parent->ready = ends[0];
    plumbing->ready = ends[1];
    return NULL;
}

/* The address that labels carry: of the public socket where it is apart. */
static struct fault *choose_base(struct parent *parent)
{
    struct settings *settings = &parent->settings;
    if (!settings->base_url.bytes)
        settings->base_url = address_url(parent->arena, settings->public_apart ? &settings->public
                                                                               : &settings->listen);
    if (str_starts(settings->base_url, "unix:"))
        settings->base_url = STR("http://localhost");
    if (!settings->portal_url.bytes && settings->public_apart)
        settings->portal_url = address_url(parent->arena, &settings->listen);
    if (str_starts(settings->portal_url, "unix:"))
        settings->portal_url = STR_NONE;
    return base_check(parent->arena, settings->base_url);
}

/* ---- children */

static void start(struct parent *parent, struct child *child)
{
    child->started = clock_ticks();
    child->pid = fork();
    if (child->pid < 0) {
        child->pid = 0;
        child->again = child->started + BACK_OFF_MAX_MS;
        return;
    }
    if (child->pid)
        return;
    sigprocmask(SIG_UNBLOCK, &parent->signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    sandbox_follow_parent(parent->plumbing.parent);
    prctl(PR_SET_NAME, child->name); /* as ps and top show it */
    child->run(parent->arena, &parent->plumbing);
    _exit(1);
}

static void start_due(struct parent *parent)
{
    for (size_t i = 0; i < parent->children_n && !parent->ending; i++)
        if (!parent->children[i].pid && parent->children[i].again <= clock_ticks())
            start(parent, &parent->children[i]);
}

static void tell_all(const struct parent *parent, int signal_number)
{
    for (size_t i = 0; i < parent->children_n; i++)
        if (parent->children[i].pid > 0)
            kill(parent->children[i].pid, signal_number);
}

static void child_ended(struct parent *parent, struct child *child, int status)
{
    child->pid = 0;
    if (parent->ending)
        return;
    if (clock_ticks() - child->started > STEADY_MS)
        child->back_off_ms = 0;
    child->back_off_ms = child->back_off_ms ? child->back_off_ms * 2 : BACK_OFF_MS;
    if (child->back_off_ms > BACK_OFF_MAX_MS)
        child->back_off_ms = BACK_OFF_MAX_MS;
    child->again = clock_ticks() + child->back_off_ms;
    if (WIFSIGNALED(status))
        fprintf(stderr, "%s was ended by signal %d; starting it again\n", child->name,
                WTERMSIG(status));
    else
        fprintf(stderr, "%s ended with %d; starting it again\n", child->name, WEXITSTATUS(status));
}

/* True while any child is left. */
static bool reap(struct parent *parent)
{
    int status;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
        for (size_t i = 0; i < parent->children_n; i++)
            if (parent->children[i].pid == pid)
                child_ended(parent, &parent->children[i], status);
    for (size_t i = 0; i < parent->children_n; i++)
        if (parent->children[i].pid > 0)
            return true;
    return false;
}

static int wait_ms(const struct parent *parent)
{
    int64_t next = clock_ticks() + 60000;
    for (size_t i = 0; i < parent->children_n; i++)
        if (!parent->children[i].pid && parent->children[i].again < next)
            next = parent->children[i].again;
    int64_t ms = next - clock_ticks();
    return ms < 1 ? 1 : (int)ms;
}

/* The number of a signal that came, 0 when none came in time. */
static int signal_within(const struct parent *parent, int ms)
{
    struct timespec time = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L};
    int number = sigtimedwait(&parent->signals, NULL, &time);
    return number > 0 ? number : 0;
}

static void end_all(struct parent *parent)
{
    int64_t until = clock_ticks() + END_MS;
    parent->ending = true;
    tell_all(parent, SIGTERM);
    while (reap(parent)) {
        signal_within(parent, 50);
        if (clock_ticks() > until)
            tell_all(parent, SIGKILL);
    }
}

/* ---- start and end */

static void say_ready(const struct parent *parent, struct str roles)
{
    struct str url = address_url(parent->arena, &parent->settings.listen), token;
    while (roles.bytes) {
        struct str line = str_cut(roles, '\n', &roles);
        struct str role = str_cut(str_skip(line, 7), ' ', &token);
        printf("signin %.*s %.*s/signin/%.*s\n", STR_F(role), STR_F(url), STR_F(token));
    }
    printf("ready %.*s\n", STR_F(url));
    fflush(stdout);
}

/* Waits until all of them accept. False: one cannot, or we are told to end. */
static bool all_accept(struct parent *parent)
{
    int64_t until = clock_ticks() + START_MS;
    for (int accepting = 0; accepting < (int)parent->children_n;) {
        char word;
        struct pollfd wait = {.fd = parent->ready, .events = POLLIN};
        if (poll(&wait, 1, 20) > 0 && read(parent->ready, &word, 1) == 1)
            accepting++;
        int number = signal_within(parent, 0);
        reap(parent);
        for (size_t i = 0; i < parent->children_n; i++)
            if (!parent->children[i].pid)
                return false;
        if ((number && number != SIGCHLD) || clock_ticks() > until)
            return false;
    }
    return true;
}

static int supervise(struct parent *parent, struct str roles)
{
    sigemptyset(&parent->signals);
    sigaddset(&parent->signals, SIGTERM);
    sigaddset(&parent->signals, SIGINT);
    sigaddset(&parent->signals, SIGHUP);
    sigaddset(&parent->signals, SIGCHLD);
    sigprocmask(SIG_BLOCK, &parent->signals, NULL);
    start_due(parent);
    bool good = all_accept(parent);
    if (good)
        say_ready(parent, roles);
    while (good) {
        int number = signal_within(parent, wait_ms(parent));
        if (number && number != SIGCHLD)
            break;
        reap(parent);
        start_due(parent);
    }
    end_all(parent);
    return good ? 0 : 1;
}

/* A demonstration's clock is one that all processes share, and that its pages can turn. */
static struct fault *share_clock(struct parent *parent)
{
    struct clock *clock = &parent->settings.clock;
    if (!parent->settings.demo)
        return NULL;
    if (!parent->settings.today_given)
        TRY(demo_clock_read(parent->arena, parent->settings.data_dir, clock));
    void *shared = mmap(NULL, sizeof *clock->turned_ms, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        return FAULT(parent->arena, "broken-server", "memory: %s", strerrordesc_np(errno));
    clock->turned_ms = shared;
    return NULL;
}

static struct fault *begin(struct parent *parent, int argc, char **argv, struct str *roles)
{
    struct settings *settings = &parent->settings;
    char whole[PATH_MAX];
    TRY(settings_read(parent->arena, argc, argv, settings));
    TRY(folder_lock(parent->arena, settings->data_dir, settings->demo));
    if (!realpath(settings->data_dir.at, whole))
        return FAULT(parent->arena, "broken-file", "%.*s: %s", STR_F(settings->data_dir),
                     strerrordesc_np(errno));
    settings->data_dir = str_copy(parent->arena, str_of(whole));
    TRY(share_clock(parent));
    TRY(make_plumbing(parent));
    TRY(choose_base(parent));
    return prepare(parent->arena, settings, roles);
}

int serve(int argc, char **argv)
{
    struct parent parent = {
        .arena = arena_new(1 << 30),
        .children = {{.name = "hoshi-signer", .run = child_signer},
                     {.name = "hoshi-public", .run = child_public},
                     {.name = "hoshi-clerk", .run = child_clerk},
                     {.name = "hoshi-clock", .run = child_clock},
                     {.name = "hoshi-watch", .run = child_watch},
                     {.name = "hoshi-portal", .run = child_portal},
                     {.name = "hoshi-post", .run = child_post}},
    };
    struct str roles = STR_NONE;
    int code;
    if (!parent.arena)
        return 1;
    struct fault *fault = begin(&parent, argc, argv, &roles);
    if (fault) {
        struct cli cli = {
            .arena = parent.arena, .book = &hoshi_rulebook, .english = true, .program = "hoshi"};
        code = cli_fault(&cli, fault);
        code = code ? code : 1;
    } else {
        parent.children_n = CHILDREN - (parent.settings.mail.url.bytes ? 0 : 1);
        code = supervise(&parent, roles);
    }
    arena_free(parent.arena);
    return code;
}
