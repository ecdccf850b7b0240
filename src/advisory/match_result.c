/* match_result.c: what was found, scored, and the best of it.
 * SPDX-License-Identifier: Apache-2.0 */
#include "advisory/match_result.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

#include "base/banned.h"

enum { OUTSIDE_LESS = 200, STRONG_FROM = 70, LIKELY_FROM = 50, POSSIBLE_FROM = 30 };

/* doc/advisory.md, "Score" (`ours`): the best of what names the product, and what adds to it. */
int match_score(unsigned reasons)
{
    static const struct {
        unsigned reason;
        int score;
    } names[] = {{MATCH_MODEL, 45},  {MATCH_CPE, 45},       {MATCH_PURL, 45}, {MATCH_PRODUCT, 25},
                 {MATCH_SERIES, 20}, {MATCH_COMPONENT, 20}, {MATCH_ENDING, 8}};
    int score = 0;
    for (size_t i = 0; !score && i < sizeof names / sizeof *names; i++)
        if (reasons & names[i].reason)
            score = names[i].score;
    if (reasons & MATCH_VENDOR)
        score += 25;
    else if (reasons & MATCH_VENDOR_OTHER)
        score -= 20;
    if (reasons & MATCH_VERSION)
        score += 15;
    return score;
}

void match_begin(struct match_index *index)
{
    index->search++;
    index->touched_n = 0;
    index->visits = 0;
    index->cut = false;
}

bool match_visit(struct match_index *index, size_t steps)
{
    index->visits += steps;
    index->cut = index->cut || index->visits > MATCH_VISITS_MAX;
    return !index->cut;
}

enum version_status match_judge(struct match_index *index, struct arena *arena,
                                const struct version_claims *claims, uint32_t version)
{
    if (!claims->n)
        return claims->otherwise;
    if (index->judged_for[version] != index->judging) {
        match_visit(index, claims->n * 4);
        index->judged_for[version] = index->judging;
        index->judged[version] =
            (uint8_t)version_judge(arena, claims, texts_at(&index->versions, version));
    }
    return (enum version_status)index->judged[version];
}

void match_improve(struct match_index *index, uint32_t row, uint32_t product,
                   const struct verdict *verdict)
{
    struct found *found = &index->found[row];
    int score = match_score(verdict->reasons);
    if (score < POSSIBLE_FROM)
        return;
    if (verdict->reasons & MATCH_VERSION_OTHER)
        score -= OUTSIDE_LESS;
    if (found->search != index->search) {
        *found = (struct found){.search = index->search, .score = INT16_MIN};
        index->touched[index->touched_n++] = row;
    }
    if (score <= found->score)
        return;
    found->score = (int16_t)score;
    found->reasons = (uint16_t)verdict->reasons;
    found->product = product;
    found->by = verdict->by;
    found->version = verdict->version;
}

/* The firmware versions that were labelled: one affected is enough; when each is known not to be,
 * the product is meant and its labelled versions are not. */
static void judge_versions(struct match_index *index, struct arena *arena,
                           const struct version_claims *claims, const struct row *row,
                           struct verdict *verdict)
{
    bool others = row->versions_n > 0;
    for (uint32_t i = 0; i < row->versions_n; i++) {
        uint32_t version = *(const uint32_t *)column_at(&index->row_versions, row->versions + i);
        enum version_status status = match_judge(index, arena, claims, version);
        if (status == VERSION_AFFECTED) {
            verdict->reasons |= MATCH_VERSION;
            verdict->version = version + 1;
            return;
        }
        others = others && status != VERSION_UNKNOWN;
    }
    if (others)
        verdict->reasons |= MATCH_VERSION_OTHER;
}

static int order_hits(const void *a, const void *b)
{
    const struct hit *p = a, *q = b;
    return p->row < q->row ? -1 : p->row > q->row;
}

void match_settle(struct match_index *index, struct arena *arena,
                  const struct advisory_product *product, uint32_t number, struct hit *hits,
                  size_t n)
{
    if (n)
        qsort(hits, n, sizeof *hits, order_hits);
    for (size_t i = 0, k; i < n; i = k) {
        struct verdict verdict = {0};
        int best = 0;
        for (k = i; k < n && hits[k].row == hits[i].row; k++) {
            int score = match_score(hits[k].reasons);
            verdict.reasons |= hits[k].reasons;
            if (score > best || !verdict.by) {
                best = score;
                verdict.by = hits[k].by + 1;
            }
        }
        if (verdict.reasons & MATCH_VENDOR)
            verdict.reasons &= ~(unsigned)MATCH_VENDOR_OTHER;
        judge_versions(index, arena, &product->versions, column_at(&index->rows, hits[i].row),
                       &verdict);
        match_improve(index, hits[i].row, number, &verdict);
    }
}

static enum match_rank rank_of(int score)
{
    return score < 0              ? MATCH_OUTSIDE
           : score >= STRONG_FROM ? MATCH_STRONG
           : score >= LIKELY_FROM ? MATCH_LIKELY
                                  : MATCH_POSSIBLE;
}

