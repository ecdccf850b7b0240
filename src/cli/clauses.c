/* clauses.c: hoshi clauses: a line for every clause, with what carries it, or "not yet".
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "rule/mentions.h"

#include "base/banned.h"

/* Places of one sort: "FILE:LINE,LINE FILE:LINE"; a line that carries a clause twice is one place.
 */
static size_t places_print(const char *id, enum mention_sort sort, const char *heading)
{
    const struct mention *last = NULL;
    size_t n = 0;
    for (size_t i = 0; i < hoshi_mentions_n; i++) {
        const struct mention *mention = &hoshi_mentions[i];
        if (mention->sort != sort || !clause_covers(str_of(mention->clause), str_of(id)))
            continue;
        bool same_file = last && strcmp(last->file, mention->file) == 0;
        if (same_file && last->line == mention->line)
            continue;
        if (n == 0)
            printf("  %s", heading);
        if (same_file)
            printf(",%d", mention->line);
        else
            printf(" %s:%d", mention->file, mention->line);
        last = mention;
        n++;
    }
    return n;
}

int cli_clauses(struct cli *cli)
{
    if (cli->argc > 0)
        return cli_usage(cli, "clauses", "引数は要りません", "takes nothing");
    for (size_t i = 1; i < cli->book->clauses_n; i++) {
        const struct clause_row *clause = &cli->book->clauses[i];
        size_t n = 0;
        printf("%-9s %s", clause->id, text_in(clause->text, cli->english));
        n += places_print(clause->id, MENTION_ROW, cli_text(cli, "規則", "rows"));
        n += places_print(clause->id, MENTION_CASE, cli_text(cli, "事例", "cases"));
        n += places_print(clause->id, MENTION_TEST, cli_text(cli, "試験", "tests"));
        printf("%s\n", n ? "" : cli_text(cli, "  未実装 (not yet)", "  not yet"));
    }
    return 0;
}
