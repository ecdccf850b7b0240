/* clock.c: hoshi clock: takes the steps that are due, by hand: beside a server, or in its place.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <unistd.h>

#include "cli/cli.h"
#include "desk/clock.h"

#include "base/banned.h"

enum { LOOK_S = 20, SWEEP_BYTES_MAX = 1 << 28 };

static struct fault *sweep_once(struct cli *cli, struct desk *desk, struct arena *arena, bool quiet)
{
    struct sweep sweep;
    TRY(desk_clock_sweep(desk, arena, &sweep));
    if (quiet && sweep.taken + sweep.refused + sweep.put_off == 0)
        return NULL;
    printf(cli_text(cli, "行った手順 %lld、不可 %lld、先に延びた %lld\n",
                    "%lld steps taken, %lld refused, %lld put off\n"),
           (long long)sweep.taken, (long long)sweep.refused, (long long)sweep.put_off);
    fflush(stdout);
    return NULL;
}

int cli_clock(struct cli *cli)
{
    const char *data = cli_data(cli);
    bool once = cli_flag(cli, "--once");
    struct desk *desk;
    if (cli_left_over(cli, "clock"))
        return EXIT_USAGE;
    if (cli->argc)
        return cli_usage(cli, "clock", "引数は --data DIR と --once だけです",
                         "takes --data DIR and --once alone");
    struct arena *arena = arena_new(SWEEP_BYTES_MAX);
    if (!arena)
        return 1;
    struct fault *fault = cli_open_registry(cli, data, &desk);
    if (!fault)
        fault = sweep_once(cli, desk, arena, false);
    while (!fault && !once) {
        sleep(LOOK_S);
        fault = sweep_once(cli, desk, arena, true);
    }
    int code = fault ? cli_fault(cli, fault) : 0;
    arena_free(arena);
    return code;
}
