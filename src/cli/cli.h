/* cli.h: the commands of `hoshi`: one file for each, text for people, exit codes for scripts.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Exit codes: 0 done · 1 the answer is no (cases failed, replay differs, a step refused: the
 * fault's own code) · 2 could not be checked · 64 wrong usage. Words in Japanese or English by
 * LANG. */
#ifndef HOSHI_CLI_H
#define HOSHI_CLI_H

#include "desk/desk.h"

enum { EXIT_USAGE = 64, EXIT_NOT_CHECKED = 2 };

/* Has the desk's heads signed (desk->committed): given by proc/, which alone holds keys. */
typedef struct fault *cli_signer(struct arena *arena, struct desk *desk);

struct cli {
    struct arena *arena;
    const struct rulebook *book;
    bool english;
    const char *program;  /* argv[0] */
    int argc;             /* what follows the command's name */
    char **argv;
    bool demo;            /* init --demo: HOSHI_TODAY may set the clock */
    cli_signer *signer;   /* NULL: heads stay unsigned until a server comes */
};

struct command {
    const char *name;
    const char *usage;    /* what follows the name */
    struct text text;     /* one line of help */
    int (*run)(struct cli *cli);
};
extern const struct command commands[]; /* ends with a NULL name */

/* Everything but `serve`, which proc/ calls itself. Gives the exit code. */
int cli_main(int argc, char **argv);
int cli_main_signing(int argc, char **argv, cli_signer *signer);

int cli_init(struct cli *cli);
int cli_open(struct cli *cli);
int cli_take(struct cli *cli);
int cli_take_mail(struct cli *cli);
int cli_why(struct cli *cli);
int cli_cases(struct cli *cli);
int cli_replay(struct cli *cli);
int cli_rules(struct cli *cli);   /* rules.c: rules show CLAUSE … */
int cli_clauses(struct cli *cli); /* clauses.c */
int cli_draw(struct cli *cli);    /* draw.c */
int cli_clock(struct cli *cli);
int cli_watch(struct cli *cli);   /* watch.c: the feeds of advisories, read by hand */
int cli_give(struct cli *cli);    /* of hoshi-test alone */
int cli_help(struct cli *cli);

/* ---- shared by the commands */

const char *cli_text(const struct cli *cli, const char *ja, const char *en);
/* "hoshi NAME: …" and the usage line on standard error; gives EXIT_USAGE. */
int cli_usage(const struct cli *cli, const char *command, const char *ja, const char *en, ...)
    __attribute__((format(printf, 4, 5)));
/* Every fault of the chain on standard error, in the reader's language; gives its exit code. */
int cli_fault(const struct cli *cli, const struct fault *fault);

/* The first of them as {"code", "guard", "clause", "concerns"} on standard output. */
int cli_fault_json(const struct cli *cli, const struct fault *fault);

/* Takes "--name VALUE" (or "--name=VALUE") out of argv; NULL when it is not there. */
const char *cli_option(struct cli *cli, const char *name);
bool cli_flag(struct cli *cli, const char *name); /* "--name" */
/* True, after a message, when an argument is left that begins with "--". */
bool cli_left_over(const struct cli *cli, const char *command);

/* --data DIR, else HOSHI_DATA, else "data", which `make run` makes. */
const char *cli_data(struct cli *cli);

/* The registry of --data DIR (HOSHI_DATABASE for PostgreSQL). */
struct fault *cli_open_store(struct cli *cli, const char *data_dir, bool read_only,
                             struct store **store);

/* The desk over that store, with the clock of HOSHI_TODAY where it is set, and heads signed. */
struct fault *cli_open_desk(struct cli *cli, const char *data_dir, struct desk **desk);

/* The same where there is a registry; a folder that holds none is not made into one: fault
 * "no-registry". */
struct fault *cli_open_registry(struct cli *cli, const char *data, struct desk **desk);

/* A person by id or mail address; a case by id or by any of its numbers. */
struct fault *cli_principal(struct cli *cli, struct store *store, const char *who,
                            struct principal *out);
struct fault *cli_case_id(struct cli *cli, struct store *store, const char *named, struct str *id);

/* A whole file, at most bytes_max. */
struct fault *cli_read_file(struct cli *cli, const char *path, size_t bytes_max, struct str *out);

#endif
