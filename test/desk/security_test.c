/* security_test.c: security notices and warnings through the one writer: what is published of each
 * revision, what is refused, the maker's own CSAF document; on the engine of the run.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/json.h"
#include "desk/security.h"
#include "store/files.h"
#include "world.h"

#include "base/banned.h"

#define ADVISORY                                                                                   \
    "\"security-kind\":\"advisory\",\"security-title\":{\"ja\":\"認証の不備\",\"en\":\"Missing " \
    "authentication\"},\"security-summary\":{\"ja\":\"一行目\\n二行目\",\"en\":\"One\\nTwo\"}," \
    "\"remedy-text\":{\"ja\":\"更新する\",\"en\":\"Update\"}"
#define WITH_FIX                                                                                   \
    "\"remedy\":\"vendor-fix\",\"fixed-version\":\"1.4.3\",\"affected-version\":\"1.4.2\""
#define VECTOR "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
#define NOW "\"release-day\":\"2026-03-02\""

static struct fault *take(struct world *w, struct str id, const char *step,
                          const struct principal *who, const char *fields)
{
    struct step_answer answer;
    struct step_request request = {
        .case_id = id, .step = str_of(step), .expected_version = -1, .who = who};
    MUST(json_read(w->arena, str_of(fields), &request.fields));
    return desk_take_step(&w->desk, w->arena, &request, &answer);
}

static struct fault *declared(struct world *w, struct str id, const char *step, const char *who,
                              const char *fields)
{
    MUST(take(w, id, "declare-no-conflict", world_person(w, who), "{}"));
    return take(w, id, step, world_person(w, who), fields);
}

static struct str open_on(struct world *w, const char *procedure, struct str label,
                          const struct principal *who)
{
    struct str id;
    struct case_request request = {.procedure = str_of(procedure), .label = label, .who = who};
    MUST(desk_open_case(&w->desk, w->arena, &request, &id));
    return id;
}

static struct row_security_notice *revisions(struct world *w, struct str id, size_t *n)
{
    struct row_security_notice *rows;
    MUST(sql_security_notice_of_case(w->desk.store, w->arena, id, &rows, n));
    return rows;
}

static void refused(struct tally *t, struct world *w, struct str id, const char *fields,
                    const char *by)
{
    CHECK_STR(t, str_of(said(w, take(w, id, "apply", &w->maker, fields))), by, "%s", by);
}

static const char *last_event(struct world *w, struct str label)
{
    struct row_label_event *rows;
    size_t n;
    MUST(sql_label_events(w->desk.store, w->arena, label, &rows, &n));
    return str_z(w->arena, rows[n - 1].kind);
}

/* ---- 4.8.1-1 */

static void test_refusals(struct tally *t, struct world *w, struct str label)
{
    struct str id = open_on(w, "security-notice", label, &w->maker);
    refused(t, w, id, "{" ADVISORY "," NOW "," WITH_FIX ",\"affected-models\":[\"OTHER-1\"]}",
            "refused-form notice-of-label-models 4.8.1-1");
    refused(t, w, id,
            "{" ADVISORY "," NOW "," WITH_FIX ",\"cves\":\"CVE-2026-10001\\nCVE-2026-10001\"}",
            "refused-form vulnerabilities-named 4.8.1-1");
    refused(t, w, id, "{" ADVISORY "," NOW "," WITH_FIX ",\"cvss\":\"CVSS:3.1/AV:Z\"}",
            "refused-form vectors-fit 4.8.1-1");
    refused(t, w, id,
            "{" ADVISORY "," NOW "," WITH_FIX
            ",\"cves\":\"CVE-2026-10001\\nCVE-2026-10002\\nCVE-2026-10003\",\"cvss\":\"" VECTOR
            "\\n" VECTOR "\"}",
            "refused-form vectors-fit 4.8.1-1");
    refused(t, w, id, "{" ADVISORY "," NOW ",\"remedy\":\"vendor-fix\"}",
            "refused-form remedy-stated 4.8.1-1");
    refused(t, w, id, "{" ADVISORY "," NOW "," WITH_FIX ",\"links\":\"https://a.example\\nb\"}",
            "refused-form links-written 4.8.1-1");
    CHECK(t, world_case(w, id)->version == 1, "4.8.1-1 nothing of it is kept");
}

