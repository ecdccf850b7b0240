/* match_seal.c: the index of labelled models: sorting, and looking up.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "advisory/match_inside.h"

#include "base/banned.h"

enum { DIGIT_BITS = 11, DIGITS = 6, BUCKETS = 1 << DIGIT_BITS };

/* By key, the least digit first: postings of equal keys stay in the order of their rows. */
static void sort_postings(struct posting *at, struct posting *spare, size_t n)
{
    for (int digit = 0; digit < DIGITS; digit++) {
        size_t count[BUCKETS + 1] = {0};
        int shift = digit * DIGIT_BITS;
        for (size_t i = 0; i < n; i++)
            count[(at[i].key >> shift & (BUCKETS - 1)) + 1]++;
        for (size_t i = 0; i < BUCKETS; i++)
            count[i + 1] += count[i];
        for (size_t i = 0; i < n; i++)
            spare[count[at[i].key >> shift & (BUCKETS - 1)]++] = at[i];
        struct posting *swap = at;
        at = spare;
        spare = swap;
    }
}

static int order_numbers(const void *a, const void *b, void *texts)
{
    const struct number *p = a, *q = b;
    if (p->maker != q->maker)
        return p->maker < q->maker ? -1 : 1;
    int order = p->key == q->key ? 0 : str_order(texts_at(texts, p->key), texts_at(texts, q->key));
    return order ? order : p->row < q->row ? -1 : p->row > q->row;
}

static void gather(const struct column *column, void *out)
{
    for (size_t i = 0; i < column->n; i += COLUMN_CHUNK) {
        size_t n = column->n - i < COLUMN_CHUNK ? column->n - i : COLUMN_CHUNK;
        memcpy((char *)out + i * column->item, column_at(column, i), n * column->item);
    }
}

/* The rows of each bill of materials side by side. */
static void group_by_sbom(struct match_index *index)
{
    index->sbom_rows = NEW_ARRAY(index->arena, index->rows.n, uint32_t);
    for (size_t i = 0; i < index->rows.n; i++) {
        const struct row *row = column_at(&index->rows, i);
        if (row->sbom >= 0)
            ((struct sbom_rows *)column_at(&index->sboms, (size_t)row->sbom))->n++;
    }
    uint32_t first = 0;
    for (size_t i = 0; i < index->sboms.n; i++) {
        struct sbom_rows *sbom = column_at(&index->sboms, i);
        sbom->first = first;
        first += sbom->n;
        sbom->n = 0;
    }
    for (size_t i = 0; i < index->rows.n; i++) {
        const struct row *row = column_at(&index->rows, i);
        if (row->sbom < 0)
            continue;
        struct sbom_rows *sbom = column_at(&index->sboms, (size_t)row->sbom);
        index->sbom_rows[sbom->first + sbom->n++] = (uint32_t)i;
    }
}

static void seal(struct match_index *index)
{
    index->sorted_n = index->postings.n;
    index->sorted = NEW_ARRAY(index->arena, index->sorted_n, struct posting);
    gather(&index->postings, index->sorted);
    /* an even number of passes: it ends where it began */
    sort_postings(index->sorted, NEW_ARRAY(index->building, index->sorted_n, struct posting),
                  index->sorted_n);
    index->by_maker_n = index->numbers.n;
    index->by_maker = NEW_ARRAY(index->arena, index->by_maker_n, struct number);
    gather(&index->numbers, index->by_maker);
    if (index->by_maker_n)
        qsort_r(index->by_maker, index->by_maker_n, sizeof *index->by_maker, order_numbers,
                &index->texts);
    group_by_sbom(index);
    index->found = NEW_ARRAY(index->arena, index->rows.n, struct found);
    index->touched = NEW_ARRAY(index->arena, index->rows.n, uint32_t);
    index->label_search = NEW_ARRAY(index->arena, texts_n(&index->labels), uint32_t);
    index->judged_for = NEW_ARRAY(index->arena, texts_n(&index->versions), uint32_t);
    index->judged = NEW_ARRAY(index->arena, texts_n(&index->versions), uint8_t);
}

struct fault *match_seal(struct match_index *index, struct arena *arena)
{
    if (index->sealed || index->broken)
        BUG("an index is sealed twice, or after it was full");
    if (setjmp(*arena_guard(index->arena)) || setjmp(*arena_guard(index->building))) {
        index->broken = true;
        return FAULT(arena, "too-large", "the index of labelled models may hold %zu bytes",
                     index->bytes_max);
    }
    seal(index);
    arena_free(index->building);
    index->building = NULL;
    index->sealed = true;
    return NULL;
}

const struct posting *match_postings(const struct match_index *index, uint64_t key, size_t *n)
{
    size_t low = 0, high = index->sorted_n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (index->sorted[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    for (*n = 0; low + *n < index->sorted_n && index->sorted[low + *n].key == key;)
        ++*n;
    return index->sorted + low;
}

bool maker_has(const struct match_index *index, uint32_t maker, const uint64_t *names, size_t n)
{
    const struct maker *of = column_at(&index->maker_list, maker);
    for (uint32_t i = 0; i < of->names_n; i++)
        for (size_t k = 0; k < n; k++)
            if (*(const uint64_t *)column_at(&index->maker_names, of->names + i) == names[k])
                return true;
    return false;
}
