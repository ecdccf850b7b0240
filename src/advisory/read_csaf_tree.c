/* read_csaf_tree.c: the product tree of a CSAF document.
 * SPDX-License-Identifier: Apache-2.0
 *
 * CSAF 2.0, sections 3.1.2 (branches), 3.1.3 (full product names) and 3.2.2 (product tree). */
#include <stdlib.h>
#include <string.h>

#include "advisory/read_csaf.h"

#include "base/banned.h"

enum { ID_BYTES_MAX = 1000, LIST_MAX = ADVISORY_PRODUCTS_MAX };

/* What the branches from the root down to here say. */
struct path {
    struct str vendor, family, product, version, range;
    const void *group; /* the innermost branch that is no version */
};

static struct fault *add_leaf(const struct node *node, struct csaf_tree *out, struct csaf_leaf leaf)
{
    if (out->n == ADVISORY_PRODUCTS_MAX) {
        struct fault *fault = node_wrong(node, "too many products");
        fault->code = "too-large";
        return fault;
    }
    out->leaves = reading_grow(node->arena, out->leaves, out->n, sizeof leaf);
    out->leaves[out->n++] = leaf;
    return NULL;
}

/* What helps to identify a product (3.1.3.3): CPE, package URL, model numbers. */
static struct fault *read_identification(const struct node *name, struct advisory_product *product)
{
    struct node found_by;
    struct str cpe, purl;
    TRY(node_object(name, "product_identification_helper", false, &found_by));
    if (!found_by.value)
        return NULL;
    TRY(node_text(&found_by, "cpe", false, 4000, &cpe));
    TRY(node_text(&found_by, "purl", false, 4000, &purl));
    product->cpe = reading_cpe(name->arena, cpe);
    product->purl = reading_purl(name->arena, purl);
    struct node list;
    TRY(node_list(&found_by, "model_numbers", false, 1000, &list));
    if (node_items(&list))
        TRY(node_text_item(&list, 0, ADVISORY_NAME_BYTES, &product->model));
    for (size_t i = 1; i < node_items(&list); i++) {
        struct str more;
        TRY(node_text_item(&list, i, ADVISORY_NAME_BYTES, &more));
        product->model = str_print(name->arena, "%.*s, %.*s", STR_F(product->model), STR_F(more));
        if (product->model.bytes > (size_t)ADVISORY_NAME_BYTES * 20)
            return node_wrong_member(&found_by, "model_numbers", "too many model numbers");
    }
    return NULL;
}

/* full_product_name_t */
static struct fault *read_name(const struct node *name, struct csaf_tree *out,
                               const struct path *path)
{
    struct csaf_leaf leaf = {.group = path->group, .version = path->version, .range = path->range};
    struct str words;
    TRY(node_text(name, "name", true, 4000, &words));
    TRY(node_text(name, "product_id", true, ID_BYTES_MAX, &leaf.id));
    TRY(read_identification(name, &leaf.product));
    leaf.product.id = leaf.id;
    leaf.product.vendor = path->vendor;
    leaf.product.product = path->product.bytes  ? path->product
                           : path->family.bytes ? path->family
                                                : words;
    return add_leaf(name, out, leaf);
}

static void set_branch(struct path *path, struct str category, struct str name, const void *here)
{
    bool version = true;
    if (str_is(category, "product_version"))
        path->version = name;
    else if (str_is(category, "product_version_range"))
        path->range = name;
    else if (!str_is(category, "patch_level") && !str_is(category, "service_pack"))
        version = false;
    if (str_is(category, "vendor"))
        path->vendor = name;
    else if (str_is(category, "product_family"))
        path->family = name;
    else if (str_is(category, "product_name"))
        path->product = name;
    if (!version)
        path->group = here;
}

static struct fault *read_branches(const struct node *node, struct csaf_tree *out,
                                   const struct path *path, int depth)
{
    struct node list, branch, product;
    TRY(node_list(node, "branches", false, LIST_MAX, &list));
    if (list.value && depth > READER_DEPTH_MAX / 2)
        return node_wrong(&list, "too deep");
    for (size_t i = 0; i < node_items(&list); i++) {
        struct path here = *path;
        struct str category, name;
        TRY(node_object_item(&list, i, &branch));
        TRY(node_text(&branch, "category", true, 100, &category));
        TRY(node_text(&branch, "name", true, 4000, &name));
        set_branch(&here, category, name, branch.value);
        TRY(node_object(&branch, "product", false, &product));
        if (product.value)
            TRY(read_name(&product, out, &here));
        TRY(read_branches(&branch, out, &here, depth + 1));
    }
    return NULL;
}

static int order_leaves(const void *a, const void *b)
{
    return str_order(((const struct csaf_leaf *)a)->id, ((const struct csaf_leaf *)b)->id);
}

