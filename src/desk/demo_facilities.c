/* demo_facilities.c: the Evaluation Facilities of the demonstration: one approved, one whose
 * interim equivalent has ended, one that gave its approval up, one under assessment.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/embedded.h"
#include "base/json.h"
#include "desk/act.h"
#include "desk/demo_part.h"
#include "desk/people.h"
#include "desk/sample.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { ACCREDITED_BEFORE_DAYS = 500, ACCREDITED_FOR_DAYS = 900, MINUTE_MS = 60000,
       FIRST_HOUR = 10 };

extern const struct embedded seed_files[];

/* Days ago, which facility, which of its cases, who, what. A case begins with its first line. */
static const struct line {
    int days_ago, facility, slot;
    const char *procedure, *who, *step, *own;
} lines[] = {
#define AGREEMENT(ago, f)                                                                          \
    {ago, f, 0, "nda", "operational-personnel", "declare-no-conflict", ""},                        \
        {ago, f, 0, "nda", "operational-personnel", "offer-nda", "{\"agreement-court\":true}"},    \
        {ago - 1, f, 0, "nda", "facility", "sign-nda", ""},                                        \
        {ago - 2, f, 0, "nda", "managing-director", "declare-no-conflict", ""},                    \
        {ago - 2, f, 0, "nda", "managing-director", "countersign-nda", ""}
#define APPLICATION(ago, f)                                                                        \
    {ago, f, 1, "facility-approval", "facility", "apply-approval", "{}"},                          \
        {ago - 3, f, 1, "facility-approval", "operational-personnel", "declare-no-conflict", ""},  \
        {ago - 3, f, 1, "facility-approval", "operational-personnel", "accept", ""},               \
        {ago - 5, f, 1, "facility-approval", "certifier", "declare-no-conflict", ""},              \
        {ago - 5, f, 1, "facility-approval", "certifier", "raise-facility-findings",               \
         "{\"shortcomings-count\":2,\"shortcomings\":\"機器の校正記録が一部ありません。"          \
         "要員の教育記録の様式を示してください。\"}"}
#define APPROVAL(ago, f)                                                                           \
    {ago, f, 1, "facility-approval", "facility", "answer-facility-findings", ""},                  \
        {ago - 2, f, 1, "facility-approval", "certifier", "assess-facility",                       \
         "{\"outcome\":\"conforms\"}"},                                                            \
        {ago - 4, f, 1, "facility-approval", "technical-manager", "declare-no-conflict", ""},      \
        {ago - 4, f, 1, "facility-approval", "technical-manager", "approve-technical", ""},        \
        {ago - 6, f, 1, "facility-approval", "managing-director", "declare-no-conflict", ""},      \
        {ago - 6, f, 1, "facility-approval", "managing-director", "approve-facility", ""}
#define EVALUATOR(ago, f, s, own)                                                                  \
    {ago, f, s, "evaluator", "facility", "apply-evaluator", own},                                  \
        {ago - 2, f, s, "evaluator", "certifier", "declare-no-conflict", ""},                      \
        {ago - 2, f, s, "evaluator", "certifier", "assess-evaluator",                              \
         "{\"outcome\":\"conforms\"}"},                                                            \
        {ago - 3, f, s, "evaluator", "technical-manager", "declare-no-conflict", ""},              \
        {ago - 3, f, s, "evaluator", "technical-manager", "register-evaluator", ""}
    AGREEMENT(429, 0),
    AGREEMENT(429, 1),
    AGREEMENT(429, 2),
    APPLICATION(426, 0),
    APPLICATION(426, 1),
    APPLICATION(426, 2),
    APPROVAL(418, 0),
    APPROVAL(418, 1),
    APPROVAL(418, 2),
    EVALUATOR(411, 0, 2,
              "{\"evaluator-id\":\"E-01\",\"evaluator-kind\":\"lead\","
              "\"evaluator-name\":{\"ja\":\"評川 一\",\"en\":\"Hajime Hyokawa\"}}"),
    EVALUATOR(411, 0, 3,
              "{\"evaluator-id\":\"E-02\",\"evaluator-kind\":\"member\","
              "\"evaluator-name\":{\"ja\":\"評野 二葉\",\"en\":\"Futaba Hyono\"}}"),
    EVALUATOR(411, 1, 2,
              "{\"evaluator-id\":\"T-01\",\"evaluator-kind\":\"lead\","
              "\"evaluator-name\":{\"ja\":\"試本 三郎\",\"en\":\"Saburo Tamemoto\"}}"),
    {120, 2, 4, "facility-end", "facility", "notify-discontinuance",
     "{\"reasons\":\"評価業務を終了するため。\"}"},
    {117, 2, 4, "facility-end", "technical-manager", "declare-no-conflict", ""},
    {117, 2, 4, "facility-end", "technical-manager", "approve-technical", ""},
    {114, 2, 4, "facility-end", "managing-director", "declare-no-conflict", ""},
    {114, 2, 4, "facility-end", "managing-director", "revoke-facility", ""},
    AGREEMENT(30, 3),
    APPLICATION(26, 3),
    {18, 3, 1, "facility-approval", "facility", "answer-facility-findings", ""},
    {8, 0, 5, "evaluator", "facility", "apply-evaluator",
     "{\"evaluator-id\":\"E-03\",\"evaluator-kind\":\"member\","
     "\"evaluator-name\":{\"ja\":\"評木 四葉\",\"en\":\"Yotsuba Hyoki\"}}"},
};

