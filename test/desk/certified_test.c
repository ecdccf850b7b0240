/* certified_test.c: certification by real steps: plan, report, findings, verification, decisions;
 * then the label re-certified, its level changed, and the clock that finds it undecided.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/json.h"
#include "desk/act.h"
#include "desk/clock.h"
#include "desk/sample.h"
#include "store/put.gen.h"
#include "world.h"

#include "base/banned.h"

struct scene {
    struct world *world;
    struct tally *tally;
    struct principal facility;
    struct str party, label;
    struct words criteria; /* of the edition for cameras at level 3 */
};

static struct fault *approve(struct desk *desk, struct arena *arena, void *whom)
{
    static const struct {
        const char *kind, *word, *to_day;
    } things[] = {{"approval", "HF26-00001", ""},
                  {"scope", "3:network-camera", ""},
                  {"evaluator", "E-01", ""},
                  {"evaluator", "E-02", "2026-08-31"},
                  {"nda", "facility", ""}};
    struct scene *scene = whom;
    int64_t seq;
    TRY(desk_begin_entry(desk, arena, "declare", NULL, STR_NONE, NULL, &seq));
    for (size_t i = 0; i < sizeof things / sizeof *things; i++) {
        struct row_thing row = {.id = id_new(arena), .kind = str_of(things[i].kind),
                                .word = str_of(things[i].word), .party = scene->party,
                                .detail = STR("{}"), .from_day = STR("2026-06-01"),
                                .to_day = str_of(things[i].to_day), .seq = seq};
        TRY(put_thing(desk->store, &row));
    }
    struct row_tariff tariff = {.procedure = STR("certified"), .level = 3,
                                .valid_from = STR("2026-01-05"), .yen = 500000,
                                .note = STR("of the test")};
    TRY(put_tariff(desk->store, &tariff));
    return journal_append(desk->store, arena);
}

static void make_facility(struct scene *scene)
{
    struct world *w = scene->world;
    struct maker_request request = {
        .name_ja = STR("みほん評価センター"), .name_en = STR("Mihon Evaluation Center"),
        .corporate_number = STR("5999999900103"), .country = STR("JP"),
        .person_ja = STR("評価 良子"), .person_en = STR("Ryoko Hyoka"),
        .mail = STR("lab@mihon-eval.example")};
    struct row_party_member *parties;
    struct row_criterion *rows;
    size_t n;
    MUST(desk_register_maker(&w->desk, w->arena, &request, &scene->facility));
    MUST(sql_parties_of_person(w->desk.store, w->arena, scene->facility.person, &parties, &n));
    scene->party = parties[0].party;
    MUST(desk_write(&w->desk, w->arena, approve, scene));
    MUST(sql_criteria_of_edition(w->desk.store, w->arena, STR("PROV-L3-CAMERA"), &rows, &n));
    struct str *ids = NEW_ARRAY(w->arena, n + 1, struct str);
    for (size_t i = 0; i < n; i++)
        ids[i] = rows[i].id;
    scene->criteria = (struct words){.at = ids, .n = n};
    CHECK(scene->tally, n == 30, "4.2.2-2 level 3 holds the criteria of 1 and 2");
}

static const struct principal *somebody(const struct scene *scene, const char *who)
{
    if (strcmp(who, "maker") == 0)
        return &scene->world->maker;
    return strcmp(who, "facility") == 0 ? &scene->facility : world_person(scene->world, who);
}

static const struct form_row *form_of(struct scene *scene, struct str id, const char *step)
{
    const struct procedure_row *procedure =
        procedure_by_name(&hoshi_rulebook, world_case(scene->world, id)->procedure);
    return &hoshi_rulebook.forms[step_by_name(&hoshi_rulebook, procedure, str_of(step))->form];
}

