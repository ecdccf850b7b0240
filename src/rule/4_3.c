/* 4_3.c: extension of validity: what the steps ask, and what they work out.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing known refuses: see struct facts. */
#include "rule/facts.h"
#include "rule/judge.h"

#include "base/banned.h"

static bool goes_on(const struct facts *facts, bool in_grace_too)
{
    struct life life = life_of(facts);
    enum life_state state = life_state_on(&life, facts->today);
    return life.end == LIFE_GOES_ON &&
           (state == LIFE_STATE_VALID || (in_grace_too && state == LIFE_STATE_GRACE));
}

/* 4.3.2-1, 4.3.4-1: extension by self-declaration, extension by certification. */
bool guard_route(const struct facts *facts, struct arg arg)
{
    return str_is(facts->route, arg.word);
}

/* 4.3.2-1: during the validity, its last day included. */
bool guard_label_in_force(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return goes_on(facts, false);
}

/* 4.3.3-1: a label that was withdrawn or revoked, or has lapsed, has no validity to extend or to
 * give up. */
bool guard_label_not_ended(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return goes_on(facts, true);
}

/* 4.3.2-1 asks for nothing but the validity; a window before its end would be a parameter. */
bool guard_extension_window_open(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return day_known(facts->extension_opens) && facts->extension_opens.n <= facts->today.n;
}

/* 5-2: labels issued stay after a change of criteria, but an extension is not accepted any more. */
bool guard_edition_allows_extension(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return day_known(facts->today) && facts->today.n <= facts->extension_ends.n;
}

/* 5-2 bars filing; that it spares what was filed before is our reading, settled by a parameter. */
bool guard_edition_spares_pending(const struct facts *facts, struct arg arg)
{
    return facts->pending_spared || guard_edition_allows_extension(facts, arg);
}

/* 4.3.3-1, 4.3.5-1: at most so long, shorter on request. */
bool guard_extension_end_within(const struct facts *facts, struct arg arg)
{
    if (!day_known(facts->expires))
        return false;
    if (!day_known(facts->extension_end)) /* no wish */
        return true;
    return facts->expires.n < facts->extension_end.n &&
           facts->extension_end.n <= life_next_end(facts->expires, arg.span).n;
}

/* 4.3.3-1, 4.3.5-1: the registrant declares that the conditions of JSM-02 are not violated. */
bool guard_conditions_declared(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return str_is(facts->conditions_kept, "kept");
}

/* 4.3.3-1: extended after confirmation of the self-declaration; rejected otherwise. */
bool guard_declaration_confirmed(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return str_is(facts->confirmed, "yes");
}

/* 4.3.4-1: at most three applications. */
bool guard_applications_below(const struct facts *facts, struct arg arg)
{
    return day_known(facts->term_start) && facts->extension_applications < arg.count;
}

/* 4.3.6-1: five years in total, counted as the first validity is (Civil Code 140). */
static struct day total_end(const struct facts *facts, struct span span)
{
    return life_first_end(facts->term_start, span, facts->first_day_counts);
}

/* 4.3.6-1: beyond the total only by re-certification: some of it must be left, and no day beyond
 * it may be asked for. */
bool guard_total_within(const struct facts *facts, struct arg arg)
{
    if (!day_known(facts->term_start) || !day_known(facts->expires))
        return false;
    struct day end = total_end(facts, arg.span);
    return facts->expires.n < end.n &&
           (!day_known(facts->extension_end) || facts->extension_end.n <= end.n);
}

/* 4.3.2-1: one extension at a time; the same for other procedures on a label (ours). */
bool guard_none_open(const struct facts *facts, struct arg arg)
{
    return facts->open_on_label.at && !words_have(facts->open_on_label, str_of(arg.word));
}

/* An extension filed within the validity may be granted after its end, while grace lasts (ours). */
bool guard_grace_not_over(const struct facts *facts, struct arg arg)
{
    (void)arg;
    if (!day_known(facts->today) || !day_known(facts->expires))
        return false;
    return facts->today.n <= facts->expires.n ||
           (facts->grace_longest.unit &&
            facts->today.n <= life_next_end(facts->expires, facts->grace_longest).n);
}

/* Filed within validity and admissible: while it is examined, the end of validity is no lapse. */
void effect_hold_lapse(const struct facts *facts, struct arg arg, struct outcome *outcome)
{
    (void)facts, (void)arg;
    outcome->life.pending = true;
}

void effect_free_lapse(const struct facts *facts, struct arg arg, struct outcome *outcome)
{
    (void)facts, (void)arg;
    outcome->life.pending = false;
}

/* 4.3.4-1: applications are counted, not what became of them. */
void effect_count_application(const struct facts *facts, struct arg arg, struct outcome *outcome)
{
    (void)facts, (void)arg;
    outcome->life.extensions++;
}

static void uncount(struct outcome *outcome)
{
    if (outcome->life.extensions > 0)
        outcome->life.extensions--;
}

void effect_uncount_rejected(const struct facts *facts, struct arg arg, struct outcome *outcome)
{
    (void)arg;
    if (!facts->rejected_extension_counts)
        uncount(outcome);
}

void effect_uncount_early(const struct facts *facts, struct arg arg, struct outcome *outcome)
{
    (void)arg;
    if (!facts->early_withdrawal_counts)
        uncount(outcome);
}

/* 4.3.3-1, 4.3.5-1: the new period joins the old without a gap. */
void effect_extend_at_most(const struct facts *facts, struct arg arg, struct outcome *outcome)
{
    outcome->expires = life_shorter(life_next_end(facts->expires, arg.span), facts->extension_end);
    outcome->life.expires = outcome->expires;
    outcome->life.pending = false;
}

/* 4.3.6-1 */
void effect_shorten_to_total(const struct facts *facts, struct arg arg, struct outcome *outcome)
{
    struct day end =
        life_first_end(outcome->life.term_start, arg.span, facts->first_day_counts);
    outcome->life.expires = life_shorter(outcome->life.expires, end);
    outcome->expires = outcome->life.expires;
}
