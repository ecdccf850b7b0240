/* certified_test.c: certification by real steps: plan, report, findings, verification, decisions;
 * then the label re-certified, its level changed, and the clock that finds it undecided.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "assessed.h"
#include "desk/clock.h"
#include "settle.h"

#include "base/banned.h"

static void test_issue(struct scene *s)
{
    struct world *w = s->world;
    struct tally *t = s->tally;
    struct str id;
    world_day(w, "2026-09-01");
    MUST(open_case(s, "certified", 3, STR_NONE, &id));
    CHECK_STR(t, world_case(w, id)->edition, "PROV-L3-CAMERA", "5-1 the edition for the category");
    refused(s, id, "file", "maker",
            "{\"category\":\"network-camera\",\"facility\":\"HF26-00009\",\"firmware\":\"2.0\"}",
            "refused facility-in-scope 6.1.1-1");
    CHECK(t, desk_may_see(&w->desk, w->arena, &s->facility, id) != NULL,
          "2.1.3-2 a draft is not the facility's");
    takes(s, id, "file", "maker", FILED, "received");
    CHECK_STR(t, world_case(w, id)->facility, str_z(w->arena, s->party),
              "6.1.1-1 named by the number of its approval");
    CHECK(t, !desk_may_see(&w->desk, w->arena, &s->facility, id),
          "2.1.3-2 the facility named sees the case");
    to_awaiting_plan(s, id);
    plan(s, id);
    report(s, id);
    decide(s, id, "issue", "issued");
    s->label = world_case(w, id)->label;
    const struct row_label *label = label_of(s);
    CHECK(t, str_starts(label->certification, "HC26-"), "4.2.2-2 with a certification number");
    CHECK_STR(t, label->expires, "2028-09-01", "4.3.1-1 two years");
    CHECK(t, versions_of(s, id, "assessment") == 2 && versions_of(s, id, "findings") == 1 &&
                 versions_of(s, id, "plan") == 2,
          "6.4-1 each version of plan, report and findings stays");
}

static void test_level(struct scene *s)
{
    struct world *w = s->world;
    struct str id;
    world_day(w, "2026-10-01");
    CHECK(s->tally, open_case(s, "self-declared", 3, s->label, &id) != NULL,
          "4.1.1-1 no self-declaration for level 3");
    CHECK_STR(s->tally, str_of(said(w, open_case(s, "certified", 3, s->label, &id))),
              "refused extensions-used-up 4.3.6-1",
              "4.3.6-1 re-certification is not open yet");
    MUST(open_case(s, "self-declared", 2, s->label, &id));
    struct words before = s->criteria;
    s->criteria.n = 22; /* those of level 2 are the first of level 3 */
    struct row_case_field *fields;
    size_t fields_n;
    bool prefilled = false;
    MUST(sql_case_fields(w->desk.store, w->arena, id, &fields, &fields_n));
    for (size_t i = 0; i < fields_n; i++)
        prefilled = prefilled || (str_is(fields[i].field, "firmware") &&
                                  str_is(fields[i].value, "\"2.0\""));
    CHECK(s->tally, prefilled, "4.5-1 the draft begins with the product as decided");
#define OTHER_PRODUCT                                                                              \
    "\"product\":{\"ja\":\"別物\",\"en\":\"Another\"},\"category\":\"network-camera\","            \
    "\"models\":[\"MIHON-1\"],\"support-end\":\"2040-03-31\",\"consent-nda\":\"given\","           \
    "\"consent-court\":\"given\""
#define UNCHANGED                                                                                  \
    "\"product\":{\"ja\":\"見本\",\"en\":\"Sample\"},\"category\":\"network-camera\","             \
    "\"models\":[\"MIHON-1\"],\"support-end\":\"2040-03-31\",\"consent-nda\":\"given\","           \
    "\"consent-court\":\"given\""
    refused(s, id, "apply-level", "maker", "{" UNCHANGED ",\"firmware\":\"2.1\"}",
            "refused product-information-unchanged 4.5-1");
    refused(s, id, "file", "maker", "{" UNCHANGED ",\"firmware\":\"2.0\"}",
            "refused new-application 4.1.1-1");
    takes(s, id, "apply-level", "maker", "{" UNCHANGED ",\"firmware\":\"2.0\"}", "received");
    s->criteria = before;
}

