/* facts_facility.c: what stands in force for the Evaluation Facility that the case names.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/deed.h"
#include "desk/standing.h"
#include "store/sql.gen.h"

#include "base/banned.h"

/* The facility of the case; an agreement is with the party itself. */
static struct str holder(const struct deed *deed)
{
    return deed->work.facility.bytes ? deed->work.facility : deed->work.party;
}

struct fault *deed_know_facility(struct deed *deed)
{
    struct row_thing *things = NULL;
    size_t n = 0;
    if (holder(deed).bytes)
        TRY(sql_things_of_party(deed->desk->store, deed->arena, holder(deed), &things, &n));
    deed->about.things = things;
    deed->about.things_n = n;
    return NULL;
}

/* What the things of a kind that are in force say of themselves. */
static struct words in_force(const struct deed *deed, const char *kind)
{
    const struct about *about = &deed->about;
    struct str *room = NEW_ARRAY(deed->arena, about->things_n + 1, struct str);
    struct words words = {.at = room};
    for (size_t i = 0; i < about->things_n; i++)
        if (str_is(about->things[i].kind, kind) && thing_in_force(&about->things[i], deed->today))
            room[words.n++] = about->things[i].word;
    return words;
}

/* The first day after the thing; none where it goes on. */
static struct day day_after(struct str to_day)
{
    struct day last;
    return day_parse(to_day, &last) ? day_plus(last, 1) : (struct day){0};
}

static struct day interim_until(const struct deed *deed)
{
    struct day day = {0};
    day_parse(setting_of(&deed->setting, "interim-facilities-until"), &day);
    return day;
}

/* The last day of an accreditation; an interim one goes no further than the parameter of today. */
static struct day last_accredited(const struct row_thing *thing, struct day interim)
{
    struct day last = {0};
    day_parse(thing->to_day, &last);
    return str_is(thing->detail, "interim") && interim.n < last.n ? interim : last;
}

/* From today on, or from the last day that was covered: one accreditation may follow another. */
static struct day unaccredited_from(const struct deed *deed)
{
    const struct about *about = &deed->about;
    struct day interim = interim_until(deed), latest = {0}, covered = deed->today;
    bool longer = true;
    while (longer) {
        longer = false;
        for (size_t i = 0; i < about->things_n; i++) {
            struct day from, last;
            if (!str_is(about->things[i].kind, "accreditation") ||
                !day_parse(about->things[i].from_day, &from))
                continue;
            last = last_accredited(&about->things[i], interim);
            if (last.n > latest.n && from.n <= deed->today.n)
                latest = last;
            if (from.n <= covered.n && covered.n <= last.n) {
                covered = day_plus(last, 1);
                longer = true;
            }
        }
    }
    if (covered.n > deed->today.n)
        return covered;
    return day_known(latest) ? day_plus(latest, 1) : (struct day){0};
}

/* Once for each end of an accreditation: known until the clock has taken the step. */
static struct day reminder(const struct deed *deed, struct day end)
{
    int64_t days;
    if (!day_known(end) ||
        !str_int(setting_of(&deed->setting, "accreditation-reminder-days"), &days))
        return (struct day){0};
    struct day day = day_plus(end, -(int)days);
    for (size_t i = 0; i < deed->steps_n; i++)
        if (str_is(deed->steps[i].step, "remind-accreditation") &&
            deed->steps[i].at >= day_begins(day))
            return (struct day){0};
    return day;
}

/* The younger approval counts: a facility may be approved anew after an end. */
static const struct row_thing *last_of(const struct deed *deed, const char *kind, bool of_this_case)
{
    const struct row_thing *found = NULL;
    for (size_t i = 0; i < deed->about.things_n; i++) {
        const struct row_thing *thing = &deed->about.things[i];
        if (str_is(thing->kind, kind) && (!of_this_case || str_eq(thing->case_id, deed->work.id)))
            found = thing;
    }
    return found;
}

static struct day own_end(const struct deed *deed, const char *kind)
{
    const struct row_thing *own = last_of(deed, kind, true);
    return own ? day_after(own->to_day) : (struct day){0};
}

void deed_load_facility(struct deed *deed)
{
    struct facts *facts = &deed->facts;
    facts->interim_facilities_until = interim_until(deed);
    facts->evaluator_over = own_end(deed, "evaluator");
    facts->nda_over = own_end(deed, "nda");
    if (!deed->work.facility.bytes)
        return;
    const struct row_thing *approval = last_of(deed, "approval", false);
    facts->facility_approved_now = in_force(deed, "approval").n > 0;
    facts->facility_unapproved = !facts->facility_approved_now;
    facts->facility_scope = in_force(deed, "scope");
    facts->facility_nda = in_force(deed, "nda").n > 0;
    facts->facility_evaluators = in_force(deed, "evaluator");
    facts->unaccredited_from = unaccredited_from(deed);
    facts->accreditation_reminder = reminder(deed, facts->unaccredited_from);
    if (approval)
        facts->approval_over = day_after(approval->to_day);
}
