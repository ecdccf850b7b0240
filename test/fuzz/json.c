/* json.c: made-up JSON: what is read has canonical bytes, and these read as themselves again.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "fuzz.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *arena = arena_new(FUZZ_BYTES_MAX);
    json_t *value = NULL;
    if (!json_read(arena, fuzz_str(bytes, n), &value)) {
        struct str once = json_canonical(arena, value);
        json_t *again = NULL;
        FUZZ_HOLDS(!json_read(arena, once, &again));
        FUZZ_HOLDS(str_eq(once, json_canonical(arena, again)));
    }
    arena_free(arena);
    return 0;
}
