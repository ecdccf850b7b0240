/* clock_test.c: the clock's steps: opened with the label, in order of their days, late ones too,
 * and one that is refused stands in nobody's way.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/json.h"
#include "desk/act.h"
#include "rule/facts.h"
#include "rule/hint.h"
#include "store/put.gen.h"
#include "watched.h"

#include "base/banned.h"

/* ---- opened with the label */

static void test_opened(struct tally *t, struct world *w)
{
    world_day(w, "2026-01-05");
    struct str issuing = world_case_after(w, "issue");
    struct row_casework *watch = watch_of(w, issuing), *issued = world_case(w, issuing);
    CHECK(t,
          str_is(watch->state, "running") && str_eq(watch->parent, issuing) &&
              str_eq(watch->registrant, issued->party) && str_is(watch->entry, "watch"),
          "4.6.1-1 the expiry is watched from the issuance on");
    CHECK(t,
          watch->alarm == day_begins(day_plus(day_of_instant(w->clock.frozen_ms), 730 - 180)) &&
              str_is(watch->alarm_step, "remind"),
          "the alarm is the first reminder: %s", done_on(w, watch->id));
    CHECK(t, issued->alarm == 0, "a case with no step by the clock has no alarm");
    struct sweep done = sweep(w);
    CHECK(t, done.taken == 0 && done.refused == 0, "nothing is due today");
    struct case_request again = {.procedure = STR("expiry"),
                                 .label = issued->label,
                                 .who = world_person(w, "managing-director")};
    struct str id;
    struct fault *fault = desk_open_case(&w->desk, w->arena, &again, &id);
    CHECK(t, fault && !strcmp(fault->code, "begun-by-a-step"), "nobody opens a second watch: %s",
          said(w, fault));
}

/* Midnight in Tokyo: a millisecond before nothing is due, at 0:00 it is. */
static void test_midnight(struct tally *t, struct world *w)
{
    world_day(w, "2026-01-05");
    struct str watch = watch_of(w, world_case_after(w, "issue"))->id;
    int64_t alarm = world_case(w, watch)->alarm;
    w->clock.frozen_ms = alarm - 1;
    CHECK(t, sweep(w).taken == 0 && *done_on(w, watch) == 0, "a millisecond before: not yet");
    w->clock.frozen_ms = alarm;
    CHECK(t, sweep(w).taken >= 1 && *done_on(w, watch), "at 0:00 in Tokyo: taken");
    CHECK(t, world_case(w, watch)->alarm > alarm, "and the next day is a later one");
    CHECK(t, sweep(w).taken == 0, "once");
}

/* 4.3: the mail that reminds says what can be done, and until when. */
static void test_reminded(struct tally *t, struct world *w)
{
    world_day(w, "2026-01-05");
    struct str watch = watch_of(w, world_case_after(w, "issue"))->id;
    w->clock.frozen_ms = world_case(w, watch)->alarm;
    sweep(w);
    const char *ja = str_z(w->arena, world_told(w, &w->maker, watch, "validity-ending", false));
    const char *en = str_z(w->arena, world_told(w, &w->maker, watch, "validity-ending", true));
    CHECK(t, strstr(ja, "今できること：2028年1月5日までに延長を申請してください。"),
          "4.3.2-1 the reminder says what can be done");
    CHECK(t, strstr(en, "What you can do now: Apply for extension by 5 January 2028."),
          "4.3.2-1 in English too");
}

static struct fault *put_setting(struct desk *desk, struct arena *arena, void *whom)
{
    int64_t seq;
    TRY(desk_begin_entry(desk, arena, "setting", NULL, STR_NONE, NULL, &seq));
    TRY(put_parameter(desk->store, whom));
    return journal_append(desk->store, arena);
}

static const char *day_of_alarm(struct world *w, struct str watch)
{
    char room[11];
    struct str day = day_print(day_of_instant(world_case(w, watch)->alarm), room);
    return str_z(w->arena, str_copy(w->arena, day));
}

