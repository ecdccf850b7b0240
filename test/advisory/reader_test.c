/* reader_test.c: readers of CVE, MyJVN and CSAF (4.8.2, 4.8.3): what they read, and what they
 * refuse. SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "advisory/reader.h"
#include "check.h"
#include "samples.h"

#include "base/banned.h"

static struct str day_text(struct day day)
{
    static char text[11];
    return day_print(day, text);
}

static struct str last_claim(struct arena *arena, const struct version_claims *claims, size_t i)
{
    return i < claims->n ? version_claim_print(arena, &claims->at[i]) : STR("none");
}

static void cve(struct tally *t, struct arena *arena)
{
    struct advisory a;
    struct fault *fault = cve_read(arena, sample(arena, "cve.json"), &a);
    if (!CHECK(t, !fault, "a CVE record is read"))
        return;
    CHECK_STR(t, a.id, "CVE-2026-10001", "its id");
    CHECK_STR(t, a.title, "Command injection in HC series network cameras", "its title");
    CHECK(t, str_starts(a.text, "Webコンソール"), "the Japanese description is taken");
    CHECK_STR(t, day_text(a.published), "2026-11-30", "16:30 UTC is the next day in Tokyo");
    CHECK(t, a.exploited && !a.rejected, "a container says that it is known to be exploited");
    CHECK(t, a.vectors_n == 3 && advisory_score(&a) == 93, "v4.0 counts before v3.1 and v2");
    CHECK(t, a.vectors[2].cvss.version == 0 && a.vectors[2].claimed_tenths == 100,
          "a v2 vector is kept with the score claimed");
    CHECK(t, a.products_n == 3, "what has no name is left out");
    const struct advisory_product *p = &a.products[0];
    CHECK_STR(t, p->vendor, "Hoshino Denki Co., Ltd.", "the vendor as written");
    CHECK(t, p->cpe.bytes && p->versions.n == 4, "a range with two changes is three, and one more");
    CHECK_STR(t, last_claim(arena, &p->versions, 0), "1.00 ≤ v < 1.05-fix",
              "up to the first change");
    CHECK(t, version_judge(arena, &p->versions, STR("1.04")) == VERSION_AFFECTED, "1.04 affected");
    CHECK(t, version_judge(arena, &p->versions, STR("Ver.1.06")) == VERSION_FIXED, "1.06 fixed");
    CHECK(t, version_judge(arena, &p->versions, STR("V1.09")) == VERSION_AFFECTED, "1.09 again");
    CHECK(t, version_judge(arena, &p->versions, STR("1.10")) == VERSION_NOT_AFFECTED,
          "outside the ranges the default holds");
    CHECK(t, version_judge(arena, &p->versions, STR("0.8")) == VERSION_UNKNOWN,
          "a range written into a version is read");
    p = &a.products[1];
    CHECK_STR(t, p->product, "hoshi-agent", "a package's name stands for a product's");
    CHECK(t, version_judge(arena, &p->versions, STR("2.1.0-rc.1")) == VERSION_AFFECTED,
          "0 is no bound, and semver knows pre-releases");
    CHECK(t, version_judge(arena, &p->versions, STR("2.1.1")) == VERSION_UNKNOWN, "2.1.1 unknown");
    p = &a.products[2];
    CHECK(t,
          version_judge(arena, &p->versions, STR("aaaa1111")) == VERSION_AFFECTED &&
              version_judge(arena, &p->versions, STR("aaaa2222")) == VERSION_UNKNOWN,
          "commits have no order");
    CHECK(t, !cve_read(arena, sample(arena, "cve-rejected.json"), &a) && a.rejected,
          "a rejected record says so");
    CHECK_STR(t, a.title, "CVE-2026-10002", "the id is the title where there is none");
}

/* What a changed sample is refused with, and where. */
static void cve_refused(struct tally *t, struct arena *arena)
{
    static const struct {
        const char *from, *to, *code, *concerns;
    } rows[] = {
        {"\"CVE_RECORD\"", "\"CVE\"", "malformed-advisory", "/dataType"},
        {"\"5.1\"", "\"4.0\"", "malformed-advisory", "/dataVersion"},
        {"CVE-2026-10001", "CVE-26-1", "malformed-advisory", "/cveMetadata/cveId"},
        {"PUBLISHED", "DRAFT", "malformed-advisory", "/cveMetadata/state"},
        {"2026-11-29T16:30:00.000Z", "2026-02-30T16:30:00Z", "malformed-advisory",
         "/cveMetadata/datePublished"},
        {"2026-11-29T16:30:00.000Z", "yesterday", "malformed-advisory",
         "/cveMetadata/datePublished"},
        {"\"lang\": \"ja\"", "\"lang\": 7", "malformed-advisory",
         "/containers/cna/descriptions/1/lang"},
        {"\"1.05-fix\"", "null", "malformed-advisory",
         "/containers/cna/affected/0/versions/0/changes/1/at"},
        {"\"lessThan\": \"1.10\"", "\"lessThan\": \"1.10\", \"lessThanOrEqual\": \"1\"",
         "malformed-advisory", "/containers/cna/affected/0/versions/0"},
        {"\"status\": \"unknown\"", "\"status\": \"maybe\"", "malformed-advisory",
         "/containers/cna/affected/0/versions/1/status"},
        {"\"adp\": [", "\"adp\": [7,", "malformed-advisory", "/containers/adp/0"},
        {"\"metrics\": [", "\"metrics\": [[],", "malformed-advisory", "/containers/cna/metrics/0"},
        {"\"cna\": {", "\"cna\": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[{",
         "too-large", ""},
        {"\"dataType\"", "\"dataType\": 1, \"dataType\"", "malformed-advisory", ""},
        {"}", "", "malformed-advisory", ""},
    };
    struct str text = sample(arena, "cve.json");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct advisory a;
        struct fault *fault = cve_read(arena, changed(arena, text, rows[i].from, rows[i].to), &a);
        CHECK(t, fault && !strcmp(fault->code, rows[i].code), "refused: %.40s", rows[i].to);
        CHECK_STR(t, fault ? fault->concerns : STR("?"), rows[i].concerns, "its place");
    }
}

