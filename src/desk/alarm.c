/* alarm.c: when the clock is to take its next step on a case.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A step by the clock is due when the fact that its `at` row names is reached. The earliest of
 * those that leave the state of a case is its alarm, kept on the case so that the clock asks an
 * index and no judge. It is worked out anew after every step on the case, and on the cases about
 * the same label, facility or edition after a step whose effects set that subject; and, when
 * another value of a parameter begins, on those whose days depend on it. */
#include "base/json.h"
#include "desk/act.h"
#include "desk/deed.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { CASE_BYTES_MAX = 64 << 20 };

struct alarm {
    int64_t at; /* 0: none */
    const char *step;
};

static bool leaves(const struct rulebook *book, const struct step_row *step, int state)
{
    for (size_t i = 0; i < step->from.n; i++)
        if (book->ids[step->from.first + i] == state)
            return true;
    return false;
}

static bool has_clock_step(const struct rulebook *book, const struct procedure_row *procedure,
                           int state)
{
    for (size_t i = 0; i < procedure->steps.n; i++) {
        const struct step_row *step = &book->steps[procedure->steps.first + i];
        if (step->at && leaves(book, step, state))
            return true;
    }
    return false;
}

/* The clock takes a step of a case once for the same instant: whether it did, or was refused. */
static bool is_done(const struct deed *deed, const struct step_row *step, int64_t due)
{
    for (size_t i = 0; i < deed->steps_n; i++)
        if (deed->steps[i].due == due && str_is(deed->steps[i].step, step->name))
            return true;
    return false;
}

/* Of two that are due at the same instant the earlier in the book goes first. */
static struct alarm earliest(const struct deed *deed)
{
    const struct rulebook *book = deed->desk->book;
    struct alarm found = {0};
    for (size_t i = 0; i < deed->procedure->steps.n; i++) {
        const struct step_row *step = &book->steps[deed->procedure->steps.first + i];
        int64_t due = step_due(book, step, &deed->facts);
        if (due > 0 && leaves(book, step, deed->state) && !is_done(deed, step, due) &&
            (!found.at || due < found.at))
            found = (struct alarm){due, step->name};
    }
    return found;
}

static void note(struct row_casework *work, struct alarm alarm)
{
    work->alarm = alarm.at;
    work->alarm_step = alarm.at ? str_of(alarm.step) : STR_NONE;
}

struct fault *deed_set_alarm(struct deed *deed)
{
    struct deed after = *deed;
    note(&deed->work, (struct alarm){0});
    if (!has_clock_step(deed->desk->book, deed->procedure, deed->verdict.to))
        return NULL;
    after.state = deed->verdict.to;
    TRY(deed_read_case(&after));
    TRY(deed_load_facts(&after));
    note(&deed->work, earliest(&after));
    return NULL;
}

/* ---- other cases */

static bool sets(const struct rulebook *book, const struct step_row *step, const char *subject)
{
    for (size_t i = 0; i < step->does.n; i++) {
        struct range subjects = book->effects[book->uses[step->does.first + i].id].sets;
        for (size_t k = 0; k < subjects.n; k++)
            if (str_is(str_of(book->subjects[book->ids[subjects.first + k]].name), subject))
                return true;
    }
    return false;
}

/* Whether a fact of that subject says when a step of the procedure is due. */
static bool waits_for(const struct rulebook *book, const struct procedure_row *procedure,
                      const char *subject)
{
    for (size_t i = 0; i < procedure->steps.n; i++) {
        int at = book->steps[procedure->steps.first + i].at;
        if (at && str_is(str_of(book->facts[at].subject), subject))
            return true;
    }
    return false;
}

/* The case as it is now, judged for the same moment as the step that bears on it. */
static struct fault *renew(struct deed *deed, const struct row_casework *work)
{
    struct deed other;
    int state = state_by_name(deed->desk->book, work->state);
    if (str_eq(work->id, deed->work.id) ||
        !has_clock_step(deed->desk->book, procedure_by_name(deed->desk->book, work->procedure),
                        state))
        return NULL;
    TRY(deed_begin(deed->desk, deed->arena, deed->who, work->id, &other));
    other.moment = deed->moment;
    other.today = deed->today;
    TRY(deed_load_facts(&other));
    struct alarm alarm = earliest(&other);
    if (alarm.at == work->alarm && (!alarm.at || str_is(work->alarm_step, alarm.step)))
        return NULL;
    note(&other.work, alarm);
    return put_casework(deed->desk->store, &other.work);
}

