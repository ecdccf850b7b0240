/* public.c: the public process: the register's folder, its sockets, and nothing else.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Fonts and their configuration, which every machine shows to everyone, may be read for label art.
 */
#include "web/public.h"

#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include "proc/child.h"
#include "proc/sandbox.h"
#include "rule/rulebook.h"

#include "base/banned.h"

/* One way, and nothing but the number: a full socket drops it. */
static void missed(void *whom, struct str number)
{
    const struct plumbing *plumbing = whom;
    send(plumbing->missed[1], number.at, number.bytes, MSG_NOSIGNAL | MSG_DONTWAIT);
}

static struct fault *serve(struct arena *arena, const struct plumbing *plumbing)
{
    const struct settings *settings = plumbing->settings;
    struct public_settings about = {
        .folder = str_print(arena, "%.*s/register", STR_F(settings->data_dir)),
        .base_url = settings->base_url,
        .portal_url = settings->portal_url,
        .book = &hoshi_rulebook,
        .clock = &settings->clock,
        .demo = settings->demo,
        .missed = missed,
        .whom = (void *)(uintptr_t)plumbing,
    };
    struct str fonts[] = {
        about.folder,      STR("/usr/share/fonts"),      STR("/usr/local/share/fonts"),
        STR("/etc/fonts"), STR("/usr/share/fontconfig"), STR("/var/cache/fontconfig")};
    sandbox_enter((struct words){fonts, sizeof fonts / sizeof *fonts}, STR_NONE);
    struct public_half *half;
    struct http *http;
    TRY(public_new(arena, &about, &half));
    struct http_settings how = {
        .answer = public_answer, .whom = half, .log = settings->log, .body_bytes_max = 4096};
    TRY(http_new(arena, &how, &http));
    TRY(http_listen(http, arena, plumbing->inner));
    if (plumbing->public >= 0)
        TRY(http_listen(http, arena, plumbing->public));
    child_ends_on_signal(http);
    child_ready(plumbing, http);
    http_run(http);
    http_free(http);
    return NULL;
}

_Noreturn void child_public(struct arena *arena, const struct plumbing *plumbing)
{
    child_forgets_database(plumbing);
    sandbox_close_all_but(
        (int[]){plumbing->inner, plumbing->public, plumbing->missed[1], plumbing->ready}, 4);
    struct fault *fault = serve(arena, plumbing);
    if (fault)
        child_fails("public", fault);
    _exit(0);
}
