/* test_facts.c: facts as text, and back; case files line by line; the judge's list of reasons.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "check.h"
#include "rule/case_judge.h"

#include "base/banned.h"

static const struct rulebook *const book = &hoshi_rulebook;

static void same_again(struct tally *tally, const char *text)
{
    struct facts facts = {0};
    struct str room[8], *next = room, name, value;
    size_t room_n = 8;
    char out[100];
    name = str_cut(str_of(text), '=', &value);
    CHECK(tally, facts_set(book, &facts, str_of(text), &next, &room_n), "%s is read", text);
    fact_print(book, &facts, fact_by_name(book, name), out, sizeof out);
    CHECK_STR(tally, str_of(out), text, "%s is printed as it is read", text);
}

static void refused(struct tally *tally, const char *text)
{
    struct facts facts = {0};
    struct str room[2], *next = room;
    size_t room_n = 2;
    CHECK(tally, !facts_set(book, &facts, str_of(text), &next, &room_n), "'%s' is no fact", text);
}

static void facts_check(struct tally *tally)
{
    static const char *const good[] = {
        "today=2028-02-29",          "actor-ethics", "actor-ethics=no",  "fee-due=198000",
        "actor-steps=accept,verify", "actor-steps=", "outcome=conforms", "shorter-end=2027-12-31"};
    static const char *const bad[] = {"",
                                      "=",
                                      "weather=fine",
                                      "today",
                                      "today=2027-02-29",
                                      "today=2027-2-3",
                                      "fee-due=",
                                      "fee-due=1.5",
                                      "actor-ethics=maybe",
                                      "actor-steps",
                                      "actor-steps=a,b,c",
                                      "product=x",
                                      "models=x"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        same_again(tally, good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        refused(tally, bad[i]);
    struct facts nothing = {0};
    char out[8];
    CHECK(tally, fact_print(book, &nothing, FACT_TODAY, out, sizeof out) == 0, "no day, no text");
    CHECK(tally, fact_print(book, &nothing, FACT_ACTOR_STEPS, out, sizeof out) == 0,
          "words not known");
    nothing.outcome = STR("conforms-and-more");
    CHECK(tally, fact_print(book, &nothing, FACT_OUTCOME, out, sizeof out) == 7 && strlen(out) == 7,
          "a long one is cut to its room");
}

/* The first case of a text; how it was read. */
static enum case_read first(const char *text, struct case_reader *reader)
{
    *reader = case_reader_of(str_of(text));
    return case_next(reader);
}

