/* db_pg.c: PostgreSQL by libpq: everything prepared, every value binary, so that nothing is quoted.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Writers lock journal_head first, before their first snapshot: one writes at a time and sees all
 * that was written before, so READ COMMITTED is serial here and nothing need be tried again. */
#include <endian.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/db.h"

#include "base/banned.h"

enum { CACHE_SLOTS = 1024, VALUES_MAX = 64, OID_BYTEA = 17, OID_INT8 = 20, OID_TEXT = 25 };
enum { OID_INT2 = 21, OID_INT4 = 23 };

struct db_pg {
    struct db db;
    PGconn *link;
    bool began;       /* a transaction of ours: also when the connection was lost in it */
    PGresult *result; /* of the statement under way */
    int row;
    const struct statement *prepared[CACHE_SLOTS];
    size_t prepared_n;
};

static struct db_pg *of(struct db *db)
{
    return (struct db_pg *)db;
}

static struct fault *failed(struct db_pg *db, struct arena *arena, const char *what,
                            const PGresult *result)
{
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *message = result ? PQresultErrorMessage(result) : PQerrorMessage(db->link);
    const char *code = "broken-database";
    if (state && !strcmp(state, "23505"))
        code = "already-there";
    else if (state && (!strcmp(state, "55P03") || !strcmp(state, "40P01")))
        code = "busy-database"; /* lock_timeout, deadlock */
    else if (state && (!strcmp(state, "22021") || !strcmp(state, "22P05")))
        code = "malformed-text";
    return FAULT(arena, code, "%s: %s", what, message && *message ? message : "no connection");
}

static void drain(struct db_pg *db)
{
    PQclear(db->result);
    db->result = NULL;
    PGresult *rest;
    while ((rest = PQgetResult(db->link)))
        PQclear(rest);
}

static struct fault *script(struct db *db, struct arena *arena, const char *sql)
{
    drain(of(db));
    PGresult *result = PQexec(of(db)->link, sql);
    ExecStatusType status = PQresultStatus(result);
    struct fault *fault = NULL;
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        fault = failed(of(db), arena, sql, result);
    PQclear(result);
    return fault;
}

static struct fault *settle(struct db_pg *db, struct arena *arena)
{
    db->prepared_n = 0;
    memset(db->prepared, 0, sizeof db->prepared);
    if (PQstatus(db->link) != CONNECTION_OK)
        return failed(db, arena, "connect", NULL);
    if (PQsetClientEncoding(db->link, "UTF8"))
        return failed(db, arena, "encoding", NULL);
    /* commit returns when the log is on the disk, whatever the server was set to */
    return script(&db->db, arena,
                  "SET synchronous_commit = on; SET lock_timeout = '15s'; SET jit = off;"
                  "SET client_min_messages = warning");
}

static bool in_transaction(const struct db *db)
{
    const struct db_pg *pg = (const struct db_pg *)db;
    return PQtransactionStatus(pg->link) == PQTRANS_INTRANS ||
           PQtransactionStatus(pg->link) == PQTRANS_INERROR;
}

/* A server that was started anew is found again, but never in the middle of a transaction. That it
 * has hung up is seen by reading, without waiting: first what it said last, then the end. */
static struct fault *connected(struct db_pg *db, struct arena *arena)
{
    if (PQstatus(db->link) == CONNECTION_OK && PQconsumeInput(db->link) &&
        PQconsumeInput(db->link) && PQstatus(db->link) == CONNECTION_OK)
        return NULL;
    PQreset(db->link);
    return settle(db, arena);
}

static bool is_int(Oid type)
{
    return type == OID_INT2 || type == OID_INT4 || type == OID_INT8;
}

/* What comes back is as '-- out:' says: asked once for each statement, not for each row. */
static struct fault *check_answer(struct db_pg *db, struct arena *arena,
                                  const struct statement *statement, const char *name)
{
    PGresult *result = PQdescribePrepared(db->link, name);
    struct fault *fault = NULL;
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        fault = failed(db, arena, statement->name, result);
    else if ((size_t)PQnfields(result) != statement->out_n)
        BUG("'%s' gives %d columns, not %zu", statement->name, PQnfields(result), statement->out_n);
    for (size_t i = 0; !fault && i < statement->out_n; i++)
        if ((statement->out[i].kind == VALUE_INT) != is_int(PQftype(result, (int)i)))
            BUG("column %zu of '%s' is of PostgreSQL's type %u: it wants a CAST", i + 1,
                statement->name, PQftype(result, (int)i));
    PQclear(result);
    return fault;
}

