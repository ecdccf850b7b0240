/* match.c: made-up names of makers and products against a small index: an answer, whatever they
 * are. SPDX-License-Identifier: Apache-2.0 */
#include "advisory/match.h"
#include "fuzz.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *arena = arena_new((size_t)512 << 20);
    struct match_index *index = match_index_new((size_t)64 << 20);
    struct str model, vendor, text = fuzz_str(bytes, n);
    struct str product = str_cut(text, '\n', &vendor);
    vendor = str_cut(vendor, '\n', &model);
    struct str makers[] = {STR("星野電機"), STR("Hoshino Denki"), vendor},
               number[] = {STR("HC-100A"), product};
    struct labelled_model labelled = {.label = STR("L1"),
                                      .makers = {makers, 3},
                                      .products = {&product, 1},
                                      .models = {number, 2},
                                      .versions = {&model, 1},
                                      .sbom = MATCH_SBOM_NONE};
    struct advisory_product named = {.vendor = vendor, .product = product, .model = model};
    struct advisory advisory = {.title = product, .products = &named, .products_n = 1};
    struct matches matches;
    if (index && !match_add(index, arena, &labelled) && !match_seal(index, arena)) {
        FUZZ_HOLDS(!match_find(index, arena, &advisory, 10, &matches) && matches.n <= 1);
        advisory.products_n = 0;
        FUZZ_HOLDS(!match_find(index, arena, &advisory, 10, &matches));
    }
    match_index_free(index);
    arena_free(arena);
    return 0;
}
