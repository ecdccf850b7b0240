/* facility_test.c: a facility from its agreement and application to the end of its approval, by
 * real steps.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/sample.h"
#include "world.h"

#include "base/banned.h"

struct scene {
    struct world *world;
    struct tally *tally;
    struct principal facility;
    struct str party;
};

static struct str open_case(struct scene *scene, const char *procedure, const struct principal *who)
{
    struct case_request request = {
        .procedure = str_of(procedure), .party = scene->party, .who = who};
    struct str id = STR_NONE;
    struct fault *fault = desk_open_case(&scene->world->desk, scene->world->arena, &request, &id);
    CHECK(scene->tally, !fault, "a case of %s is opened %s", procedure, said(scene->world, fault));
    return id;
}

/* With what the form must have; `own` (JSON text, or "") in its place. */
static struct fault *take(struct scene *scene, struct str id, const char *step,
                          const struct principal *who, const char *own)
{
    struct world *world = scene->world;
    const struct procedure_row *procedure =
        procedure_by_name(&hoshi_rulebook, world_case(world, id)->procedure);
    const struct step_row *row = step_by_name(&hoshi_rulebook, procedure, str_of(step));
    json_t *given = NULL, *value;
    const char *name;
    struct step_answer answer;
    if (*own)
        MUST(json_read(world->arena, str_of(own), &given));
    struct step_request request = {
        .case_id = id,
        .step = str_of(step),
        .expected_version = -1,
        .who = who,
        .fields = sample_fields(&hoshi_rulebook, world->arena, row ? row->form : 0,
                                clock_today(&world->clock), world->criteria, given)};
    json_object_foreach(given, name, value) json_put_json(request.fields, name, value);
    return desk_take_step(&world->desk, world->arena, &request, &answer);
}

static void takes(struct scene *scene, struct str id, const char *step, const char *person,
                  const char *own)
{
    const struct principal *who = *person ? world_person(scene->world, person) : &scene->facility;
    struct fault *fault = take(scene, id, step, who, own);
    CHECK(scene->tally, !fault, "%s by %s %s", step, *person ? person : "the facility",
          said(scene->world, fault));
}

/* Who is not barred says so, and then takes the step. */
static void cleared(struct scene *scene, struct str id, const char *step, const char *person,
                    const char *own)
{
    takes(scene, id, "declare-no-conflict", person, "");
    takes(scene, id, step, person, own);
}

static void refused(struct scene *scene, struct str id, const char *step, const char *person,
                    const char *own, const char *what)
{
    const struct principal *who = *person ? world_person(scene->world, person) : &scene->facility;
    CHECK_STR(scene->tally, str_of(said(scene->world, take(scene, id, step, who, own))), what,
              "%s is refused", step);
}

/* The facts that guards of other sections read of the facility. */
static struct facts facts_of(struct scene *scene, struct str id, const char *step)
{
    struct facts facts = {0};
    MUST(desk_facts(&scene->world->desk, scene->world->arena, &scene->facility, id, str_of(step),
                    &facts));
    return facts;
}

static void attach(struct scene *scene, struct str id, const char *name, struct str *file)
{
    struct hash digest = hash_of(str_of(name));
    MUST(desk_attach(&scene->world->desk, scene->world->arena, &scene->facility, id, str_of(name),
                     STR("application/pdf"), &digest, 100, file));
}

static void conclude_nda(struct scene *scene)
{
    struct str id = open_case(scene, "nda", world_person(scene->world, "operational-personnel"));
    cleared(scene, id, "offer-nda", "operational-personnel",
            "{\"agreement-purpose\":\"facility\",\"agreement-court\":true,"
            "\"agreement-until\":\"2028-02-29\"}");
    takes(scene, id, "sign-nda", "", "{\"agreement-signature\":true}");
    cleared(scene, id, "countersign-nda", "managing-director", "{\"agreement-signature\":true}");
    CHECK_STR(scene->tally, world_case(scene->world, id)->state, "nda-in-force",
              "6.5-5 the agreement is in force");
}

