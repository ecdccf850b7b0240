/* status.c: what a label is on a day; computed on reading, so that it lapses at midnight in Tokyo
 * whatever sleeps.
 * SPDX-License-Identifier: Apache-2.0 */
#include "register/register.h"

#include "base/banned.h"

static bool reached(struct day day, struct day today)
{
    return !day_is_none(day) && day.n <= today.n;
}

enum label_status label_status_on(const struct label_dates *dates, struct day today)
{
    if (reached(dates->revoked, today))
        return LABEL_REVOKED;
    if (reached(dates->withdrawn, today))
        return LABEL_WITHDRAWN;
    if (dates->provisional || !reached(dates->issued, today))
        return LABEL_PROVISIONAL;
    if (!day_is_none(dates->expires) && today.n <= dates->expires.n)
        return LABEL_VALID;
    bool over = dates->grace_ends.n > 0 && today.n > dates->grace_ends.n;
    if (dates->extension_pending && !over) /* 4.3: filed within validity, under examination */
        return LABEL_GRACE;
    return LABEL_LAPSED;
}

static const char *const status_words[LABEL_STATUS_N] = {
    [LABEL_PROVISIONAL] = "provisional",
    [LABEL_VALID] = "valid",
    [LABEL_GRACE] = "grace",
    [LABEL_LAPSED] = "lapsed",
    [LABEL_WITHDRAWN] = "withdrawn",
    [LABEL_REVOKED] = "revoked",
};

const char *label_status_word(enum label_status status)
{
    return status_words[status];
}

bool label_status_read(struct str word, enum label_status *status)
{
    for (int i = 0; i < LABEL_STATUS_N; i++)
        if (str_is(word, status_words[i])) {
            *status = (enum label_status)i;
            return true;
        }
    return false;
}
