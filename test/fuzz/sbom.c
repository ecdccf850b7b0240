/* sbom.c: made-up bills of materials: every component that is read has a name.
 * SPDX-License-Identifier: Apache-2.0 */
#include "advisory/sbom.h"
#include "fuzz.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *arena = arena_new((size_t)512 << 20);
    struct sbom sbom;
    if (!sbom_read(arena, fuzz_str(bytes, n), &sbom))
        for (size_t i = 0; i < sbom.components_n; i++)
            FUZZ_HOLDS(sbom.components[i].name.bytes && str_is_text(sbom.components[i].name));
    arena_free(arena);
    return 0;
}
