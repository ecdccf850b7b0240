/* read_csaf.c: one CSAF 2.0 document.
 * SPDX-License-Identifier: Apache-2.0
 *
 * CSAF 2.0 (OASIS Standard), sections 3.2.1 (document) and 3.2.3 (vulnerabilities). */
#include <stdlib.h>
#include <string.h>

#include "advisory/read_csaf.h"
#include "advisory/read_cve.h"

#include "base/banned.h"

enum { LIST_MAX = ADVISORY_PRODUCTS_MAX, VULNERABILITIES_MAX = 2000, URL_BYTES_MAX = 4000 };

/* A document while it is read. */
struct csaf {
    struct reading reading;
    struct csaf_tree tree;
    struct version_claims *claims; /* of each leaf */
    bool *named;                   /* each leaf: a vulnerability tells of it */
};

static struct fault *too_many(const struct node *node)
{
    struct fault *fault = node_wrong(node, "too many");
    fault->code = "too-large";
    return fault;
}

static struct fault *read_day(const struct node *node, const char *name, struct day *out)
{
    struct str text;
    TRY(node_text(node, name, true, 60, &text));
    return reading_day(text, out) ? NULL : node_wrong_member(node, name, "no date and time");
}

static struct fault *read_tracking(const struct node *document, struct csaf *csaf)
{
    struct advisory *out = csaf->reading.out;
    struct node tracking, aliases;
    struct str status, version;
    TRY(node_object(document, "tracking", true, &tracking));
    TRY(node_text(&tracking, "id", true, 1000, &out->id));
    TRY(node_text(&tracking, "status", true, 20, &status));
    if (!str_is(status, "final") && !str_is(status, "interim") && !str_is(status, "draft"))
        return node_wrong_member(&tracking, "status", "draft, interim or final is wanted");
    TRY(node_text(&tracking, "version", true, 100, &version));
    TRY(read_day(&tracking, "initial_release_date", &out->published));
    TRY(read_day(&tracking, "current_release_date", &out->modified));
    TRY(node_list(&tracking, "aliases", false, ADVISORY_ALIASES_MAX, &aliases));
    for (size_t i = 0; i < node_items(&aliases); i++) {
        struct str alias;
        TRY(node_text_item(&aliases, i, 1000, &alias));
        if (!reading_add_alias(&csaf->reading, alias))
            return too_many(&aliases);
    }
    return NULL;
}

static struct fault *read_references(const struct node *node, struct csaf *csaf)
{
    struct node list, item;
    TRY(node_list(node, "references", false, ADVISORY_REFERENCES_MAX, &list));
    for (size_t i = 0; i < node_items(&list); i++) {
        struct str url, words;
        TRY(node_object_item(&list, i, &item));
        TRY(node_text(&item, "url", true, URL_BYTES_MAX, &url));
        TRY(node_prose(&item, "summary", true, 500, &words));
        if (!reading_add_reference(&csaf->reading, url, words))
            return too_many(&item);
    }
    return NULL;
}

/* The text of the notes: a summary or description before any other. */
static struct fault *read_notes(const struct node *node, struct csaf *csaf)
{
    struct node list, item;
    TRY(node_list(node, "notes", false, LIST_MAX, &list));
    for (size_t i = 0; i < node_items(&list); i++) {
        struct str category, text;
        TRY(node_object_item(&list, i, &item));
        TRY(node_text(&item, "category", true, 60, &category));
        TRY(node_prose(&item, "text", true, ADVISORY_TEXT_BYTES, &text));
        bool tells = str_is(category, "summary") || str_is(category, "description");
        if (!csaf->reading.out->text.bytes && tells)
            csaf->reading.out->text = text;
    }
    return NULL;
}

