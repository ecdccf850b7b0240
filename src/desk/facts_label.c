/* facts_label.c: the label of the case, as the judge may know it.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/deed.h"
#include "rule/facts.h"

#include "base/banned.h"

static struct day day_read(struct str text)
{
    struct day day = {0};
    day_parse(text, &day);
    return day;
}

static enum life_end end_read(struct str word)
{
    return str_is(word, "withdrawn") ? LIFE_WITHDRAWN
           : str_is(word, "revoked") ? LIFE_REVOKED
           : str_is(word, "lapsed")  ? LIFE_LAPSED
                                     : LIFE_GOES_ON;
}

struct life life_of_row(const struct row_label *label)
{
    return (struct life){.issued = day_read(label->issued),
                         .expires = day_read(label->expires),
                         .term_start = day_read(label->term_start),
                         .level = label->level,
                         .extensions = label->extensions,
                         .pending = label->pending.bytes > 0,
                         .end = end_read(label->ended_as),
                         .ended = day_read(label->ended)};
}

void deed_load_label(struct deed *deed)
{
    const struct row_label *label = deed->about.label;
    struct facts *facts = &deed->facts;
    facts->route = label ? label->route : deed->work.procedure;
    span_parse(setting_of(&deed->setting, "grace-longest"), &facts->grace_longest);
    if (!label)
        return;
    struct life life = life_of_row(label);
    life_know(&life, facts);
}
