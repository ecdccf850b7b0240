/* change_test.c: maintenance, product information and succession through the one writer: what the
 * label's rows and its history say then, who still reads what; on the engine of the run.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "desk/information.h"
#include "world.h"

#include "base/banned.h"

static struct row_label *label_of(struct world *w, struct str number)
{
    struct row_label *label;
    MUST(sql_label_by_number(w->desk.store, w->arena, number, &label));
    return label;
}

static struct fault *take(struct world *w, struct str id, const char *step,
                          const struct principal *who, const char *fields)
{
    struct step_answer answer;
    struct step_request request = {
        .case_id = id, .step = str_of(step), .expected_version = -1, .who = who};
    MUST(json_read(w->arena, str_of(fields), &request.fields));
    return desk_take_step(&w->desk, w->arena, &request, &answer);
}

/* A step by somebody of the body, who first declares that there is no conflict. */
static void decide(struct world *w, struct str id, const char *step, const char *who,
                   const char *fields)
{
    MUST(take(w, id, "declare-no-conflict", world_person(w, who), "{}"));
    MUST(take(w, id, step, world_person(w, who), fields));
}

static struct str open_on(struct world *w, const char *procedure, struct str label,
                          const struct principal *who)
{
    struct str id;
    struct case_request request = {.procedure = str_of(procedure), .label = label, .who = who};
    MUST(desk_open_case(&w->desk, w->arena, &request, &id));
    return id;
}

static struct fault *opening(struct world *w, const char *procedure, struct str label,
                             const struct principal *who)
{
    struct str id;
    struct case_request request = {.procedure = str_of(procedure), .label = label, .who = who};
    return desk_open_case(&w->desk, w->arena, &request, &id);
}

static struct str attach(struct world *w, struct str id, const char *name,
                         const struct principal *who)
{
    struct str file;
    struct hash digest = hash_of(str_of(name));
    MUST(desk_attach(&w->desk, w->arena, who, id, str_of(name), STR("application/pdf"), &digest, 5,
                     &file));
    return file;
}

static struct row_label_event *last_event(struct world *w, struct str label)
{
    struct row_label_event *rows;
    size_t n;
    MUST(sql_label_events(w->desk.store, w->arena, label, &rows, &n));
    return &rows[n - 1];
}

static const char *models_of(struct world *w, struct str label)
{
    struct row_label_model *rows;
    size_t n;
    struct str all = STR_NONE;
    MUST(sql_label_models(w->desk.store, w->arena, label, &rows, &n));
    for (size_t i = 0; i < n; i++)
        all = str_print(w->arena, "%.*s%s%.*s", STR_F(all), i ? " " : "", STR_F(rows[i].model));
    return str_z(w->arena, all);
}

static void check_refused(struct tally *t, struct world *w, struct fault *fault, const char *by,
                          const char *what)
{
    CHECK_STR(t, str_of(said(w, fault)), by, "%s", what);
}

/* ---- 4.7 */

static void test_information(struct tally *t, struct world *w, struct str label)
{
    struct str id = open_on(w, "product-information", label, &w->maker);
    json_t *before, *after;
    MUST(information_load(w->desk.store, w->arena, label, &before));
    check_refused(t, w, take(w, id, "apply", &w->maker, "{\"change-text\":\"なし\"}"),
                  "refused-form something-changes 4.7.1-1", "4.7.1-1 nothing is to change");
    check_refused(t, w,
                  take(w, id, "apply", &w->maker,
                       "{\"change-text\":\"同じ\",\"added-models\":[\"ｍｉｈｏｎ－１\"]}"),
                  "refused-form something-changes 4.7.1-1",
                  "4.7.1-1 a model that is covered, in another spelling, is no change");
    check_refused(t, w,
                  take(w, id, "apply", &w->maker,
                       "{\"change-text\":\"全部\",\"removed-models\":[\"MIHON-1\"]}"),
                  "refused-form changes-fit 4.7.1-1", "4.7.1-1 no model would be left");
    MUST(take(w, id, "apply", &w->maker,
              "{\"change-text\":\"色違い\",\"added-models\":[\"MIHON-2\",\"MIHON-3\"],"
              "\"removed-models\":[\"mihon-1\"],\"product\":{\"ja\":\"見本二\",\"en\":\"Sample "
              "Two\"},\"user-mail\":\"new@mihon.example\"}"));
    check_refused(t, w, opening(w, "product-information", label, &w->maker),
                  "refused none-open 4.7.1-1", "one change at a time");
    decide(w, id, "confirm-change", "operational-personnel", "{\"outcome\":\"conforms\"}");
    decide(w, id, "approve-technical", "technical-manager", "{}");
    CHECK_STR(t, str_of(models_of(w, label)), "MIHON-1",
              "4.7.2-1 nothing changes before the decision");
    decide(w, id, "accept-change", "managing-director", "{}");
    CHECK_STR(t, str_of(models_of(w, label)), "MIHON-2 MIHON-3",
              "4.7.2-1 models added and removed");
    CHECK_STR(t, label_of(w, label)->product_en, "Sample Two", "4.7.2-1 the name is the new one");
    struct row_label_event *event = last_event(w, label);
    CHECK_STR(t, event->kind, "information-changed", "4.7.2-1 the history says so");
    CHECK_STR(t, event->detail,
              "{\"changes\":[{\"item\":\"product\",\"now\":{\"en\":\"Sample "
              "Two\",\"ja\":\"見本二\"},\"was\":{\"en\":\"Sample\",\"ja\":\"見本\"}},{\"item\":"
              "\"user-mail\",\"now\":\"new@mihon.example\",\"was\":\"\"},{\"added\":[\"MIHON-2\","
              "\"MIHON-3\"],\"item\":\"models\",\"removed\":[\"MIHON-1\"]}]}",
              "4.7.2-1 with what was and what is");
    MUST(information_load(w->desk.store, w->arena, label, &after));
    CHECK(t, !str_eq(information_digest(w->arena, before), information_digest(w->arena, after)),
          "4.5-1 another digest of what was decided");
    json_t *other = json_new(w->arena);
    json_put(other, "user-mail", STR("x@y.example"));
    json_t *contact = information_with(w->arena, after, other);
    CHECK(t, str_eq(information_digest(w->arena, contact), information_digest(w->arena, after)),
          "4.5-1 the contacts are no product information");
}

