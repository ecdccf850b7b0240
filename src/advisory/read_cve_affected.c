/* read_cve_affected.c: which products and versions a CVE record names.
 * SPDX-License-Identifier: Apache-2.0
 *
 * CVE JSON record format 5.1, "affected", "versions" and "cpeApplicability"; the rule by which a
 * version is judged is that of the format's own documentation (docs/versions.md). */
#include <string.h>

#include "advisory/cpe.h"
#include "advisory/read_cve.h"

#include "base/banned.h"

enum { CPES_MAX = 2000, CHANGES_MAX = 200 };

static struct fault *too_many(const struct node *node)
{
    struct fault *fault = node_wrong(node, "too many");
    fault->code = "too-large";
    return fault;
}

static struct fault *read_status(const struct node *node, const char *name, bool needed,
                                 enum version_status *out)
{
    struct str status;
    TRY(node_text(node, name, needed, 20, &status));
    if (!status.bytes || str_is(status, "unknown"))
        *out = VERSION_UNKNOWN;
    else if (str_is(status, "affected"))
        *out = VERSION_AFFECTED;
    else if (str_is(status, "unaffected"))
        *out = VERSION_NOT_AFFECTED;
    else
        return node_wrong_member(node, name, "affected, unaffected or unknown is wanted");
    return NULL;
}

static enum version_scheme scheme_of(struct str type)
{
    return str_is(type, "semver") ? VERSION_SEMVER
           : str_is(type, "git")  ? VERSION_EXACT
                                  : VERSION_LOOSE;
}

/* The first version of a range: "0" and what stands for nothing is no bound. */
static struct str bound(struct str version)
{
    return str_is(version, "0") ? STR_NONE : reading_name(version);
}

struct change {
    struct str at;
    enum version_status status;
};

/* Changes in the order of their versions, as the format's rule wants them. */
static struct fault *read_changes(const struct node *item, enum version_scheme scheme,
                                  struct change *out, size_t *n)
{
    struct node list, change;
    TRY(node_list(item, "changes", false, CHANGES_MAX, &list));
    for (*n = 0; *n < node_items(&list); (*n)++) {
        struct change one;
        TRY(node_object_item(&list, *n, &change));
        TRY(node_text(&change, "at", true, VERSION_BYTES_MAX, &one.at));
        TRY(read_status(&change, "status", true, &one.status));
        size_t i = *n;
        for (; i && version_order(item->arena, scheme, out[i - 1].at, one.at) > 0; i--)
            out[i] = out[i - 1];
        out[i] = one;
    }
    return NULL;
}

/* A range with changes is several ranges, each with the status that the change before it gave. */
static struct fault *add_range(const struct node *item, struct version_claim claim,
                               struct version_claims *out)
{
    struct change changes[CHANGES_MAX];
    size_t n = 0;
    TRY(read_changes(item, claim.scheme, changes, &n));
    struct str end = claim.to;
    bool included = claim.to_included;
    for (size_t i = 0; i <= n; i++) {
        claim.to = i < n ? changes[i].at : end;
        claim.to_included = i < n ? false : included;
        if (!version_claims_add(item->arena, out, claim))
            return too_many(item);
        if (i == n)
            break;
        bool was_affected = claim.status == VERSION_AFFECTED;
        claim.from = changes[i].at;
        claim.status = changes[i].status == VERSION_NOT_AFFECTED && was_affected
                           ? VERSION_FIXED
                           : changes[i].status;
    }
    return NULL;
}

/* One version; some assigners write a range into it ("< 2.0", "1.2 and earlier"). */
static struct fault *add_single(const struct node *item, struct version_claim claim,
                                struct str version, struct version_claims *out)
{
    struct version_claims read = {0};
    claim.written = version;
    if (!reading_name(version).bytes && !str_is(version, "*"))
        return NULL;
    bool ranges = claim.scheme == VERSION_LOOSE &&
                  !version_range_read(item->arena, version, claim.status, &read);
    if (!ranges) {
        claim.from = claim.to = str_is(version, "*") ? STR_NONE : version;
        claim.to_included = true;
        return version_claims_add(item->arena, out, claim) ? NULL : too_many(item);
    }
    for (size_t i = 0; i < read.n; i++)
        if (!version_claims_add(item->arena, out, read.at[i]))
            return too_many(item);
    return NULL;
}

