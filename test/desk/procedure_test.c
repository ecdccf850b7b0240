/* procedure_test.c: the procedure of section 4.1 through the one writer, on the engine of the run.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/json.h"
#include "world.h"

#include "base/banned.h"

static void test_open(struct tally *t, struct world *w)
{
    struct str id;
    const struct principal *op = world_person(w, "operational-personnel");
    int64_t before = world_seq(w);
    struct fault *fault =
        world_open(w, op, STR_NONE, STR_NONE, &id);
    CHECK_STR(t, str_of(said(w, fault)), "forbidden authority 4.1.1-1",
              "4.1.1-1 personnel open no application");
    struct case_request request = {.procedure = STR("no-such"), .level = 1, .who = &w->maker};
    fault = desk_open_case(&w->desk, w->arena, &request, &id);
    CHECK(t, fault && !strcmp(fault->code, "unknown-procedure"),
          "an unknown procedure is named so");
    request =
        (struct case_request){.procedure = STR("self-declared"), .level = 9, .who = &w->maker};
    fault = desk_open_case(&w->desk, w->arena, &request, &id);
    CHECK(t, fault && str_is(fault->concerns, "/level"), "a level that is none names its field");
    CHECK(t, world_seq(w) == before, "what was refused left no entry");
}

/* Whoever acts for several makers says for which of them. */
static void test_party(struct tally *t, struct world *w)
{
    struct row_party_member *parties;
    size_t n;
    struct str id;
    struct principal both;
    struct maker_request request = {
        .name_ja = STR("みほん商事株式会社"), .name_en = STR("Mihon Trading"), .country = STR("SG"),
        .person_ja = STR("代理 次郎"), .person_en = STR("Jiro Dairi"), .mail = STR("c@dairi.example")};
    MUST(desk_register_maker(&w->desk, w->arena, &request, &both));
    MUST(sql_parties_of_person(w->desk.store, w->arena, w->maker.person, &parties, &n));
    world_join(w, &both, parties[0].party);
    int64_t before = world_seq(w);
    struct fault *fault = world_open(w, &both, STR_NONE, STR_NONE, &id);
    CHECK(t, fault && !strcmp(fault->code, "field-missing") && str_is(fault->concerns, "/party"),
          "4.1.1-1 who acts for two makers says for which");
    fault = world_open(w, &both, STR("6999999900102"), STR_NONE, &id);
    CHECK(t, fault && !strcmp(fault->code, "field-not-listed") && str_is(fault->concerns, "/party"),
          "4.1.1-1 not for a maker of others");
    CHECK(t, world_seq(w) == before, "what was refused left no entry");
    MUST(world_open(w, &both, STR("7999999900101"), STR_NONE, &id));
    CHECK_STR(t, world_case(w, id)->party, str_z(w->arena, parties[0].party),
              "4.1.1-1 named by its corporate number");
    MUST(world_open(w, &both, parties[0].party, STR_NONE, &id));
    CHECK_STR(t, world_case(w, id)->party, str_z(w->arena, parties[0].party), "or by its id");
}

static size_t fields_saved(struct world *w, struct str id)
{
    struct row_case_field *rows;
    size_t n;
    MUST(sql_case_fields(w->desk.store, w->arena, id, &rows, &n));
    return n;
}

/* What was saved in a draft can be taken off again; what was never there leaves no trace. */
static void test_emptying(struct tally *t, struct world *w)
{
    struct str id = world_case_after(w, "open");
    json_t *fields;
    struct step_request request = {.case_id = id, .step = STR("save"), .expected_version = -1,
                                   .who = &w->maker};
    struct step_answer answer;
    MUST(json_read(w->arena, STR("{\"firmware\":\"1.0\",\"contact-phone\":\"+81 3 0000 0000\","
                                 "\"product\":{\"ja\":\"鍵\",\"en\":\"Lock\"}}"), &fields));
    request.fields = fields;
    MUST(desk_take_step(&w->desk, w->arena, &request, &answer));
    CHECK(t, fields_saved(w, id) == 3, "4.1.1-1 three fields are saved");
    MUST(json_read(w->arena, STR("{\"firmware\":\"\",\"product\":null,\"models\":[]}"), &fields));
    request.fields = fields;
    MUST(desk_take_step(&w->desk, w->arena, &request, &answer));
    CHECK(t, fields_saved(w, id) == 1, "two are empty again, one stays");
    CHECK_STR(t, world_case(w, id)->title_ja, "", "and the list names no product");
}