static void test_notice(struct tally *t, struct world *w, struct str label)
{
    struct str id = open_on(w, "security-notice", label, &w->maker);
    size_t n;
    MUST(take(
        w, id, "apply", &w->maker,
        "{" ADVISORY ",\"release-day\":\"2026-03-03\"," WITH_FIX
        ",\"affected-models\":[\"ｍｉｈｏｎ－１\"],\"cves\":\"CVE-2026-10001\",\"cvss\":\"" VECTOR
        "\",\"links\":\"https://mihon.example/a\"}"));
    MUST(declared(w, id, "confirm-notice", "operational-personnel", "{\"outcome\":\"conforms\"}"));
    CHECK_STR(t, str_of(said(w, declared(w, id, "publish-notice", "technical-manager", "{}"))),
              "refused release-day-reached 4.8.1-1", "the day before its release");
    revisions(w, id, &n);
    CHECK(t, n == 0, "4.8.1-1 nothing is published before the decision");
    world_day(w, "2026-03-03");
    MUST(take(w, id, "publish-notice", world_person(w, "technical-manager"), "{}"));
    struct row_security_notice *row = revisions(w, id, &n);
    CHECK(t, n == 1 && row->revision == 1, "4.8.1-1 the first revision");
    CHECK_STR(t, row->models, "MIHON-1", "the model as the label spells it");
    CHECK_STR(t, row->summary_ja, "一行目\n二行目", "a text of several lines");
    CHECK_STR(t, row->text_en, "Initial version", "its history says so");
    CHECK_STR(t, row->issuer, "registrant", "whose it is");
    CHECK(t, row->every_model == 1 && str_starts(row->id, "HN26-"), "its number");
    CHECK_STR(t, str_of(last_event(w, label)), "notice-published", "the label's history tells it");
}

/* A revision states it whole; the one that is out stays until it is decided. */
static void test_revision(struct tally *t, struct world *w, struct str label)
{
    struct str id = open_on(w, "security-notice", label, &w->maker);
    size_t n;
    MUST(take(w, id, "apply", &w->maker,
              "{" ADVISORY "," NOW "," WITH_FIX ",\"cves\":\"CVE-2026-10002\"}"));
    MUST(declared(w, id, "confirm-notice", "operational-personnel", "{\"outcome\":\"conforms\"}"));
    MUST(declared(w, id, "publish-notice", "technical-manager", "{}"));
    MUST(take(w, id, "update-notice", &w->maker,
              "{" ADVISORY "," NOW ",\"remedy\":\"mitigation\",\"revision-text\":{\"ja\":\"訂正\","
              "\"en\":\"Corrected\"}}"));
    revisions(w, id, &n);
    CHECK(t, n == 1, "4.8.1-1 a revision that is filed is not published");
    MUST(take(w, id, "confirm-revision", world_person(w, "operational-personnel"),
              "{\"outcome\":\"does-not\"}"));
    CHECK_STR(t,
              str_of(said(
                  w, take(w, id, "publish-revision", world_person(w, "technical-manager"), "{}"))),
              "refused notice-confirmed-right 4.8.1-1", "found not in order");
    MUST(take(w, id, "refuse-revision", world_person(w, "technical-manager"),
              "{\"reasons\":\"根拠がない\"}"));
    CHECK_STR(t, world_case(w, id)->state, "notice-published", "4.8.1-1 what is out stays out");
    MUST(take(w, id, "update-notice", &w->maker,
              "{" ADVISORY "," NOW ",\"remedy\":\"mitigation\",\"revision-text\":{\"ja\":\"訂正\","
              "\"en\":\"Corrected\"}}"));
    MUST(take(w, id, "confirm-revision", world_person(w, "operational-personnel"),
              "{\"outcome\":\"conforms\"}"));
    MUST(take(w, id, "publish-revision", world_person(w, "technical-manager"), "{}"));
    struct row_security_notice *rows = revisions(w, id, &n);
    CHECK(t, n == 2, "4.8.1-1 each revision is kept");
    CHECK_STR(t, rows[0].fixed, "1.4.3", "the first says what it said");
    CHECK(t, !rows[1].fixed.bytes && !rows[1].cves.bytes, "what the second leaves out is none");
    CHECK_STR(t, rows[1].text_ja, "訂正", "and what it changes");
    MUST(take(w, id, "end-notice", &w->maker,
              "{\"end-text\":{\"ja\":\"役目を終えた\",\"en\":\"No longer needed\"}}"));
    rows = revisions(w, id, &n);
    CHECK(t, n == 3 && str_is(rows[2].state, "ended"), "4.8.1-1 its end is a revision too");
    CHECK_STR(t, rows[2].title_en, "Missing authentication", "that still says what it was");
}

/* ---- the maker's own document */

static struct str put_csaf(struct world *w, struct str id, const char *name, const char *text)
{
    struct file_writer *writer;
    struct hash digest;
    struct str file;
    int64_t bytes;
    MUST(file_begin(w->arena, w->desk.data_dir, &writer));
    MUST(file_add(writer, w->arena, text, strlen(text)));
    MUST(file_end(writer, w->arena, &digest, &bytes));
    MUST(desk_attach(&w->desk, w->arena, &w->maker, id, str_of(name), STR("application/json"),
                     &digest, bytes, &file));
    return file;
}

