/* facts.h: what the judge may know, and how a case file writes it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_FACTS_H
#define HOSHI_FACTS_H

#include "rulebook.gen.h" /* struct facts and the enums */
#include "rule/rulebook.h"

/* A zeroed struct facts knows nothing. Days are known from 1970-01-02 on: all of ours are later. */
static inline bool day_known(struct day day)
{
    return day.n > 0;
}

/* "name" (a flag, true), "name=value", for the facts of doc/facts.md. Values point into `text`.
 * words: comma-separated; the array is taken from *room (at most room_n views are used up).
 * False when there is no such fact or the value does not fit its kind. */
bool facts_set(const struct rulebook *book, struct facts *facts, struct str text, struct str **room,
               size_t *room_n);

enum { FACT_VALUE_BYTES_MAX = 1024 };

/* One fact as text, as facts_set() reads it: into out, at most size (> 0) bytes with its NUL; how
 * many there are. Nothing for a fact that is not known; a flag that is not set is "name=no". */
size_t fact_print(const struct rulebook *book, const struct facts *facts, int fact, char *out,
                  size_t size);

#endif
