/* pages_claims.h: what personnel see of inquiries and of misuse: what is open, what is late, which
 * numbers that do not exist are asked for.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_PAGES_CLAIMS_H
#define HOSHI_PAGES_CLAIMS_H

#include "web/case_view.h"

struct open_case {
    const struct row_casework *work;
    int state;
    struct str number, title; /* of receipt; its subject, as it was typed */
    struct pace pace;
    const struct row_published_answer *alike; /* the published answer that is most like it */
};

/* A number that does not exist. */
struct false_number {
    struct str number;
    int64_t asked;
    struct str last;               /* day */
    const struct row_label *label; /* that it resembles; NULL where it resembles none */
    const struct sql_misuse_reports_row **reports; /* that name it */
    size_t reports_n;
};

#endif
