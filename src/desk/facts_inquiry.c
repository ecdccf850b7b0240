/* facts_inquiry.c: inquiries on the criteria, and reports of misuse: what an answer names, whom it
 * does not name, and how long a reply is awaited.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/fold.h"
#include "base/json.h"
#include "desk/deed.h"
#include "rule/facts.h"
#include "store/sql.gen.h"

#include "base/banned.h"

static struct fault *know_edition(struct deed *deed, struct str id, bool *known)
{
    struct row_criteria_edition *edition;
    *known = !id.bytes;
    if (!id.bytes)
        return NULL;
    TRY(sql_criteria_edition_by_id(deed->desk->store, deed->arena, id, &edition));
    *known = edition && !edition->cancelled.bytes;
    return NULL;
}

static struct fault *know_superseded(struct deed *deed, struct str number, bool *known)
{
    struct row_published_answer *answer;
    *known = !number.bytes;
    if (!number.bytes)
        return NULL;
    TRY(sql_published_answer_by_number(deed->desk->store, deed->arena, number, &answer));
    *known = answer && !answer->replaced_by.bytes;
    return NULL;
}

/* As names are matched: width, case and spaces make no difference. */
static bool names(struct deed *deed, struct str text, struct str name)
{
    struct str hay = fold_name(deed->arena, text), needle = fold_name(deed->arena, name);
    return needle.bytes && hay.bytes && memmem(hay.at, hay.bytes, needle.at, needle.bytes);
}

static bool leaves_asker_out(struct deed *deed)
{
    static const char *const published[] = {"question-ja", "answer-ja", "question-en",
                                            "answer-en",   "facts-ja",  "facts-en"};
    struct str name = json_get(deed->filled, "asker-name"),
               mail = json_get(deed->filled, "asker-mail");
    for (size_t i = 0; i < sizeof published / sizeof *published; i++) {
        struct str text = json_get(deed->filled, published[i]);
        if (names(deed, text, name) || names(deed, text, mail))
            return false;
    }
    return true;
}

static bool asks(struct str step)
{
    return str_is(step, "ask-asker") || str_is(step, "ask-reporter");
}

static struct day silent_from(const struct deed *deed)
{
    int64_t days = 0;
    struct day asked = DAY_NONE;
    str_int(setting_of(&deed->setting, "asker-days"), &days);
    for (size_t i = 0; i < deed->steps_n; i++)
        if (asks(deed->steps[i].step))
            asked = day_of_instant(deed->steps[i].at);
    if (deed->step && asks(str_of(deed->step->name)))
        asked = deed->today; /* as it will have been asked, for the clock */
    return day_known(asked) ? day_plus(asked, (int)days) : DAY_NONE;
}

struct fault *deed_load_inquiry(struct deed *deed)
{
    struct facts *facts = &deed->facts;
    struct str subject = str_of(deed->procedure->subject);
    if (!str_is(subject, "matter") && !str_is(subject, "claim"))
        return NULL;
    TRY(know_edition(deed, json_get(deed->filled, "answer-edition"), &facts->answer_edition_known));
    TRY(know_superseded(deed, json_get(deed->filled, "supersedes"), &facts->superseded_known));
    facts->asker_left_out = leaves_asker_out(deed);
    facts->asker_silent = silent_from(deed);
    return NULL;
}
