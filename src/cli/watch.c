/* watch.c: hoshi watch: reads the feeds of advisories now, by hand.
 * SPDX-License-Identifier: Apache-2.0 */
#include <curl/curl.h>
#include <stdio.h>

#include "cli/cli.h"
#include "cli/fetch.h"
#include "desk/watch.h"

#include "base/banned.h"

enum { RUN_BYTES_MAX = 1 << 30 };

static struct fault *run(struct cli *cli, const char *data, struct watch *watch)
{
    struct watch_count count;
    struct arena *arena = arena_new(RUN_BYTES_MAX);
    if (!arena)
        return FAULT(cli->arena, "no-memory", "%s", "for the feeds");
    struct fault *fault = cli_open_registry(cli, data, &watch->desk);
    if (!fault)
        fault = watch_run(watch, arena, &count);
    if (!fault)
        printf(cli_text(cli,
                        "記録 %lld、新しい記録 %lld、一致 %lld、案件 %lld、提案 %lld、"
                        "読めない記録 %lld\n",
                        "%lld records, %lld of them new, %lld matches, %lld cases, %lld put "
                        "forward, %lld records cannot be read\n"),
               (long long)count.records, (long long)count.new_records, (long long)count.matched,
               (long long)count.cases, (long long)count.put_forward, (long long)count.refused);
    if (fault)
        fault = FAULT(cli->arena, str_z(cli->arena, str_of(fault->code)), "%.*s",
                      STR_F(fault->detail));
    arena_free(arena);
    return fault;
}

int cli_watch(struct cli *cli)
{
    const char *data = cli_data(cli);
    struct fetching fetching = {.private_places = cli_flag(cli, "--watch-private")};
    struct watch watch = {.anew = cli_flag(cli, "--anew"), .by_hand = true,
                          .fetch = fetch_address, .whom = &fetching};
    if (cli_left_over(cli, "watch"))
        return EXIT_USAGE;
    if (cli->argc)
        return cli_usage(cli, "watch", "引数は --data DIR、--anew、--watch-private だけです",
                         "takes --data DIR, --anew and --watch-private alone");
    curl_global_init(CURL_GLOBAL_DEFAULT);
    struct fault *fault = run(cli, data, &watch);
    curl_global_cleanup();
    return fault ? cli_fault(cli, fault) : 0;
}
