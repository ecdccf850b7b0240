/* value_test.c: versions and ranges, CVSS, CPE names, package URLs, importance (4.8.3).
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "advisory/cpe.h"
#include "advisory/importance.h"
#include "advisory/purl.h"
#include "advisory/version.h"
#include "advisory/cvss.h"
#include "check.h"

#include "base/banned.h"

static void orders(struct tally *t, struct arena *arena)
{
    /* each before the next; '=' the same as the one before */
    static const char *const loose[] = {"0.9",
                                        "1.0-dev",
                                        "1.0-alpha",
                                        "1.0-beta.2",
                                        "1.0-beta.10",
                                        "1.0-rc1",
                                        "1.0",
                                        "=1",
                                        "=v1.0.0",
                                        "=Ver.1.00",
                                        "=ファームウェア １．０",
                                        "=firmware version 1.0",
                                        "1.0a",
                                        "1.0b",
                                        "1.0-r3",
                                        "1.0-r12",
                                        "1.0.1",
                                        "1.02.3",
                                        "=V1.02.3",
                                        "1.02.10",
                                        "1.2.11",
                                        "=1.02.11",
                                        "1.10",
                                        "1.100",
                                        "2.0-dev",
                                        "2",
                                        "10"};
    for (size_t i = 1; i < sizeof loose / sizeof *loose; i++) {
        size_t k = i - 1;
        bool same = loose[i][0] == '=';
        struct str a = str_of(loose[k] + (loose[k][0] == '=')), b = str_of(loose[i] + same);
        int order = version_order(arena, VERSION_LOOSE, a, b);
        int back = version_order(arena, VERSION_LOOSE, b, a);
        CHECK(t, same ? !order && !back : order < 0 && back > 0, "%.*s %s %.*s", STR_F(a),
              same ? "is" : "before", STR_F(b));
    }
    /* Semantic Versioning 2.0.0, 11 */
    static const char *const semver[] = {"1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta",
                                         "1.0.0-beta",  "1.0.0-beta.2",  "1.0.0-beta.11",
                                         "1.0.0-rc.1",  "1.0.0",         "2.0.0",
                                         "2.1.0",       "2.1.1"};
    for (size_t i = 1; i < sizeof semver / sizeof *semver; i++)
        CHECK(t, version_order(arena, VERSION_SEMVER, str_of(semver[i - 1]), str_of(semver[i])) < 0,
              "semver: %s before %s", semver[i - 1], semver[i]);
    CHECK(t, !version_order(arena, VERSION_SEMVER, STR("1.0.0+a"), STR("1.0.0+b")),
          "builds are equal");
    static const char *const bad[] = {"1.0",    "01.0.0",  "1.0.0-", "1.0.0-01", "1.0.0+",
                                      "v1.0.0", "1.0.0.0", "",       "1.0."};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(t, !version_is_semver(str_of(bad[i])), "no semver: \"%s\"", bad[i]);
    CHECK(t, version_order(arena, VERSION_EXACT, STR("a"), STR("A")) == 1,
          "commits are equal or not");
}

static const struct {
    const char *range, *in, *out; /* versions, parted by blanks */
} ranges_rows[] = {
    {"vers:generic/>=1.0|<1.5", "1.0 1.4.9", "0.9 1.5"},
    {"vers:npm/1.2.3|>=2.0.0|<5.0.0", "1.2.3 2.0.0 4.9.9", "1.2.4 5.0.0"},
    {"vers:generic/>=1.0|!=1.3|<=1.5", "1.0 1.5", "1.3 1.6"},
    {"vers:generic/<1.0|>=2.0", "0.5 2 99", "1.0 1.5"},
    {"vers:all/*", "1 99", ""},
    {"vers:generic/1.0%2Ba", "1.0+a", "1.0+b"},
    {"<4.2", "4.1", "4.2"},
    {">= 1.0, < 2.0", "1.0 1.9", "2.0 0.9"},
    {">=1.0|<2", "1 1.99", "2"},
    {"≦1.20", "1.20", "1.21"},
    {"= 1.4", "1.4", "1.5"},
    {"1.02", "1.02 V1.2", "1.03"},
    {"Ver.1.02 およびそれ以前", "1.02 1.01 V0.9", "1.03"},
    {"ファームウェア Ver.１．１０ 未満", "1.09 1.2", "1.10 1.11"},
    {"1.10より前のバージョン", "1.9", "1.10"},
    {"1.0 から 1.4 まで", "1.0 1.4", "0.9 1.5"},
    {"1.0から1.4未満", "1.0 1.3", "1.4"},
    {"1.2 以降", "1.2 9", "1.1"},
    {"1.0 以上 1.5 未満", "1.0 1.4", "1.5 0.9"},
    {"すべてのバージョン", "0.1 99", ""},
    {"1.02 and earlier", "1.02 1", "1.03"},
    {"prior to 1.10", "1.9", "1.10"},
    {"versions before 2", "1.99", "2"},
    {"firmware version 1.2 and prior", "1.2 1.1", "1.3"},
    {"1.0 through 1.4", "1.0 1.4", "1.5"},
    {"from 1.0 before 2.0", "1.0 1.9", "2.0"},
    {"1.0 to 1.4", "1.2", "1.4.1"},
    {"3.1 and later", "3.1 4", "3.0"},
};

