/* deed.c: what a step starts from: the case, the actor, the role, the clock.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/deed.h"
#include "store/sql.gen.h"

#include "base/banned.h"

static struct fault *load_filled(struct deed *deed)
{
    struct row_case_field *rows;
    size_t n;
    TRY(sql_case_fields(deed->desk->store, deed->arena, deed->work.id, &rows, &n));
    deed->filled = json_new(deed->arena);
    for (size_t i = 0; i < n; i++) {
        json_t *value;
        TRY(json_read(deed->arena, rows[i].value, &value));
        json_put_json(deed->filled, str_z(deed->arena, rows[i].field), value);
    }
    return NULL;
}

struct fault *deed_begin(struct desk *desk, struct arena *arena, const struct principal *who,
                         struct str case_id, struct deed *deed)
{
    struct row_casework *work;
    *deed = (struct deed){.desk = desk, .arena = arena, .who = who, .now = clock_now(desk->clock)};
    deed->moment = who->due ? who->due : deed->now;
    deed->today = day_of_instant(deed->moment);
    TRY(sql_case_by_id(desk->store, arena, case_id, &work));
    if (!work)
        return FAULT(arena, "unknown-case", "no case '%.*s'", STR_F(case_id));
    deed->work = *work;
    deed->procedure = procedure_by_name(desk->book, work->procedure);
    deed->state = state_by_name(desk->book, work->state);
    if (!deed->procedure || !deed->state)
        return FAULT(arena, "broken-database", "case %.*s is in a state that the rules do not know",
                     STR_F(case_id));
    TRY(standing_load(desk->store, arena, desk->book, who, case_id, deed->today,
                      &deed->standing));
    TRY(standing_add_parent(desk->store, arena, work->parent, &deed->standing));
    TRY(setting_keep(desk, arena, deed->today, &deed->setting));
    return deed_read_case(deed);
}

struct fault *deed_read_case(struct deed *deed)
{
    deed->about = (struct about){0};
    TRY(sql_case_steps(deed->desk->store, deed->arena, deed->work.id, &deed->steps,
                       &deed->steps_n));
    TRY(load_filled(deed));
    deed_take_mass(deed);
    return NULL;
}

struct str party_of_role(const struct rulebook *book, const struct row_casework *work, int role)
{
    if (book->roles[role].sort != ROLE_SORT_PARTY)
        return STR_NONE;
    switch (role) {
    case ROLE_REGISTRANT:
        return work->registrant;
    case ROLE_EVALUATION_FACILITY:
        return work->facility;
    default:
        return work->party;
    }
}

void deed_choose_step(struct deed *deed, struct str step)
{
    const struct rulebook *book = deed->desk->book;
    deed->step = step_by_name(book, deed->procedure, step);
    deed->role = 0;
    deed->appointment = NULL;
    for (size_t i = 0; deed->step && i < deed->step->by.n && !deed->role; i++) {
        int role = book->ids[deed->step->by.first + i];
        if (standing_holds(&deed->standing, role, party_of_role(book, &deed->work, role),
                           &deed->appointment))
            deed->role = role;
    }
}

struct fault *verdict_fault(struct arena *arena, const struct verdict *verdict)
{
    static const char *const codes[] = {[VERDICT_UNKNOWN] = "unknown-step",
                                        [VERDICT_FORBIDDEN] = "forbidden",
                                        [VERDICT_STATE] = "wrong-state",
                                        [VERDICT_REFUSED] = "refused",
                                        [VERDICT_MALFORMED] = "refused-form"};
    struct fault *fault = FAULT(arena, codes[verdict->kind], "%s refuses by %s",
                                verdict->guard ? verdict->guard : "the procedure",
                                verdict->clause ? verdict->clause : "no clause");
    fault->guard = verdict->guard;
    fault->clause = verdict->clause;
    return fault;
}
