/* pages_succession.h: the labels that a successor chooses, and one form for all of them.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_PAGES_SUCCESSION_H
#define HOSHI_PAGES_SUCCESSION_H

#include "web/pages_renewal.h"

struct succession_view {
    struct str asked;   /* words of the search */
    struct str numbers; /* chosen so far, one a line */
    bool searched, more;
    struct sql_labels_to_succeed_row *found; /* by registrant */
    size_t found_n;
    struct field_setting setting;
    const struct fault *none_filed; /* then the answers say which labels are refused */
    const struct str *labels;
    const struct many_answer *answers;
    size_t n;
    struct str once;
};

#endif
