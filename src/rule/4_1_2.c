/* 4_1_2.c: the applicant is heard before a refusal, where the body has set so: what is asked.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing known refuses: see struct facts. */
#include "rule/facts.h"
#include "rule/judge.h"

#include "base/banned.h"

/* Ours: where a hearing is set, nobody is refused unheard. */
bool guard_heard_before_refusal(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->refusal_heard;
}

bool guard_refusal_is_intended(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->refusal_intended;
}
