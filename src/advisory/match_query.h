/* match_query.h: one product of an advisory while it is looked for.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_ADVISORY_MATCH_QUERY_H
#define HOSHI_ADVISORY_MATCH_QUERY_H

#include "advisory/match_result.h"

enum { VENDORS_MAX = 16 };

struct query {
    struct match_index *index;
    struct arena *arena;
    const struct advisory_product *product;
    uint32_t number; /* of the product */
    uint64_t vendors[VENDORS_MAX];
    size_t vendors_n;
    uint64_t words[VENDORS_MAX]; /* their first words */
    size_t words_n;
    uint32_t *makers; /* that go by one of them */
    size_t makers_n;
    struct hit *hits;
    size_t hits_n, hits_size;
};

/* Models whose bill of materials has the product as a component; `cpe` as of cpe_product_key(). */
void match_components(struct query *query, struct str cpe);

#endif
