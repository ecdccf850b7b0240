/* match_find.c: which labelled models an advisory speaks of.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "advisory/match_query.h"
#include "advisory/match_words.h"
#include "base/fold.h"

#include "base/banned.h"

enum { SCRATCH_BYTES_MAX = 256 << 20 };

static void add_vendor(struct query *query, struct str name)
{
    struct str folded = fold_name(query->arena, name), core = STR_NONE;
    if (folded.bytes)
        core = maker_core(query->arena, folded);
    if (folded.bytes && query->vendors_n < VENDORS_MAX)
        query->vendors[query->vendors_n++] = match_key(OF_MAKER, 0, folded);
    if (core.bytes && query->vendors_n < VENDORS_MAX)
        query->vendors[query->vendors_n++] = match_key(OF_MAKER, 0, core);
    struct str word = maker_first_word(query->arena, name);
    if (word.bytes && query->words_n < VENDORS_MAX)
        query->words[query->words_n++] = match_key(OF_MAKER_WORD, 0, word);
}

static bool is_maker(const struct query *query, struct str name)
{
    size_t n = 0;
    struct str folded = fold_name(query->arena, name);
    if (folded.bytes)
        match_postings(query->index, match_key(OF_MAKER, 0, folded), &n);
    return n > 0;
}

/* Where no vendor is named: the maker at the beginning of the name ("星野電機 HC-900",
 * "星野電機製…"). */
static struct str maker_in_front(const struct query *query, struct str text)
{
    enum { WORDS_MAX = 4 };
    size_t words = 0;
    for (size_t i = 1; i <= text.bytes && words < WORDS_MAX; i++) {
        struct str left = {text.at + i, text.bytes - i};
        bool ends = i == text.bytes || text.at[i] == ' ' || str_starts(left, "　") ||
                    str_starts(left, "製");
        if (!ends)
            continue;
        words++;
        if (is_maker(query, (struct str){text.at, i}))
            return (struct str){text.at, i};
    }
    return STR_NONE;
}

static int order_numbers(const void *a, const void *b)
{
    uint32_t p = *(const uint32_t *)a, q = *(const uint32_t *)b;
    return p < q ? -1 : p > q;
}

static void find_makers(struct query *query)
{
    const struct posting *at[VENDORS_MAX];
    size_t n[VENDORS_MAX], all = 0;
    for (size_t i = 0; i < query->vendors_n; i++) {
        at[i] = match_postings(query->index, query->vendors[i], &n[i]);
        all += n[i];
    }
    query->makers = NEW_ARRAY(query->arena, all, uint32_t);
    for (size_t i = 0; i < query->vendors_n; i++)
        for (size_t k = 0; k < n[i]; k++)
            query->makers[query->makers_n++] = at[i][k].row;
    if (all)
        qsort(query->makers, all, sizeof *query->makers, order_numbers);
    size_t kept = 0;
    for (size_t i = 0; i < all; i++)
        if (!i || query->makers[i] != query->makers[i - 1])
            query->makers[kept++] = query->makers[i];
    query->makers_n = kept;
}

static void hit(struct query *query, uint32_t row, unsigned reasons, uint32_t by)
{
    if (query->hits_n == query->hits_size) {
        size_t size = query->hits_size ? query->hits_size * 2 : 64;
        struct hit *hits = NEW_ARRAY(query->arena, size, struct hit);
        if (query->hits_n)
            memcpy(hits, query->hits, query->hits_n * sizeof *hits);
        query->hits = hits;
        query->hits_size = size;
    }
    query->hits[query->hits_n++] = (struct hit){row, by, reasons};
}

/* What the maker's name says of a row. */
static unsigned vendor_reason(const struct query *query, uint32_t row)
{
    const struct row *at = column_at(&query->index->rows, row);
    if (!query->vendors_n)
        return 0;
    if (maker_has(query->index, at->maker, query->vendors, query->vendors_n))
        return MATCH_VENDOR;
    /* a name that begins alike says nothing, for or against */
    bool alike = maker_has(query->index, at->maker, query->words, query->words_n);
    return alike ? 0 : MATCH_VENDOR_OTHER;
}

