/* sbom_test.c: bills of materials from the form to the match: read when filed, refused at their
 * place, bound by digest, found by the watch, superseded; 4.8.3.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "acts.h"
#include "desk/watch.h"
#include "store/files.h"
#include "watched.h"

#include "base/banned.h"

#define CYCLONEDX(components)                                                                      \
    "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[" components "]}"
#define TLS(version)                                                                               \
    "{\"type\":\"library\",\"name\":\"mihon-tls\",\"version\":\"" version "\",\"purl\":"           \
    "\"pkg:generic/mihon-tls@" version "\",\"publisher\":\"Mihon TLS project\"}"

static const char old_bill[] = CYCLONEDX(TLS("3.0.8"));
static const char new_bill[] = CYCLONEDX(TLS("3.0.9"));
static const char nameless[] = CYCLONEDX(TLS("1.0") ",{\"type\":\"library\"}");
static const char tags[] = "SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\nSPDXID: SPDXRef-DOCUMENT\n"
                           "DocumentName: mihon\nDocumentNamespace: https://mihon.example/1\n"
                           "PackageName: mihon-json\nSPDXID: SPDXRef-Json\nPackageVersion: 2.1\n"
                           "PackageDownloadLocation: NOASSERTION\n";

/* With its bytes, as they come from the maker. */
static struct str put(struct world *w, struct str id, const char *name, struct str text)
{
    struct file_writer *writer;
    struct hash digest;
    struct str file;
    int64_t bytes;
    MUST(file_begin(w->arena, w->desk.data_dir, &writer));
    MUST(file_add(writer, w->arena, text.at, text.bytes));
    MUST(file_end(writer, w->arena, &digest, &bytes));
    MUST(desk_attach(&w->desk, w->arena, &w->maker, id, str_of(name), STR("application/json"),
                     &digest, bytes, &file));
    return file;
}

static const char *with(struct world *w, struct str one, struct str two)
{
    return str_print(w->arena,
                     "{\"consent-nda\":\"given\",\"consent-court\":\"given\",\"sbom\":[\"%.*s\"%s"
                     "%.*s%s]}",
                     STR_F(one), two.bytes ? ",\"" : "", STR_F(two), two.bytes ? "\"" : "")
        .at;
}

/* What the filing is told: each fault with its place. */
static struct str filing(struct world *w, struct str id, struct str one, struct str two)
{
    struct str out = STR_NONE;
    const struct fault *fault = world_take(w, id, "file", &w->maker, with(w, one, two), NULL);
    for (; fault; fault = fault->next)
        out = str_print(w->arena, "%.*s%s %.*s\n", STR_F(out), fault->code,
                        STR_F(fault->concerns));
    return out;
}

/* ---- what cannot be read */

static void check_refused(struct tally *t, struct world *w, struct str id)
{
    struct str bad = put(w, id, "bad.json", str_of(nameless));
    struct str report = put(w, id, "report.pdf", STR("%PDF-1.4 no bill of materials"));
    char *much = arena_alloc(w->arena, (17 << 20) + 1);
    memset(much, ' ', 17 << 20);
    struct str huge = put(w, id, "huge.json", (struct str){much, 17 << 20});
    char *deep = arena_alloc(w->arena, 1 << 20);
    memset(deep, '[', 1 << 20);
    struct str hostile = put(w, id, "deep.json", (struct str){deep, 1 << 20});
    int64_t entries = world_seq(w);
    CHECK_STR(t, filing(w, id, bad, STR_NONE), "malformed-sbom /sbom/0/components/1/name\n",
              "a component without a name, by its place");
    CHECK_STR(t, filing(w, id, report, bad),
              "malformed-sbom /sbom/0\nmalformed-sbom /sbom/1/components/1/name\n",
              "what is none at all; each of several files is told");
    CHECK_STR(t, filing(w, id, huge, STR_NONE), "too-large /sbom/0\n",
              "one that is too large is not read");
    CHECK(t, filing(w, id, hostile, STR_NONE).bytes > 0, "nor is one made to cost much");
    struct fault *fault = world_take(w, id, "save", &w->maker, with(w, bad, STR_NONE), NULL);
    CHECK_STR(t, str_of(fault ? fault->code : ""), "malformed-sbom", "a draft is told at once too");
    CHECK(t, world_seq(w) == entries && str_is(world_case(w, id)->state, "start"),
          "what is refused leaves nothing behind");
}

/* ---- bound by digest */

static struct row_label_sbom *bound(struct world *w, struct str label, size_t *n)
{
    struct row_label_sbom *rows;
    MUST(sql_sboms_of_label(w->desk.store, w->arena, label, &rows, n));
    return rows;
}