static struct str apply(struct scene *scene, const char *kind, const char *until)
{
    struct str id = open_case(scene, "facility-approval", &scene->facility), file;
    attach(scene, id, "manual.pdf", &file);
    takes(scene, id, "apply-approval", "",
          str_z(scene->world->arena,
                str_print(scene->world->arena,
                          "{\"scope-3\":[\"router\",\"network-camera\"],\"scope-4\":[\"router\"],"
                          "\"accreditation-kind\":\"%s\",\"accreditation-number\":\"ASNITE-0000\","
                          "\"accreditation-from\":\"2026-01-05\",\"accreditation-until\":\"%s\","
                          "\"quality-manual\":[\"%.*s\"],\"accreditation-copy\":[\"%.*s\"],"
                          "\"facility-site\":{\"ja\":\"見本市\",\"en\":\"Sample City\"},"
                          "\"consent-court\":\"given\"}",
                          kind, until, STR_F(file), STR_F(file))));
    return id;
}

static struct str approve(struct scene *scene)
{
    struct str id = apply(scene, "interim", "2027-01-04");
    refused(scene, id, "accept", "operational-personnel", "", "forbidden no-conflict 2.1.3-1");
    takes(scene, id, "declare-no-conflict", "operational-personnel", "");
    refused(scene, id, "accept", "operational-personnel", "", "refused facility-under-nda 6.5-5");
    conclude_nda(scene);
    takes(scene, id, "accept", "operational-personnel", "");
    cleared(scene, id, "raise-facility-findings", "certifier", "{\"shortcomings-count\":2}");
    takes(scene, id, "answer-facility-findings", "", "");
    takes(scene, id, "assess-facility", "certifier", "{\"outcome\":\"conforms\"}");
    cleared(scene, id, "approve-technical", "technical-manager", "");
    CHECK(scene->tally, !facts_of(scene, id, "approve-facility").facility_approved_now,
          "6.1.1-1 not approved before the final decision");
    cleared(scene, id, "approve-facility", "managing-director", "");
    struct facts facts = facts_of(scene, id, "change-scope");
    CHECK(scene->tally, facts.facility_approved_now, "6.1.1-1 approved");
    CHECK(scene->tally, facts.facility_nda, "6.5-5 under an agreement");
    CHECK(scene->tally,
          facts.facility_scope.n == 3 && words_have(facts.facility_scope, STR("4:router")) &&
              !words_have(facts.facility_scope, STR("4:network-camera")),
          "6.1.1-1 the scope has a line for each level and category");
    return id;
}

/* What is true of the facility on a day, seen on a case that is not of it. */
static void on_days(struct scene *scene, struct str id)
{
    static const struct {
        const char *day;
        bool accredited, nda;
    } days[] = {{"2026-03-30", true, true},
                {"2026-03-31", true, true},
                {"2026-04-01", false, true},
                {"2028-02-29", false, true},
                {"2028-03-01", false, false}};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        world_day(scene->world, days[i].day);
        struct facts facts = facts_of(scene, id, "change-scope");
        CHECK(scene->tally, facts.facility_approved_now,
              "6.1.1-1 on %s the approval lasts: accreditation is another fact", days[i].day);
        CHECK(scene->tally, (facts.today.n < facts.unaccredited_from.n) == days[i].accredited,
              "6.1.1-1 on %s the interim equivalent is %sin force", days[i].day,
              days[i].accredited ? "" : "not ");
        CHECK(scene->tally, facts.facility_nda == days[i].nda, "6.5-5 on %s the agreement is %s",
              days[i].day, days[i].nda ? "in force" : "over");
    }
    world_day(scene->world, "2026-02-10");
}

