/* csaf.c: made-up CSAF documents: what is read is whole, and its versions can be judged.
 * SPDX-License-Identifier: Apache-2.0 */
#include "advisory/reader.h"
#include "fuzz.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *arena = arena_new((size_t)512 << 20);
    struct advisory advisory;
    if (!csaf_read(arena, fuzz_str(bytes, n), &advisory)) {
        FUZZ_HOLDS(advisory.id.bytes && advisory.title.bytes && str_is_text(advisory.title));
        for (size_t k = 0; k < advisory.products_n && k < 20; k++)
            version_judge(arena, &advisory.products[k].versions, STR("1.10"));
    }
    arena_free(arena);
    return 0;
}
