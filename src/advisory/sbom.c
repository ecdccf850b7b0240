/* sbom.c: bills of materials: which form, and CycloneDX and SPDX in JSON.
 * SPDX-License-Identifier: Apache-2.0
 *
 * CycloneDX 1.2 to 1.6 (JSON); SPDX 2.3, chapters 6, 7 and 11 (JSON). */
#include "advisory/sbom.h"

#include <string.h>

#include "advisory/node.h"
#include "advisory/sbom_list.h"

#include "base/banned.h"

enum { REFERENCES_MAX = 1000, TEXT_BYTES_MAX = 4000 };

/* ---- CycloneDX */

static struct fault *read_supplier(const struct node *node, struct str *out)
{
    static const char *const texts[] = {"publisher", "author"};
    static const char *const objects[] = {"supplier", "manufacturer"};
    struct node object;
    for (size_t i = 0; i < sizeof objects / sizeof *objects; i++) {
        TRY(node_object(node, objects[i], false, &object));
        if (object.value && !out->bytes)
            TRY(node_text(&object, "name", false, SBOM_NAME_BYTES, out));
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!out->bytes)
            TRY(node_text(node, texts[i], false, SBOM_NAME_BYTES, out));
    return NULL;
}

static struct fault *read_component(const struct node *node, struct component *out)
{
    struct str purl, cpe, type;
    *out = (struct component){0};
    TRY(node_text(node, "type", true, 60, &type));
    TRY(node_text(node, "name", true, SBOM_NAME_BYTES, &out->name));
    TRY(node_text(node, "version", false, SBOM_NAME_BYTES, &out->version));
    TRY(node_text(node, "purl", false, TEXT_BYTES_MAX, &purl));
    TRY(node_text(node, "cpe", false, TEXT_BYTES_MAX, &cpe));
    TRY(read_supplier(node, &out->supplier));
    sbom_set_names(node->arena, out, purl, cpe);
    return NULL;
}

/* Components may hold components. */
static struct fault *read_components(const struct node *node, struct sbom_list *list, int depth)
{
    struct node components, item;
    struct component component;
    TRY(node_list(node, "components", false, SBOM_COMPONENTS_MAX, &components));
    if (components.value && depth > SBOM_DEPTH_MAX / 2)
        return node_wrong(&components, "components within components, too deep");
    for (size_t i = 0; i < node_items(&components); i++) {
        TRY(node_object_item(&components, i, &item));
        TRY(read_component(&item, &component));
        TRY(sbom_add(list, &component));
        TRY(read_components(&item, list, depth + 1));
    }
    return NULL;
}

static struct fault *read_cyclonedx(const struct node *root, struct sbom *out,
                                    struct sbom_list *list)
{
    static const char *const specs[] = {"1.2", "1.3", "1.4", "1.5", "1.6"};
    struct node metadata, subject;
    struct component component = {0};
    bool known = false;
    out->form = SBOM_CYCLONEDX;
    TRY(node_text(root, "specVersion", true, 20, &out->spec));
    for (size_t i = 0; i < sizeof specs / sizeof *specs; i++)
        known = known || str_is(out->spec, specs[i]);
    if (!known)
        return node_wrong_member(root, "specVersion", "1.2 to 1.6 is wanted");
    TRY(node_object(root, "metadata", false, &metadata));
    if (metadata.value) {
        TRY(node_object(&metadata, "component", false, &subject));
        if (subject.value) {
            TRY(read_component(&subject, &component));
            TRY(read_components(&subject, list, 1));
        }
    }
    out->subject = component.name;
    out->subject_version = component.version;
    return read_components(root, list, 0);
}

/* ---- SPDX */

static struct fault *read_external(const struct node *package, struct component *out)
{
    struct node list, item;
    struct str purl = STR_NONE, cpe = STR_NONE;
    TRY(node_list(package, "externalRefs", false, REFERENCES_MAX, &list));
    for (size_t i = 0; i < node_items(&list); i++) {
        struct str type, locator;
        TRY(node_object_item(&list, i, &item));
        TRY(node_text(&item, "referenceType", true, 200, &type));
        TRY(node_text(&item, "referenceLocator", true, TEXT_BYTES_MAX, &locator));
        if (str_is(type, "purl"))
            purl = locator;
        else if (str_is(type, "cpe23Type") || (str_is(type, "cpe22Type") && !cpe.bytes))
            cpe = locator;
    }
    sbom_set_names(package->arena, out, purl, cpe);
    return NULL;
}

