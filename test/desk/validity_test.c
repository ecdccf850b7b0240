/* validity_test.c: a label's validity through the one writer and the clock: extension, grace,
 * lapse, withdrawal, many at once; on the engine of the run. SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/json.h"
#include "desk/clock.h"
#include "desk/many.h"
#include "desk/renewal.h"
#include "store/sql.gen.h"
#include "world.h"

#include "base/banned.h"

/* The label of a case that went the ordinary way; with the days that the test wants of it. */
static struct str label_issued(struct world *w)
{
    struct str id = world_case_after(w, "issue");
    return world_case(w, id)->label;
}

static struct row_label *label_of(struct world *w, struct str number)
{
    struct row_label *label;
    MUST(sql_label_by_number(w->desk.store, w->arena, number, &label));
    return label;
}

static struct row_casework *watch_of(struct world *w, struct str number)
{
    struct row_casework *rows;
    size_t n;
    MUST(sql_cases_of_label(w->desk.store, w->arena, number, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (str_is(rows[i].procedure, "expiry"))
            return &rows[i];
    BUG("no expiry case");
}

/* The kinds of the label's events, in their order. */
static const char *events_of(struct world *w, struct str number)
{
    struct row_label_event *rows;
    size_t n;
    struct str all = STR_NONE;
    MUST(sql_label_events(w->desk.store, w->arena, number, &rows, &n));
    for (size_t i = 0; i < n; i++)
        all = str_print(w->arena, "%.*s%s%.*s", STR_F(all), i ? " " : "", STR_F(rows[i].kind));
    return str_z(w->arena, all);
}

static struct sweep sweep(struct world *w)
{
    struct sweep swept = {0};
    struct arena *own = arena_new(64 << 20);
    if (!own || desk_clock_sweep(&w->desk, own, &swept))
        BUG("the clock is at fault");
    arena_free(own);
    return swept;
}

static struct fault *take(struct world *w, struct str id, const char *step, const char *who,
                          const char *fields)
{
    struct step_answer answer;
    struct step_request request = {.case_id = id, .step = str_of(step), .expected_version = -1,
                                   .who = *who ? world_person(w, who) : &w->maker};
    MUST(json_read(w->arena, str_of(fields), &request.fields));
    return desk_take_step(&w->desk, w->arena, &request, &answer);
}

static struct fault *open_on(struct world *w, const char *procedure, struct str label,
                             struct str *id)
{
    struct case_request request = {
        .procedure = str_of(procedure), .label = label, .who = &w->maker};
    return desk_open_case(&w->desk, w->arena, &request, id);
}

static struct str extension_filed(struct world *w, struct str label, const char *fields)
{
    struct str id;
    MUST(open_on(w, "extend-self-declared", label, &id));
    MUST(take(w, id, "apply", "", fields));
    return id;
}

static void extension_recommended(struct world *w, struct str id)
{
    static const struct {
        const char *step, *who, *fields;
    } way[] = {
        {"declare-no-conflict", "operational-personnel", "{}"},
        {"accept", "operational-personnel", "{}"},
        {"record-fee", "operational-personnel",
         "{\"fee-kind\":\"none-set\",\"fee-amount\":0,\"fee-day\":\"DAY\"}"},
        {"declare-no-conflict", "operational-personnel-2", "{}"},
        {"confirm", "operational-personnel-2", "{\"confirmed\":\"yes\"}"},
        {"declare-no-conflict", "technical-manager", "{}"},
        {"approve-technical", "technical-manager", "{}"},
        {"declare-no-conflict", "managing-director", "{}"},
    };
    char day[11];
    day_print(clock_today(&w->clock), day);
    for (size_t i = 0; i < sizeof way / sizeof *way; i++) {
        char *fields = str_z(w->arena, str_of(way[i].fields)), *at = strstr(fields, "DAY");
        if (at)
            fields = str_z(w->arena, str_print(w->arena, "%.*s%s%s", (int)(at - fields), fields,
                                               day, at + 3));
        MUST(take(w, id, way[i].step, way[i].who, fields));
    }
}

static void granted(struct world *w, struct str id)
{
    extension_recommended(w, id);
    MUST(take(w, id, "grant", "managing-director", "{}"));
}

/* 4.3.1-1, 4.3.3-1: each period joins the one before it. */
static void test_extension(struct tally *t, struct world *w)
{
    world_day(w, "2026-02-27");
    struct str label = label_issued(w);
    CHECK_STR(t, label_of(w, label)->expires, "2028-02-27", "4.3.1-1 valid for two years");
    CHECK_STR(t, watch_of(w, label)->state, "running", "4.6.1-1 its expiry is watched");
    CHECK_STR(t, watch_of(w, label)->alarm_step, "remind", "4.6.1-1 the clock reminds first");
    world_day(w, "2027-10-01");
    struct str id = extension_filed(w, label, "{\"conditions-kept\":\"kept\"}");
    CHECK(t, str_eq(label_of(w, label)->pending, id), "4.3.3-1 the extension is pending");
    struct str second;
    struct fault *fault = open_on(w, "extend-self-declared", label, &second);
    CHECK_STR(t, str_of(said(w, fault)), "refused none-open 4.3.2-1", "4.3.2-1 one at a time");
    granted(w, id);
    CHECK_STR(t, label_of(w, label)->expires, "2030-02-27", "4.3.3-1 joined without a gap");
    CHECK(t, !label_of(w, label)->pending.bytes, "nothing is pending any more");
    world_day(w, "2028-02-28");
    sweep(w);
    CHECK_STR(t, watch_of(w, label)->state, "running", "4.6.1-1 it did not lapse then");
    id = extension_filed(w, label,
                         "{\"conditions-kept\":\"kept\",\"extension-end\":\"2031-03-31\"}");
    granted(w, id);
    CHECK_STR(t, label_of(w, label)->expires, "2031-03-31", "4.3.3-1 shorter on request");
    CHECK_STR(t, str_of(events_of(w, label)),
              "issued extension-filed extended extension-filed extended", "its history tells it");
}

/* 4.6.1-1: the clock reminds three times, then records the lapse; nothing more can be asked. */
static void test_lapse(struct tally *t, struct world *w)
{
    static const char *const days[] = {"2028-09-02", "2028-12-01", "2029-01-30"};
    struct str id;
    world_day(w, "2027-03-01");
    struct str label = label_issued(w);
    CHECK_STR(t, label_of(w, label)->expires, "2029-03-01", "two years");
    for (size_t i = 0; i < 3; i++) {
        struct day day;
        CHECK(t, day_parse(str_of(days[i]), &day), "a day");
        char before[11];
        world_day(w, str_z(w->arena, day_print(day_plus(day, -1), before)));
        sweep(w);
        world_day(w, days[i]);
        CHECK(t, sweep(w).taken == 1, "4.6.1-1 reminded on %s", days[i]);
        CHECK(t, sweep(w).taken == 0, "4.6.1-1 once");
    }
    world_day(w, "2029-03-01");
    CHECK(t, sweep(w).taken == 0, "4.6.1-1 valid on its last day");
    world_day(w, "2029-03-02");
    CHECK(t, sweep(w).taken == 1, "4.6.1-1 the lapse is recorded on the day after");
    CHECK_STR(t, label_of(w, label)->ended_as, "lapsed", "4.6.1-1 lapsed");
    CHECK_STR(t, label_of(w, label)->ended, "2029-03-02", "4.6.1-1 as of the day after the last");
    CHECK_STR(t, watch_of(w, label)->state, "lapsed", "and the watch is over");
    struct fault *fault = open_on(w, "extend-self-declared", label, &id);
    CHECK_STR(t, str_of(said(w, fault)), "refused label-in-force 4.3.2-1",
              "4.3.2-1 no extension after it");
    CHECK_STR(t, str_of(events_of(w, label)), "issued lapsed", "its history tells it");
}

/* Grace: filed in time and undecided; granted, it goes on; refused, it lapses as of its last day.
 */
static void test_grace(struct tally *t, struct world *w)
{
    world_day(w, "2029-04-02");
    struct str kept = label_issued(w), lost = label_issued(w), late = label_issued(w);
    world_day(w, "2031-04-02");
    sweep(w);
    struct str kept_case = extension_filed(w, kept, "{\"conditions-kept\":\"kept\"}");
    struct str lost_case = extension_filed(w, lost, "{\"conditions-kept\":\"kept\"}");
    struct str late_case = extension_filed(w, late, "{\"conditions-kept\":\"kept\"}");
    extension_recommended(w, late_case);
    world_day(w, "2031-04-03");
    sweep(w);
    CHECK_STR(t, watch_of(w, kept)->state, "in-grace", "validity is over, the extension pending");
    CHECK_STR(t, str_of(events_of(w, kept)), "issued extension-filed grace",
              "its history tells it");
    granted(w, kept_case);
    sweep(w);
    CHECK_STR(t, watch_of(w, kept)->state, "running", "granted in grace it goes on");
    CHECK_STR(t, label_of(w, kept)->expires, "2033-04-02", "4.3.3-1 without a gap");
    MUST(take(w, lost_case, "declare-no-conflict", "operational-personnel", "{}"));
    MUST(take(w, lost_case, "reject", "operational-personnel",
              "{\"refusal-ground\":\"other\",\"reasons\":\"no\"}"));
    sweep(w);
    CHECK_STR(t, label_of(w, lost)->ended, "2031-04-03", "rejected: lapsed as of its last day");
    CHECK_STR(t, str_of(events_of(w, lost)),
              "issued extension-filed grace extension-refused lapsed", "its history tells it");
    world_day(w, "2031-07-01");
    sweep(w);
    CHECK_STR(t, watch_of(w, late)->state, "in-grace", "90 days of grace, the last of them");
    world_day(w, "2031-07-02");
    struct fault *fault = take(w, late_case, "grant", "managing-director", "{}");
    CHECK_STR(t, str_of(said(w, fault)), "refused grace-not-over 4.3.3-1", "and no more");
    sweep(w);
    CHECK_STR(t, label_of(w, late)->ended_as, "lapsed", "undecided when grace was over: lapsed");
    fault = take(w, late_case, "grant", "managing-director", "{}");
    CHECK_STR(t, str_of(said(w, fault)), "refused label-not-ended 4.3.3-1", "4.3.3-1 it has ended");
    MUST(take(w, late_case, "refuse-grant", "managing-director",
              "{\"refusal-ground\":\"other\",\"reasons\":\"too late\"}"));
}

/* 4.6.2-1: on the day asked for; the watch ends, an extension cannot be granted. */
static void test_withdrawal(struct tally *t, struct world *w)
{
    world_day(w, "2031-09-01");
    struct str label = label_issued(w), id;
    struct str extension = extension_filed(w, label, "{\"conditions-kept\":\"kept\"}");
    extension_recommended(w, extension);
    MUST(open_on(w, "withdrawal", label, &id));
    struct fault *fault = take(
        w, id, "apply", "", "{\"withdrawal-day\":\"2031-08-31\",\"reasons\":\"end of sale\"}");
    CHECK_STR(t, str_of(said(w, fault)), "refused-form not-backdated 4.6.2-1", "not backdated");
    MUST(take(w, id, "apply", "",
              "{\"withdrawal-day\":\"2031-09-05\",\"reasons\":\"end of sale\"}"));
    MUST(take(w, id, "declare-no-conflict", "operational-personnel", "{}"));
    MUST(take(w, id, "record-withdrawal", "operational-personnel", "{}"));
    CHECK_STR(t, label_of(w, label)->ended, "2031-09-05", "4.6.2-1 from the day asked for");
    fault = take(w, extension, "grant", "managing-director", "{}");
    CHECK_STR(t, str_of(said(w, fault)), "refused label-not-ended 4.3.3-1", "nothing to extend");
    world_day(w, "2031-09-04");
    sweep(w);
    CHECK_STR(t, watch_of(w, label)->state, "running", "not yet");
    world_day(w, "2031-09-05");
    sweep(w);
    CHECK_STR(t, watch_of(w, label)->state, "ended", "the watch ends with the label");
    CHECK_STR(t, str_of(events_of(w, label)), "issued extension-filed withdrawn",
              "its history tells it");
}

/* The hint is that of the same rules. */
static void test_hints(struct tally *t, struct world *w)
{
    struct label_standing standing;
    world_day(w, "2032-01-05");
    struct str label = label_issued(w);
    MUST(desk_label(&w->desk, w->arena, &w->maker, label, &standing));
    CHECK(t, standing.hint.kind == HINT_WAIT, "nothing to do yet");
    CHECK(t, standing.extension.kind == VERDICT_ALLOWED, "4.3.2-1 though it may be filed");
    struct fault *fault = desk_label(&w->desk, w->arena, &w->other_maker, label, &standing);
    CHECK(t, fault && !strcmp(fault->code, "absent"), "2.1.3-2 not for another maker");
    world_day(w, "2033-12-01");
    MUST(desk_label(&w->desk, w->arena, &w->maker, label, &standing));
    CHECK(t, standing.hint.kind == HINT_EXTEND, "4.3.2-1 apply now");
    CHECK_STR(t, str_of(standing.hint.clause), "4.3.2-1", "by its clause");
    extension_filed(w, label, "{\"conditions-kept\":\"kept\"}");
    MUST(desk_label(&w->desk, w->arena, &w->maker, label, &standing));
    CHECK(t, standing.hint.kind == HINT_PENDING, "pending: nothing to do");
    world_day(w, "2034-01-06");
    MUST(desk_label(&w->desk, w->arena, &w->maker, label, &standing));
    CHECK(t, standing.hint.kind == HINT_GRACE, "in grace");
    world_day(w, "2034-04-06");
    sweep(w);
    MUST(desk_label(&w->desk, w->arena, &w->maker, label, &standing));
    CHECK(t, standing.hint.kind == HINT_OVER, "over");
}

/* Each its own case and entry; what is refused leaves nothing; the same key files nothing twice. */
static void test_many(struct tally *t, struct world *w)
{
    struct many_answer answers[4];
    json_t *fields;
    world_day(w, "2034-06-01");
    struct str labels[4] = {label_issued(w), label_issued(w), STR("HS99-99999-9")};
    labels[3] = labels[0];
    MUST(json_read(w->arena, STR("{\"conditions-kept\":\"kept\"}"), &fields));
    struct many_request request = {.labels = labels, .n = 4, .fields = fields,
                                        .idempotency_key = STR("all"), .who = &w->maker};
    int64_t before = world_seq(w);
    MUST(desk_file_many(&w->desk, w->arena, &request, answers));
    CHECK(t, !answers[0].fault && !answers[1].fault, "4.3.2-1 two are filed");
    CHECK(t, !str_eq(answers[0].case_id, answers[1].case_id), "each its own case");
    CHECK(t, answers[2].fault && str_is(answers[2].fault->concerns, "/label"), "one is no label");
    CHECK(t, str_eq(answers[3].case_id, answers[0].case_id), "one was named twice, and filed once");
    CHECK(t, world_seq(w) == before + 4, "an opening and a step for each");
    MUST(desk_file_many(&w->desk, w->arena, &request, answers));
    CHECK(t, answers[0].repeated && answers[1].repeated, "the same key again: as before");
    CHECK(t, world_seq(w) == before + 4, "and nothing new");
    request.idempotency_key = STR("again");
    MUST(desk_file_many(&w->desk, w->arena, &request, answers));
    CHECK(t, answers[0].fault && answers[0].fault->guard &&
                 !strcmp(answers[0].fault->guard, "none-open"),
          "4.3.2-1 another key: one is open already");
    request.who = &w->other_maker;
    MUST(desk_file_many(&w->desk, w->arena, &request, answers));
    CHECK(t, answers[0].fault && !answers[0].case_id.bytes, "not for another maker");
}

int main(void)
{
    struct tally tally = {0};
    struct world *world = world_new();
    test_extension(&tally, world);
    test_lapse(&tally, world);
    test_grace(&tally, world);
    test_withdrawal(&tally, world);
    test_hints(&tally, world);
    test_many(&tally, world);
    CHECK(&tally, world_replay(world) == 0, "every row is rebuilt from the journal");
    world_end(world);
    return tally_end(&tally);
}
