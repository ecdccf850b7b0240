/* advisory.c: the score that speaks for a whole advisory.
 * SPDX-License-Identifier: Apache-2.0 */
#include "advisory/advisory.h"

#include "base/banned.h"

static int score_of(const struct advisory_vector *vector)
{
    return vector->cvss.version ? cvss_score(&vector->cvss) : vector->claimed_tenths;
}

/* A vector that can be worked out before a number that is only claimed; the newest version first.
 */
static bool outranks(const struct advisory_vector *a, const struct advisory_vector *b)
{
    if (a->cvss.version != b->cvss.version)
        return a->cvss.version > b->cvss.version;
    return score_of(a) > score_of(b);
}

const struct advisory_vector *advisory_vector_of_score(const struct advisory *advisory)
{
    const struct advisory_vector *best = NULL;
    for (size_t i = 0; i < advisory->vectors_n; i++) {
        const struct advisory_vector *vector = &advisory->vectors[i];
        if (score_of(vector) != CVSS_NO_SCORE && (!best || outranks(vector, best)))
            best = vector;
    }
    return best;
}

int advisory_score(const struct advisory *advisory)
{
    const struct advisory_vector *best = advisory_vector_of_score(advisory);
    return best ? score_of(best) : CVSS_NO_SCORE;
}
