/* open_appeal.c: an appeal begins at the case of a decision: who may, and until when: 6.6.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/appeal.h"

#include "desk/deed.h"
#include "store/sql.gen.h"

#include "base/banned.h"

static struct fault *wrong_case(struct deed *deed, const char *code)
{
    struct fault *fault = FAULT(deed->arena, code, "the case of the decision");
    fault->concerns = STR("/case");
    return fault;
}

/* Parties of the decision: of its case, of the label that it was about, and who once filed the case
 * and reads it on (4.9-1). */
static struct fault *sides_of(struct deed *deed, const struct row_casework *decided,
                              struct words *out)
{
    struct row_thing *readings;
    size_t n;
    TRY(sql_readings_of_case(deed->desk->store, deed->arena, decided->id, &readings, &n));
    struct str *room = NEW_ARRAY(deed->arena, n + 2, struct str);
    room[0] = decided->party;
    room[1] = decided->registrant;
    for (size_t i = 0; i < n; i++)
        room[i + 2] = readings[i].party;
    *out = (struct words){room, n + 2};
    return NULL;
}

/* The one that the person acts for; by its name, where there is more than one. */
static struct fault *choose_appellant(struct deed *deed, const struct row_casework *decided,
                                      struct str named)
{
    struct words sides;
    struct row_party *party;
    TRY(sides_of(deed, decided, &sides));
    for (size_t i = 0; i < sides.n && !deed->work.party.bytes; i++) {
        if (!standing_acts_for(&deed->standing, sides.at[i]))
            continue;
        TRY(sql_party_by_id(deed->desk->store, deed->arena, sides.at[i], &party));
        if (!named.bytes || str_eq(named, sides.at[i]) ||
            (party && str_eq(named, party->corporate_number)))
            deed->work.party = sides.at[i];
    }
    return NULL;
}

struct fault *deed_take_decision(struct deed *deed, struct str decided, struct str named)
{
    struct row_casework *work;
    if (!decided.bytes)
        return wrong_case(deed, "field-missing");
    struct fault *hidden = desk_may_see(deed->desk, deed->arena, deed->who, decided);
    if (hidden)
        return str_is(str_of(hidden->code), "absent") ? wrong_case(deed, "field-not-listed")
                                                      : hidden;
    TRY(sql_case_by_id(deed->desk->store, deed->arena, decided, &work));
    deed->work.parent = work->id;
    deed->work.label = work->label;
    deed->work.level = work->level;
    deed->work.category = work->category;
    deed->work.title_ja = work->title_ja;
    deed->work.title_en = work->title_en;
    return choose_appellant(deed, work, named);
}

struct fault *desk_may_appeal(struct desk *desk, struct arena *arena, const struct principal *who,
                              struct str case_id, struct appeal_offer *out)
{
    struct deed deed;
    struct str step = STR("appeal");
    struct case_request request = {.procedure = STR("appeal"), .decided = case_id, .who = who};
    *out = (struct appeal_offer){0};
    TRY(deed_draft(desk, arena, &request, &deed));
    if (!deed.work.party.bytes)
        return NULL;
    deed_choose_step(&deed, step);
    TRY(deed_load_facts(&deed));
    out->decided = deed.facts.appealed_act.bytes > 0;
    out->until = deed.facts.appeal_until;
    out->verdict = judge(desk->book, deed.procedure, step, deed.role, STATE_START, &deed.facts);
    return NULL;
}