static void find_exact(struct query *query, const struct hint *hint)
{
    size_t n;
    const struct posting *at = match_postings(query->index, match_key(OF_MODEL, 0, hint->key), &n);
    for (size_t i = 0; i < n && match_visit(query->index, 1); i++) {
        unsigned vendor = vendor_reason(query, at[i].row);
        if (vendor == MATCH_VENDOR || key_is_telling(hint->key, vendor == MATCH_VENDOR_OTHER))
            hit(query, at[i].row, MATCH_MODEL | vendor, at[i].by);
    }
}

/* The first model number of a maker that is not before a key. */
static size_t first_number(const struct match_index *index, uint32_t maker, struct str key)
{
    size_t low = 0, high = index->by_maker_n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct number *at = &index->by_maker[middle];
        bool before = at->maker < maker ||
                      (at->maker == maker && str_order(texts_at(&index->texts, at->key), key) < 0);
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    return low;
}

/* Series and patterns; and of a plain model number those that have one or two letters more (a
 * colour, a region), which is the weakest of reasons. */
static void find_series(struct query *query, const struct hint *hint)
{
    enum { ENDING_MAX = 2 };
    struct match_index *index = query->index;
    struct hint as = *hint;
    if (hint->kind == HINT_EXACT)
        as.kind = HINT_SERIES;
    for (size_t m = 0; m < query->makers_n && match_visit(index, 20); m++) {
        size_t i = first_number(index, query->makers[m], hint->key);
        for (; i < index->by_maker_n && index->by_maker[i].maker == query->makers[m] &&
               match_visit(index, 1);
             i++) {
            const struct number *at = &index->by_maker[i];
            struct str key = texts_at(&index->texts, at->key);
            if (key.bytes < hint->key.bytes || memcmp(key.at, hint->key.at, hint->key.bytes) != 0)
                break;
            bool ending = hint->kind == HINT_EXACT;
            if (!hint_holds(&as, key) || (ending && (key.bytes == hint->key.bytes ||
                                                     key.bytes > hint->key.bytes + ENDING_MAX)))
                continue;
            hit(query, at->row,
                MATCH_VENDOR | (ending ? (unsigned)MATCH_ENDING : (unsigned)MATCH_SERIES), at->by);
        }
    }
}

static void find_product(struct query *query, struct str folded)
{
    if (!folded.bytes)
        return;
    for (size_t m = 0; m < query->makers_n && match_visit(query->index, 20); m++) {
        size_t n;
        uint64_t key = match_key(OF_PRODUCT, text_hash(1, folded) ^ query->makers[m], STR_NONE);
        const struct posting *at = match_postings(query->index, key, &n);
        for (size_t i = 0; i < n && match_visit(query->index, 1); i++)
            hit(query, at[i].row, MATCH_VENDOR | MATCH_PRODUCT, at[i].by);
    }
}

/* The product's name without the maker's in front of it. */
static struct str without_maker(const struct query *query, struct str text)
{
    struct str maker = maker_in_front(query, text);
    if (!maker.bytes)
        return text;
    struct str left = str_trim((struct str){text.at + maker.bytes, text.bytes - maker.bytes});
    if (str_starts(left, "製"))
        left = str_trim((struct str){left.at + 3, left.bytes - 3});
    return left.bytes ? left : text;
}

/* A name that is more than generic words, in full and by what tells it apart. The latter not where
 * a model number stands beside it: another number is another product. */
static void find_by_words(struct query *query, struct str text, bool with_core)
{
    struct name_words words = name_words_of(query->arena, text);
    if (words_are_generic(words))
        return;
    find_product(query, fold_name(query->arena, text));
    struct str core = with_core ? name_core(query->arena, words) : STR_NONE;
    if (core.bytes)
        find_product(query, fold_name(query->arena, core));
}

