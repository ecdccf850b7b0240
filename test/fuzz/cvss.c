/* cvss.c: made-up vectors: what is read has scores, and its proper form reads as the same.
 * SPDX-License-Identifier: Apache-2.0 */
#include "advisory/cvss.h"
#include "fuzz.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *arena = arena_new(FUZZ_BYTES_MAX);
    struct cvss one, two;
    if (!cvss_read(arena, fuzz_str(bytes, n), &one)) {
        FUZZ_HOLDS(one.base >= 0 && one.base <= 100 && one.environmental >= 0 &&
                   one.environmental <= 100);
        FUZZ_HOLDS(!cvss_read(arena, cvss_print(arena, &one), &two));
        FUZZ_HOLDS(one.base == two.base && one.temporal == two.temporal &&
                   one.environmental == two.environmental);
    }
    arena_free(arena);
    return 0;
}
