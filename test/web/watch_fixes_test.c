/* watch_fixes_test.c: makers' days to fix: what begins and ends them, what is no matter of fixing,
 * and who is told nothing (4.8.1-1, 4.8.3-1, 4.6.4-2).
 * SPDX-License-Identifier: Apache-2.0 */
#include "../desk/world.h"
#include "desk/act.h"
#include "store/put.gen.h"

/* The portal has an enum of the name of the tests' struct. */
#define place place_of_page
#include "web/watch_fixes.h"
#undef place

#include "base/banned.h"

enum { FIRST_SEQ = 900000 };

struct telling {
    struct world *world;
    int64_t seq;
};

static int64_t at(const char *text)
{
    struct day day = DAY_NONE;
    day_parse(str_of(text), &day);
    return day_begins(day) + 9 * 3600000;
}

static struct fault *put_step(struct telling *telling, const char *id, const char *step,
                              const char *day)
{
    struct row_case_step row = {.seq = telling->seq++, .case_id = str_of(id), .act = STR("step"),
                                .step = str_of(step), .at = at(day)};
    return put_case_step(telling->world->desk.store, &row);
}

static struct fault *put_work(struct telling *telling, const char *id, const char *procedure,
                              const char *state, const char *label, const char *parent)
{
    struct row_casework work = {.id = str_of(id), .procedure = str_of(procedure),
                                .state = str_of(state), .label = str_of(label),
                                .registrant = str_of(label), .parent = str_of(parent)};
    return put_casework(telling->world->desk.store, &work);
}

/* A vulnerability of an advisory, confirmed on a day. Labels and their makers have one name. */
static struct fault *put_match(struct telling *telling, const char *id, const char *state,
                               const char *label, const char *advisory, const char *day)
{
    struct row_case_field field = {.case_id = str_of(id), .field = STR("advisory-id"),
                                   .value = str_of(advisory), .step = STR("take-in-match")};
    TRY(put_work(telling, id, "vulnerability", state, label, ""));
    TRY(put_step(telling, id, "confirm-match", day));
    return *advisory ? put_case_field(telling->world->desk.store, &field) : NULL;
}

static struct fault *put_told(struct telling *telling, const char *id, const char *label,
                                const char *kind, const char *remedy, const char *cves,
                                const char *filed)
{
    struct row_security_notice row = {.id = str_of(id), .revision = 1, .label = str_of(label),
                                      .case_id = str_of(id), .issuer = STR("registrant"),
                                      .kind = str_of(kind), .state = STR("published"),
                                      .at = at(filed) + 5 * (int64_t)MS_A_DAY,
                                      .cves = str_of(cves), .remedy = str_of(remedy)};
    TRY(put_step(telling, id, "apply", filed));
    return put_security_notice(telling->world->desk.store, &row);
}

static struct fault *put_labels(struct telling *telling)
{
    static const char *const names[] = {"L-1", "L-2", "L-3"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct row_label label = {.number = str_of(names[i]), .party = str_of(names[i]),
                                  .level = 1};
        struct row_party party = {.id = str_of(names[i]), .name_ja = str_of(names[i])};
        TRY(put_label(telling->world->desk.store, &label));
        TRY(put_party(telling->world->desk.store, &party));
    }
    return NULL;
}

static struct fault *put_matches(struct telling *telling)
{
    /* fixed in ten days; the workaround before it and the notice of another number are none */
    TRY(put_match(telling, "v-1", "vulnerability-watched", "L-1", "\"CVE-2026-1234\"",
                  "2026-06-01"));
    TRY(put_told(telling, "n-1", "L-1", "advisory", "workaround", "CVE-2026-1234", "2026-06-03"));
    TRY(put_told(telling, "n-2", "L-1", "advisory", "vendor-fix", "CVE-2026-12345",
                   "2026-06-05"));
    TRY(put_told(telling, "n-3", "L-1", "advisory", "vendor-fix",
                   "CVE-2026-1111\nCVE-2026-1234", "2026-06-11"));
    /* the notice is of another label: not fixed, for 62 days */
    TRY(put_match(telling, "v-2", "action-proposed", "L-2", "\"CVE-2026-1234\"", "2026-07-01"));
    /* out before it was confirmed: no day */
    TRY(put_match(telling, "v-3", "action-proposed", "L-1", "\"CVE-2026-1111\"", "2026-07-01"));
    /* none of these is a matter of fixing */
    TRY(put_match(telling, "v-4", "vulnerability-put-aside", "L-2", "\"CVE-2026-2\"",
                  "2026-07-01"));
    TRY(put_match(telling, "v-5", "action-proposed", "L-2", "\"CVE-2026-3\"", "2026-07-01"));
    TRY(put_told(telling, "n-5", "L-2", "not-affected", "", "CVE-2026-3", "2026-07-09"));
    TRY(put_match(telling, "v-6", "action-proposed", "L-2", "", "2026-07-01"));
    TRY(put_match(telling, "v-7", "action-proposed", "L-2", "\"CVE-2023-4\"", "2023-07-01"));
    return NULL;
}

