/* watch.c: the watch's process: feeds of advisories, read on their schedule: 4.8.3.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It looks often, so that a file that appears is taken in within a minute; addresses are asked when
 * they are due. It writes by the desk as the clock does. It reads nothing but DATA, the folder of
 * --feeds and what a name and a certificate need, and listens nowhere. */
#include <curl/curl.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/fetch.h"
#include "proc/child.h"
#include "proc/sandbox.h"

#include "base/banned.h"

enum {
    LOOK_US = 20000000,
    DEMO_LOOK_US = 1000000, /* where somebody waits for it */
    BATCH_BYTES_MAX = 1 << 30
};

_Noreturn static void work(struct desk *desk, const struct settings *settings)
{
    struct arena *batch = arena_new(BATCH_BYTES_MAX);
    struct fetching fetching = {.private_places = settings->watch_private};
    for (;;) {
        struct watch watch = {.desk = desk, .fetch = fetch_address, .whom = &fetching};
        struct watch_count count;
        struct fault *fault = watch_run(&watch, batch, &count);
        if (fault) /* of the engine: the next process goes on from here */
            child_fails("watch", fault);
        if (count.refused)
            fprintf(stderr, "hoshi: watch: %lld records could not be read\n",
                    (long long)count.refused);
        arena_reset(batch);
        usleep(settings->demo ? DEMO_LOOK_US : LOOK_US);
    }
}

_Noreturn void child_watch(struct arena *arena, const struct plumbing *plumbing)
{
    const struct settings *settings = plumbing->settings;
    const struct str read[] = {STR("/etc/resolv.conf"), STR("/etc/hosts"),
                               STR("/etc/host.conf"),   STR("/etc/gai.conf"),
                               STR("/etc/services"),    STR("/etc/nsswitch.conf"),
                               STR("/etc/ssl"),         STR("/run/systemd/resolve"),
                               STR("/usr"),             STR("/lib"),
                               settings->feeds};
    size_t read_n = sizeof read / sizeof *read - (settings->feeds.bytes ? 0 : 1);
    struct store_settings about = {.data_dir = settings->data_dir,
                                   .database_url = settings->database_url};
    struct store *store;
    sandbox_close_all_but((int[]){plumbing->watch[0], plumbing->clerk[0], plumbing->ready}, 3);
    struct fault *fault = store_open(arena, &about, &store);
    if (!fault && curl_global_init(CURL_GLOBAL_DEFAULT))
        fault = FAULT(arena, "broken-server", "%s", "libcurl");
    if (fault)
        child_fails("watch", fault);
    sandbox_enter_outwards((struct words){read, read_n}, settings->data_dir);
    struct writer writer = {.plumbing = plumbing, .signer = plumbing->watch[0]};
    struct desk desk = child_desk(&writer, store);
    child_says_ready(plumbing);
    work(&desk, settings);
}
