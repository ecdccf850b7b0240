/* scope.c: does a facility's scope cover this level and category?
 * SPDX-License-Identifier: Apache-2.0 */
#include "rule/scope.h"

#include "base/banned.h"

bool scope_covers(struct words scope, int64_t level, struct str category)
{
    for (size_t i = 0; i < scope.n; i++) {
        int64_t of_level;
        struct str named, digits = str_cut(scope.at[i], ':', &named);
        if (str_int(digits, &of_level) && of_level == level &&
            (str_is(named, "*") || (category.bytes && str_eq(named, category))))
            return true;
    }
    return false;
}
