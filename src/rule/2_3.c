/* 2_3.c: what the manual asks of whoever acts (chapters 2 and 3, and 4.1.1 for applicants).
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing known refuses: see struct facts. */
#include "rule/facts.h"

#include "base/banned.h"

/* 2.1.2-1: the roles exist, each with the responsibilities of the Appendix; who holds none today
 * has none of them. */
bool guard_appointed(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->actor_appointed;
}

/* 2.2.1-3: nobody is engaged in the operation of services without a signed Statement of Ethics in
 * force (2.1.3-0 says what it states). */
bool guard_ethics_signed(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->actor_ethics;
}

/* 2.1.3-1: nobody acts on a case in which they have a conflict of interest; it is declared and bars
 * every step. That there is none is declared too, on this case: silence is not enough. */
bool guard_no_conflict(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->actor_unbarred && facts->actor_cleared;
}

/* 2.1.3-1: who is barred cannot clear themselves by declaring the opposite. */
bool guard_no_bar(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->actor_unbarred;
}

/* "verification", "verification:1" or "verification:1-2" */
static bool covers(struct str qualification, const char *function, int64_t level)
{
    struct str levels, to;
    int64_t first, last;
    if (str_is(qualification, function))
        return true;
    if (!str_is(str_cut(qualification, ':', &levels), function))
        return false;
    struct str from = str_cut(levels, '-', &to);
    if (!str_int(from, &first))
        return false;
    last = first;
    if (to.bytes && !str_int(to, &last))
        return false;
    return first <= level && level <= last;
}

/* Of whatever levels: what a case of no level asks for, one about a facility or an agreement. */
static bool names(struct str qualification, const char *function)
{
    struct str levels;
    return str_is(str_cut(qualification, ':', &levels), function);
}

/* 3.1-1: each function is taken only by personnel whose recorded qualification or office covers it.
 * The deciders are covered by their office and have no such row. */
bool guard_competent(const struct facts *facts, struct arg arg)
{
    if (!arg.word)
        return false;
    for (size_t i = 0; i < facts->actor_competence.n; i++)
        if (facts->case_level > 0 ? covers(facts->actor_competence.at[i], arg.word,
                                           facts->case_level)
                                  : names(facts->actor_competence.at[i], arg.word))
            return true;
    return false;
}

/* 4.1.1-1: applications are received from the applicant, that is, from whoever may act for it. */
bool guard_acts_for(const struct facts *facts, struct arg arg)
{
    return words_have(facts->actor_parties, str_of(arg.word));
}
