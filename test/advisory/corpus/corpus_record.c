/* corpus_record.c: made advisories, as CVE records, and whom they affect.
 * SPDX-License-Identifier: Apache-2.0 */
#include "corpus.h"

#include <stdlib.h>

#include "base/buf.h"

#include "base/banned.h"

/* A record while it is made. */
struct making {
    struct corpus *corpus;
    struct arena *arena;
    struct buf affected; /* items of "affected" */
    struct corpus_record out;
    uint32_t *models;
    size_t size;
    uint32_t below; /* versions below this one are affected; UINT32_MAX: all */
};

static uint32_t pick(struct making *making, uint32_t below)
{
    return corpus_random(making->corpus, below);
}

static void affect(struct making *making, uint32_t model)
{
    if (making->out.models_n == making->size) {
        size_t size = making->size ? making->size * 2 : 64;
        uint32_t *models = NEW_ARRAY(making->arena, size, uint32_t);
        for (size_t i = 0; i < making->out.models_n; i++)
            models[i] = making->models[i];
        making->models = models;
        making->size = size;
    }
    making->models[making->out.models_n++] = model;
}

static void affect_if_below(struct making *making, uint32_t model)
{
    if (making->corpus->models[model].version < making->below)
        affect(making, model);
}

/* Each ASCII character in full width. */
static struct str wide(struct arena *arena, struct str text)
{
    struct buf out = buf_new(arena, 1000);
    for (size_t i = 0; i < text.bytes; i++) {
        unsigned point = 0xFEE0u + (unsigned char)text.at[i];
        char bytes[3] = {(char)(0xE0 | point >> 12), (char)(0x80 | (point >> 6 & 63)),
                         (char)(0x80 | (point & 63))};
        buf_add(&out, (struct str){bytes, 3});
    }
    return buf_str(&out);
}

/* The hyphen of a model number made another, or nothing. */
static struct str hyphen(struct arena *arena, struct str number, const char *instead)
{
    struct str behind, front = str_cut(number, '-', &behind);
    return str_print(arena, "%.*s%s%.*s", STR_F(front), instead, STR_F(behind));
}

static struct str number_variant(struct making *making, struct str number)
{
    static const char *const hyphens[] = {"-", "", " ", "\xE3\x83\xBC", "\xE2\x80\x90", "_"};
    switch (pick(making, 4)) {
    case 0:
        return wide(making->arena, number);
    case 1:
        return str_lower(making->arena, number);
    default:
        return hyphen(making->arena, number, hyphens[pick(making, 6)]);
    }
}

static struct str vendor_variant(struct making *making, uint32_t maker)
{
    const struct corpus_maker *at = &making->corpus->makers[maker];
    switch (pick(making, 6)) {
    case 0:
        return str_print(making->arena, "%.*s Corporation", STR_F(at->english));
    case 1:
        return str_upper(making->arena, at->english);
    case 2:
        return str_print(making->arena, "株式会社%.*s", STR_F(at->japanese));
    case 3:
        return str_print(making->arena, "%.*s（株）", STR_F(at->japanese));
    case 4:
        return at->slug;
    default:
        return str_print(making->arena, "%.*s Co., Ltd.", STR_F(at->english));
    }
}

static struct str product_variant(struct making *making, struct str number)
{
    static const char *const forms[] = {"%.*s", "%.*s firmware", "ネットワークカメラ %.*s",
                                        "ネットワークカメラ%.*s", "%.*sファームウェア"};
    const char *form = forms[pick(making, 5)];
    struct buf out = buf_new(making->arena, 1000);
    for (const char *c = form; *c; c++) {
        if (str_starts(str_of(c), "%.*s")) {
            buf_add(&out, number);
            c += 3;
        } else {
            buf_add_char(&out, *c);
        }
    }
    return buf_str(&out);
}