static struct str digest_of(struct world *w, const char *text)
{
    struct hash hash = hash_of(str_of(text));
    return hash_hex(w->arena, &hash);
}

static void go_on(struct world *w, struct str id)
{
    static const char *const way[][3] = {
        {"declare-no-conflict", "operational-personnel", ""},
        {"accept", "operational-personnel", ""},
        {"record-fee", "operational-personnel", "{\"fee-kind\":\"paid\",\"fee-amount\":198000}"},
        {"declare-no-conflict", "operational-personnel-2", ""},
        {"verify", "operational-personnel-2", "{\"outcome\":\"conforms\"}"},
        {"draft-label", "operational-personnel", ""},
        {"declare-no-conflict", "technical-manager", ""},
        {"approve-technical", "technical-manager", ""},
        {"declare-no-conflict", "managing-director", ""},
        {"issue", "managing-director", ""}};
    for (size_t i = 0; i < sizeof way / sizeof *way; i++)
        MUST(world_take(w, id, way[i][0], world_person(w, way[i][1]), way[i][2], NULL));
}

static struct str issue(struct tally *t, struct world *w)
{
    struct str id;
    struct row_case_sbom *read;
    size_t n;
    MUST(world_open(w, &w->maker, STR_NONE, STR_NONE, &id));
    check_refused(t, w, id);
    struct str one = put(w, id, "firmware.cdx.json", str_of(old_bill));
    struct str two = put(w, id, "web.spdx", str_of(tags));
    MUST(world_take(w, id, "file", &w->maker, with(w, one, two), NULL));
    MUST(sql_sboms_of_case(w->desk.store, w->arena, id, &read, &n));
    CHECK(t, n == 2, "both are read when they are filed: %zu", n);
    for (size_t i = 0; i < n; i++) {
        bool first = str_eq(read[i].file, one);
        CHECK_STR(t, read[i].form, first ? "CycloneDX 1.6" : "SPDX 2.3", "in which form");
        CHECK(t, read[i].components == 1 &&
                     str_eq(read[i].digest, digest_of(w, first ? old_bill : tags)),
              "how many components, and the digest of the file");
    }
    go_on(w, id);
    struct str label = world_case(w, id)->label;
    struct row_label_sbom *rows = bound(w, label, &n);
    CHECK(t, n == 2 && str_eq(rows[0].case_id, id), "4.8.3-1 issuance binds them to the label");
    return label;
}

/* ---- found by the watch */

static void publish(struct world *w, const char *id, const char *before)
{
    struct str folder = str_print(w->arena, "%.*s/feeds/cve", STR_F(w->desk.data_dir));
    FILE *file = fopen(str_print(w->arena, "%.*s/%s.json", STR_F(folder), id).at, "we");
    if (!file ||
        fprintf(file,
                "{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.2\",\"cveMetadata\":{\"cveId\":"
                "\"%s\",\"assignerOrgId\":\"00000000-0000-4000-8000-000000000000\",\"state\":"
                "\"PUBLISHED\",\"datePublished\":\"2026-05-01T00:00:00.000Z\",\"dateUpdated\":"
                "\"2026-05-01T00:00:00.000Z\"},\"containers\":{\"cna\":{\"providerMetadata\":"
                "{\"orgId\":\"00000000-0000-4000-8000-000000000000\"},\"title\":\"Fictional\","
                "\"descriptions\":[{\"lang\":\"en\",\"value\":\"Fictional\"}],\"affected\":[{"
                "\"vendor\":\"Mihon TLS project\",\"product\":\"mihon-tls\",\"packageURL\":"
                "\"pkg:generic/mihon-tls\",\"defaultStatus\":\"unaffected\",\"versions\":[{"
                "\"version\":\"0\",\"lessThan\":\"%s\",\"status\":\"affected\",\"versionType\":"
                "\"semver\"}]}],\"references\":[{\"url\":\"https://cve.example/1\"}]}}}",
                id, before) < 0 ||
        fclose(file))
        BUG("cannot write %s", id);
}

static struct watch_count run(struct world *w)
{
    struct watch watch = {.desk = &w->desk, .by_hand = true};
    struct watch_count count;
    struct arena *arena = arena_new(1 << 28);
    struct fault *fault = watch_run(&watch, arena, &count);
    if (fault)
        BUG("watch: %s %.*s", fault->code, STR_F(fault->detail));
    watch_end(&watch);
    arena_free(arena);
    return count;
}