/* A form with faults changes nothing and names them all. */
static void test_file(struct tally *t, struct world *w)
{
    struct str id = world_case_after(w, "open");
    int64_t before = world_seq(w);
    struct fault *fault = world_take(
        w, id, "file", &w->maker,
        "{\"models\":[\"A-1\",\"Ａ－１\"],\"support-end\":\"2025-01-01\",\"contact-mail\":\"x\"}",
        NULL);
    int n = 0;
    for (struct fault *one = fault; one; one = one->next)
        n++;
    CHECK(t, n == 3, "4.1.1-1 three fields are wrong, three are named");
    CHECK(t, world_seq(w) == before && world_case(w, id)->version == 1, "and nothing is written");
    fault = world_take(w, id, "file", &w->maker, "{\"nonsense\":1}", NULL);
    CHECK(t, fault && str_is(fault->concerns, "/nonsense"), "an unknown field is refused by name");
    fault = world_take(w, id, "file", &w->other_maker, "", NULL);
    CHECK_STR(t, str_of(said(w, fault)), "forbidden authority 4.1.1-1",
              "4.1.1-1 another maker cannot file it");
    fault = world_take(w, id, "fly", &w->maker, "", NULL);
    CHECK(t, fault && !strcmp(fault->code, "unknown-step"), "an unknown step is named so");
    fault = world_take(w, STR("nowhere"), "file", &w->maker, "", NULL);
    CHECK(t, fault && !strcmp(fault->code, "unknown-case"), "an unknown case is named so");
}

static void test_consents(struct tally *t, struct world *w)
{
    const struct principal *op = world_person(w, "operational-personnel");
    struct str id = world_case_after(w, "open");
    MUST(world_take(w, id, "file", &w->maker,
                    "{\"consent-nda\":\"not-given\",\"consent-court\":\"given\"}", NULL));
    CHECK_STR(t, world_case(w, id)->state, "received",
              "6.5-1 filing without the consent is possible");
    MUST(world_take(w, id, "declare-no-conflict", op, "", NULL));
    CHECK_STR(t, str_of(said(w, world_take(w, id, "accept", op, "", NULL))),
              "refused consents-to-nda 6.5-1", "6.5-1 accepting it is not");
    MUST(world_take(w, id, "reject", op, "", NULL));
    CHECK_STR(t, world_case(w, id)->state, "rejected", "4.1.2-1 rejecting it is");
}

static void test_people(struct tally *t, struct world *w)
{
    struct str id = world_case_after(w, "file");
    const struct { const char *who, *says, *what;
    } tries[] = {
        {"administrator", "forbidden authority A-OP", "2.1.2-1 an administrator holds no role"},
        {"technical-manager", "forbidden authority A-OP", "A-OP another office does not accept"},
        {"without-ethics", "forbidden ethics-signed 2.2.1-3",
         "2.2.1-3 no Statement of Ethics, no step"},
        {"with-conflict", "forbidden no-conflict 2.1.3-1",
         "2.1.3-1 a bar on the maker bars its cases"},
        {"operational-personnel", "forbidden no-conflict 2.1.3-1",
         "2.1.3-1 nor without declaring that there is none"},
    };
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++)
        CHECK_STR(
            t,
            str_of(said(w, world_take(w, id, "accept", world_person(w, tries[i].who), "", NULL))),
            tries[i].says, "%s", tries[i].what);
    CHECK_STR(t,
              str_of(said(w, world_take(w, id, "declare-no-conflict",
                                        world_person(w, "with-conflict"), "", NULL))),
              "forbidden no-bar 2.1.3-1", "2.1.3-1 whoever is barred cannot declare otherwise");
}