/* What is compared is a dated parameter: less than by default, then a contact too. */
static void test_compared(struct scene *s)
{
    struct world *w = s->world;
    struct words before = s->criteria;
    struct str id;
    s->criteria.n = 22;
    settle(w, "compared-information", "product,category,models", "2026-10-02");
    MUST(open_case(s, "self-declared", 2, s->label, &id));
    refused(s, id, "apply-level", "maker", "{" UNCHANGED ",\"firmware\":\"2.1\"}",
            "refused product-information-unchanged 4.5-1");
    world_day(w, "2026-10-02");
    refused(s, id, "apply-level", "maker",
            "{" OTHER_PRODUCT ",\"firmware\":\"2.0\"}",
            "refused product-information-unchanged 4.5-1");
    takes(s, id, "apply-level", "maker", "{" UNCHANGED ",\"firmware\":\"2.1\"}", "received");
    settle(w, "compared-information", "product,models,user-mail", "2026-10-03");
    world_day(w, "2026-10-03");
    MUST(open_case(s, "self-declared", 2, s->label, &id));
    refused(s, id, "apply-level", "maker",
            "{" UNCHANGED ",\"firmware\":\"2.1\",\"user-mail\":\"new@mihon.example\"}",
            "refused product-information-unchanged 4.5-1");
    takes(s, id, "apply-level", "maker", "{" UNCHANGED ",\"firmware\":\"2.1\"}", "received");
    s->criteria = before;
}

static struct fault *put_changed(struct desk *desk, struct arena *arena, void *whom)
{
    int64_t seq;
    TRY(desk_begin_entry(desk, arena, "declare", NULL, STR_NONE, NULL, &seq));
    TRY(put_label(desk->store, whom));
    return journal_append(desk->store, arena);
}

/* As three extensions leave it. */
static void set_label(struct scene *s, const char *expires, int64_t extensions)
{
    struct row_label label = *label_of(s);
    label.expires = str_of(expires);
    label.extensions = extensions;
    MUST(desk_write(&s->world->desk, s->world->arena, put_changed, &label));
}

/* 4.3.6: the same for re-certification. */
static void test_compared_renewing(struct scene *s)
{
    struct world *w = s->world;
    struct str id;
    set_label(s, "2031-09-01", 3);
    world_day(w, "2031-02-28");
    MUST(open_case(s, "certified", 3, s->label, &id));
    refused(s, id, "file-recertification", "maker",
            "{" OTHER_PRODUCT ",\"firmware\":\"2.0\",\"facility\":\"HF26-00001\"}",
            "refused product-information-unchanged 4.3.6-2");
    settle(w, "compared-information", "firmware", "2031-03-01");
    world_day(w, "2031-03-01");
    refused(s, id, "file-recertification", "maker",
            "{" UNCHANGED ",\"firmware\":\"2.1\",\"facility\":\"HF26-00001\"}",
            "refused product-information-unchanged 4.3.6-2");
    takes(s, id, "file-recertification", "maker",
          "{" OTHER_PRODUCT ",\"firmware\":\"2.0\",\"facility\":\"HF26-00001\"}", "received");
    takes(s, id, "withdraw", "maker", "", "application-withdrawn");
    settle(w, "compared-information",
           "product,category,firmware,support-end,policy-url,product-url,models", "2031-03-02");
}

#define RENEWED "{" UNCHANGED ",\"firmware\":\"2.0\",\"facility\":\"HF26-00001\"}"

static struct str file_recertification(struct scene *s)
{
    struct str id;
    MUST(open_case(s, "certified", 3, s->label, &id));
    takes(s, id, "file-recertification", "maker", RENEWED, "received");
    to_awaiting_plan(s, id);
    return id;
}