static const char *const ranges_bad[] = {"",
                                         "vers:",
                                         "vers:generic/",
                                         "vers:generic/|",
                                         "vers:generic/>1|>2",
                                         "<",
                                         ">= 1.0 2.0",
                                         "詳しくはベンダの情報を確認してください",
                                         "a b 1",
                                         "latest"};

static void ranges(struct tally *t, struct arena *arena)
{
    for (size_t i = 0; i < sizeof ranges_rows / sizeof *ranges_rows; i++) {
        struct version_claims claims = {.otherwise = VERSION_UNKNOWN};
        struct fault *fault =
            version_range_read(arena, str_of(ranges_rows[i].range), VERSION_AFFECTED, &claims);
        if (!CHECK(t, !fault, "%s is read", ranges_rows[i].range))
            continue;
        for (size_t k = 0; k < 2; k++)
            for (struct str rest = str_of(k ? ranges_rows[i].out : ranges_rows[i].in);
                 rest.bytes;) {
                struct str version = str_cut(rest, ' ', &rest);
                bool in = version_judge(arena, &claims, version) == VERSION_AFFECTED;
                CHECK(t, in == (k == 0), "%s: %.*s is %s", ranges_rows[i].range, STR_F(version),
                      k ? "out" : "in");
            }
    }
    for (size_t i = 0; i < sizeof ranges_bad / sizeof *ranges_bad; i++) {
        struct version_claims claims = {0};
        struct fault *fault =
            version_range_read(arena, str_of(ranges_bad[i]), VERSION_AFFECTED, &claims);
        CHECK(t, fault && !strcmp(fault->code, "malformed-range"), "no range: \"%s\"",
              ranges_bad[i]);
    }
    struct version_claim claim = {.from = STR("1.0"), .to = STR("1.5"), .from_excluded = true};
    CHECK_STR(t, version_claim_print(arena, &claim), "1.0 < v < 1.5", "a claim as text");
    claim = (struct version_claim){0};
    CHECK_STR(t, version_claim_print(arena, &claim), "*", "everything");
}

