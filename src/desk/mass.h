/* mass.h: mass actions: what a search finds, what is fixed of it, and how its items are run.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The list is fixed on the case when the action is drawn up. Rehearsal and run go through it in
 * parts, each in one transaction; an item is a step of an ordinary procedure under its own
 * savepoint and in entries of its own. How far it has come is written with them, so that a crash
 * leaves a part done as a whole, or not at all. */
#ifndef HOSHI_MASS_H
#define HOSHI_MASS_H

#include "base/hash.h"
#include "base/json.h"
#include "desk/desk.h"

enum { MASS_PART = 200 }; /* items of one part, and of one transaction */

/* What is asked: of the fields of the case, or of a page. What is empty does not matter. */
struct mass_terms {
    struct str kind; /* an item of the list mass-kind */
    struct str words, party, category, edition, facility, status;
    struct str from_day, to_day; /* of the last day of validity */
    int64_t level;
    struct day as_of;
    struct str said; /* what it would say, in both languages: of the digest */
    bool nobody; /* it names a registrant, or a facility, that there is not */
};

struct mass_item {
    struct str number, party;
    struct str case_id, state; /* of the case whose step is taken; empty where the run opens one */
    const char *status;        /* on the day: "valid" … */
    int64_t level, models, of_maker;
    bool first; /* of its registrant: the one that a mail is sent for */
};

struct mass_maker {
    struct str party, ja, en;
    int64_t items, mails; /* mails: people of it who have an address */
};

struct mass_found {
    struct mass_item *items; /* by registrant, then by number */
    size_t n;
    struct mass_maker *makers; /* those with the most items first */
    size_t makers_n;
    int64_t models, mails, levels[5]; /* levels: items by level, 0 for others */
    struct hash digest;
};

struct fault *mass_terms_of(struct desk *desk, struct arena *arena, const json_t *filled,
                            struct day as_of, struct mass_terms *out);
/* Walks over the labels once. Nothing is written. */
struct fault *mass_find(struct desk *desk, struct arena *arena, const struct mass_terms *terms,
                        struct mass_found *out);

/* What the kind of action does to an item. */
struct mass_way {
    const char *kind, *procedure, *step;
    int by; /* ROLE_…: whose decision it is on the item's own case; ROLE_MASS_RUN: none */
    bool tells_makers; /* its mail is one for each registrant, not one for each item */
    bool mails;        /* it sends any */
};
const struct mass_way *mass_way_of(struct str kind); /* NULL for none */

/* An item on its way, for the principal that takes its step. */
struct mass_turn {
    struct str case_id;   /* of the action */
    const json_t *fields; /* as last filled in on it */
    bool approved, rehearsal;
    bool first;
    bool cleared, barred; /* what the decider declared on the action holds on its items */
    int64_t of_maker;
};

#endif
