/* read_myjvn.c: answers of the MyJVN API: the overview list, and VULDEF details.
 * SPDX-License-Identifier: Apache-2.0
 *
 * MyJVN API (jvndb.jvn.jp/apis): getVulnOverviewList, items of RSS 1.0 (RDF) or entries of Atom
 * with mod_sec 3.0; getVulnDetailInfo, VULDEF 3.x. */
#include <string.h>

#include "advisory/reader.h"
#include "advisory/reading.h"
#include "advisory/cpe.h"
#include "advisory/xml.h"

#include "base/banned.h"

enum { ITEMS_MAX = 2000 };

/* The advisories read so far. */
struct list {
    struct arena *arena;
    struct advisory *at;
    size_t n;
};

static struct fault *too_many(struct arena *arena, const xmlNode *element)
{
    struct fault *fault = xml_wrong(arena, element, "too many");
    fault->code = "too-large";
    return fault;
}

/* A name is short, whatever stands there. */
static struct fault *short_text(struct arena *arena, const xmlNode *element, struct str text)
{
    return text.bytes <= ADVISORY_NAME_BYTES ? NULL : too_many(arena, element);
}

static struct fault *read_day(struct arena *arena, const xmlNode *element, const char *name,
                              struct day *out)
{
    const xmlNode *child = xml_child(element, name, NULL);
    struct str text = xml_text(arena, child);
    return !text.bytes || reading_day(text, out) ? NULL
                                                 : xml_wrong(arena, child, "no date and time");
}

static int tenths_of(struct str text)
{
    int tenths;
    return reading_score(text, &tenths) ? tenths : CVSS_NO_SCORE;
}

/* JVN writes vectors of v2 with or without a prefix, in brackets at times. */
static struct str bare(struct str vector)
{
    if (str_starts(vector, "(") && str_ends(vector, ")"))
        vector = (struct str){vector.at + 1, vector.bytes - 2};
    return vector;
}

/* ---- the overview list */

static struct fault *read_overview_cpe(struct reading *reading, const xmlNode *cpe)
{
    struct arena *arena = reading->arena;
    struct advisory_product product = {.vendor = xml_attribute(arena, cpe, "vendor"),
                                       .product = xml_attribute(arena, cpe, "product"),
                                       .cpe = reading_cpe(arena, xml_text(arena, cpe))};
    TRY(short_text(arena, cpe, product.vendor));
    TRY(short_text(arena, cpe, product.product));
    reading_cpe_version(arena, product.cpe, VERSION_AFFECTED, &product.versions);
    return reading_add_product(reading, &product) ? NULL : too_many(arena, cpe);
}

static struct fault *read_overview_parts(struct reading *reading, const xmlNode *item)
{
    struct arena *arena = reading->arena;
    for (const xmlNode *node = item->children; node; node = node->next) {
        bool fits = true;
        if (xml_is(node, "references")) {
            struct str id = xml_attribute(arena, node, "id");
            struct str source = xml_attribute(arena, node, "source");
            TRY(short_text(arena, node, id));
            if (str_is(source, "CVE") || str_is(source, "JVN"))
                fits = reading_add_alias(reading, id);
            fits = fits && reading_add_reference(reading, xml_text(arena, node), id);
        } else if (xml_is(node, "cpe")) {
            TRY(read_overview_cpe(reading, node));
        } else if (xml_is(node, "cvss")) {
            struct str score = xml_attribute(arena, node, "score");
            struct str vector = bare(xml_attribute(arena, node, "vector"));
            fits = !vector.bytes || reading_add_vector(reading, vector, tenths_of(score), STR_NONE);
        }
        if (!fits)
            return too_many(arena, node);
    }
    return NULL;
}

static struct str first_of(struct arena *arena, const xmlNode *element, const char *a,
                           const char *b)
{
    struct str text = xml_child_text(arena, element, a);
    return text.bytes ? text : xml_child_text(arena, element, b);
}

