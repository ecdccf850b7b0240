/* cve.c: made-up CVE records, one or many: what is read is whole, and its versions can be judged.
 * SPDX-License-Identifier: Apache-2.0 */
#include "advisory/reader.h"
#include "fuzz.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *arena = arena_new((size_t)512 << 20);
    struct cve_feed feed = cve_feed_of(fuzz_str(bytes, n));
    struct advisory advisory;
    struct fault *fault;
    for (int i = 0; i < 100 && cve_feed_next(arena, &feed, &advisory, &fault); i++) {
        if (fault)
            continue;
        FUZZ_HOLDS(advisory.id.bytes && advisory.title.bytes && str_is_text(advisory.title));
        FUZZ_HOLDS(advisory_score(&advisory) <= 100);
        for (size_t k = 0; k < advisory.products_n && k < 20; k++)
            version_judge(arena, &advisory.products[k].versions, STR("Ver.1.02"));
    }
    arena_free(arena);
    return 0;
}
