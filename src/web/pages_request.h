/* pages_request.h: the desk of an Evaluation Facility: applications that name it, as requests.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_PAGES_REQUEST_H
#define HOSHI_PAGES_REQUEST_H

#include "web/case_view.h"

struct request_line {
    const struct row_casework *work;
    const struct procedure_row *procedure; /* NULL when the book no longer has it */
    int state;
    bool own_turn;
    struct row_case_number *numbers;
    size_t numbers_n;
    struct pace pace;
};

struct request_list {
    const struct request_line *at;
    size_t n;
};

#endif
