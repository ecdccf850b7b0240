/* notices.c: whom a step tells: rows that the portal shows, and what goes out by mail, written in
 * the transaction of the step.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/act.h"
#include "desk/blanks.h"
#include "desk/letters.h"
#include "desk/watch.h"
#include "desk/mass.h"
#include "store/sql.gen.h"

#include "base/banned.h"

/* One `tells` row on its way. */
struct telling {
    struct deed *deed;
    const struct notice_row *notice;
    struct str blanks;  /* canonical JSON */
    struct str today;
    struct words told;  /* parties: nobody hears the same twice */
    struct str *told_room;
};

/* ---- the outbox */

static struct fault *send_to(const struct telling *telling, struct str notice,
                             const struct row_person *person)
{
    struct deed *deed = telling->deed;
    struct row_outbox row = {
        .id = id_new(deed->arena), .notice = notice, .person = person->id,
        .language = str_is(person->language, "en") ? STR("en") : STR("ja"), .seq = deed->seq};
    return person->mail.bytes ? put_outbox(deed->desk->store, &row) : NULL;
}

static struct fault *persons_of(const struct telling *telling, const struct row_notice *notice,
                                struct row_person **persons, size_t *n)
{
    struct deed *deed = telling->deed;
    struct store *store = deed->desk->store;
    if (notice->party.bytes)
        return sql_persons_of_party(store, deed->arena, notice->party, telling->today, persons, n);
    if (notice->role.bytes)
        return sql_portal_holders(store, deed->arena, notice->role, telling->today, persons, n);
    struct row_person *person;
    TRY(sql_person_by_id(store, deed->arena, notice->person, &person));
    *persons = person;
    *n = person ? 1 : 0;
    return NULL;
}

/* Who came without an account: to the address that they gave, where they gave one. */
static struct fault *send_to_outsider(const struct telling *telling,
                                      const struct row_notice *notice)
{
    struct deed *deed = telling->deed;
    struct row_outsider *outsider;
    TRY(sql_outsider_of_case(deed->desk->store, deed->arena, notice->case_id, &outsider));
    if (!outsider || !outsider->mail.bytes)
        return NULL;
    struct row_outbox row = {.id = id_new(deed->arena), .notice = notice->id,
                             .language = outsider->language, .seq = deed->seq};
    return put_outbox(deed->desk->store, &row);
}

static bool is_outside(const struct telling *telling, struct str role)
{
    const struct rulebook *book = telling->deed->desk->book;
    return role.bytes && book->roles[role_by_name(book, role)].sort == ROLE_SORT_OUTSIDE;
}

/* A notice in mass is one mail for each registrant, which says of how many labels it is. */
static bool is_told_once(const struct telling *telling)
{
    const struct mass_turn *mass = telling->deed->who->mass;
    return mass && !mass->first && str_is(str_of(telling->notice->name), "mass-notice");
}

static struct fault *post(const struct telling *telling, const struct row_notice *notice)
{
    struct row_person *persons;
    size_t n;
    if (telling->notice->sort == NOTICE_SORT_INBOX || str_is(notice->role, "public"))
        return NULL;
    if (is_told_once(telling)) /* by the mail for another of the registrant's labels */
        return NULL;
    if (is_outside(telling, notice->role))
        return send_to_outsider(telling, notice);
    TRY(persons_of(telling, notice, &persons, &n));
    for (size_t i = 0; i < n; i++)
        if (i == 0 || !str_eq(persons[i].id, persons[i - 1].id))
            TRY(send_to(telling, notice->id, &persons[i]));
    return NULL;
}

/* ---- the notice */

static struct fault *tell(struct telling *telling, struct row_notice *notice)
{
    struct deed *deed = telling->deed;
    if (notice->party.bytes) {
        if (words_have(telling->told, notice->party))
            return NULL;
        telling->told_room[telling->told.n++] = notice->party;
    }
    notice->id = id_new(deed->arena);
    notice->case_id = deed->work.id;
    notice->kind = str_of(telling->notice->name);
    notice->at = deed->now;
    notice->seq = deed->seq;
    notice->blanks = telling->blanks;
    TRY(put_notice(deed->desk->store, notice));
    if (telling->notice->sort == NOTICE_SORT_LETTER)
        TRY(letter_keep(deed, telling->notice, notice));
    return post(telling, notice);
}

static struct fault *tell_parties(struct telling *telling, struct words parties)
{
    struct str *room = NEW_ARRAY(telling->deed->arena, telling->told.n + parties.n + 8, struct str);
    for (size_t i = 0; i < telling->told.n; i++)
        room[i] = telling->told_room[i];
    telling->told_room = room;
    telling->told.at = room;
    for (size_t i = 0; i < parties.n; i++)
        TRY(tell(telling, &(struct row_notice){.party = parties.at[i]}));
    return NULL;
}