/* Statements are constants: their address is their name, and the slot gives the server's name. */
static struct fault *prepared(struct db_pg *db, struct arena *arena,
                              const struct statement *statement, char name[24])
{
    uintptr_t hash = ((uintptr_t)statement >> 4) * 0x9E3779B97F4A7C15u;
    size_t i = (size_t)(hash >> 40) % CACHE_SLOTS;
    while (db->prepared[i] && db->prepared[i] != statement)
        i = (i + 1) % CACHE_SLOTS;
    snprintf(name, 24, "s%zu", i);
    if (db->prepared[i])
        return NULL;
    if (db->prepared_n == CACHE_SLOTS - 1 || statement->in_n > VALUES_MAX)
        BUG("too many statements, or values of '%s'", statement->name);
    Oid types[VALUES_MAX];
    for (size_t v = 0; v < statement->in_n; v++)
        types[v] = statement->in[v].kind == VALUE_INT    ? OID_INT8
                   : statement->in[v].kind == VALUE_TEXT ? OID_TEXT
                                                         : OID_BYTEA;
    PGresult *result = PQprepare(db->link, name, statement->postgres, (int)statement->in_n, types);
    struct fault *fault = NULL;
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        fault = failed(db, arena, statement->name, result);
    PQclear(result);
    if (!fault)
        fault = check_answer(db, arena, statement, name);
    if (fault)
        return fault;
    db->prepared[i] = statement;
    db->prepared_n++;
    return NULL;
}

static struct fault *start(struct db *db, struct arena *arena, const struct statement *statement,
                           const struct value *in)
{
    struct db_pg *pg = of(db);
    drain(pg);
    if (!pg->began)
        TRY(connected(pg, arena));
    char name[24];
    TRY(prepared(pg, arena, statement, name));
    const char *at[VALUES_MAX];
    int bytes[VALUES_MAX], binary[VALUES_MAX];
    uint64_t ints[VALUES_MAX];
    for (size_t i = 0; i < statement->in_n; i++) {
        binary[i] = 1;
        ints[i] = htobe64((uint64_t)in[i].n);
        bool number = in[i].kind == VALUE_INT;
        if (!number && in[i].text.bytes > INT32_MAX)
            return FAULT(arena, "malformed-text", "%s: too large", statement->in[i].name);
        at[i] = number ? (const char *)&ints[i] : in[i].text.at ? in[i].text.at : "";
        bytes[i] = number ? (int)sizeof ints[i] : (int)in[i].text.bytes;
    }
    if (!PQsendQueryPrepared(pg->link, name, (int)statement->in_n, at, bytes, binary, 1))
        return failed(pg, arena, statement->name, NULL);
    if (statement->streams)
        PQsetSingleRowMode(pg->link);
    return NULL;
}

static int64_t int_of(const PGresult *result, int row, int column)
{
    const char *at = PQgetvalue(result, row, column);
    uint16_t two;
    uint32_t four;
    uint64_t eight;
    switch (PQftype(result, column)) {
    case OID_INT2:
        memcpy(&two, at, sizeof two);
        return (int16_t)be16toh(two);
    case OID_INT4:
        memcpy(&four, at, sizeof four);
        return (int32_t)be32toh(four);
    default:
        memcpy(&eight, at, sizeof eight);
        return (int64_t)be64toh(eight);
    }
}

static void read_row(const struct db_pg *db, const struct statement *statement, struct value *out)
{
    for (size_t i = 0; i < statement->out_n; i++) {
        int column = (int)i;
        out[i] = (struct value){.kind = statement->out[i].kind};
        if (PQgetisnull(db->result, db->row, column))
            continue;
        if (out[i].kind == VALUE_INT)
            out[i].n = int_of(db->result, db->row, column);
        else
            out[i].text = (struct str){.at = PQgetvalue(db->result, db->row, column),
                                       .bytes = (size_t)PQgetlength(db->result, db->row, column)};
    }
}