static void find_names(struct query *query, struct str text)
{
    struct hints hints = {0};
    hints_add(query->arena, name_words_of(query->arena, query->product->model), &hints);
    hints_add(query->arena, name_words_of(query->arena, text), &hints);
    for (size_t i = 0; i < hints.n; i++) {
        if (hints.at[i].kind == HINT_EXACT)
            find_exact(query, &hints.at[i]);
        find_series(query, &hints.at[i]);
    }
    if (!query->makers_n)
        return;
    find_by_words(query, text, !hints.n);
    struct str rest = without_maker(query, text);
    if (rest.bytes != text.bytes)
        find_by_words(query, rest, !hints.n);
}

static void find_cpe(struct query *query, struct str key)
{
    size_t n;
    const struct posting *at = match_postings(query->index, match_key(OF_CPE, 0, key), &n);
    for (size_t i = 0; i < n; i++) {
        unsigned vendor = vendor_reason(query, at[i].row);
        hit(query, at[i].row, MATCH_CPE | (vendor & (unsigned)MATCH_VENDOR), at[i].by);
    }
}

/* The words of a CPE name as text: "hoshino_denki:hc-100a_firmware" gives "hc-100a". */
static struct str cpe_product(struct str key)
{
    struct str product;
    str_cut(key, ':', &product);
    return product;
}

static void find_one(struct query *query)
{
    const struct advisory_product *product = query->product;
    struct str cpe = cpe_product_key(query->arena, product->cpe), rest, text = product->product;
    add_vendor(query, product->vendor);
    if (cpe.bytes)
        add_vendor(query, str_cut(cpe, ':', &rest));
    if (!query->vendors_n)
        add_vendor(query, maker_in_front(query, text));
    find_makers(query);
    find_names(query, text);
    if (cpe.bytes) {
        find_cpe(query, cpe);
        struct advisory_product named = {.model = cpe_product(cpe)};
        query->product = &named;
        find_names(query, STR_NONE);
        query->product = product;
    }
    match_settle(query->index, query->arena, product, query->number, query->hits, query->hits_n);
    match_components(query, cpe);
}

static void free_scratch(void *what)
{
    arena_free(*(struct arena **)what);
}

/* Memory for one product at a time: an advisory of twenty thousand takes no more than one. */
static struct arena *scratch_of(struct arena *arena)
{
    struct arena **place = NEW(arena, struct arena *);
    arena_at_end(arena, free_scratch, place);
    *place = arena_new(SCRATCH_BYTES_MAX);
    if (!*place)
        BUG("no memory for a search");
    return *place;
}

/* What a product names may be more than the scratch holds: then it is cut, as by its steps. */
static void find_product_of(struct match_index *index, struct arena *scratch,
                            const struct advisory_product *product, uint32_t number)
{
    struct query query = {.index = index, .arena = scratch, .product = product, .number = number};
    if (setjmp(*arena_guard(scratch))) {
        index->cut = true;
        return;
    }
    index->judging++;
    find_one(&query);
}

struct fault *match_find(struct match_index *index, struct arena *arena,
                         const struct advisory *advisory, size_t matches_max, struct matches *out)
{
    /* an advisory without products may name one in its title */
    const struct advisory_product titled = {.product = advisory->title};
    bool by_title = !advisory->products_n;
    if (!index->sealed)
        BUG("an index is asked before it is sealed");
    *out = (struct matches){0};
    struct arena *scratch = scratch_of(arena);
    match_begin(index);
    size_t n = advisory->rejected ? 0 : by_title ? 1 : advisory->products_n;
    for (size_t i = 0; i < n && !index->cut; i++) {
        find_product_of(index, scratch, by_title ? &titled : &advisory->products[i], (uint32_t)i);
        arena_reset(scratch);
    }
    match_end(index, arena, matches_max, out);
    return NULL;
}
