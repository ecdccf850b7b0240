/* pages_facility.c: Evaluation Facilities in the portal: the list for the body, one's record for
 * itself and for the body, and what happens to its cases when its approval ends.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/standing.h"
#include "store/aside.gen.h"
#include "store/sql.gen.h"
#include "web/facility_view.h"
#include "web/pages.gen.h"
#include "web/pages_lists.h"
#include "web/route.h"

#include "base/banned.h"

/* ---- words */

struct str facility_category_words(const struct visit *visit, struct str category)
{
    const struct rulebook *book = visit->web->book;
    if (str_is(category, "*"))
        return str_of(word(visit->english, "all categories"));
    for (size_t i = 1; i < book->lists_n; i++)
        if (str_is(str_of(book->lists[i].name), "category"))
            return item_text(visit, (int)i, category);
    return category;
}

struct str facility_scope_words(const struct visit *visit, struct str line)
{
    struct str category, level = str_cut(line, ':', &category);
    struct str text = facility_category_words(visit, category);
    return visit->english ? str_print(visit->arena, "level %.*s: %.*s", STR_F(level), STR_F(text))
                          : str_print(visit->arena, "レベル%.*s：%.*s", STR_F(level), STR_F(text));
}

static struct str evaluator_words(const struct visit *visit, const struct row_thing *thing)
{
    json_t *detail = NULL;
    if (json_read(visit->arena, thing->detail, &detail))
        return thing->word;
    const json_t *name = json_object_get(detail, "name");
    struct str lead = str_is(json_get(detail, "kind"), "lead")
                          ? str_of(word(visit->english, "lead evaluator"))
                          : str_of(word(visit->english, "evaluator"));
    return str_print(visit->arena, visit->english ? "%.*s %.*s (%.*s)" : "%.*s　%.*s（%.*s）",
                     STR_F(thing->word),
                     STR_F(visit_pick(visit, json_get(name, "ja"), json_get(name, "en"))),
                     STR_F(lead));
}

struct str facility_thing_words(const struct visit *visit, const struct row_thing *thing)
{
    if (str_is(thing->kind, "scope"))
        return facility_scope_words(visit, thing->word);
    if (str_is(thing->kind, "evaluator"))
        return evaluator_words(visit, thing);
    if (str_is(thing->kind, "nda"))
        return str_of(word(visit->english, "Non-Disclosure Agreement"));
    if (!str_is(thing->kind, "accreditation"))
        return thing->word;
    return str_print(visit->arena, "%s %.*s",
                     word(visit->english, str_is(thing->detail, "interim")
                                              ? N_("Interim equivalent")
                                              : N_("NITE (ASNITE)")),
                     STR_F(thing->word));
}

struct str facility_thing_days(struct html *html, const struct row_thing *thing)
{
    struct day from = DAY_NONE, to = DAY_NONE;
    day_parse(thing->from_day, &from);
    struct str first = day_words(html->arena, html->english, from);
    if (!day_parse(thing->to_day, &to))
        return say(html, "since %.*s", STR_F(first));
    return say(html, "from %.*s to %.*s", STR_F(first),
               STR_F(day_words(html->arena, html->english, to)));
}

/* ---- who looks, at what */

static bool acts_for(const struct row_party *parties, size_t n, struct str party)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(parties[i].id, party))
            return true;
    return false;
}

static void read_things(const struct visit *visit, struct facility_record *record)
{
    for (size_t i = 0; i < record->things_n; i++) {
        const struct row_thing *thing = &record->things[i];
        if (str_is(thing->kind, "approval")) {
            record->approval = thing;
            record->approved = record->approved || thing_in_force(thing, visit->today);
        }
        if (str_is(thing->kind, "nda"))
            record->nda = record->nda || thing_in_force(thing, visit->today);
    }
}

/* 2.1.3-2: personnel under an office that reads cases of facilities, and the facility itself. */
static struct fault *load_record(struct visit *visit, const struct row_party *party, bool own,
                                 struct facility_record *out)
{
    struct row_thing *things;
    *out = (struct facility_record){.party = party, .own = own};
    TRY(sql_things_of_party(visit->web->store, visit->arena, party->id, &things, &out->things_n));
    out->things = things;
    read_things(visit, out);
    return NULL;
}

static struct fault *own_parties(struct visit *visit, struct row_party **out, size_t *n)
{
    char room[11];
    return sql_portal_parties(visit->web->store, visit->arena, visit->who.person,
                              day_print(visit->today, room), out, n);
}

/* The list; whoever acts for one facility alone is led to its record. */
struct fault *facilities_page(struct visit *visit)
{
    struct row_party *all, *own;
    size_t all_n, own_n;
    bool may = false;
    struct facility_list list = {0};
    TRY(own_parties(visit, &own, &own_n));
    TRY(may_list(visit, STR("facility-approval"), &may));
    TRY(sql_parties_that_evaluate(visit->web->store, visit->arena, &all, &all_n));
    list.at = NEW_ARRAY(visit->arena, all_n + 1, struct facility_record);
    for (size_t i = 0; i < all_n; i++) {
        bool mine = acts_for(own, own_n, all[i].id);
        if (may || mine)
            TRY(load_record(visit, &all[i], mine, &list.at[list.n++]));
    }
    if (list.n == 1 && list.at[0].own) {
        visit_redirect(visit,
                       str_print(visit->arena, "/facility/%.*s", STR_F(list.at[0].party->id)));
        return NULL;
    }
    struct html *html = visit_page(visit, 200, PLACE_FACILITIES,
                                   str_of(word(visit->english, "Evaluation Facilities")));
    page_facilities(html, visit, &list);
    visit_send(visit);
    return NULL;
}

