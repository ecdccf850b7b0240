/* child.c: what the processes have in common.
 * SPDX-License-Identifier: Apache-2.0 */
#include "proc/child.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "proc/signer.h"
#include "web/http.h"

#include "base/banned.h"

enum { SIGN_TRIES = 50, SIGN_MS = 200 };

static void told_to_end(void *whom, short events)
{
    (void)events;
    http_stop(whom);
}

void child_ends_on_signal(struct http *http)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    int fd = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    if (fd < 0)
        BUG("signalfd");
    http_watch(http, fd, POLLIN, told_to_end, http);
}

void child_forgets_database(const struct plumbing *plumbing)
{
    struct str url = plumbing->settings->database_url; /* lies in the environment itself */
    if (url.bytes)
        explicit_bzero((char *)(uintptr_t)url.at, url.bytes);
}

void child_says_ready(const struct plumbing *plumbing)
{
    ssize_t wrote = write(plumbing->ready, "r", 1); /* nobody listens after the first start */
    (void)wrote;
    close(plumbing->ready);
}

static void say_ready(void *whom)
{
    child_says_ready(whom);
}

/* From the loop's first turn: then it accepts. */
void child_ready(const struct plumbing *plumbing, struct http *http)
{
    http_timer(http, 0, say_ready, (void *)(uintptr_t)plumbing);
}

/* One request and its answer, in tens of microseconds. A signer that has just crashed is started
 * again by the parent on the same socket, so the request is repeated. */
struct fault *child_has_signed(int fd, struct arena *arena, int64_t seq, const struct hash *hash)
{
    struct sign_request request = {.seq = seq, .hash = *hash};
    for (int i = 0; i < SIGN_TRIES; i++) {
        if (send(fd, &request, sizeof request, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 && errno != EAGAIN)
            return FAULT(arena, "broken-head", "the signer cannot be asked: %s",
                         strerrordesc_np(errno));
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        while (poll(&wait, 1, SIGN_MS) > 0) {
            int64_t told = 0;
            if (recv(fd, &told, sizeof told, MSG_DONTWAIT) == (ssize_t)sizeof told && told == seq)
                return NULL; /* an answer to an earlier request is passed over */
        }
    }
    return FAULT(arena, "broken-head", "the signer does not answer");
}

void child_wakes_clerk(const struct plumbing *plumbing)
{
    send(plumbing->clerk[0], "!", 1, MSG_NOSIGNAL | MSG_DONTWAIT); /* full: it is awake */
}

static struct fault *committed(void *whom, struct arena *arena, int64_t seq,
                               const struct hash *hash)
{
    const struct writer *writer = whom;
    child_wakes_clerk(writer->plumbing);
    return child_has_signed(writer->signer, arena, seq, hash);
}

struct desk child_desk(const struct writer *writer, struct store *store)
{
    const struct settings *settings = writer->plumbing->settings;
    return (struct desk){.store = store,
                         .book = &hoshi_rulebook,
                         .clock = &settings->clock,
                         .base_url = settings->base_url,
                         .data_dir = settings->data_dir,
                         .committed = committed,
                         .whom = (void *)(uintptr_t)writer};
}

_Noreturn void child_fails(const char *who, const struct fault *fault)
{
    fprintf(stderr, "hoshi: %s: %.*s (%s)\n", who, STR_F(fault->detail), fault->code);
    _exit(1);
}

_Noreturn void child_signer(struct arena *arena, const struct plumbing *plumbing)
{
    child_forgets_database(plumbing);
    signer_serve(arena, plumbing->settings->data_dir, &plumbing->settings->clock,
                 (int[]){plumbing->signer[1], plumbing->clock[1], plumbing->watch[1],
                         plumbing->documents[1]},
                 plumbing->ready);
}
