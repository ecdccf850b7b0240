/* undone_test.c: a void change of product information, and a void succession, annulled: what was
 * before holds again, unless something rests on it; on the engine of the run.
 * SPDX-License-Identifier: Apache-2.0 */
#include "corrected.h"

#include "base/banned.h"

/* 4.7.2-1: item by item as it was, unless something was decided on it since. */
static void test_void_information(struct tally *t, struct world *w, struct str label)
{
    json_t *before, *after;
    MUST(information_load(w->desk.store, w->arena, label, &before));
    struct str id = open_on(w, "product-information", label, "maker");
    MUST(take(w, id, "apply", "maker",
              "{\"change-text\":\"色違い\",\"added-models\":[\"MIHON-2\",\"MIHON-3\"],"
              "\"removed-models\":[\"MIHON-1\"],\"product\":{\"ja\":\"見本二\",\"en\":\"Sample "
              "Two\"},\"user-mail\":\"new@mihon.example\"}"));
    decide(w, id, "confirm-change", "operational-personnel-2", "{\"outcome\":\"conforms\"}");
    decide(w, id, "approve-technical", "technical-manager", "{}");
    decide(w, id, "accept-change", "managing-director", "{}");
    MUST(information_load(w->desk.store, w->arena, label, &after));
    CHECK(t, !json_equal(before, after), "4.7.2-1 the information is another");
    struct str annul = annulment(t, w, label, entry_of(w, id, "accept-change"));
    decide(w, annul, "annul", "certifier-2", "{\"reasons\":\"無効\"}");
    MUST(information_load(w->desk.store, w->arena, label, &after));
    CHECK(t, json_equal(before, after), "2.1.3-1 it is as it was");
    CHECK(t, strstr(detail_of(w, label, "annulled"), "\"annulled\":\"information-changed\"") &&
                 strstr(detail_of(w, label, "annulled"), "\"was\":\"new@mihon.example\""),
          "and the history says which, and what it was: %s", detail_of(w, label, "annulled"));
    struct str again = open_on(w, "annulment", label, "operational-personnel-2");
    MUST(take(w, again, "declare-no-conflict", "operational-personnel-2", "{}"));
    CHECK_STR(t,
              str_of(said(w, take(w, again, "propose-annulment", "operational-personnel-2",
                                  with_entry(w, entry_of(w, id, "accept-change"),
                                             "\"void-ground\":\"other\","
                                             "\"void-facts\":\"架空\"")))),
              "refused void-act-stands 2.1.3-1", "it stands no more, and is not annulled twice");
}

static struct str succeeded(struct world *w, struct str label)
{
    struct str file, id = open_on(w, "succession", label, "successor");
    struct hash digest = hash_of(STR("proof"));
    MUST(desk_attach(&w->desk, w->arena, &w->other_maker, id, STR("proof.pdf"),
                     STR("application/pdf"), &digest, 5, &file));
    MUST(take(w, id, "apply", "successor",
              str_z(w->arena,
                    str_print(w->arena,
                              "{\"succession-kind\":\"merger\",\"succession-day\":\"2026-02-01\","
                              "\"proof\":[\"%.*s\"],\"contact-name\":{\"ja\":\"承継\",\"en\":"
                              "\"Shokei\"},\"contact-mail\":\"s@kakuu.example\","
                              "\"consent-nda\":\"given\",\"consent-court\":\"given\"}",
                              STR_F(file)))));
    decide(w, id, "accept", "operational-personnel", "{}");
    decide(w, id, "confirm-succession", "operational-personnel-2", "{\"outcome\":\"conforms\"}");
    decide(w, id, "approve-technical", "technical-manager", "{}");
    decide(w, id, "approve-succession", "managing-director", "{}");
    return id;
}

/* 4.9-1: the label goes back, and so does what is open about it. */
static void test_void_succession(struct tally *t, struct world *w, struct str label)
{
    struct str former = label_of(w, label)->party, id = succeeded(w, label);
    CHECK(t, !str_eq(label_of(w, label)->party, former), "4.9-1 another is registrant");
    struct str open = open_on(w, "product-information", label, "successor");
    MUST(take(w, open, "apply", "successor",
              "{\"change-text\":\"窓口\",\"user-phone\":\"03-2222-2222\"}"));
    struct str annul = annulment(t, w, label, entry_of(w, id, "approve-succession"));
    decide(w, annul, "annul", "certifier-2", "{\"reasons\":\"無効\"}");
    CHECK(t, str_eq(label_of(w, label)->party, former), "2.1.3-1 the former registrant is again");
    CHECK(t, str_eq(world_case(w, open)->registrant, former) &&
                 str_eq(world_case(w, open)->party, former),
          "with the case that was open");
    CHECK(t, !desk_may_see(&w->desk, w->arena, &w->other_maker, open),
          "which the other still reads, up to now");
    CHECK(t, strstr(detail_of(w, label, "annulled"), "\"annulled\":\"succeeded\""),
          "the history says so: %s", detail_of(w, label, "annulled"));
    CHECK(t,
          world_told(w, &w->maker, annul, "act-annulled", false).bytes &&
              world_told(w, &w->other_maker, annul, "act-annulled", false).bytes,
          "both are told");
}

/* What was decided since is not pulled from under it. */
static void test_built_on(struct tally *t, struct world *w, struct str label)
{
    struct str id = succeeded(w, label);
    struct str change = open_on(w, "product-information", label, "successor");
    MUST(take(w, change, "apply", "successor",
              "{\"change-text\":\"窓口\",\"user-phone\":\"03-2222-2222\"}"));
    decide(w, change, "confirm-change", "operational-personnel-2",
           "{\"outcome\":\"conforms\"}");
    decide(w, change, "approve-technical", "technical-manager", "{}");
    decide(w, change, "accept-change", "managing-director", "{}");
    struct str annul = open_on(w, "annulment", label, "operational-personnel-2");
    MUST(take(w, annul, "declare-no-conflict", "operational-personnel-2", "{}"));
    CHECK_STR(t,
              str_of(said(w, take(w, annul, "propose-annulment", "operational-personnel-2",
                                  with_entry(w, entry_of(w, id, "approve-succession"),
                                             "\"void-ground\":\"other\","
                                             "\"void-facts\":\"架空\"")))),
              "refused void-act-stands 2.1.3-1", "a later decision rests on the succession");
}

int main(void)
{
    struct tally t = {0};
    struct world *w = world_new();
    world_day(w, "2026-01-15");
    struct str a = world_case_after(w, "issue"), b = world_case_after(w, "issue");
    struct str c = world_case_after(w, "issue");
    MUST(desk_write(&w->desk, w->arena, appoint, w));
    world_day(w, "2026-02-02");
    test_void_information(&t, w, world_case(w, a)->label);
    test_void_succession(&t, w, world_case(w, b)->label);
    test_built_on(&t, w, world_case(w, c)->label);
    CHECK(&t, world_replay(w) == 0, "6.4-1 every row follows from the journal");
    world_end(w);
    return tally_end(&t);
}
