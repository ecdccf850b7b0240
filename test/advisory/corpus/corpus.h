/* corpus.h: a made registry and made advisories whose right answers are known.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The same seed gives the same corpus. Makers, products and components are of no real maker. What
 * an advisory is about is drawn first; how it is written (full width, without hyphens, in English
 * or Japanese, as a series, by CPE, by a component) afterwards: so the truth does not come from the
 * matcher. */
#ifndef HOSHI_TEST_CORPUS_H
#define HOSHI_TEST_CORPUS_H

#include "advisory/match.h"

struct corpus_maker {
    struct str english, japanese; /* without company form */
    struct str slug;              /* of CPE names */
    const char *prefix;           /* of its model numbers */
    uint32_t first, n;            /* its models */
};

struct corpus_model {
    uint32_t maker, label;
    uint32_t series;  /* the number: 123 */
    char letter;      /* 'A' … 'F' */
    uint32_t family;  /* of product names */
    uint32_t version; /* 100 times the first number and the second: 1.08 is 108 */
};

enum { CORPUS_PARTS = 12 }; /* components of each label */

struct corpus_label {
    uint32_t part[CORPUS_PARTS], version[CORPUS_PARTS]; /* version: 10000, 100, 1 */
    uint32_t first, n;
};

struct corpus {
    struct arena *arena;
    uint64_t random;
    struct corpus_maker *makers;
    size_t makers_n;
    struct corpus_model *models;
    size_t models_n;
    struct corpus_label *labels;
    size_t labels_n;
    size_t parts_n;
};

struct corpus *corpus_new(struct arena *arena, uint64_t seed, size_t models);
/* Adds all of it; scratch is reset again and again. */
struct fault *corpus_fill(const struct corpus *corpus, struct match_index *index,
                          struct arena *scratch);

uint32_t corpus_random(struct corpus *corpus, uint32_t below);

/* How things are written in the registry. */
struct str corpus_model_number(struct arena *arena, const struct corpus *corpus, uint32_t model);
struct str corpus_family_name(struct arena *arena, const struct corpus *corpus, uint32_t model,
                              bool english);
struct str corpus_part_name(struct arena *arena, uint32_t part);

/* What an advisory is about. */
enum corpus_kind {
    CORPUS_MODEL,     /* one model number, as people write it, with its maker */
    CORPUS_CPE,       /* one model by its CPE name, without vendor */
    CORPUS_LIST,      /* several model numbers in one name: "HC-100A/B", "HC-100A, HC-101C" */
    CORPUS_SERIES,    /* "HC-100 series", HC-100シリーズ */
    CORPUS_WILD,      /* "HC-10x" */
    CORPUS_FAMILY,    /* a product name without a number */
    CORPUS_PACKAGE,   /* a component by its package URL */
    CORPUS_COMPONENT, /* a component by its name and supplier */
    CORPUS_PART_CPE,  /* a component by its CPE name */
    CORPUS_MISSPELT,  /* one model, of a maker whose name is written wrongly */
    CORPUS_SHORT,     /* "HC-100" where HC-100A to HC-100F are meant, and nothing says so */
    CORPUS_NOISE,     /* nothing that is labelled */
    CORPUS_KINDS
};

struct corpus_record {
    enum corpus_kind kind;
    struct str json;        /* a CVE record */
    const uint32_t *models; /* whom it affects, in ascending order */
    size_t models_n;
};

/* A record; of noise in so many percent of the cases. */
struct corpus_record corpus_record(struct corpus *corpus, struct arena *arena, uint32_t number,
                                   uint32_t noise_percent);
const char *corpus_kind_name(enum corpus_kind kind);

#endif
