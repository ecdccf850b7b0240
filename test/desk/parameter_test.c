/* parameter_test.c: a parameter settled otherwise: what a value may be, who decides, from which
 * day, and that the clock works out its days by the new value.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "acts.h"
#include "desk/clock.h"
#include "desk/deed.h"
#include "desk/form.h"
#include "settle.h"

#include "base/banned.h"

/* "" of a value that is taken, else "code /field" of the first fault. */
static const char *answered(struct world *w, struct str id, const char *name, const char *value,
                            const char *from)
{
    struct fault *fault = settling_take(w, id, "propose-parameter", "management-system-manager",
                                        settling_fields(w, name, value, from));
    if (!fault || fault->guard)
        return said(w, fault);
    return str_z(w->arena,
                 str_print(w->arena, "%s %.*s", fault->code, STR_F(fault->concerns)));
}

#define MALFORMED "field-malformed /parameter-value"
#define OUTSIDE "field-out-of-range /parameter-value"
#define UNLISTED "field-not-listed /parameter-value"

static const struct {
    const char *name, *value, *answer;
} values[] = {
    {"acceptance-days", "ten", MALFORMED},
    {"acceptance-days", "-1", OUTSIDE},
    {"acceptance-days", "3660", OUTSIDE},
    {"asker-days", "30 days", MALFORMED},
    {"open-in-all", "1000000000001", OUTSIDE},
    {"reminder-days", "180,90,", MALFORMED},
    {"reminder-days", "180,90,4000", OUTSIDE},
    {"first-day-counts", "true", UNLISTED},
    {"recertification-begins", "tomorrow", UNLISTED},
    {"compared-information", "product,colour", UNLISTED},
    {"compared-information", "product,models,product", "field-twice /parameter-value"},
    {"grace-longest", "90", MALFORMED},
    {"grace-longest", "51y", OUTSIDE},
    {"interim-facilities-until", "2026-02-29", MALFORMED},
    {"technical-decider", "applicant", UNLISTED},
    {"technical-decider", "final-decider", UNLISTED},
    {"application-number-format", "HA{seq:5}", MALFORMED}, /* without the year it comes again */
    {"application-number-format", "HA{yy}", MALFORMED},
    {"sender-name-en", "", "field-missing /parameter-value"},
    {"acceptance-days", "10", "refused-form parameter-changes 6.3-1"}, /* so it is already */
};

static void test_values(struct tally *t, struct world *w)
{
    struct str id = settling_open(w);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        CHECK_STR(t, str_of(answered(w, id, values[i].name, values[i].value, "2026-02-01")),
                  values[i].answer, "6.3-1 %s \"%s\"", values[i].name, values[i].value);
    CHECK_STR(t, str_of(answered(w, id, "colour", "red", "2026-02-01")),
              "field-not-listed /parameter", "no such parameter");
    CHECK_STR(t, str_of(answered(w, id, "acceptance-days", "9", "2026-01-05")),
              "field-out-of-range /parameter-from", "6.3-1 never from today, nor from a day past");
    CHECK_STR(t, str_of(answered(w, id, "acceptance-days", "9", "2026-01-06")), "",
              "6.3-1 from tomorrow on");
    MUST(settling_take(w, id, "give-up-parameter", "management-system-manager", NULL));
    for (size_t i = 1; i < hoshi_rulebook.parameters_n; i++) {
        const struct word_row *row = &hoshi_rulebook.parameters[i];
        const char *wrong =
            setting_wrong(&hoshi_rulebook, w->arena, (int)i, str_of(row->value));
        CHECK(t, !wrong, "the default of %s is of its sort: %s", row->name, row->value);
    }
}

static const char *value_on(struct world *w, const char *name, const char *on)
{
    struct setting setting;
    struct day day;
    day_parse(str_of(on), &day);
    MUST(setting_load(w->desk.store, w->arena, &hoshi_rulebook, day, &setting));
    return str_z(w->arena, setting_of(&setting, name));
}

static struct row_parameter *row_of(struct world *w, const char *name, const char *from)
{
    struct row_parameter *row;
    MUST(sql_parameter_row(w->desk.store, w->arena, str_of(name), str_of(from), &row));
    return row;
}

static struct sweep sweep(struct world *w)
{
    struct sweep done = {0};
    struct arena *arena = arena_new(1 << 28);
    MUST(desk_clock_sweep(&w->desk, arena, &done));
    arena_free(arena);
    return done;
}

