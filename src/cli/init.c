/* init.c: hoshi init: founds a registry; an existing one is left alone.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/embedded.h"
#include "base/json.h"
#include "cli/cli.h"
#include "desk/demo.h"
#include "desk/found.h"

#include "base/banned.h"

enum { BODY_BYTES_MAX = 1 << 20 };

extern const struct embedded seed_files[];

static void print_link(struct str role, struct str token)
{
    printf("signin %.*s /signin/%.*s\n", STR_F(role), STR_F(token));
}

static struct fault *init_demo(struct cli *cli, struct desk *desk)
{
    struct demo_role *roles;
    size_t n;
    TRY(demo_make(desk, cli->arena));
    TRY(demo_roles(desk, cli->arena, &roles, &n));
    for (size_t i = 0; i < n; i++)
        print_link(roles[i].role, roles[i].token);
    return NULL;
}

/* Everyone of the body gets an invitation: a link that opens once, to choose a password. */
static struct fault *init_body(struct cli *cli, struct desk *desk, const char *file)
{
    struct str token, text = embedded_find(seed_files, "plain-body.json");
    struct founder *founders;
    json_t *body;
    size_t n;
    if (file)
        TRY(cli_read_file(cli, file, BODY_BYTES_MAX, &text));
    TRY(json_read(cli->arena, text, &body));
    TRY(desk_found(desk, cli->arena, body, &founders, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(desk_make_link(desk, cli->arena, founders[i].who.account, true, &token));
        printf("invitation %.*s /invitation/%.*s\n", STR_F(founders[i].key), STR_F(token));
    }
    return NULL;
}

int cli_init(struct cli *cli)
{
    const char *data = cli_option(cli, "--data"), *body = cli_option(cli, "--body");
    bool demo = cli->demo = cli_flag(cli, "--demo");
    struct desk *desk;
    if (cli_left_over(cli, "init"))
        return EXIT_USAGE;
    if (!data || cli->argc)
        return cli_usage(cli, "init", "--data DIR が要ります", "wants --data DIR");
    if (demo && body)
        return cli_usage(cli, "init", "--demo と --body は同時に使えません",
                         "takes --demo or --body, not both");
    struct fault *fault = cli_open_desk(cli, data, &desk);
    if (!fault)
        fault = demo ? init_demo(cli, desk) : init_body(cli, desk, body);
    return fault ? cli_fault(cli, fault) : 0;
}
