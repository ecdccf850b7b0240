/* read_csaf.h: the parts of the reader of CSAF documents.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_ADVISORY_READ_CSAF_H
#define HOSHI_ADVISORY_READ_CSAF_H

#include "advisory/node.h"
#include "advisory/reader.h"
#include "advisory/reading.h"

/* A product id of the tree, and what its place in the tree says of it. */
struct csaf_leaf {
    struct str id;
    const void *group; /* the same for leaves of one product in several versions; or NULL */
    struct advisory_product product; /* without versions */
    struct str version;              /* of a branch product_version, else empty */
    struct str range;                /* of a branch product_version_range, else empty */
};

struct csaf_tree {
    struct csaf_leaf *leaves; /* by id, once csaf_read_tree() is done */
    size_t n;
};

/* Reads product_tree, when there is one: branches, full product names, relationships. An id that is
 * given twice is refused (CSAF 2.0, 6.1.2), and one that a relationship or group names and nobody
 * defines (6.1.1). */
struct fault *csaf_read_tree(const struct node *root, struct csaf_tree *out);

/* NULL when the tree has no such id. */
struct csaf_leaf *csaf_leaf_of(const struct csaf_tree *tree, struct str id);

#endif