/* ---- audiences: resolved now, to the parties that they consist of today */

static struct fault *registrants(const struct telling *telling, struct str edition,
                                 struct words *out)
{
    struct deed *deed = telling->deed;
    struct sql_registrants_on_row *rows;
    size_t n;
    TRY(sql_registrants_on(deed->desk->store, deed->arena, edition, telling->today, &rows, &n));
    struct str *parties = NEW_ARRAY(deed->arena, n + 1, struct str);
    for (size_t i = 0; i < n; i++)
        parties[i] = rows[i].party;
    *out = (struct words){parties, n};
    return NULL;
}

/* Whoever has a case that is filed and not at its end. */
static struct fault *applicants(const struct telling *telling, struct str facility,
                                struct words *out)
{
    struct deed *deed = telling->deed;
    const struct rulebook *book = deed->desk->book;
    struct sql_parties_of_cases_row *rows;
    size_t n, found = 0;
    TRY(sql_parties_of_cases(deed->desk->store, deed->arena, facility, &rows, &n));
    struct str *parties = NEW_ARRAY(deed->arena, n + 1, struct str);
    for (size_t i = 0; i < n; i++) {
        int state = state_by_name(book, rows[i].state);
        bool open = state && state != STATE_START && !book->states[state].final;
        if (open && (found == 0 || !str_eq(parties[found - 1], rows[i].party)))
            parties[found++] = rows[i].party;
    }
    *out = (struct words){parties, found};
    return NULL;
}

static struct fault *tell_audience(struct telling *telling, int role)
{
    struct deed *deed = telling->deed;
    struct words parties = {0};
    switch (role) {
    case ROLE_PUBLIC:
        deed->publishes = true;
        return tell(telling, &(struct row_notice){.role = STR("public")});
    case ROLE_ALL_REGISTRANTS:
        TRY(registrants(telling, STR_NONE, &parties));
        break;
    case ROLE_REGISTRANTS_OF_EDITION:
        TRY(deed->work.edition.bytes ? registrants(telling, deed->work.edition, &parties) : NULL);
        break;
    case ROLE_ALL_APPLICANTS:
        TRY(applicants(telling, STR_NONE, &parties));
        break;
    case ROLE_APPLICANTS_OF_FACILITY:
        TRY(deed->work.facility.bytes ? applicants(telling, deed->work.facility, &parties) : NULL);
        break;
    default:
        BUG("audience '%s' consists of nobody", deed->desk->book->roles[role].name);
    }
    return tell_parties(telling, parties);
}

static struct fault *tell_role(struct telling *telling, int role)
{
    struct deed *deed = telling->deed;
    const struct rulebook *book = deed->desk->book;
    struct str party;
    switch (book->roles[role].sort) {
    case ROLE_SORT_PARTY:
        party = party_of_role(book, &deed->work, role);
        return party.bytes ? tell_parties(telling, (struct words){&party, 1})
                           : NULL; /* no such party on this case: no facility is named yet, say */
    case ROLE_SORT_OUTSIDE:
        if (str_eq(deed->work.opened_by, watcher_principal().person))
            return NULL; /* 4.8.3-1: of what the watch took in there is no reporter */
        if (deed->work.party.bytes) /* brought by a maker's person: the maker is told */
            return tell_parties(telling, (struct words){&deed->work.party, 1});
        return tell(telling, deed->work.opened_by.bytes
                                 ? &(struct row_notice){.person = deed->work.opened_by}
                                 : &(struct row_notice){.role = str_of(book->roles[role].name)});
    case ROLE_SORT_AUDIENCE:
        return tell_audience(telling, role);
    case ROLE_SORT_DELEGATED: /* whoever the office is, and those who stand for it there */
        role = delegate_of(&deed->setting, role);
        break;
    case ROLE_SORT_OFFICE:
    case ROLE_SORT_ANY:
    case ROLE_SORT_BOARD:
    case ROLE_SORT_MACHINE:
        break;
    }
    return tell(telling, &(struct row_notice){.role = str_of(book->roles[role].name)});
}

struct fault *deed_tell(struct deed *deed)
{
    const struct rulebook *book = deed->desk->book;
    char room[11];
    for (size_t i = 0; i < deed->step->tells.n; i++) {
        const struct tell_row *row = &book->tells[deed->step->tells.first + i];
        struct telling telling = {.deed = deed, .notice = &book->notices[row->notice],
                                  .today = day_print(deed->today, room)};
        json_t *blanks;
        TRY(blanks_fill(deed, telling.notice, &blanks));
        telling.blanks = json_canonical(deed->arena, blanks);
        for (size_t r = 0; r < row->to.n; r++)
            TRY(tell_role(&telling, book->ids[row->to.first + r]));
    }
    return NULL;
}