struct fault *facility_find(struct visit *visit, struct str id, struct facility_record *out)
{
    struct row_party *party, *own;
    size_t own_n;
    bool may = false;
    TRY(sql_party_by_id(visit->web->store, visit->arena, id, &party));
    TRY(own_parties(visit, &own, &own_n));
    TRY(may_list(visit, STR("facility-approval"), &may));
    if (!party || (!may && !acts_for(own, own_n, id)))
        return FAULT(visit->arena, "no-such-page", "no facility %.*s for this person", STR_F(id));
    TRY(load_record(visit, party, acts_for(own, own_n, id), out));
    if (!str_is(party->kind, "facility") && !out->approval)
        return FAULT(visit->arena, "no-such-page", "%.*s is no facility", STR_F(id));
    return NULL;
}

static bool turn_of_facility(const struct rulebook *book, int state)
{
    struct range turn = book->states[state].turn;
    for (size_t i = 0; i < turn.n; i++)
        if (book->ids[turn.first + i] == ROLE_EVALUATION_FACILITY)
            return true;
    return false;
}

/* Applications that name it and are not at an end; each as far as its own procedure lets read. */
static struct fault *load_open(struct visit *visit, struct facility_record *record)
{
    const struct rulebook *book = visit->web->book;
    struct sql_cases_open_at_facility_row *rows;
    size_t n;
    TRY(sql_cases_open_at_facility(visit->web->store, visit->arena, record->party->id, &rows, &n));
    record->open = NEW_ARRAY(visit->arena, n + 1, struct facility_case);
    for (size_t i = 0; i < n; i++) {
        bool may = record->own;
        int state = state_by_name(book, rows[i].state);
        if (!may)
            TRY(may_list(visit, rows[i].procedure, &may));
        if (may && state && !book->states[state].final)
            record->open[record->open_n++] =
                (struct facility_case){.row = &rows[i],
                                       .procedure = procedure_by_name(book, rows[i].procedure),
                                       .state = state,
                                       .in_its_hands = turn_of_facility(book, state)};
    }
    return NULL;
}

/* Its own procedures: of the approval, its end, evaluators, and the agreement. */
static struct fault *load_cases(struct visit *visit, struct facility_record *record)
{
    struct row_casework *rows;
    size_t n;
    TRY(sql_cases_about_party(visit->web->store, visit->arena, record->party->id, &rows, &n));
    record->cases = NEW_ARRAY(visit->arena, n + 1, struct row_casework);
    for (size_t i = 0; i < n; i++) {
        bool draft = str_is(rows[i].state, "start");
        bool may = record->own && (!draft || str_eq(rows[i].opened_by, visit->who.person));
        if (!record->own && (!draft || str_eq(rows[i].opened_by, visit->who.person)))
            TRY(may_list(visit, rows[i].procedure, &may));
        if (may)
            record->cases[record->cases_n++] = rows[i];
    }
    return NULL;
}

struct fault *facility_page(struct visit *visit)
{
    struct facility_record record;
    TRY(facility_find(visit, visit->parts[0], &record));
    TRY(load_open(visit, &record));
    TRY(load_cases(visit, &record));
    record.shows_work = record.own || visit_has_role(visit, "certifier") ||
                        visit_has_role(visit, "technical-manager");
    if (record.shows_work)
        TRY(facility_work_load(visit, record.party->id, &record.work));
    struct html *html = visit_page(visit, 200, PLACE_FACILITIES,
                                   visit_pick(visit, record.party->name_ja, record.party->name_en));
    page_facility(html, visit, &record);
    visit_send(visit);
    return NULL;
}

struct fault *facility_cases_page(struct visit *visit)
{
    struct facility_record record;
    TRY(facility_find(visit, visit->parts[0], &record));
    TRY(load_open(visit, &record));
    struct html *html = visit_page(visit, 200, PLACE_FACILITIES,
                                   str_of(word(visit->english, "What happens to its open cases")));
    page_facility_cases(html, visit, &record);
    visit_send(visit);
    return NULL;
}

/* Opens a case about the facility; the first step is taken on the page of the case. */
struct fault *facility_open(struct visit *visit)
{
    struct facility_record record;
    struct str id = STR_NONE;
    TRY(facility_find(visit, visit->parts[0], &record));
    struct case_request request = {.procedure = visit_form(visit, "procedure"),
                                   .party = record.party->id,
                                   .idempotency_key = visit_form(visit, "once"),
                                   .who = &visit->who};
    TRY(desk_open_case(visit->web->desk, visit->arena, &request, &id));
    visit_redirect(visit, str_print(visit->arena, "/cases/%.*s", STR_F(id)));
    return NULL;
}