/* 4.3.2-1: where a window is set, the day on which it opens is one of them; what was reminded of
 * before is not told again. */
static void test_window(struct tally *t, struct world *w)
{
    struct row_parameter narrow = {.name = STR("extension-window"), .value = STR("60"),
                                   .valid_from = STR("2026-01-06"), .clause = STR("A-MD")};
    struct row_parameter open = narrow;
    open.value = STR("0");
    open.valid_from = STR("2026-01-20");
    world_day(w, "2026-01-06");
    MUST(desk_write(&w->desk, w->arena, put_setting, &narrow));
    struct str watch = watch_of(w, world_case_after(w, "issue"))->id;
    static const char *const days[] = {"2027-07-10", "2027-10-08", "2027-11-07", "2027-12-07"};
    for (size_t i = 0; i < 4; i++) {
        CHECK_STR(t, str_of(day_of_alarm(w, watch)), days[i], "4.3.2-1 reminded on its day");
        w->clock.frozen_ms = world_case(w, watch)->alarm;
        sweep(w);
    }
    const char *told = str_z(w->arena, world_told(w, &w->maker, watch, "validity-ending", true));
    CHECK(t, strstr(told, "Apply for extension by 6 January 2028."), "by mail: %s", told);
    MUST(desk_write(&w->desk, w->arena, put_setting, &open));
}

static struct fault *use_up(struct desk *desk, struct arena *arena, void *whom)
{
    int64_t seq;
    TRY(desk_begin_entry(desk, arena, "test", NULL, STR_NONE, NULL, &seq));
    TRY(put_label(desk->store, whom));
    return journal_append(desk->store, arena);
}

/* 4.3.6-1: no extension is left: to be certified again takes longer, so it is told earlier. */
static void test_cap(struct tally *t, struct world *w)
{
    struct row_label *label;
    struct facts facts;
    world_day(w, "2026-01-06");
    struct row_casework *watch = watch_of(w, world_case_after(w, "issue"));
    MUST(sql_label_by_number(w->desk.store, w->arena, watch->label, &label));
    MUST(desk_facts(&w->desk, w->arena, &w->maker, watch->id, STR("remind"), &facts));
    CHECK(t, facts.reminder_day.n == facts.expires.n - 180, "4.3.2-1 the first of the days");
    label->route = STR("certified");
    label->extensions = 3;
    MUST(desk_write(&w->desk, w->arena, use_up, label));
    MUST(desk_facts(&w->desk, w->arena, &w->maker, watch->id, STR("remind"), &facts));
    CHECK(t, facts.reminder_day.n == facts.expires.n - 270,
          "4.3.6-1 with no extension left: earlier");
    world_day(w, "2026-01-20"); /* the window is set no more */
    MUST(desk_facts(&w->desk, w->arena, &w->maker, watch->id, STR("remind"), &facts));
    CHECK(t, hint_of(&hoshi_rulebook, &facts).kind == HINT_RECERTIFY, "as the hint says why");
    CHECK(t, facts.today.n < facts.reminder_day.n, "a day ahead");
}

/* ---- late ones */

static void test_late(struct tally *t, struct world *w)
{
    world_day(w, "2026-03-02");
    struct str watch = watch_of(w, world_case_after(w, "issue"))->id;
    world_day(w, "2029-01-15"); /* an outage of years */
    sweep(w);
    CHECK(t,
          !strcmp(done_on(w, watch), "remind 2027-09-04 · remind 2027-12-03 · "
                                     "remind 2028-02-01 · lapse 2028-03-03"),
          "late steps as of the days on which they were due: %s", done_on(w, watch));
    struct row_case_step *steps;
    size_t n;
    MUST(sql_case_steps(w->desk.store, w->arena, watch, &steps, &n));
    CHECK(t,
          steps[n - 1].at == w->clock.frozen_ms && str_is(steps[n - 1].role, "clock") &&
              str_is(steps[n - 1].person, "clock"),
          "recorded when they were taken, by the clock");
    struct row_label *label;
    MUST(sql_label_by_number(w->desk.store, w->arena, world_case(w, watch)->label, &label));
    CHECK(t, str_is(label->ended_as, "lapsed") && str_is(label->ended, "2028-03-03"),
          "4.6.1-1 the label lapsed on its day, not on the day of the sweep");
    CHECK(t, in_state(w, watch, "lapsed") && world_case(w, watch)->alarm == 0,
          "a case at its end has no alarm");
}