typedef struct fault *cases_of(struct store *store, struct arena *arena, struct str key,
                               struct str procedure, struct row_casework **rows, size_t *n);

static struct fault *renew_all(struct deed *deed, const char *subject, struct str key,
                               cases_of *find)
{
    const struct rulebook *book = deed->desk->book;
    if (!key.bytes || !sets(book, deed->step, subject))
        return NULL;
    for (size_t p = 1; p < book->procedures_n; p++) {
        const struct procedure_row *procedure = &book->procedures[p];
        struct row_casework *rows;
        size_t n;
        if (!waits_for(book, procedure, subject))
            continue;
        TRY(find(deed->desk->store, deed->arena, key, str_of(procedure->name), &rows, &n));
        for (size_t i = 0; i < n; i++)
            TRY(renew(deed, &rows[i]));
    }
    return NULL;
}

/* 6.6, ours: an appeal may stay the days that run on the case that it is against. */
static struct fault *renew_appealed(struct deed *deed)
{
    struct row_casework *decided;
    if (!str_is(deed->work.procedure, "appeal") || !deed->work.parent.bytes)
        return NULL;
    TRY(sql_case_by_id(deed->desk->store, deed->arena, deed->work.parent, &decided));
    return decided ? renew(deed, decided) : NULL;
}

struct fault *deed_set_other_alarms(struct deed *deed)
{
    const struct row_casework *work = &deed->work;
    TRY(renew_appealed(deed));
    TRY(renew_all(deed, "label", work->label, sql_clock_cases_of_label));
    TRY(renew_all(deed, "facility", work->facility, sql_clock_cases_of_facility));
    return renew_all(deed, "criteria-edition", work->edition, sql_clock_cases_of_edition);
}

/* ---- a parameter that a clock step waits by */

static bool waits_by(const struct rulebook *book, const struct step_row *step, int parameter)
{
    struct range by = step->at ? book->facts[step->at].by : (struct range){0, 0};
    for (size_t i = 0; i < by.n; i++)
        if (book->ids[by.first + i] == parameter)
            return true;
    return false;
}

bool parameter_moves_alarms(const struct rulebook *book, int parameter)
{
    for (size_t i = 0; i < book->steps_n; i++)
        if (waits_by(book, &book->steps[i], parameter))
            return true;
    return false;
}

/* No case that is kept as ciphertext waits by one: its rows are written in entries of its own. */
static bool case_waits_by(const struct rulebook *book, const struct row_casework *work,
                          int parameter)
{
    const struct procedure_row *procedure = procedure_by_name(book, work->procedure);
    int state = state_by_name(book, work->state);
    for (size_t i = 0; procedure && !procedure->sealed && i < procedure->steps.n; i++) {
        const struct step_row *step = &book->steps[procedure->steps.first + i];
        if (waits_by(book, step, parameter) && leaves(book, step, state))
            return true;
    }
    return false;
}

struct fault *deed_renew_alarms_by(struct deed *deed, int parameter,
                                   const struct row_casework *rows, size_t n)
{
    struct deed on = *deed;
    struct fault *fault = NULL;
    on.arena = arena_new(CASE_BYTES_MAX);
    if (!on.arena)
        BUG("no memory for a case");
    for (size_t i = 0; i < n && !fault; i++) {
        if (!case_waits_by(deed->desk->book, &rows[i], parameter))
            continue;
        fault = renew(&on, &rows[i]);
        if (fault)
            fault = FAULT(deed->arena, fault->code, "%.*s", STR_F(fault->detail));
        arena_reset(on.arena);
    }
    arena_free(on.arena);
    return fault;
}

struct fault *deed_renew_alarm(struct deed *deed)
{
    TRY(deed_read_case(deed));
    TRY(deed_load_facts(deed));
    note(&deed->work, earliest(deed));
    return put_casework(deed->desk->store, &deed->work);
}