static struct fault *next(struct db *db, struct arena *arena, const struct statement *statement,
                          struct value *out, bool *more)
{
    struct db_pg *pg = of(db);
    *more = false;
    while (!pg->result || pg->row >= PQntuples(pg->result)) {
        PQclear(pg->result);
        pg->row = 0;
        pg->result = PQgetResult(pg->link);
        if (!pg->result)
            return NULL;
        ExecStatusType status = PQresultStatus(pg->result);
        if (status != PGRES_TUPLES_OK && status != PGRES_SINGLE_TUPLE && status != PGRES_COMMAND_OK)
            return failed(pg, arena, statement->name, pg->result);
    }
    read_row(pg, statement, out);
    pg->row++;
    *more = true;
    return NULL;
}

static void finish(struct db *db, const struct statement *statement)
{
    (void)statement;
    drain(of(db));
}

static void finish_all(struct db *db)
{
    drain(of(db));
}

static struct fault *begin(struct db *db, struct arena *arena, bool write)
{
    drain(of(db));
    TRY(connected(of(db), arena));
    of(db)->began = true;
    if (!write)
        return script(db, arena, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    TRY(script(db, arena, "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"));
    return script(db, arena, "LOCK TABLE journal_head IN EXCLUSIVE MODE");
}

/* COMMIT of a transaction that has failed "succeeds" and rolls back: only the tag tells. */
static struct fault *commit(struct db *db, struct arena *arena)
{
    drain(of(db));
    of(db)->began = false;
    PGresult *result = PQexec(of(db)->link, "COMMIT");
    struct fault *fault = NULL;
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        fault = failed(of(db), arena, "COMMIT", result);
    else if (strcmp(PQcmdStatus(result), "COMMIT") != 0)
        fault = FAULT(arena, "broken-database", "COMMIT of a failed transaction");
    PQclear(result);
    return fault;
}

static struct fault *savepoint(struct db *db, struct arena *arena)
{
    return script(db, arena, "SAVEPOINT act");
}

static struct fault *release(struct db *db, struct arena *arena)
{
    return script(db, arena, "RELEASE SAVEPOINT act");
}

static void rollback(struct db *db)
{
    drain(of(db));
    of(db)->began = false;
    if (in_transaction(db))
        PQclear(PQexec(of(db)->link, "ROLLBACK"));
}

static struct fault *tables_are_there(struct db *db, struct arena *arena, bool *there)
{
    drain(of(db));
    PGresult *result = PQexec(
        of(db)->link, "SELECT pg_advisory_xact_lock(4850), to_regclass('tables_made') IS NOT NULL");
    struct fault *fault = NULL;
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        fault = failed(of(db), arena, "tables_made", result);
    else
        *there = PQgetvalue(result, 0, 1)[0] == 't';
    PQclear(result);
    return fault;
}

static struct str version(struct db *db, struct arena *arena)
{
    const char *full = PQparameterStatus(of(db)->link, "server_version");
    struct str rest;
    return str_print(arena, "PostgreSQL %.*s", STR_F(str_cut(str_of(full), ' ', &rest)));
}

static void close_db(struct db *db)
{
    drain(of(db));
    PQfinish(of(db)->link);
}

static const struct engine pg_engine = {
    .name = "PostgreSQL",
    .start = start,
    .next = next,
    .finish = finish,
    .finish_all = finish_all,
    .script = script,
    .begin = begin,
    .commit = commit,
    .savepoint = savepoint,
    .release = release,
    .rollback = rollback,
    .in_transaction = in_transaction,
    .tables_are_there = tables_are_there,
    .version = version,
    .close = close_db,
};

struct fault *db_pg_open(struct arena *arena, struct str url, bool read_only, struct db **out)
{
    struct db_pg *db = NEW(arena, struct db_pg);
    db->db.engine = &pg_engine;
    db->link = PQconnectdb(str_z(arena, url));
    struct fault *fault = settle(db, arena);
    if (!fault && read_only)
        fault = script(&db->db, arena, "SET default_transaction_read_only = on");
    if (fault) {
        PQfinish(db->link);
        return fault;
    }
    *out = &db->db;
    return NULL;
}
