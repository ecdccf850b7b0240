/* facilities.c: the Evaluation Facilities, approved by the steps of the rules before the first day:
 * without them nothing would be certified.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/people.h"
#include "sim.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { FACILITIES = 3, MS_A_LINE = 60000 };

#define SCOPE "\"scope-3\":[\"router\",\"network-camera\"],\"scope-4\":[\"router\"]"

/* `who` is a login of the body, or "" for the facility; a line with a procedure begins a case. */
static const struct {
    const char *procedure, *who, *step, *own;
} lines[] = {
    {"nda", "op1", "offer-nda", "{\"agreement-purpose\":\"facility\",\"agreement-court\":true}"},
    {NULL, "", "sign-nda", "{\"agreement-signature\":true}"},
    {NULL, "md", "countersign-nda", "{\"agreement-signature\":true}"},
    {"facility-approval", "", "apply-approval",
     "{" SCOPE ",\"accreditation-kind\":\"accredited\",\"accreditation-from\":\"2026-01-01\","
     "\"accreditation-until\":\"2044-12-31\",\"consent-court\":\"given\"}"},
    {NULL, "op1", "accept", "{}"},
    {NULL, "cert1", "assess-facility", "{\"outcome\":\"conforms\"}"},
    {NULL, "tm", "approve-technical", "{}"},
    {NULL, "md", "approve-facility", "{}"},
    {"evaluator", "", "apply-evaluator", "{\"evaluator-id\":\"E-01\"," SCOPE "}"},
    {NULL, "cert1", "assess-evaluator", "{\"outcome\":\"conforms\"}"},
    {NULL, "tm", "register-evaluator", "{}"},
    {"evaluator", "", "apply-evaluator", "{\"evaluator-id\":\"E-02\"," SCOPE "}"},
    {NULL, "cert2", "assess-evaluator", "{\"outcome\":\"conforms\"}"},
    {NULL, "tm", "register-evaluator", "{}"},
};

static const struct actor *actor_named(const struct sim *sim, const char *login,
                                       const struct actor *facility)
{
    return *login ? people_named(sim, login) : facility;
}

static struct fault *take(struct sim *sim, const struct actor *actor, struct str case_id,
                          const char *step, const char *own)
{
    struct row_casework *work;
    struct step_answer answer;
    json_t *fields = NULL;
    MUST(sql_case_by_id(sim->desk.store, sim->arena, case_id, &work));
    MUST(json_read(sim->arena, str_of(own), &fields));
    const struct procedure_row *procedure = procedure_by_name(&hoshi_rulebook, work->procedure);
    const struct step_row *row = step_by_name(&hoshi_rulebook, procedure, str_of(step));
    struct step_request request = {
        .case_id = case_id, .step = str_of(step), .expected_version = -1, .who = &actor->who,
        .fields = fill_whole(sim, sim->arena, actor, work, row, fields)};
    return desk_take_step(&sim->desk, sim->arena, &request, &answer);
}

/* Whoever of the body is asked to declares first that there is no conflict (2.1.3-1). */
static void live_line(struct sim *sim, const struct actor *facility, size_t i, struct str *case_id)
{
    const struct actor *actor = actor_named(sim, lines[i].who, facility);
    sim->clock.frozen_ms += MS_A_LINE; /* so that each has its instant, and its place in a list */
    if (lines[i].procedure) {
        struct case_request request = {.procedure = str_of(lines[i].procedure),
                                       .party = facility->of_party, .who = &actor->who};
        MUST(desk_open_case(&sim->desk, sim->arena, &request, case_id));
    }
    if (*lines[i].who)
        MUST(take(sim, actor, *case_id, "declare-no-conflict", "{}"));
    MUST(take(sim, actor, *case_id, lines[i].step, lines[i].own));
}

void facilities_found(struct sim *sim)
{
    for (int f = 0; f < FACILITIES; f++) {
        struct principal who;
        struct maker_request request = {
            .kind = STR("facility"),
            .name_ja = str_print(sim->arena, "みほん評価所%d", f),
            .name_en = str_print(sim->arena, "Mihon Evaluation %d", f), .country = STR("US"),
            .person_ja = STR("評田 価"), .person_en = STR("Atai Hyota"),
            .mail = str_print(sim->arena, "f%d@facility.example", f)};
        MUST(desk_register_maker(&sim->desk, sim->arena, &request, &who));
    }
    people_find(sim);
    for (size_t a = 0; a < sim->actors_n; a++) {
        struct str case_id = STR_NONE;
        for (size_t i = 0; sim->actors[a].facility && i < sizeof lines / sizeof *lines; i++)
            live_line(sim, &sim->actors[a], i, &case_id);
    }
}
