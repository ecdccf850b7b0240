/* assessed.h: a scene in which a facility is approved, and the steps of an assessment, one by one.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_ASSESSED_H
#define HOSHI_ASSESSED_H

#include <string.h>

#include "base/json.h"
#include "desk/act.h"
#include "desk/sample.h"
#include "store/put.gen.h"
#include "world.h"

struct scene {
    struct world *world;
    struct tally *tally;
    struct principal facility;
    struct str party, label;
    struct words criteria; /* of the edition for cameras at level 3 */
};

static inline struct fault *approve(struct desk *desk, struct arena *arena, void *whom)
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

static inline void make_facility(struct scene *scene)
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

static inline const struct principal *somebody(const struct scene *scene, const char *who)
{
    if (strcmp(who, "maker") == 0)
        return &scene->world->maker;
    return strcmp(who, "facility") == 0 ? &scene->facility : world_person(scene->world, who);
}

static inline const struct form_row *form_of(struct scene *scene, struct str id, const char *step)
{
    const struct procedure_row *procedure =
        procedure_by_name(&hoshi_rulebook, world_case(scene->world, id)->procedure);
    return &hoshi_rulebook.forms[step_by_name(&hoshi_rulebook, procedure, str_of(step))->form];
}

static inline bool asks(const struct form_row *form, const char *field)
{
    for (size_t i = 0; i < form->fields.n; i++) {
        const struct form_field *part = &hoshi_rulebook.form_fields[form->fields.first + i];
        if (strcmp(hoshi_rulebook.fields[part->field].name, field) == 0)
            return true;
    }
    return false;
}

/* What the sample cannot know: a file that is on the case, an evaluator who is registered. */
static inline json_t *fields_of(struct scene *scene, struct str id, const char *step,
                                const char *own)
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

static inline struct fault *take(struct scene *scene, struct str id, const char *step,
                                 const char *who,
                          const char *own)
{
    struct step_answer answer;
    struct step_request request = {.case_id = id, .step = str_of(step), .expected_version = -1,
                                   .who = somebody(scene, who),
                                   .fields = fields_of(scene, id, step, own)};
    return desk_take_step(&scene->world->desk, scene->world->arena, &request, &answer);
}

static inline void takes(struct scene *scene, struct str id, const char *step, const char *who,
                  const char *own, const char *state)
{
    struct fault *fault = take(scene, id, step, who, own);
    CHECK(scene->tally, !fault, "%s by %s %s", step, who, said(scene->world, fault));
    CHECK_STR(scene->tally, world_case(scene->world, id)->state, state, "after %s", step);
}

static inline void refused(struct scene *scene, struct str id, const char *step, const char *who,
                    const char *own, const char *what)
{
    CHECK_STR(scene->tally, str_of(said(scene->world, take(scene, id, step, who, own))), what,
              "%s by %s is refused", step, who);
}

static inline struct fault *open_case(struct scene *scene, const char *procedure, int64_t level,
                               struct str label, struct str *id)
{
    struct case_request request = {.procedure = str_of(procedure), .level = level, .label = label,
                                   .who = &scene->world->maker};
    if (!label.bytes)
        request.category = STR("network-camera");
    return desk_open_case(&scene->world->desk, scene->world->arena, &request, id);
}

static inline void attach(struct scene *scene, struct str id, const char *name)
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

static inline void clear_all(struct scene *scene, struct str id)
{
    static const char *const people[] = {"operational-personnel", "certifier", "certifier-2",
                                         "technical-manager", "managing-director", "deputy"};
    for (size_t i = 0; i < sizeof people / sizeof *people; i++)
        MUST(take(scene, id, "declare-no-conflict", people[i], ""));
}

static inline void plan(struct scene *s, struct str id)
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

static inline void report(struct scene *s, struct str id)
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

static inline void decide(struct scene *s, struct str id, const char *decision, const char *state)
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

static inline void to_awaiting_plan(struct scene *s, struct str id)
{
    clear_all(s, id);
    takes(s, id, "accept", "operational-personnel", "", "accepted");
    takes(s, id, "record-fee", "operational-personnel",
          "{\"fee-kind\":\"paid\",\"fee-amount\":500000}", "awaiting-plan");
}

static inline size_t versions_of(struct scene *s, struct str id, const char *field)
{
    struct row_case_version *rows;
    size_t n, found = 0;
    MUST(sql_case_versions(s->world->desk.store, s->world->arena, id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        found += str_is(rows[i].field, field);
    return found;
}

static inline const struct row_label *label_of(struct scene *s)
{
    struct row_label *label;
    MUST(sql_label_by_number(s->world->desk.store, s->world->arena, s->label, &label));
    return label;
}

#endif
