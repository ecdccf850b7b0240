/* range.c: made-up ranges of versions, and versions: their order is an order.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "advisory/version.h"
#include "fuzz.h"

#include "base/banned.h"

static int sign(int n)
{
    return (n > 0) - (n < 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *arena = arena_new((size_t)512 << 20);
    struct version_claims claims = {0};
    struct str b, c, text = fuzz_str(bytes, n), a = str_cut(text, '\n', &b);
    b = str_cut(b, '\n', &c);
    if (!version_range_read(arena, a, VERSION_AFFECTED, &claims)) {
        FUZZ_HOLDS(claims.n > 0);
        version_judge(arena, &claims, b);
        for (size_t i = 0; i < claims.n && i < 10; i++)
            version_claim_print(arena, &claims.at[i]);
    }
    int ab = sign(version_order(arena, VERSION_LOOSE, a, b));
    int bc = sign(version_order(arena, VERSION_LOOSE, b, c));
    int ac = sign(version_order(arena, VERSION_LOOSE, a, c));
    FUZZ_HOLDS(version_order(arena, VERSION_LOOSE, a, a) == 0);
    FUZZ_HOLDS(sign(version_order(arena, VERSION_LOOSE, b, a)) == -ab);
    FUZZ_HOLDS(ab != bc || ab == ac); /* a < b < c makes a < c, a = b = c makes a = c */
    arena_free(arena);
    return 0;
}
