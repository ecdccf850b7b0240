/* lite.h: the few things that the register asks of SQLite, with faults for its errors.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_LITE_H
#define HOSHI_LITE_H

#include <sqlite3.h>

#include "base/day.h"
#include "base/fault.h"

/* Fault "broken-register", with what the library says. */
struct fault *lite_fault(struct arena *arena, sqlite3 *db, const char *doing);
struct fault *lite_run(struct arena *arena, sqlite3 *db, const char *sql);

/* A statement that ends with the arena. Bind with lite_str() and sqlite3_bind_…(). */
struct fault *lite_prepare(struct arena *arena, sqlite3 *db, const char *sql, sqlite3_stmt **out);
/* The text must stay until the step. */
void lite_str(sqlite3_stmt *statement, int nth, struct str text);
/* *row: there is one. */
struct fault *lite_step(struct arena *arena, sqlite3_stmt *statement, bool *row);
/* Steps to the end and makes it ready for the next values. */
struct fault *lite_do(struct arena *arena, sqlite3_stmt *statement);

struct str lite_text(struct arena *arena, sqlite3_stmt *statement, int column); /* a copy */
struct day lite_day(sqlite3_stmt *statement, int column);

#endif