static void cases_check(struct tally *tally)
{
    struct case_reader reader;
    CHECK(tally, first("\n# nothing\n\n", &reader) == CASE_END,
          "comments and empty lines are no cases");
    CHECK(tally,
          first("given a b # c\nand d\np s r x f=1 g -> y 2028-02-29 # why\n", &reader) ==
              CASE_LINE,
          "a case is read");
    CHECK(tally, reader.now.line == 3 && reader.now.given_n == 2,
          "with its line and what was given");
    CHECK_STR(tally, reader.now.given[0], "a b", "without the comment");
    CHECK_STR(tally, reader.now.facts, "f=1 g", "its own facts");
    CHECK(tally, reader.now.allowed && reader.now.expires.n == day_of(2028, 2, 29).n,
          "its last day");
    CHECK(tally,
          first("p s r x -> refused 1-1 g\n", &reader) == CASE_LINE && !reader.now.allowed &&
              str_is(reader.now.clause, "1-1") && str_is(reader.now.guard, "g"),
          "a refusal");
    CHECK(tally,
          first("p s r x -> refused\n", &reader) == CASE_LINE && reader.now.allowed &&
              str_is(reader.now.to, "refused"),
          "a state that is called refused");
    CHECK(tally,
          first("given a\ngiven b\np s r x -> y", &reader) == CASE_LINE && reader.now.given_n == 1,
          "given forgets what was given before");
    CHECK(tally,
          first("\xef\xbb\xbfp s r x -> y\r\n", &reader) == CASE_LINE &&
              str_is(reader.now.procedure, "p") && str_is(reader.now.to, "y"),
          "an editor's byte order mark and line ends are no part of it");
    static const char *const bad[] = {"p s r x y",
                                      "p s r -> y",
                                      "p s r x ->",
                                      "p s r x -> y z",
                                      "p s r x -> y 2027-02-29",
                                      "p s r x -> refused 1 g h",
                                      "p s"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(tally, first(bad[i], &reader) == CASE_MALFORMED, "'%s' is no case", bad[i]);
    struct case_known known;
    struct str unknown;
    first("self-declared fly applicant start -> refused 4.1.1-1", &reader);
    CHECK(tally, !case_know(book, &reader.now, &known, &unknown) && str_is(unknown, "fly"),
          "4.1.1-1 a step that is none is not a case that passes");
}

static void why_check(struct tally *tally)
{
    struct facts facts = {.actor_steps = {.at = &(struct str){0}, .n = 0}, .actor_appointed = true};
    struct why_line lines[16];
    const struct procedure_row *procedure = &book->procedures[PROCEDURE_SELF_DECLARED];
    size_t n = judge_why(book, procedure, STR("issue"), ROLE_MANAGING_DIRECTOR, STATE_APPROVED,
                         &facts, lines, 16);
    CHECK(tally, n == 9, "issue has nine checks");
    CHECK(tally, strcmp(lines[0].guard, "authority") == 0 && lines[0].holds, "A-MD holds");
    CHECK(tally, lines[1].guard_id == GUARD_APPOINTED && lines[1].holds, "2.1.2-1 holds");
    CHECK(tally, lines[2].guard_id == GUARD_ETHICS_SIGNED && !lines[2].holds, "2.2.1-3 does not");
    CHECK(tally,
          lines[8].guard_id == GUARD_WISHED_END_WITHIN && lines[8].arg.span.n == 2 &&
              !lines[8].holds,
          "4.3.1-1 does not where the day is not known");
    CHECK(tally,
          judge_why(book, procedure, STR("issue"), ROLE_MANAGING_DIRECTOR, STATE_APPROVED, &facts,
                    lines, 3) == 3,
          "no more lines than there is room for");
    CHECK(tally,
          judge_why(book, procedure, STR("fly"), ROLE_APPLICANT, STATE_START, &facts, lines, 16) ==
              0,
          "an unknown step has none");
    CHECK(tally,
          judge(book, procedure, STR("fly"), ROLE_APPLICANT, STATE_START, &facts).kind ==
              VERDICT_UNKNOWN,
          "and its verdict says so");
}

/* Every look-up finds each row by its own name, and nothing by another's. */
static void lookup_check(struct tally *tally)
{
    size_t wrong = 0;
    for (size_t i = 1; i < book->roles_n; i++)
        wrong += role_by_name(book, str_of(book->roles[i].name)) != (int)i;
    for (size_t i = 1; i < book->states_n; i++)
        wrong += state_by_name(book, str_of(book->states[i].name)) != (int)i;
    for (size_t i = 1; i < book->fields_n; i++)
        wrong += field_by_name(book, str_of(book->fields[i].name)) != (int)i;
    for (size_t i = 1; i < book->facts_n; i++)
        wrong += fact_by_name(book, str_of(book->facts[i].name)) != (int)i;
    for (size_t i = 1; i < book->guards_n; i++)
        wrong += guard_by_name(book, str_of(book->guards[i].name)) != (int)i;
    for (size_t i = 1; i < book->faults_n; i++)
        wrong += fault_row_of(book, book->faults[i].code) != &book->faults[i];
    CHECK(tally, wrong == 0, "every row is found by its name");
    CHECK(tally, !role_by_name(book, STR("nobody")) && !fault_row_of(book, "no-such-fault"),
          "others are not");
    CHECK(tally,
          book->facts[FACT_CONSENT_NDA].field == FIELD_ID_CONSENT_NDA &&
              book->fields[FIELD_ID_CONSENT_NDA].fact == FACT_CONSENT_NDA,
          "a field and its fact: 6.5-1");
}

int main(void)
{
    struct tally tally = {0};
    facts_check(&tally);
    cases_check(&tally);
    why_check(&tally);
    lookup_check(&tally);
    return tally_end(&tally);
}