static struct fault *read_version(const struct node *item, struct version_claims *out)
{
    struct str version, type, below, up_to;
    struct version_claim claim = {0};
    TRY(node_text(item, "version", true, 2000, &version));
    TRY(read_status(item, "status", true, &claim.status));
    TRY(node_text(item, "versionType", false, 200, &type));
    TRY(node_text(item, "lessThan", false, 2000, &below));
    TRY(node_text(item, "lessThanOrEqual", false, 2000, &up_to));
    if (below.bytes && up_to.bytes)
        return node_wrong(item, "lessThan and lessThanOrEqual exclude each other");
    claim.scheme = scheme_of(type);
    if (!below.bytes && !up_to.bytes)
        return add_single(item, claim, version, out);
    claim.from = bound(version);
    claim.to = below.bytes ? below : up_to;
    claim.to_included = up_to.bytes > 0;
    if (str_is(claim.to, "*"))
        claim.to = STR_NONE;
    return add_range(item, claim, out);
}

static struct fault *read_versions(const struct node *item, struct version_claims *out)
{
    struct node list, version;
    TRY(read_status(item, "defaultStatus", false, &out->otherwise));
    TRY(node_list(item, "versions", false, VERSION_CLAIMS_MAX, &list));
    for (size_t i = 0; i < node_items(&list); i++) {
        TRY(node_object_item(&list, i, &version));
        TRY(read_version(&version, out));
    }
    return NULL;
}

struct fault *cve_read_affected(const struct node *item, struct reading *reading)
{
    struct advisory_product product = {0};
    struct str package, purl;
    struct node cpes;
    TRY(node_text(item, "vendor", false, ADVISORY_NAME_BYTES, &product.vendor));
    TRY(node_text(item, "product", false, 4000, &product.product));
    TRY(node_text(item, "packageName", false, 4000, &package));
    TRY(node_text(item, "packageURL", false, 4000, &purl));
    TRY(node_list(item, "cpes", false, CPES_MAX, &cpes));
    TRY(read_versions(item, &product.versions));
    product.vendor = reading_name(product.vendor);
    product.product = reading_name(product.product);
    if (!product.product.bytes)
        product.product = package;
    product.purl = reading_purl(item->arena, purl);
    size_t added = 0;
    for (size_t i = 0; i < node_items(&cpes); i++) {
        struct str cpe;
        TRY(node_text_item(&cpes, i, 4000, &cpe));
        product.cpe = reading_cpe(item->arena, cpe);
        if (!product.cpe.bytes)
            continue;
        struct advisory_product one = product;
        if (one.versions.otherwise == VERSION_UNKNOWN)
            reading_cpe_version(item->arena, one.cpe, VERSION_AFFECTED, &one.versions);
        if (!reading_add_product(reading, &one))
            return too_many(item);
        added++;
    }
    product.cpe = STR_NONE;
    bool named = product.product.bytes || product.purl.bytes;
    return added || !named || reading_add_product(reading, &product) ? NULL : too_many(item);
}

static struct fault *read_cpe_match(const struct node *match, struct reading *reading)
{
    struct advisory_product product = {0};
    struct version_claim claim = {.status = VERSION_AFFECTED};
    struct str criteria, from, after, to, below;
    struct cpe cpe;
    if (json_is_false(json_object_get(match->value, "vulnerable")))
        return NULL;
    TRY(node_text(match, "criteria", true, 4000, &criteria));
    TRY(node_text(match, "versionStartIncluding", false, 2000, &from));
    TRY(node_text(match, "versionStartExcluding", false, 2000, &after));
    TRY(node_text(match, "versionEndIncluding", false, 2000, &to));
    TRY(node_text(match, "versionEndExcluding", false, 2000, &below));
    if (cpe_read(match->arena, criteria, &cpe))
        return NULL;
    const struct cpe_value *version = &cpe.value[CPE_VERSION];
    claim.from = from.bytes ? from : after;
    claim.from_excluded = !from.bytes;
    claim.to = to.bytes ? to : below;
    claim.to_included = to.bytes > 0;
    bool exact = version->logical == CPE_IS_VALUE && !version->any_before && !version->any_after;
    if (!claim.from.bytes && !claim.to.bytes && exact) {
        claim.from = claim.to = version->text;
        claim.from_excluded = false;
        claim.to_included = true;
    }
    product.cpe = criteria;
    product.vendor = cpe.value[CPE_VENDOR].text;
    product.product = cpe.value[CPE_PRODUCT].text;
    return version_claims_add(match->arena, &product.versions, claim) &&
                   reading_add_product(reading, &product)
               ? NULL
               : too_many(match);
}

struct fault *cve_read_applicability(const struct node *item, struct reading *reading)
{
    struct node nodes, node, matches, match;
    TRY(node_list(item, "nodes", true, CPES_MAX, &nodes));
    for (size_t i = 0; i < node_items(&nodes); i++) {
        TRY(node_object_item(&nodes, i, &node));
        TRY(node_list(&node, "cpeMatch", true, CPES_MAX, &matches));
        for (size_t k = 0; k < node_items(&matches); k++) {
            TRY(node_object_item(&matches, k, &match));
            TRY(read_cpe_match(&match, reading));
        }
    }
    return NULL;
}
