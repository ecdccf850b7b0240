/* standing.c: what a person is today.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/standing.h"

#include "desk/deed.h"
#include "store/sql.gen.h"

#include "base/banned.h"

/* Days are written so that they sort as they follow each other. */
static bool in_force(struct str from_day, struct str to_day, struct day today)
{
    char room[11];
    struct str now = day_print(today, room);
    return str_order(from_day, now) <= 0 && (to_day.bytes == 0 || str_order(now, to_day) <= 0);
}

bool thing_in_force(const struct row_thing *thing, struct day today)
{
    return in_force(thing->from_day, thing->to_day, today);
}

/* Of personnel alone: nobody else holds an office. */
static struct fault *load_delegates(struct store *store, struct arena *arena,
                                    struct standing *standing)
{
    if (!standing_thing(standing, "appointment", STR_NONE))
        return NULL;
    return delegates_load(store, arena, standing->book, standing->today, standing->delegates);
}

static int machine_of(const struct principal *who)
{
    return who->due > 0 ? ROLE_CLOCK : who->machine;
}

struct fault *standing_load(struct store *store, struct arena *arena, const struct rulebook *book,
                            const struct principal *who, struct str case_id, struct day today,
                            struct standing *out)
{
    struct str person = who->person;
    *out = (struct standing){.book = book, .person = person, .guest = who->guest,
                             .machine = machine_of(who), .today = today};
    if (!person.bytes || out->machine) /* who comes without account; nothing is about a machine */
        return NULL;
    struct row_thing *things;
    struct row_party_member *parties;
    size_t things_n, parties_n;
    TRY(sql_things_of_person(store, arena, person, case_id, &things, &things_n));
    TRY(sql_parties_of_person(store, arena, person, &parties, &parties_n));
    out->things = NEW_ARRAY(arena, things_n + 1, const struct row_thing *);
    for (size_t i = things_n; i-- > 0;) /* the younger first */
        if (thing_in_force(&things[i], today))
            out->things[out->things_n++] = &things[i];
    out->parties = NEW_ARRAY(arena, parties_n + 1, const struct row_party_member *);
    for (size_t i = 0; i < parties_n; i++)
        if (in_force(parties[i].from_day, parties[i].to_day, today))
            out->parties[out->parties_n++] = &parties[i];
    return load_delegates(store, arena, out);
}

struct fault *standing_add_parent(struct store *store, struct arena *arena, struct str parent,
                                  struct standing *standing)
{
    struct row_thing *things;
    size_t n;
    if (!parent.bytes || !standing->person.bytes || standing->machine)
        return NULL;
    TRY(sql_things_of_person(store, arena, standing->person, parent, &things, &n));
    const struct row_thing **all =
        NEW_ARRAY(arena, standing->things_n + n + 1, const struct row_thing *);
    for (size_t i = 0; i < standing->things_n; i++)
        all[i] = standing->things[i];
    standing->things = all;
    standing->parent = parent;
    for (size_t i = n; i-- > 0;)
        if (str_eq(things[i].case_id, parent) && thing_in_force(&things[i], standing->today))
            standing->things[standing->things_n++] = &things[i];
    return NULL;
}

/* About this case, or about the one that opened it. */
static bool is_about(const struct standing *standing, const struct row_thing *thing,
                     struct str case_id)
{
    return str_eq(thing->case_id, case_id) ||
           (standing->parent.bytes && str_eq(thing->case_id, standing->parent));
}

const struct row_thing *standing_thing(const struct standing *standing, const char *kind,
                                       struct str word)
{
    for (size_t i = 0; i < standing->things_n; i++) {
        const struct row_thing *thing = standing->things[i];
        if (str_is(thing->kind, kind) && (word.bytes == 0 || str_eq(thing->word, word)))
            return thing;
    }
    return NULL;
}

static const struct row_thing *appointment_to(const struct standing *standing, const char *role)
{
    const struct row_thing *found = NULL;
    for (size_t i = 0; i < standing->things_n; i++) {
        const struct row_thing *thing = standing->things[i];
        if (!str_is(thing->kind, "appointment") || !str_is(thing->word, role))
            continue;
        if (!found || (str_is(found->detail, "deputy") && !str_is(thing->detail, "deputy")))
            found = thing;
    }
    return found;
}

bool standing_acts_for(const struct standing *standing, struct str party)
{
    for (size_t i = 0; party.bytes && i < standing->parties_n; i++)
        if (str_eq(standing->parties[i]->party, party))
            return true;
    return false;
}

bool standing_holds(const struct standing *standing, int role, struct str party,
                    const struct row_thing **appointment)
{
    const struct role_row *row = &standing->book->roles[role];
    *appointment = NULL;
    switch (row->sort) {
    case ROLE_SORT_OFFICE:
    case ROLE_SORT_BOARD:
        *appointment = appointment_to(standing, row->name);
        return *appointment;
    case ROLE_SORT_DELEGATED:
        row = &standing->book->roles[standing->delegates[role]];
        *appointment = appointment_to(standing, row->name);
        return *appointment;
    case ROLE_SORT_ANY:
        *appointment = standing_thing(standing, "appointment", STR_NONE);
        return *appointment;
    case ROLE_SORT_PARTY:
        return standing_acts_for(standing, party);
    case ROLE_SORT_OUTSIDE:
        return !standing->machine;
    case ROLE_SORT_MACHINE:
        return standing->machine == role;
    case ROLE_SORT_AUDIENCE:
        break;
    }
    return false;
}

bool standing_barred(const struct standing *standing, struct str case_id, struct str party)
{
    for (size_t i = 0; i < standing->things_n; i++) {
        const struct row_thing *bar = standing->things[i];
        if (str_is(bar->kind, "bar") &&
            (bar->case_id.bytes == 0 || is_about(standing, bar, case_id)) &&
            (bar->party.bytes == 0 || str_eq(bar->party, party)))
            return true;
    }
    return false;
}

bool standing_cleared(const struct standing *standing, struct str case_id)
{
    for (size_t i = 0; i < standing->things_n; i++) {
        const struct row_thing *thing = standing->things[i];
        if (str_is(thing->kind, "clearance") && is_about(standing, thing, case_id))
            return true;
    }
    return false;
}
