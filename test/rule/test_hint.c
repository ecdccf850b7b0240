/* test_hint.c: what the registrant of a label is told to do next: 4.3.2-1, 4.3.4-1, 4.3.6-1, 5-2.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "check.h"
#include "rule/case_judge.h"
#include "rule/hint.h"

#include "base/banned.h"

enum { LINE = 600 };

/* "kind day clause" of a label that these facts tell. */
static const char *hinted(const char *facts_text, char out[LINE])
{
    struct facts facts = {0};
    struct str room[8], *next = room, rest = str_of(facts_text);
    size_t room_n = 8;
    char day[11];
    while (rest.bytes)
        if (!facts_set(&hoshi_rulebook, &facts, str_cut(rest, ' ', &rest), &next, &room_n))
            return "no such fact";
    struct life life = life_of(&facts);
    life_know(&life, &facts);
    struct hint hint = hint_of(&hoshi_rulebook, &facts);
    snprintf(out, LINE, "%s %.*s %s", hint_word(hint.kind), STR_F(day_print(hint.day, day)),
             hint.clause ? hint.clause : "-");
    return out;
}

#define LABEL                                                                                      \
    "issued-on=2026-01-15 term-start=2026-01-15 expires=2028-01-15 open-on-label= "                \
    "extension-opens=2026-01-15 grace-longest=90d "
#define SELF LABEL "route=self-declared extension-advised=2027-07-19 "
#define CERTIFIED LABEL "route=certified extension-advised=2027-07-19 "

static const struct {
    const char *facts, *hint;
} table[] = {
    {SELF "extension-ends=2999-12-31 today=2027-07-18", "wait 2027-07-19 4.3.2-1"},
    {SELF "extension-ends=2999-12-31 today=2027-07-19", "extend 2028-01-15 4.3.2-1"},
    {SELF "extension-ends=2999-12-31 today=2028-01-15", "extend 2028-01-15 4.3.2-1"},
    {SELF "extension-ends=2999-12-31 today=2028-01-16", "over 2028-01-16 4.6.1-1"},
    /* 5-2: the criteria end before the label does; they have ended */
    {SELF "extension-ends=2027-06-10 today=2026-11-01", "hurry 2027-06-10 5-2"},
    {SELF "extension-ends=2027-06-10 today=2027-06-10", "hurry 2027-06-10 5-2"},
    {SELF "extension-ends=2027-06-10 today=2027-06-11", "anew 2028-01-15 5-2"},
    {SELF "extension-ends=2028-01-15 today=2027-08-01", "extend 2028-01-15 4.3.2-1"},
    /* pending, and past the last day */
    {SELF "extension-ends=2999-12-31 extension-pending today=2027-12-01",
     "pending 2028-01-15 4.3.2-1"},
    {SELF "extension-ends=2999-12-31 extension-pending today=2028-01-16",
     "grace 2028-04-14 4.6.1-1"},
    {SELF "extension-ends=2999-12-31 today=2027-12-01 label-ended-as=withdrawn "
          "label-ended-on=2027-11-30",
     "over 2027-11-30 4.6.2-1"},
    /* a window, where the parameter sets one */
    {LABEL "route=self-declared extension-opens=2027-10-01 extension-ends=2999-12-31 "
           "today=2027-09-30",
     "wait 2027-10-01 4.3.2-1"},
    /* 4.3.4-1, 4.3.6-1: three applications, five years */
    {CERTIFIED "extension-ends=2999-12-31 extension-applications=2 today=2027-08-01",
     "extend 2028-01-15 4.3.4-1"},
    {CERTIFIED "extension-ends=2999-12-31 extension-applications=3 today=2027-08-01 "
               "recertification-when-used-up",
     "recertify 2028-01-15 4.3.4-1"},
    /* where the parameter keeps re-certification closed before the total period is over */
    {CERTIFIED "extension-ends=2999-12-31 extension-applications=3 today=2027-08-01 "
               "recertification-when-used-up=no",
     "used-up 2028-01-15 4.3.4-1"},
    {CERTIFIED "extension-ends=2999-12-31 extension-applications=3 today=2027-08-01 "
               "term-start=2023-01-16 recertification-when-used-up=no",
     "used-up 2028-01-15 4.3.4-1"},
    {CERTIFIED "extension-ends=2999-12-31 extension-applications=3 today=2027-08-01 "
               "term-start=2023-01-15 recertification-when-used-up=no",
     "recertify 2028-01-15 4.3.4-1"},
    {CERTIFIED "extension-ends=2999-12-31 term-start=2023-01-15 today=2027-08-01",
     "recertify 2028-01-15 4.3.6-1"},
};

int main(void)
{
    struct tally tally = {0};
    char out[LINE];
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        CHECK_STR(&tally, str_of(hinted(table[i].facts, out)), table[i].hint, "%s: %s",
                  table[i].hint, table[i].facts);
    struct arena *arena = arena_new(1 << 16);
    for (int kind = 0; kind < HINT_KINDS; kind++)
        for (int english = 0; english < 2; english++) {
            struct str said =
                hint_sentence(arena, (enum hint_kind)kind, english != 0, STR("2027-06-10"));
            CHECK(&tally, said.bytes > 20 && !memchr(said.at, '{', said.bytes),
                  "%s is said in full", hint_word((enum hint_kind)kind));
        }
    arena_free(arena);
    return tally_end(&tally);
}
