/* test_cases.c: the cases of the rule book, on the judge: every line of the files named.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cases_run.h"
#include "check.h"

#include "base/banned.h"

static void line_check(struct tally *tally, const char *path, const struct case_line *line)
{
    struct case_known known;
    struct str unknown;
    if (!CHECK(tally, case_know(&hoshi_rulebook, line, &known, &unknown),
               "%s:%d is in the book's words", path, line->line)) {
        printf("# no such word or value: %.*s\n", STR_F(unknown));
        return;
    }
    struct case_answer answer = case_judged(&hoshi_rulebook, line, &known);
    if (CHECK(tally, case_agrees(line, &answer), "%s:%d %.*s %.*s -> %.*s", path, line->line,
              STR_F(line->step), STR_F(line->role), STR_F(line->allowed ? line->to : line->clause)))
        return;
    char day[11];
    printf("# got %s %.*s%.*s %.*s%.*s\n", answer.allowed ? "allowed" : "refused", STR_F(answer.to),
           STR_F(answer.clause), STR_F(answer.guard), STR_F(day_print(answer.expires, day)));
}

int main(int n, char **paths)
{
    struct tally tally = {0};
    struct arena *arena = arena_new(64 << 20);
    CHECK(&tally, n > 1, "there are case files");
    for (int i = 1; i < n; i++) {
        struct case_reader reader = case_reader_of(case_file_read(arena, paths[i]));
        enum case_read read;
        while ((read = case_next(&reader)) == CASE_LINE)
            line_check(&tally, paths[i], &reader.now);
        CHECK(&tally, read == CASE_END, "%s is read to its end (line %d)", paths[i],
              reader.now.line);
    }
    arena_free(arena);
    return tally_end(&tally);
}