/* ---- 4.4 */

static void test_maintenance(struct tally *t, struct world *w, struct str label)
{
    struct str id = open_on(w, "maintain-self-declared", label, &w->maker);
    MUST(take(
        w, id, "apply", &w->maker,
        "{\"change-text\":\"無線部品の変更\",\"firmware\":\"9.0\",\"conditions-kept\":\"kept\"}"));
    decide(w, id, "accept", "operational-personnel", "{}");
    decide(w, id, "confirm", "operational-personnel-2", "{\"outcome\":\"conforms\"}");
    decide(w, id, "approve-technical", "technical-manager", "{}");
    decide(w, id, "maintain", "managing-director", "{}");
    CHECK_STR(t, label_of(w, label)->firmware, "9.0", "4.4.2-1 the version after the change");
    CHECK_STR(t, last_event(w, label)->kind, "maintained", "4.4.2-1 the history says so");
    check_refused(t, w, opening(w, "maintain-certified", label, &w->maker), "refused route 4.4.3-1",
                  "4.4.3-1 a certified label's maintenance is another");
}

static void test_revocation(struct tally *t, struct world *w, struct str label)
{
    struct str id = open_on(w, "maintain-self-declared", label, &w->maker);
    MUST(take(w, id, "apply", &w->maker,
              "{\"change-text\":\"認証機能の削除\",\"conditions-kept\":\"kept\"}"));
    decide(w, id, "accept", "operational-personnel", "{}");
    decide(w, id, "confirm", "operational-personnel-2", "{\"outcome\":\"does-not\"}");
    MUST(take(w, id, "declare-no-conflict", world_person(w, "technical-manager"), "{}"));
    check_refused(
        t, w, take(w, id, "approve-technical", world_person(w, "technical-manager"), "{}"),
        "refused examination-positive 4.4.2-1", "4.4.2-1 the declaration is not confirmed");
    MUST(take(w, id, "find-unsustainable", world_person(w, "technical-manager"),
              "{\"reasons\":\"条件に違反する。\"}"));
    decide(w, id, "revoke", "managing-director", "{\"reasons\":\"維持できない。\"}");
    struct row_label *revoked = label_of(w, label);
    CHECK_STR(t, revoked->ended_as, "revoked", "4.4.2-1 the label is revoked");
    CHECK_STR(t, revoked->ended, "2026-01-15", "4.4.2-1 from that day");
    CHECK_STR(t, last_event(w, label)->detail, "{\"clause\":\"4.4.2-1\"}",
              "4.4.2-1 in public by its clause, not by its reasons");
}

/* ---- 4.9 */

static const char *succession_fields(struct world *w, struct str proof, const char *day)
{
    return str_z(
        w->arena,
        str_print(w->arena,
                  "{\"succession-kind\":\"merger\",\"succession-day\":\"%s\",\"proof\":[\"%.*s\"],"
                  "\"contact-name\":{\"ja\":\"承継 花子\",\"en\":\"Hanako Shokei\"},"
                  "\"contact-mail\":\"s@kakuu.example\",\"consent-nda\":\"given\","
                  "\"consent-court\":\"given\"}",
                  day, STR_F(proof)));
}

static struct str succession_filed(struct tally *t, struct world *w, struct str label)
{
    struct str proof;
    check_refused(t, w, opening(w, "succession", label, &w->maker),
                  "refused successor-is-another 4.9-1", "4.9-1 nobody succeeds to itself");
    struct str id = open_on(w, "succession", label, &w->other_maker);
    proof = attach(w, id, "proof.pdf", &w->other_maker);
    MUST(take(w, id, "apply", &w->other_maker, succession_fields(w, proof, "2026-01-16")));
    return id;
}