static bool asks(const struct form_row *form, const char *field)
{
    for (size_t i = 0; i < form->fields.n; i++) {
        const struct form_field *part = &hoshi_rulebook.form_fields[form->fields.first + i];
        if (strcmp(hoshi_rulebook.fields[part->field].name, field) == 0)
            return true;
    }
    return false;
}

/* What the sample cannot know: a file that is on the case, an evaluator who is registered. */
static json_t *fields_of(struct scene *scene, struct str id, const char *step, const char *own)
{
    struct arena *arena = scene->world->arena;
    const struct form_row *form = form_of(scene, id, step);
    json_t *given = json_new(arena), *list = json_new_list(arena), *value, *fields;
    struct row_case_file *files;
    const char *name;
    size_t n;
    if (*own)
        MUST(json_read(arena, str_of(own), &given));
    MUST(sql_case_files(scene->world->desk.store, arena, id, &files, &n));
    if (n)
        json_add_str(list, files[n - 1].id);
    if (asks(form, "plan"))
        json_put_json(given, "plan", list);
    if (asks(form, "report"))
        json_put_json(given, "report", list);
    if (asks(form, "evaluators") && !json_object_get(given, "evaluators")) {
        json_t *evaluators = json_new_list(arena);
        json_add_str(evaluators, STR("E-01"));
        json_put_json(given, "evaluators", evaluators);
    }
    fields = sample_fields(&hoshi_rulebook, arena, (int)(form - hoshi_rulebook.forms),
                           clock_today(&scene->world->clock), scene->criteria, given);
    json_object_foreach(given, name, value) json_put_json(fields, name, value);
    return fields;
}

static struct fault *take(struct scene *scene, struct str id, const char *step, const char *who,
                          const char *own)
{
    struct step_answer answer;
    struct step_request request = {.case_id = id, .step = str_of(step), .expected_version = -1,
                                   .who = somebody(scene, who),
                                   .fields = fields_of(scene, id, step, own)};
    return desk_take_step(&scene->world->desk, scene->world->arena, &request, &answer);
}

static void takes(struct scene *scene, struct str id, const char *step, const char *who,
                  const char *own, const char *state)
{
    struct fault *fault = take(scene, id, step, who, own);
    CHECK(scene->tally, !fault, "%s by %s %s", step, who, said(scene->world, fault));
    CHECK_STR(scene->tally, world_case(scene->world, id)->state, state, "after %s", step);
}

static void refused(struct scene *scene, struct str id, const char *step, const char *who,
                    const char *own, const char *what)
{
    CHECK_STR(scene->tally, str_of(said(scene->world, take(scene, id, step, who, own))), what,
              "%s by %s is refused", step, who);
}

static struct fault *open_case(struct scene *scene, const char *procedure, int64_t level,
                               struct str label, struct str *id)
{
    struct case_request request = {.procedure = str_of(procedure), .level = level, .label = label,
                                   .who = &scene->world->maker};
    if (!label.bytes)
        request.category = STR("network-camera");
    return desk_open_case(&scene->world->desk, scene->world->arena, &request, id);
}

static void attach(struct scene *scene, struct str id, const char *name)
{
    struct str file;
    struct hash digest = hash_of(str_of(name));
    struct fault *fault =
        desk_attach(&scene->world->desk, scene->world->arena, &scene->facility, id, str_of(name),
                    STR("application/pdf"), &digest, 100, &file);
    CHECK(scene->tally, !fault, "4.2.2-1 the facility puts a file %s", said(scene->world, fault));
}

#define FILED                                                                                      \
    "{\"category\":\"network-camera\",\"facility\":\"HF26-00001\",\"firmware\":\"2.0\"," \
    "\"support-end\":\"2040-03-31\",\"consent-nda\":\"given\",\"consent-court\":\"given\"}"

static void clear_all(struct scene *scene, struct str id)
{
    static const char *const people[] = {"operational-personnel", "certifier", "certifier-2",
                                         "technical-manager", "managing-director", "deputy"};
    for (size_t i = 0; i < sizeof people / sizeof *people; i++)
        MUST(take(scene, id, "declare-no-conflict", people[i], ""));
}

