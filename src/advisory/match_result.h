/* match_result.h: what was found, scored, and the best of it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_ADVISORY_MATCH_RESULT_H
#define HOSHI_ADVISORY_MATCH_RESULT_H

#include "advisory/match_inside.h"

/* Within a search a model number with one or two letters more is told from a series; outside both
 * are MATCH_SERIES. */
enum { MATCH_ENDING = 1 << 12 };

struct hit {
    uint32_t row, by; /* by: a text */
    unsigned reasons;
};

struct verdict {
    unsigned reasons;
    uint32_t by, version; /* texts and 1; 0: none */
};

void match_begin(struct match_index *index);

/* The status of a version (its number) by the claims of the product that is being looked for:
 * worked out once for each version. */
enum version_status match_judge(struct match_index *index, struct arena *arena,
                                const struct version_claims *claims, uint32_t version);

/* Hits on one product, of which a row may have several: its reasons together, its versions judged.
 */
void match_settle(struct match_index *index, struct arena *arena,
                  const struct advisory_product *product, uint32_t number, struct hit *hits,
                  size_t n);

/* Keeps a verdict on a row when it is better than what is known. */
void match_improve(struct match_index *index, uint32_t row, uint32_t product,
                   const struct verdict *verdict);

/* The best matches_max, and the counts of all. */
void match_end(struct match_index *index, struct arena *arena, size_t matches_max,
               struct matches *out);

int match_score(unsigned reasons);

#endif
