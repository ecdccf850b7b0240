/* cpe.h: names of platforms: CPE 2.3 formatted strings and 2.2 URIs, read, written and compared.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Sources: NISTIR 7695 (naming: well-formed names, binding and unbinding) and NISTIR 7696
 * (matching). An attribute is held unquoted for comparing: "1\.0" is "1.0"; wildcards at its ends
 * are flags. */
#ifndef HOSHI_ADVISORY_CPE_H
#define HOSHI_ADVISORY_CPE_H

#include "base/fault.h"

enum { CPE_BYTES_MAX = 1000 };

enum cpe_attribute {
    CPE_PART, /* "a", "o" or "h" */
    CPE_VENDOR,
    CPE_PRODUCT,
    CPE_VERSION,
    CPE_UPDATE,
    CPE_EDITION,
    CPE_LANGUAGE,
    CPE_SW_EDITION,
    CPE_TARGET_SW,
    CPE_TARGET_HW,
    CPE_OTHER,
    CPE_ATTRIBUTES
};

enum cpe_logical { CPE_IS_VALUE, CPE_IS_ANY, CPE_IS_NA };

/* One attribute of a well-formed name. */
struct cpe_value {
    enum cpe_logical logical;
    struct str text;    /* lower case, without quoting and without the wildcards at its ends */
    uint8_t any_before; /* 255: "*" in front of it; else so many "?" */
    uint8_t any_after;  /* the same behind it */
};

struct cpe {
    struct cpe_value value[CPE_ATTRIBUTES];
};

/* Reads either binding ("cpe:2.3:h:…" or "cpe:/h:…"). Fault "malformed-cpe", whose `concerns` is
 * the component that is wrong. */
struct fault *cpe_read(struct arena *arena, struct str text, struct cpe *out);

struct str cpe_print(struct arena *arena, const struct cpe *cpe); /* "cpe:2.3:…", 13 parts */
struct str cpe_print_uri(struct arena *arena,
                         const struct cpe *cpe); /* "cpe:/…", packed if needed */

/* How a source (a pattern, of an advisory) stands to a target (what a label names): NISTIR
 * 7696, 6.2. */
enum cpe_relation { CPE_DISJOINT, CPE_EQUAL, CPE_SUBSET, CPE_SUPERSET, CPE_UNDEFINED };
enum cpe_relation cpe_compare_value(const struct cpe_value *source, const struct cpe_value *target);

/* Do source and target speak of the same product: no attribute is disjoint (NISTIR 7696, 7.3). An
 * undefined one (a wildcard in the target) does not match. */
bool cpe_matches(const struct cpe *source, const struct cpe *target);

/* The same for vendor and product alone, and part when both have it: versions are judged as ranges.
 */
bool cpe_same_product(const struct cpe *source, const struct cpe *target);

#endif