#define CSAF(product, score)                                                                       \
    "{\"document\":{\"category\":\"csaf_security_advisory\",\"csaf_version\":\"2.0\",\"lang\":"    \
    "\"en\",\"title\":\"Own title\",\"publisher\":{\"category\":\"vendor\",\"name\":\"Mihon\","    \
    "\"namespace\":\"https://"                                                                     \
    "mihon.example\"},\"notes\":[{\"category\":\"summary\",\"text\":\"Own "                        \
    "summary\"}],\"references\":[{\"category\":\"self\",\"summary\":\"s\",\"url\":"                \
    "\"https://mihon.example/csaf/mihon-1.json\"}],\"tracking\":{\"id\":\"MIHON-2026-1\","         \
    "\"status\":\"final\",\"version\":\"1\",\"initial_release_date\":\"2026-03-01T00:00:00Z\","    \
    "\"current_release_date\":\"2026-03-01T00:00:00Z\",\"revision_history\":[{\"date\":"           \
    "\"2026-03-01T00:00:00Z\",\"number\":\"1\",\"summary\":\"first\"}]}},\"product_tree\":{"       \
    "\"branches\":[{\"category\":\"vendor\",\"name\":\"Mihon\",\"branches\":[{\"category\":"       \
    "\"product_name\",\"name\":\"" product "\",\"branches\":[{\"category\":"                       \
    "\"product_version_range\",\"name\":\"vers:generic/<=2.0\",\"product\":{\"name\":\"x\","       \
    "\"product_id\":\"A\"}},{\"category\":\"product_version\",\"name\":\"2.1\",\"product\":{"      \
    "\"name\":\"y\",\"product_id\":\"B\"}}]}]}]},\"vulnerabilities\":[{\"cve\":\"CVE-2026-"        \
    "20001\","                                                                                     \
    "\"notes\":[{\"category\":\"description\",\"text\":\"d\"}],\"product_status\":{"               \
    "\"known_affected\":[\"A\"],\"fixed\":[\"B\"]},\"scores\":[{\"cvss_v3\":{\"version\":\"3.1\"," \
    "\"vectorString\":\"" VECTOR "\",\"baseScore\":" score ",\"baseSeverity\":\"CRITICAL\"},"      \
    "\"products\":[\"A\"]}],\"remediations\":[{\"category\":\"vendor_fix\",\"details\":\"Own "     \
    "fix\",\"product_ids\":[\"A\"]}]}]}"

static struct fault *fields_of(struct world *w, struct str id, struct str file, json_t **fields)
{
    return desk_fields_of_csaf(&w->desk, w->arena, &w->maker, id, file, fields);
}

static void test_taken_in(struct tally *t, struct world *w, struct str label)
{
    struct str id = open_on(w, "security-notice", label, &w->maker);
    struct str good = put_csaf(w, id, "own.json", CSAF("Mihon-1 firmware", "9.8"));
    struct str other = put_csaf(w, id, "other.json", CSAF("Somebody's", "9.8"));
    struct str broken = put_csaf(w, id, "broken.json", "{\"document\":{\"csaf_version\":\"2.0\"}}");
    json_t *fields, *other_fields;
    MUST(fields_of(w, id, good, &fields));
    CHECK_STR(t, json_get(json_object_get(fields, "security-title"), "en"), "Own title",
              "4.8.1-1 its title, in its language");
    CHECK(t, !json_object_get(json_object_get(fields, "security-title"), "ja"), "and in no other");
    CHECK_STR(t, json_get(fields, "cves"), "CVE-2026-20001", "its numbers");
    CHECK_STR(t, json_get(fields, "cvss"), VECTOR, "its vectors");
    CHECK_STR(t, json_get(fields, "affected-version"), "2.0", "the last version affected");
    CHECK_STR(t, json_get(fields, "fixed-version"), "2.1", "the version with the fix");
    CHECK_STR(t, json_get(fields, "remedy"), "vendor-fix", "the remedy");
    CHECK_STR(t, str_of(said(w, fields_of(w, id, other, &other_fields))), "csaf-other-product - -",
              "4.8.1-1 a document about another product");
    CHECK_STR(t, str_of(said(w, fields_of(w, id, broken, &other_fields))), "malformed-advisory - -",
              "4.8.1-1 one that is none");
    struct str with = str_print(
        w->arena, "{" ADVISORY "," NOW "," WITH_FIX ",\"csaf-document\":[\"%.*s\"]}", STR_F(other));
    refused(t, w, id, with.at, "refused-form csaf-readable 4.8.1-1");
    with = str_print(w->arena, "{" ADVISORY "," NOW "," WITH_FIX ",\"csaf-document\":[\"%.*s\"]}",
                     STR_F(good));
    MUST(take(w, id, "apply", &w->maker, with.at));
    MUST(declared(w, id, "confirm-notice", "operational-personnel", "{\"outcome\":\"conforms\"}"));
    MUST(declared(w, id, "publish-notice", "technical-manager", "{}"));
    size_t n;
    struct row_security_notice *row = revisions(w, id, &n);
    CHECK_STR(t, row->source_id, "MIHON-2026-1", "4.8.1-1 the maker's document is named");
    CHECK_STR(t, row->source_url, "https://mihon.example/csaf/mihon-1.json", "with its address");
}

