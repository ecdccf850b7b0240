/* match_index.c: the index of labelled models: adding.
 * SPDX-License-Identifier: Apache-2.0 */
#include "advisory/match.h"

#include <stdlib.h>
#include <string.h>

#include "advisory/cpe.h"
#include "advisory/match_inside.h"
#include "advisory/match_words.h"
#include "advisory/purl.h"
#include "base/buf.h"
#include "base/fold.h"

#include "base/banned.h"

/* What is derived from a product's name once, however many models have it. */
struct product_keys {
    uint64_t full, core; /* 0: none */
};

struct match_index *match_index_new(size_t bytes_max)
{
    struct arena *arena = arena_new(bytes_max / 2), *building = arena_new(bytes_max / 2);
    if (!arena || !building) {
        arena_free(arena);
        arena_free(building);
        return NULL;
    }
    if (setjmp(*arena_guard(arena)) || setjmp(*arena_guard(building))) {
        arena_free(arena);
        arena_free(building);
        return NULL;
    }
    struct match_index *index = NEW(arena, struct match_index);
    *index = (struct match_index){
        .bytes_max = bytes_max,
        .arena = arena,
        .building = building,
        .texts = texts_new(arena),
        .labels = texts_new(arena),
        .makers = texts_new(arena),
        .products = texts_new(arena),
        .versions = texts_new(arena),
        .rows = column_new(arena, sizeof(struct row)),
        .maker_list = column_new(arena, sizeof(struct maker)),
        .maker_names = column_new(arena, sizeof(uint64_t)),
        .row_versions = column_new(arena, sizeof(uint32_t)),
        .held = column_new(arena, sizeof(struct held)),
        .product_keys = column_new(arena, sizeof(struct product_keys)),
        .sboms = column_new(arena, sizeof(struct sbom_rows)),
        .postings = column_new(building, sizeof(struct posting)),
        .numbers = column_new(building, sizeof(struct number)),
    };
    return index;
}

void match_index_free(struct match_index *index)
{
    if (!index)
        return;
    struct arena *arena = index->arena;
    arena_free(index->building);
    arena_free(arena);
}

size_t match_index_models(const struct match_index *index)
{
    return index->rows.n;
}

size_t match_index_bytes(const struct match_index *index)
{
    return arena_used(index->arena) + (index->building ? arena_used(index->building) : 0);
}

uint64_t match_key(enum match_kind kind, uint64_t of, struct str text)
{
    uint64_t key = text_hash((uint64_t)kind + of * 16, text);
    return key ? key : 1;
}

static void post(struct match_index *index, uint64_t key, uint32_t row, uint32_t by)
{
    *(struct posting *)column_add(&index->postings) = (struct posting){key, row, by};
}

static uint32_t text_of(struct match_index *index, struct str text)
{
    bool is_new;
    return texts_put(&index->texts, text, &is_new);
}

struct str cpe_product_key(struct arena *arena, struct str text)
{
    struct cpe cpe;
    if (!text.bytes || cpe_read(arena, text, &cpe))
        return STR_NONE;
    const struct cpe_value *vendor = &cpe.value[CPE_VENDOR], *product = &cpe.value[CPE_PRODUCT];
    if (!vendor->text.bytes || !product->text.bytes || vendor->any_before || vendor->any_after ||
        product->any_before || product->any_after)
        return STR_NONE;
    struct str name = product->text;
    if (str_ends(name, "_firmware"))
        name.bytes -= strlen("_firmware");
    return str_print(arena, "%.*s:%.*s", STR_F(vendor->text), STR_F(name));
}

/* The same list of names is the same maker. */
static uint32_t maker_of(struct match_index *index, struct arena *arena, struct words names)
{
    bool is_new;
    struct buf all = buf_new(arena, (size_t)1 << 20);
    for (size_t i = 0; i < names.n; i++) {
        buf_add(&all, names.at[i]);
        buf_add_char(&all, '\n');
    }
    uint32_t maker = texts_put(&index->makers, buf_str(&all), &is_new);
    if (!is_new)
        return maker;
    struct maker made = {.names = (uint32_t)index->maker_names.n};
    for (size_t i = 0; i < names.n; i++) {
        struct str folded = fold_name(arena, names.at[i]);
        const struct {
            enum match_kind kind;
            struct str text;
        } forms[] = {{OF_MAKER, folded},
                     {OF_MAKER, maker_core(arena, folded)},
                     {OF_MAKER_WORD, maker_first_word(arena, names.at[i])}};
        for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
            if (!forms[k].text.bytes)
                continue;
            uint64_t key = match_key(forms[k].kind, 0, forms[k].text);
            *(uint64_t *)column_add(&index->maker_names) = key;
            if (forms[k].kind == OF_MAKER)
                post(index, key, maker, 0);
            made.names_n++;
        }
    }
    *(struct maker *)column_add(&index->maker_list) = made;
    return maker;
}