static struct fault *sort_leaves(const struct node *tree, struct csaf_tree *out)
{
    if (!out->n)
        return NULL;
    qsort(out->leaves, out->n, sizeof *out->leaves, order_leaves);
    for (size_t i = 1; i < out->n; i++)
        if (str_eq(out->leaves[i - 1].id, out->leaves[i].id))
            return node_wrong(tree, "a product id is given twice (CSAF 2.0, 6.1.2)");
    return NULL;
}

struct csaf_leaf *csaf_leaf_of(const struct csaf_tree *tree, struct str id)
{
    struct csaf_leaf key = {.id = id};
    return tree->n ? bsearch(&key, tree->leaves, tree->n, sizeof key, order_leaves) : NULL;
}

static struct fault *referred(const struct node *node, const char *name,
                              const struct csaf_tree *tree, const struct csaf_leaf **out)
{
    struct str id;
    TRY(node_text(node, name, true, ID_BYTES_MAX, &id));
    *out = csaf_leaf_of(tree, id);
    return NULL;
}

/* "Firmware 1.2 installed on HC-100A": the device is what is meant, the versions are those of what
 * is on it. *known is false when it refers to an id that the tree does not have (yet). */
static struct fault *read_relationship(const struct node *item, const struct csaf_tree *tree,
                                       struct csaf_tree *more, bool *known)
{
    const struct csaf_leaf *part, *whole;
    struct node name;
    struct str words;
    TRY(referred(item, "product_reference", tree, &part));
    TRY(referred(item, "relates_to_product_reference", tree, &whole));
    *known = part && whole;
    if (!*known)
        return NULL;
    struct csaf_leaf leaf = *whole;
    leaf.group = NULL;
    leaf.version = part->version;
    leaf.range = part->range;
    struct str purl = part->product.purl;
    TRY(node_object(item, "full_product_name", true, &name));
    TRY(node_text(&name, "name", true, 4000, &words));
    TRY(node_text(&name, "product_id", true, ID_BYTES_MAX, &leaf.id));
    struct advisory_product own = {0};
    TRY(read_identification(&name, &own));
    leaf.product.id = leaf.id;
    leaf.product.cpe = own.cpe.bytes ? own.cpe : leaf.product.cpe;
    leaf.product.purl = own.purl.bytes ? own.purl : purl;
    leaf.product.model = own.model.bytes ? own.model : leaf.product.model;
    return add_leaf(item, more, leaf);
}

/* A relationship may refer to the product of another one, which may stand behind it: so in rounds.
 * What a round adds is found from the next one on. */
static struct fault *read_relationships(const struct node *tree, struct csaf_tree *out)
{
    enum { RELATIONSHIPS_MAX = 5000, ROUNDS_MAX = 8 };
    struct node list, item;
    TRY(node_list(tree, "relationships", false, RELATIONSHIPS_MAX, &list));
    size_t n = node_items(&list), left = n;
    bool *done = NEW_ARRAY(tree->arena, n + 1, bool);
    for (int round = 0; left && round < ROUNDS_MAX; round++) {
        struct csaf_tree more = {0};
        for (size_t i = 0; i < n; i++) {
            if (done[i])
                continue;
            TRY(node_object_item(&list, i, &item));
            TRY(read_relationship(&item, out, &more, &done[i]));
            left -= done[i];
        }
        for (size_t i = 0; i < more.n; i++)
            TRY(add_leaf(&list, out, more.leaves[i]));
        TRY(sort_leaves(&list, out));
    }
    return left ? node_wrong(&list, "refers to a product id that nobody defines (CSAF 2.0, 6.1.1)")
                : NULL;
}

static struct fault *read_groups(const struct node *tree, const struct csaf_tree *have)
{
    struct node groups, group, ids;
    TRY(node_list(tree, "product_groups", false, LIST_MAX, &groups));
    for (size_t i = 0; i < node_items(&groups); i++) {
        TRY(node_object_item(&groups, i, &group));
        TRY(node_list(&group, "product_ids", true, LIST_MAX, &ids));
        for (size_t k = 0; k < node_items(&ids); k++) {
            struct str id;
            struct node item = node_item(&ids, k);
            TRY(node_text_item(&ids, k, ID_BYTES_MAX, &id));
            if (!csaf_leaf_of(have, id))
                return node_wrong(&item, "no such product id (CSAF 2.0, 6.1.1)");
        }
    }
    return NULL;
}

struct fault *csaf_read_tree(const struct node *root, struct csaf_tree *out)
{
    struct path path = {0};
    struct node tree, list, item;
    *out = (struct csaf_tree){0};
    TRY(node_object(root, "product_tree", false, &tree));
    if (!tree.value)
        return NULL;
    TRY(read_branches(&tree, out, &path, 0));
    TRY(node_list(&tree, "full_product_names", false, LIST_MAX, &list));
    for (size_t i = 0; i < node_items(&list); i++) {
        TRY(node_object_item(&list, i, &item));
        TRY(read_name(&item, out, &path));
    }
    TRY(sort_leaves(&tree, out));
    TRY(read_relationships(&tree, out));
    return read_groups(&tree, out);
}
