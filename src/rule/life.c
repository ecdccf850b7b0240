/* life.c: a label's own small machine.
 * SPDX-License-Identifier: Apache-2.0 */
#include "rule/life.h"

#include "rule/facts.h"

#include "base/banned.h"

static bool reached(struct day day, struct day today)
{
    return day_known(day) && day.n <= today.n;
}

/* 4.6.1, 4.6.2, 4.6.4: an end that was decided goes before the end of the period; a withdrawn or
 * revoked label is so for good, whatever days follow. */
enum life_state life_state_on(const struct life *life, struct day today)
{
    if (!reached(life->issued, today) || !day_known(life->expires))
        return LIFE_NONE;
    if (life->end == LIFE_REVOKED && reached(life->ended, today))
        return LIFE_STATE_REVOKED;
    if (life->end == LIFE_WITHDRAWN && reached(life->ended, today))
        return LIFE_STATE_WITHDRAWN;
    if (today.n <= life->expires.n)
        return LIFE_STATE_VALID;
    return life->pending && life->end == LIFE_GOES_ON ? LIFE_STATE_GRACE : LIFE_STATE_LAPSED;
}

const char *life_state_word(enum life_state state)
{
    static const char *const words[] = {
        [LIFE_NONE] = "",           [LIFE_STATE_VALID] = "valid",
        [LIFE_STATE_GRACE] = "grace", [LIFE_STATE_LAPSED] = "lapsed",
        [LIFE_STATE_WITHDRAWN] = "withdrawn", [LIFE_STATE_REVOKED] = "revoked"};
    return words[state];
}

/* Civil Code 140, 141, 143: the day of the act is not counted, unless the parameter says so. */
struct day life_first_end(struct day begin, struct span span, bool first_day_counts)
{
    return day_last_of(first_day_counts ? begin : day_plus(begin, 1), span);
}

/* A period that begins at 0:00 after the last day: its first day counts (Civil Code 140). */
struct day life_next_end(struct day expires, struct span span)
{
    return day_last_of(day_plus(expires, 1), span);
}

struct day life_shorter(struct day end, struct day wish)
{
    return day_known(wish) && wish.n < end.n ? wish : end;
}

static const char *const end_words[] = {[LIFE_GOES_ON] = "",
                                        [LIFE_WITHDRAWN] = "withdrawn",
                                        [LIFE_REVOKED] = "revoked",
                                        [LIFE_LAPSED] = "lapsed"};

struct life life_of(const struct facts *facts)
{
    struct life life = {.issued = facts->issued_on,
                        .expires = facts->expires,
                        .term_start = facts->term_start,
                        .level = facts->label_level,
                        .extensions = facts->extension_applications,
                        .pending = facts->extension_pending,
                        .ended = facts->label_ended_on};
    for (int end = LIFE_WITHDRAWN; end <= LIFE_LAPSED; end++)
        if (str_is(facts->label_ended_as, end_words[end]))
            life.end = (enum life_end)end;
    return life;
}

/* 4.3.6-1: re-certification is conducted within validity: the day after it is too late. Grace is
 * no longer than its parameter; without one there is none. */
static void know_days(const struct life *life, struct facts *facts)
{
    struct day after = day_plus(life->expires, 1);
    bool goes_on = life->end == LIFE_GOES_ON;
    facts->lapse_day = goes_on && !life->pending ? after : (struct day){0};
    facts->grace_day = goes_on && life->pending ? after : (struct day){0};
    facts->grace_end = (struct day){0};
    if (goes_on && life->pending && facts->grace_longest.unit)
        facts->grace_end = day_plus(day_last_of(after, facts->grace_longest), 1);
    facts->recertification_end = after;
}

void life_know(const struct life *life, struct facts *facts)
{
    facts->issued_on = life->issued;
    facts->expires = life->expires;
    facts->term_start = life->term_start;
    facts->label_level = life->level;
    facts->extension_applications = life->extensions;
    facts->extension_pending = life->pending;
    facts->label_ended_as = str_of(end_words[life->end]);
    facts->label_ended_on = life->ended;
    facts->label_state = str_of(life_state_word(life_state_on(life, facts->today)));
    if (day_known(life->expires))
        know_days(life, facts);
}
