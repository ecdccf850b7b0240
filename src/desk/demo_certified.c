/* demo_certified.c: the certified route in the demonstration: one label issued, and applications at
 * every point of the way, evaluated by the first facility.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/act.h"
#include "desk/demo_part.h"
#include "desk/sample.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { HOUR_MS = 3600000, FIRST_MAKER = 3 };

/* Days after the case began, who, what, and what they say beside the sample. */
static const struct {
    int days;
    const char *who, *step, *own;
} way[] = {
    {0, "applicant", "file", ""},
    {2, "operational-personnel", "declare-no-conflict", ""},
    {2, "operational-personnel", "accept", ""},
    {4, "operational-personnel", "record-fee", "{\"fee-kind\":\"none-set\",\"fee-amount\":0}"},
    {9, "facility", "file-plan", ""},
    {11, "certifier", "declare-no-conflict", ""},
    {12, "certifier", "agree-plan", ""},
    {25, "certifier", "oversee",
     "{\"oversight-note\":\"試験の現場に立ち会い、手順のとおりであることを確認した。\"}"},
    {38, "facility", "file-report", ""},
    {43, "certifier", "find",
     "{\"findings\":[{\"id\":\"S1.1-04\",\"evidence\":\"試行回数の上限の根拠を示すこと。\"},"
     "{\"id\":\"P3.CAM-08\",\"evidence\":\"侵入試験の範囲に無線が含まれるか明らかでない。\"}]}"},
    {52, "facility", "revise-report",
     "{\"finding-answers\":[{\"id\":\"S1.1-04\",\"evidence\":\"4.2節に測定の結果を加えた。\"},"
     "{\"id\":\"P3.CAM-08\",\"evidence\":\"無線を含めて再度試験し、付録Cに示した。\"}]}"},
    {57, "certifier", "verify-report", "{\"outcome\":\"conforms\",\"by-procedures\":true}"},
    {59, "operational-personnel", "draft-label", ""},
    {61, "technical-manager", "declare-no-conflict", ""},
    {62, "technical-manager", "approve-technical", ""},
    {64, "managing-director", "declare-no-conflict", ""},
    {65, "managing-director", "issue", ""},
};
enum { WAY_N = sizeof way / sizeof *way };

/* How many days ago each began, and how far it came. */
static const struct {
    int days_ago;
    size_t steps;
} cases[DEMO_CERTIFIED] = {{112, WAY_N}, {74, 12}, {50, 10}, {48, 9},
                           {33, 7},      {16, 5},  {12, 4},  {3, 1}};

size_t demo_certified_lines(void)
{
    size_t n = 0;
    for (size_t i = 0; i < DEMO_CERTIFIED; i++)
        n += cases[i].steps;
    return n;
}

static void place_of(size_t line, size_t *slot, size_t *step)
{
    *slot = 0;
    while (line >= cases[*slot].steps)
        line -= cases[(*slot)++].steps;
    *step = line;
}

int64_t demo_certified_at(const struct demo *demo, size_t line)
{
    size_t slot, step;
    place_of(line, &slot, &step);
    struct day day = day_plus(demo->today, way[step].days - cases[slot].days_ago);
    while (day_week(day) == 0 || day_week(day) == 6)
        day = day_plus(day, -1);
    return day_begins(day) + 13 * HOUR_MS + (int64_t)step * 60000 + (int64_t)slot * 7000;
}

static const struct principal *somebody(const struct demo *demo, size_t slot, const char *who)
{
    if (str_is(str_of(who), "applicant"))
        return &demo->makers[(FIRST_MAKER + slot) % demo->makers_n].who;
    return str_is(str_of(who), "facility") ? &demo->facilities[0].who : demo_person(demo, who);
}

/* Level 3 for cameras: where the day has no such criteria, there is nothing to show. */
static struct fault *open_case(struct demo *demo, struct arena *arena, size_t slot)
{
    struct row_criteria_edition *edition;
    char room[11];
    struct str id;
    TRY(sql_criteria_edition_for(demo->desk.store, arena, 3, STR("network-camera"),
                                 day_print(clock_today(&demo->clock), room), &edition));
    if (!edition)
        return NULL;
    struct case_request request = {
        .procedure = STR("certified"), .level = 3, .category = STR("network-camera"),
        .party = demo->makers[(FIRST_MAKER + slot) % demo->makers_n].party,
        .who = somebody(demo, slot, "applicant")};
    TRY(desk_open_act(&demo->desk, arena, &request, &id));
    demo->certified[slot] = str_copy(demo->arena, id);
    return NULL;
}

