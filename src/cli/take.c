/* take.c: hoshi open, hoshi take: a step as a person takes it, through the one writer.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "cli/cli.h"

#include "base/banned.h"

enum { FIELDS_BYTES_MAX = 8 << 20 };

/* "product.ja=…" fills one tongue of a field; a value that reads as JSON is taken as JSON. */
static struct fault *add_field(struct cli *cli, json_t *fields, struct str word)
{
    struct str value, tongue, name = str_cut(word, '=', &value);
    json_t *read = NULL;
    if (!value.at)
        return FAULT(cli->arena, "malformed-argument", "'%.*s' is no FIELD=VALUE", STR_F(word));
    name = str_cut(name, '.', &tongue);
    char *member = str_z(cli->arena, name);
    if (tongue.at) {
        json_t *both = json_object_get(fields, member);
        if (!json_is_object(both))
            both = json_new(cli->arena);
        json_put(both, str_z(cli->arena, tongue), value);
        json_put_json(fields, member, both);
    } else if (value.bytes && strchr("[{", value.at[0]) &&
               !json_read(cli->arena, value, &read)) {
        json_put_json(fields, member, read);
    } else {
        json_put(fields, member, value);
    }
    return NULL;
}

static struct fault *read_fields(struct cli *cli, const char *file, json_t **out)
{
    struct str text;
    *out = json_new(cli->arena);
    if (file) {
        TRY(cli_read_file(cli, file, FIELDS_BYTES_MAX, &text));
        TRY(json_read(cli->arena, text, out));
    }
    for (int i = 2; i < cli->argc; i++)
        TRY(add_field(cli, *out, str_of(cli->argv[i])));
    return NULL;
}

static void print_taken(const struct cli *cli, const struct step_answer *answer)
{
    const struct state_row *state = &cli->book->states[answer->verdict.to];
    char room[11];
    printf("%s (%s)", state->name, text_in(state->text, cli->english));
    if (answer->verdict.outcome.expires.n > 0) {
        struct str expires = day_print(answer->verdict.outcome.expires, room);
        printf(" %.*s", STR_F(expires));
    }
    printf("\n");
}

static void print_json(const struct cli *cli, const struct step_answer *answer)
{
    char room[11];
    struct day expires = answer->verdict.outcome.expires;
    json_t *told = json_new(cli->arena);
    json_put(told, "state", str_of(cli->book->states[answer->verdict.to].name));
    json_put_int(told, "version", answer->version);
    json_put_int(told, "entry", answer->seq);
    json_put(told, "expires", expires.n > 0 ? day_print(expires, room) : STR_NONE);
    struct str text = json_canonical(cli->arena, told);
    printf("%.*s\n", STR_F(text));
}

static struct fault *take(struct cli *cli, const char *data, const char *as, const char *file,
                          bool json)
{
    struct desk *desk;
    struct principal who;
    struct step_answer answer;
    struct step_request request = {
        .step = str_of(cli->argv[1]), .expected_version = -1, .who = &who};
    TRY(read_fields(cli, file, &request.fields));
    TRY(cli_open_desk(cli, data, &desk));
    TRY(cli_principal(cli, desk->store, as, &who));
    TRY(cli_case_id(cli, desk->store, cli->argv[0], &request.case_id));
    TRY(desk_may_see(desk, cli->arena, &who, request.case_id));
    TRY(desk_take_step(desk, cli->arena, &request, &answer));
    if (json)
        print_json(cli, &answer);
    else
        print_taken(cli, &answer);
    return NULL;
}

int cli_take(struct cli *cli)
{
    const char *data = cli_data(cli), *as = cli_option(cli, "--as");
    const char *file = cli_option(cli, "--fields");
    bool json = cli_flag(cli, "--json");
    if (cli_left_over(cli, "take"))
        return EXIT_USAGE;
    if (!as || cli->argc < 2)
        return cli_usage(cli, "take", "案件、手順、--as を指定してください",
                         "wants a case, a step and --as");
    struct fault *fault = take(cli, data, as, file, json);
    return !fault ? 0 : json ? cli_fault_json(cli, fault) : cli_fault(cli, fault);
}

static struct fault *open_case(struct cli *cli, const char *data, const char *as,
                               struct case_request *request)
{
    struct desk *desk;
    struct principal who;
    struct str id;
    TRY(cli_open_desk(cli, data, &desk));
    TRY(cli_principal(cli, desk->store, as, &who));
    request->who = &who;
    TRY(desk_open_case(desk, cli->arena, request, &id));
    printf("%.*s\n", STR_F(id));
    return NULL;
}

int cli_open(struct cli *cli)
{
    const char *data = cli_data(cli), *as = cli_option(cli, "--as");
    const char *party = cli_option(cli, "--party"), *label = cli_option(cli, "--label");
    const char *decided = cli_option(cli, "--case");
    int64_t level;
    if (cli_left_over(cli, "open"))
        return EXIT_USAGE;
    if (!as || cli->argc != 2 || !str_int(str_of(cli->argv[1]), &level))
        return cli_usage(cli, "open", "手続の種類、レベル、--as を指定してください",
                         "wants a procedure, a level and --as");
    struct case_request request = {.procedure = str_of(cli->argv[0]), .level = level,
                                   .label = label ? str_of(label) : STR_NONE,
                                   .decided = decided ? str_of(decided) : STR_NONE,
                                   .party = party ? str_of(party) : STR_NONE};
    struct fault *fault = open_case(cli, data, as, &request);
    return fault ? cli_fault(cli, fault) : 0;
}
