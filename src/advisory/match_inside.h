/* match_inside.h: the index of labelled models, as its parts see it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Every name that can be asked for is a posting: a hash of its kind and its folded text, and the
 * model or bill of materials that has it; sorted by hash. 64 bits tell a hundred million names
 * apart. */
#ifndef HOSHI_ADVISORY_MATCH_INSIDE_H
#define HOSHI_ADVISORY_MATCH_INSIDE_H

#include "advisory/column.h"
#include "advisory/match.h"

enum match_kind {
    OF_MODEL = 1,     /* model_key(); row, by: the model number as written */
    OF_MAKER_WORD,    /* maker_first_word(); of no posting */
    OF_MAKER,         /* a folded name; row: the maker */
    OF_PRODUCT,       /* maker and folded name; by: the name as written */
    OF_CPE,           /* "vendor:product"; by: the CPE name as written */
    OF_PACKAGE,       /* purl_package(); row: the bill of materials, by: the component */
    OF_COMPONENT,     /* a folded name; the same */
    OF_COMPONENT_CPE, /* "vendor:product"; the same */
};

struct posting {
    uint64_t key;
    uint32_t row, by;
};

struct row {
    int64_t key;
    uint32_t label, maker, versions, versions_n; /* versions: places in match_index.row_versions */
    int32_t sbom;
};

/* A model number of a row, in the order of maker and key: for series. */
struct number {
    uint32_t maker, key, row, by; /* key and by: texts */
};

struct held {          /* a component of a bill of materials */
    uint64_t supplier; /* hash of its folded name; 0: none */
    uint32_t name, version;
    bool has_version, has_package;
};

struct maker {
    uint32_t names, names_n; /* places in match_index.maker_names */
};

struct sbom_rows {
    uint32_t first, n; /* places in match_index.sbom_rows */
};

/* What is known of a row in one search. */
struct found {
    uint32_t search; /* the search that this is of: what is of another is as nothing */
    int16_t score;   /* less 100 when its versions are known to be others */
    uint16_t reasons;
    uint32_t product, by, version; /* by, version: texts and 1; 0: none */
};

struct match_index {
    size_t bytes_max;
    struct arena *arena, *building; /* the second is freed when the index is sealed */
    bool sealed, broken;
    struct texts texts, labels, makers, products, versions;
    struct column rows, maker_list, maker_names, row_versions, held, product_keys, sboms;
    struct column postings, numbers; /* while building */
    struct posting *sorted;
    size_t sorted_n;
    struct number *by_maker;
    size_t by_maker_n;
    uint32_t *sbom_rows;
    /* scratch of match_find() */
    struct found *found;
    uint32_t *label_search, *judged_for, search, judging;
    uint8_t *judged;
    uint32_t *touched;
    size_t touched_n, visits;
    bool cut;
};

/* Counts steps of a search; false when it has had enough of them. */
bool match_visit(struct match_index *index, size_t steps);

uint64_t match_key(enum match_kind kind, uint64_t of, struct str text);

/* The postings of a key: *n of them. */
const struct posting *match_postings(const struct match_index *index, uint64_t key, size_t *n);

/* "vendor:product" of a CPE name, "_firmware" left out; STR_NONE when either is not a plain value.
 */
struct str cpe_product_key(struct arena *arena, struct str cpe);

/* Does the maker go by one of these names (hashes)? */
bool maker_has(const struct match_index *index, uint32_t maker, const uint64_t *names, size_t n);

#endif
