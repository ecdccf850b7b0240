/* match_test.c: the matcher on a made corpus whose answers are known (4.8.3): recall and precision.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What each reason is worth is tried in match_reason_test.c; here, how well they do together. */
#include <stdlib.h>
#include <string.h>

#include "advisory/reader.h"
#include "check.h"
#include "corpus/corpus.h"

#include "base/banned.h"

enum { MODELS = 6000, RECORDS = 900, NOISE_PERCENT = 30 };

/* Of a kind of advisories: models affected, and matched, from a rank on. */
struct score {
    size_t records, affected, right, wrong;
};

static bool is_affected(const struct corpus_record *record, int64_t model)
{
    for (size_t i = 0; i < record->models_n; i++)
        if (record->models[i] == model)
            return true;
    return false;
}

static void count(const struct corpus_record *record, const struct matches *matches,
                  enum match_rank from, struct score *score)
{
    score->records++;
    score->affected += record->models_n;
    for (size_t i = 0; i < matches->n && matches->at[i].rank >= from; i++) {
        bool right = is_affected(record, matches->at[i].key);
        score->right += right;
        score->wrong += !right;
    }
}

static double recall(const struct score *score)
{
    return score->affected ? 100.0 * (double)score->right / (double)score->affected : 100;
}

static double precision(const struct score *score)
{
    size_t all = score->right + score->wrong;
    return all ? 100.0 * (double)score->right / (double)all : 100;
}

static void judge(struct tally *tally, struct corpus *corpus, struct match_index *index)
{
    struct score likely[CORPUS_KINDS + 1] = {0}, possible[CORPUS_KINDS + 1] = {0};
    struct arena *arena = arena_new((size_t)512 << 20);
    size_t unread = 0, noisy = 0;
    for (uint32_t i = 0; i < RECORDS; i++) {
        struct advisory advisory;
        struct matches matches;
        arena_reset(arena);
        struct corpus_record record = corpus_record(corpus, arena, i, NOISE_PERCENT);
        if (cve_read(arena, record.json, &advisory) ||
            match_find(index, arena, &advisory, MODELS, &matches)) {
            unread++;
            continue;
        }
        for (size_t k = 0; k < 2; k++) {
            count(&record, &matches, MATCH_LIKELY, &likely[k ? record.kind : CORPUS_KINDS]);
            count(&record, &matches, MATCH_POSSIBLE, &possible[k ? record.kind : CORPUS_KINDS]);
        }
        noisy += record.kind == CORPUS_NOISE && matches.models;
    }
    CHECK(tally, !unread, "every record is read and looked for");
    for (size_t k = 0; k <= CORPUS_KINDS; k++) {
        const char *name = k < CORPUS_KINDS ? corpus_kind_name((enum corpus_kind)k) : "all";
        printf(
            "# %-14s %4zu records, %6zu models affected: likely recall %.1f %% precision %.1f %%,"
            " possible recall %.1f %% precision %.1f %%\n",
            name, likely[k].records, likely[k].affected, recall(&likely[k]), precision(&likely[k]),
            recall(&possible[k]), precision(&possible[k]));
        CHECK(tally, k == CORPUS_NOISE || recall(&possible[k]) >= 99.5,
              "%s: at least 99.5 %% are found", name);
        /* where the name says too little, it is told for a second look, not for the first */
        bool vague = k == CORPUS_NOISE || k == CORPUS_MISSPELT || k == CORPUS_SHORT;
        CHECK(tally, vague || recall(&likely[k]) >= 95, "%s: 95 %% as likely", name);
        CHECK(tally, precision(&likely[k]) >= 95 || k == CORPUS_NOISE,
              "%s: 95 %% of the likely ones are right", name);
    }
    CHECK(tally, noisy * 20 <= likely[CORPUS_NOISE].records,
          "noise: at most one of twenty matches");
    arena_free(arena);
}

int main(void)
{
    struct tally tally = {0};
    struct arena *arena = arena_new((size_t)256 << 20), *scratch = arena_new((size_t)64 << 20);
    struct corpus *corpus = corpus_new(arena, 20261201, MODELS);
    struct match_index *index = match_index_new((size_t)512 << 20);
    struct fault *fault = corpus_fill(corpus, index, scratch);
    if (CHECK(&tally, !fault && match_index_models(index) == MODELS, "the index is built"))
        judge(&tally, corpus, index);
    match_index_free(index);
    arena_free(scratch);
    arena_free(arena);
    return tally_end(&tally);
}