static size_t feed(struct arena *arena, struct str text, size_t *faults, struct str *place)
{
    struct cve_feed left = cve_feed_of(text);
    struct advisory a;
    struct fault *fault;
    size_t n = 0;
    *faults = 0;
    while (cve_feed_next(arena, &left, &a, &fault)) {
        n += !fault;
        *faults += fault != NULL;
        if (fault)
            *place = fault->concerns;
    }
    return n;
}

static void feeds(struct tally *t, struct arena *arena)
{
    struct str one = sample(arena, "cve.json"), two = sample(arena, "cve-rejected.json"), place;
    size_t faults;
#define JOIN(format, ...) str_print(arena, format, __VA_ARGS__)
    struct str list = JOIN("[%.*s,\n%.*s]\n", STR_F(one), STR_F(two));
    CHECK(t, feed(arena, list, &faults, &place) == 2 && !faults, "a list of records");
    CHECK(t,
          feed(arena, JOIN("%.*s\n%.*s", STR_F(one), STR_F(two)), &faults, &place) == 2 && !faults,
          "records one after the other");
    CHECK(t, feed(arena, one, &faults, &place) == 1 && !faults, "one record alone");
    CHECK(t, feed(arena, STR("[]"), &faults, &place) == 0 && !faults, "an empty list");
    CHECK(t, feed(arena, STR(" "), &faults, &place) == 0 && faults == 1, "nothing at all: a fault");
    struct str bad = JOIN("[%.*s,{\"dataType\": 1},%.*s]", STR_F(one), STR_F(two));
    CHECK(t, feed(arena, bad, &faults, &place) == 2 && faults == 1, "a bad record does not end it");
    CHECK_STR(t, place, "/1/dataType", "its place says which record");
    CHECK(t, feed(arena, JOIN("[%.*s", STR_F(one)), &faults, &place) == 1 && faults == 1,
          "a list that does not end");
    CHECK(t,
          feed(arena, JOIN("[%.*s %.*s]", STR_F(one), STR_F(two)), &faults, &place) == 1 && faults,
          "a list without a comma");
    CHECK(t, feed(arena, JOIN("[%.*s] x", STR_F(one)), &faults, &place) == 1 && faults == 1,
          "something behind a list");
    CHECK(t, feed(arena, STR("{\"a\": \"}\\\"\"} ["), &faults, &place) == 0 && faults == 2,
          "brackets within strings are text");
}