static struct fault *read_document(const struct node *root, struct csaf *csaf)
{
    struct advisory *out = csaf->reading.out;
    struct node document, publisher;
    struct str version, category;
    TRY(node_object(root, "document", true, &document));
    TRY(node_text(&document, "csaf_version", true, 10, &version));
    if (!str_is(version, "2.0"))
        return node_wrong_member(&document, "csaf_version", "2.0 is wanted");
    TRY(node_text(&document, "category", true, 200, &category));
    out->kind = str_is(category, "csaf_vex") ? ADVISORY_CSAF_VEX : ADVISORY_CSAF;
    TRY(node_prose(&document, "title", true, ADVISORY_TITLE_BYTES, &out->title));
    TRY(node_object(&document, "publisher", true, &publisher));
    TRY(node_text(&publisher, "name", true, ADVISORY_NAME_BYTES, &out->publisher));
    TRY(read_tracking(&document, csaf));
    TRY(read_notes(&document, csaf));
    return read_references(&document, csaf);
}

/* One status of one product: "known_affected" and its fellows. */
static struct fault *add_status(const struct node *item, struct csaf *csaf, struct csaf_leaf *leaf,
                                enum version_status status, struct str about)
{
    struct version_claims *claims = &csaf->claims[leaf - csaf->tree.leaves];
    struct version_claims read = {0};
    if (leaf->range.bytes && version_range_read(item->arena, leaf->range, status, &read))
        return NULL; /* words that are no range: the product is meant, its versions are not known */
    if (!leaf->range.bytes && !leaf->version.bytes)
        reading_cpe_version(item->arena, leaf->product.cpe, status, &read);
    if (!leaf->range.bytes && !read.n) {
        struct version_claim claim = {
            .status = status, .from = leaf->version, .to = leaf->version, .to_included = true};
        claim.written = leaf->version;
        if (!version_claims_add(item->arena, &read, claim))
            return too_many(item);
    }
    for (size_t i = 0; i < read.n; i++) {
        struct version_claim claim = read.at[i];
        claim.about = about;
        if (!version_claims_add(item->arena, claims, claim))
            return too_many(item);
    }
    return NULL;
}

static struct fault *read_status(const struct node *vulnerability, struct csaf *csaf,
                                 struct str about)
{
    static const struct {
        const char *name;
        enum version_status status;
    } kinds[] = {
        {"known_affected", VERSION_AFFECTED},     {"first_affected", VERSION_AFFECTED},
        {"last_affected", VERSION_AFFECTED},      {"fixed", VERSION_FIXED},
        {"first_fixed", VERSION_FIXED},           {"known_not_affected", VERSION_NOT_AFFECTED},
        {"under_investigation", VERSION_UNKNOWN}, {"recommended", VERSION_UNKNOWN}};
    struct node status, list;
    TRY(node_object(vulnerability, "product_status", false, &status));
    for (size_t k = 0; status.value && k < sizeof kinds / sizeof *kinds; k++) {
        TRY(node_list(&status, kinds[k].name, false, LIST_MAX, &list));
        for (size_t i = 0; i < node_items(&list); i++) {
            struct node item = node_item(&list, i);
            struct str id;
            TRY(node_text_item(&list, i, 1000, &id));
            struct csaf_leaf *leaf = csaf_leaf_of(&csaf->tree, id);
            if (!leaf)
                return node_wrong(&item, "no such product id (CSAF 2.0, 6.1.1)");
            csaf->named[leaf - csaf->tree.leaves] = true;
            if (!str_is(str_of(kinds[k].name), "recommended"))
                TRY(add_status(&item, csaf, leaf, kinds[k].status, about));
        }
    }
    return NULL;
}

static struct fault *read_scores(const struct node *vulnerability, struct csaf *csaf,
                                 struct str about)
{
    static const char *const versions[] = {"cvss_v3", "cvss_v2"};
    struct node list, item, cvss;
    TRY(node_list(vulnerability, "scores", false, LIST_MAX, &list));
    for (size_t i = 0; i < node_items(&list); i++) {
        TRY(node_object_item(&list, i, &item));
        for (size_t k = 0; k < sizeof versions / sizeof *versions; k++) {
            struct str text;
            TRY(node_object(&item, versions[k], false, &cvss));
            if (!cvss.value)
                continue;
            TRY(node_text(&cvss, "vectorString", true, CVSS_BYTES_MAX, &text));
            if (!reading_add_vector(&csaf->reading, text, claimed_tenths(&cvss, "baseScore"),
                                    about))
                return too_many(&item);
        }
    }
    return NULL;
}