static struct fault *put_corrections(struct telling *telling)
{
    /* of a report without a number, by way of a surveillance: the same matter, 40 days */
    TRY(put_match(telling, "v-8", "vulnerability-put-aside", "L-3", "", "2026-06-01"));
    TRY(put_work(telling, "s-8", "surveillance", "referred", "L-3", "v-8"));
    TRY(put_work(telling, "r-8", "revocation", "corrected", "L-3", "s-8"));
    TRY(put_step(telling, "r-8", "require", "2026-06-21"));
    TRY(put_step(telling, "r-8", "file-correction", "2026-06-25"));
    TRY(put_step(telling, "r-8", "find-insufficient", "2026-06-28"));
    TRY(put_step(telling, "r-8", "file-correction", "2026-07-11"));
    TRY(put_step(telling, "r-8", "accept-correction", "2026-07-20"));
    /* of no vulnerability: revoked after 30 days, without a fix */
    TRY(put_work(telling, "r-9", "revocation", "duties-open", "L-3", ""));
    TRY(put_step(telling, "r-9", "require", "2026-06-01"));
    return put_step(telling, "r-9", "revoke", "2026-07-01");
}

static struct fault *tell(struct desk *desk, struct arena *arena, void *whom)
{
    struct telling *telling = whom;
    int64_t seq;
    TRY(desk_begin_entry(desk, arena, "open", &telling->world->maker, STR("v-1"), NULL, &seq));
    TRY(put_labels(telling));
    TRY(put_matches(telling));
    TRY(put_corrections(telling));
    return journal_append(desk->store, arena);
}

static const struct fix *find(const struct watch_fixes *fixes, const char *id)
{
    for (size_t i = 0; i < fixes->n; i++)
        if (str_is(fixes->at[i].case_id, id))
            return &fixes->at[i];
    return NULL;
}

static void test_matters(struct tally *t, const struct watch_fixes *fixes)
{
    const struct fix *one = find(fixes, "v-1");
    CHECK(t, one && one->fixed && one->by_notice && one->days == 10 && str_is(one->by, "n-3"),
          "4.8.1-1 fixed on the day on which the notice that names the advisory was filed");
    one = find(fixes, "v-2");
    CHECK(t, one && !one->fixed && one->days == 62, "not fixed yet, for %lld days",
          one ? (long long)one->days : -1);
    one = find(fixes, "v-3");
    CHECK(t, one && one->fixed && one->days == 0, "out before it was confirmed: no day");
    CHECK(t, !find(fixes, "v-4") && !find(fixes, "v-5") && !find(fixes, "v-6") &&
                 !find(fixes, "v-7"),
          "put aside, not affected, without a number, long ago: no matter of fixing");
    one = find(fixes, "v-8");
    CHECK(t, one && one->fixed && !one->by_notice && one->days == 40 && !find(fixes, "r-8"),
          "4.6.4-2 what was required in consequence is the same matter, by the day of its filing");
    one = find(fixes, "r-9");
    CHECK(t, one && !one->fixed && one->ended && one->days == 30, "4.6.4-2 revoked, not fixed");
    CHECK(t, fixes->all.fixed == 3 && fixes->all.open == 2 && fixes->all.median == 10 &&
                 fixes->all.least == 0 && fixes->all.most == 40 && fixes->all.open_most == 62,
          "all together");
    CHECK(t, fixes->makers_all == 3 && fixes->makers_n == 3, "three makers");
}

static void test_ranks(struct tally *t, struct arena *arena)
{
    struct fix fixes[8];
    for (int i = 0; i < 8; i++)
        fixes[i] = (struct fix){.fixed = true, .days = 10 * (8 - i)};
    struct fix_spread of = fix_spread_of(arena, fixes, 8);
    CHECK(t, of.least == 10 && of.low == 20 && of.median == 40 && of.high == 60 && of.most == 80,
          "nearest ranks of eight: %lld %lld %lld", (long long)of.low, (long long)of.median,
          (long long)of.high);
    of = fix_spread_of(arena, fixes, 1);
    CHECK(t, of.low == 80 && of.median == 80 && of.high == 80 && of.fixed == 1, "of one");
    of = fix_spread_of(arena, fixes, 0);
    CHECK(t, of.fixed == 0 && of.open == 0, "of none");
}

int main(void)
{
    struct tally tally = {0};
    struct world *world = world_new();
    struct web web = {.store = world->desk.store, .book = &hoshi_rulebook, .clock = &world->clock,
                      .desk = &world->desk};
    struct visit visit = {.web = &web, .arena = world->arena};
    struct watch_fixes fixes;
    MUST(desk_write(&world->desk, world->arena, tell, &(struct telling){world, FIRST_SEQ}));
    world_day(world, "2026-09-01");
    visit.today = clock_today(&world->clock);
    visit.who = *world_person(world, "technical-manager");
    MUST(watch_fixes_load(&visit, &fixes));
    test_matters(&tally, &fixes);
    visit.who = *world_person(world, "managing-director");
    MUST(watch_fixes_load(&visit, &fixes));
    CHECK(&tally, !fixes.hidden && !fixes.with_matches && !find(&fixes, "v-1") &&
                      find(&fixes, "r-8") && find(&fixes, "r-8")->days == 20,
          "6.5-6 to who may not read vulnerabilities: what was required, from its own day, alone");
    visit.who = world->maker;
    MUST(watch_fixes_load(&visit, &fixes));
    CHECK(&tally, fixes.hidden && !fixes.n, "4.6.3-1 to a maker: nothing");
    test_ranks(&tally, world->arena);
    world_end(world);
    return tally_end(&tally);
}
