/* mail.c: made-up mails: what is read is text, its files lie within it, and it is the same again.
 * SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"
#include "letter/incoming.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *arena = arena_new((size_t)512 << 20);
    struct incoming mail, again;
    if (!incoming_read(arena, fuzz_str(bytes, n), &mail)) {
        FUZZ_HOLDS(mail.files_n <= INCOMING_PARTS_MAX);
        FUZZ_HOLDS(!mail.encrypted || (mail.files_n == 1 && !mail.text.bytes));
        for (size_t i = 0; i < mail.files_n; i++)
            FUZZ_HOLDS(mail.files[i].bytes.bytes <= 2 * n + 64);
        FUZZ_HOLDS(!incoming_read(arena, fuzz_str(bytes, n), &again));
        FUZZ_HOLDS(str_eq(mail.text, again.text) && str_eq(mail.subject, again.subject) &&
                   mail.files_n == again.files_n);
        str_points(mail.text);
    }
    arena_free(arena);
    return 0;
}