/* An item of "affected"; `more` are further members. */
static void add_affected(struct making *making, struct str vendor, struct str product,
                         struct str more)
{
    struct buf *out = &making->affected;
    buf_printf(out, "%s{\"vendor\":\"%.*s\",\"product\":\"%.*s\"%.*s,\"versions\":[",
               out->bytes ? "," : "", STR_F(vendor), STR_F(product), STR_F(more));
    if (making->below == UINT32_MAX)
        buf_add_z(out, "{\"version\":\"0\",\"lessThan\":\"*\",\"versionType\":\"custom\","
                       "\"status\":\"affected\"}],\"defaultStatus\":\"unaffected\"}");
    else
        buf_printf(out,
                   "{\"version\":\"0\",\"lessThan\":\"%u.%02u\",\"versionType\":\"custom\","
                   "\"status\":\"affected\"}],\"defaultStatus\":\"unaffected\"}",
                   (unsigned)(making->below / 100), (unsigned)(making->below % 100));
}

static uint32_t any_model(struct making *making)
{
    return pick(making, (uint32_t)making->corpus->models_n);
}

static void make_model(struct making *making)
{
    uint32_t model = any_model(making);
    struct str number = corpus_model_number(making->arena, making->corpus, model);
    add_affected(making, vendor_variant(making, making->corpus->models[model].maker),
                 product_variant(making, number_variant(making, number)), STR_NONE);
    affect_if_below(making, model);
}

static void make_cpe(struct making *making)
{
    uint32_t model = any_model(making);
    struct str number = corpus_model_number(making->arena, making->corpus, model);
    const struct corpus_maker *maker = &making->corpus->makers[making->corpus->models[model].maker];
    struct str more =
        str_print(making->arena, ",\"cpes\":[\"cpe:2.3:o:%.*s:%.*s_firmware:*:*:*:*:*:*:*:*\"]",
                  STR_F(maker->slug), STR_F(str_lower(making->arena, number)));
    add_affected(making, STR("n/a"), STR("n/a"), more);
    affect_if_below(making, model);
}

/* "HC-100A/B": two models of one series, or two numbers with a comma. */
static void make_list(struct making *making)
{
    uint32_t a = any_model(making), b = a + 1;
    const struct corpus_model *models = making->corpus->models;
    if (b == making->corpus->models_n || models[a].maker != models[b].maker)
        b = a;
    struct str one = corpus_model_number(making->arena, making->corpus, a);
    struct str two = corpus_model_number(making->arena, making->corpus, b), text;
    if (models[a].series == models[b].series && pick(making, 2)) {
        text = str_print(making->arena, "%.*s/%c", STR_F(one), models[b].letter);
    } else {
        one = number_variant(making, one);
        two = number_variant(making, two);
        text = str_print(making->arena, "%.*s%s%.*s", STR_F(one), pick(making, 2) ? ", " : "、",
                         STR_F(two));
    }
    add_affected(making, vendor_variant(making, models[a].maker), text, STR_NONE);
    affect_if_below(making, a);
    if (b != a)
        affect_if_below(making, b);
}

/* Every model of a maker whose series number, divided, is the same. */
static void affect_series(struct making *making, uint32_t model, uint32_t divide)
{
    const struct corpus_model *models = making->corpus->models;
    const struct corpus_maker *maker = &making->corpus->makers[models[model].maker];
    for (uint32_t i = maker->first; i < maker->first + maker->n; i++)
        if (models[i].series / divide == models[model].series / divide)
            affect_if_below(making, i);
}

static void make_series(struct making *making)
{
    uint32_t model = any_model(making);
    const struct corpus_model *at = &making->corpus->models[model];
    struct str base = str_print(making->arena, "%s-%u", making->corpus->makers[at->maker].prefix,
                                (unsigned)at->series);
    base = number_variant(making, base);
    struct str text =
        str_print(making->arena, "%.*s%s", STR_F(base), pick(making, 2) ? " series" : "シリーズ");
    add_affected(making, vendor_variant(making, at->maker), text, STR_NONE);
    affect_series(making, model, 1);
}

static void make_misspelt(struct making *making)
{
    uint32_t model = any_model(making);
    struct str rest, english = making->corpus->makers[making->corpus->models[model].maker].english;
    struct str number = corpus_model_number(making->arena, making->corpus, model);
    struct str vendor = str_print(making->arena, "%.*s Elec.", STR_F(str_cut(english, ' ', &rest)));
    add_affected(making, vendor, number_variant(making, number), STR_NONE);
    affect_if_below(making, model);
}