static struct row_casework *match_of(struct world *w, struct str label)
{
    struct row_casework *rows;
    size_t n;
    MUST(sql_cases_of_label(w->desk.store, w->arena, label, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (str_is(rows[i].procedure, "vulnerability"))
            return &rows[i];
    return NULL;
}

static struct str field(struct world *w, struct str id, const char *name)
{
    struct row_case_field *rows;
    size_t n;
    MUST(sql_case_fields(w->desk.store, w->arena, id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (str_is(rows[i].field, name))
            return rows[i].value;
    return STR_NONE;
}

static void begin_feed(struct world *w)
{
    mkdir(str_print(w->arena, "%.*s/feeds", STR_F(w->desk.data_dir)).at, 0700);
    mkdir(str_print(w->arena, "%.*s/feeds/cve", STR_F(w->desk.data_dir)).at, 0700);
    struct str id = open_on(w, "feed", STR_NONE, world_person(w, "technical-manager"));
    decide(w, id, "begin-feed", "technical-manager",
           "{\"feed-name\":\"みほん\",\"feed-kind\":\"cve5\",\"feed-place\":\"feeds/cve\","
           "\"feed-hours\":24}");
}

static void check_match(struct tally *t, struct world *w, struct str label)
{
    begin_feed(w);
    publish(w, "CVE-2026-90001", "3.0.9");
    struct watch_count count = run(w);
    struct row_casework *work = match_of(w, label);
    if (!CHECK(t, count.cases == 1 && work,
               "4.8.3-1 an advisory about a component finds the label by its bill of materials"))
        return;
    CHECK_STR(t, field(w, work->id, "match-rank"), "\"strong\"", "package and version: strong");
    CHECK_STR(t, field(w, work->id, "match-reasons"),
              "[\"vendor\",\"purl\",\"component\",\"version\"]", "the reasons");
    CHECK_STR(t, field(w, work->id, "matched-component"), "\"mihon-tls 3.0.8\"",
              "the officer reads which component in which version");
    struct str bill = field(w, work->id, "matched-sbom"), digest = digest_of(w, old_bill);
    CHECK(t, memmem(bill.at, bill.bytes, digest.at, digest.bytes) &&
                 memmem(bill.at, bill.bytes, "CycloneDX 1.6", 13),
          "and of which file, by its digest");
}

/* ---- superseded */

static void check_change(struct tally *t, struct world *w, struct str label)
{
    size_t n;
    int64_t before = bound(w, label, &n)->seq;
    struct str id = open_on(w, "product-information", label, &w->maker);
    MUST(take(w, id, "apply", &w->maker,
              str_print(w->arena, "{\"change-text\":\"部品の更新\",\"sbom\":[\"%.*s\"]}",
                        STR_F(put(w, id, "new.cdx.json", str_of(new_bill))))
                  .at));
    struct row_label_sbom *rows = bound(w, label, &n);
    CHECK(t, n == 2 && rows[0].seq == before, "what is only applied for binds nothing");
    decide(w, id, "confirm-change", "operational-personnel", "{\"outcome\":\"conforms\"}");
    decide(w, id, "approve-technical", "technical-manager", "{}");
    decide(w, id, "accept-change", "managing-director", "{}");
    rows = bound(w, label, &n);
    CHECK(t, n == 1 && rows[0].seq > before && str_eq(rows[0].digest, digest_of(w, new_bill)),
          "4.7.2-1 the decision binds the new one in the place of both");
    publish(w, "CVE-2026-90002", "3.0.9");
    CHECK(t, run(w).cases == 0, "the version that is bound now is not affected");
    publish(w, "CVE-2026-90003", "3.0.10");
    CHECK(t, run(w).cases == 1, "a later advisory finds the version that is bound now");
    id = open_on(w, "product-information", label, &w->maker);
    MUST(take(w, id, "apply", &w->maker,
              "{\"change-text\":\"窓口\",\"user-phone\":\"03-1234-5678\"}"));
    decide(w, id, "confirm-change", "operational-personnel", "{\"outcome\":\"conforms\"}");
    decide(w, id, "approve-technical", "technical-manager", "{}");
    decide(w, id, "accept-change", "managing-director", "{}");
    CHECK(t, bound(w, label, &n)->seq == rows[0].seq && n == 1,
          "a change that brings none leaves what is bound");
    const char *said = place_hand(
        w->place, "CREATE TABLE told (n BIGINT CHECK (n = 3));"
                  "INSERT INTO told SELECT count(*) FROM label_sbom;DROP TABLE told");
    CHECK(t, !said, "what was bound before stays on record: %s", said ? said : "");
}

int main(void)
{
    struct tally tally = {0};
    struct world *w = world_new();
    world_day(w, "2026-06-01");
    struct str label = issue(&tally, w);
    check_match(&tally, w, label);
    check_change(&tally, w, label);
    CHECK(&tally, world_replay(w) == 0, "and every row is rebuilt from the journal");
    world_end(w);
    return tally_end(&tally);
}
