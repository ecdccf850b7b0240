/* rules.c: hoshi rules: show CLAUSE, with the rows that carry it; list, procedures and their steps.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "rule/mentions.h"

#include "base/banned.h"

static void roles_print(const struct cli *cli, struct range by)
{
    for (size_t i = 0; i < by.n; i++)
        printf("%s%s", i ? ", " : "",
               text_in(cli->book->roles[cli->book->ids[by.first + i]].text, cli->english));
}

static void states_print(const struct cli *cli, const struct step_row *step)
{
    for (size_t i = 0; i < step->from.n; i++)
        printf("%s%s", i ? "|" : "", cli->book->states[cli->book->ids[step->from.first + i]].name);
    printf(" -> %s", cli->book->states[step->to].name);
}

static void uses_print(const struct cli *cli, struct range uses, const char *word, bool effects)
{
    for (size_t i = 0; i < uses.n; i++) {
        const struct use *use = &cli->book->uses[uses.first + i];
        struct text text =
            effects ? cli->book->effects[use->id].text : cli->book->guards[use->id].text;
        const char *name =
            effects ? cli->book->effects[use->id].name : cli->book->guards[use->id].name;
        printf("      %-5s %-30s %-8s %s\n", word, name, use->clause, text_in(text, cli->english));
    }
}

static void step_print(const struct cli *cli, const struct step_row *step)
{
    printf("    %-20s %-8s ", step->name, step->clause);
    states_print(cli, step);
    printf("  (");
    roles_print(cli, step->by);
    printf(")\n");
    for (size_t i = 0; i < step->aparts.n; i++) {
        const struct apart_row *apart = &cli->book->aparts[step->aparts.first + i];
        printf("      %-5s %-30s %s\n", "apart", apart->step, apart->clause);
    }
    if (step->at)
        printf("      %-5s %-30s %-8s %s\n", "at", cli->book->facts[step->at].name, step->at_clause,
               text_in(cli->book->facts[step->at].text, cli->english));
    for (size_t i = 0; i < step->thens.n; i++) {
        const struct then_row *then = &cli->book->thens[step->thens.first + i];
        printf("      %-5s %s %-29s %s\n", "then", cli->book->procedures[then->procedure].name,
               then->step, then->clause);
    }
    uses_print(cli, step->whens, "when", false);
    uses_print(cli, step->does, "does", true);
}

static int rules_list(struct cli *cli)
{
    printf("%s\n", cli->book->edition);
    for (size_t i = 1; i < cli->book->procedures_n; i++) {
        const struct procedure_row *procedure = &cli->book->procedures[i];
        printf("  %s  %s  %s  (%s)\n", procedure->name, procedure->clause,
               text_in(procedure->title, cli->english), procedure->section);
        for (size_t s = 0; s < procedure->steps.n; s++)
            step_print(cli, &cli->book->steps[procedure->steps.first + s]);
    }
    return 0;
}

/* Rows carry an id or a prefix of one: "4.1.2" asked shows 4.1.2-1 and what is written 4.1
 * or 4.1.2. */
static size_t rows_print(const char *id)
{
    size_t n = 0;
    for (size_t i = 0; i < hoshi_mentions_n; i++) {
        const struct mention *mention = &hoshi_mentions[i];
        if (mention->sort != MENTION_ROW || !clause_covers(str_of(mention->clause), str_of(id)))
            continue;
        printf("  rules/%s:%-4d %s%s\n", mention->file, mention->line, mention->what,
               mention->ours ? " (ours)" : "");
        n++;
    }
    return n;
}

static int rules_show(struct cli *cli, const char *asked)
{
    size_t n = 0;
    for (size_t i = 1; i < cli->book->clauses_n; i++) {
        const struct clause_row *clause = &cli->book->clauses[i];
        if (!clause_covers(str_of(asked), str_of(clause->id)))
            continue;
        printf("%s  %s  [%s]\n", clause->id, text_in(clause->text, cli->english), clause->kind);
        if (!rows_print(clause->id))
            printf("  %s\n", cli_text(cli, "未実装 (not yet)", "not yet"));
        for (size_t s = 1; s < cli->book->steps_n; s++)
            if (clause_covers(str_of(cli->book->steps[s].clause), str_of(clause->id)))
                step_print(cli, &cli->book->steps[s]);
        n++;
    }
    if (n)
        return 0;
    struct fault *fault = FAULT(cli->arena, "unknown-clause", "no clause %s", asked);
    fault->concerns = str_of(asked);
    return cli_fault(cli, fault);
}

int cli_rules(struct cli *cli)
{
    if (cli->argc == 2 && strcmp(cli->argv[0], "show") == 0)
        return rules_show(cli, cli->argv[1]);
    if (cli->argc == 1 && strcmp(cli->argv[0], "list") == 0)
        return rules_list(cli);
    return cli_usage(cli, "rules", "「rules list」又は「rules show 条項」",
                     "rules list, or rules show CLAUSE");
}
