/* cases.c: hoshi cases: does the law, the command or the server answer as the case files state?
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/cases.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "desk/sample.h"

#include "base/banned.h"

enum { CASES_BYTES_MAX = 4 << 20, CASE_BYTES_MAX = 64 << 20 };

/* ---- shared by the roads */

json_t *case_facts_json(struct arena *arena, const struct case_line *line)
{
    json_t *facts = json_new(arena);
    for (size_t i = 0; i <= line->given_n; i++) {
        struct str fact, row = i < line->given_n ? line->given[i] : line->facts;
        while (case_fact_next(&row, &fact)) {
            struct str value, name = str_cut(fact, '=', &value);
            if (name.bytes == fact.bytes)
                json_put_bool(facts, str_z(arena, name), true);
            else
                json_put(facts, str_z(arena, name), value);
        }
    }
    json_put(facts, "role", line->role);
    return facts;
}

/* What a given case has under its own id: a file, and a label. */
static json_t *given_own(const struct rulebook *book, struct arena *arena, int form,
                         struct str id)
{
    json_t *files = json_new(arena);
    struct range parts = book->forms[form].fields;
    for (size_t i = 0; i < parts.n; i++) {
        const struct form_field *part = &book->form_fields[parts.first + i];
        json_t *list = json_new_list(arena);
        if (part->must && book->fields[part->field].sort == FIELD_LABEL)
            json_put(files, book->fields[part->field].name, id);
        if (!part->must || book->fields[part->field].sort != FIELD_FILE)
            continue;
        json_add_str(list, id);
        json_put_json(files, book->fields[part->field].name, list);
    }
    return files;
}

json_t *case_fields_json(const struct cases *cases, struct arena *arena,
                         const struct case_known *known, struct str step, struct str id)
{
    const struct rulebook *book = cases->cli->book;
    const struct step_row *row = step_by_name(book, known->procedure, step);
    struct clock clock = {0};
    struct day today = known->facts.today.n > 0 ? known->facts.today : clock_today(&clock);
    return row && row->form ? sample_fields(book, arena, row->form, today, cases->criteria,
                                            given_own(book, arena, row->form, id))
                            : json_new(arena);
}

/* ---- on the judge */

static struct fault *judge_begin(struct cases *cases)
{
    (void)cases;
    return NULL;
}

static struct fault *judge_answer(struct cases *cases, struct arena *arena,
                                  const struct case_line *line, const struct case_known *known,
                                  struct case_answer *out)
{
    (void)arena;
    struct verdict verdict = judge(cases->cli->book, known->procedure, line->step, known->role,
                                   known->state, &known->facts);
    *out = case_answer_of(cases->cli->book, &verdict);
    return NULL;
}

static void judge_end(struct cases *cases)
{
    (void)cases;
}

const struct road road_judge = {"judge", judge_begin, judge_answer, judge_end};

/* ---- the report */

struct count {
    int passed, failed;
};

static void print_answer(const struct case_answer *answer)
{
    char room[11];
    if (!answer->allowed)
        printf("refused %.*s %.*s", STR_F(answer->clause), STR_F(answer->guard));
    else
        printf("%.*s %.*s", STR_F(answer->to),
               STR_F(answer->expires.n > 0 ? day_print(answer->expires, room) : STR_NONE));
}

static void try_line(struct cases *cases, const struct road *road, const char *path,
                     const struct case_line *line, struct count *count)
{
    struct arena *arena = arena_new(CASE_BYTES_MAX);
    if (!arena)
        BUG("no memory for a case");
    struct case_known *known = NEW(arena, struct case_known);
    struct case_answer answer = {0};
    struct str unknown;
    struct fault *fault = NULL;
    if (!case_know(cases->cli->book, line, known, &unknown))
        fault = FAULT(arena, "malformed-case", "no such word: %.*s", STR_F(unknown));
    else
        fault = road->answer(cases, arena, line, known, &answer);
    if (!fault && case_agrees(line, &answer)) {
        count->passed++;
    } else {
        count->failed++;
        printf("%s:%d: %.*s %.*s %.*s %.*s: ", path, line->line, STR_F(line->procedure),
               STR_F(line->step), STR_F(line->role), STR_F(line->state));
        if (fault)
            printf("%s: %.*s", fault->code, STR_F(fault->detail));
        else
            print_answer(&answer);
        printf("\n");
    }
    arena_free(arena);
}

static struct fault *try_file(struct cases *cases, const struct road *road, const char *path,
                              struct count *count)
{
    struct str text;
    TRY(cli_read_file(cases->cli, path, CASES_BYTES_MAX, &text));
    struct case_reader reader = case_reader_of(text);
    for (;;) {
        switch (case_next(&reader)) {
        case CASE_END:
            return NULL;
        case CASE_MALFORMED: /* one slip of the pen hides none of the other lines */
            count->failed++;
            printf("%s:%d: malformed-case: this line cannot be read\n", path, reader.now.line);
            break;
        case CASE_LINE:
            try_line(cases, road, path, &reader.now, count);
            break;
        }
    }
}

static const struct road *road_named(const char *name)
{
    static const struct road *const roads[] = {&road_judge, &road_cli, &road_http};
    for (size_t i = 0; i < sizeof roads / sizeof *roads; i++)
        if (strcmp(roads[i]->name, name) == 0)
            return roads[i];
    return NULL;
}

int cli_cases(struct cli *cli)
{
    const char *via = cli_option(cli, "--via");
    const struct road *road = road_named(via ? via : "judge");
    struct cases *cases = NEW(cli->arena, struct cases);
    struct count count = {0};
    cases->cli = cli;
    if (cli_left_over(cli, "cases"))
        return EXIT_USAGE;
    if (!road || cli->argc == 0)
        return cli_usage(cli, "cases", "--via は judge、cli、http のいずれか。ファイルも指定してください",
                         "takes --via judge, cli or http, and wants files");
    struct fault *fault = road->begin(cases);
    for (int i = 0; i < cli->argc && !fault; i++)
        fault = try_file(cases, road, cli->argv[i], &count);
    road->end(cases);
    if (fault) {
        cli_fault(cli, fault);
        return EXIT_NOT_CHECKED;
    }
    printf("%d passed, %d failed\n", count.passed, count.failed);
    return count.failed ? 1 : 0;
}
