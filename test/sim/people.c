/* people.c: who acts in the years: the body's people, makers, facilities.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A process that takes over after a crash finds them again by their logins. */
#include <string.h>

#include "base/json.h"
#include "desk/act.h"
#include "desk/found.h"
#include "desk/people.h"
#include "sim.h"
#include "store/put.gen.h"
#include "store/sql.gen.h"

#include "base/banned.h"

static const struct {
    const char *login, *office, *second;
} staff[] = {
    {"ceo", "chief-executive-officer", NULL},
    {"md", "managing-director", NULL},
    {"md2", "deputy managing-director", NULL},
    {"msm", "management-system-manager", NULL},
    {"tm", "technical-manager", NULL},
    {"tm2", "deputy technical-manager", NULL},
    {"op1", "operational-personnel", NULL},
    {"op2", "operational-personnel", NULL},
    {"op3", "operational-personnel", NULL},
    {"cert1", "certifier", NULL},
    {"cert2", "certifier", NULL},
    {"cert3", "certifier", NULL},
    {"crit1", "criteria-personnel", NULL},
    {"crit2", "criteria-personnel", NULL},
    {"many", "operational-personnel", "certifier"},
};
enum { STAFF = sizeof staff / sizeof *staff };

static json_t *person_of(struct sim *sim, size_t i)
{
    json_t *person = json_new(sim->arena), *offices = json_new_list(sim->arena);
    json_t *functions = json_new_list(sim->arena);
    json_put(person, "key", str_of(staff[i].login));
    json_put(person, "ja", str_print(sim->arena, "見本 %s %zu", CONFIDENTIAL, i));
    json_put(person, "en", str_print(sim->arena, "%s, person %zu", CONFIDENTIAL, i));
    json_put(person, "mail", str_print(sim->arena, "%s@body.example", staff[i].login));
    json_add_str(offices, str_of(staff[i].office));
    if (staff[i].second)
        json_add_str(offices, str_of(staff[i].second));
    for (size_t f = 1; f < hoshi_rulebook.functions_n; f++)
        json_add_str(functions, str_print(sim->arena, "%s 1-4", hoshi_rulebook.functions[f].name));
    json_put_json(person, "offices", offices);
    json_put_json(person, "functions", functions);
    json_put_bool(person, "ethics", true);
    return person;
}

static json_t *body_of(struct sim *sim)
{
    json_t *all = json_new(sim->arena), *people = json_new_list(sim->arena);
    json_t *body = json_new(sim->arena);
    for (size_t i = 0; i < STAFF; i++)
        json_add(people, person_of(sim, i));
    json_put(body, "ja", STR("架空ラベル機構"));
    json_put(body, "en", STR("Fictional Label Organization"));
    json_put(body, "corporate_number", STR("9999999999913"));
    json_put(all, "from", STR("2025-01-06"));
    json_put_json(all, "body", body);
    json_put_json(all, "people", people);
    return all;
}

/* Where no tariff is known a rule waives the fee, so that cases can go on. */
static struct fault *waive(struct desk *desk, struct arena *arena, void *whom)
{
    struct sim *sim = whom;
    int64_t seq;
    TRY(desk_begin_entry(desk, arena, "setting", &sim->actors[0].who, STR_NONE, NULL, &seq));
    struct row_parameter row = {.name = STR("fee-waiver"), .valid_from = STR("2025-01-06"),
                                .value = STR("yes"), .clause = STR("2.2.2-1"),
                                .note = STR("for the simulation")};
    TRY(put_parameter(desk->store, &row));
    return journal_append(desk->store, arena);
}

void people_found(struct sim *sim, int makers)
{
    struct founder *founders;
    size_t n;
    struct principal who;
    MUST(desk_found(&sim->desk, sim->arena, body_of(sim), &founders, &n));
    for (int i = 0; i < makers; i++) {
        struct maker_request request = {
            .name_ja = str_print(sim->arena, "株式会社みほん%d", i),
            .name_en = str_print(sim->arena, "Mihon %d Inc.", i), .country = STR("US"),
            .person_ja = STR("見本 " CONFIDENTIAL), .person_en = STR("Hanako " CONFIDENTIAL),
            .mail = str_print(sim->arena, "m%d@maker.example", i)};
        MUST(desk_register_maker(&sim->desk, sim->arena, &request, &who));
    }
    people_find(sim);
    MUST(desk_write(&sim->desk, sim->arena, waive, sim));
    facilities_found(sim);
}

