/* cases_cli.c: cases by the command: a fresh case each, given and taken by the program itself.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/json.h"
#include "cli/cases.h"

#include "base/banned.h"

static struct fault *cli_begin(struct cases *cases)
{
    struct str said;
    int code;
    TRY(cases_prepare(cases));
    const char *const words[] = {cases->program, "init", "--data", cases->folder, NULL};
    TRY(program_run(cases->cli->arena, words, &said, &code));
    if (code)
        return FAULT(cases->cli->arena, "no-test-program", "%s init ends with %d", cases->program,
                     code);
    cases->person = "administrator@localhost.invalid"; /* of seed/plain-body.json */
    return NULL;
}

static struct fault *give(struct cases *cases, struct arena *arena, const struct case_line *line,
                          const char **id)
{
    struct str said, facts = json_canonical(arena, case_facts_json(arena, line));
    int code;
    const char *const words[] = {cases->program, "give", str_z(arena, line->procedure),
                                 str_z(arena, line->state), str_z(arena, facts), "--as",
                                 cases->person, "--data", cases->folder, NULL};
    TRY(program_run(arena, words, &said, &code));
    if (code)
        return FAULT(arena, "malformed-case", "give ends with %d", code);
    *id = str_z(arena, str_trim(said));
    return NULL;
}

static struct fault *write_fields(struct cases *cases, struct arena *arena, const json_t *fields,
                                  const char **path)
{
    *path = str_z(arena, str_print(arena, "%s/fields.json", cases->folder));
    FILE *file = fopen(*path, "w");
    struct str text = json_canonical(arena, fields);
    if (!file)
        return FAULT(arena, "unreadable-file", "%s", *path);
    fwrite(text.at, 1, text.bytes, file);
    return fclose(file) ? FAULT(arena, "unreadable-file", "%s", *path) : NULL;
}

static struct fault *cli_answer(struct cases *cases, struct arena *arena,
                                const struct case_line *line, const struct case_known *known,
                                struct case_answer *out)
{
    const char *id, *fields;
    struct str said;
    json_t *told;
    int code;
    TRY(give(cases, arena, line, &id));
    TRY(write_fields(cases, arena, case_fields_json(cases, arena, known, line->step, str_of(id)),
                     &fields));
    /* --as and --data come last: an id may begin with a hyphen */
    const char *const words[] = {cases->program, "take", id, str_z(arena, line->step), "--json",
                                 "--fields", fields, "--as", cases->person, "--data",
                                 cases->folder, NULL};
    TRY(program_run(arena, words, &said, &code));
    TRY(json_read(arena, said, &told));
    *out = (struct case_answer){.allowed = code == 0, .to = json_get(told, "state"),
                                .expires = DAY_NONE, .clause = json_get(told, "clause"),
                                .guard = json_get(told, "guard")};
    day_parse(json_get(told, "expires"), &out->expires);
    if (code && !out->clause.bytes)
        return FAULT(arena, "malformed-case", "%.*s", STR_F(said));
    return NULL;
}

const struct road road_cli = {"cli", cli_begin, cli_answer, cases_clean};