/* The CVE, else the first id of another system, else its place. */
static struct fault *read_ids(const struct node *vulnerability, struct csaf *csaf, size_t index,
                              struct str *about)
{
    struct node list, item;
    struct str id;
    TRY(node_text(vulnerability, "cve", false, 60, about));
    if (about->bytes && !is_cve_id(*about))
        return node_wrong_member(vulnerability, "cve", "no CVE identifier");
    if (!reading_add_alias(&csaf->reading, *about))
        return too_many(vulnerability);
    TRY(node_list(vulnerability, "ids", false, 1000, &list));
    for (size_t i = 0; i < node_items(&list); i++) {
        TRY(node_object_item(&list, i, &item));
        TRY(node_text(&item, "text", true, 1000, &id));
        if (!reading_add_alias(&csaf->reading, id))
            return too_many(&item);
        if (!about->bytes)
            *about = id;
    }
    if (!about->bytes)
        *about = str_print(vulnerability->arena, "#%zu", index + 1);
    return NULL;
}

static struct fault *read_vulnerabilities(const struct node *root, struct csaf *csaf)
{
    struct node list, item;
    TRY(node_list(root, "vulnerabilities", false, VULNERABILITIES_MAX, &list));
    for (size_t i = 0; i < node_items(&list); i++) {
        struct str about;
        TRY(node_object_item(&list, i, &item));
        TRY(read_ids(&item, csaf, i, &about));
        TRY(read_notes(&item, csaf));
        TRY(read_status(&item, csaf, about));
        TRY(read_scores(&item, csaf, about));
        TRY(read_references(&item, csaf));
    }
    return NULL;
}

static int order_groups(const void *a, const void *b)
{
    const struct csaf_leaf *p = *(struct csaf_leaf *const *)a, *q = *(struct csaf_leaf *const *)b;
    if (p->group != q->group)
        return (uintptr_t)p->group < (uintptr_t)q->group ? -1 : 1;
    int order = str_order(p->product.model, q->product.model);
    return order ? order : str_order(p->id, q->id);
}

static bool same_product(const struct csaf_leaf *a, const struct csaf_leaf *b)
{
    return a->group && a->group == b->group && str_eq(a->product.model, b->product.model) &&
           str_eq(a->product.purl, b->product.purl);
}

/* Leaves of one product that differ in version alone become one product with all their claims: so
 * that "fixed in 1.4" is known where "affected below 1.4" is judged. */
static struct fault *add_products(const struct node *root, struct csaf *csaf)
{
    struct csaf_leaf **leaves = NEW_ARRAY(root->arena, csaf->tree.n + 1, struct csaf_leaf *);
    size_t n = 0;
    for (size_t i = 0; i < csaf->tree.n; i++)
        if (csaf->named[i])
            leaves[n++] = &csaf->tree.leaves[i];
    qsort(leaves, n, sizeof *leaves, order_groups);
    for (size_t i = 0, k; i < n; i = k) {
        struct advisory_product product = leaves[i]->product;
        for (k = i; k < n && (k == i || same_product(leaves[i], leaves[k])); k++) {
            const struct version_claims *claims = &csaf->claims[leaves[k] - csaf->tree.leaves];
            for (size_t c = 0; c < claims->n; c++)
                if (!version_claims_add(root->arena, &product.versions, claims->at[c]))
                    return too_many(root);
        }
        if (!reading_add_product(&csaf->reading, &product))
            return too_many(root);
    }
    return NULL;
}

struct fault *csaf_read(struct arena *arena, struct str text, struct advisory *out)
{
    static const struct node_limits limits = {CSAF_BYTES_MAX, 1500000, READER_DEPTH_MAX};
    struct csaf csaf = {.reading = reading_of(arena, out)};
    struct node root;
    TRY(node_read(arena, "malformed-advisory", text, &limits, &root));
    TRY(read_document(&root, &csaf));
    TRY(csaf_read_tree(&root, &csaf.tree));
    csaf.claims = NEW_ARRAY(arena, csaf.tree.n + 1, struct version_claims);
    csaf.named = NEW_ARRAY(arena, csaf.tree.n + 1, bool);
    TRY(read_vulnerabilities(&root, &csaf));
    TRY(add_products(&root, &csaf));
    reading_end(&csaf.reading);
    return NULL;
}
