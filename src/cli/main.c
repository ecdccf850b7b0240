/* main.c: which command is meant; help.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

#include "base/banned.h"

enum { COMMAND_BYTES_MAX = 1 << 30 };

const struct command commands[] = {
    {"serve", "--data DIR --listen ADDR [--public ADDR] [--demo]",
     {"窓口・API・公開ページを提供します", "serves the portal, the API and the public pages"}, NULL},
    {"init", "--data DIR [--demo] [--body FILE]",
     {"新しい登録簿を作ります", "founds a new registry"}, cli_init},
    {"open", "PROCEDURE LEVEL --as PERSON [--label NUMBER] [--case CASE] [--data DIR]",
     {"新しい案件を開きます", "opens a case and prints its id"}, cli_open},
    {"take", "CASE STEP --as PERSON [--data DIR] [FIELD=VALUE... | --fields FILE.json] [--json]",
     {"案件の手順を一つ行います", "takes one step of a case"}, cli_take},
    {"take-mail", "[--data DIR] <MESSAGE",
     {"メールで届いた脆弱性の届出を受け付けます", "takes a report of a vulnerability that came by mail"},
     cli_take_mail},
    {"why", "CASE STEP [--as PERSON] [--data DIR]",
     {"手順の可否と根拠条項を示します", "shows why a step is allowed or refused, guard by guard"}, cli_why},
    {"cases", "[--via judge|cli|http] FILE...",
     {"規則の事例を確かめます", "checks the cases of the rules"}, cli_cases},
    {"rules", "show CLAUSE", {"条項を定める規則を示します", "shows the rules of a clause"}, cli_rules},
    {"draw", "SEED N <NUMBERS",
     {"公表された種から標本を引き直します", "draws a sample again from its published seed"}, cli_draw},
    {"clauses", "", {"条項ごとの規則・事例・試験を示します", "shows the rules, cases and tests of every clause"},
     cli_clauses},
    {"clock", "[--data DIR] [--once]",
     {"期日の来た時計の手順を行います", "takes the clock's steps that are due"}, cli_clock},
    {"watch", "[--data DIR] [--anew] [--watch-private]",
     {"脆弱性情報の公表元を今読み取ります", "reads the feeds of advisories now"}, cli_watch},
    {"replay", "--check --data DIR",
     {"記録簿から全行を再現し、違いを示します", "rebuilds every row from the journal and names what differs"},
     cli_replay},
#ifdef HOSHI_TEST
    {"give", "PROCEDURE STATE FACTS --as PERSON --data DIR",
     {"与えられた事実による案件を作ります", "makes a case with given facts"}, cli_give},
#endif
    {0},
};

const char *cli_text(const struct cli *cli, const char *ja, const char *en)
{
    return cli->english ? en : ja;
}

int cli_help(struct cli *cli)
{
    printf("%s\n\n", cli_text(cli, "Hoshi: ラベリング制度を規程のとおりに運用する仕組み",
                              "Hoshi runs a labelling scheme by its manual"));
    for (const struct command *command = commands; command->name; command++)
        printf("  hoshi %s%s%s\n      %s\n", command->name, command->usage[0] ? " " : "",
               command->usage, text_in(command->text, cli->english));
    printf("\n%s\n",
           cli_text(cli,
                    "終了コード: 0 完了、1 違いあり又は障害、2 形式の誤り又は確認不能、3 "
                    "規則による不可、4 存在しない、64 使い方の誤り。言語は LANG で選びます。",
                    "Exit codes: 0 done, 1 different or broken, 2 malformed or not checked, 3 "
                    "refused by a rule, 4 not there, 64 wrong usage. LANG chooses the language."));
    return 0;
}

/* Japanese first: English only for who asks for it, or for a language that is neither. */
static bool wants_english(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return !str_starts(str_of(value), "ja");
    }
    return true;
}

static const struct command *command_named(const char *name)
{
    for (const struct command *command = commands; command->name; command++)
        if (strcmp(command->name, name) == 0 && command->run)
            return command;
    return NULL;
}

static int run(struct cli *cli)
{
    const char *name = cli->argc > 1 ? cli->argv[1] : "--help";
    if (strcmp(name, "--help") == 0 || strcmp(name, "help") == 0 || strcmp(name, "-h") == 0) {
        cli_help(cli);
        return cli->argc > 1 ? 0 : EXIT_USAGE;
    }
    const struct command *command = command_named(name);
    if (!command) {
        fprintf(stderr, cli_text(cli, "hoshi: '%s' という命令はありません。hoshi --help を見てください。\n",
                                 "hoshi: there is no command '%s'. See hoshi --help.\n"), name);
        return EXIT_USAGE;
    }
    cli->argc -= 2;
    cli->argv += 2;
    if (cli_flag(cli, "--help")) {
        printf("hoshi %s %s\n    %s\n", command->name, command->usage,
               text_in(command->text, cli->english));
        return 0;
    }
    return command->run(cli);
}

int cli_main(int argc, char **argv)
{
    return cli_main_signing(argc, argv, NULL);
}

int cli_main_signing(int argc, char **argv, cli_signer *signer)
{
    struct arena *arena = arena_new(COMMAND_BYTES_MAX);
    if (!arena)
        return 1;
    struct cli cli = {.arena = arena, .book = &hoshi_rulebook, .english = wants_english(),
                      .program = argv[0], .argc = argc, .argv = argv, .signer = signer};
    int code = run(&cli);
    arena_free(arena);
    if (fflush(stdout)) {
        perror("hoshi");
        return 1;
    }
    return code;
}
