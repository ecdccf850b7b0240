/* words.c: options in, faults out: what the commands share.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "cli/cli.h"

#include "base/banned.h"

int cli_usage(const struct cli *cli, const char *name, const char *ja, const char *en, ...)
{
    va_list values;
    va_start(values, en);
    struct str ja_said = str_vprint(cli->arena, ja, values);
    va_end(values);
    va_start(values, en);
    struct str en_said = str_vprint(cli->arena, en, values);
    va_end(values);
    struct str said = cli->english ? en_said : ja_said;
    fprintf(stderr, "hoshi %s: %.*s\n", name, STR_F(said));
    for (const struct command *command = commands; command->name; command++)
        if (strcmp(command->name, name) == 0)
            fprintf(stderr, "%s: hoshi %s %s\n", cli_text(cli, "使い方", "usage"), name,
                    command->usage);
    return EXIT_USAGE;
}

int cli_fault(const struct cli *cli, const struct fault *fault)
{
    const struct fault_row *row = fault_row_of(cli->book, fault->code);
    int code = row && row->exit ? row->exit : 1;
    for (; fault; fault = fault->next) {
        const struct guard_row *guard = guard_row_of(cli->book, fault->guard);
        row = fault_row_of(cli->book, fault->code);
        const char *text = guard ? text_in(guard->text, cli->english)
                           : row ? text_in(row->text, cli->english)
                                 : "";
        fprintf(stderr, "hoshi: %s: %s", fault->code, text);
        if (fault->guard)
            fprintf(stderr, " [%s]", fault->guard);
        if (fault->concerns.bytes)
            fprintf(stderr, " (%.*s)", STR_F(fault->concerns));
        if (fault->clause)
            fprintf(stderr, " %s %s", cli_text(cli, "条項", "clause"), fault->clause);
        fputc('\n', stderr);
        if (!fault->guard && fault->detail.bytes)
            fprintf(stderr, "    %.*s\n", STR_F(fault->detail));
    }
    return code;
}

int cli_fault_json(const struct cli *cli, const struct fault *fault)
{
    const struct fault_row *row = fault_row_of(cli->book, fault->code);
    json_t *told = json_new(cli->arena);
    json_put(told, "code", str_of(fault->code));
    json_put(told, "guard", str_of(fault->guard));
    json_put(told, "clause", str_of(fault->clause));
    json_put(told, "concerns", fault->concerns);
    struct str text = json_canonical(cli->arena, told);
    printf("%.*s\n", STR_F(text));
    return row && row->exit ? row->exit : 1;
}

static void take_out(struct cli *cli, int at, int n)
{
    for (int i = at; i + n < cli->argc; i++)
        cli->argv[i] = cli->argv[i + n];
    cli->argc -= n;
}

const char *cli_option(struct cli *cli, const char *name)
{
    size_t bytes = strlen(name);
    for (int i = 0; i < cli->argc; i++) {
        char *word = cli->argv[i];
        if (strncmp(word, name, bytes) != 0)
            continue;
        if (word[bytes] == '=') {
            take_out(cli, i, 1);
            return word + bytes + 1;
        }
        if (word[bytes] == '\0' && i + 1 < cli->argc) {
            const char *value = cli->argv[i + 1];
            take_out(cli, i, 2);
            return value;
        }
    }
    return NULL;
}

bool cli_flag(struct cli *cli, const char *name)
{
    for (int i = 0; i < cli->argc; i++)
        if (strcmp(cli->argv[i], name) == 0) {
            take_out(cli, i, 1);
            return true;
        }
    return false;
}

bool cli_left_over(const struct cli *cli, const char *command)
{
    for (int i = 0; i < cli->argc; i++)
        if (strncmp(cli->argv[i], "--", 2) == 0) {
            cli_usage(cli, command, "'%s' は使えないか、値がありません",
                      "'%s' is no option here, or has no value", cli->argv[i]);
            return true;
        }
    return false;
}
