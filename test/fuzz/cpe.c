/* cpe.c: made-up CPE names: both bindings read as the same name, which matches itself.
 * SPDX-License-Identifier: Apache-2.0 */
#include "advisory/cpe.h"
#include "fuzz.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *arena = arena_new(FUZZ_BYTES_MAX);
    struct cpe one, two;
    struct str text = fuzz_str(bytes, n);
    if (n < CPE_BYTES_MAX / 4 && !cpe_read(arena, text, &one)) {
        struct str formatted = cpe_print(arena, &one), uri = cpe_print_uri(arena, &one);
        FUZZ_HOLDS(!cpe_read(arena, formatted, &two));
        FUZZ_HOLDS(str_eq(formatted, cpe_print(arena, &two)));
        FUZZ_HOLDS(!cpe_read(arena, uri, &two));
        FUZZ_HOLDS(str_eq(formatted, cpe_print(arena, &two)));
        cpe_matches(&one, &two);
    }
    arena_free(arena);
    return 0;
}
