/* misuse.c: misused labels and claims: what is known of the claim, and what is published of it.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/deed.h"
#include "desk/resembled.h"
#include "rule/facts.h"
#include "store/sql.gen.h"

#include "base/banned.h"

static bool is_misuse(const struct deed *deed)
{
    return str_is(str_of(deed->procedure->subject), "claim");
}

struct fault *deed_load_misuse(struct deed *deed)
{
    struct facts *facts = &deed->facts;
    struct row_label *label = NULL;
    struct str number = json_get(deed->filled, "claimed-label");
    if (!is_misuse(deed))
        return NULL;
    if (number.bytes)
        TRY(sql_label_by_number(deed->desk->store, deed->arena, number, &label));
    facts->claimed_label_known = label || !number.bytes;
    facts->claimant_registrant =
        label && json_is_true(json_object_get(deed->filled, "claimant-registers"));
    if (day_known(facts->mend_until))
        facts->warning_over_day = day_plus(facts->mend_until, 1);
    str_int(setting_of(&deed->setting, "mending-days-least"), &facts->mending_days_least);
    return NULL;
}

/* From here on the case is about that label: a surveillance that it opens is, too. */
struct fault *name_claimed_label(struct deed *deed, const struct use *use)
{
    struct row_label *label;
    struct row_casework *work = &deed->work;
    (void)use;
    struct str number = json_get(deed->filled, "claimed-label");
    work->label = number;
    work->registrant = STR_NONE;
    if (!number.bytes)
        return NULL;
    TRY(sql_label_by_number(deed->desk->store, deed->arena, number, &label));
    work->registrant = label ? label->party : STR_NONE;
    return NULL;
}

static struct fault *number_given(struct deed *deed, struct str *out)
{
    struct row_case_number *rows;
    size_t n;
    TRY(sql_case_numbers(deed->desk->store, deed->arena, deed->work.id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (str_is(rows[i].kind, "misuse-number"))
            *out = rows[i].number;
    return NULL;
}

struct fault *publish_misuse(struct deed *deed, const struct use *use)
{
    char room[11];
    struct row_label *resembled;
    bool real;
    (void)use;
    struct row_misuse_fact row = {.case_id = deed->work.id,
                                  .day = day_print(deed->today, room),
                                  .kind = json_get(deed->filled, "misuse-kind"),
                                  .claimant = json_get(deed->filled, "claimant"),
                                  .claimed = json_get(deed->filled, "claimed-number"),
                                  .label = deed->work.label,
                                  .facts_ja = json_get(deed->filled, "facts-ja"),
                                  .facts_en = json_get(deed->filled, "facts-en")};
    TRY(number_given(deed, &row.number));
    TRY(label_resembled(deed->desk->store, deed->arena, row.claimed, &resembled, &real));
    if (!row.label.bytes && resembled)
        row.label = resembled->number;
    deed->publishes = true;
    return put_misuse_fact(deed->desk->store, &row);
}

struct fault *note_mended(struct deed *deed, const struct use *use)
{
    char room[11];
    struct row_misuse_fact *row;
    (void)use;
    TRY(sql_misuse_fact_of_case(deed->desk->store, deed->arena, deed->work.id, &row));
    if (!row)
        return NULL; /* a case of given facts, whose publication is none */
    row->mended = day_print(deed->today, room);
    deed->publishes = true;
    return put_misuse_fact(deed->desk->store, row);
}
