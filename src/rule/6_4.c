/* 6_4.c: what the register says put right (6.4, 2.1.3, 6.6): what the steps ask and work out.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing known refuses: see struct facts. */
#include "rule/facts.h"
#include "rule/judge.h"
#include "rule/life.h"

#include "base/banned.h"

enum { MODELS_MAX = 5000 };

static bool has_ended(const struct life *life, struct day today)
{
    enum life_state state = life_state_on(life, today);
    return life->end != LIFE_GOES_ON || state == LIFE_NONE || state == LIFE_STATE_LAPSED;
}

/* ---- correction */

/* 6.4-1: something that the register says is another than it ought to be. */
bool guard_correction_says_what(const struct facts *facts, struct arg arg)
{
    (void)arg;
    bool last_day = day_known(facts->last_day) && facts->last_day.n != facts->expires.n;
    bool fits = facts->changes_fit && facts->models_after >= 1 && facts->models_after <= MODELS_MAX;
    return fits && (last_day || facts->changes.n > 0);
}

/* 4.3.1-1, 4.3.6-1: a corrected last day is one that a decision could have given: no validity lasts
 * longer than two years from today, none of a certified label beyond five years. Of a label that
 * has ended the end is what holds. */
bool guard_last_day_holds(const struct facts *facts, struct arg arg)
{
    (void)arg;
    struct life life = life_of(facts);
    struct day day = facts->last_day;
    if (!day_known(facts->today) || !day_known(life.issued))
        return false;
    if (!day_known(day) || day.n == life.expires.n)
        return true;
    struct day total = day_last_of(day_plus(life.term_start, 1), (struct span){5, 'y'});
    struct day next = day_last_of(day_plus(facts->today, 1), (struct span){2, 'y'});
    bool capped = str_is(facts->route, "certified") && day.n > total.n;
    return !has_ended(&life, facts->today) && day.n >= life.issued.n && day.n <= next.n && !capped;
}

/* 6.4-1: the records are kept unaltered; what was found wrong, and that alone, is put right. */
bool guard_register_is_wrong(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return str_is(facts->correction_finding, "wrong");
}

void effect_correct_label(const struct facts *facts, struct arg arg, struct outcome *outcome)
{
    (void)arg;
    if (day_known(facts->last_day))
        outcome->life.expires = facts->last_day;
}

/* ---- annulment */

/* 2.1.3-1, 6.6-1: by people not involved in the matter. */
bool guard_not_involved(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->actor_not_involved;
}

/* 2.1.3-1: a decision on this label, of those whose effect can be undone. */
bool guard_void_act_known(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->void_entry > 0 && facts->void_act.bytes > 0;
}

/* What a later decision rests on is not pulled from under it (ours). */
bool guard_void_act_stands(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->void_act_latest;
}

bool guard_void_act_gave(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->void_act.bytes && !str_is(facts->void_act, "revoked");
}

bool guard_void_act_ended(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return str_is(facts->void_act, "revoked");
}

/* 2.1.3-1: a conflict bars every step on the case, so that what was decided in one is void. */
bool guard_act_is_void(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return str_is(facts->void_finding, "void");
}

/* So many whole days lie between today and the last day on which the view may come (ours). */
bool guard_hearing_long_enough(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return day_known(facts->today) && day_known(facts->hearing_by) &&
           facts->annulment_hearing_days > 0 &&
           facts->hearing_by.n - facts->today.n >= facts->annulment_hearing_days;
}

bool guard_hearing_over(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return day_known(facts->today) && day_known(facts->hearing_by) &&
           facts->today.n > facts->hearing_by.n;
}

/* From today on, what was before the decision; a label that should never have been is none any
 * more, and shows as revoked. To undo a decision lengthens nothing. */
void effect_annul_act(const struct facts *facts, struct arg arg, struct outcome *outcome)
{
    (void)arg;
    struct life *life = &outcome->life;
    if (str_is(facts->void_act, "issued")) {
        life->end = LIFE_REVOKED;
        life->ended = facts->today;
        life->pending = false;
        return;
    }
    if (str_is(facts->void_act, "succeeded") || str_is(facts->void_act, "information-changed"))
        return; /* neither gave it a day */
    life->expires = life_shorter(life->expires, facts->void_before_expires);
    life->extensions = facts->void_before_extensions;
    if (str_is(facts->void_act, "extended"))
        return;
    life->term_start = facts->void_before_term;
    life->level = facts->void_before_level;
}

/* ---- reinstatement */

/* 6.6-1: what an appeal brings back is what a revocation took. */
bool guard_label_is_revoked(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return str_is(facts->label_ended_as, "revoked");
}

/* It keeps its last day; where that has passed it lapsed on the day after it, as any label. What
 * its registrant had withdrawn before the revocation stays withdrawn. */
void effect_reinstate_label(const struct facts *facts, struct arg arg, struct outcome *outcome)
{
    (void)arg;
    struct life *life = &outcome->life;
    bool over = facts->today.n > life->expires.n && !life->pending;
    if (str_is(facts->void_before_ended, "withdrawn")) {
        life->end = LIFE_WITHDRAWN;
        life->ended = facts->void_before_end;
        return;
    }
    life->end = over ? LIFE_LAPSED : LIFE_GOES_ON;
    life->ended = over ? day_plus(life->expires, 1) : (struct day){0};
}
