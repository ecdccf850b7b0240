/* corpus.c: a made registry.
 * SPDX-License-Identifier: Apache-2.0 */
#include "corpus.h"

#include "base/banned.h"

enum { LETTERS = 6, PARTS_MIN = 300, FAMILY_MODELS = 12 };

static const char *const syllables[] = {"ho", "shi", "no", "tsu", "ki", "yo",  "ka", "ze",
                                        "ha", "na",  "mi", "zu",  "so", "ra",  "yu", "me",
                                        "ko", "to",  "ri", "wa",  "ta", "chi", "fu", "ne"};
static const char *const kana[] = {"ホ", "シ", "ノ", "ツ", "キ", "ヨ", "カ", "ゼ",
                                   "ハ", "ナ", "ミ", "ズ", "ソ", "ラ", "ユ", "メ",
                                   "コ", "ト", "リ", "ワ", "タ", "チ", "フ", "ネ"};
static const char *const kanji[] = {"星", "野", "月", "夜", "風", "花", "水", "空",
                                    "夢", "琴", "鳥", "輪", "滝", "舟", "雪", "森",
                                    "岩", "浜", "原", "谷", "峰", "沢", "岡", "島"};
static const char *const trades[][2] = {{"Denki", "電機"}, {"Tsushin", "通信"}, {"Giken", "技研"},
                                        {"Kogyo", "工業"}, {"Works", "製作所"}, {"Optics", "光学"},
                                        {"Keiki", "計器"}, {"Robotics", "機工"}};
static const char *const prefixes[] = {"HC", "TR", "NX", "GW", "SK", "WL", "DL",
                                       "RC", "PX", "EM", "LT", "HB", "VR", "CZ"};

uint32_t corpus_random(struct corpus *corpus, uint32_t below)
{
    corpus->random ^= corpus->random << 13;
    corpus->random ^= corpus->random >> 7;
    corpus->random ^= corpus->random << 17;
    return (uint32_t)(corpus->random >> 20) % below;
}

static struct str said(struct arena *arena, const char *const *of, uint32_t n, bool capital)
{
    const char *a = of[n % 24], *b = of[n / 24 % 24], *c = of[n / 576 % 24];
    struct str text = str_print(arena, "%s%s%s", a, b, c);
    if (capital)
        ((char *)text.at)[0] = (char)(text.at[0] - 'a' + 'A');
    return text;
}

static void make_maker(struct corpus *corpus, uint32_t i)
{
    struct corpus_maker *maker = &corpus->makers[i];
    const char *const *trade = trades[i % 8];
    uint32_t name = i * 7 + 11;
    struct str english = said(corpus->arena, syllables, name, true);
    maker->english = str_print(corpus->arena, "%.*s %s", STR_F(english), trade[0]);
    maker->japanese = str_print(corpus->arena, "%s%s%s%s", kanji[name % 24], kanji[name / 24 % 24],
                                name >= 576 ? kanji[name / 576 % 24] : "", trade[1]);
    maker->slug =
        str_lower(corpus->arena, str_print(corpus->arena, "%.*s_%s", STR_F(english), trade[0]));
    maker->prefix = prefixes[corpus_random(corpus, 14)];
}

static void make_label(struct corpus *corpus, struct corpus_label *label)
{
    for (size_t i = 0; i < CORPUS_PARTS; i++) {
        /* few components are in most products, most in few */
        uint32_t a = corpus_random(corpus, (uint32_t)corpus->parts_n) + 1;
        label->part[i] = corpus_random(corpus, a);
        label->version[i] = (1 + corpus_random(corpus, 3)) * 10000 +
                            corpus_random(corpus, 12) * 100 + corpus_random(corpus, 20);
        for (size_t k = 0; k < i; k++)
            if (label->part[k] == label->part[i])
                label->version[i] = label->version[k];
    }
}

struct corpus *corpus_new(struct arena *arena, uint64_t seed, size_t models)
{
    struct corpus *corpus = NEW(arena, struct corpus);
    *corpus = (struct corpus){.arena = arena,
                              .random = seed * 2654435761u + 88172645463325252u,
                              .models_n = models,
                              .makers_n = models / 500 + 20,
                              .parts_n = models / 500 + PARTS_MIN};
    corpus->makers = NEW_ARRAY(arena, corpus->makers_n, struct corpus_maker);
    corpus->models = NEW_ARRAY(arena, models, struct corpus_model);
    corpus->labels = NEW_ARRAY(arena, models, struct corpus_label);
    for (uint32_t i = 0; i < corpus->makers_n; i++)
        make_maker(corpus, i);
    uint32_t left = 0; /* models of this label still to come */
    for (uint32_t i = 0; i < models; i++) {
        uint32_t m = (uint32_t)((uint64_t)i * corpus->makers_n / models);
        struct corpus_maker *maker = &corpus->makers[m];
        if (!maker->n)
            maker->first = i;
        uint32_t place = maker->n++;
        if (!left || !place) {
            make_label(corpus, &corpus->labels[corpus->labels_n]);
            corpus->labels[corpus->labels_n++].first = i;
            left = 1 + corpus_random(corpus, 20);
        }
        left--;
        corpus->labels[corpus->labels_n - 1].n++;
        corpus->models[i] = (struct corpus_model){.maker = m,
                                                  .label = (uint32_t)corpus->labels_n - 1,
                                                  .series = 100 + place / LETTERS,
                                                  .letter = (char)('A' + place % LETTERS),
                                                  .family = place / FAMILY_MODELS,
                                                  .version = 100 + corpus_random(corpus, 3) * 100 +
                                                             corpus_random(corpus, 40)};
    }
    return corpus;
}

