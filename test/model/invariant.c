/* invariant.c: what the manual promises, whatever steps were taken: said from the outside, without
 * the guards that see to it.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "model.h"

#include "base/banned.h"

static bool is_named(const struct taken *taken, const char *procedure)
{
    return !strcmp(taken->scene->known.procedure->name, procedure);
}

static const struct act_row *act_of(const struct taken *taken, size_t step_index)
{
    const struct rulebook *book = taken->model->book;
    return &book->acts[book->steps[taken->scene->known.procedure->steps.first + step_index].act];
}

static bool certified(const struct world *world, const struct model *model)
{
    return world->route && !strcmp(model->book->procedures[world->route].name, "certified");
}

static bool in_force(const struct world *world)
{
    return life_state_on(&world->life, world->today) == LIFE_STATE_VALID;
}

/* 4.3.6-1: no certified label is in force beyond five years from issue or re-certification. */
static const char *five_years(const struct taken *taken)
{
    const struct world *after = taken->after;
    if (!certified(after, taken->model) || !day_known(after->life.term_start))
        return NULL;
    struct day last = day_last_of(day_plus(after->life.term_start, 1), (struct span){5, 'y'});
    return after->life.end == LIFE_GOES_ON && after->life.expires.n > last.n
               ? "4.3.6-1 a certified label is in force beyond five years"
               : NULL;
}

/* 4.3.4-1 */
static const char *three_applications(const struct taken *taken)
{
    return taken->after->filed > 3 ? "4.3.4-1 a fourth application for extension" : NULL;
}

static bool files_extension(const struct taken *taken)
{
    return taken->was->state == STATE_START && taken->is->state != STATE_START &&
           (is_named(taken, "extend-certified") || is_named(taken, "extend-self-declared"));
}

static const struct day *day_fact(const struct taken *taken, const char *name)
{
    int fact = fact_by_name(taken->model->book, str_of(name));
    return fact
               ? (const void *)((const char *)taken->facts + taken->model->book->facts[fact].offset)
               : NULL;
}

/* 5-2: an extension cannot be applied for once the criteria have changed. */
static const char *changed_criteria(const struct taken *taken)
{
    const struct day *ends = day_fact(taken, "extension-ends");
    return files_extension(taken) && ends && day_known(*ends) && ends->n < taken->before->today.n
               ? "5-2 an extension applied for after the criteria changed"
               : NULL;
}

/* 2.1.3-1: who decides neither evaluated, nor took the other decision. */
static const char *separation(const struct taken *taken)
{
    const struct act_row *act = act_of(taken, taken->scene->step_index);
    uint64_t by = taken->person == NOBODY ? 0 : taken->was->by[taken->person];
    if (act->sort != ACT_DECIDES)
        return NULL;
    for (size_t i = 0; i < taken->scene->known.procedure->steps.n; i++) {
        const struct act_row *other = act_of(taken, i);
        if (!(by >> i & 1))
            continue;
        if (other->sort == ACT_ASSESSES)
            return "2.1.3-1 a decision by one who evaluated";
        if (other->sort == ACT_DECIDES && other->function != act->function)
            return "2.1.3-1 both decisions by one person";
    }
    return NULL;
}

static bool decided(const struct taken *taken, int function)
{
    for (size_t i = 0; i < taken->scene->known.procedure->steps.n; i++) {
        const struct act_row *act = act_of(taken, i);
        for (int person = 0; person < PERSONS; person++)
            if ((taken->is->by[person] >> i & 1) && act->sort == ACT_DECIDES &&
                act->function == function)
                return true;
    }
    return false;
}

/* A-TM, A-MD: a label comes to be, lasts longer or means more only by both decisions. */
static const char *both_decisions(const struct taken *taken)
{
    const struct life *before = &taken->before->life, *after = &taken->after->life;
    bool given = (!day_known(before->issued) && day_known(after->issued)) ||
                 after->expires.n > before->expires.n || after->level != before->level;
    if (!given)
        return NULL;
    return decided(taken, FUNCTION_TECHNICAL_DECISION) && decided(taken, FUNCTION_FINAL_DECISION)
               ? NULL
               : "A-MD something issued without both decisions";
}

static bool began_with(const struct taken *taken, const char *entry)
{
    const struct rulebook *book = taken->model->book;
    size_t first = taken->scene->known.procedure->steps.first;
    return taken->was->entry && !strcmp(book->steps[first + taken->was->entry - 1u].name, entry);
}

/* 4.3.6-1, 4.3.6-2: a new term of a label comes by re-certification within its validity, or by a
 * change of level (4.5-1); re-certification leaves number and level as they are. */
static const char *recertification(const struct taken *taken)
{
    const struct world *before = taken->before, *after = taken->after;
    bool anew = began_with(taken, "file-recertification");
    if (!day_known(before->life.issued))
        return NULL;
    if (anew && before->life.level != after->life.level)
        return "4.3.6-2 another level by re-certification";
    if (anew && (before->registrations != after->registrations ||
                 before->certificates != after->certificates))
        return "4.3.6-2 another number by re-certification";
    if (before->life.term_start.n == after->life.term_start.n || began_with(taken, "apply-level") ||
        is_named(taken, "annulment"))
        return NULL; /* what is annulled gives back the term before it */
    if (!anew)
        return "4.3.6-1 a new term without re-certification";
    return in_force(before) ? NULL : "4.3.6-1 re-certified when validity was over";
}

