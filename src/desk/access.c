/* access.c: who may see a case, and what of its procedure they meet.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "desk/deed.h"
#include "store/sql.gen.h"

#include "base/banned.h"

bool is_confidential(const struct rulebook *book, const struct procedure_row *procedure)
{
    bool seen = false;
    for (size_t i = 0; i < procedure->seen_by.n; i++)
        seen = seen || book->ids[procedure->seen_by.first + i] == ROLE_REGISTRANT;
    return (str_is(str_of(procedure->subject), "label") || procedure->sealed) && !seen;
}

bool act_is_told(const struct rulebook *book, const struct procedure_row *procedure,
                 struct str step, struct str person, const struct principal *who)
{
    if (!procedure || !open_step(book, procedure))
        return true;
    const struct step_row *row = step_by_name(book, procedure, step);
    for (size_t i = 0; row && i < row->by.n; i++) {
        enum role_sort sort = book->roles[book->ids[row->by.first + i]].sort;
        if (sort == ROLE_SORT_OUTSIDE || (sort == ROLE_SORT_PARTY && who->person.bytes))
            return true;
    }
    return !step.bytes && str_eq(person, who->person);
}

/* Personnel under an office that the procedure lets read it, with the Statement in force. */
static bool sees_by_office(const struct standing *standing, const struct procedure_row *procedure)
{
    const struct row_thing *appointment;
    for (size_t i = 0; i < procedure->seen_by.n; i++)
        if (standing_holds(standing, standing->book->ids[procedure->seen_by.first + i], STR_NONE,
                           &appointment) &&
            appointment && standing_thing(standing, "ethics", STR_NONE))
            return true;
    return false;
}

struct fault *desk_may_list(struct desk *desk, struct arena *arena, const struct principal *who,
                            const struct procedure_row *procedure, bool *out)
{
    struct standing standing;
    TRY(standing_load(desk->store, arena, desk->book, who, STR_NONE,
                      clock_today(desk->clock), &standing));
    *out = sees_by_office(&standing, procedure);
    return NULL;
}

/* A party of the case in a role that the procedure lets read it: the facility named, say. */
static bool sees_as_party(const struct standing *standing, const struct procedure_row *procedure,
                          const struct row_casework *work)
{
    for (size_t i = 0; i < procedure->seen_by.n; i++)
        if (standing_acts_for(standing,
                              party_of_role(standing->book, work,
                                            standing->book->ids[procedure->seen_by.first + i])))
            return true;
    return false;
}

/* Personnel see a case under an office that the procedure lets read it, with their Statement of
 * Ethics in force, which holds the duty of confidence (2.1.3-2, 2.2.1-3); the party sees its own.
 * What somebody still drafts is before nobody else: nobody engaged in the work needs it. */
static bool may_see(const struct standing *standing, const struct procedure_row *procedure,
                    const struct row_casework *work)
{
    if (!standing->person.bytes) /* a link is for one case */
        return standing->guest.bytes && str_eq(standing->guest, work->id);
    if (standing_acts_for(standing, work->party) ||
        (work->party.bytes == 0 && str_eq(work->opened_by, standing->person)))
        return true;
    if (str_is(work->state, standing->book->states[STATE_START].name))
        return str_eq(work->opened_by, standing->person) &&
               sees_by_office(standing, procedure); /* an agreement to be offered, say */
    return sees_as_party(standing, procedure, work) || sees_by_office(standing, procedure);
}

/* 4.9-1: a former registrant reads on what it filed, up to the instant at which the case went to
 * its successor; *until stays where it is for all others. */
static struct fault *reads_on(struct desk *desk, struct arena *arena,
                              const struct standing *standing, struct str case_id, int64_t *until)
{
    struct row_thing *rows;
    size_t n;
    int64_t at;
    TRY(sql_readings_of_case(desk->store, arena, case_id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (standing_acts_for(standing, rows[i].party) && str_int(rows[i].detail, &at) &&
            at > *until)
            *until = at;
    return NULL;
}

struct fault *desk_may_see_of(struct desk *desk, struct arena *arena, const struct principal *who,
                              struct str case_id, int64_t at)
{
    struct row_casework *work;
    struct standing standing;
    int64_t until = -1;
    TRY(sql_case_by_id(desk->store, arena, case_id, &work));
    const struct procedure_row *procedure =
        work ? procedure_by_name(desk->book, work->procedure) : NULL;
    if (!procedure)
        return FAULT(arena, "absent", "no such case for this person");
    TRY(standing_load(desk->store, arena, desk->book, who, STR_NONE,
                      clock_today(desk->clock), &standing));
    if (may_see(&standing, procedure, work))
        return NULL;
    TRY(reads_on(desk, arena, &standing, case_id, &until));
    return until < at || until < 0 ? FAULT(arena, "absent", "no such case for this person") : NULL;
}

struct fault *desk_may_see(struct desk *desk, struct arena *arena, const struct principal *who,
                           struct str case_id)
{
    return desk_may_see_of(desk, arena, who, case_id, 0);
}

enum { LINES_MAX = 64 };

static void make_offer(struct deed *deed, const struct step_row *step, struct offer *offer)
{
    const struct rulebook *book = deed->desk->book;
    struct str name = str_of(step->name);
    offer->step = step;
    offer->role = deed->role;
    offer->verdict =
        judge_before_form(book, deed->procedure, name, deed->role, deed->state, &deed->facts);
    offer->open = offer->verdict.kind == VERDICT_ALLOWED;
    struct why_line lines[LINES_MAX];
    offer->lines_n = judge_why(book, deed->procedure, name, deed->role, deed->state, &deed->facts,
                               lines, LINES_MAX);
    offer->lines = NEW_ARRAY(deed->arena, offer->lines_n, struct why_line);
    memcpy(offer->lines, lines, offer->lines_n * sizeof *lines);
}

struct fault *desk_offers(struct desk *desk, struct arena *arena, const struct principal *who,
                          struct str case_id, struct offer **offers, size_t *n)
{
    struct deed deed;
    TRY(deed_begin(desk, arena, who, case_id, &deed));
    TRY(deed_load_facts(&deed));
    *n = deed.procedure->steps.n;
    *offers = NEW_ARRAY(arena, *n + 1, struct offer);
    for (size_t i = 0; i < *n; i++) {
        const struct step_row *step = &desk->book->steps[deed.procedure->steps.first + i];
        deed_choose_step(&deed, str_of(step->name));
        TRY(deed_facts_of_step(&deed));
        make_offer(&deed, step, &(*offers)[i]);
    }
    return NULL;
}

struct fault *desk_facts(struct desk *desk, struct arena *arena, const struct principal *who,
                         struct str case_id, struct str step, struct facts *facts)
{
    struct deed deed;
    TRY(deed_begin(desk, arena, who, case_id, &deed));
    deed_choose_step(&deed, step);
    if (!deed.step)
        return FAULT(arena, "unknown-step", "no step '%.*s'", STR_F(step));
    TRY(deed_load_facts(&deed));
    *facts = deed.facts;
    return NULL;
}