static void myjvn(struct tally *t, struct arena *arena)
{
    struct advisories list;
    if (!CHECK(t, !myjvn_read(arena, sample(arena, "myjvn-overview.xml"), &list) && list.n == 1,
               "an overview list of MyJVN is read"))
        return;
    const struct advisory *a = &list.at[0];
    CHECK_STR(t, a->id, "JVNDB-2026-000001", "its id");
    CHECK(t, a->aliases.n == 2, "JVN# and CVE are aliases, a CWE is none");
    CHECK(t, a->products_n == 2 && a->products[0].cpe.bytes, "products by their CPE names");
    CHECK_STR(t, a->products[1].product, "HC-100 シリーズ", "a product as written");
    CHECK(t, advisory_score(a) == 98 && a->vectors_n == 2, "v3.0 counts before v2");
    CHECK_STR(t, day_text(a->modified), "2026-12-01", "modified, in Tokyo");
    CHECK(t, a->references_n == 3, "references");
    CHECK(t, !myjvn_read(arena, sample(arena, "myjvn-atom.xml"), &list) && list.n == 1,
          "the same as Atom");
    CHECK_STR(t, list.at[0].products[0].vendor, "株式会社つきよ", "its vendor");
    CHECK_STR(t, day_text(list.at[0].published), "2026-11-29", "its day");
    struct str text = changed(arena, sample(arena, "myjvn-overview.xml"), "hc-100a_firmware<",
                              "hc-100a_firmware:1.08<");
    CHECK(t,
          !myjvn_read(arena, text, &list) && list.at[0].products[0].versions.n == 1 &&
              version_judge(arena, &list.at[0].products[0].versions, STR("V1.08")) ==
                  VERSION_AFFECTED,
          "a version within a CPE name is that version");
    struct fault *fault = myjvn_read(arena, sample(arena, "myjvn-error.xml"), &list);
    CHECK(t, fault && str_ends(fault->detail, "誤りがあります"), "an answer of failure is a fault");
}

static void vuldef(struct tally *t, struct arena *arena)
{
    struct advisories list;
    if (!CHECK(t, !myjvn_read(arena, sample(arena, "vuldef.xml"), &list) && list.n == 1,
               "VULDEF details are read"))
        return;
    const struct advisory *a = &list.at[0];
    CHECK(t, a->products_n == 3 && a->aliases.n == 2 && a->references_n == 3, "its parts");
    CHECK(t,
          version_judge(arena, &a->products[0].versions, STR("V1.08")) == VERSION_AFFECTED &&
              version_judge(arena, &a->products[0].versions, STR("1.09")) == VERSION_NOT_AFFECTED,
          "およびそれ以前, in full width");
    CHECK(t,
          version_judge(arena, &a->products[1].versions, STR("2.10")) == VERSION_AFFECTED &&
              version_judge(arena, &a->products[1].versions, STR("2.11")) == VERSION_NOT_AFFECTED &&
              version_judge(arena, &a->products[1].versions, STR("3.1.9")) == VERSION_AFFECTED &&
              version_judge(arena, &a->products[1].versions, STR("3.2")) == VERSION_NOT_AFFECTED,
          "two ranges of one product");
    CHECK(t, version_judge(arena, &a->products[2].versions, STR("1")) == VERSION_UNKNOWN,
          "words that are no range say nothing");
    CHECK(t, advisory_score(a) == 98, "its score");
}

