/* give.c: hoshi-test give: a case with given facts. In test builds only.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/json.h"
#include "cli/cli.h"
#include "desk/given.h"

#include "base/banned.h"

#ifdef HOSHI_TEST

static struct fault *give(struct cli *cli, const char *data, const char *as)
{
    struct desk *desk;
    struct principal who;
    struct str id;
    json_t *facts;
    TRY(json_read(cli->arena, str_of(cli->argv[2]), &facts));
    TRY(cli_open_desk(cli, data, &desk));
    TRY(cli_principal(cli, desk->store, as, &who));
    TRY(desk_give(desk, cli->arena, &who, str_of(cli->argv[0]), str_of(cli->argv[1]), 1, STR_NONE,
                  facts, &id));
    printf("%.*s\n", STR_F(id));
    return NULL;
}

int cli_give(struct cli *cli)
{
    const char *data = cli_option(cli, "--data"), *as = cli_option(cli, "--as");
    if (!data || !as || cli->argc != 3)
        return cli_usage(cli, "give", "手続、状態、事実を指定してください", "wants a procedure, a state and facts");
    struct fault *fault = give(cli, data, as);
    return fault ? cli_fault(cli, fault) : 0;
}

#else

int cli_give(struct cli *cli)
{
    return cli_usage(cli, "give", "試験用の組立てにだけあります", "is there in test builds only");
}

#endif
