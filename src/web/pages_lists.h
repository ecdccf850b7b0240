/* pages_lists.h: the inbox and its tiles.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_PAGES_LISTS_H
#define HOSHI_PAGES_LISTS_H

#include "web/draw.h"

enum { WEEKS_N = 12 };

struct queue_row {
    const struct sql_portal_queue_row *work;
    int state;
    const struct procedure_row *procedure;
    const struct step_row *next;
    struct pace pace;
    bool mine;    /* the turn is of a role that the person holds */
    bool waiting; /* the turn is a party's */
};

struct inbox {
    struct queue_row *rows;
    size_t n;
    const char *filter; /* "", "mine", "late", "soon", "waiting" */
    size_t mine, late, soon, waiting, mine_today, mine_soon;
    int64_t most_over;
    struct sql_portal_recent_steps_row *recent;
    size_t recent_n;
    struct row_thing *things; /* appointments, ethics, qualifications of the person */
    size_t things_n;
    int64_t received[WEEKS_N], completed[WEEKS_N], ages[AGES_N];
    int64_t old; /* cases in hand for more than 15 working days */
    struct day first_week;
};

/* The notices of one case, the latest first. */
struct notice_group {
    const struct sql_portal_notices_row **rows;
    size_t n, fresh;
    const struct procedure_row *procedure;
    int state;
    struct pace pace;
};

/* For personnel: why mails do not arrive. */
struct mail_troubles {
    struct sql_deliveries_refused_row *refused;
    size_t refused_n;
    bool no_sender; /* the body has no address to send from */
};

bool clause_is_under(struct str clause, const char *id); /* it, or one below it */
/* May the visitor see cases of the procedure in a list? */
struct fault *may_list(struct visit *visit, struct str procedure, bool *out);
bool inbox_shows(const struct inbox *inbox, const struct queue_row *row);

/* A LIKE pattern of words that were typed. */
struct str pattern_of(struct arena *arena, struct str typed);

#endif
