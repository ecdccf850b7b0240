/* advisory.h: one shape for what CVE, JVN and CSAF publish about a vulnerability.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Clauses 4.8.2, 4.8.3. The readers are strict in form and bounded in size, depth and number; what
 * an advisory claims is taken as written and judged by a person. All text lives in the arena that
 * the reader was given. */
#ifndef HOSHI_ADVISORY_ADVISORY_H
#define HOSHI_ADVISORY_ADVISORY_H

#include "advisory/cvss.h"
#include "advisory/version.h"
#include "base/day.h"

enum advisory_kind {
    ADVISORY_CVE,     /* CVE record format 5.x */
    ADVISORY_JVN,     /* MyJVN: an item of the overview list, or VULDEF details */
    ADVISORY_CSAF,    /* CSAF 2.0, category csaf_security_advisory and all but VEX */
    ADVISORY_CSAF_VEX /* CSAF 2.0, category csaf_vex */
};

enum {
    ADVISORY_TITLE_BYTES = 2000, /* longer ones are cut between two characters */
    ADVISORY_TEXT_BYTES = 20000, /* the same for descriptions */
    ADVISORY_NAME_BYTES = 1000,  /* vendor, product, model: longer ones are refused */
    ADVISORY_PRODUCTS_MAX = 20000,
    ADVISORY_VECTORS_MAX = 200,
    ADVISORY_REFERENCES_MAX = 1000,
    ADVISORY_ALIASES_MAX = 1000
};

/* A scored vector: what the source wrote and what we worked out; a vector that cannot be read (v2,
 * or malformed) is kept as text with the score that the source gave. */
struct advisory_vector {
    struct str text;    /* "CVSS:3.1/AV:N/…" */
    struct cvss cvss;   /* .version is 0 when the vector could not be read */
    int claimed_tenths; /* the score that the source states, CVSS_NO_SCORE when none */
    struct str about;   /* the vulnerability, where one advisory tells of several */
};

struct advisory_product {
    struct str vendor; /* as written; empty for "n/a" */
    struct str product;
    struct str model; /* a model number, where the source gives it apart */
    struct str cpe;   /* as written, readable by cpe_read(); else empty */
    struct str purl;  /* as written, readable by purl_read(); else empty */
    struct str id;    /* CSAF: product_id; else empty */
    struct version_claims versions;
};

struct advisory_reference {
    struct str url, words;
};

struct advisory {
    enum advisory_kind kind;
    struct str id;        /* CVE-2026-10001, JVNDB-2026-000001, the publisher's tracking id */
    struct words aliases; /* other ids of the same thing: CVE, JVN */
    struct str publisher; /* who says it: assigner, publisher; may be empty */
    struct str title;     /* never empty: the id where the source has no title */
    struct str text;      /* its description, the Japanese one where there are several */
    struct day published, modified; /* in Tokyo; DAY_NONE when not stated */
    bool exploited;                 /* it says so itself (CVE: a container with KEV) */
    bool rejected; /* withdrawn by its publisher (CVE: REJECTED): nothing is to be matched */
    const struct advisory_vector *vectors;
    size_t vectors_n;
    const struct advisory_product *products;
    size_t products_n;
    const struct advisory_reference *references;
    size_t references_n;
};

struct advisories {
    const struct advisory *at;
    size_t n;
};

/* The score that counts for the whole: the highest of the newest version (v4.0 before v3.1 before
 * v3.0); a claimed one only where no vector can be worked out. CVSS_NO_SCORE when there is none. */
int advisory_score(const struct advisory *advisory);
/* The vector whose score that is; NULL when there is none. */
const struct advisory_vector *advisory_vector_of_score(const struct advisory *advisory);

#endif