static void test_renewal(struct scene *s)
{
    struct tally *t = s->tally;
    struct str number = label_of(s)->certification;
    set_label(s, "2031-09-01", 3);
    world_day(s->world, "2031-03-03");
    struct str id = file_recertification(s);
    plan(s, id);
    report(s, id);
    decide(s, id, "renew", "renewed");
    CHECK_STR(t, label_of(s)->certification, str_z(s->world->arena, number),
              "4.3.6-2 the certification number is kept");
    CHECK(t, label_of(s)->level == 3 && label_of(s)->extensions == 0,
          "4.3.6-2 the level stays, the count begins anew");
    CHECK_STR(t, label_of(s)->expires, "2033-03-03", "4.3.6-2 a new period from its own date");
    CHECK_STR(t, label_of(s)->term_start, "2031-03-03", "4.3.6-2 and the total with it");
}

/* 4.3.6-1: conducted within the validity, not merely applied for. */
static void test_undecided(struct scene *s)
{
    set_label(s, "2033-03-03", 3);
    world_day(s->world, "2033-02-01");
    struct str id = file_recertification(s);
    int64_t alarm = world_case(s->world, id)->alarm;
    struct day end;
    day_parse(STR("2033-03-04"), &end);
    CHECK(s->tally, alarm == day_begins(end), "4.3.6-1 the clock is set to the day after the last");
    CHECK_STR(s->tally, world_case(s->world, id)->alarm_step, "lapse-undecided", "for that step");
    struct sweep sweep = {0};
    world_day(s->world, "2033-03-04");
    struct arena *sweeping = arena_new(1 << 28); /* it is emptied again and again */
    MUST(desk_clock_sweep(&s->world->desk, sweeping, &sweep));
    arena_free(sweeping);
    CHECK_STR(s->tally, world_case(s->world, id)->state, "lapsed-undecided",
              "4.3.6-1 undecided on the last day, it is over");
    CHECK_STR(s->tally, label_of(s)->ended_as, "lapsed", "4.6.1-1 and the label has lapsed");
}

/* 4.2.2-3: certification that is not accepted is notified, with the reasons. */
static void test_refused(struct scene *s)
{
    struct world *w = s->world;
    struct str id;
    world_day(w, "2026-09-02");
    MUST(open_case(s, "certified", 3, STR_NONE, &id));
    takes(s, id, "file", "maker", FILED, "received");
    to_awaiting_plan(s, id);
    plan(s, id);
    report(s, id);
    takes(s, id, "verify-report", "certifier",
          "{\"outcome\":\"conforms\",\"by-procedures\":true}", "verified");
    takes(s, id, "draft-label", "operational-personnel", "", "drafted");
    takes(s, id, "refuse-technical", "deputy",
          "{\"refusal-ground\":\"does-not-conform\",\"reasons\":\"鍵が平文で保存される。\"}",
          "refused");
    static const char kind[] = "certification-refused";
    const char *maker = str_z(w->arena, world_told(w, &w->maker, id, kind, false));
    const char *facility = str_z(w->arena, world_told(w, &s->facility, id, kind, true));
    CHECK(s->tally, strstr(maker, "適合を認証できない") && strstr(maker, "鍵が平文で保存される。"),
          "4.2.2-3 the applicant is told that it is not certified, and why");
    CHECK(s->tally,
          strstr(facility, "cannot be certified") && strstr(facility, "鍵が平文で保存される。"),
          "4.2.2-3 and so is the facility");
}

int main(void)
{
    struct tally tally = {0};
    struct scene scene = {.world = world_new(), .tally = &tally};
    make_facility(&scene);
    test_issue(&scene);
    test_refused(&scene);
    test_level(&scene);
    test_compared(&scene);
    test_compared_renewing(&scene);
    test_renewal(&scene);
    test_undecided(&scene);
    CHECK(&tally, world_replay(scene.world) == 0, "6.4-1 every row follows from the journal");
    world_end(scene.world);
    return tally_end(&tally);
}
