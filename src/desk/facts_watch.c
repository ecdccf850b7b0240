/* facts_watch.c: surveillance and the corrective period, as the judge may know them: 4.6.3, 4.6.4.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/deed.h"
#include "rule/facts.h"
#include "store/sql.gen.h"

#include "base/banned.h"

static bool is_step(const struct row_case_step *step, const char *name)
{
    return str_is(step->act, "step") && str_is(step->step, name);
}

/* The last time that the step was taken on the case; NULL: never. */
static const struct row_case_step *last_taken(const struct deed *deed, const char *name)
{
    const struct row_case_step *last = NULL;
    for (size_t i = 0; i < deed->steps_n; i++)
        if (is_step(&deed->steps[i], name))
            last = &deed->steps[i];
    return last;
}

static struct day day_taken(const struct deed *deed, const char *name)
{
    const struct row_case_step *step = last_taken(deed, name);
    return step ? day_of_instant(step->due ? step->due : step->at) : (struct day){0};
}

static struct day after_days(const struct deed *deed, struct day from, const char *parameter)
{
    int64_t days = 0;
    if (!day_known(from) || !str_int(setting_of(&deed->setting, parameter), &days))
        return (struct day){0};
    return day_plus(from, (int)days);
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
    return NULL;
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
    const struct row_case_step *filed = last_taken(deed, "file-correction"),
                               *examined = last_taken(deed, "examine-correction");
    return last_taken(deed, "require") && (!filed || (examined && filed->seq < examined->seq));
}

/* Ours: asked for since the revocation was last approved, or the time for it let pass. */
static bool hearing_given(const struct deed *deed)
{
    static const char *const ways[] = {"be-heard", "waive-hearing", "hearing-over"};
    const struct row_case_step *approved = last_taken(deed, "approve-revocation");
    for (size_t i = 0; approved && i < sizeof ways / sizeof *ways; i++) {
        const struct row_case_step *given = last_taken(deed, ways[i]);
        if (given && approved->seq < given->seq)
            return true;
    }
    return false;
}

/* The day itself where no hearing is set: then its time passes at once. */
static struct day hearing_until(const struct deed *deed, struct day approved)
{
    bool wanted = str_is(setting_of(&deed->setting, "hearing-before-revocation"), "yes");
    if (!day_known(approved))
        return approved;
    return wanted ? after_days(deed, approved, "hearing-days") : day_plus(approved, -1);
}

/* The day on which the step was taken; of the step that is being taken now, today. */
static struct day day_of_step(const struct deed *deed, const char *name)
{
    if (deed->step && str_is(str_of(deed->step->name), name))
        return deed->today;
    return day_taken(deed, name);
}

static void load_correction(struct deed *deed)
{
    struct facts *facts = &deed->facts;
    facts->correction_least = after_days(deed, deed->today, "correction-days-least");
    day_parse(json_get(deed->filled, "correction-due"), &facts->correction_due);
    facts->correction_over = next_day(facts->correction_due);
    facts->corrections_examined = corrections_examined(deed);
    facts->hearing_given = hearing_given(deed);
    facts->hearing_until = hearing_until(deed, day_of_step(deed, "approve-revocation"));
    facts->hearing_past = next_day(facts->hearing_until);
    facts->duties_until = after_days(deed, day_of_step(deed, "revoke"), "duties-days");
    facts->duties_past = next_day(facts->duties_until);
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
