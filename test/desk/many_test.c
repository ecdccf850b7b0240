/* many_test.c: the succession to many labels by one form (4.9-1): a case for each, all or none,
 * then decided together; on the engine of the run.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "desk/many.h"
#include "world.h"

#include "base/banned.h"

enum { LABELS = 12 };

struct merger {
    struct str labels[LABELS + 2];
    struct many_answer answers[LABELS + 2];
    struct open_file proof;
    struct many_request request;
    int dropped; /* how often the files were taken away again */
};

static void drop(void *whom)
{
    struct merger *merger = whom;
    merger->dropped++;
}

static struct merger *merger_new(struct world *w)
{
    struct merger *merger = NEW(w->arena, struct merger);
    for (size_t i = 0; i < LABELS; i++)
        merger->labels[i] = world_case(w, world_case_after(w, "issue"))->label;
    merger->proof = (struct open_file){STR("proof"), STR("merger.pdf"), STR("application/pdf"),
                                       hash_of(STR("a merger")), 8};
    merger->request = (struct many_request){.sort = MANY_SUCCESSIONS,
                                            .labels = merger->labels,
                                            .n = LABELS,
                                            .files = &merger->proof,
                                            .files_n = 1,
                                            .drop = drop,
                                            .whom = merger,
                                            .idempotency_key = STR("merger"),
                                            .who = &w->other_maker};
    MUST(json_read(w->arena,
                   STR("{\"succession-kind\":\"merger\",\"succession-day\":\"2026-01-15\","
                       "\"contact-name\":{\"ja\":\"承継 花子\",\"en\":\"Hanako Shokei\"},"
                       "\"contact-mail\":\"s@kakuu.example\",\"consent-nda\":\"given\","
                       "\"consent-court\":\"given\"}"),
                   &merger->request.fields));
    return merger;
}

static const char *filed(struct world *w, struct merger *merger)
{
    return said(w, desk_file_many(&w->desk, w->arena, &merger->request, merger->answers));
}

static void test_refused(struct tally *t, struct world *w, struct merger *merger)
{
    int64_t before = world_seq(w);
    struct many_request *request = &merger->request;
    json_t *fields = request->fields;
    merger->labels[LABELS] = STR("HS99-99999-9");
    merger->labels[LABELS + 1] = merger->labels[0];
    request->n = LABELS + 2;
    CHECK_STR(t, str_of(filed(w, merger)), "none-filed - -", "4.9-1 one is no label: none filed");
    CHECK(t, merger->answers[LABELS].fault && !merger->answers[0].fault, "which is told");
    CHECK(t, !merger->answers[0].case_id.bytes, "and nothing of the others");
    request->n = LABELS;
    request->files_n = 0;
    CHECK_STR(t, str_of(filed(w, merger)), "refused-form proof-filed 4.9-1",
              "4.9-1 no proof: what is wrong with the form is told once");
    request->files_n = 1;
    request->fields = json_new(w->arena);
    CHECK_STR(t, str_of(filed(w, merger)), "field-missing - 4.9-1", "4.9-1 nor an empty form");
    request->fields = fields;
    request->who = &w->maker;
    CHECK_STR(t, str_of(filed(w, merger)), "none-filed - -", "4.9-1 nobody succeeds to itself");
    CHECK_STR(t, str_of(said(w, merger->answers[3].fault)), "refused successor-is-another 4.9-1",
              "by its clause");
    request->who = &w->other_maker;
    request->n = 0;
    CHECK_STR(t, str_of(filed(w, merger)), "field-missing - -", "no label at all");
    request->n = MANY_MAX + 1;
    CHECK_STR(t, str_of(filed(w, merger)), "field-too-many - -", "too many");
    request->n = LABELS;
    CHECK(t, world_seq(w) == before, "nothing of all this was written");
    CHECK(t, merger->dropped == 4, "and each time the files that came were taken away");
}

static void test_filed(struct tally *t, struct world *w, struct merger *merger)
{
    int64_t before = world_seq(w);
    CHECK_STR(t, str_of(filed(w, merger)), "", "4.9-1 all are filed");
    CHECK(t, world_seq(w) == before + 3 * LABELS, "each with an opening, a proof and a filing");
    for (size_t i = 0; i < LABELS; i++) {
        struct row_casework *work = world_case(w, merger->answers[i].case_id);
        CHECK_STR(t, work->state, "received", "4.9-1 received");
        CHECK(t, str_eq(work->label, merger->labels[i]), "a case for each label");
    }
    CHECK_STR(t, str_of(filed(w, merger)), "", "the same key again");
    CHECK(t, merger->answers[LABELS - 1].repeated && world_seq(w) == before + 3 * LABELS,
          "the first answer, and nothing new");
    merger->request.idempotency_key = STR("again");
    CHECK_STR(t, str_of(filed(w, merger)), "none-filed - -", "another key");
    CHECK_STR(t, str_of(said(w, merger->answers[0].fault)), "refused none-open 4.9-1",
              "each is filed already");
    merger->request.idempotency_key = STR("merger");
    filed(w, merger);
}

/* One step on all of them in one transaction, as a page of several cases takes it. */
static size_t decide(struct world *w, const struct merger *merger, const char *step,
                     const char *who, const char *fields)
{
    struct step_request requests[2 * LABELS] = {0};
    struct step_answer answers[2 * LABELS];
    struct fault *faults[2 * LABELS];
    size_t taken = 0;
    json_t *filled;
    MUST(json_read(w->arena, str_of(fields), &filled));
    for (size_t i = 0; i < LABELS; i++) {
        struct step_request request = {.case_id = merger->answers[i].case_id,
                                       .step = STR("declare-no-conflict"),
                                       .expected_version = -1,
                                       .who = world_person(w, who)};
        requests[2 * i] = request;
        request.step = str_of(step);
        request.fields = filled;
        requests[2 * i + 1] = request;
    }
    MUST(desk_take_batch(&w->desk, w->arena, requests, 2 * LABELS, false, answers, faults));
    for (size_t i = 0; i < LABELS; i++)
        taken += !faults[2 * i + 1];
    return taken;
}

static void test_decided(struct tally *t, struct world *w, const struct merger *merger)
{
    CHECK(t, decide(w, merger, "accept", "operational-personnel", "{}") == LABELS, "accepted");
    CHECK(t,
          decide(w, merger, "confirm-succession", "operational-personnel-2",
                 "{\"outcome\":\"conforms\"}") == LABELS,
          "4.9-1 confirmed together");
    CHECK(t, decide(w, merger, "approve-technical", "technical-manager", "{}") == LABELS,
          "recommended");
    CHECK(t, decide(w, merger, "approve-succession", "managing-director", "{}") == LABELS,
          "4.9-1 approved together");
    for (size_t i = 0; i < LABELS; i++) {
        struct row_label *label;
        MUST(sql_label_by_number(w->desk.store, w->arena, merger->labels[i], &label));
        CHECK(t, str_eq(label->party, world_case(w, merger->answers[i].case_id)->party),
              "4.9-1 the successor is registrant");
    }
}

int main(void)
{
    struct tally tally = {0};
    struct world *world = world_new();
    world_day(world, "2026-01-15");
    struct merger *merger = merger_new(world);
    test_refused(&tally, world, merger);
    test_filed(&tally, world, merger);
    test_decided(&tally, world, merger);
    CHECK(&tally, world_replay(world) == 0, "6.4-1 every row follows from the journal");
    world_end(world);
    return tally_end(&tally);
}
