/* resembled.c: which real registration number one that is not real looks like.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/resembled.h"

#include "base/number.h"
#include "rule/rulebook.h"
#include "store/sql.gen.h"

#include "base/banned.h"

static struct fault *by_format(struct store *store, struct arena *arena, struct str format,
                               struct str typed, struct row_label **label, bool *real)
{
    struct str number;
    struct words slips;
    if (number_read(arena, format, typed, &number) == NUMBER_GOOD)
        TRY(sql_label_by_number(store, arena, number, label));
    *real = *label != NULL;
    if (*real)
        return NULL;
    number_slips(arena, format, typed, &slips);
    for (size_t i = 0; i < slips.n && !*label; i++)
        TRY(sql_label_by_number(store, arena, slips.at[i], label));
    return NULL;
}

struct fault *label_resembled(struct store *store, struct arena *arena, struct str typed,
                              struct row_label **label, bool *real)
{
    struct sql_number_formats_row *rows;
    size_t n;
    *label = NULL;
    *real = false;
    if (!typed.bytes)
        return NULL;
    const struct str parameter = STR("registration-number-format");
    TRY(sql_number_formats(store, arena, parameter, &rows, &n));
    for (size_t i = 0; i < n && !*label; i++)
        TRY(by_format(store, arena, rows[i].value, typed, label, real));
    const struct word_row *book = hoshi_rulebook.parameters;
    if (!n) /* no row says otherwise than the rule book */
        TRY(by_format(store, arena,
                      str_of(book[parameter_by_name(&hoshi_rulebook, parameter)].value), typed,
                      label, real));
    if (*real)
        *label = NULL;
    return NULL;
}
