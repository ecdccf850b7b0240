/* advisory.c: what matching costs: an index over labelled models, a day's CVE records, and a
 * year's. SPDX-License-Identifier: Apache-2.0
 *
 *     advisory MODELS DAY YEAR      for instance 1000000 150 45000
 *
 * Records are read from one text, as a file of a year would be; the corpus is that of
 * test/advisory/corpus, so recall and precision are known. Four of five records are about nothing
 * that is labelled. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "advisory/reader.h"
#include "corpus/corpus.h"

#include "base/banned.h"

enum { NOISE_PERCENT = 80, MATCHES_MAX = 1000 };

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

/* A year of records, one after the other, and how many models each affects. */
struct year {
    char *text;
    size_t bytes, size;
    size_t *affected;
};

static void add_record(struct year *year, struct str json)
{
    if (year->bytes + json.bytes + 1 > year->size) {
        year->size = (year->bytes + json.bytes + 1) * 2;
        year->text = realloc(year->text, year->size);
        if (!year->text)
            abort();
    }
    for (size_t i = 0; i < json.bytes; i++)
        year->text[year->bytes++] = json.at[i];
    year->text[year->bytes++] = '\n';
}

static void make_year(struct corpus *corpus, struct year *year, uint32_t records)
{
    struct arena *arena = arena_new((size_t)1 << 30);
    year->affected = calloc(records + 1, sizeof *year->affected);
    for (uint32_t i = 0; i < records && year->affected; i++) {
        arena_reset(arena);
        struct corpus_record record = corpus_record(corpus, arena, i, NOISE_PERCENT);
        year->affected[i] = record.models_n;
        add_record(year, record.json);
    }
    arena_free(arena);
}

static void measure(struct match_index *index, const struct year *year, uint32_t records,
                    const char *what)
{
    struct arena *arena = arena_new((size_t)1 << 30);
    struct cve_feed feed = cve_feed_of((struct str){year->text, year->bytes});
    struct advisory advisory;
    struct fault *fault;
    size_t read = 0, faults = 0, models = 0, affected = 0, with = 0;
    double begun = now(), longest = 0;
    while (read < records && cve_feed_next(arena, &feed, &advisory, &fault)) {
        struct matches matches = {0};
        double from = now();
        if (fault || match_find(index, arena, &advisory, MATCHES_MAX, &matches))
            faults++;
        affected += year->affected[read++];
        models += matches.models;
        with += matches.models > 0;
        longest = now() - from > longest ? now() - from : longest;
        arena_reset(arena);
    }
    printf("%-14s %6zu records in %8.3f s (%.0f a second, the longest %.1f ms), %zu faults\n", what,
           read, now() - begun, (double)read / (now() - begun), longest * 1000, faults);
    printf("#              %zu of them match, %zu models; %zu models are affected\n", with, models,
           affected);
    arena_free(arena);
}

int main(int argc, char **argv)
{
    uint32_t models = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 100000;
    uint32_t day = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 150;
    uint32_t records = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : 4500;
    struct arena *arena = arena_new((size_t)2 << 30), *scratch = arena_new((size_t)64 << 20);
    struct match_index *index = match_index_new((size_t)4 << 30);
    struct corpus *corpus = corpus_new(arena, 20261201, models);
    struct year year = {0};
    make_year(corpus, &year, records > day ? records : day);
    double begun = now();
    struct fault *fault = corpus_fill(corpus, index, scratch);
    if (fault) {
        printf("the index is not built: %.*s\n", STR_F(fault->detail));
        return 1;
    }
    printf("index          %6u models of %zu labels in %8.3f s, %.0f MiB\n", (unsigned)models,
           corpus->labels_n, now() - begun, (double)match_index_bytes(index) / (1 << 20));
    measure(index, &year, day, "day");
    measure(index, &year, records, "year");
    match_index_free(index);
    arena_free(arena);
    arena_free(scratch);
    free(year.text);
    free(year.affected);
    return 0;
}
