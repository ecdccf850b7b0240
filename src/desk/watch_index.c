/* watch_index.c: the labelled models, as advisories may name them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What is in it changes with every issuance: a run makes it anew, once, when it meets the first
 * advisory that is new. */
#include "base/hash.h"
#include "desk/deed.h"
#include "desk/watch.h"
#include "store/files.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { PAGE = 500, PAGE_BYTES_MAX = 1 << 28, PLACES = 1 << 20, BILLS_KNOWN_MAX = 4096 };

/* Bills of materials added already: many labels of a maker share one. */
struct bills {
    struct str digests[BILLS_KNOWN_MAX];
    int ids[BILLS_KNOWN_MAX];
    size_t n;
};

int64_t watch_place_of(int64_t key)
{
    return key % PLACES;
}

static int known_bill(const struct bills *bills, struct str digest)
{
    for (size_t i = 0; i < bills->n; i++)
        if (str_eq(bills->digests[i], digest))
            return bills->ids[i];
    return MATCH_SBOM_NONE;
}

/* The same files are the same components, whosoever's label it is. */
static struct str digest_of(struct arena *arena, const struct row_label_sbom *bound, size_t n)
{
    struct hasher *hasher = hasher_new(arena);
    hasher_start(hasher);
    for (size_t i = 0; i < n; i++)
        hasher_add(hasher, bound[i].digest.at, bound[i].digest.bytes);
    struct hash hash = hasher_end(hasher);
    return hash_hex(arena, &hash);
}

/* 4.8.3-1: bound by its digest: a file that is not what its digest says is not used, and a bill
 * that cannot be read is as none. */
static struct component *components_of(struct watch *watch, struct arena *arena,
                                       const struct row_label_sbom *bound, size_t n, size_t *out)
{
    struct component *all = NULL;
    *out = 0;
    for (size_t i = 0; i < n; i++) {
        struct sbom sbom;
        struct str bytes;
        if (file_read(arena, watch->desk->data_dir, bound[i].digest, SBOM_BYTES_MAX, &bytes) ||
            sbom_read(arena, bytes, &sbom))
            continue;
        struct component *more = NEW_ARRAY(arena, *out + sbom.components_n + 1, struct component);
        for (size_t k = 0; k < *out; k++)
            more[k] = all[k];
        for (size_t k = 0; k < sbom.components_n; k++)
            more[*out + k] = sbom.components[k];
        all = more;
        *out += sbom.components_n;
    }
    return all;
}

static struct fault *add_bills(struct watch *watch, struct arena *arena, struct arena *kept,
                               struct bills *bills, struct str label, int *out)
{
    struct row_label_sbom *bound;
    size_t n, components_n;
    *out = MATCH_SBOM_NONE;
    TRY(sql_sboms_of_label(watch->desk->store, arena, label, &bound, &n));
    struct str digest = digest_of(arena, bound, n);
    if (!n || (*out = known_bill(bills, digest)) != MATCH_SBOM_NONE)
        return NULL;
    const struct component *components = components_of(watch, arena, bound, n, &components_n);
    if (!components_n)
        return NULL;
    TRY(match_add_sbom(watch->index, arena, components, components_n, out));
    if (bills->n < BILLS_KNOWN_MAX) {
        bills->digests[bills->n] = str_copy(kept, digest);
        bills->ids[bills->n++] = *out;
    }
    return NULL;
}

static struct fault *add_label(struct watch *watch, struct arena *arena, struct arena *kept,
                               struct bills *bills, const struct sql_watch_labels_row *label)
{
    const struct str makers[] = {label->maker_ja, label->maker_en};
    const struct str products[] = {label->product_ja, label->product_en};
    struct row_label_model *models;
    struct labelled_model model = {
        .label = label->number,
        .makers = {makers, label->maker_en.bytes ? 2 : 1},
        .products = {products, label->product_en.bytes ? 2 : 1},
        .versions = {&label->firmware, label->firmware.bytes ? 1 : 0},
    };
    size_t n;
    TRY(add_bills(watch, arena, kept, bills, label->number, &model.sbom));
    TRY(sql_label_models(watch->desk->store, arena, label->number, &models, &n));
    for (size_t i = 0; i < n; i++) {
        model.models = (struct words){&models[i].model, 1};
        model.key = models[i].position % PLACES;
        TRY(match_add(watch->index, arena, &model));
    }
    return NULL;
}

static struct fault *add_all(struct watch *watch, struct arena *page, struct arena *kept)
{
    struct bills *bills = NEW(kept, struct bills);
    struct str after = STR_NONE;
    for (size_t n = PAGE; n == PAGE;) {
        struct sql_watch_labels_row *rows;
        TRY(sql_watch_labels(watch->desk->store, page, after, PAGE, &rows, &n));
        for (size_t i = 0; i < n; i++)
            TRY(add_label(watch, page, kept, bills, &rows[i]));
        if (n)
            after = str_copy(kept, rows[n - 1].number);
        arena_reset(page);
    }
    return match_seal(watch->index, kept);
}

/* A fault of an arena that goes, in one that stays. */
static struct fault *fault_kept(struct arena *arena, const struct fault *fault)
{
    return fault ? FAULT(arena, str_z(arena, str_of(fault->code)), "%.*s", STR_F(fault->detail))
                 : NULL;
}

struct fault *watch_index(struct watch *watch, struct arena *arena)
{
    if (watch->index)
        return NULL;
    watch->index = match_index_new((size_t)4 << 30);
    struct arena *page = arena_new(PAGE_BYTES_MAX), *kept = arena_new(PAGE_BYTES_MAX);
    struct fault *fault = !watch->index || !page || !kept
                              ? FAULT(arena, "no-memory", "%s", "for the index of labelled models")
                              : fault_kept(arena, add_all(watch, page, kept));
    if (page)
        arena_free(page);
    if (kept)
        arena_free(kept);
    if (fault)
        watch_end(watch);
    return fault;
}

void watch_end(struct watch *watch)
{
    if (watch->index)
        match_index_free(watch->index);
    watch->index = NULL;
}
