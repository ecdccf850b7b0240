/* pages_batch.h: cases that wait for the same step, taken in one go.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_PAGES_BATCH_H
#define HOSHI_PAGES_BATCH_H

#include "store/sql.gen.h"
#include "web/case_view.h"

enum { BATCHES_MAX = 200, BATCH_MAX = 200 };

struct waiting_step {
    const struct procedure_row *procedure;
    const struct step_row *step;
    int state;
    int64_t n;
};
struct batches {
    struct waiting_step at[BATCHES_MAX];
    size_t n;
};

struct batch {
    const struct procedure_row *procedure;
    const struct step_row *step;
    const struct sql_waiting_cases_row *rows[BATCH_MAX];
    size_t n;
};

struct batch_result {
    const struct sql_waiting_cases_row *row;
    const struct fault *fault; /* NULL: taken */
    size_t last;               /* which of the requests was the step itself */
};
struct batch_done {
    struct batch_result at[BATCH_MAX];
    size_t n, taken;
    int64_t publishes; /* the last entry that changes the register, 0 for none */
};

#endif
