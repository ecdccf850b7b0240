/* register.h: the public register: one folder, made from the journal, read by anyone.
 * SPDX-License-Identifier: Apache-2.0
 *
 * DATA/register/register.db   SQLite, journal_mode=DELETE, renamed into place, opened immutable=1.
 * Only the columns of the allow-list in register/allowed.c ever enter it.
 * The status is not stored: it is computed from dates and events for the day of reading. */
#ifndef HOSHI_REGISTER_H
#define HOSHI_REGISTER_H

#include "base/day.h"
#include "base/fault.h"

enum label_status { LABEL_PROVISIONAL, LABEL_VALID, LABEL_GRACE, LABEL_LAPSED, LABEL_WITHDRAWN,
                    LABEL_REVOKED };

struct label_dates {
    struct day issued, expires;      /* expires: last valid day, inclusive, Tokyo */
    struct day withdrawn, revoked;   /* DAY_NONE when not */
    bool extension_pending;          /* filed in time */
    bool provisional;
};

/* Pure. Order: revoked, withdrawn, provisional, valid, grace, lapsed. */
enum label_status label_status_on(const struct label_dates *dates, struct day today);
const char *label_status_word(enum label_status status); /* "valid" … */

#endif