static void plan(struct scene *s, struct str id)
{
    refused(s, id, "file-plan", "maker", "", "forbidden authority 6.1.1-1");
    attach(s, id, "plan.pdf");
    refused(s, id, "file-plan", "facility", "{\"evaluators\":[\"E-02\"]}",
            "refused evaluators-registered 6.1-2");
    takes(s, id, "file-plan", "facility", "", "plan-filed");
    takes(s, id, "return-plan", "certifier", "", "awaiting-plan");
    takes(s, id, "file-plan", "facility", "", "plan-filed");
    takes(s, id, "agree-plan", "certifier", "", "assessing");
    takes(s, id, "oversee", "certifier-2", "", "assessing");
}

static void report(struct scene *s, struct str id)
{
    attach(s, id, "report-1.pdf");
    refused(s, id, "file-report", "facility",
            "{\"assessment\":[{\"id\":\"S1.1-01\",\"result\":\"conforms\"}]}",
            "refused report-complete 4.2.2-2");
    takes(s, id, "save-report", "facility",
          "{\"assessment\":[{\"id\":\"S1.1-01\",\"result\":\"conforms\"}]}", "assessing");
    takes(s, id, "file-report", "facility", "", "reported");
    takes(s, id, "find", "certifier",
          "{\"findings\":[{\"id\":\"S1.1-04\",\"evidence\":\"手順が不明\"},"
          "{\"id\":\"P3.CAM-02\",\"evidence\":\"試験の記録がない\"}]}",
          "findings");
    attach(s, id, "report-2.pdf");
    refused(s, id, "revise-report", "facility",
            "{\"finding-answers\":[{\"id\":\"S1.1-04\",\"evidence\":\"3章に追記\"}]}",
            "refused findings-answered 4.2.2-2");
    takes(s, id, "revise-report", "facility",
          "{\"finding-answers\":[{\"id\":\"S1.1-04\",\"evidence\":\"3章に追記\"},"
          "{\"id\":\"P3.CAM-02\",\"evidence\":\"付録に追加\"}]}",
          "reported");
}

static void decide(struct scene *s, struct str id, const char *decision, const char *state)
{
    refused(s, id, "verify-report", "certifier",
            "{\"outcome\":\"does-not\",\"by-procedures\":true}",
            "refused-form outcome-follows-lines 4.2.2-2");
    takes(s, id, "verify-report", "certifier", "{\"outcome\":\"conforms\",\"by-procedures\":true}",
          "verified");
    takes(s, id, "draft-label", "operational-personnel", "", "drafted");
    takes(s, id, "approve-technical", "deputy", "", "approved");
    refused(s, id, decision, "deputy", "", "forbidden apart 2.1.3-1");
    takes(s, id, decision, "managing-director", "", state);
}

static void to_awaiting_plan(struct scene *s, struct str id)
{
    clear_all(s, id);
    takes(s, id, "accept", "operational-personnel", "", "accepted");
    takes(s, id, "record-fee", "operational-personnel",
          "{\"fee-kind\":\"paid\",\"fee-amount\":500000}", "awaiting-plan");
}

static size_t versions_of(struct scene *s, struct str id, const char *field)
{
    struct row_case_version *rows;
    size_t n, found = 0;
    MUST(sql_case_versions(s->world->desk.store, s->world->arena, id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        found += str_is(rows[i].field, field);
    return found;
}

static const struct row_label *label_of(struct scene *s)
{
    struct row_label *label;
    MUST(sql_label_by_number(s->world->desk.store, s->world->arena, s->label, &label));
    return label;
}

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
    test_renewal(&scene);
    test_undecided(&scene);
    CHECK(&tally, world_replay(scene.world) == 0, "6.4-1 every row follows from the journal");
    world_end(scene.world);
    return tally_end(&tally);
}
