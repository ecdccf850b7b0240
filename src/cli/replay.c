/* replay.c: hoshi replay --check: does every row follow from the journal?
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "cli/cli.h"
#include "store/replay.h"

#include "base/banned.h"

static void say(void *whom, struct str table, struct str key, struct str column)
{
    (void)whom;
    printf("%.*s %.*s %.*s\n", STR_F(table), STR_F(key), STR_F(column));
}

int cli_replay(struct cli *cli)
{
    const char *data = cli_option(cli, "--data");
    bool check = cli_flag(cli, "--check");
    if (cli_left_over(cli, "replay"))
        return EXIT_USAGE;
    if (!data || !check || cli->argc)
        return cli_usage(cli, "replay", "--check と --data DIR を指定してください",
                         "wants --check and --data DIR");
    struct store *store;
    struct replay_report report = {0};
    struct fault *fault = cli_open_store(cli, data, true, &store);
    if (!fault)
        fault = replay_check(store, cli->arena, str_of(data), say, NULL, &report);
    if (fault) {
        cli_fault(cli, fault);
        return EXIT_NOT_CHECKED;
    }
    fprintf(stderr, cli_text(cli, "記録 %lld 件、行 %lld、違い %lld\n",
                             "%lld entries, %lld rows, %lld differences\n"),
            (long long)report.entries, (long long)report.rows, (long long)report.differences);
    return report.differences ? 1 : 0;
}
