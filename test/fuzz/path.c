/* path.c: made-up targets and forms: what is decoded, encoded anew, decodes to itself.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "fuzz.h"
#include "web/http_inside.h"

#include "base/banned.h"

static struct str encoded(struct arena *arena, struct str text)
{
    struct buf out = buf_new(arena, text.bytes * 3 + 1);
    for (size_t i = 0; i < text.bytes; i++)
        buf_printf(&out, "%%%02x", (unsigned)(unsigned char)text.at[i]);
    return buf_str(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *arena = arena_new(FUZZ_BYTES_MAX);
    struct str raw = fuzz_str(bytes, n), once, again;
    for (int form = 0; form < 2; form++)
        if (decode(arena, raw, form, &once)) {
            FUZZ_HOLDS(str_is_text(once) || str_eq(once, raw) || once.bytes <= raw.bytes);
            FUZZ_HOLDS(decode(arena, encoded(arena, once), form, &again) && str_eq(once, again));
        }
    struct header *fields;
    size_t fields_n;
    if (fields_read(arena, raw, &fields, &fields_n))
        for (size_t i = 0; i < fields_n; i++)
            FUZZ_HOLDS(fields[i].name.bytes + fields[i].value.bytes <= n);
    arena_free(arena);
    return 0;
}
