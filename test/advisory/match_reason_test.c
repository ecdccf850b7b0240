/* match_reason_test.c: which labelled models an advisory speaks of, by which reasons, and which it
 * does not (4.8.3). SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "advisory/match.h"
#include "base/buf.h"
#include "check.h"

#include "base/banned.h"

#define WORDS(...)                                                                                 \
    {                                                                                              \
        (const struct str[]){__VA_ARGS__},                                                         \
            sizeof((struct str[]){__VA_ARGS__}) / sizeof(struct str)                               \
    }

/* The registry of this test: two makers, of whom one sells the other's numbers too. */
static struct match_index *registry(struct arena *arena)
{
    struct match_index *index = match_index_new((size_t)64 << 20);
    static const struct component parts[] = {
        {.name = {"hoshi-tls", 9},
         .version = {"3.0.8", 5},
         .supplier = {"Hoshi TLS project", 17},
         .purl = {"pkg:generic/hoshi-tls@3.0.8", 27}},
        {.name = {"core", 4}, .version = {"1.0", 3}},
        {.name = {"tsukiyo-json", 12},
         .version = {"1.2", 3},
         .cpe = {"cpe:2.3:a:tsukiyo:tsukiyo-json:1.2:*:*:*:*:*:*:*", 48}},
    };
    const struct words hoshino =
        WORDS(STR("星野電機株式会社"), STR("Hoshino Denki Co., Ltd."), STR("HOSHIEYE"));
    const struct words tsukiyo = WORDS(STR("株式会社つきよ"), STR("Tsukiyo Japan K.K."));
    const struct words eye =
        WORDS(STR("ほしアイ プロ ネットワークカメラ"), STR("HoshiEye Pro Network Camera"));
    const struct words plain = WORDS(STR("ネットワークカメラ"), STR("Network Camera"));
    const struct words v108 = WORDS(STR("Ver.１．０８")), both = WORDS(STR("1.08"), STR("2.00"));
    const struct words n100a = WORDS(STR("HC-100A")), n100b = WORDS(STR("HC-100B")),
                       n1000 = WORDS(STR("HC-1000A"));
    const struct words n200 = WORDS(STR("ＨＣ－２００Ｗ")),
                       other = WORDS(STR("HC-100A"), STR("ZX-98000Q"));
    const struct words cpe = WORDS(STR("cpe:2.3:h:hoshino_denki:hc-200w:-:*:*:*:*:*:*:*"));
    int sbom = 0;
    struct labelled_model models[] = {
        {STR("L1"), hoshino, eye, n100a, v108, {0}, MATCH_SBOM_NONE, 1},
        {STR("L1"), hoshino, eye, n100b, both, {0}, MATCH_SBOM_NONE, 2},
        {STR("L2"), hoshino, plain, n1000, {0}, {0}, 0, 3},
        {STR("L3"), hoshino, plain, n200, {0}, cpe, 0, 4},
        {STR("L4"), tsukiyo, plain, other, {0}, {0}, MATCH_SBOM_NONE, 5},
    };
    bool good = !match_add_sbom(index, arena, parts, sizeof parts / sizeof *parts, &sbom);
    for (size_t i = 0; i < sizeof models / sizeof *models; i++)
        good = good && !match_add(index, arena, &models[i]);
    return good && !match_seal(index, arena) ? index : NULL;
}

/* Keys of the models from a rank on, in order: "1 2". */
static struct str found(struct match_index *index, struct arena *arena,
                        const struct advisory_product *product, enum match_rank from)
{
    struct advisory advisory = {
        .id = STR("CVE-2026-1"), .title = STR("x"), .products = product, .products_n = 1};
    struct matches matches;
    struct buf keys = buf_new(arena, 100);
    if (match_find(index, arena, &advisory, 100, &matches))
        return STR("fault");
    for (int64_t key = 1; key <= 5; key++)
        for (size_t i = 0; i < matches.n; i++)
            if (matches.at[i].key == key && matches.at[i].rank >= from) {
                buf_add_z(&keys, keys.bytes ? " " : "");
                buf_add_int(&keys, key);
            }
    return buf_str(&keys);
}