/* Of several labels, all late: by day, whatever the label. */
static void test_order(struct tally *t, struct world *w)
{
    world_day(w, "2026-04-01");
    for (int i = 0; i < 3; i++) {
        world_case_after(w, "issue");
        w->clock.frozen_ms += 17 * MS_A_DAY;
    }
    int64_t before = world_seq(w);
    world_day(w, "2031-01-06");
    sweep(w);
    int64_t last = 0;
    bool ordered = true;
    int n = 0;
    for (int64_t seq = before + 1; seq <= world_seq(w); seq++) {
        struct row_case_step *step;
        MUST(sql_case_step_by_seq(w->desk.store, w->arena, seq, &step));
        if (!step)
            continue;
        ordered = ordered && step->due >= last;
        last = step->due;
        n++;
    }
    CHECK(t, ordered && n >= 12, "%d late steps of several labels, in order of their days", n);
}

/* ---- what moves an alarm */

static void test_moved(struct tally *t, struct world *w)
{
    world_day(w, "2026-01-05");
    struct str issuing = world_case_after(w, "issue"), watch = watch_of(w, issuing)->id, id;
    struct case_request request = {
        .procedure = STR("withdrawal"), .label = world_case(w, issuing)->label, .who = &w->maker};
    world_day(w, "2026-02-02");
    MUST(desk_open_case(&w->desk, w->arena, &request, &id));
    json_t *fields = json_new(w->arena);
    json_put(fields, "withdrawal-day", STR("2026-02-20"));
    json_put(fields, "reasons", STR("販売を終えるため。"));
    struct step_request apply = {.case_id = id,
                                 .step = STR("apply"),
                                 .expected_version = -1,
                                 .fields = fields,
                                 .who = &w->maker};
    struct step_answer answer;
    int64_t alarm = world_case(w, watch)->alarm;
    MUST(desk_take_step(&w->desk, w->arena, &apply, &answer));
    CHECK(t, world_case(w, watch)->alarm == alarm, "an application moves no alarm");
    const struct principal *clerk = world_person(w, "operational-personnel");
    struct step_request clear = {.case_id = id,
                                 .step = STR("declare-no-conflict"),
                                 .expected_version = -1,
                                 .who = clerk,
                                 .fields = world_fields(w, "declare-no-conflict", "")};
    struct step_request record = {
        .case_id = id, .step = STR("record-withdrawal"), .expected_version = -1, .who = clerk};
    MUST(desk_take_step(&w->desk, w->arena, &clear, &answer));
    struct fault *fault = desk_take_step(&w->desk, w->arena, &record, &answer);
    CHECK(t, !fault, "the withdrawal is recorded: %s", said(w, fault));
    struct row_casework *now = world_case(w, watch);
    CHECK(t,
          str_is(now->alarm_step, "end") &&
              str_is(day_text(w, day_of_instant(now->alarm)), "2026-02-20"),
          "a step that sets the label moves the alarm of the case that watches it: %.*s",
          STR_F(now->alarm_step));
    world_day(w, "2026-02-20");
    sweep(w);
    CHECK(t, in_state(w, watch, "ended"), "and ends the watch on that day");
}

/* ---- what is refused */

/* An alarm on a case in whose state the step cannot be taken. */
struct wrong {
    struct str id;
    const char *step;
    int64_t at;
};

