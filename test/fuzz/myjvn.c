/* myjvn.c: made-up XML: libxml2 within our limits; what is read is whole.
 * SPDX-License-Identifier: Apache-2.0 */
#include "advisory/reader.h"
#include "fuzz.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *arena = arena_new((size_t)512 << 20);
    struct advisories list;
    if (!myjvn_read(arena, fuzz_str(bytes, n), &list))
        for (size_t i = 0; i < list.n; i++)
            FUZZ_HOLDS(str_starts(list.at[i].id, "JVN") && str_is_text(list.at[i].title));
    arena_free(arena);
    return 0;
}
