/* match.h: which labelled models an advisory speaks of, ranked, with the reasons.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Clause 4.8.3. An index is built once over the labelled models, sealed, and asked any number of
 * times. Names are folded by base/fold.h; model numbers lose their separators: HC-100A, HC100A and
 * ＨＣ－１００Ａ are one. A match is a proposal with reasons: an officer confirms it. */
#ifndef HOSHI_ADVISORY_MATCH_H
#define HOSHI_ADVISORY_MATCH_H

#include "advisory/advisory.h"
#include "advisory/sbom.h"

struct match_index;

enum {
    MATCH_MODELS_MAX = 4000000, /* that one index takes */
    MATCH_VISITS_MAX =
        20000000, /* steps of one search: about two seconds; a hostile advisory is cut */
    MATCH_SBOM_NONE = -1
};

/* A labelled model as the register and the casework know it; copied by match_add(). */
struct labelled_model {
    struct str label;      /* number of the label */
    struct words makers;   /* names of the maker and its brands, ja and en, each variant */
    struct words products; /* product names, ja and en */
    struct words models;   /* model numbers; usually one */
    struct words versions; /* firmware versions that were labelled; may be none */
    struct words cpes;     /* may be none */
    int sbom;              /* of match_add_sbom(), or MATCH_SBOM_NONE */
    int64_t key;           /* the caller's own id of the model, given back */
};

/* An index that takes at most bytes_max; NULL when the system has no memory. */
struct match_index *match_index_new(size_t bytes_max);
void match_index_free(struct match_index *index);

/* Adds the components of one bill of materials, which many models may share. */
struct fault *match_add_sbom(struct match_index *index, struct arena *arena,
                             const struct component *components, size_t n, int *out);
/* `arena` is for scratch: it may be reset after each call. Fault "too-large" when the ceiling is
 * met. */
struct fault *match_add(struct match_index *index, struct arena *arena,
                        const struct labelled_model *model);
/* Sorts; afterwards nothing can be added and match_find() may be called. */
struct fault *match_seal(struct match_index *index, struct arena *arena);

size_t match_index_models(const struct match_index *index);
size_t match_index_bytes(const struct match_index *index);

/* What matched: bits of match.reasons. */
enum match_reason {
    MATCH_VENDOR = 1 << 0,        /* the maker's name */
    MATCH_MODEL = 1 << 1,         /* the whole model number */
    MATCH_SERIES = 1 << 2,        /* a series or wildcard that the model number belongs to */
    MATCH_PRODUCT = 1 << 3,       /* the product's name, which is more than generic words */
    MATCH_CPE = 1 << 4,           /* vendor and product of a CPE name */
    MATCH_PURL = 1 << 5,          /* the package of a component */
    MATCH_COMPONENT = 1 << 6,     /* a component by its name */
    MATCH_VERSION = 1 << 7,       /* a version that is affected */
    MATCH_VERSION_OTHER = 1 << 8, /* versions are known, and none of them is affected */
    MATCH_VENDOR_OTHER = 1 << 9   /* the advisory names another maker */
};

/* STRONG and LIKELY are worth an officer's first look; POSSIBLE a second; OUTSIDE is told for
 * completeness: the product is meant, its labelled versions are not. */
enum match_rank { MATCH_OUTSIDE, MATCH_POSSIBLE, MATCH_LIKELY, MATCH_STRONG };

struct match {
    int64_t key;
    struct str label;
    unsigned reasons; /* of enum match_reason */
    int score;        /* doc/advisory.md, "Score" */
    enum match_rank rank;
    size_t product;     /* of advisory.products: the one that matched best */
    struct str by;      /* what matched, as the label has it: the model number, the component */
    struct str version; /* the affected version that the label has; may be empty */
};

struct matches {
    const struct match *at; /* best first; of equal ones by label, then key */
    size_t n;               /* at most matches_max */
    size_t models, labels;  /* that are POSSIBLE or better in all: the reach */
    size_t by_rank[4];      /* models of each rank, by enum match_rank */
    bool cut; /* it names so much that the search was ended: there may be more, the counts are least
               */
};

/* Of a rejected advisory: none. The index is only read; its scratch is not shared between threads.
 */
struct fault *match_find(struct match_index *index, struct arena *arena,
                         const struct advisory *advisory, size_t matches_max, struct matches *out);

/* "メーカー名、型番、版" or "maker, model number, version". */
struct str match_reasons_print(struct arena *arena, unsigned reasons, bool english);
const char *match_rank_name(enum match_rank rank); /* "outside", "possible", "likely", "strong" */
const char *match_rank_word(enum match_rank rank, bool english);

/* "HC-100A" and "ＨＣ１００ａ" give "hc100a"; STR_NONE when nothing is left or it is not UTF-8. */
struct str model_key(struct arena *arena, struct str model);

#endif
