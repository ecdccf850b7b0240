/* facts_hearing.c: whether whoever a decision goes against was heard before it: 4.1.2, 4.6.4.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/hearing.h"

#include "rule/facts.h"

#include "base/banned.h"

const struct row_case_step *step_last_taken(const struct deed *deed, const char *name)
{
    const struct row_case_step *last = NULL;
    for (size_t i = 0; i < deed->steps_n; i++)
        if (str_is(deed->steps[i].act, "step") && str_is(deed->steps[i].step, name))
            last = &deed->steps[i];
    return last;
}

struct day step_day(const struct deed *deed, const char *name)
{
    if (deed->step && str_is(str_of(deed->step->name), name))
        return deed->today;
    const struct row_case_step *step = step_last_taken(deed, name);
    return step ? day_of_instant(step->due ? step->due : step->at) : (struct day){0};
}

struct day days_after(const struct deed *deed, struct day from, const char *parameter)
{
    int64_t days = 0;
    if (!day_known(from) || !str_int(setting_of(&deed->setting, parameter), &days))
        return (struct day){0};
    return day_plus(from, (int)days);
}

bool heard_since(const struct deed *deed, const char *step)
{
    static const char *const ways[] = {"be-heard", "waive-hearing", "hearing-over"};
    const struct row_case_step *first = step_last_taken(deed, step);
    for (size_t i = 0; first && i < sizeof ways / sizeof *ways; i++) {
        const struct row_case_step *given = step_last_taken(deed, ways[i]);
        if (given && first->seq < given->seq)
            return true;
    }
    return false;
}

void deed_load_hearing(struct deed *deed)
{
    struct facts *facts = &deed->facts;
    const struct row_case_step *intended = step_last_taken(deed, "intend-refusal");
    struct day until = days_after(deed, step_day(deed, "intend-refusal"), "hearing-days");
    bool set = setting_names(&deed->setting, "hearing-before-refusal", deed->work.procedure);
    facts->refusal_intended = intended != NULL;
    facts->refusal_hearing_until = until;
    facts->refusal_heard =
        !set || heard_since(deed, "intend-refusal") || (intended && deed->today.n > until.n);
}
