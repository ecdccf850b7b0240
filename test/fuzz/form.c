/* form.c: made-up JSON against every form of the rule book: what is taken is taken again unchanged,
 * and what is refused says which field.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/form.h"
#include "fuzz.h"
#include "rule/facts.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *arena = arena_new(FUZZ_BYTES_MAX);
    struct str criteria[] = {STR("S1.1-01"), STR("S1.1-02")}, files[] = {STR("f1")};
    struct form_setting setting = {
        .today = day_of(2026, 11, 23), .criteria = {criteria, 2}, .files = {files, 1}};
    json_t *given = NULL;
    if (json_read(arena, fuzz_str(bytes, n), &given) || !json_is_object(given)) {
        arena_free(arena);
        return -1;
    }
    for (int form = 1; form < (int)hoshi_rulebook.forms_n; form++) {
        json_t *once, *again;
        struct fault *fault = form_check(&hoshi_rulebook, arena, form, given, &setting, &once);
        for (; fault; fault = fault->next)
            FUZZ_HOLDS(fault->concerns.bytes && fault->concerns.at[0] == '/');
        if (form_check(&hoshi_rulebook, arena, form, given, &setting, &once))
            continue;
        FUZZ_HOLDS(!form_check(&hoshi_rulebook, arena, form, once, &setting, &again));
        FUZZ_HOLDS(str_eq(json_canonical(arena, once), json_canonical(arena, again)));
    }
    arena_free(arena);
    return 0;
}