static bool find_one(struct sim *sim, struct str login, bool party)
{
    struct row_account *account;
    struct row_party_member *members;
    size_t n;
    struct actor *actor = &sim->actors[sim->actors_n];
    MUST(sql_account_by_login(sim->desk.store, sim->arena, login, &account));
    if (!account || sim->actors_n == ACTORS_MAX)
        return false;
    *actor = (struct actor){.party = party};
    MUST(desk_principal(sim->desk.store, sim->arena, account->id, &actor->who));
    MUST(sql_parties_of_person(sim->desk.store, sim->arena, actor->who.person, &members, &n));
    if (n)
        actor->of_party = members[0].party;
    sim->actors_n++;
    return true;
}

void people_find(struct sim *sim)
{
    sim->actors_n = 0;
    for (size_t i = 0; i < STAFF; i++)
        find_one(sim, str_print(sim->arena, "%s@body.example", staff[i].login), false);
    for (int i = 0; find_one(sim, str_print(sim->arena, "f%d@facility.example", i), true); i++)
        sim->actors[sim->actors_n - 1].facility = true;
    for (int i = 0; find_one(sim, str_print(sim->arena, "m%d@maker.example", i), true); i++)
        ;
}

const struct actor *people_named(const struct sim *sim, const char *login)
{
    for (size_t i = 0; i < STAFF; i++)
        if (!strcmp(staff[i].login, login))
            return &sim->actors[i];
    BUG("nobody is called '%s'", login);
}

const struct actor *people_any(struct sim *sim, bool facility)
{
    size_t start = random_below(sim, sim->actors_n);
    for (size_t i = 0; i < sim->actors_n; i++) {
        const struct actor *actor = &sim->actors[(start + i) % sim->actors_n];
        if (actor->party && actor->facility == facility)
            return actor;
    }
    return NULL;
}

static struct str side_of(const struct row_casework *work, int role)
{
    return role == ROLE_REGISTRANT            ? work->registrant
           : role == ROLE_EVALUATION_FACILITY ? work->facility
                                              : work->party;
}

static bool holds(size_t i, const struct role_row *role)
{
    const char *office = role->sort == ROLE_SORT_DELEGATED
                             ? hoshi_rulebook.roles[role->stands_for].name
                             : role->name;
    const char *held = staff[i].office;
    if (str_starts(str_of(held), "deputy "))
        held += strlen("deputy ");
    return role->sort == ROLE_SORT_ANY || !strcmp(held, office) ||
           (staff[i].second && !strcmp(staff[i].second, office));
}

/* Whoever brought the case: by the link of it, or the one under whose account it is; somebody else
 * where it is still to be brought. */
static const struct actor *brought_by(struct sim *sim, const struct row_casework *work,
                                      size_t start)
{
    for (size_t i = 0; work->opened_by.bytes && i < sim->actors_n; i++)
        if (str_eq(sim->actors[i].who.person, work->opened_by))
            return &sim->actors[i];
    if (!work->id.bytes)
        return &sim->actors[start];
    sim->guest = (struct actor){.who = {.guest = work->id}};
    return &sim->guest;
}

const struct actor *people_for(struct sim *sim, const struct row_casework *work,
                               const struct step_row *step)
{
    int role = hoshi_rulebook.ids[step->by.first + random_below(sim, step->by.n)];
    const struct role_row *row = &hoshi_rulebook.roles[role];
    size_t start = random_below(sim, sim->actors_n);
    if (random_chance(sim, 2)) /* somebody who may have nothing to do with it */
        return &sim->actors[start];
    if (row->sort == ROLE_SORT_OUTSIDE)
        return brought_by(sim, work, start);
    for (size_t k = 0; k < sim->actors_n; k++) {
        size_t i = (start + k) % sim->actors_n;
        const struct actor *actor = &sim->actors[i];
        if (row->sort == ROLE_SORT_PARTY
                ? actor->party && str_eq(actor->of_party, side_of(work, role))
                : !actor->party && row->sort != ROLE_SORT_MACHINE && holds(i, row))
            return actor;
    }
    return NULL;
}
