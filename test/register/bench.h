/* bench.h: a clerk over a journal in memory, in a folder of its own that goes with it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_TEST_BENCH_H
#define HOSHI_TEST_BENCH_H

#include "check.h"
#include "source.h"

struct bench {
    struct tally tally;
    struct arena *arena;
    struct clock clock;
    struct source source;
    struct clerk clerk;
};

void bench_begin(struct bench *bench);
void bench_end(struct bench *bench);
const char *bench_path(struct bench *bench, const char *name); /* below the folder */
struct fault *bench_publish(struct bench *bench, bool *renamed);

/* Parts 0 to 3 of a history: labels, a maker's new name, a withdrawal, a model that goes, an
 * extension filed and granted, a label that changes hands. */
void bench_fill(struct source *source, int part);

#endif