static void test_apart(struct tally *t, struct world *w)
{
    const struct principal *deputy = world_person(w, "deputy"),
                           *md = world_person(w, "managing-director");
    struct str id = world_case_after(w, "record-fee");
    MUST(world_take(w, id, "declare-no-conflict", deputy, "", NULL));
    MUST(world_take(w, id, "verify", deputy, "", NULL));
    MUST(world_take(w, id, "draft-label", world_person(w, "operational-personnel"), "", NULL));
    CHECK_STR(t, str_of(said(w, world_take(w, id, "approve-technical", deputy, "", NULL))),
              "forbidden apart 2.1.3-1",
              "2.1.3-1 who verified does not decide technically, even as deputy");
    struct str other = world_case_after(w, "draft-label");
    MUST(world_take(w, other, "declare-no-conflict", deputy, "", NULL));
    MUST(world_take(w, other, "approve-technical", deputy, "", NULL));
    CHECK_STR(t, str_of(said(w, world_take(w, other, "issue", deputy, "", NULL))),
              "forbidden apart 2.1.3-1", "2.1.3-1 one person is not both deciders");
    MUST(world_take(w, other, "declare-no-conflict", md, "", NULL));
    MUST(world_take(w, other, "issue", md, "", NULL));
    CHECK_STR(t, world_case(w, other)->state, "issued", "A-MD another Managing Director issues");
    CHECK_STR(t, str_of(said(w, world_take(w, other, "issue", md, "", NULL))),
              "wrong-state state A-MD", "4.1.2-1 and cannot do so twice");
}

static void test_issue(struct tally *t, struct world *w)
{
    world_day(w, "2026-01-15");
    struct str id = world_case_after(w, "issue");
    struct row_case_number *numbers;
    struct row_label *label;
    struct row_case_step *steps;
    size_t numbers_n, steps_n;
    MUST(sql_case_numbers(w->desk.store, w->arena, id, &numbers, &numbers_n));
    CHECK(t, numbers_n == 3, "4.1.2-1 application, acceptance and registration each gave a number");
    MUST(sql_label_by_number(w->desk.store, w->arena, world_case(w, id)->label, &label));
    CHECK(t, label != NULL, "there is a label under the number of the case");
    CHECK_STR(t, label->issued, "2026-01-15", "issued today");
    CHECK_STR(t, label->expires, "2028-01-15",
              "4.3.1-1 valid two years, the day of issuance not counted");
    CHECK_STR(t, label->edition, "JST-CR-01-01-2024R1", "5-1 by the edition in force");
    MUST(sql_case_steps(w->desk.store, w->arena, id, &steps, &steps_n));
    CHECK_STR(t, steps[steps_n - 1].role, "managing-director",
              "the timeline says under which office");
    CHECK_STR(t, world_case(w, id)->due, "", "a final state has no target day");
}

static void test_due(struct tally *t, struct world *w)
{
    world_day(w, "2026-04-27");
    CHECK_STR(t, world_case(w, world_case_after(w, "file"))->due, "2026-05-15",
              "2.2.1-2 ten working days over the golden week");
}

static void test_seeing(struct tally *t, struct world *w)
{
    struct str id = world_case_after(w, "file");
    CHECK(t, !desk_may_see(&w->desk, w->arena, &w->maker, id), "2.1.3-2 the party sees its case");
    CHECK(t, !desk_may_see(&w->desk, w->arena, world_person(w, "technical-manager"), id),
          "2.1.3-2 so do its personnel");
    struct str draft = world_case_after(w, "open");
    struct fault *hidden =
        desk_may_see(&w->desk, w->arena, world_person(w, "technical-manager"), draft);
    CHECK(t, hidden && !strcmp(hidden->code, "absent"),
          "2.1.3-2 what a maker still drafts is not the body's to see");
    const struct principal *others[] = {&w->other_maker, world_person(w, "administrator"),
                                        world_person(w, "without-ethics")};
    for (size_t i = 0; i < 3; i++) {
        struct fault *fault = desk_may_see(&w->desk, w->arena, others[i], id);
        CHECK(t, fault && !strcmp(fault->code, "absent"), "2.1.3-2 to others it is not there (%zu)",
              i);
    }
}

