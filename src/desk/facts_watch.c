/* facts_watch.c: surveillance and the corrective period, as the judge may know them: 4.6.3, 4.6.4.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/deed.h"
#include "desk/hearing.h"
#include "rule/facts.h"
#include "store/sql.gen.h"

#include "base/banned.h"

/* ---- 6.6, ours: an appeal against it may stay the days of the duties */

/* The days for which the appeal stayed the case: from the day of its filing to that of its end. */
static struct fault *stay_of(const struct deed *deed, const struct row_casework *appeal, int *days,
                             bool *stayed)
{
    struct store *store = deed->desk->store;
    struct row_case_step *steps;
    struct setting setting;
    size_t n;
    int state = state_by_name(deed->desk->book, appeal->state);
    TRY(sql_case_steps(store, deed->arena, appeal->id, &steps, &n));
    for (size_t i = 0; i < n; i++) {
        struct day filed = day_of_instant(steps[i].at);
        if (!str_is(steps[i].act, "step") || !str_is(steps[i].step, "appeal"))
            continue;
        TRY(setting_load(store, deed->arena, deed->desk->book, filed, &setting));
        if (!setting_names(&setting, "stay-on-appeal", deed->work.procedure))
            return NULL;
        *stayed |= !deed->desk->book->states[state].final;
        *days += day_of_instant(appeal->since).n - filed.n;
    }
    return NULL;
}

static struct fault *load_stay(struct deed *deed, const struct row_casework *below, size_t n)
{
    struct facts *facts = &deed->facts;
    bool stayed = false;
    int days = 0;
    for (size_t i = 0; i < n; i++)
        if (str_is(below[i].procedure, "appeal"))
            TRY(stay_of(deed, &below[i], &days, &stayed));
    struct day until = days_after(deed, step_day(deed, "revoke"), "duties-days");
    if (!day_known(until) || stayed)
        return NULL; /* nothing is due until the appeal is decided */
    facts->duties_until = day_plus(until, days);
    facts->duties_past = day_plus(until, days + 1);
    return NULL;
}

static struct day next_day(struct day day)
{
    return day_known(day) ? day_plus(day, 1) : day;
}

/* 4.6.3-1, 4.6.4-1: what a surveillance opened; a revocation when it was examined. */
static struct fault *load_parent(struct deed *deed)
{
    struct row_casework *parent = NULL;
    if (deed->work.parent.bytes)
        TRY(sql_case_by_id(deed->desk->store, deed->arena, deed->work.parent, &parent));
    deed->facts.parent_procedure = parent ? parent->procedure : STR_NONE;
    deed->facts.surveillance_examined =
        parent && str_is(parent->procedure, "surveillance") && str_is(parent->state, "referred");
    return NULL;
}

static struct fault *load_below(struct deed *deed)
{
    const struct rulebook *book = deed->desk->book;
    struct row_casework *rows;
    size_t n, open = 0;
    TRY(sql_cases_below(deed->desk->store, deed->arena, deed->work.id, &rows, &n));
    struct str *room = NEW_ARRAY(deed->arena, n + 1, struct str);
    for (size_t i = 0; i < n; i++)
        if (!book->states[state_by_name(book, rows[i].state)].final)
            room[open++] = rows[i].procedure;
    deed->facts.open_below = (struct words){room, open};
    return load_stay(deed, rows, n);
}

/* 6.5-4 */
static struct fault *load_registrant_nda(struct deed *deed)
{
    struct row_thing *rows;
    size_t n, held = 0;
    TRY(sql_things_of_party(deed->desk->store, deed->arena, deed->work.registrant, &rows, &n));
    struct str *room = NEW_ARRAY(deed->arena, n + 1, struct str);
    for (size_t i = 0; i < n; i++)
        if (str_is(rows[i].kind, "nda") && thing_in_force(&rows[i], deed->today))
            room[held++] = rows[i].word;
    deed->facts.registrant_nda_words = (struct words){room, held};
    return NULL;
}

/* 4.6.4-2: each correction that was filed in time was examined after it. */
static bool corrections_examined(const struct deed *deed)
{
    const struct row_case_step *filed = step_last_taken(deed, "file-correction"),
                               *examined = step_last_taken(deed, "examine-correction");
    return step_last_taken(deed, "require") && (!filed || (examined && filed->seq < examined->seq));
}

/* The day itself where no hearing is set: then its time passes at once. */
static struct day hearing_until(const struct deed *deed, struct day approved)
{
    bool wanted = str_is(setting_of(&deed->setting, "hearing-before-revocation"), "yes");
    if (!day_known(approved))
        return approved;
    return wanted ? days_after(deed, approved, "hearing-days") : day_plus(approved, -1);
}

static void load_correction(struct deed *deed)
{
    struct facts *facts = &deed->facts;
    facts->correction_least = days_after(deed, deed->today, "correction-days-least");
    day_parse(json_get(deed->filled, "correction-due"), &facts->correction_due);
    facts->correction_over = next_day(facts->correction_due);
    facts->corrections_examined = corrections_examined(deed);
    facts->hearing_given = heard_since(deed, "approve-revocation");
    facts->hearing_until = hearing_until(deed, step_day(deed, "approve-revocation"));
    facts->hearing_past = next_day(facts->hearing_until);
}

static void load_sample(struct deed *deed)
{
    struct str rest = json_get(deed->filled, "sample-labels");
    size_t n = 0;
    struct str *room = NEW_ARRAY(deed->arena, rest.bytes / 2 + 2, struct str);
    while (rest.bytes)
        room[n++] = str_cut(rest, '\n', &rest);
    deed->facts.drawn_labels = (struct words){room, n};
    day_parse(json_get(deed->filled, "sample-day"), &deed->facts.draw_day);
}

struct fault *deed_load_watch(struct deed *deed)
{
    struct facts *facts = &deed->facts;
    struct str procedure = deed->work.procedure;
    bool surveys = str_starts(procedure, "surveillance"), revokes = str_is(procedure, "revocation");
    struct day answer_by = {0};
    if (!surveys && !revokes)
        return NULL;
    TRY(load_parent(deed));
    TRY(load_below(deed));
    if (deed->work.registrant.bytes)
        TRY(load_registrant_nda(deed));
    day_parse(json_get(deed->filled, "answer-by"), &answer_by);
    facts->question_over = next_day(answer_by);
    load_correction(deed);
    load_sample(deed);
    return NULL;
}