static struct str watch_of(struct scene *scene, struct str party)
{
    struct row_casework *rows;
    size_t n;
    MUST(sql_cases_at_facility(scene->world->desk.store, scene->world->arena, party, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (str_is(rows[i].procedure, "facility-watch"))
            return rows[i].id;
    return STR_NONE;
}

static void watched(struct scene *scene)
{
    struct str id = watch_of(scene, scene->party);
    CHECK_STR(scene->tally, world_case(scene->world, id)->state, "facility-watched",
              "the approval opened a case that watches its days");
    CHECK_STR(scene->tally, world_case(scene->world, id)->alarm_step, "remind-accreditation",
              "the clock is to remind first");
    cleared(scene, id, "record-accreditation", "operational-personnel",
            "{\"accreditation-kind\":\"accredited\",\"accreditation-number\":\"ASNITE-0001\","
            "\"accreditation-from\":\"2026-02-06\",\"accreditation-until\":\"2030-02-05\"}");
    struct facts facts = facts_of(scene, id, "attach");
    char room[11];
    CHECK_STR(scene->tally, day_print(facts.unaccredited_from, room), "2030-02-06",
              "6.1.1-1 one accreditation follows another");
}

static void change_scope(struct scene *scene)
{
    struct str id = open_case(scene, "facility-approval", &scene->facility), file;
    attach(scene, id, "manual-2.pdf", &file);
    takes(scene, id, "apply-scope", "",
          str_z(scene->world->arena,
                str_print(scene->world->arena,
                          "{\"scope-3\":[\"router\"],\"scope-4\":[\"router\",\"gateway\"],"
                          "\"quality-manual\":[\"%.*s\"],\"consent-court\":\"given\"}",
                          STR_F(file))));
    cleared(scene, id, "accept", "operational-personnel", "");
    cleared(scene, id, "assess-facility", "certifier", "{\"outcome\":\"conforms\"}");
    cleared(scene, id, "approve-technical", "technical-manager", "");
    takes(scene, id, "declare-no-conflict", "managing-director", "");
    refused(scene, id, "approve-facility", "managing-director", "", "refused entered-by 6.1.1-1");
    world_day(scene->world, "2026-02-12");
    takes(scene, id, "change-scope", "managing-director", "");
    struct words scope = facts_of(scene, id, "change-scope").facility_scope;
    CHECK(scene->tally,
          scope.n == 3 && words_have(scope, STR("4:gateway")) &&
              !words_have(scope, STR("3:network-camera")),
          "6.1.1-1 from the day of the decision it is the new scope");
    world_day(scene->world, "2026-02-11");
    scope = facts_of(scene, id, "change-scope").facility_scope;
    CHECK(scene->tally,
          words_have(scope, STR("3:network-camera")) && !words_have(scope, STR("4:gateway")),
          "6.1.1-1 on the day before it was the former");
    world_day(scene->world, "2026-02-16");
}

static struct str register_evaluator(struct scene *scene, const char *name, const char *until)
{
    struct str id = open_case(scene, "evaluator", &scene->facility), file;
    attach(scene, id, "record.pdf", &file);
    takes(scene, id, "apply-evaluator", "",
          str_z(scene->world->arena,
                str_print(scene->world->arena,
                          "{\"evaluator-id\":\"%s\",\"evaluator-kind\":\"lead\","
                          "\"scope-3\":[\"router\"],\"evaluator-record\":[\"%.*s\"],"
                          "\"registered-until\":\"%s\"}",
                          name, STR_F(file), until)));
    cleared(scene, id, "assess-evaluator", "certifier", "{\"outcome\":\"conforms\"}");
    cleared(scene, id, "register-evaluator", "technical-manager", "");
    CHECK(scene->tally,
          words_have(facts_of(scene, id, "strike-off").facility_evaluators, str_of(name)),
          "6.1-2 %s is registered", name);
    return id;
}

static void evaluators(struct scene *scene)
{
    struct str first = register_evaluator(scene, "E-01", "2026-06-30");
    register_evaluator(scene, "E-02", "2027-06-30");
    struct str again = open_case(scene, "evaluator", &scene->facility), file;
    attach(scene, again, "record.pdf", &file);
    refused(scene, again, "apply-evaluator", "",
            str_z(scene->world->arena,
                  str_print(scene->world->arena,
                            "{\"evaluator-id\":\"E-02\",\"evaluator-kind\":\"lead\",\"scope-3\":"
                            "[\"router\"],\"evaluator-record\":[\"%.*s\"]}",
                            STR_F(file))),
            "refused evaluator-new 6.1-2");
    world_day(scene->world, "2026-06-30");
    CHECK(scene->tally, facts_of(scene, first, "strike-off").facility_evaluators.n == 2,
          "6.1-2 registered on the last day");
    world_day(scene->world, "2026-07-01");
    CHECK(scene->tally, facts_of(scene, first, "strike-off").facility_evaluators.n == 1,
          "6.1-2 and not on the day after");
    CHECK_STR(scene->tally, world_case(scene->world, first)->alarm_step, "end-evaluator",
              "the clock is to end the case of the registration");
}

static void end_approval(struct scene *scene)
{
    struct world *world = scene->world;
    struct str id = open_case(scene, "facility-end", &scene->facility), watch;
    takes(scene, id, "notify-discontinuance", "", "{\"discontinuance-day\":\"2026-07-10\"}");
    cleared(scene, id, "approve-technical", "technical-manager", "");
    cleared(scene, id, "revoke-facility", "managing-director", "");
    struct facts facts = facts_of(scene, id, "take-back-discontinuance");
    CHECK(scene->tally, facts.facility_approved_now, "6.1.2-1 it lasts until the day it named");
    watch = watch_of(scene, scene->party);
    CHECK_STR(scene->tally, world_case(world, watch)->alarm_step, "end-facility-watch",
              "the end is the clock's next step on the facility");
    world_day(world, "2026-07-09");
    CHECK(scene->tally, facts_of(scene, id, "take-back-discontinuance").facility_approved_now,
          "6.1.2-1 on the last day");
    world_day(world, "2026-07-10");
    facts = facts_of(scene, id, "take-back-discontinuance");
    CHECK(scene->tally,
          !facts.facility_approved_now && !facts.facility_scope.n && !facts.facility_evaluators.n,
          "6.1.2-1 from then on it has no approval, scope or evaluators");
    CHECK(scene->tally, facts.facility_nda, "6.5-5 what it has learnt stays secret");
    refused(scene, open_case(scene, "facility-approval", &scene->facility), "apply-scope", "",
            "{\"scope-3\":[\"router\"],\"consent-court\":\"given\"}", "field-missing - 6.1.1-1");
}

int main(void)
{
    struct tally tally = {0};
    struct scene scene = {.world = world_new(), .tally = &tally};
    struct row_party_member *parties;
    size_t n;
    struct maker_request request = {.name_ja = STR("みほん評価センター"),
                                    .name_en = STR("Mihon Evaluation Center"),
                                    .corporate_number = STR("5999999900103"),
                                    .country = STR("JP"),
                                    .person_ja = STR("評田 価"),
                                    .person_en = STR("Atai Hyota"),
                                    .mail = STR("desk@evaluation.example")};
    MUST(desk_register_maker(&scene.world->desk, scene.world->arena, &request, &scene.facility));
    MUST(sql_parties_of_person(scene.world->desk.store, scene.world->arena, scene.facility.person,
                               &parties, &n));
    scene.party = parties[0].party;
    world_day(scene.world, "2026-02-10");
    struct str approval = approve(&scene);
    on_days(&scene, approval);
    watched(&scene);
    change_scope(&scene);
    evaluators(&scene);
    end_approval(&scene);
    CHECK(&tally, world_replay(scene.world) == 0, "replay finds no difference");
    world_end(scene.world);
    return tally_end(&tally);
}