static void test_decision(struct tally *t, struct world *w)
{
    struct str id = settling_open(w);
    MUST(settling_take(w, id, "propose-parameter", "management-system-manager",
                       settling_fields(w, "acceptance-days", "7", "2026-02-01")));
    MUST(settling_take(w, id, "declare-no-conflict", "managing-director", NULL));
    CHECK_STR(t, str_of(value_on(w, "acceptance-days", "2026-02-01")), "10",
              "a proposal changes nothing");
    struct fault *fault = settling_take(w, id, "settle-parameter", "technical-manager", NULL);
    CHECK_STR(t, str_of(said(w, fault)), "forbidden authority A-MD", "A-MD decides");
    world_day(w, "2026-02-01");
    fault = settling_take(w, id, "settle-parameter", "managing-director", NULL);
    CHECK_STR(t, str_of(said(w, fault)), "refused parameter-day-ahead 6.3-1",
              "6.3-1 its day has come meanwhile");
    MUST(settling_take(w, id, "revise-parameter", "technical-manager",
                       settling_fields(w, "acceptance-days", "7", "2026-03-01")));
    MUST(settling_take(w, id, "settle-parameter", "managing-director", NULL));
    CHECK_STR(t, str_of(value_on(w, "acceptance-days", "2026-02-28")), "10", "the day before");
    CHECK_STR(t, str_of(value_on(w, "acceptance-days", "2026-03-01")), "7", "6.3-1 the day");
    const struct row_parameter *row = row_of(w, "acceptance-days", "2026-03-01");
    CHECK(t, str_eq(row->approver, world_person(w, "managing-director")->person) &&
                 str_eq(row->case_id, id) && str_is(row->note, "運用の見直し") &&
                 str_is(row->clause, "2.2.1-2"),
          "6.3-1 with clause, approver, reason and case");
    CHECK(t, row_of(w, "acceptance-days", "2025-01-06") != NULL, "6.3-1 the old row is kept");
    CHECK(t, strstr(str_z(w->arena, world_told(w, world_person(w, "operational-personnel"), id,
                                               "parameter-decided", true)),
                    "“target: acceptance” has another value from"),
          "6.3-1 personnel are told");
}

/* Before its day another decision takes the place; the first says so when the day has come. */
static void test_replaced(struct tally *t, struct world *w)
{
    struct str first = settle(w, "fee-days", "15", "2026-03-01");
    struct str second = settle(w, "fee-days", "12", "2026-03-01");
    CHECK_STR(t, row_of(w, "fee-days", "2026-03-01")->value, "12", "6.3-1 the later decision");
    world_day(w, "2026-02-28");
    CHECK(t, sweep(w).taken == 0, "nothing is due on the day before");
    world_day(w, "2026-03-01");
    sweep(w);
    CHECK_STR(t, world_case(w, first)->state, "parameter-replaced", "6.3-1 the one is replaced");
    CHECK_STR(t, world_case(w, second)->state, "parameter-in-effect",
              "6.3-1 the other is in effect");
}

static struct str end_case_of(struct world *w, struct str label)
{
    struct row_casework *rows;
    size_t n;
    MUST(sql_clock_cases_of_label(w->desk.store, w->arena, label, STR("expiry"), &rows,
                                  &n));
    return n ? rows[0].id : STR_NONE;
}

/* 4.6.1: what was worked out before is worked out anew, on the day and not before it. */
static void test_clock(struct tally *t, struct world *w)
{
    struct day day;
    world_day(w, "2026-03-02");
    struct str label = world_case(w, world_case_after(w, "issue"))->label;
    struct str end = end_case_of(w, label);
    day_parse(STR("2027-09-04"), &day); /* 180 days before 2028-03-02 */
    CHECK(t, world_case(w, end)->alarm == day_begins(day), "4.6.1-1 the clock waits for 180 days");
    struct str id = settle(w, "reminder-days", "400,30", "2026-04-01");
    CHECK(t, world_case(w, end)->alarm == day_begins(day), "a decision alone moves nothing");
    world_day(w, "2026-04-01");
    sweep(w);
    CHECK_STR(t, world_case(w, id)->state, "parameter-in-effect", "6.3-1 in effect on its day");
    day_parse(STR("2027-01-27"), &day); /* 400 days before */
    CHECK(t, world_case(w, end)->alarm == day_begins(day), "4.6.1-1 and the clock waits for 400");
    world_day(w, "2027-01-27");
    CHECK(t, sweep(w).taken == 1, "4.6.1-1 the reminder is sent on that day");
    day_parse(STR("2027-09-04"), &day); /* 180 days before: from then on an extension is advised */
    CHECK(t, world_case(w, end)->alarm == day_begins(day), "4.3.2-1 the next is of the extension");
    world_day(w, "2027-09-04");
    sweep(w);
    day_parse(STR("2028-02-01"), &day);
    CHECK(t, world_case(w, end)->alarm == day_begins(day), "4.6.1-1 then 30 days before");
}

int main(void)
{
    struct tally tally = {0};
    struct world *w = world_new();
    test_values(&tally, w);
    test_decision(&tally, w);
    test_replaced(&tally, w);
    test_clock(&tally, w);
    CHECK(&tally, world_replay(w) == 0, "6.4-1 every row follows from the journal");
    world_end(w);
    return tally_end(&tally);
}
