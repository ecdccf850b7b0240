/* facility_work_test.c: what the page on a facility's work counts: hand-ins, returns, findings, and
 * days in whose hands, by the quarter of the last report (6.1-2).
 * SPDX-License-Identifier: Apache-2.0 */
#include "../desk/world.h"
#include "desk/act.h"
#include "store/put.gen.h"

/* The portal has an enum of the name of the tests' struct. */
#define place place_of_page
#include "web/facility_view.h"
#undef place

#include "base/banned.h"

struct move {
    const char *day, *role, *step, *from, *to;
};

/* 46 days at the facility, 14 at the body; two plans, a report and its revision; two returns. */
static const struct move ended[] = {
    {"2026-06-20", "operational-personnel", "accept", "received", "accepted"},
    {"2026-07-01", "operational-personnel", "record-fee", "accepted", "awaiting-plan"},
    {"2026-07-05", "evaluation-facility", "file-plan", "awaiting-plan", "plan-filed"},
    {"2026-07-07", "certifier", "return-plan", "plan-filed", "awaiting-plan"},
    {"2026-07-09", "evaluation-facility", "file-plan", "awaiting-plan", "plan-filed"},
    {"2026-07-10", "certifier", "agree-plan", "plan-filed", "assessing"},
    {"2026-07-20", "certifier", "oversee", "assessing", "assessing"},
    {"2026-08-09", "evaluation-facility", "file-report", "assessing", "reported"},
    {"2026-08-14", "certifier", "find", "reported", "findings"},
    {"2026-08-24", "evaluation-facility", "revise-report", "findings", "reported"},
    {"2026-08-26", "certifier", "verify-report", "reported", "verified"},
    {"2026-08-27", "operational-personnel", "draft-label", "verified", "drafted"},
    {"2026-08-28", "technical-manager", "approve-technical", "drafted", "approved"},
    {"2026-08-30", "managing-director", "issue", "approved", "issued"},
    {NULL, NULL, NULL, NULL, NULL},
};
/* What was before is another facility's: 2 days here, and 20 at the body until today. */
static const struct move replaced[] = {
    {"2026-09-01", "operational-personnel", "record-fee", "accepted", "awaiting-plan"},
    {"2026-09-05", "evaluation-facility", "file-plan", "awaiting-plan", "plan-filed"},
    {"2026-09-06", "certifier", "agree-plan", "plan-filed", "assessing"},
    {"2026-11-01", "applicant", "replace-facility", "assessing", "awaiting-plan"},
    {"2026-11-03", "evaluation-facility", "file-plan", "awaiting-plan", "plan-filed"},
    {NULL, NULL, NULL, NULL, NULL},
};

struct telling {
    struct world *world;
    const char *id;
    const struct move *moves;
    const char *findings;
    int64_t first; /* of the timeline's numbers, which are the test's own */
};

static struct fault *tell(struct desk *desk, struct arena *arena, void *whom)
{
    const struct telling *telling = whom;
    int64_t seq;
    struct row_casework work = {.id = str_of(telling->id), .procedure = STR("certified"),
                                .state = STR("reported"), .level = 3, .party = STR("p-maker"),
                                .facility = STR("p-facility")};
    struct row_case_version version = {.case_id = work.id, .seq = telling->first,
                                       .field = STR("findings"),
                                       .value = str_of(telling->findings), .step = STR("find")};
    TRY(desk_begin_entry(desk, arena, "open", &telling->world->maker, work.id, NULL, &seq));
    TRY(put_casework(desk->store, &work));
    for (int64_t i = 0; telling->moves[i].day; i++) {
        const struct move *move = &telling->moves[i];
        struct day day = DAY_NONE;
        day_parse(str_of(move->day), &day);
        struct row_case_step row = {.seq = telling->first + i, .case_id = work.id,
                                    .act = STR("step"), .step = str_of(move->step),
                                    .from_state = str_of(move->from), .to_state = str_of(move->to),
                                    .role = str_of(move->role),
                                    .at = day_begins(day) + 9 * 3600000};
        TRY(put_case_step(desk->store, &row));
    }
    if (*telling->findings)
        TRY(put_case_version(desk->store, &version));
    return journal_append(desk->store, arena);
}

static void tell_of(struct world *world, const char *id, const struct move *moves,
                    const char *findings, int64_t first)
{
    MUST(desk_write(&world->desk, world->arena, tell,
                    &(struct telling){world, id, moves, findings, first}));
}

static void test_work(struct tally *tally, struct visit *visit)
{
    struct work_view work;
    MUST(facility_work_load(visit, STR("p-facility"), &work));
    CHECK(tally, work.n == 4 && work.all.cases == 2, "four quarters, two applications");
    const struct quarter *summer = &work.quarters[2], *autumn = &work.quarters[3];
    CHECK(tally, autumn->year == 2026 && autumn->number == 4 && summer->number == 3,
          "the present quarter is the last");
    CHECK(tally, summer->cases == 1 && autumn->cases == 1 && work.quarters[0].cases == 0,
          "each in the quarter of its last report");
    CHECK(tally, summer->reports == 4, "two plans, a report, a revision: %lld",
          (long long)summer->reports);
    CHECK(tally, summer->returns == 2, "a plan and a report came back: %lld",
          (long long)summer->returns);
    CHECK(tally, summer->findings == 3, "three findings: %lld", (long long)summer->findings);
    CHECK(tally, summer->facility_ms == 46 * (int64_t)MS_A_DAY, "46 days at the facility: %lld ms",
          (long long)summer->facility_ms);
    CHECK(tally, summer->body_ms == 14 * (int64_t)MS_A_DAY, "14 days at the body: %lld ms",
          (long long)summer->body_ms);
    CHECK(tally, autumn->reports == 1 && autumn->returns == 0,
          "6.1.2-1 what another facility handed in is not this one's");
    CHECK(tally, autumn->facility_ms == 2 * (int64_t)MS_A_DAY, "2 days at the facility: %lld ms",
          (long long)autumn->facility_ms);
    CHECK(tally, autumn->body_ms == 20 * (int64_t)MS_A_DAY, "20 at the body until now: %lld ms",
          (long long)autumn->body_ms);
    MUST(facility_work_load(visit, STR("p-other"), &work));
    CHECK(tally, work.all.cases == 0 && work.n == 4, "another facility has no work");
}

int main(void)
{
    struct tally tally = {0};
    struct world *world = world_new();
    struct web web = {.store = world->desk.store, .book = &hoshi_rulebook, .clock = &world->clock};
    struct visit visit = {.web = &web, .arena = world->arena};
    tell_of(world, "c-ended", ended, "[{\"id\":\"1\"},{\"id\":\"2\"},{\"id\":\"3\"}]", 900000);
    tell_of(world, "c-replaced", replaced, "", 910000);
    world_day(world, "2026-11-23");
    visit.today = clock_today(&world->clock);
    test_work(&tally, &visit);
    world_end(world);
    return tally_end(&tally);
}