static void make_short(struct making *making)
{
    uint32_t model = any_model(making);
    const struct corpus_model *at = &making->corpus->models[model];
    struct str text = str_print(making->arena, "%s-%u", making->corpus->makers[at->maker].prefix,
                                (unsigned)at->series);
    add_affected(making, vendor_variant(making, at->maker), text, STR_NONE);
    affect_series(making, model, 1);
}

static void make_wild(struct making *making)
{
    uint32_t model = any_model(making);
    const struct corpus_model *at = &making->corpus->models[model];
    struct str text = str_print(making->arena, "%s-%ux%s", making->corpus->makers[at->maker].prefix,
                                (unsigned)(at->series / 10), pick(making, 2) ? "" : " firmware");
    add_affected(making, vendor_variant(making, at->maker), text, STR_NONE);
    affect_series(making, model, 10);
}

static void make_family(struct making *making)
{
    uint32_t model = any_model(making);
    const struct corpus_model *models = making->corpus->models;
    const struct corpus_maker *maker = &making->corpus->makers[models[model].maker];
    struct str name =
                   corpus_family_name(making->arena, making->corpus, model, pick(making, 2) != 0),
               rest;
    if (pick(making, 2))
        name = str_cut(name, ' ', &rest); /* without "Network Camera" */
    add_affected(making, vendor_variant(making, models[model].maker), name, STR_NONE);
    for (uint32_t i = maker->first; i < maker->first + maker->n; i++)
        if (models[i].family == models[model].family)
            affect_if_below(making, i);
}

/* Every model of a label that has the component, in a version below 2.6.10 or of all versions. */
static void affect_part(struct making *making, uint32_t part)
{
    const struct corpus *corpus = making->corpus;
    for (uint32_t l = 0; l < corpus->labels_n; l++)
        for (size_t k = 0; k < CORPUS_PARTS; k++) {
            const struct corpus_label *label = &corpus->labels[l];
            if (label->part[k] != part || label->version[k] >= making->below)
                continue;
            for (uint32_t i = label->first; i < label->first + label->n; i++)
                affect(making, i);
            break;
        }
}

static void make_part(struct making *making, enum corpus_kind kind)
{
    /* a component that its bill of materials names in this way: see components_of() */
    uint32_t part = pick(making, (uint32_t)making->corpus->parts_n / 3) * 3;
    part += kind == CORPUS_PART_CPE;
    struct str name = corpus_part_name(making->arena, part), more = STR_NONE;
    struct str vendor = str_print(making->arena, "%.*s project", STR_F(name)), product = name;
    uint32_t below = 20610;
    if (kind == CORPUS_PACKAGE) {
        more = str_print(making->arena, ",\"packageURL\":\"pkg:generic/%.*s\"", STR_F(name));
        vendor = STR("n/a");
    } else if (kind == CORPUS_PART_CPE) {
        more =
            str_print(making->arena, ",\"cpes\":[\"cpe:2.3:a:%.*s_project:%.*s:*:*:*:*:*:*:*:*\"]",
                      STR_F(name), STR_F(name));
        vendor = product = STR("n/a");
    }
    struct buf *out = &making->affected;
    buf_printf(out,
               "{\"vendor\":\"%.*s\",\"product\":\"%.*s\"%.*s,\"versions\":[{\"version\":\"0\","
               "\"lessThan\":\"2.6.10\",\"versionType\":\"semver\",\"status\":\"affected\"}],"
               "\"defaultStatus\":\"unaffected\"}",
               STR_F(vendor), STR_F(product), STR_F(more));
    making->below = below;
    affect_part(making, part);
}

