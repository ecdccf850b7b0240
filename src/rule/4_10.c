/* 4_10.c: inquiries on the criteria: what is asked of an answer before it is published.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing known refuses: see struct facts. */
#include "rule/facts.h"
#include "rule/judge.h"

#include "base/banned.h"

/* 4.10-1: an inquiry is answered; a question without an answer is none, nor the other way round. */
bool guard_answer_in_a_language(const struct facts *facts, struct arg arg)
{
    (void)arg;
    bool ja = facts->question_ja.bytes && facts->answer_ja.bytes;
    bool en = facts->question_en.bytes && facts->answer_en.bytes;
    bool half_ja = !ja && (facts->question_ja.bytes || facts->answer_ja.bytes);
    bool half_en = !en && (facts->question_en.bytes || facts->answer_en.bytes);
    return (ja || en) && !half_ja && !half_en;
}

/* 4.10-1: what is searched for later is found by its criteria. */
bool guard_edition_is_there(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->answer_edition_known;
}

/* What was published stays as it was said; a later answer takes its place and says so. */
bool guard_superseded_is_there(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->superseded_known;
}

/* 4.10-1, with 6.5: the question is of use to all, who asked it is not. */
bool guard_without_the_asker(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->asker_left_out;
}
