/* read_cve.c: one CVE record.
 * SPDX-License-Identifier: Apache-2.0
 *
 * CVE JSON record format 5.0 to 5.2: cveMetadata, containers.cna, containers.adp. */
#include <math.h>
#include <string.h>

#include "advisory/node.h"
#include "advisory/read_cve.h"

#include "base/banned.h"

enum { LIST_MAX = 5000, URL_BYTES_MAX = 4000 };

static struct fault *too_many(const struct node *node)
{
    struct fault *fault = node_wrong(node, "too many");
    fault->code = "too-large";
    return fault;
}

static struct fault *day_of_member(const struct node *node, const char *name, struct day *out)
{
    struct str text;
    TRY(node_text(node, name, false, 60, &text));
    return !text.bytes || reading_day(text, out)
               ? NULL
               : node_wrong_member(node, name, "no date and time");
}

/* A score as a number of JSON: 9.8 or 10. */
int claimed_tenths(const struct node *node, const char *name)
{
    json_t *value = json_object_get(node->value, name);
    double score = json_is_number(value) ? json_number_value(value) : -1;
    return score >= 0 && score <= 10 ? (int)lround(score * 10) : CVSS_NO_SCORE;
}

static struct fault *read_metric(const struct node *metric, struct reading *reading)
{
    static const char *const formats[] = {"cvssV4_0", "cvssV3_1", "cvssV3_0", "cvssV2_0"};
    struct node data;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct str text;
        TRY(node_object(metric, formats[i], false, &data));
        if (!data.value)
            continue;
        TRY(node_text(&data, "vectorString", true, CVSS_BYTES_MAX, &text));
        if (!reading_add_vector(reading, text, claimed_tenths(&data, "baseScore"), STR_NONE))
            return too_many(metric);
    }
    TRY(node_object(metric, "other", false, &data));
    if (data.value) {
        struct str type;
        TRY(node_text(&data, "type", false, 200, &type));
        if (str_eq_nocase(type, STR("kev")))
            reading->out->exploited = true;
    }
    return NULL;
}

static struct fault *read_reference(const struct node *item, struct reading *reading)
{
    struct str url, words;
    TRY(node_text(item, "url", true, URL_BYTES_MAX, &url));
    TRY(node_prose(item, "name", false, 500, &words));
    return reading_add_reference(reading, url, words) ? NULL : too_many(item);
}

/* Descriptions: the Japanese one where there is one, else the first. */
static struct fault *read_description(const struct node *item, struct reading *reading)
{
    struct str language, text;
    TRY(node_text(item, "lang", true, 60, &language));
    TRY(node_prose(item, "value", true, ADVISORY_TEXT_BYTES, &text));
    if (!reading->out->text.bytes || (str_starts(language, "ja") && !reading->japanese)) {
        reading->out->text = text;
        reading->japanese = str_starts(language, "ja");
    }
    return NULL;
}

static struct fault *read_list(const struct node *container, const char *name,
                               struct reading *reading,
                               struct fault *(*read)(const struct node *, struct reading *))
{
    struct node list, item;
    TRY(node_list(container, name, false, LIST_MAX, &list));
    for (size_t i = 0; i < node_items(&list); i++) {
        TRY(node_object_item(&list, i, &item));
        TRY(read(&item, reading));
    }
    return NULL;
}

static struct fault *read_container(const struct node *container, struct reading *reading)
{
    struct str title;
    TRY(node_prose(container, "title", false, ADVISORY_TITLE_BYTES, &title));
    if (!reading->out->title.bytes)
        reading->out->title = title;
    TRY(read_list(container, "descriptions", reading, read_description));
    TRY(read_list(container, "metrics", reading, read_metric));
    TRY(read_list(container, "references", reading, read_reference));
    TRY(read_list(container, "affected", reading, cve_read_affected));
    return read_list(container, "cpeApplicability", reading, cve_read_applicability);
}

static struct fault *read_metadata(const struct node *root, struct reading *reading)
{
    struct node metadata;
    struct str state;
    TRY(node_object(root, "cveMetadata", true, &metadata));
    TRY(node_text(&metadata, "cveId", true, 60, &reading->out->id));
    if (!is_cve_id(reading->out->id))
        return node_wrong_member(&metadata, "cveId", "no CVE identifier");
    TRY(node_text(&metadata, "state", true, 20, &state));
    if (!str_is(state, "PUBLISHED") && !str_is(state, "REJECTED"))
        return node_wrong_member(&metadata, "state", "PUBLISHED or REJECTED is wanted");
    reading->out->rejected = str_is(state, "REJECTED");
    TRY(node_text(&metadata, "assignerShortName", false, 200, &reading->out->publisher));
    TRY(day_of_member(&metadata, "datePublished", &reading->out->published));
    return day_of_member(&metadata, "dateUpdated", &reading->out->modified);
}

struct fault *cve_read(struct arena *arena, struct str text, struct advisory *out)
{
    static const struct node_limits limits = {CVE_RECORD_BYTES_MAX, 400000, READER_DEPTH_MAX};
    struct reading reading = reading_of(arena, out);
    struct node root, containers, container, adp;
    struct str type, version;
    TRY(node_read(arena, "malformed-advisory", text, &limits, &root));
    TRY(node_text(&root, "dataType", true, 30, &type));
    if (!str_is(type, "CVE_RECORD"))
        return node_wrong_member(&root, "dataType", "CVE_RECORD is wanted");
    TRY(node_text(&root, "dataVersion", true, 30, &version));
    if (!str_starts(version, "5."))
        return node_wrong_member(&root, "dataVersion", "5.x is wanted");
    out->kind = ADVISORY_CVE;
    TRY(read_metadata(&root, &reading));
    TRY(node_object(&root, "containers", true, &containers));
    TRY(node_object(&containers, "cna", true, &container));
    TRY(read_container(&container, &reading));
    TRY(node_list(&containers, "adp", false, 100, &adp));
    for (size_t i = 0; i < node_items(&adp); i++) {
        TRY(node_object_item(&adp, i, &container));
        TRY(read_container(&container, &reading));
    }
    reading_end(&reading);
    return NULL;
}
