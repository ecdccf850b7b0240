/* fold.c: made-up names: folding gives text, and does not depend on the case of ASCII letters.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/fold.h"
#include "fuzz.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct str text = fuzz_str(bytes, n);
    if (!str_is_text(text))
        return 0;
    struct arena *arena = arena_new(FUZZ_BYTES_MAX);
    struct str folded = fold_name(arena, text);
    FUZZ_HOLDS(str_is_text(folded));
    FUZZ_HOLDS(str_eq(folded, fold_name(arena, str_upper(arena, text))));
    arena_free(arena);
    return 0;
}
