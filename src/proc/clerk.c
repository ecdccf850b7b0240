/* clerk.c: the clerk's process: when woken, what is new in the journal goes into the register.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The portal wakes it after each commit; commands that write beside the server cannot, so it looks
 * by itself every two seconds. Each time it tells the portal how far the register has come. */
#include "register/clerk.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "desk/published.h"
#include "proc/child.h"
#include "proc/document.h"
#include "proc/sandbox.h"
#include "rule/rulebook.h"
#include "store/store.h"

#include "base/banned.h"

enum { LOOK_MS = 2000, FAILED_MS = 500, ROUND_BYTES_MAX = 1 << 30 };

static void tell_portal(void *whom, int64_t seq)
{
    const int *fd = whom;
    send(*fd, &seq, sizeof seq, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* Takes all that has come to wake it: one round does for all. */
static bool drain(int fd)
{
    char knock[8];
    for (;;) {
        ssize_t n = recv(fd, knock, sizeof knock, MSG_DONTWAIT);
        if (n == 0)
            return false;
        if (n < 0)
            return errno == EAGAIN || errno == EINTR;
    }
}

_Noreturn static void work(struct clerk *clerk, const struct plumbing *plumbing)
{
    struct arena *round = arena_new(ROUND_BYTES_MAX);
    int fd = plumbing->clerk[1];
    bool told_ready = false, open = true;
    clerk->placed = tell_portal;
    clerk->whom = &fd;
    while (open) {
        int64_t seq = 0;
        bool renamed;
        struct fault *fault = clerk_publish(clerk, round, &seq, &renamed);
        if (fault)
            fprintf(stderr, "hoshi: clerk: %.*s (%s)\n", STR_F(fault->detail), fault->code);
        else
            tell_portal(&fd, seq);
        if (!fault && !told_ready) {
            child_says_ready(plumbing);
            told_ready = true;
        }
        arena_reset(round);
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        if (poll(&wait, 1, fault ? FAILED_MS : LOOK_MS) > 0)
            open = drain(fd);
    }
    _exit(0);
}

static struct fault *sign(void *whom, struct arena *arena, struct str document,
                          struct str *signature)
{
    const int *fd = whom;
    return document_sign(*fd, arena, document, signature);
}

static struct fault *key(void *whom, struct arena *arena, struct str *fingerprint,
                         struct str *public_key)
{
    const int *fd = whom;
    return document_key(*fd, arena, fingerprint, public_key);
}

_Noreturn void child_clerk(struct arena *arena, const struct plumbing *plumbing)
{
    const struct settings *settings = plumbing->settings;
    struct store_settings about = {
        .data_dir = settings->data_dir, .database_url = settings->database_url, .read_only = true};
    struct store *store;
    int documents = plumbing->documents[0];
    sandbox_close_all_but((int[]){plumbing->clerk[1], plumbing->documents[0], plumbing->ready}, 3);
    struct fault *fault = store_open(arena, &about, &store);
    if (fault)
        child_fails("clerk", fault);
    const struct rulebook *book = &hoshi_rulebook;
    int format = parameter_by_name(book, STR("registration-number-format"));
    struct clerk clerk = {
        .data_dir = settings->data_dir,
        .number_format = str_of(book->parameters[format].value),
        .source = published_source(store),
        .base_url = settings->base_url,
        .signing = {.sign = sign, .key = key, .whom = &documents},
        .clock = &settings->clock,
    };
    work(&clerk, plumbing);
}
