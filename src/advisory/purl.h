/* purl.h: package URLs read, normalised, written and compared.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Source: package-url/purl-spec (ECMA-427): "pkg:type/namespace/name@version?qualifiers#subpath".
 */
#ifndef HOSHI_ADVISORY_PURL_H
#define HOSHI_ADVISORY_PURL_H

#include "base/fault.h"

enum { PURL_BYTES_MAX = 2000, PURL_QUALIFIERS_MAX = 32 };

struct purl_qualifier {
    struct str name, value;
};

/* All parts decoded and normalised by the rules of the type; absent parts are STR_NONE. */
struct purl {
    struct str type, namespace, name, version, subpath;
    struct purl_qualifier qualifiers[PURL_QUALIFIERS_MAX]; /* by name */
    size_t qualifiers_n;
};

/* Fault "malformed-purl", whose `concerns` is the part that is wrong. */
struct fault *purl_read(struct arena *arena, struct str text, struct purl *out);
struct str purl_print(struct arena *arena, const struct purl *purl); /* the canonical form */

/* Type, namespace and name alike: the same package, of whatever version. */
bool purl_same_package(const struct purl *a, const struct purl *b);
/* "type/namespace/name", the key of a package: for an index. */
struct str purl_package(struct arena *arena, const struct purl *purl);

#endif
