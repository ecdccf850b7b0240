/* version.h: versions of software and firmware as makers write them, compared, and ranges of them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Sources: Semantic Versioning 2.0.0, 11; CVE JSON record format 5.1, "versions"; vers
 * specification of package-url; the wording of JVN ("Ver.1.02 およびそれ以前"). What no source
 * fixes is `ours`. */
#ifndef HOSHI_ADVISORY_VERSION_H
#define HOSHI_ADVISORY_VERSION_H

#include "base/fault.h"

enum { VERSION_BYTES_MAX = 200, VERSION_CLAIMS_MAX = 2000 };

/* How versions of a range are compared. */
enum version_scheme {
    VERSION_LOOSE,  /* as makers write them; "custom" and every scheme that we do not know */
    VERSION_SEMVER, /* strict; what is not semver is compared loosely */
    VERSION_EXACT   /* no order at all (git): equal or not */
};

/* <0, 0, >0 as a is before, at, or after b. Loose: width and case folded (NFKC), "V", "Ver.",
 * "version", "firmware", "rev" in front dropped, numbers by value (02 is 2), trailing zeros nothing
 * (1.2 is 1.2.0), a pre-release word (alpha, beta, rc, pre, dev …) before its release, any other
 * suffix (-r3, a, p1) after it. EXACT gives 0 or 1. */
int version_order(struct arena *arena, enum version_scheme scheme, struct str a, struct str b);
bool version_is_semver(struct str text);

enum version_status {
    VERSION_UNKNOWN, /* nothing is said, or it is under investigation */
    VERSION_AFFECTED,
    VERSION_FIXED,
    VERSION_NOT_AFFECTED
};

/* One statement: "versions of this range are affected". Bounds that are STR_NONE are open. */
struct version_claim {
    enum version_status status;
    enum version_scheme scheme;
    struct str from, to;
    bool from_excluded; /* from < v, else from <= v */
    bool to_included;   /* v <= to, else v < to; from == to with to_included: that version alone */
    struct str about;   /* the vulnerability, where one advisory tells of several; else empty */
    struct str written; /* as the source wrote it, for showing */
};

struct version_claims {
    const struct version_claim *at;
    size_t n;
    enum version_status otherwise; /* what holds where no claim speaks (CVE: defaultStatus) */
};

bool version_in(struct arena *arena, const struct version_claim *claim, struct str version);

/* The status of one version: of the claims about the same vulnerability the first that holds it; of
 * several vulnerabilities the gravest (affected, unknown, fixed, not affected). */
enum version_status version_judge(struct arena *arena, const struct version_claims *claims,
                                  struct str version);

/* Reads what stands for a set of versions and adds its claims to *out (at most VERSION_CLAIMS_MAX):
 *   vers:generic/>=1.0|<1.5                        the vers specification
 *   "<4.2", ">=1.0|<2", "1.0 to 1.4", "*"          as CSAF's product_version_range may hold
 *   "Ver.1.02 およびそれ以前", "1.10 未満", "1.0 から 1.4 まで", "1.2 以降", "すべてのバージョン"
 *   "1.02 and earlier", "prior to 1.10", "versions before 2"
 * Text of which no range can be made is one exact version when it looks like one (a digit, no
 * blanks); else fault "malformed-range". */
struct fault *version_range_read(struct arena *arena, struct str text, enum version_status status,
                                 struct version_claims *out);

/* "1.0 ≤ v < 1.5": for lists and logs, the same in both languages. */
struct str version_claim_print(struct arena *arena, const struct version_claim *claim);

/* Adds one claim; false when there are VERSION_CLAIMS_MAX. */
bool version_claims_add(struct arena *arena, struct version_claims *claims,
                        struct version_claim claim);

#endif