static struct fault *read_item(struct arena *arena, const xmlNode *item, struct advisory *out)
{
    struct reading reading = reading_of(arena, out);
    out->kind = ADVISORY_JVN;
    out->id = xml_child_text(arena, item, "identifier");
    if (!str_starts(out->id, "JVN"))
        return xml_wrong(arena, item, "sec:identifier is missing, or no JVN id");
    TRY(short_text(arena, item, out->id));
    out->title = str_head(xml_child_text(arena, item, "title"), ADVISORY_TITLE_BYTES);
    out->text = str_head(first_of(arena, item, "description", "summary"), ADVISORY_TEXT_BYTES);
    out->publisher = str_head(xml_child_text(arena, item, "creator"), ADVISORY_NAME_BYTES);
    TRY(read_day(arena, item, "issued", &out->published));
    if (day_is_none(out->published))
        TRY(read_day(arena, item, "published", &out->published));
    TRY(read_day(arena, item, "modified", &out->modified));
    if (day_is_none(out->modified))
        TRY(read_day(arena, item, "updated", &out->modified));
    TRY(read_overview_parts(&reading, item));
    reading_end(&reading);
    return NULL;
}

/* ---- VULDEF details */

static struct fault *read_affected(struct reading *reading, const xmlNode *item)
{
    struct arena *arena = reading->arena;
    struct advisory_product product = {.vendor = xml_child_text(arena, item, "Name"),
                                       .product = xml_child_text(arena, item, "ProductName")};
    TRY(short_text(arena, item, product.vendor));
    TRY(short_text(arena, item, product.product));
    product.vendor = reading_name(product.vendor);
    const xmlNode *version = NULL;
    bool unread = false;
    while ((version = xml_child(item, "VersionNumber", version))) {
        struct str text = xml_text(arena, version);
        TRY(short_text(arena, version, text));
        struct fault *fault = version_range_read(arena, text, VERSION_AFFECTED, &product.versions);
        if (fault && !strcmp(fault->code, "too-large"))
            return too_many(arena, version);
        unread = unread || fault;
    }
    /* where one of the statements is in words that we cannot read, nothing is known of the others
     */
    if (!unread && product.versions.n)
        product.versions.otherwise = VERSION_NOT_AFFECTED;
    const xmlNode *cpe = NULL;
    size_t added = 0;
    while ((cpe = xml_child(item, "Cpe", cpe))) {
        product.cpe = reading_cpe(arena, xml_text(arena, cpe));
        if (!product.cpe.bytes)
            continue;
        if (!reading_add_product(reading, &product))
            return too_many(arena, cpe);
        added++;
    }
    product.cpe = STR_NONE;
    return added || reading_add_product(reading, &product) ? NULL : too_many(arena, item);
}

static struct fault *read_related(struct reading *reading, const xmlNode *item)
{
    struct arena *arena = reading->arena;
    struct str id = xml_child_text(arena, item, "VulinfoID");
    struct str url = xml_child_text(arena, item, "URL");
    struct str type = xml_attribute(arena, item, "type");
    struct str title = xml_child_text(arena, item, "Title");
    TRY(short_text(arena, item, id));
    bool fits = true;
    if (str_is(type, "advisory") && (is_cve_id(id) || str_starts(id, "JVN")))
        fits = reading_add_alias(reading, id);
    if (fits && url.bytes)
        fits = reading_add_reference(reading, url, str_head(title.bytes ? title : id, 500));
    return fits ? NULL : too_many(arena, item);
}

static struct fault *read_impact(struct reading *reading, const xmlNode *impact)
{
    struct arena *arena = reading->arena;
    const xmlNode *cvss = NULL;
    while ((cvss = xml_child(impact, "Cvss", cvss))) {
        struct str vector = bare(xml_child_text(arena, cvss, "Vector"));
        int score = tenths_of(xml_child_text(arena, cvss, "Base"));
        if (vector.bytes && !reading_add_vector(reading, vector, score, STR_NONE))
            return too_many(arena, cvss);
    }
    return NULL;
}

