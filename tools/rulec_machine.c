/* rulec_machine.c: a procedure as a machine of states: every state is reached, every case can end.
 * SPDX-License-Identifier: Apache-2.0 */
#include "rulec.h"

#include "base/banned.h"

enum { MET_MAX = 64 };

struct met {
    struct str at[MET_MAX];
    size_t n;
};

static void meet(struct met *met, struct str state)
{
    if (met->n < MET_MAX && !str_is(state, "same") &&
        !words_have((struct words){.at = met->at, .n = met->n}, state))
        met->at[met->n++] = state;
}

/* All states on ways out of `first`, itself included. */
static struct met ways_from(const struct row *procedure, struct str first)
{
    struct met met = {0};
    meet(&met, first);
    for (size_t i = 0; i < met.n; i++)
        EACH_BELOW (step, procedure, KIND_STEP)
            if (words_have(step_from(step), met.at[i]))
                meet(&met, step_to(step));
    return met;
}

static bool is_final(const struct book *book, struct str state)
{
    const struct row *row = noun(book, KIND_STATE, state);
    return row && str_is(row->word[1], "final");
}

static void state_check(struct book *book, const struct row *procedure, struct str state)
{
    const struct row *declared = noun(book, KIND_STATE, state);
    struct met ways = ways_from(procedure, state);
    bool out = false, moves = false, turn_moves = false, ends = false;
    if (!declared)
        return;
    EACH_BELOW (step, procedure, KIND_STEP) {
        if (!words_have(step_from(step), state))
            continue;
        out = true;
        moves |= !str_is(step_to(step), "same") && !str_eq(step_to(step), state);
        for (size_t i = 1; i < declared->words_n; i++)
            turn_moves |= words_have(step_by(step), declared->word[i]);
    }
    for (size_t i = 0; i < ways.n; i++)
        ends |= is_final(book, ways.at[i]);
    if (is_final(book, state) && out)
        say(book, procedure, "state '%.*s' is final but has a way out", STR_F(state));
    if (!is_final(book, state) && !out)
        say(book, procedure, "state '%.*s' has no way out and is not final", STR_F(state));
    else if (out && !moves)
        say(book, procedure, "state '%.*s' can only stay", STR_F(state));
    else if (!ends)
        say(book, procedure, "from state '%.*s' no end is reached", STR_F(state));
    /* a draft is the turn of whoever may open the case, whatever the procedure */
    if (out && !is_final(book, state) && !turn_moves && !str_is(state, "start"))
        say(book, procedure, "state '%.*s' waits for %.*s, who has no step there", STR_F(state),
            STR_F(declared->word[1]));
}

void machine_check(struct book *book, const struct row *procedure)
{
    struct met live = ways_from(procedure, STR("start")), used = {0};
    EACH_BELOW (step, procedure, KIND_STEP) {
        struct words from = step_from(step);
        for (size_t i = 0; i < from.n; i++)
            meet(&used, from.at[i]);
        meet(&used, step_to(step));
    }
    for (size_t i = 0; i < used.n; i++) {
        if (!words_have((struct words){.at = live.at, .n = live.n}, used.at[i]))
            say(book, procedure, "unreachable state '%.*s'", STR_F(used.at[i]));
        state_check(book, procedure, used.at[i]);
    }
}
