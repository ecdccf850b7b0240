/* setting.c: parameters as of a day, and the target days that follow from them.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/calendar.h"
#include "desk/deed.h"
#include "store/sql.gen.h"

#include "base/banned.h"

struct fault *setting_load(struct store *store, struct arena *arena, const struct rulebook *book,
                           struct day today, struct setting *out)
{
    char room[11];
    struct sql_parameters_begun_row *rows;
    size_t n;
    *out =
        (struct setting){.book = book, .values = NEW_ARRAY(arena, book->parameters_n, struct str)};
    for (size_t i = 1; i < book->parameters_n; i++)
        out->values[i] = str_of(book->parameters[i].value);
    TRY(sql_parameters_begun(store, arena, str_copy(arena, day_print(today, room)), &rows, &n));
    for (size_t i = 0; i < n; i++) { /* the later of a name over the earlier */
        int parameter = parameter_by_name(book, rows[i].name);
        if (parameter)
            out->values[parameter] = rows[i].value;
    }
    return NULL;
}

struct fault *setting_keep(struct desk *desk, struct arena *arena, struct day today,
                           struct setting *out)
{
    struct kept *kept = desk->kept;
    if (!kept)
        return setting_load(desk->store, arena, desk->book, today, out);
    if (!kept->setting.values || kept->day.n != today.n) {
        TRY(setting_load(desk->store, kept->arena, desk->book, today, &kept->setting));
        kept->day = today;
    }
    *out = kept->setting;
    return NULL;
}

void setting_forget(struct desk *desk)
{
    if (desk->kept)
        desk->kept->setting.values = NULL;
}

int delegate_of(const struct setting *setting, int role)
{
    const struct role_row *row = &setting->book->roles[role];
    int office = role_by_name(setting->book, setting_of(setting, row->name));
    return office && setting->book->roles[office].sort == ROLE_SORT_OFFICE ? office
                                                                           : row->stands_for;
}

struct fault *delegates_load(struct store *store, struct arena *arena, const struct rulebook *book,
                             struct day today, int out[ROLE_COUNT])
{
    struct setting setting;
    TRY(setting_load(store, arena, book, today, &setting));
    for (size_t role = 1; role < book->roles_n; role++)
        if (book->roles[role].sort == ROLE_SORT_DELEGATED)
            out[role] = delegate_of(&setting, (int)role);
    return NULL;
}

struct str setting_of(const struct setting *setting, const char *parameter)
{
    int id = parameter_by_name(setting->book, str_of(parameter));
    if (!id)
        BUG("no parameter '%s' in the rule book", parameter);
    return setting->values[id];
}

bool setting_names(const struct setting *setting, const char *parameter, struct str name)
{
    struct str list = setting_of(setting, parameter);
    while (list.bytes)
        if (str_eq(str_cut(list, ' ', &list), name))
            return true;
    return false;
}

/* "5" or "5 …": the number of days that a parameter of sort working-days, or days, states. */
static bool days_of(struct str value, int64_t *out)
{
    struct str rest;
    return str_int(str_cut(str_trim(value), ' ', &rest), out) && *out >= 0 && *out < 3660;
}

static bool leaves(const struct rulebook *book, const struct step_row *step, int state)
{
    for (size_t i = 0; i < step->from.n; i++)
        if (book->ids[step->from.first + i] == state)
            return step->within != 0;
    return false;
}

/* The least number of days, working and plain, after which a step out of the state is late. */
static void limits_of_state(const struct setting *setting, const struct procedure_row *procedure,
                            int state, int64_t *working, int64_t *plain)
{
    const struct rulebook *book = setting->book;
    int64_t n;
    *working = *plain = -1;
    for (size_t i = 0; i < procedure->steps.n; i++) {
        const struct step_row *step = &book->steps[procedure->steps.first + i];
        if (!leaves(book, step, state) || !days_of(setting->values[step->within], &n))
            continue;
        bool counts_working = str_is(str_of(book->parameters[step->within].sort), "working-days");
        int64_t *least = counts_working ? working : plain;
        if (*least < 0 || n < *least)
            *least = n;
    }
}

/* No run of days without work is longer than twelve: twice the days and forty hold the target. */
static struct fault *working_target(struct store *store, struct arena *arena, struct day from,
                                    int64_t days, struct day *out)
{
    char first[11], last[11];
    struct sql_holidays_between_row *rows;
    size_t n;
    TRY(sql_holidays_between(store, arena, day_print(from, first),
                             day_print(day_plus(from, (int)days * 2 + 40), last), &rows, &n));
    struct day *holidays = NEW_ARRAY(arena, n + 1, struct day);
    struct calendar calendar = {.holidays = holidays};
    for (size_t i = 0; i < n; i++)
        calendar.n += day_parse(rows[i].day, &holidays[calendar.n]);
    *out = calendar_target(&calendar, from, days);
    return NULL;
}

struct fault *due_of_state(struct store *store, struct arena *arena, const struct setting *setting,
                           const struct procedure_row *procedure, int state, struct day from,
                           struct day *out)
{
    int64_t working, plain;
    limits_of_state(setting, procedure, state, &working, &plain);
    *out = plain >= 0 ? day_plus(from, (int)plain) : DAY_NONE;
    if (working < 0)
        return NULL;
    struct day target;
    TRY(working_target(store, arena, from, working, &target));
    if (plain < 0 || target.n < out->n)
        *out = target;
    return NULL;
}