/* <0 when the row a is to stand before the row b. */
static int order_rows(const struct match_index *index, uint32_t a, uint32_t b)
{
    const struct row *p = column_at(&index->rows, a), *q = column_at(&index->rows, b);
    int order = index->found[b].score - index->found[a].score;
    if (!order && p->label != q->label)
        order = str_order(texts_at(&index->labels, p->label), texts_at(&index->labels, q->label));
    return order ? order : p->key < q->key ? -1 : p->key > q->key;
}

/* A heap of rows whose root is the one that would go first. */
static void sink(const struct match_index *index, uint32_t *heap, size_t n, size_t i)
{
    for (;;) {
        size_t worst = i, left = 2 * i + 1;
        for (size_t k = left; k < n && k <= left + 1; k++)
            if (order_rows(index, heap[k], heap[worst]) > 0)
                worst = k;
        if (worst == i)
            return;
        uint32_t swap = heap[i];
        heap[i] = heap[worst];
        heap[worst] = swap;
        i = worst;
    }
}

static size_t best_rows(struct match_index *index, struct arena *arena, size_t max, uint32_t **out)
{
    size_t n = index->touched_n < max ? index->touched_n : max;
    uint32_t *heap = NEW_ARRAY(arena, n + 1, uint32_t);
    memcpy(heap, index->touched, n * sizeof *heap);
    for (size_t i = n / 2; i--;)
        sink(index, heap, n, i);
    for (size_t i = n; n && i < index->touched_n; i++)
        if (order_rows(index, index->touched[i], heap[0]) < 0) {
            heap[0] = index->touched[i];
            sink(index, heap, n, 0);
        }
    /* the worst goes to the end, again and again */
    for (size_t left = n; left > 1; left--) {
        uint32_t worst = heap[0];
        heap[0] = heap[left - 1];
        heap[left - 1] = worst;
        sink(index, heap, left - 1, 0);
    }
    *out = heap;
    return n;
}

static struct str text_or_none(const struct texts *texts, uint32_t number)
{
    return number ? texts_at(texts, number - 1) : STR_NONE;
}

static struct match match_of(const struct match_index *index, uint32_t row)
{
    const struct found *found = &index->found[row];
    const struct row *at = column_at(&index->rows, row);
    unsigned reasons = found->reasons & ~(unsigned)MATCH_ENDING;
    if (found->reasons & MATCH_ENDING)
        reasons |= MATCH_SERIES;
    return (struct match){
        .key = at->key,
        .label = texts_at(&index->labels, at->label),
        .reasons = reasons,
        .score = found->score < 0 ? found->score + OUTSIDE_LESS : found->score,
        .rank = rank_of(found->score),
        .product = found->product,
        .by = text_or_none(&index->texts, found->by),
        .version = text_or_none(&index->versions, found->version),
    };
}

void match_end(struct match_index *index, struct arena *arena, size_t matches_max,
               struct matches *out)
{
    for (size_t i = 0; i < index->touched_n; i++) {
        uint32_t row = index->touched[i];
        enum match_rank rank = rank_of(index->found[row].score);
        const struct row *at = column_at(&index->rows, row);
        out->by_rank[rank]++;
        if (rank == MATCH_OUTSIDE)
            continue;
        out->models++;
        out->labels += index->label_search[at->label] != index->search;
        index->label_search[at->label] = index->search;
    }
    uint32_t *rows;
    out->cut = index->cut;
    out->n = best_rows(index, arena, matches_max, &rows);
    struct match *matches = NEW_ARRAY(arena, out->n + 1, struct match);
    for (size_t i = 0; i < out->n; i++)
        matches[i] = match_of(index, rows[i]);
    out->at = matches;
}

struct str match_reasons_print(struct arena *arena, unsigned reasons, bool english)
{
    static const struct {
        enum match_reason reason;
        const char *words[2];
    } rows[] = {
        {MATCH_VENDOR, {"メーカー名", "maker"}},
        {MATCH_MODEL, {"型番", "model number"}},
        {MATCH_SERIES, {"型番の系列", "series of the model number"}},
        {MATCH_PRODUCT, {"製品名", "product name"}},
        {MATCH_CPE, {"CPE名", "CPE name"}},
        {MATCH_PURL, {"パッケージURL", "package URL"}},
        {MATCH_COMPONENT, {"構成部品", "component"}},
        {MATCH_VERSION, {"影響を受けるバージョン", "affected version"}},
        {MATCH_VERSION_OTHER, {"ラベルのバージョンは対象外", "labelled versions not affected"}},
        {MATCH_VENDOR_OTHER, {"別のメーカー名", "another maker named"}}};
    struct buf out = buf_new(arena, 1000);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!(reasons & rows[i].reason))
            continue;
        if (out.bytes)
            buf_add_z(&out, english ? ", " : "、");
        buf_add_z(&out, rows[i].words[english]);
    }
    return buf_str(&out);
}

const char *match_rank_name(enum match_rank rank)
{
    static const char *const names[] = {"outside", "possible", "likely", "strong"};
    return names[rank];
}

const char *match_rank_word(enum match_rank rank, bool english)
{
    static const char *const words[][2] = {{"対象外の版", "Other versions"},
                                           {"弱い一致", "Possible"},
                                           {"有力な一致", "Likely"},
                                           {"強い一致", "Strong"}};
    return words[rank][english];
}
