/* renewal.c: the labels of a maker, and what can be done about each today.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/renewal.h"

#include "desk/deed.h"
#include "desk/standing.h"
#include "rule/facts.h"
#include "store/sql.gen.h"

#include "base/banned.h"

/* What all the labels of one answer are judged by. */
struct looking {
    struct desk *desk;
    struct arena *arena;
    struct day today;
    struct setting setting;
    const struct row_criteria_edition *edition; /* of the label before: most have the same */
};

static struct fault *look_begin(struct desk *desk, struct arena *arena, struct looking *out)
{
    *out = (struct looking){.desk = desk, .arena = arena, .today = clock_today(desk->clock)};
    return setting_load(desk->store, arena, desk->book, out->today, &out->setting);
}

static struct fault *look_at(struct looking *looking, const struct row_label *label,
                             struct label_standing *out)
{
    const struct row_criteria_edition *edition = looking->edition;
    struct row_criteria_edition *found;
    const struct procedure_row *procedure;
    if (!edition || !str_eq(edition->id, label->edition)) {
        TRY(sql_criteria_edition_by_id(looking->desk->store, looking->arena, label->edition,
                                       &found));
        looking->edition = edition = found;
    }
    struct facts facts = {.today = looking->today};
    facts.first_day_counts = str_is(setting_of(&looking->setting, "first-day-counts"), "yes");
    label_know(label, edition, &looking->setting, &facts);
    /* an extension that is pending is the one of the label's own route */
    struct str pending =
        str_is(label->route, "certified") ? STR("extend-certified") : STR("extend-self-declared");
    facts.open_on_label = (struct words){.at = &pending, .n = label->pending.bytes > 0};
    struct life life = life_of_row(label);
    *out = (struct label_standing){.label = label,
                                   .state = life_state_on(&life, looking->today),
                                   .hint = hint_of(looking->desk->book, &facts),
                                   .extension =
                                       hint_judge(looking->desk->book, &facts, &procedure)};
    return NULL;
}

/* A LIKE pattern; wild cards that were typed are taken as blanks. */
static struct str pattern_of(struct arena *arena, struct str words)
{
    char *at = arena_alloc(arena, words.bytes + 3);
    size_t n = 0;
    at[n++] = '%';
    for (size_t i = 0; i < words.bytes; i++)
        at[n++] =
            words.at[i] == '%' || words.at[i] == '_' || words.at[i] == '\\' ? ' ' : words.at[i];
    if (words.bytes)
        at[n++] = '%';
    return (struct str){at, n};
}

struct fault *desk_own_labels(struct desk *desk, struct arena *arena, const struct principal *who,
                              const struct label_query *query, struct label_standing **out,
                              size_t *n, int64_t *total)
{
    struct looking looking;
    struct row_label *rows;
    struct sql_count_own_labels_row *counted;
    char room[11];
    TRY(look_begin(desk, arena, &looking));
    struct str today = day_print(looking.today, room), wanted = pattern_of(arena, query->words);
    TRY(sql_own_labels(desk->store, arena, who->person, today, wanted, (int64_t)query->most,
                       (int64_t)query->skipped, &rows, n));
    TRY(sql_count_own_labels(desk->store, arena, who->person, today, wanted, &counted));
    *total = counted ? counted->n : 0;
    *out = NEW_ARRAY(arena, *n + 1, struct label_standing);
    for (size_t i = 0; i < *n; i++)
        TRY(look_at(&looking, &rows[i], &(*out)[i]));
    return NULL;
}

struct fault *desk_label(struct desk *desk, struct arena *arena, const struct principal *who,
                         struct str number, struct label_standing *out)
{
    struct looking looking;
    struct standing standing;
    struct row_label *label;
    TRY(look_begin(desk, arena, &looking));
    TRY(sql_label_by_number(desk->store, arena, number, &label));
    TRY(standing_load(desk->store, arena, desk->book, who, STR_NONE, looking.today,
                      &standing));
    bool of_body = standing_thing(&standing, "appointment", STR_NONE) &&
                   standing_thing(&standing, "ethics", STR_NONE);
    if (!label || !(of_body || standing_acts_for(&standing, label->party)))
        return FAULT(arena, "absent", "no such label");
    return look_at(&looking, label, out);
}
