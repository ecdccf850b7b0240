/* fault.h: what went wrong, as a value; NULL is "nothing did".
 * SPDX-License-Identifier: Apache-2.0
 *
 * `code` names a row of rules/faults.rules, which holds the HTTP status, the exit code and the
 * words in Japanese and English; it is translated at the edge only (web, cli). A test checks that
 * every code written in the sources has its row. */
#ifndef HOSHI_FAULT_H
#define HOSHI_FAULT_H

#include "base/arena.h"
#include "base/str.h"

struct fault {
    const char *code;     /* "wrong-state", "unknown-number", "broken-database" … */
    const char *clause;   /* id of manual/clauses.tsv, or NULL */
    const char *guard;    /* name of the guard that refused, or NULL */
    struct str concerns;  /* JSON pointer of a field ("/models/4"), a name, a number; or empty */
    struct str detail;    /* English, for the log and the developer; never the only text shown */
    struct fault *next;   /* further faults of the same answer (422: one for each field) */
    const char *file;
    int line;
};

#define FAULT(arena, code, ...) fault_new((arena), __FILE__, __LINE__, (code), __VA_ARGS__)

struct fault *fault_new(struct arena *arena, const char *file, int line, const char *code,
                        const char *format, ...) __attribute__((format(printf, 5, 6)));

#define TRY(call)                                                                                  \
    do {                                                                                           \
        struct fault *fault_ = (call);                                                             \
        if (fault_)                                                                                \
            return fault_;                                                                         \
    } while (0)

/* Our own mistake: says where, aborts; the parent starts the worker again. */
#define BUG(...) fault_bug(__FILE__, __LINE__, __VA_ARGS__)
_Noreturn void fault_bug(const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