static struct fault *put_wrong(struct desk *desk, struct arena *arena, void *whom)
{
    const struct wrong *wrong = whom;
    struct row_casework *work;
    int64_t seq;
    TRY(sql_case_by_id(desk->store, arena, wrong->id, &work));
    TRY(desk_begin_entry(desk, arena, "put-wrong", NULL, wrong->id, NULL, &seq));
    work->alarm = wrong->at;
    work->alarm_step = str_of(wrong->step);
    TRY(put_casework(desk->store, work));
    return journal_append(desk->store, arena);
}

static void test_refused(struct tally *t, struct world *w)
{
    world_day(w, "2026-05-11");
    struct str bad = watch_of(w, world_case_after(w, "issue"))->id;
    struct str good = watch_of(w, world_case_after(w, "issue"))->id;
    struct wrong wrong = {bad, "resume", day_begins(day_plus(clock_today(&w->clock), 10))};
    MUST(desk_write(&w->desk, w->arena, put_wrong, &wrong));
    world_day(w, "2028-06-01");
    struct sweep done = sweep(w);
    CHECK(t, done.refused == 1, "one step is refused: %lld", (long long)done.refused);
    CHECK(t, in_state(w, good, "lapsed"), "the other labels lapse all the same");
    CHECK(t,
          !strncmp(done_on(w, bad), "resume! 2026-05-21 · remind", 26) &&
              in_state(w, bad, "lapsed"),
          "it stands on the timeline once, and its own case goes on: %s", done_on(w, bad));
    CHECK(t, sweep(w).refused == 0, "it is not tried again");
    struct wrong early = {watch_of(w, world_case_after(w, "issue"))->id, "lapse",
                          day_begins(clock_today(&w->clock))};
    MUST(desk_write(&w->desk, w->arena, put_wrong, &early));
    done = sweep(w);
    CHECK(t,
          done.put_off == 1 && done.refused == 0 && in_state(w, early.id, "running") &&
              world_case(w, early.id)->alarm > early.at,
          "a step that is due later by now is put off, which is no fault");
}

/* Nobody signs in as the clock, and nobody else takes its steps. */
static void test_nobody_else(struct tally *t, struct world *w)
{
    world_day(w, "2026-06-01");
    struct str watch = watch_of(w, world_case_after(w, "issue"))->id;
    world_day(w, "2029-01-15");
    struct step_answer answer;
    static const char *const who[] = {"managing-director", "operational-personnel"};
    for (size_t i = 0; i < 2; i++) {
        struct step_request request = {.case_id = watch,
                                       .step = STR("lapse"),
                                       .expected_version = -1,
                                       .who = world_person(w, who[i])};
        struct fault *fault = desk_take_step(&w->desk, w->arena, &request, &answer);
        CHECK(t, fault && !strcmp(said(w, fault), "forbidden authority 4.6.1-1"),
              "%s does not take the clock's step: %s", who[i], said(w, fault));
    }
    struct principal named = {.person = STR("clock")};
    struct step_request request = {
        .case_id = watch, .step = STR("lapse"), .expected_version = -1, .who = &named};
    struct fault *fault = desk_take_step(&w->desk, w->arena, &request, &answer);
    CHECK(t, fault && !strcmp(fault->code, "forbidden"), "a name makes no clock");
}

int main(void)
{
    struct tally tally = {0};
    struct world *w = world_new();
    test_opened(&tally, w);
    test_midnight(&tally, w);
    test_reminded(&tally, w);
    test_window(&tally, w);
    test_cap(&tally, w);
    test_late(&tally, w);
    test_order(&tally, w);
    test_moved(&tally, w);
    test_refused(&tally, w);
    test_nobody_else(&tally, w);
    CHECK(&tally, world_replay(w) == 0, "every row follows from the journal");
    world_end(w);
    return tally_end(&tally);
}
