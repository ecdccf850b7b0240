/* standing.h: what a person is today: offices, ethics, bars, qualifications, parties they act for.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_STANDING_H
#define HOSHI_STANDING_H

#include "rule/facts.h"
#include "rule/rulebook.h"
#include "store/rows.gen.h"
#include "store/store.h"

/* Only what is in force today; of what is about one case, only what is about the case asked for. */
struct standing {
    const struct rulebook *book;
    struct str person, parent; /* parent: of the case, the one that opened it */
    struct str guest;          /* who comes without account: its one case */
    int machine;               /* ROLE_… of a machine, which holds no office; of people 0 */
    struct day today;
    const struct row_thing **things;
    size_t things_n;
    const struct row_party_member **parties;
    size_t parties_n;
    int delegates[ROLE_COUNT]; /* of a delegated role, the office that decides today */
};

struct principal;
struct fault *standing_load(struct store *store, struct arena *arena, const struct rulebook *book,
                            const struct principal *who, struct str case_id, struct day today,
                            struct standing *out);

/* Of each delegated role the office that decides on that day, by the parameter of its name. */
struct fault *delegates_load(struct store *store, struct arena *arena, const struct rulebook *book,
                             struct day today, int out[ROLE_COUNT]);

/* What the person has declared, or is barred from, on the case that opened this one holds for this
 * one too: they are about the same thing. */
struct fault *standing_add_parent(struct store *store, struct arena *arena, struct str parent,
                                  struct standing *standing);

/* The thing of that kind and word, the younger first; NULL when there is none. "" matches any. */
const struct row_thing *standing_thing(const struct standing *standing, const char *kind,
                                       struct str word);

/* Does the person hold the role on a case of this party? The appointment under which, or NULL
 * where a role needs none. The holder's own appointment goes before a deputy's. */
bool standing_holds(const struct standing *standing, int role, struct str party,
                    const struct row_thing **appointment);
bool standing_acts_for(const struct standing *standing, struct str party);

/* Does a bar on the person touch this case: any case, those of its maker, or this one? */
bool standing_barred(const struct standing *standing, struct str case_id, struct str party);
bool standing_cleared(const struct standing *standing, struct str case_id);

/* Is the row in force on the day? Its last day is one of them. */
bool thing_in_force(const struct row_thing *thing, struct day today);

#endif
