/* 4_6_3.c: surveillance: what the steps ask.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing known refuses: see struct facts. */
#include "rule/facts.h"
#include "rule/judge.h"
#include "rule/scope.h"

#include "base/banned.h"

/* 4.6.3-1: questions and tests are the surveillance's, which the Technical Manager ordered. */
bool guard_opened_by_surveillance(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return str_is(facts->parent_procedure, "surveillance");
}

/* 4.6.3-1: what was asked for belongs to the results. */
bool guard_none_open_below(const struct facts *facts, struct arg arg)
{
    return facts->open_below.at && !words_have(facts->open_below, str_of(arg.word));
}

/* 6.5-4: as needed: where the order wants an agreement, nothing is asked before it is in force. */
bool guard_surveillance_nda_if_wanted(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->registrant_nda_words.at &&
           (!facts->nda_wanted || words_have(facts->registrant_nda_words, STR("surveillance")));
}

/* 6.1.1-1: scopes are of levels 3 and 4; a label of level 1 or 2 may be tested by whoever has the
 * category at either. */
bool guard_facility_can_test(const struct facts *facts, struct arg arg)
{
    (void)arg;
    bool covers = false;
    for (int64_t level = 3; level <= 4; level++)
        covers = covers || ((facts->case_level < 3 || facts->case_level == level) &&
                            scope_covers(facts->facility_scope, level, facts->label_category));
    return facts->facility_approved_now && facts->case_level > 0 && facts->label_category.bytes &&
           covers;
}

/* 4.6.3-1: nobody is to answer in no time at all. */
bool guard_answer_ahead(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return day_known(facts->today) && facts->today.n < facts->answer_by.n;
}

/* Ours: nobody knows the hash of the journal at the midnight to come. */
bool guard_draw_ahead(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return day_known(facts->today) && facts->today.n < facts->sample_day.n;
}

/* 4.6.3-1: a surveillance is of labels. */
bool guard_sample_not_empty(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->drawn_labels.n > 0;
}
