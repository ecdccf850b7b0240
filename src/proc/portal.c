/* portal.c: the portal's process: the desk and its pages; every commit signed before it is
 * answered.
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desk/desk.h"
#include "proc/child.h"
#include "proc/sandbox.h"
#include "proc/signer.h"
#include "store/files.h"
#include "web/forward.h"
#include "web/intake.h"
#include "web/misses.h"
#include "web/web.h"

#include "base/banned.h"

enum {
    PUBLISH_MS = 2000,
    BODY_BYTES = 2 << 20
};

/* An answer that waits until the register has come as far as its step. */
struct waiting {
    struct waiting *next;
    struct portal_process *process;
    struct http_exchange *exchange;
    struct http_timer *timer;
    struct response response; /* its texts live in the request's arena */
    int64_t seq;
};

struct portal_process {
    const struct plumbing *plumbing;
    struct writer writer;
    struct desk desk;
    struct web web;
    struct http *http;
    struct waiting *waiting;
    int64_t published;
};

/* ---- answers that wait for the register */

static void waiting_end(struct waiting *waiting)
{
    struct waiting **place = &waiting->process->waiting;
    while (*place != waiting)
        place = &(*place)->next;
    *place = waiting->next;
    http_resume(waiting->exchange, &waiting->response);
    free(waiting);
}

static void waited_enough(void *whom)
{
    struct waiting *waiting = whom;
    waiting->timer = NULL;
    waiting_end(waiting);
}

static void clerk_told(void *whom, short events)
{
    struct portal_process *process = whom;
    int64_t seq;
    (void)events;
    while (recv(process->plumbing->clerk[0], &seq, sizeof seq, MSG_DONTWAIT) == (ssize_t)sizeof seq)
        process->published = seq;
    for (struct waiting *waiting = process->waiting, *next; waiting; waiting = next) {
        next = waiting->next;
        if (waiting->seq > process->published)
            continue;
        http_timer_drop(process->http, waiting->timer);
        waiting_end(waiting);
    }
}

static void await_published(void *whom, struct http_exchange *exchange, int64_t seq,
                            const struct response *response)
{
    struct portal_process *process = whom;
    struct waiting *waiting = malloc(sizeof *waiting);
    http_suspend(exchange);
    if (!waiting || seq <= process->published) {
        free(waiting);
        http_resume(exchange, response);
        return;
    }
    *waiting = (struct waiting){.next = process->waiting,
                                .process = process,
                                .exchange = exchange,
                                .response = *response,
                                .seq = seq};
    waiting->timer = http_timer(process->http, PUBLISH_MS, waited_enough, waiting);
    process->waiting = waiting;
    child_wakes_clerk(process->plumbing);
}

/* ---- numbers that are none */

static void number_missed(void *whom, short events)
{
    struct portal_process *process = whom;
    char number[64];
    ssize_t n;
    (void)events;
    while ((n = recv(process->plumbing->missed[0], number, sizeof number, MSG_DONTWAIT)) > 0)
        misses_add(process->web.misses, (struct str){number, (size_t)n});
}

/* ---- the process */

/* What uploads left behind when a server was killed. */
static struct fault *spool_make(struct arena *arena, struct str data_dir, struct str *out)
{
    *out = str_print(arena, "%.*s/spool", STR_F(data_dir));
    return folder_make(arena, *out);
}

static struct fault *serve(struct arena *arena, struct portal_process *process)
{
    const struct plumbing *plumbing = process->plumbing;
    const struct settings *settings = plumbing->settings;
    struct store_settings about = {.data_dir = settings->data_dir,
                                   .database_url = settings->database_url};
    struct store *store;
    TRY(store_open(arena, &about, &store));
    process->writer = (struct writer){.plumbing = plumbing, .signer = plumbing->signer[0]};
    process->desk = child_desk(&process->writer, store);
    struct http_settings how = {.answer = web_answer,
                                .admit = web_admit,
                                .whom = &process->web,
                                .body_bytes_max = BODY_BYTES,
                                .file_bytes_max = INTAKE_BYTES_MAX,
                                .log = settings->log};
    TRY(spool_make(arena, settings->data_dir, &how.spool_dir));
    TRY(http_new(arena, &how, &process->http));
    TRY(http_listen(process->http, arena, plumbing->listen));
    struct forward *forward =
        forward_new(arena, process->http, (const struct sockaddr *)&plumbing->inner_at.at,
                    plumbing->inner_at.n);
    process->web = (struct web){.desk = &process->desk,
                                .store = store,
                                .book = &hoshi_rulebook,
                                .clock = &settings->clock,
                                .http = process->http,
                                .mails = settings->mail.url.bytes > 0,
                                .demo = settings->demo,
                                .base_url = settings->base_url,
                                .data_dir = settings->data_dir,
                                .forward = forward_answer,
                                .forward_whom = forward,
                                .await_published = await_published,
                                .publisher = process};
    TRY(web_begin(&process->web, arena));
    http_watch(process->http, plumbing->clerk[0], POLLIN, clerk_told, process);
    http_watch(process->http, plumbing->missed[0], POLLIN, number_missed, process);
    child_wakes_clerk(process->plumbing);
    child_ends_on_signal(process->http);
    child_ready(plumbing, process->http);
    http_run(process->http);
    http_free(process->http);
    return NULL;
}

_Noreturn void child_portal(struct arena *arena, const struct plumbing *plumbing)
{
    struct portal_process *process = NEW(arena, struct portal_process);
    process->plumbing = plumbing;
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    sandbox_close_all_but(
        (int[]){plumbing->listen, plumbing->signer[0], plumbing->clerk[0], plumbing->missed[0],
                plumbing->ready},
        5);
    struct fault *fault = serve(arena, process);
    if (fault)
        child_fails("portal", fault);
    arena_free(arena);
    _exit(0);
}
