/* renewal.h: the labels of a maker, and what can be done about each.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_RENEWAL_H
#define HOSHI_RENEWAL_H

#include "desk/desk.h"
#include "rule/hint.h"
#include "store/rows.gen.h"

struct label_query {
    struct str words; /* found in the number or the names; "" for all */
    size_t most, skipped;
};

/* A label as its registrant, or the body, meets it today. */
struct label_standing {
    const struct row_label *label;
    enum life_state state;
    struct hint hint;
    struct verdict extension; /* would an application for extension be received? */
};

/* Those of the person's makers; what ends first goes first, what has ended goes last. */
struct fault *desk_own_labels(struct desk *desk, struct arena *arena, const struct principal *who,
                              const struct label_query *query, struct label_standing **out,
                              size_t *n, int64_t *total);

/* One label; fault "absent" for whoever is neither of its registrant nor of the body. */
struct fault *desk_label(struct desk *desk, struct arena *arena, const struct principal *who,
                         struct str number, struct label_standing *out);

/* A procedure that its registrant can begin about a label, or may not today, and why not. */
struct beginning {
    const struct procedure_row *procedure;
    const struct step_row *step; /* the first, by which it is begun */
    int64_t level;               /* asked for, where the level is a new one; else 0 */
    struct verdict verdict;      /* allowed, or what no form can cure */
};
struct fault *desk_beginnings(struct desk *desk, struct arena *arena, const struct principal *who,
                              struct str number, struct beginning **out, size_t *n);

#endif