struct fault *demo_register_facilities(struct demo *demo)
{
    size_t i;
    json_t *seed, *one;
    TRY(json_read(demo->arena, embedded_find(seed_files, "demo-facilities.json"), &seed));
    json_array_foreach(json_object_get(seed, "facilities"), i, one)
    {
        struct demo_facility *facility = &demo->facilities[i];
        struct row_party_member *parties;
        size_t n;
        if (i == DEMO_FACILITIES)
            break;
        facility->seed = one;
        struct maker_request request = {
            .kind = STR("facility"),
            .name_ja = json_get(one, "ja"),
            .name_en = json_get(one, "en"),
            .corporate_number = json_get(one, "corporate_number"),
            .country = STR("JP"),
            .person_ja = json_get(one, "person_ja"),
            .person_en = json_get(one, "person_en"),
            .mail = str_print(demo->arena, "desk@%.*s", STR_F(json_get(one, "domain")))};
        TRY(desk_register_maker(&demo->desk, demo->arena, &request, &facility->who));
        TRY(sql_parties_of_person(demo->desk.store, demo->arena, facility->who.person, &parties,
                                  &n));
        facility->party = parties[0].party;
    }
    return NULL;
}

/* Nobody works at the weekend; of one day, the lines follow each other. */
int64_t demo_facility_at(const struct demo *demo, size_t line)
{
    struct day day = day_plus(demo->today, -lines[line].days_ago);
    while (day_week(day) == 0 || day_week(day) == 6)
        day = day_plus(day, 1);
    return day_begins(day) + FIRST_HOUR * 60 * MINUTE_MS + (int64_t)line * 3 * MINUTE_MS;
}

size_t demo_facility_lines(void)
{
    return sizeof lines / sizeof *lines;
}

/* An interim equivalent, as long as there are any on the day; later, the facility is accredited. */
static const char *kind_of(const struct demo *demo, const json_t *seed)
{
    struct day last;
    int parameter = parameter_by_name(demo->desk.book, STR("interim-facilities-until"));
    enum { LONGEST_DAYS = 30 };
    bool there_are = day_parse(str_of(demo->desk.book->parameters[parameter].value), &last) &&
                     clock_today(&demo->clock).n + LONGEST_DAYS <= last.n;
    return str_is(json_get(seed, "kind"), "interim") && there_are ? "interim" : "accredited";
}

static void fill(const struct demo *demo, const json_t *seed, struct str file, json_t *own)
{
    char room[11];
    static const char *const files[] = {"quality-manual", "accreditation-copy", "evaluator-record"};
    for (size_t i = 0; file.bytes && i < sizeof files / sizeof *files; i++) {
        json_t *list = json_new_list(demo->arena);
        json_add_str(list, file);
        json_put_json(own, files[i], list);
    }
    json_put_json(own, "scope-3", json_object_get(seed, "scope-3"));
    if (json_array_size(json_object_get(seed, "scope-4")))
        json_put_json(own, "scope-4", json_object_get(seed, "scope-4"));
    json_put_json(own, "facility-site", json_object_get(seed, "site"));
    json_put(own, "accreditation-kind", str_of(kind_of(demo, seed)));
    json_put(own, "accreditation-number", json_get(seed, "number"));
    json_put(own, "accreditation-from",
             day_print(day_plus(demo->today, -ACCREDITED_BEFORE_DAYS), room));
    json_put(own, "accreditation-until",
             day_print(day_plus(demo->today, ACCREDITED_FOR_DAYS), room));
    json_put(own, "consent-court", STR("given"));
    json_put(own, "agreement-text",
             STR("甲（機関）及び乙は、制度の運営に関して知り得た秘密を保持する。\n"
                 "本契約に関する訴訟は、東京地方裁判所を第一審の専属的合意管轄裁判所とする。\n"
                 "（見本。すべて架空です。）"));
}

/* Fields that no form of the step has are left out of what is handed in. */
static struct fault *hand_in(struct demo *demo, struct arena *arena, const struct line *line,
                             struct demo_facility *facility, const struct principal *who)
{
    const struct rulebook *book = demo->desk.book;
    struct str id = facility->cases[line->slot], file = STR_NONE;
    const struct procedure_row *procedure = procedure_by_name(book, str_of(line->procedure));
    const struct step_row *step = step_by_name(book, procedure, str_of(line->step));
    json_t *own = json_new(arena);
    struct step_answer answer;
    struct act act = {.name = "step"};
    if (!step)
        BUG("the rules have no step '%s'", line->step);
    if (*line->own)
        TRY(json_read(arena, str_of(line->own), &own));
    if (str_is(str_of(line->step), "apply-approval") ||
        str_is(str_of(line->step), "apply-evaluator"))
        TRY(demo_attach(demo, arena, who, id, json_get(facility->seed, "ja"), &file));
    fill(demo, facility->seed, file, own);
    struct step_request request = {
        .case_id = id, .step = str_of(line->step), .expected_version = -1, .who = who,
        .fields = sample_fields(book, arena, step->form, clock_today(&demo->clock),
                                demo->criteria, own)};
    return desk_take_act(&demo->desk, arena, &request, &act, &answer);
}

struct fault *demo_facility_play(struct demo *demo, struct arena *arena, size_t i)
{
    const struct line *line = &lines[i];
    struct demo_facility *facility = &demo->facilities[line->facility];
    bool itself = str_is(str_of(line->who), "facility");
    const struct principal *who = itself ? &facility->who : demo_person(demo, line->who);
    demo->clock.frozen_ms = demo_facility_at(demo, i);
    if (!facility->cases[line->slot].bytes) {
        struct str id;
        struct case_request opening = {
            .procedure = str_of(line->procedure), .party = facility->party, .who = who};
        TRY(desk_open_act(&demo->desk, arena, &opening, &id));
        facility->cases[line->slot] = str_copy(demo->arena, id);
    }
    return hand_in(demo, arena, line, facility, who);
}
