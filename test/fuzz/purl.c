/* purl.c: made-up package URLs: the proper form reads as the same package.
 * SPDX-License-Identifier: Apache-2.0 */
#include "advisory/purl.h"
#include "fuzz.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *arena = arena_new(FUZZ_BYTES_MAX);
    struct purl one, two;
    if (n < PURL_BYTES_MAX / 4 && !purl_read(arena, fuzz_str(bytes, n), &one)) {
        struct str once = purl_print(arena, &one);
        FUZZ_HOLDS(!purl_read(arena, once, &two));
        FUZZ_HOLDS(purl_same_package(&one, &two) && str_eq(once, purl_print(arena, &two)));
    }
    arena_free(arena);
    return 0;
}