/* What the document is of: documentDescribes, or a relationship of the document itself. */
static struct fault *read_described(const struct node *root, struct words *out)
{
    struct node list, item;
    struct str id, *ids;
    TRY(node_list(root, "documentDescribes", false, REFERENCES_MAX, &list));
    ids = NEW_ARRAY(root->arena, node_items(&list) + REFERENCES_MAX, struct str);
    for (size_t i = 0; i < node_items(&list); i++) {
        TRY(node_text_item(&list, i, SBOM_NAME_BYTES, &id));
        ids[out->n++] = id;
    }
    TRY(node_list(root, "relationships", false, SBOM_COMPONENTS_MAX * 10, &list));
    for (size_t i = 0; i < node_items(&list); i++) {
        struct str from, type;
        TRY(node_object_item(&list, i, &item));
        TRY(node_text(&item, "spdxElementId", true, SBOM_NAME_BYTES, &from));
        TRY(node_text(&item, "relationshipType", true, 60, &type));
        TRY(node_text(&item, "relatedSpdxElement", true, SBOM_NAME_BYTES, &id));
        if (str_is(from, "SPDXRef-DOCUMENT") && str_is(type, "DESCRIBES") &&
            out->n < REFERENCES_MAX)
            ids[out->n++] = id;
    }
    out->at = ids;
    return NULL;
}

static struct fault *read_package(const struct node *node, struct component *out, struct str *id)
{
    *out = (struct component){0};
    struct str supplier, originator, location;
    TRY(node_text(node, "name", true, SBOM_NAME_BYTES, &out->name));
    TRY(node_text(node, "SPDXID", true, SBOM_NAME_BYTES, id));
    if (!str_starts(*id, "SPDXRef-"))
        return node_wrong_member(node, "SPDXID", "begins with SPDXRef-");
    TRY(node_text(node, "downloadLocation", true, TEXT_BYTES_MAX, &location));
    TRY(node_text(node, "versionInfo", false, SBOM_NAME_BYTES, &out->version));
    TRY(node_text(node, "supplier", false, SBOM_NAME_BYTES, &supplier));
    TRY(node_text(node, "originator", false, SBOM_NAME_BYTES, &originator));
    out->supplier = sbom_supplier(supplier);
    if (!out->supplier.bytes)
        out->supplier = sbom_supplier(originator);
    return read_external(node, out);
}

static struct fault *read_spdx(const struct node *root, struct sbom *out, struct sbom_list *list)
{
    static const char *const needed[] = {"SPDXID", "dataLicense", "name", "documentNamespace"};
    struct node packages, item, creation;
    struct words described = {0};
    struct str text;
    out->form = SBOM_SPDX_JSON;
    TRY(node_text(root, "spdxVersion", true, 20, &out->spec));
    if (!str_is(out->spec, "SPDX-2.3"))
        return node_wrong_member(root, "spdxVersion", "SPDX-2.3 is wanted");
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        TRY(node_text(root, needed[i], true, TEXT_BYTES_MAX, &text));
    TRY(node_object(root, "creationInfo", true, &creation));
    TRY(read_described(root, &described));
    TRY(node_list(root, "packages", false, SBOM_COMPONENTS_MAX, &packages));
    for (size_t i = 0; i < node_items(&packages); i++) {
        struct component component;
        TRY(node_object_item(&packages, i, &item));
        TRY(read_package(&item, &component, &text));
        if (!words_have(described, text))
            TRY(sbom_add(list, &component));
        else if (!out->subject.bytes)
            sbom_set_subject(out, &component);
    }
    return NULL;
}

struct fault *sbom_read(struct arena *arena, struct str text, struct sbom *out)
{
    static const struct node_limits limits = {SBOM_BYTES_MAX, 3000000, SBOM_DEPTH_MAX};
    struct sbom_list list = {.arena = arena};
    struct node root;
    struct str left = str_trim(text), form;
    *out = (struct sbom){0};
    if (str_starts(left, "SPDXVersion:") || str_starts(left, "#")) {
        TRY(sbom_read_tags(arena, left, out, &list));
    } else {
        TRY(node_read(arena, "malformed-sbom", text, &limits, &root));
        TRY(node_text(&root, "bomFormat", false, 60, &form));
        if (form.bytes && !str_is(form, "CycloneDX"))
            return node_wrong_member(&root, "bomFormat", "CycloneDX is wanted");
        if (form.bytes)
            TRY(read_cyclonedx(&root, out, &list));
        else if (json_object_get(root.value, "spdxVersion"))
            TRY(read_spdx(&root, out, &list));
        else
            return node_wrong(&root, "neither bomFormat nor spdxVersion");
    }
    out->components = list.at;
    out->components_n = list.n;
    return NULL;
}