static struct fault *each(struct reading *reading, const xmlNode *list, const char *name,
                          struct fault *(*read)(struct reading *, const xmlNode *))
{
    const xmlNode *item = NULL;
    while (list && (item = xml_child(list, name, item)))
        TRY(read(reading, item));
    return NULL;
}

static struct fault *read_vulinfo(struct arena *arena, const xmlNode *vulinfo, struct advisory *out)
{
    struct reading reading = reading_of(arena, out);
    const xmlNode *data = xml_child(vulinfo, "VulinfoData", NULL);
    out->kind = ADVISORY_JVN;
    out->id = xml_child_text(arena, vulinfo, "VulinfoID");
    if (!str_starts(out->id, "JVN"))
        return xml_wrong(arena, vulinfo, "VulinfoID is missing, or no JVN id");
    TRY(short_text(arena, vulinfo, out->id));
    if (!data)
        return xml_wrong(arena, vulinfo, "VulinfoData is missing");
    out->title = str_head(xml_child_text(arena, data, "Title"), ADVISORY_TITLE_BYTES);
    const xmlNode *description = xml_child(data, "VulinfoDescription", NULL);
    out->text = str_head(xml_child_text(arena, description, "Overview"), ADVISORY_TEXT_BYTES);
    TRY(read_day(arena, data, "DateFirstPublished", &out->published));
    TRY(read_day(arena, data, "DateLastUpdated", &out->modified));
    TRY(each(&reading, xml_child(data, "Affected", NULL), "AffectedItem", read_affected));
    TRY(each(&reading, xml_child(data, "Related", NULL), "RelatedItem", read_related));
    const xmlNode *impact = xml_child(data, "Impact", NULL);
    if (impact)
        TRY(read_impact(&reading, impact));
    reading_end(&reading);
    return NULL;
}

/* ---- either */

static struct fault *read_each(struct list *list, const xmlNode *root, const char *name,
                               struct fault *(*read)(struct arena *, const xmlNode *,
                                                     struct advisory *))
{
    const xmlNode *item = NULL;
    while ((item = xml_child(root, name, item))) {
        if (list->n == ITEMS_MAX)
            return too_many(list->arena, item);
        list->at = reading_grow(list->arena, list->at, list->n, sizeof *list->at);
        TRY(read(list->arena, item, &list->at[list->n]));
        list->n++;
    }
    return NULL;
}

/* An answer that says that the request failed holds no list. */
static struct fault *read_answer(struct arena *arena, const xmlNode *root)
{
    const xmlNode *status = xml_child(root, "Status", NULL);
    struct str code = status ? xml_attribute(arena, status, "retCd") : STR_NONE;
    if (!code.bytes || str_is(code, "0"))
        return NULL;
    struct str words = xml_attribute(arena, status, "errMsg");
    struct fault *fault = xml_wrong(arena, status, "the answer says that the request failed");
    fault->detail = str_print(arena, "%.*s: %.*s", STR_F(fault->detail), STR_F(words));
    return fault;
}

struct fault *myjvn_read(struct arena *arena, struct str text, struct advisories *out)
{
    static const struct xml_limits limits = {MYJVN_BYTES_MAX, 400000, READER_DEPTH_MAX};
    struct list list = {.arena = arena};
    xmlNode *root;
    *out = (struct advisories){0};
    TRY(xml_read(arena, text, &limits, &root));
    TRY(read_answer(arena, root));
    if (xml_is(root, "RDF"))
        TRY(read_each(&list, root, "item", read_item));
    else if (xml_is(root, "feed"))
        TRY(read_each(&list, root, "entry", read_item));
    else if (xml_is(root, "VULDEF-Document"))
        TRY(read_each(&list, root, "Vulinfo", read_vulinfo));
    else
        return xml_wrong(arena, root, "RDF, feed or VULDEF-Document is wanted");
    *out = (struct advisories){list.at, list.n};
    return NULL;
}
