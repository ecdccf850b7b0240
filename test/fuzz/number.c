/* number.c: made-up numbers: what is read as good is read as itself again, and one changed
 * character is never good.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/number.h"
#include "fuzz.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    struct arena *arena = arena_new(FUZZ_BYTES_MAX);
    struct str format = STR("HS{yy}-{seq:5}-{check}"), number, again;
    if (number_read(arena, format, fuzz_str(bytes, n), &number) == NUMBER_GOOD) {
        FUZZ_HOLDS(number_read(arena, format, number, &again) == NUMBER_GOOD);
        FUZZ_HOLDS(str_eq(number, again));
        char *changed = str_z(arena, number);
        changed[5] = letters[(size_t)(changed[5] - '0' + 1) % 10];
        FUZZ_HOLDS(number_read(arena, format, str_of(changed), &again) != NUMBER_GOOD);
    }
    arena_free(arena);
    return 0;
}
