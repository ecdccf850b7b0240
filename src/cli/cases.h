/* cases.h: between the files of `hoshi cases`: three roads to an answer.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_CLI_CASES_H
#define HOSHI_CLI_CASES_H

#include <sys/types.h>

#include "cli/cli.h"
#include "cli/client.h"
#include "rule/case_judge.h"

struct cases {
    struct cli *cli;
    const char *program;    /* hoshi-test: the program built with given facts */
    const char *folder;     /* of this run, removed at its end */
    struct words criteria;  /* ids of the checklist's lines … */
    struct str edition;     /* … in this edition */
    const char *person;     /* cli: under whose account */
    pid_t server;           /* http */
    struct client client;
    struct str key;
};

struct road {
    const char *name;
    struct fault *(*begin)(struct cases *cases);
    struct fault *(*answer)(struct cases *cases, struct arena *arena, const struct case_line *line,
                            const struct case_known *known, struct case_answer *out);
    void (*end)(struct cases *cases);
};
extern const struct road road_judge, road_cli, road_http;

/* The facts and the role of a case as {"name": "value" | true}. */
json_t *case_facts_json(struct arena *arena, const struct case_line *line);
/* What the step's form must have, so that its guards are reached; a file is that of the case. */
json_t *case_fields_json(const struct cases *cases, struct arena *arena,
                         const struct case_known *known, struct str step, struct str id);

/* The test program beside this one; a folder of this run; both for cli and http. */
struct fault *cases_prepare(struct cases *cases);
void cases_clean(struct cases *cases);

/* Runs the program with these words; what it said on standard output, at most 1 MiB. */
struct fault *program_run(struct arena *arena, const char *const *words, struct str *said,
                          int *code);

#endif