static void check_readers(struct tally *t, struct world *w, struct str closed, struct str open,
                          struct str before)
{
    struct row_case_file *file;
    struct fault *fault;
    CHECK(t, !desk_may_see(&w->desk, w->arena, &w->maker, closed),
          "4.9-1 the former registrant still reads its application");
    fault = desk_may_see(&w->desk, w->arena, &w->other_maker, closed);
    CHECK(t, fault && !strcmp(fault->code, "absent"),
          "4.9-1 the successor does not read the former registrant's application");
    CHECK_STR(t, world_case(w, open)->registrant,
              world_case(w, open)->party.bytes ? str_z(w->arena, world_case(w, open)->party) : "?",
              "4.9-1 the open case is the successor's");
    CHECK(t, !desk_may_see(&w->desk, w->arena, &w->other_maker, open),
          "4.9-1 the successor reads the case that went to it");
    MUST(desk_read_document(&w->desk, w->arena, &w->maker, open, before, &file));
    CHECK(t, file != NULL, "4.9-1 the former registrant reads what it filed on it");
    world_day(w, "2026-01-19");
    struct str later = attach(w, open, "later.pdf", &w->other_maker);
    fault = desk_read_document(&w->desk, w->arena, &w->maker, open, later, &file);
    CHECK(t, fault && !strcmp(fault->code, "absent"),
          "4.9-1 but not what the successor adds to it");
    check_refused(t, w, take(w, open, "withdraw", &w->maker, "{}"), "forbidden authority 4.3.2-1",
                  "4.9-1 nor does it act on it any more");
    MUST(take(w, open, "withdraw", &w->other_maker, "{}"));
}

static void test_succession(struct tally *t, struct world *w, struct str application,
                            struct str label)
{
    struct str open = open_on(w, "product-information", label, &w->maker);
    struct str file = attach(w, open, "note.pdf", &w->maker);
    MUST(take(w, open, "apply", &w->maker,
              "{\"change-text\":\"窓口\",\"user-phone\":\"03-2222-2222\"}"));
    struct str draft = open_on(w, "maintain-self-declared", label, &w->maker);
    struct str id = succession_filed(t, w, label);
    CHECK(t, !desk_may_see(&w->desk, w->arena, &w->maker, id),
          "4.9-1 the registrant sees that somebody claims to have succeeded");
    decide(w, id, "accept", "operational-personnel", "{}");
    decide(w, id, "confirm-succession", "operational-personnel-2", "{\"outcome\":\"conforms\"}");
    decide(w, id, "approve-technical", "technical-manager", "{}");
    MUST(take(w, id, "declare-no-conflict", world_person(w, "managing-director"), "{}"));
    check_refused(t, w,
                  take(w, id, "approve-succession", world_person(w, "managing-director"), "{}"),
                  "refused succession-day-reached 4.9-1", "4.9-1 not before its day");
    world_day(w, "2026-01-16");
    MUST(take(w, id, "approve-succession", world_person(w, "managing-director"), "{}"));
    CHECK(t, str_eq(label_of(w, label)->party, world_case(w, id)->party),
          "4.9-1 the successor is registrant");
    CHECK_STR(
        t, last_event(w, label)->detail,
        "{\"cause\":\"merger\",\"day\":\"2026-01-16\",\"now\":{\"en\":\"架空電機株式会社\",\"ja\":"
        "\"架空電機株式会社\"},\"was\":{\"en\":\"株式会社みほん\",\"ja\":\"株式会社みほん\"}}",
        "4.9-1 the history names both");
    CHECK(t,
          !world_case(w, draft)->registrant.bytes &&
              !desk_may_see(&w->desk, w->arena, &w->maker, draft),
          "4.9-1 what was only drafted stays with who drafted it, and is nobody's to file");
    check_readers(t, w, application, open, file);
}

static void test_refused_succession(struct tally *t, struct world *w, struct str label)
{
    struct str id = succession_filed(t, w, label);
    decide(w, id, "accept", "operational-personnel", "{}");
    decide(w, id, "confirm-succession", "operational-personnel-2", "{\"outcome\":\"does-not\"}");
    decide(w, id, "find-not-acceptable", "technical-manager",
           "{\"reasons\":\"条件を引き継がない。\"}");
    decide(w, id, "revoke", "managing-director", "{\"reasons\":\"承継を認められない。\"}");
    CHECK_STR(t, label_of(w, label)->ended_as, "revoked", "4.9-1 not approved, then revoked");
    CHECK_STR(t, last_event(w, label)->detail, "{\"clause\":\"4.9-1\"}", "4.9-1 by this clause");
}

int main(void)
{
    struct tally tally = {0};
    struct world *world = world_new();
    world_day(world, "2026-01-15");
    struct str first = world_case_after(world, "issue"), second = world_case_after(world, "issue");
    struct str third = world_case_after(world, "issue");
    struct str label = world_case(world, first)->label;
    test_information(&tally, world, label);
    test_maintenance(&tally, world, label);
    test_revocation(&tally, world, world_case(world, second)->label);
    test_succession(&tally, world, first, label);
    test_refused_succession(&tally, world, world_case(world, third)->label);
    CHECK(&tally, world_replay(world) == 0, "6.4-1 every row follows from the journal");
    world_end(world);
    return tally_end(&tally);
}
