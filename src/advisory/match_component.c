/* match_component.c: which bills of materials an advisory speaks of.
 * SPDX-License-Identifier: Apache-2.0 */
#include "advisory/match_query.h"
#include "advisory/purl.h"
#include "base/fold.h"

#include "base/banned.h"

/* Every model whose bill of materials has the component, in a version that may be affected. */
static void hit_component(struct query *query, const struct posting *at, unsigned reasons)
{
    struct match_index *index = query->index;
    const struct held *held = column_at(&index->held, at->by);
    const struct sbom_rows *sbom = column_at(&index->sboms, at->row);
    struct verdict verdict = {.reasons = reasons, .by = held->name + 1};
    if (!match_visit(index, 1))
        return;
    for (size_t i = 0; held->supplier && i < query->vendors_n; i++)
        if (query->vendors[i] == held->supplier)
            verdict.reasons |= MATCH_VENDOR;
    if (held->has_version) {
        enum version_status status =
            match_judge(index, query->arena, &query->product->versions, held->version);
        if (status == VERSION_FIXED || status == VERSION_NOT_AFFECTED)
            return;
        if (status == VERSION_AFFECTED) {
            verdict.reasons |= MATCH_VERSION;
            verdict.version = held->version + 1;
        }
    }
    for (uint32_t i = 0; i < sbom->n && match_visit(index, 1); i++)
        match_improve(index, index->sbom_rows[sbom->first + i], query->number, &verdict);
}

void match_components(struct query *query, struct str cpe)
{
    struct purl purl;
    size_t n;
    const struct posting *at;
    const struct advisory_product *product = query->product;
    if (product->purl.bytes && !purl_read(query->arena, product->purl, &purl)) {
        struct str package = purl_package(query->arena, &purl);
        at = match_postings(query->index, match_key(OF_PACKAGE, 0, package), &n);
        for (size_t i = 0; i < n; i++)
            hit_component(query, &at[i], MATCH_PURL | MATCH_COMPONENT);
    }
    if (cpe.bytes) {
        at = match_postings(query->index, match_key(OF_COMPONENT_CPE, 0, cpe), &n);
        for (size_t i = 0; i < n; i++)
            hit_component(query, &at[i], MATCH_CPE | MATCH_COMPONENT);
    }
    struct str name = fold_name(query->arena, product->product);
    if (!name.bytes)
        return;
    at = match_postings(query->index, match_key(OF_COMPONENT, 0, name), &n);
    for (size_t i = 0; i < n; i++) {
        const struct held *held = column_at(&query->index->held, at[i].by);
        /* two packages of one name are told apart by their URLs, where both have one */
        if (!held->has_package || !product->purl.bytes)
            hit_component(query, &at[i], MATCH_COMPONENT);
    }
}