static void xml_refused(struct tally *t, struct arena *arena)
{
    static const struct {
        const char *from, *to, *code;
    } rows[] = {
        {"<rdf:RDF ", "<!DOCTYPE x [<!ENTITY a \"b\">]><rdf:RDF ", "malformed-advisory"},
        {"<rdf:RDF ", "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><rdf:RDF ", "malformed-advisory"},
        {"脆弱性対策情報", "&a;", "malformed-advisory"},
        {"JVNDB-2026-000001</sec", "X</sec", "malformed-advisory"},
        {"<sec:identifier>", "<sec:id>", "malformed-advisory"},
        {"2026-12-01T00:10+09:00", "2026-13-01T00:10+09:00", "malformed-advisory"},
        {"rdf:RDF", "rdf:Rdf", "malformed-advisory"},
        {"</rdf:RDF>", "", "malformed-advisory"},
        {"<channel",
         "<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>"
         "<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>"
         "<a><a><a><a><a><a><a><a><channel",
         "malformed-advisory"},
    };
    struct str text = sample(arena, "myjvn-overview.xml");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct advisories list;
        struct fault *fault =
            myjvn_read(arena, changed(arena, text, rows[i].from, rows[i].to), &list);
        CHECK(t, fault && !strcmp(fault->code, rows[i].code), "refused: %.60s", rows[i].to);
    }
    struct advisories list;
    struct fault *fault =
        myjvn_read(arena, changed(arena, text, "2026-12-01T00:10+09:00", "soon"), &list);
    CHECK(t,
          fault && str_starts(fault->concerns, "line ") &&
              str_ends(fault->concerns, "/RDF/item/modified"),
          "the place is a line and the path of elements");
    char *deep = arena_alloc(arena, 1000);
    for (size_t i = 0; i < 100; i++)
        memcpy(deep + i * 3, "<a>", 3);
    for (size_t i = 0; i < 100; i++)
        memcpy(deep + 300 + i * 4, "</a>", 4);
    fault = myjvn_read(arena, (struct str){deep, 700}, &list);
    CHECK(t, fault && !strcmp(fault->code, "too-large"), "a hundred levels are too deep");
    fault = myjvn_read(arena, STR("<\0a\0/\0>\0"), &list);
    CHECK(t, fault != NULL, "UTF-16 is not taken");
    fault = myjvn_read(arena, STR_NONE, &list);
    CHECK(t, fault != NULL, "nothing is no XML");
}

static const struct advisory_product *product_of(const struct advisory *a, const char *product)
{
    for (size_t i = 0; i < a->products_n; i++)
        if (str_is(a->products[i].product, product))
            return &a->products[i];
    return NULL;
}

static void csaf(struct tally *t, struct arena *arena)
{
    struct advisory a;
    if (!CHECK(t, !csaf_read(arena, sample(arena, "csaf.json"), &a), "a CSAF document is read"))
        return;
    CHECK_STR(t, a.id, "HD-2026-01", "its tracking id");
    CHECK(t, a.aliases.n == 3 && advisory_score(&a) == 98, "JVN#, CVE and another id are aliases");
    CHECK_STR(t, day_text(a.published), "2026-11-30", "15:00 UTC is the next day in Tokyo");
    CHECK(t, a.products_n == 3 && a.kind == ADVISORY_CSAF, "versions of one product are one");
    const struct advisory_product *p = product_of(&a, "ネットワークカメラ HC-100A");
    if (!CHECK(t, p && p->versions.n == 3, "each with what is said of its versions"))
        return;
    CHECK_STR(t, p->model, "HC-100A, HC-100A-W", "model numbers");
    CHECK_STR(t, p->vendor, "星野電機株式会社", "the vendor of the branch");
    CHECK(t, version_judge(arena, &p->versions, STR("1.09")) == VERSION_AFFECTED, "1.09 affected");
    CHECK(t, version_judge(arena, &p->versions, STR("1.10")) == VERSION_UNKNOWN,
          "fixed for one vulnerability, under investigation for another: the graver holds");
    struct str text = changed(arena, sample(arena, "csaf.json"), "\"product_id\": \"P-200B\"",
                              "\"product_id\": \"P-200B\", \"product_identification_"
                              "helper\": "
                              "{\"cpe\": \"cpe:/h:hoshino_denki:hc-200b:5\"}");
    struct advisory versioned;
    if (CHECK(t, !csaf_read(arena, text, &versioned), "a CPE name with a version")) {
        const struct advisory_product *b = product_of(&versioned, "HC-200B");
        CHECK(t,
              b && version_judge(arena, &b->versions, STR("5")) == VERSION_NOT_AFFECTED &&
                  version_judge(arena, &b->versions, STR("6")) == VERSION_UNKNOWN,
              "speaks of that version alone");
    }
    p = product_of(&a, "HC-200B");
    CHECK(t, p && version_judge(arena, &p->versions, STR("5")) == VERSION_NOT_AFFECTED,
          "known not to be affected, in any version");
    p = product_of(&a, "星野電機 HC-900");
    CHECK(t,
          p && version_judge(arena, &p->versions, STR("7.1")) == VERSION_AFFECTED &&
              version_judge(arena, &p->versions, STR("7.2")) == VERSION_UNKNOWN,
          "a relationship: the device, in the versions of its firmware");
    CHECK(t, p && str_starts(p->purl, "pkg:generic/hoshino/"), "and its package");
    CHECK(t, !csaf_read(arena, sample(arena, "vex.json"), &a) && a.kind == ADVISORY_CSAF_VEX,
          "a VEX document");
    CHECK(t,
          a.products_n == 1 &&
              version_judge(arena, &a.products[0].versions, STR("1")) == VERSION_NOT_AFFECTED,
          "its product is not affected");
}