static void names(struct tally *t, struct match_index *index, struct arena *arena)
{
    static const struct {
        const char *vendor, *product, *likely, *possible;
    } rows[] = {
        {"Hoshino Denki", "HC-100A", "1", "1"},
        {"HOSHINO DENKI CO.,LTD.", "hc100a", "1", "1"},
        {"星野電機（株）", "ＨＣ－１００Ａ", "1", "1"},
        {"hoshino_denki", "hc-100a_firmware", "1", "1"},
        {"Hoshino Denki Japan", "HCー100A", "1", "1"},
        {"HoshiEye", "HC 100A firmware", "1", "1"},
        {"ﾎｼｱｲ", "HC-100A", "", ""},
        {"星野電機", "ネットワークカメラHC-100A、HC-100B", "1 2", "1 2"},
        {"星野電機", "HC-100A/B", "1 2", "1 2"},
        {"星野電機", "HC-100シリーズ", "", "1 2"},
        {"星野電機", "HC-100 series", "", "1 2"},
        {"星野電機", "HC-100*", "", "1 2"},
        {"星野電機", "HC-10xA", "", "1"},
        {"星野電機", "HC-1xx", "", "1 2"},
        {"星野電機", "HC-1xxx", "", "1 2 3"},
        {"星野電機", "HC-100", "", "1 2"},
        {"星野電機", "HC-200", "", "4"},
        {"星野電機", "HC-10", "", ""},
        {"星野電機", "HoshiEye Pro", "1 2", "1 2"},
        {"星野電機", "ほしアイ プロ", "1 2", "1 2"},
        {"星野電機", "星野電機製ほしアイ プロ", "1 2", "1 2"},
        {"Hoshino Denki", "Hoshino Denki HC-100A", "1", "1"},
        {"", "星野電機 HC-100A", "1", "1"},
        {"", "星野電機製ネットワークカメラHC-100A", "1", "1"},
        {"", "HC-100A", "", "1 5"},
        {"Tsukiyo", "HC-100A", "5", "5"},
        {"Hoshino Elec.", "HC-100A", "", "1"},
        {"Somebody Else", "HC-100A", "", ""},
        {"Somebody Else", "ZX-98000Q", "", ""},
        /* never by generic words, by versions, by numbers alone */
        {"星野電機", "ネットワークカメラ", "", ""},
        {"星野電機", "Network Camera firmware", "", ""},
        {"星野電機", "Web console 1.08", "", ""},
        {"星野電機", "100", "", ""},
        {"星野電機", "", "", ""},
        {"", "Network Camera", "", ""},
        {"Somebody Else", "core", "", ""},
        {"Hoshino Denki", "HC-999Z", "", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct advisory_product product = {.vendor = str_of(rows[i].vendor),
                                           .product = str_of(rows[i].product)};
        CHECK_STR(t, found(index, arena, &product, MATCH_LIKELY), rows[i].likely, "%s / %s: likely",
                  rows[i].vendor, rows[i].product);
        CHECK_STR(t, found(index, arena, &product, MATCH_POSSIBLE), rows[i].possible,
                  "%s / %s: possible", rows[i].vendor, rows[i].product);
    }
}

static struct version_claims below(struct arena *arena, const char *version)
{
    struct version_claims claims = {.otherwise = VERSION_NOT_AFFECTED};
    version_claims_add(arena, &claims,
                       (struct version_claim){.status = VERSION_AFFECTED, .to = str_of(version)});
    return claims;
}

static struct match best(struct match_index *index, struct arena *arena,
                         const struct advisory_product *product, int64_t key)
{
    struct advisory advisory = {.id = STR("CVE-2026-1"), .products = product, .products_n = 1};
    struct matches matches;
    if (!match_find(index, arena, &advisory, 100, &matches))
        for (size_t i = 0; i < matches.n; i++)
            if (matches.at[i].key == key)
                return matches.at[i];
    return (struct match){.key = -1};
}

static void versions(struct tally *t, struct match_index *index, struct arena *arena)
{
    struct advisory_product product = {.vendor = STR("Hoshino Denki"), .product = STR("HC-100A/B")};
    product.versions = below(arena, "1.10");
    struct match one = best(index, arena, &product, 1), two = best(index, arena, &product, 2);
    CHECK(t,
          one.rank == MATCH_STRONG && one.score == 85 &&
              one.reasons == (MATCH_VENDOR | MATCH_MODEL | MATCH_VERSION),
          "maker, model number and an affected version: strong");
    CHECK_STR(t, one.version, "Ver.１．０８", "the version as the label has it");
    CHECK_STR(t, one.by, "HC-100A", "the model number as the label has it");
    CHECK(t, two.reasons & MATCH_VERSION, "one affected version of two is enough");
    product.versions = below(arena, "1.00");
    one = best(index, arena, &product, 1);
    CHECK(t, one.rank == MATCH_OUTSIDE && one.reasons & MATCH_VERSION_OTHER && one.score == 70,
          "labelled versions that are not affected: told, as outside");
    product.versions = (struct version_claims){0};
    one = best(index, arena, &product, 1);
    CHECK(t, one.rank == MATCH_STRONG && one.score == 70, "versions not known: without them");
    product.product = STR("HC-1000A");
    product.versions = below(arena, "9");
    one = best(index, arena, &product, 3);
    CHECK(t, one.score == 70, "a label without versions: without them");
    CHECK_STR(t, match_reasons_print(arena, one.reasons, false), "メーカー名、型番",
              "reasons in Japanese");
    CHECK_STR(t, match_reasons_print(arena, one.reasons, true), "maker, model number",
              "and in English");
}

static void components(struct tally *t, struct match_index *index, struct arena *arena)
{
    struct advisory_product product = {.purl = STR("pkg:generic/hoshi-tls"),
                                       .versions = below(arena, "3.0.9")};
    struct match three = best(index, arena, &product, 3);
    CHECK(t,
          three.rank == MATCH_LIKELY &&
              three.reasons == (MATCH_PURL | MATCH_COMPONENT | MATCH_VERSION) && three.score == 60,
          "a component by its package URL, in an affected version: likely");
    CHECK_STR(t, three.by, "hoshi-tls", "its name");
    CHECK_STR(t, found(index, arena, &product, MATCH_POSSIBLE), "3 4", "every model that has it");
    product.versions = below(arena, "3.0.8");
    CHECK_STR(t, found(index, arena, &product, MATCH_OUTSIDE), "", "another version: nothing");
    product =
        (struct advisory_product){.vendor = STR("Hoshi TLS Project"), .product = STR("Hoshi-TLS")};
    CHECK_STR(t, found(index, arena, &product, MATCH_POSSIBLE), "3 4", "by name and supplier");
    product.vendor = STR_NONE;
    CHECK_STR(t, found(index, arena, &product, MATCH_POSSIBLE), "",
              "by its name alone: too little");
    product.versions = below(arena, "4");
    CHECK_STR(t, found(index, arena, &product, MATCH_POSSIBLE), "3 4",
              "by name and affected version");
    CHECK_STR(t, found(index, arena, &product, MATCH_LIKELY), "", "which is not likely");
    product.purl = STR("pkg:npm/hoshi-tls");
    CHECK_STR(t, found(index, arena, &product, MATCH_POSSIBLE), "", "another package of that name");
    product = (struct advisory_product){.cpe = STR("cpe:/a:tsukiyo:tsukiyo-json"),
                                        .versions = below(arena, "2")};
    CHECK_STR(t, found(index, arena, &product, MATCH_LIKELY), "3 4", "a component by its CPE name");
    product = (struct advisory_product){
        .cpe = STR("cpe:2.3:o:hoshino_denki:hc-200w_firmware:*:*:*:*:*:*:*:*")};
    struct match four = best(index, arena, &product, 4);
    CHECK(t, four.rank == MATCH_STRONG && four.reasons & MATCH_CPE && four.reasons & MATCH_VENDOR,
          "a label's own CPE name, firmware and device alike: strong");
}

static void counts(struct tally *t, struct match_index *index, struct arena *arena)
{
    struct advisory_product products[2] = {
        {.vendor = STR("星野電機"), .product = STR("HC-100A")},
        {.vendor = STR("星野電機"), .product = STR("HC-100シリーズ")}};
    struct advisory advisory = {.id = STR("CVE-2026-1"), .products = products, .products_n = 2};
    struct matches matches;
    CHECK(t,
          !match_find(index, arena, &advisory, 1, &matches) && matches.n == 1 &&
              matches.models == 2 && matches.labels == 1,
          "the best one, and the reach of all");
    CHECK(t,
          matches.at[0].key == 1 && matches.at[0].product == 0 &&
              matches.by_rank[MATCH_STRONG] == 1 && matches.by_rank[MATCH_POSSIBLE] == 1,
          "a model is counted once, by its best");
    advisory.rejected = true;
    CHECK(t, !match_find(index, arena, &advisory, 10, &matches) && !matches.n && !matches.models,
          "a rejected advisory matches nothing");
    advisory = (struct advisory){.id = STR("JVNDB-2026-1"),
                                 .title = STR("星野電機製HC-100Aにおける認証回避の脆弱性")};
    CHECK(t,
          !match_find(index, arena, &advisory, 10, &matches) && matches.n == 1 &&
              matches.at[0].rank == MATCH_STRONG,
          "an advisory without products is looked for by its title");
    CHECK_STR(t, str_of(match_rank_name(MATCH_STRONG)), "strong", "a rank");
    CHECK_STR(t, model_key(arena, STR("ＨＣ－１００Ａ")), "hc100a", "a model number's key");
    CHECK_STR(t, model_key(arena, STR("HC 100+")), "hc100+", "a plus sign is part of it");
    CHECK(t, !model_key(arena, STR("--")).bytes && !model_key(arena, STR("\xff")).bytes, "none");
}

static void bounds(struct tally *t, struct arena *arena)
{
    const struct words one = WORDS(STR("HC-100A"));
    struct match_index *index = match_index_new((size_t)12 << 20);
    struct fault *fault = NULL;
    if (!CHECK(t, index, "a small index"))
        return;
    size_t n = 0;
    for (; !fault && n < 1000000; n++) {
        struct str number = str_print(arena, "HC-%zu", n);
        struct labelled_model model = {
            .label = number, .makers = one, .models = {&number, 1}, .sbom = -1};
        fault = match_add(index, arena, &model);
    }
    CHECK(t, fault && !strcmp(fault->code, "too-large") && n > 1000,
          "an index that is full says so");
    match_index_free(index);
    index = match_index_new((size_t)12 << 20);
    struct advisory advisory = {.title = STR("HC-100A")};
    struct matches matches;
    CHECK(t,
          !match_seal(index, arena) && !match_find(index, arena, &advisory, 10, &matches) &&
              !matches.n,
          "an empty index answers");
    match_index_free(index);
}

/* Twenty thousand products, each of which names every model of a maker: the search ends, and says
 * so. */
static void hostile(struct tally *t, struct arena *arena)
{
    enum { MODELS = 3000, PRODUCTS = 20000 };
    const struct words maker = WORDS(STR("Hoshino Denki"));
    struct match_index *index = match_index_new((size_t)64 << 20);
    struct fault *fault = NULL;
    for (size_t n = 0; n < MODELS && !fault; n++) {
        struct str number = str_print(arena, "HC-1%zuA", n);
        struct labelled_model model = {.label = number,
                                       .makers = maker,
                                       .models = {&number, 1},
                                       .sbom = -1,
                                       .key = (int64_t)n};
        fault = match_add(index, arena, &model);
    }
    struct advisory_product *products = NEW_ARRAY(arena, PRODUCTS, struct advisory_product);
    for (size_t i = 0; i < PRODUCTS; i++)
        products[i] = (struct advisory_product){.vendor = STR("Hoshino Denki"),
                                                .product = STR("HC-1A*, HC-1xxxA")};
    struct advisory advisory = {.title = STR("x"), .products = products, .products_n = PRODUCTS};
    struct matches matches = {0};
    size_t before = arena_used(arena);
    bool found =
        !fault && !match_seal(index, arena) && !match_find(index, arena, &advisory, 10, &matches);
    CHECK(t, found && matches.cut && matches.models > 100, "a hostile advisory is cut");
    CHECK(t, arena_used(arena) - before < (size_t)1 << 20, "and takes no memory of the caller's");
    advisory.products_n = 1;
    CHECK(t, !match_find(index, arena, &advisory, 10, &matches) && !matches.cut,
          "an ordinary one is not");
    match_index_free(index);
}

int main(void)
{
    struct tally tally = {0};
    struct arena *arena = arena_new((size_t)1 << 30);
    struct match_index *index = registry(arena);
    if (CHECK(&tally, index, "the index is built")) {
        names(&tally, index, arena);
        versions(&tally, index, arena);
        components(&tally, index, arena);
        counts(&tally, index, arena);
    }
    match_index_free(index);
    bounds(&tally, arena);
    hostile(&tally, arena);
    arena_free(arena);
    return tally_end(&tally);
}
