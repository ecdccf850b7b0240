/* crash.c: a process that dies between any two statements, as the seed says.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The linker's --wrap leads every call to step a statement of SQLite or to send one to PostgreSQL
 * through here first. */
#include <libpq-fe.h>
#include <signal.h>
#include <sqlite3.h>
#include <unistd.h>

#include "sim.h"

#include "base/banned.h"

/* What a test process must know everywhere: NULL while it may not die. */
static struct tally_of_years *armed;
static int64_t between = 1;

void crash_arm(struct tally_of_years *shared, int64_t statements)
{
    armed = shared;
    between = statements;
}

static void maybe_die(void)
{
    if (!armed || random_next(&armed->crash_random) % (uint64_t)between)
        return;
    armed->crashes++;
    kill(getpid(), SIGKILL);
}

int __real_sqlite3_step(sqlite3_stmt *statement);
int __wrap_sqlite3_step(sqlite3_stmt *statement);
int __wrap_sqlite3_step(sqlite3_stmt *statement)
{
    maybe_die();
    return __real_sqlite3_step(statement);
}

int __real_sqlite3_exec(sqlite3 *db, const char *sql, int (*row)(void *, int, char **, char **),
                        void *whom, char **error);
int __wrap_sqlite3_exec(sqlite3 *db, const char *sql, int (*row)(void *, int, char **, char **),
                        void *whom, char **error);
int __wrap_sqlite3_exec(sqlite3 *db, const char *sql, int (*row)(void *, int, char **, char **),
                        void *whom, char **error)
{
    maybe_die();
    return __real_sqlite3_exec(db, sql, row, whom, error);
}

PGresult *__real_PQexec(PGconn *link, const char *sql);
PGresult *__wrap_PQexec(PGconn *link, const char *sql);
PGresult *__wrap_PQexec(PGconn *link, const char *sql)
{
    maybe_die();
    return __real_PQexec(link, sql);
}

int __real_PQsendQueryPrepared(PGconn *link, const char *name, int n, const char *const *values,
                               const int *bytes, const int *formats, int result);
int __wrap_PQsendQueryPrepared(PGconn *link, const char *name, int n, const char *const *values,
                               const int *bytes, const int *formats, int result);
int __wrap_PQsendQueryPrepared(PGconn *link, const char *name, int n, const char *const *values,
                               const int *bytes, const int *formats, int result)
{
    maybe_die();
    return __real_PQsendQueryPrepared(link, name, n, values, bytes, formats, result);
}
