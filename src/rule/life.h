/* life.h: a label's own small machine: what the effects of steps change of it, and what days make
 * of it. Pure, so that the desk, the walk over all lives and a reader meet the same one.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What a label has is kept in facts of the subject `label`; what follows from them on a day
 * (its state, when it lapses) is worked out by life_know() whenever they are read. Effects change
 * outcome->life, which the judge hands on as the facts have it, in the order of the step's rows. */
#ifndef HOSHI_LIFE_H
#define HOSHI_LIFE_H

#include "base/day.h"

struct facts;

enum life_end { LIFE_GOES_ON, LIFE_WITHDRAWN, LIFE_REVOKED, LIFE_LAPSED };

/* Of the manual: 4.3 validity, 4.5 level, 4.6 endings. */
struct life {
    struct day issued;      /* first issuance; not known where there is no label */
    struct day expires;     /* last day of validity, inclusive */
    struct day term_start;  /* issuance or re-certification: the five years count from it (4.3.6) */
    int64_t level;
    int64_t extensions;     /* applications for extension that count (4.3.4) */
    bool pending;           /* an admissible extension is under examination */
    enum life_end end;
    struct day ended;       /* first day on which it is no label any more */
};

enum life_state { LIFE_NONE, LIFE_STATE_VALID, LIFE_STATE_GRACE, LIFE_STATE_LAPSED,
                  LIFE_STATE_WITHDRAWN, LIFE_STATE_REVOKED };

/* On a day: 4.6.1. Grace is ours: validity ended, an extension filed within it is examined. */
enum life_state life_state_on(const struct life *life, struct day today);
const char *life_state_word(enum life_state state); /* "valid", "grace" …; "" for none */

/* The last day of a first validity, and of a period that joins the one before it (design 7). */
struct day life_first_end(struct day begin, struct span span, bool first_day_counts);
struct day life_next_end(struct day expires, struct span span);
/* The earlier of the two; a wish that is none changes nothing. */
struct day life_shorter(struct day end, struct day wish);

/* The life that the facts of a label tell, and back: the days that follow from it too, which are
 * facts of their own (label-state, lapse-day, grace-day, grace-end, recertification-end). */
struct life life_of(const struct facts *facts);
void life_know(const struct life *life, struct facts *facts);

#endif