/* A label that was withdrawn or revoked does not come back by any step of its life. Only what took
 * it can be found void, or fall on appeal, by both decisions (2.1.3-1, 6.6-1). */
static const char *for_good(const struct taken *taken)
{
    enum life_end before = taken->before->life.end, after = taken->after->life.end;
    bool put_right = before == LIFE_REVOKED &&
                     (is_named(taken, "reinstatement") || is_named(taken, "annulment")) &&
                     decided(taken, FUNCTION_TECHNICAL_DECISION) &&
                     decided(taken, FUNCTION_FINAL_DECISION);
    return (before == LIFE_WITHDRAWN || before == LIFE_REVOKED) && after == LIFE_GOES_ON &&
                   !put_right
               ? "4.6.2-1 a label that had ended goes on"
               : NULL;
}

/* Scopes are of levels 3 and 4; what a label of level 1 or 2 is tested for in a surveillance is of
 * the category alone. */
static bool is_of_level(const struct taken *taken, int64_t n)
{
    return n == taken->facts->case_level ||
           (taken->facts->case_level < 3 && is_named(taken, "surveillance-test"));
}

static bool scope_covers(const struct taken *taken)
{
    const struct rulebook *book = taken->model->book;
    int scope = fact_by_name(book, STR("facility-scope"));
    int category = fact_by_name(book, STR("category"));
    if (!scope)
        return true;
    const struct words *words =
        (const void *)((const char *)taken->facts + book->facts[scope].offset);
    struct str of =
        category ? *(const struct str *)((const char *)taken->facts + book->facts[category].offset)
                 : STR_NONE;
    int label = fact_by_name(book, STR("label-category"));
    if (!of.bytes && label)
        of = *(const struct str *)((const char *)taken->facts + book->facts[label].offset);
    for (size_t i = 0; i < words->n; i++) {
        struct str rest, level = str_cut(words->at[i], ':', &rest);
        int64_t n;
        if (str_int(level, &n) && is_of_level(taken, n) && (str_is(rest, "*") || str_eq(rest, of)))
            return true;
    }
    return false;
}

/* 6.1.1-1, 4.2.2-1: a facility hands in only within its scope, while it is approved. */
static const char *facility_scope(const struct taken *taken)
{
    const struct rulebook *book = taken->model->book;
    int approved = fact_by_name(book, STR("facility-approved-now"));
    if (taken->scene->known.role != ROLE_EVALUATION_FACILITY || !approved ||
        strcmp(taken->scene->known.procedure->subject, "facility") == 0 ||
        !taken->scene->step->needs.n)
        return NULL;
    bool now = *(const bool *)((const char *)taken->facts + book->facts[approved].offset);
    return now && scope_covers(taken)
               ? NULL
               : "6.1.1-1 a facility's report accepted outside its scope and days";
}

/* 4.6.4-2: no revocation unless a correction was required, its period has passed, and whatever was
 * filed in time has been examined. */
static const char *corrected_first(const struct taken *taken)
{
    const struct day *over = day_fact(taken, "correction-over");
    uint8_t marks = taken->was->marks;
    if (!is_named(taken, "revocation") || taken->before->life.end == LIFE_REVOKED ||
        taken->after->life.end != LIFE_REVOKED)
        return NULL;
    if (!(marks & MARK_REQUIRED))
        return "4.6.4-2 revoked without corrective action required";
    if (marks & MARK_UNEXAMINED)
        return "4.6.4-2 revoked with a correction not examined";
    if (!(marks & MARK_OVER) || !over || !day_known(*over) || over->n > taken->before->today.n)
        return "4.6.4-2 revoked before the corrective period has passed";
    return NULL;
}

/* 4.6.3-1, A-TM: nothing but a proposal goes before the Technical Manager's decision. */
static const char *ordered_first(const struct taken *taken)
{
    int to = taken->is->state;
    if (!is_named(taken, "surveillance") || to == STATE_START ||
        to == STATE_SURVEILLANCE_PROPOSED || to == STATE_DROPPED)
        return NULL;
    return taken->is->marks & MARK_ORDERED
               ? NULL
               : "4.6.3-1 a surveillance without the Technical Manager's decision";
}

/* 4.8.3-1: no warning overtakes the disclosure of a report unless it is said why. */
static const char *disclosed_first(const struct taken *taken)
{
    const struct facts *facts = taken->facts;
    if (!is_named(taken, "warning") || taken->is->state != STATE_WARNING_PUBLISHED ||
        taken->was->state == STATE_WARNING_PUBLISHED)
        return NULL;
    bool said = str_is(facts->coordination, "already-public") ||
                (facts->early_ground.bytes && facts->early_reasons.bytes);
    return facts->reports_day_reached || said
               ? NULL
               : "4.8.3-1 a warning before the day of a report's disclosure";
}

const char *invariant_broken(const struct taken *taken)
{
    static const char *(*const all[])(const struct taken *) = {
        five_years,      three_applications, changed_criteria, separation,      both_decisions,
        recertification, for_good,           facility_scope,   corrected_first, ordered_first,
        disclosed_first};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const char *broken = all[i](taken);
        if (broken)
            return broken;
    }
    return NULL;
}