static void csaf_refused(struct tally *t, struct arena *arena)
{
    static const struct {
        const char *from, *to, *concerns;
    } rows[] = {
        {"\"csaf_version\": \"2.0\"", "\"csaf_version\": \"2.1\"", "/document/csaf_version"},
        {"\"final\"", "\"done\"", "/document/tracking/status"},
        {"\"known_affected\": [\"P-100A-OLD\"", "\"known_affected\": [\"NOBODY\"",
         "/vulnerabilities/0/product_status/known_affected/0"},
        {"\"product_id\": \"P-200B\"", "\"product_id\": \"P-900\"", "/product_tree"},
        {"\"product_reference\": \"F-71\"", "\"product_reference\": \"F-72\"",
         "/product_tree/relationships"},
        {"\"product_ids\": [\"P-100A-OLD\", \"R-1\"]", "\"product_ids\": [\"X\"]",
         "/product_tree/product_groups/0/product_ids/0"},
        {"CVE-2026-10001", "CVE-x", "/vulnerabilities/0/cve"},
        {"2026-11-30T03:00:00.000Z\", \"id\"", "2026\", \"id\"",
         "/document/tracking/current_release_date"},
        {"\"title\": \"HC", "\"titel\": \"HC", "/document/title"},
    };
    struct str text = sample(arena, "csaf.json");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct advisory a;
        struct fault *fault = csaf_read(arena, changed(arena, text, rows[i].from, rows[i].to), &a);
        CHECK(t, fault && !strcmp(fault->code, "malformed-advisory"), "refused: %.60s", rows[i].to);
        CHECK_STR(t, fault ? fault->concerns : STR("?"), rows[i].concerns, "its place");
    }
}

static void any(struct tally *t, struct arena *arena)
{
    static const struct {
        const char *name;
        enum advisory_kind kind;
    } rows[] = {
        {"cve.json", ADVISORY_CVE}, {"vuldef.xml", ADVISORY_JVN}, {"csaf.json", ADVISORY_CSAF}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct advisories list;
        CHECK(t,
              !advisory_read(arena, sample(arena, rows[i].name), &list) && list.n == 1 &&
                  list.at[0].kind == rows[i].kind,
              "told by its first bytes: %s", rows[i].name);
    }
    /* what costs many times its size to hold is refused before it is held */
    size_t n = (size_t)2 << 20;
    char *dear = arena_alloc(arena, n + 2);
    dear[0] = '[';
    for (size_t i = 1; i + 2 < n; i += 3)
        memcpy(dear + i, "[],", 3);
    struct str text = str_print(arena, "{\"dataType\":%.*s", (int)n - 1, dear);
    struct advisory a;
    struct fault *fault = cve_read(arena, text, &a);
    CHECK(t, fault && !strcmp(fault->code, "too-large"), "a text of empty lists is refused");
}

int main(void)
{
    struct tally tally = {0};
    struct arena *arena = arena_new((size_t)256 << 20);
    cve(&tally, arena);
    cve_refused(&tally, arena);
    feeds(&tally, arena);
    myjvn(&tally, arena);
    vuldef(&tally, arena);
    xml_refused(&tally, arena);
    csaf(&tally, arena);
    csaf_refused(&tally, arena);
    any(&tally, arena);
    arena_free(arena);
    return tally_end(&tally);
}