static void add_product(struct match_index *index, struct arena *arena, uint32_t row,
                        uint32_t maker, struct str name)
{
    bool is_new;
    uint32_t product = texts_put(&index->products, name, &is_new);
    if (is_new) {
        struct product_keys keys = {0};
        struct name_words words = name_words_of(arena, name);
        struct str core = name_core(arena, words), folded = fold_name(arena, name);
        if (folded.bytes && !words_are_generic(words))
            keys.full = text_hash(1, folded);
        if (core.bytes)
            keys.core = text_hash(1, fold_name(arena, core));
        *(struct product_keys *)column_add(&index->product_keys) = keys;
    }
    const struct product_keys *keys = column_at(&index->product_keys, product);
    uint32_t by = text_of(index, name);
    if (keys->full)
        post(index, match_key(OF_PRODUCT, keys->full ^ maker, STR_NONE), row, by);
    if (keys->core && keys->core != keys->full)
        post(index, match_key(OF_PRODUCT, keys->core ^ maker, STR_NONE), row, by);
}

static void add_model(struct match_index *index, struct arena *arena, uint32_t row, uint32_t maker,
                      struct str model)
{
    struct str key = model_key(arena, model);
    if (!key.bytes)
        return;
    uint32_t by = text_of(index, model);
    post(index, match_key(OF_MODEL, 0, key), row, by);
    *(struct number *)column_add(&index->numbers) =
        (struct number){maker, text_of(index, key), row, by};
}

static void add_row(struct match_index *index, struct arena *arena,
                    const struct labelled_model *model)
{
    bool is_new;
    uint32_t number = (uint32_t)index->rows.n;
    struct row row = {.key = model->key,
                      .label = texts_put(&index->labels, model->label, &is_new),
                      .maker = maker_of(index, arena, model->makers),
                      .versions = (uint32_t)index->row_versions.n,
                      .versions_n = (uint32_t)model->versions.n,
                      .sbom = model->sbom};
    for (size_t i = 0; i < model->versions.n; i++)
        *(uint32_t *)column_add(&index->row_versions) =
            texts_put(&index->versions, model->versions.at[i], &is_new);
    for (size_t i = 0; i < model->models.n; i++)
        add_model(index, arena, number, row.maker, model->models.at[i]);
    for (size_t i = 0; i < model->products.n; i++)
        add_product(index, arena, number, row.maker, model->products.at[i]);
    for (size_t i = 0; i < model->cpes.n; i++) {
        struct str key = cpe_product_key(arena, model->cpes.at[i]);
        if (key.bytes)
            post(index, match_key(OF_CPE, 0, key), number, text_of(index, model->cpes.at[i]));
    }
    *(struct row *)column_add(&index->rows) = row;
}

static struct fault *full(struct match_index *index, struct arena *arena)
{
    index->broken = true;
    return FAULT(arena, "too-large", "the index of labelled models may hold %zu bytes",
                 index->bytes_max);
}

struct fault *match_add(struct match_index *index, struct arena *arena,
                        const struct labelled_model *model)
{
    if (index->sealed || index->broken)
        BUG("a model is added to an index that is sealed or full");
    if (index->rows.n == MATCH_MODELS_MAX || model->sbom >= (int)index->sboms.n)
        return FAULT(arena, "too-large", "more than %d models, or no such bill of materials",
                     MATCH_MODELS_MAX);
    if (setjmp(*arena_guard(index->arena)) || setjmp(*arena_guard(index->building)))
        return full(index, arena);
    add_row(index, arena, model);
    return NULL;
}

static void add_component(struct match_index *index, struct arena *arena, uint32_t sbom,
                          const struct component *component)
{
    bool is_new;
    struct purl purl;
    uint32_t place = (uint32_t)index->held.n;
    struct held held = {.name = text_of(index, component->name),
                        .version = texts_put(&index->versions, component->version, &is_new),
                        .has_version = component->version.bytes > 0};
    if (component->supplier.bytes)
        held.supplier = match_key(OF_MAKER, 0, fold_name(arena, component->supplier));
    if (component->purl.bytes && !purl_read(arena, component->purl, &purl)) {
        held.has_package = true;
        post(index, match_key(OF_PACKAGE, 0, purl_package(arena, &purl)), sbom, place);
    }
    struct str cpe = cpe_product_key(arena, component->cpe);
    if (cpe.bytes)
        post(index, match_key(OF_COMPONENT_CPE, 0, cpe), sbom, place);
    struct str name = fold_name(arena, component->name);
    if (name.bytes >= 3 && !name_is_generic(arena, component->name))
        post(index, match_key(OF_COMPONENT, 0, name), sbom, place);
    *(struct held *)column_add(&index->held) = held;
}

struct fault *match_add_sbom(struct match_index *index, struct arena *arena,
                             const struct component *components, size_t n, int *out)
{
    if (index->sealed || index->broken)
        BUG("a bill of materials is added to an index that is sealed or full");
    if (setjmp(*arena_guard(index->arena)) || setjmp(*arena_guard(index->building)))
        return full(index, arena);
    *out = (int)index->sboms.n;
    column_add(&index->sboms);
    for (size_t i = 0; i < n; i++)
        add_component(index, arena, (uint32_t)*out, &components[i]);
    return NULL;
}
