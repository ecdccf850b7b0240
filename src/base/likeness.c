/* likeness.c: which texts ask what a question asks.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/likeness.h"

#include <stdlib.h>

#include "base/fold.h"
#include "base/points.h"

#include "base/banned.h"

/* The grams of a text, each once, in order. */
struct grams {
    uint64_t *at;
    size_t n;
};

static int gram_order(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static bool is_ascii(int32_t point)
{
    return point < 0x80;
}

static struct grams grams_of(struct arena *arena, struct str text)
{
    struct grams grams = {0};
    struct points points = {0};
    if (!text.bytes || !points_folded(arena, fold_name(arena, text), &points) || points.n < 2)
        return grams;
    grams.at = NEW_ARRAY(arena, points.n, uint64_t);
    for (size_t i = 0; i + 1 < points.n; i++) {
        uint64_t gram = (uint64_t)points.at[i] << 21 | (uint64_t)points.at[i + 1];
        bool plain = is_ascii(points.at[i]) && is_ascii(points.at[i + 1]);
        if (plain && (i + 2 == points.n || !is_ascii(points.at[i + 2])) && points.n > 2)
            continue; /* two letters alone say too little */
        if (plain && points.n > 2)
            gram = gram << 21 | (uint64_t)points.at[i + 2];
        grams.at[grams.n++] = gram;
    }
    if (grams.n)
        qsort(grams.at, grams.n, sizeof *grams.at, gram_order);
    size_t kept = 0;
    for (size_t i = 0; i < grams.n; i++)
        if (!i || grams.at[i] != grams.at[kept - 1])
            grams.at[kept++] = grams.at[i];
    grams.n = kept;
    return grams;
}

static bool grams_have(const struct grams *grams, uint64_t gram)
{
    return grams->n && bsearch(&gram, grams->at, grams->n, sizeof gram, gram_order);
}

/* 1 where all texts have it, one more each time that half as many do. */
static int64_t weight_of(const struct grams *all, size_t n, uint64_t gram)
{
    size_t having = 1;
    int64_t weight = 1;
    for (size_t i = 0; i < n; i++)
        having += grams_have(&all[i], gram);
    for (size_t most = n + 1; most >= having * 2; most /= 2)
        weight++;
    return weight;
}

static int rank_order(const void *a, const void *b)
{
    const struct likeness *x = a, *y = b;
    if (x->permille != y->permille)
        return x->permille > y->permille ? -1 : 1;
    return x->which < y->which ? -1 : 1;
}

size_t likeness_rank(struct arena *arena, struct str question, const struct str *texts, size_t n,
                     int least, struct likeness *out)
{
    struct grams asked = grams_of(arena, question);
    struct grams *all = NEW_ARRAY(arena, n + 1, struct grams);
    int64_t *weights = NEW_ARRAY(arena, asked.n + 1, int64_t), whole = 0;
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        all[i] = grams_of(arena, texts[i]);
    for (size_t g = 0; g < asked.n; g++)
        whole += weights[g] = weight_of(all, n, asked.at[g]);
    for (size_t i = 0; i < n; i++) {
        int64_t shared = 0, shorter = whole;
        for (size_t g = 0; g < asked.n; g++)
            shared += grams_have(&all[i], asked.at[g]) ? weights[g] : 0;
        if (all[i].n < asked.n) /* as if its own weighed what the question's do */
            shorter = whole * (int64_t)all[i].n / (int64_t)asked.n;
        int permille = shorter ? (int)(shared * 1000 / shorter) : 0;
        permille = permille > 1000 ? 1000 : permille;
        if (permille >= least && permille > 0)
            out[found++] = (struct likeness){i, permille};
    }
    if (found)
        qsort(out, found, sizeof *out, rank_order);
    return found;
}
