/* problem.h: a fault as problem details (RFC 9457), in the reader's language.
 * SPDX-License-Identifier: Apache-2.0
 *
 * type      /api/v1/problems/{code}, which says more
 * title     the words of the fault, or of the guard that refused
 * detail    what was met this time, in English; not for faults of our own (5xx)
 * code      clause, guard, cure: where there are such
 * errors    one for each field: pointer (RFC 6901, into the body sent), code, clause, detail */
#ifndef HOSHI_PROBLEM_H
#define HOSHI_PROBLEM_H

#include "base/json.h"
#include "rule/rulebook.h"
#include "web/http.h"

struct fault;

void problem_answer(const struct rulebook *book, struct arena *arena, const struct fault *fault,
                    bool english, struct response *response);

json_t *problem_of(const struct rulebook *book, struct arena *arena, const struct fault *fault,
                   bool english);

#endif
