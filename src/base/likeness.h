/* likeness.h: which texts ask what a question asks: by the n-grams of their folded forms.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Three letters together where all are ASCII, else two characters: so Japanese needs no words. What
 * few of the texts share counts for more. 1000: all of the shorter one is in the other. */
#ifndef HOSHI_LIKENESS_H
#define HOSHI_LIKENESS_H

#include "base/str.h"

struct likeness {
    size_t which; /* of the texts */
    int permille;
};

/* Those of at least so many permille, the likest first, in their order where they are equal. `out`
 * has room for all n. */
size_t likeness_rank(struct arena *arena, struct str question, const struct str *texts, size_t n,
                     int least, struct likeness *out);

#endif
