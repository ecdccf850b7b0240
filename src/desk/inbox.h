/* inbox.h: whose turn it is, what is late, what waits for the other side; and the weeks.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_INBOX_H
#define HOSHI_INBOX_H

#include "desk/desk.h"
#include "store/rows.gen.h"

enum { INBOX_WEEKS = 12, INBOX_ROWS_MAX = 500, INBOX_SOON_DAYS = 3 };

struct inbox_row {
    const struct row_casework *work;
    int state;            /* STATE_… */
    bool mine;            /* the turn is a role that this person holds */
    bool late;            /* the target day of the turn has passed */
    bool soon;            /* or comes within INBOX_SOON_DAYS */
    bool with_applicant;  /* the turn is the party's */
};

struct inbox {
    const struct inbox_row *rows; /* mine first; within, the earlier target day first */
    size_t n;
    int64_t mine, late, soon, with_applicant, open; /* of all, not only of the rows */
    struct inbox_week {
        struct day monday;
        int64_t received, finished;
    } weeks[INBOX_WEEKS];         /* the oldest first; personnel only, else zero */
};

/* Only cases that this person may see. */
struct fault *desk_inbox(struct desk *desk, struct arena *arena, const struct principal *who,
                         struct inbox *out);

#endif