static struct fault *approval_number(struct demo *demo, struct arena *arena, struct str *out)
{
    struct row_thing *things;
    size_t n;
    TRY(sql_things_of_party(demo->desk.store, arena, demo->facilities[0].party, &things, &n));
    for (size_t i = 0; i < n; i++)
        if (str_is(things[i].kind, "approval"))
            *out = things[i].word;
    return NULL;
}

static json_t *both(struct arena *arena, struct str ja, struct str en)
{
    json_t *value = json_new(arena);
    json_put(value, "ja", ja);
    json_put(value, "en", en);
    return value;
}

static struct fault *fill_filing(struct demo *demo, struct arena *arena, size_t slot, json_t *own)
{
    const json_t *maker = demo->makers[(FIRST_MAKER + slot) % demo->makers_n].seed;
    struct str prefix = json_get(maker, "prefix"), domain = json_get(maker, "domain"), number;
    char room[11];
    json_t *models = json_new_list(arena);
    TRY(approval_number(demo, arena, &number));
    json_add_str(models, str_print(arena, "%.*s-9%02zuA", STR_F(prefix), slot));
    json_put_json(own, "models", models);
    json_put_json(own, "product",
                  both(arena, str_print(arena, "監視カメラ %.*s-9%02zu", STR_F(prefix), slot),
                       str_print(arena, "Surveillance camera %.*s-9%02zu", STR_F(prefix), slot)));
    json_put(own, "category", STR("network-camera"));
    json_put(own, "firmware", STR("3.1"));
    json_put(own, "facility", number);
    json_put_json(own, "user-contact", both(arena, STR("お客様相談窓口"), STR("Customer support")));
    json_put(own, "contact-mail", str_print(arena, "desk@%.*s", STR_F(domain)));
    json_put(own, "security-mail", str_print(arena, "psirt@%.*s", STR_F(domain)));
    json_put(own, "support-end",
             day_print(day_plus(clock_today(&demo->clock), 365 * 6), room));
    json_put(own, "consent-nda", STR("given"));
    json_put(own, "consent-court", STR("given"));
    return NULL;
}

static struct fault *fill_facility(struct demo *demo, struct arena *arena, size_t slot,
                                   const char *step, json_t *own)
{
    bool plans = str_is(str_of(step), "file-plan");
    struct str file;
    json_t *files = json_new_list(arena), *evaluators = json_new_list(arena);
    TRY(demo_attach(demo, arena, &demo->facilities[0].who, demo->certified[slot],
                    plans ? STR("evaluation plan") : STR("evaluation report"), &file));
    json_add_str(files, file);
    json_put_json(own, plans ? "plan" : "report", files);
    json_add_str(evaluators, STR("E-01"));
    json_put_json(own, "evaluators", evaluators);
    if (plans)
        json_put(own, "plan-text", STR("文書の確認、聞取り、実機の試験を組み合わせて行う。"));
    return NULL;
}

static struct fault *criteria_of(struct demo *demo, struct arena *arena, struct words *out)
{
    struct sql_criteria_ids_row *rows;
    size_t n;
    TRY(sql_criteria_ids(demo->desk.store, arena, STR("PROV-L3-CAMERA"), &rows, &n));
    struct str *ids = NEW_ARRAY(arena, n + 1, struct str);
    for (size_t i = 0; i < n; i++)
        ids[i] = rows[i].id;
    *out = (struct words){.at = ids, .n = n};
    return NULL;
}

struct fault *demo_certified_play(struct demo *demo, struct arena *arena, size_t line)
{
    size_t slot, at;
    json_t *own = json_new(arena);
    struct act act = {.name = "step"};
    struct step_answer answer;
    struct words criteria;
    place_of(line, &slot, &at);
    const char *name = way[at].step;
    demo->clock.frozen_ms = demo_certified_at(demo, line);
    if (at == 0)
        TRY(open_case(demo, arena, slot));
    if (!demo->certified[slot].bytes)
        return NULL;
    if (*way[at].own)
        TRY(json_read(arena, str_of(way[at].own), &own));
    if (at == 0)
        TRY(fill_filing(demo, arena, slot, own));
    if (str_is(str_of(way[at].who), "facility"))
        TRY(fill_facility(demo, arena, slot, name, own));
    TRY(criteria_of(demo, arena, &criteria));
    const struct rulebook *book = demo->desk.book;
    const struct step_row *step =
        step_by_name(book, procedure_by_name(book, STR("certified")), str_of(name));
    struct step_request request = {
        .case_id = demo->certified[slot], .step = str_of(name), .expected_version = -1,
        .who = somebody(demo, slot, way[at].who),
        .fields = sample_fields(book, arena, step->form, clock_today(&demo->clock), criteria, own)};
    const char *field;
    json_t *value;
    json_object_foreach(own, field, value) json_put_json(request.fields, field, value);
    return desk_take_act(&demo->desk, arena, &request, &act, &answer);
}