static void make_noise(struct making *making)
{
    uint32_t model = any_model(making);
    const struct corpus_model *at = &making->corpus->models[model];
    const struct corpus_maker *maker = &making->corpus->makers[at->maker];
    struct str number = corpus_model_number(making->arena, making->corpus, model);
    struct str vendor = vendor_variant(making, at->maker);
    switch (pick(making, 6)) {
    case 0: /* a maker without labels */
        add_affected(making,
                     str_print(making->arena, "Vendor %u GmbH", (unsigned)pick(making, 9999)),
                     STR("Content Platform"), STR_NONE);
        return;
    case 1: /* generic words of a maker with labels */
        add_affected(making, vendor,
                     pick(making, 2) ? STR("Network Camera")
                                     : STR("ネットワークカメラ ファームウェア"),
                     STR_NONE);
        return;
    case 2: /* a series that has no label */
        add_affected(
            making, vendor,
            str_print(making->arena, "%s-9%uA", maker->prefix, (unsigned)(at->series % 90 + 10)),
            STR_NONE);
        return;
    case 3: /* versions that are older than any labelled one */
        making->below = 50;
        add_affected(making, vendor, number, STR_NONE);
        return;
    case 4: /* a component that nobody has */
        add_affected(making, STR("n/a"),
                     str_print(making->arena, "rust-%u", (unsigned)pick(making, 99999)), STR_NONE);
        return;
    default: /* software of another kind, whose name begins like a model number */
        add_affected(making, STR("WordStreet"),
                     str_print(making->arena, "%s forms pro", maker->prefix), STR_NONE);
        return;
    }
}

static int order_models(const void *a, const void *b)
{
    uint32_t p = *(const uint32_t *)a, q = *(const uint32_t *)b;
    return p < q ? -1 : p > q;
}

static void make(struct making *making, enum corpus_kind kind)
{
    static void (*const makes[])(struct making *) = {
        [CORPUS_MODEL] = make_model,       [CORPUS_CPE] = make_cpe,
        [CORPUS_LIST] = make_list,         [CORPUS_SERIES] = make_series,
        [CORPUS_WILD] = make_wild,         [CORPUS_FAMILY] = make_family,
        [CORPUS_MISSPELT] = make_misspelt, [CORPUS_SHORT] = make_short,
        [CORPUS_NOISE] = make_noise};
    making->below = pick(making, 2) ? UINT32_MAX : 120 + pick(making, 300);
    if (making->below != UINT32_MAX && making->below % 100 > 39)
        making->below += 60; /* a minor number of two digits below 40, as versions have */
    if (kind == CORPUS_PACKAGE || kind == CORPUS_COMPONENT || kind == CORPUS_PART_CPE)
        make_part(making, kind);
    else
        makes[kind](making);
}

struct corpus_record corpus_record(struct corpus *corpus, struct arena *arena, uint32_t number,
                                   uint32_t noise_percent)
{
    struct making making = {
        .corpus = corpus, .arena = arena, .affected = buf_new(arena, (size_t)1 << 20)};
    bool noise = corpus_random(corpus, 100) < noise_percent;
    making.out.kind = noise ? CORPUS_NOISE : (enum corpus_kind)(number % CORPUS_NOISE);
    make(&making, making.out.kind);
    if (making.out.models_n)
        qsort(making.models, making.out.models_n, sizeof *making.models, order_models);
    making.out.models = making.models;
    making.out.json = str_print(
        arena,
        "{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{\"cveId\":\"CVE-"
        "2026-%05u\","
        "\"assignerOrgId\":\"11111111-1111-4111-8111-111111111111\",\"state\":\"PUBLISHED\","
        "\"datePublished\":\"2026-11-30T00:00:00.000Z\"},\"containers\":{\"cna\":{"
        "\"providerMetadata\":"
        "{\"orgId\":\"11111111-1111-4111-8111-111111111111\"},\"descriptions\":[{\"lang\":\"en\","
        "\"value\":"
        "\"A made vulnerability of no real "
        "product.\"}],\"affected\":[%.*s],\"references\":[{\"url\":"
        "\"https://advisory.example/"
        "%u\"}],\"metrics\":[{\"format\":\"CVSS\",\"cvssV3_1\":{\"version\":\"3.1\","
        "\"vectorString\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\",\"baseScore\":9.8,"
        "\"baseSeverity\":\"CRITICAL\"}}]}}}",
        (unsigned)number + 10000, STR_F(buf_str(&making.affected)), (unsigned)number);
    return making.out;
}

const char *corpus_kind_name(enum corpus_kind kind)
{
    static const char *const names[] = {"model number",  "CPE name",     "list",    "series",
                                        "wildcard",      "product name", "package", "component",
                                        "component CPE", "misspelt",     "short",   "noise"};
    return names[kind];
}