static const struct {
    const char *text, *concerns;
} cvss_rows[] = {
    {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H", "A"},
    {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/A:H", "A:H"},
    {"CVSS:3.1/AV:Z/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "AV:Z"},
    {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/", "A:H"},
    {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/XX:Y", "XX:Y"},
    {"CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "AV:X"},
    {"CVSS:3.1/av:n/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "av:n"},
    {"AV:N/AC:L/Au:N/C:C/I:C/A:C", "AV:N/AC:L/Au:N/C:C/I:C/A:C"},
    {" CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
     " CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"},
    {"CVSS:4.0/AC:L/AV:N/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", "AV:N"},
    {"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:S", "SA:S"},
    {"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/U:C", "U:C"},
    {"CVSS:3.1/", ""},
};

static const struct {
    int score;
    const char *ja, *en;
} cvss_words[] = {{-1, "評価なし", "Not scored"},
                  {0, "なし", "None"},
                  {1, "注意", "Low"},
                  {39, "注意", "Low"},
                  {40, "警告", "Medium"},
                  {69, "警告", "Medium"},
                  {70, "重要", "High"},
                  {89, "重要", "High"},
                  {90, "緊急", "Critical"},
                  {100, "緊急", "Critical"}};

static void cvss(struct tally *t, struct arena *arena)
{
    struct cvss read;
    for (size_t i = 0; i < sizeof cvss_rows / sizeof *cvss_rows; i++) {
        struct fault *fault = cvss_read(arena, str_of(cvss_rows[i].text), &read);
        CHECK(t, fault && !strcmp(fault->code, "malformed-cvss"), "refused: %s", cvss_rows[i].text);
        CHECK_STR(t, fault ? fault->concerns : STR("?"), cvss_rows[i].concerns, "its part");
    }
    const char *all =
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:P/MSA:S/U:Amber";
    CHECK(t, !cvss_read(arena, str_of(all), &read), "safety, and an urgency in a word");
    CHECK(t,
          cvss_metric(&read, "U") == 'A' && cvss_metric(&read, "MSA") == 'S' &&
              cvss_metric(&read, "CR") == 'X' && !cvss_metric(&read, "RL"),
          "metrics by name");
    CHECK_STR(t, cvss_print(arena, &read), all, "and as it was");
    CHECK(t,
          !cvss_read(arena, STR("CVSS:3.1/A:H/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H"), &read) &&
              read.base == 98,
          "v3 may be in any order");
    for (size_t i = 0; i < sizeof cvss_words / sizeof *cvss_words; i++) {
        enum cvss_severity severity = cvss_severity(cvss_words[i].score);
        CHECK_STR(t, str_of(cvss_severity_word(severity, false)), cvss_words[i].ja,
                  "%d in Japanese", cvss_words[i].score);
        CHECK_STR(t, str_of(cvss_severity_word(severity, true)), cvss_words[i].en, "%d in English",
                  cvss_words[i].score);
    }
    char text[8];
    CHECK_STR(t, cvss_score_print(98, text), "9.8", "a score");
    CHECK_STR(t, cvss_score_print(100, text), "10.0", "the highest");
    CHECK_STR(t, cvss_score_print(CVSS_NO_SCORE, text), "", "none");
}

static const struct {
    const char *uri, *formatted;
} cpe_same[] = {
    {"cpe:/a:microsoft:internet_explorer:8.0.6001:beta",
     "cpe:2.3:a:microsoft:internet_explorer:8.0.6001:beta:*:*:*:*:*:*"},
    {"cpe:/a:microsoft:internet_explorer:8.%02:sp%01",
     "cpe:2.3:a:microsoft:internet_explorer:8.*:sp?:*:*:*:*:*:*"},
    {"cpe:/a:hp:insight_diagnostics:7.4.0.1570::~~online~win2003~x64~",
     "cpe:2.3:a:hp:insight_diagnostics:7.4.0.1570:*:*:*:online:win2003:x64:*"},
    {"cpe:/a:hp:openview_network:7.51::~~~linux~~",
     "cpe:2.3:a:hp:openview_network:7.51:*:*:*:*:linux:*:*"},
    {"cpe:/a:foo%5cbar:big%24money_manager_2010:::~~special~ipod_touch~80gb~",
     "cpe:2.3:a:foo\\\\bar:big\\$money_manager_2010:*:*:*:*:special:ipod_touch:80gb:*"},
    {"cpe:/o:hoshino_denki:hc-100a_firmware:-",
     "cpe:2.3:o:hoshino_denki:hc-100a_firmware:-:*:*:*:*:*:*:*"},
    {"cpe:/h:hoshino_denki", "cpe:2.3:h:hoshino_denki:*:*:*:*:*:*:*:*:*"},
};

static const char *const cpe_bad[] = {"",
                                      "cpe:2.3:h",
                                      "cpe:2.3:x:a:b:*:*:*:*:*:*:*:*",
                                      "cpe:2.3:a:a:b:*:*:*:*:*:*:*:*:*",
                                      "cpe:2.3:a:a b:b:*:*:*:*:*:*:*:*",
                                      "cpe:2.3:a:a*b:b:*:*:*:*:*:*:*:*",
                                      "cpe:2.3:a:a\\:b:*:*:*:*:*:*:*:*",
                                      "cpe:2.3:a:**:b:*:*:*:*:*:*:*:*",
                                      "cpe:2.3:a:a$:b:*:*:*:*:*:*:*:*",
                                      "cpe:2.3:a::b:*:*:*:*:*:*:*:*",
                                      "cpe:/a:b%0",
                                      "cpe:/a:b:c:d:e:f:g:h",
                                      "cpe:/a:b:c:d:e:~a~b",
                                      "cpe:/z:b",
                                      "cpe:/a:b%09"};

static const struct {
    const char *source, *target;
    enum cpe_relation relation;
    bool matches;
} cpe_rows[] = {{"*", "*", CPE_EQUAL, true},          {"*", "-", CPE_SUPERSET, true},
                {"*", "1.0", CPE_SUPERSET, true},     {"*", "1.?", CPE_UNDEFINED, false},
                {"-", "*", CPE_SUBSET, true},         {"-", "-", CPE_EQUAL, true},
                {"-", "1.0", CPE_DISJOINT, false},    {"1.0", "1.0", CPE_EQUAL, true},
                {"1.0", "1.1", CPE_DISJOINT, false},  {"1.0", "*", CPE_SUBSET, true},
                {"1.0", "-", CPE_DISJOINT, false},    {"1.*", "1.5.2", CPE_SUPERSET, true},
                {"1.?", "1.5", CPE_SUPERSET, true},   {"1.?", "1.55", CPE_DISJOINT, false},
                {"*.5", "1.5", CPE_SUPERSET, true},   {"1.*", "*", CPE_SUBSET, true},
                {"1.*", "1.*", CPE_UNDEFINED, false}, {"BETA", "beta", CPE_EQUAL, true}};

static void cpe(struct tally *t, struct arena *arena)
{
    /* NISTIR 7695, examples of 6.1.3 and 6.2.3: URI and formatted string of one name */
    for (size_t i = 0; i < sizeof cpe_same / sizeof *cpe_same; i++) {
        struct cpe a, b;
        bool read = !cpe_read(arena, str_of(cpe_same[i].uri), &a) &&
                    !cpe_read(arena, str_of(cpe_same[i].formatted), &b);
        if (!CHECK(t, read, "read: %s", cpe_same[i].formatted))
            continue;
        CHECK_STR(t, cpe_print(arena, &a), cpe_same[i].formatted, "URI to formatted string");
        CHECK_STR(t, cpe_print_uri(arena, &b), cpe_same[i].uri, "formatted string to URI");
    }
    for (size_t i = 0; i < sizeof cpe_bad / sizeof *cpe_bad; i++) {
        struct cpe name;
        struct fault *fault = cpe_read(arena, str_of(cpe_bad[i]), &name);
        CHECK(t, fault && !strcmp(fault->code, "malformed-cpe"), "no CPE name: %s", cpe_bad[i]);
    }
    /* NISTIR 7696, table 6-2 and 7.3: source, target, relation of versions, do they match */
    for (size_t i = 0; i < sizeof cpe_rows / sizeof *cpe_rows; i++) {
        struct cpe a, b;
        static const char form[] = "cpe:2.3:a:v:p:%s:*:*:*:*:*:*:*";
        struct str source = str_print(arena, form, cpe_rows[i].source);
        if (!CHECK(t,
                   !cpe_read(arena, source, &a) &&
                       !cpe_read(arena, str_print(arena, form, cpe_rows[i].target), &b),
                   "both are read"))
            continue;
        CHECK(t,
              cpe_compare_value(&a.value[CPE_VERSION], &b.value[CPE_VERSION]) ==
                  cpe_rows[i].relation,
              "%s against %s: relation", cpe_rows[i].source, cpe_rows[i].target);
        CHECK(t, cpe_matches(&a, &b) == cpe_rows[i].matches, "%s against %s: match",
              cpe_rows[i].source, cpe_rows[i].target);
        CHECK(t, cpe_same_product(&a, &b), "the product is the cpe_same");
    }
}

static void purl(struct tally *t, struct arena *arena)
{
    static const char *const bad[] = {"",
                                      "pkg:",
                                      "pkg:npm",
                                      "pkg:npm/",
                                      "npm/a",
                                      "pkg:1npm/a",
                                      "pkg:n_m/a",
                                      "pkg:npm/a?1=b",
                                      "pkg:npm/a?b=c&B=d",
                                      "pkg:npm/a%",
                                      "pkg:npm/%ff",
                                      "pkg:npm/a%00",
                                      "pkg:maven/a",
                                      "pkg:swift/a@1",
                                      "pkg:oci/a/b",
                                      "pkg:npm/a%2Fb/c@1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct purl read;
        struct fault *fault = purl_read(arena, str_of(bad[i]), &read);
        CHECK(t, fault && !strcmp(fault->code, "malformed-purl"), "no package URL: %s", bad[i]);
    }
    struct purl a, b;
    CHECK(t,
          !purl_read(arena, STR("pkg:npm/%40Tsukiyo/Left-Pad@1.3.0"), &a) &&
              !purl_read(arena, STR("PKG://npm//@tsukiyo/left-pad?x=#y"), &b) &&
              purl_same_package(&a, &b),
          "one package, of any version");
    CHECK_STR(t, purl_print(arena, &a), "pkg:npm/%40tsukiyo/left-pad@1.3.0", "its proper form");
    CHECK_STR(t, purl_package(arena, &b), "npm/@tsukiyo/left-pad", "its key");
}

static void importances(struct tally *t)
{
    const struct importance_limits ours = importance_limits_ours();
    static const struct {
        int score;
        bool exploited;
        int64_t models, labels;
        enum importance wanted;
        const char *what;
    } rows[] = {
        {39, false, 1, 1, IMPORTANCE_LOW, "3.9"},
        {40, false, 1, 1, IMPORTANCE_MEDIUM, "4.0"},
        {69, false, 1, 1, IMPORTANCE_MEDIUM, "6.9"},
        {70, false, 1, 1, IMPORTANCE_HIGH, "7.0"},
        {89, false, 999, 49, IMPORTANCE_HIGH, "8.9, one short of a wide reach"},
        {89, false, 1000, 1, IMPORTANCE_SERIOUS, "8.9 in a thousand models"},
        {89, false, 60, 50, IMPORTANCE_SERIOUS, "8.9 in fifty labels"},
        {90, false, 1, 1, IMPORTANCE_SERIOUS, "9.0"},
        {39, false, 5000, 500, IMPORTANCE_LOW, "a low one is not raised by reach"},
        {10, true, 1, 1, IMPORTANCE_HIGH, "exploited: at least high"},
        {75, true, 1, 1, IMPORTANCE_SERIOUS, "exploited: one word graver"},
        {98, true, 0, 0, IMPORTANCE_MEDIUM, "no labelled model: no label to act on"},
        {-1, false, 1, 1, IMPORTANCE_MEDIUM, "no score"},
        {-1, true, 1, 1, IMPORTANCE_HIGH, "no score, exploited"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct importance_facts facts = {rows[i].score, rows[i].exploited, rows[i].models,
                                         rows[i].labels};
        CHECK(t, importance_of(&ours, &facts, NULL) == rows[i].wanted, "4.8.3: %s: %s",
              rows[i].what, importance_name(rows[i].wanted));
    }
    struct importance_limits others = ours;
    others.serious_tenths = 95;
    others.wide_models = others.wide_labels = 0;
    others.exploited_raises = false;
    struct importance_facts facts = {94, true, 100000, 10000};
    struct importance_reasons reasons;
    CHECK(t,
          importance_of(&others, &facts, &reasons) == IMPORTANCE_HIGH && !reasons.raised_by_reach &&
              !reasons.raised_by_exploitation,
          "the thresholds are parameters");
    importance_of(&ours, &(struct importance_facts){75, true, 0, 0}, &reasons);
    CHECK(t,
          reasons.by_score == IMPORTANCE_HIGH && reasons.raised_by_exploitation &&
              reasons.lowered_by_no_reach,
          "the reasons are told");
    CHECK_STR(t, str_of(importance_word(IMPORTANCE_SERIOUS, false)), "重大", "a word in Japanese");
    CHECK_STR(t, str_of(importance_word(IMPORTANCE_SERIOUS, true)), "Serious", "and in English");
}

int main(void)
{
    struct tally tally = {0};
    struct arena *arena = arena_new((size_t)256 << 20);
    orders(&tally, arena);
    ranges(&tally, arena);
    cvss(&tally, arena);
    cpe(&tally, arena);
    purl(&tally, arena);
    importances(&tally);
    arena_free(arena);
    return tally_end(&tally);
}