static void test_files(struct tally *t, struct world *w)
{
    struct str id = world_case_after(w, "open"), first, second;
    struct hash digest = hash_of(STR("bytes"));
    struct row_case_file *file;
    MUST(desk_attach(&w->desk, w->arena, &w->maker, id, STR("test.pdf"), STR("application/pdf"),
                     &digest, 5, &first));
    MUST(desk_attach(&w->desk, w->arena, &w->maker, id, STR("test.pdf"), STR("application/pdf"),
                     &digest, 5, &second));
    MUST(sql_case_file_by_id(w->desk.store, w->arena, first, &file));
    CHECK(t, file->replaced == 1, "6.4-1 the earlier file of the name stays, marked");
    struct fault *fault = desk_attach(&w->desk, w->arena, &w->maker, id, STR("../x"),
                                      STR("text/plain"), &digest, 5, &first);
    CHECK(t, fault && !strcmp(fault->code, "malformed-file-name"), "a name with a slash is none");
    fault = desk_attach(&w->desk, w->arena, &w->other_maker, id, STR("x"), STR("text/plain"),
                        &digest, 5, &first);
    CHECK_STR(t, str_of(said(w, fault)), "forbidden authority 4.1.1-1",
              "4.1.1-1 only the party attaches");
    const struct principal *manager = world_person(w, "technical-manager");
    fault = desk_read_document(&w->desk, w->arena, manager, id, second, &file);
    CHECK(t, fault && !strcmp(fault->code, "absent"), "2.1.3-2 nor does the body, of a draft");
    MUST(world_take(w, id, "file", &w->maker, "", NULL));
    int64_t before = world_seq(w);
    MUST(desk_read_document(&w->desk, w->arena, manager, id, second, &file));
    CHECK(t, file && world_seq(w) == before + 1,
          "2.1.3-2 a read of a confidential file is an entry");
    fault = desk_read_document(&w->desk, w->arena, &w->other_maker, id, second, &file);
    CHECK(t, fault && !strcmp(fault->code, "absent") && world_seq(w) == before + 1,
          "2.1.3-2 others do not read it");
}

static void test_offers(struct tally *t, struct world *w)
{
    struct str id = world_case_after(w, "file");
    struct offer *offers;
    size_t n, open = 0;
    MUST(
        desk_offers(&w->desk, w->arena, world_person(w, "operational-personnel"), id, &offers, &n));
    for (size_t i = 0; i < n; i++)
        open += offers[i].open;
    CHECK(t, open == 2, "2.1.3-1 before the declaration only the two declarations are open");
    MUST(world_take(w, id, "declare-no-conflict", world_person(w, "operational-personnel"), "",
                    NULL));
    MUST(
        desk_offers(&w->desk, w->arena, world_person(w, "operational-personnel"), id, &offers, &n));
    bool accept = false, verify = true;
    for (size_t i = 0; i < n; i++) {
        if (!strcmp(offers[i].step->name, "accept"))
            accept = offers[i].open && offers[i].lines_n > 5;
        if (!strcmp(offers[i].step->name, "verify"))
            verify = offers[i].open;
    }
    CHECK(t, accept && !verify, "4.1.1-1 then accepting is, verifying not yet");
}

int main(void)
{
    struct tally tally = {0};
    struct world *world = world_new();
    test_open(&tally, world);
    test_party(&tally, world);
    test_emptying(&tally, world);
    test_file(&tally, world);
    test_consents(&tally, world);
    test_people(&tally, world);
    test_apart(&tally, world);
    test_offers(&tally, world);
    test_seeing(&tally, world);
    test_files(&tally, world);
    test_issue(&tally, world);
    test_due(&tally, world);
    CHECK(&tally, world_replay(world) == 0, "6.4-1 every row follows from the journal");
    world_end(world);
    return tally_end(&tally);
}
