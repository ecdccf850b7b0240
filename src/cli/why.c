/* why.c: hoshi why CASE STEP: the facts, then each check, true or false, with its clause.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "store/sql.gen.h"

#include "base/banned.h"

static const char *words_of_guard(const struct cli *cli, const struct why_line *line)
{
    if (line->guard_id)
        return text_in(cli->book->guards[line->guard_id].text, cli->english);
    if (strcmp(line->guard, "authority") == 0)
        return cli_text(cli, "この手順を行う役割に就いている", "holds a role that takes the step");
    if (strcmp(line->guard, "apart") == 0)
        return cli_text(cli, "先の手順を行った人とは別の人である", "took none of the steps it must be apart from");
    if (strcmp(line->guard, "due") == 0)
        return cli_text(cli, "時計がこの手順を行う日時になっている",
                        "the day on which the clock takes the step is come");
    return cli_text(cli, "案件がその状態にある", "the case is in a state that the step leaves");
}

static void print_facts(const struct cli *cli, const struct facts *facts)
{
    char room[400];
    printf("%s\n", cli_text(cli, "事実", "Facts"));
    for (size_t i = 1; i < cli->book->facts_n; i++)
        if (fact_print(cli->book, facts, (int)i, room, sizeof room))
            printf("  %-36s %s\n", room, text_in(cli->book->facts[i].text, cli->english));
}

/* A guard's text says what is wrong; beside "no" it reads right, beside "yes" its name must do. */
static void print_lines(const struct cli *cli, const struct offer *offer)
{
    printf("%s %s (%s)\n", offer->step->name,
           text_in(cli->book->acts[offer->step->act].text, cli->english),
           offer->role ? text_in(cli->book->roles[offer->role].text, cli->english)
                       : cli_text(cli, "役割なし", "no role"));
    for (size_t i = 0; i < offer->lines_n; i++) {
        const struct why_line *line = &offer->lines[i];
        printf("  %-5s %-28s %-10s%s%s\n", line->holds ? "true" : "false", line->guard,
               line->clause ? line->clause : "", line->holds && line->guard_id ? "" : " ",
               line->holds && line->guard_id ? "" : words_of_guard(cli, line));
    }
}

static struct fault *whose_view(struct cli *cli, struct store *store, const char *as,
                                struct str case_id, struct principal *who)
{
    struct row_casework *work;
    if (as)
        return cli_principal(cli, store, as, who);
    TRY(sql_case_by_id(store, cli->arena, case_id, &work));
    return cli_principal(cli, store, str_z(cli->arena, work->opened_by), who);
}

static struct fault *why(struct cli *cli, const char *data, const char *as, bool *allowed)
{
    struct desk *desk;
    struct principal who;
    struct str case_id;
    struct offer *offers;
    struct facts facts;
    size_t n;
    TRY(cli_open_desk(cli, data, &desk));
    TRY(store_begin(desk->store, cli->arena, false));
    TRY(cli_case_id(cli, desk->store, cli->argv[0], &case_id));
    TRY(whose_view(cli, desk->store, as, case_id, &who));
    TRY(desk_facts(desk, cli->arena, &who, case_id, str_of(cli->argv[1]), &facts));
    TRY(desk_offers(desk, cli->arena, &who, case_id, &offers, &n));
    print_facts(cli, &facts);
    *allowed = true;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(offers[i].step->name, cli->argv[1]) != 0)
            continue;
        print_lines(cli, &offers[i]);
        for (size_t l = 0; l < offers[i].lines_n; l++)
            *allowed = *allowed && offers[i].lines[l].holds;
    }
    return store_commit(desk->store, cli->arena);
}

int cli_why(struct cli *cli)
{
    const char *data = cli_data(cli), *as = cli_option(cli, "--as");
    bool allowed = false;
    if (cli_left_over(cli, "why"))
        return EXIT_USAGE;
    if (cli->argc != 2)
        return cli_usage(cli, "why", "案件と手順を指定してください", "wants a case and a step");
    struct fault *fault = why(cli, data, as, &allowed);
    if (fault)
        return cli_fault(cli, fault);
    return allowed ? 0 : 1;
}