/* ---- 4.8.3-1 */

/* The registrant's own report on the label, with a day of disclosure. */
static struct str reported(struct world *w, struct str label, const char *day)
{
    struct str id = open_on(w, "vulnerability", label, &w->maker);
    MUST(take(w, id, "report-vulnerability", &w->maker,
              str_z(w->arena, str_print(w->arena,
                                        "{\"report-title\":\"架空の脆弱性\",\"report-text\":\"秘密\","
                                        "\"disclosure-day\":\"%s\"}",
                                        day))));
    return id;
}

static void test_warning(struct tally *t, struct world *w, struct str label)
{
    struct str id = open_on(w, "warning", label, world_person(w, "operational-personnel"));
    size_t n;
    CHECK_STR(t, str_of(said(w, desk_may_see(&w->desk, w->arena, &w->maker, id))), "absent - -",
              "4.8.3-1 what is still drafted is nobody else's");
    MUST(declared(w, id, "propose-warning", "operational-personnel",
                  "{" ADVISORY ",\"remedy\":\"none-available\",\"coordination\":\"agreed\","
                  "\"embargo-day\":\"2026-04-01\"}"));
    MUST(desk_may_see(&w->desk, w->arena, &w->maker, id));
    CHECK_STR(t, str_of(said(w, desk_may_see(&w->desk, w->arena, &w->other_maker, id))),
              "absent - -", "4.8.3-1 nor another maker's");
    MUST(take(w, id, "ask-view", world_person(w, "operational-personnel"),
              "{\"view-by\":\"2026-03-31\"}"));
    MUST(declared(w, id, "approve-warning", "technical-manager",
                  "{\"warning-ground\":\"exploited\"}"));
    world_day(w, "2026-03-31");
    CHECK_STR(t,
              str_of(said(w, declared(w, id, "publish-warning", "managing-director",
                                      "{\"warning-ground\":\"exploited\"}"))),
              "refused disclosure-coordinated 4.8.3-1", "4.8.3-1 the day before the day agreed");
    world_day(w, "2026-04-01");
    struct str report = reported(w, label, "2026-04-02");
    CHECK_STR(t,
              str_of(said(w, take(w, id, "publish-warning", world_person(w, "managing-director"),
                                  "{\"warning-ground\":\"exploited\"}"))),
              "refused reports-disclosed 4.8.3-1",
              "4.8.3-1 the day before that of a report on the label");
    MUST(declared(w, report, "set-disclosure", "technical-manager",
                  "{\"disclosure-day\":\"2026-04-01\"}"));
    MUST(take(w, id, "publish-warning", world_person(w, "managing-director"),
              "{\"warning-ground\":\"exploited\"}"));
    struct row_security_notice *rows = revisions(w, id, &n);
    CHECK(t, n == 1 && str_is(rows->issuer, "body"), "4.8.3-1 the body's own");
    CHECK_STR(t, rows->ground, "exploited", "on its ground");
    CHECK_STR(t, str_of(last_event(w, label)), "warning-published", "the label's history tells it");
    MUST(declared(w, id, "lift-warning", "technical-manager",
                  "{\"end-text\":{\"ja\":\"修正された\",\"en\":\"It is fixed\"}}"));
    rows = revisions(w, id, &n);
    CHECK(t, n == 2 && str_is(rows[1].state, "ended"), "4.8.3-1 lifted");
}

int main(void)
{
    struct tally tally = {0};
    struct world *world = world_new();
    struct str label = world_case(world, world_case_after(world, "issue"))->label;
    world_day(world, "2026-03-02");
    test_refusals(&tally, world, label);
    test_notice(&tally, world, label);
    test_revision(&tally, world, label);
    test_taken_in(&tally, world, label);
    test_warning(&tally, world, label);
    CHECK(&tally, world_replay(world) == 0, "6.4-1 every row follows from the journal");
    world_end(world);
    return tally_end(&tally);
}