struct str corpus_model_number(struct arena *arena, const struct corpus *corpus, uint32_t model)
{
    const struct corpus_model *at = &corpus->models[model];
    return str_print(arena, "%s-%u%c", corpus->makers[at->maker].prefix, (unsigned)at->series,
                     at->letter);
}

struct str corpus_family_name(struct arena *arena, const struct corpus *corpus, uint32_t model,
                              bool english)
{
    const struct corpus_model *at = &corpus->models[model];
    uint32_t name = at->maker * 31 + at->family * 5 + 3;
    if (english)
        return str_print(arena, "%.*s Network Camera", STR_F(said(arena, syllables, name, true)));
    return str_print(arena, "%.*s ネットワークカメラ", STR_F(said(arena, kana, name, false)));
}

struct str corpus_part_name(struct arena *arena, uint32_t part)
{
    return str_print(arena, "lib%.*s", STR_F(said(arena, syllables, part * 5 + 1, false)));
}

static void components_of(struct arena *arena, const struct corpus_label *label,
                          struct component *out)
{
    for (size_t i = 0; i < CORPUS_PARTS; i++) {
        uint32_t part = label->part[i], v = label->version[i];
        struct str name = corpus_part_name(arena, part);
        struct str version = str_print(arena, "%u.%u.%u", (unsigned)(v / 10000),
                                       (unsigned)(v / 100 % 100), (unsigned)(v % 100));
        out[i] = (struct component){.name = name, .version = version};
        out[i].supplier = str_print(arena, "%.*s project", STR_F(name));
        if (part % 3 == 0)
            out[i].purl = str_print(arena, "pkg:generic/%.*s@%.*s", STR_F(name), STR_F(version));
        if (part % 3 == 1)
            out[i].cpe = str_print(arena, "cpe:2.3:a:%.*s_project:%.*s:%.*s:*:*:*:*:*:*:*",
                                   STR_F(name), STR_F(name), STR_F(version));
    }
}

/* As makers write them. */
static struct str version_of(struct arena *arena, uint32_t model, uint32_t v)
{
    unsigned major = (unsigned)(v / 100), minor = (unsigned)(v % 100);
    switch (model % 5) {
    case 0:
        return str_print(arena, "V%u.%02u", major, minor);
    case 1:
        return str_print(arena, "Ver.%u.%02u", major, minor);
    case 2:
        return str_print(arena, "%u.%u", major, minor);
    case 3: { /* full width */
        struct str narrow = str_print(arena, "%u.%02u", major, minor);
        char *wide = arena_alloc(arena, narrow.bytes * 3 + 1);
        for (size_t i = 0; i < narrow.bytes; i++) {
            wide[i * 3] = (char)0xEF;
            wide[i * 3 + 1] = (char)0xBC;
            wide[i * 3 + 2] = (char)(narrow.at[i] + 0x60);
        }
        return (struct str){wide, narrow.bytes * 3};
    }
    default:
        return str_print(arena, "firmware %u.%02u", major, minor);
    }
}

static struct fault *add_model(const struct corpus *corpus, struct match_index *index,
                               struct arena *scratch, uint32_t i, int sbom)
{
    const struct corpus_maker *maker = &corpus->makers[corpus->models[i].maker];
    struct str makers[2] = {str_print(scratch, "%.*s Co., Ltd.", STR_F(maker->english)),
                            str_print(scratch, "%.*s株式会社", STR_F(maker->japanese))};
    struct str products[2] = {corpus_family_name(scratch, corpus, i, false),
                              corpus_family_name(scratch, corpus, i, true)};
    struct str number = corpus_model_number(scratch, corpus, i);
    struct str version = version_of(scratch, i, corpus->models[i].version);
    struct str cpe = str_print(scratch, "cpe:2.3:h:%.*s:%.*s:-:*:*:*:*:*:*:*", STR_F(maker->slug),
                               STR_F(str_lower(scratch, number)));
    struct labelled_model model = {
        .label = str_print(scratch, "HS26-%06u", (unsigned)corpus->models[i].label),
        .makers = {makers, 2},
        .products = {products, 2},
        .models = {&number, 1},
        .versions = {&version, 1},
        .cpes = {&cpe, i % 3 == 0},
        .sbom = sbom,
        .key = i};
    return match_add(index, scratch, &model);
}

struct fault *corpus_fill(const struct corpus *corpus, struct match_index *index,
                          struct arena *scratch)
{
    for (uint32_t l = 0; l < corpus->labels_n; l++) {
        const struct corpus_label *label = &corpus->labels[l];
        struct component components[CORPUS_PARTS];
        int sbom;
        arena_reset(scratch);
        components_of(scratch, label, components);
        TRY(match_add_sbom(index, scratch, components, CORPUS_PARTS, &sbom));
        for (uint32_t i = label->first; i < label->first + label->n; i++)
            TRY(add_model(corpus, index, scratch, i, sbom));
    }
    return match_seal(index, scratch);
}
