/* numbers.c: the numbers that a case gets on its way: one series for each kind and year.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/number.h"
#include "desk/deed.h"
#include "store/sql.gen.h"

#include "base/banned.h"

struct fault *deed_give_number(struct deed *deed, const char *kind, struct str *out)
{
    struct store *store = deed->desk->store;
    struct arena *arena = deed->arena;
    struct row_number_series *last;
    int year, month, date;
    day_civil(deed->today, &year, &month, &date);
    TRY(sql_number_series_last(store, arena, str_of(kind), year, &last));
    struct row_number_series next = {.kind = str_of(kind), .year = year,
                                     .last = last ? last->last + 1 : 1};
    struct str parameter = str_print(arena, "%s-format", kind);
    TRY(number_print(arena, setting_of(&deed->setting, str_z(arena, parameter)), year, next.last,
                     out));
    TRY(put_number_series(store, &next));
    return put_case_number(store, &(struct row_case_number){.case_id = deed->work.id,
                                                            .kind = str_of(kind), .number = *out});
}
