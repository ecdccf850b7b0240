/* sbom_list.h: the parts of the readers of bills of materials.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_ADVISORY_SBOM_LIST_H
#define HOSHI_ADVISORY_SBOM_LIST_H

#include "advisory/sbom.h"

struct sbom_list {
    struct arena *arena;
    struct component *at;
    size_t n;
};

struct fault *sbom_add(struct sbom_list *list, const struct component *component);
void sbom_set_names(struct arena *arena, struct component *component, struct str purl,
                    struct str cpe); /* what cannot be read is left out */
void sbom_set_subject(struct sbom *sbom, const struct component *component);
struct str sbom_supplier(struct str text); /* "Organization: X" gives X; NOASSERTION nothing */

struct fault *sbom_read_tags(struct arena *arena, struct str text, struct sbom *out,
                             struct sbom_list *list);

#endif
