/* openapi_notices.c: security notices of labels, described: the public list, one with its
 * revisions, and what a maker's own CSAF document says.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/openapi.h"

#include "base/banned.h"

static json_t *words(const char *description)
{
    return json_pack("{s:s, s:s}", "type", "string", "description", description);
}

static json_t *words_or_null(const char *description)
{
    return json_pack("{s:[s, s], s:s}", "type", "string", "null", "description", description);
}

static json_t *one_of(const char *first, const char *second)
{
    return json_pack("{s:s, s:[s, s]}", "type", "string", "enum", first, second);
}

static json_t *instant(void)
{
    return json_pack("{s:s, s:s}", "type", "string", "format", "date-time");
}

static json_t *many(json_t *items)
{
    return json_pack("{s:s, s:o}", "type", "array", "items", items);
}

/* What lists say; `all` adds what the notice itself says. */
static json_t *notice_schema(bool all)
{
    json_t *properties = json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:{s:s, s:i}, s:o, s:o, s:o}", "number", words("Of the notice"),
        "label", words("Registration number"), "issuer", one_of("registrant", "body"), "kind",
        one_of("advisory", "not-affected"), "state", one_of("published", "ended"), "revision",
        "type", "integer", "minimum", 1, "revised", instant(), "title",
        openapi_ref("schemas", "Text"), "cves", many(words("As CVE-2026-12345")));
    json_t *schema = json_pack("{s:s, s:o, s:[s, s, s, s, s, s, s, s, s]}", "type", "object",
                               "properties", properties, "required", "number", "label", "issuer",
                               "kind", "state", "revision", "revised", "title", "cves");
    static const struct {
        const char *name, *description;
    } texts[] = {{"affected_through", "Last version affected, null for all"},
                 {"fixed_in", "Version with the fix"},
                 {"remedy", "Item of the list remedy"},
                 {"justification", "Why it is not affected, an item of the list"},
                 {"ground", "Of the body's warning, an item of the list"}};
    static const char *const named[] = {"summary", "product", "registrant", "remedy_text",
                                        "change"};
    static const char *const lists[] = {"models", "cvss", "references"};
    for (size_t i = 0; all && i < sizeof texts / sizeof *texts; i++)
        json_object_set_new(properties, texts[i].name, words_or_null(texts[i].description));
    for (size_t i = 0; all && i < sizeof named / sizeof *named; i++)
        json_object_set_new(properties, named[i], openapi_ref("schemas", "Text"));
    for (size_t i = 0; all && i < sizeof lists / sizeof *lists; i++)
        json_object_set_new(properties, lists[i], many(words(lists[i])));
    if (all)
        json_object_set_new(properties, "every_model", json_pack("{s:s}", "type", "boolean"));
    return schema;
}

/* The last revision, and all of them. */
static json_t *whole_schema(void)
{
    json_t *schema = notice_schema(true), *properties = json_object_get(schema, "properties");
    json_t *required = json_object_get(schema, "required");
    json_object_set_new(properties, "published", instant());
    json_object_set_new(properties, "csaf", words("Address of its CSAF 2.0 document"));
    json_object_set_new(properties, "revisions",
                        many(openapi_ref("schemas", "SecurityNoticeRevision")));
    json_array_append_new(required, json_string("revisions"));
    json_array_append_new(required, json_string("csaf"));
    return schema;
}

void openapi_add_notice_schemas(json_t *schemas)
{
    json_object_set_new(schemas, "SecurityNoticeBrief", notice_schema(false));
    json_object_set_new(schemas, "SecurityNoticeRevision", notice_schema(true));
    json_object_set_new(schemas, "SecurityNotice", whole_schema());
    json_object_set_new(
        schemas, "SecurityNotices",
        json_pack("{s:s, s:{s:o, s:o}, s:[s, s]}", "type", "object", "properties",
                  "security_notices", many(openapi_ref("schemas", "SecurityNoticeBrief")), "next",
                  words_or_null("For `before`: the last number of this page, null at the end"),
                  "required", "security_notices", "next"));
    json_object_set_new(schemas, "CsafFields",
                        json_pack("{s:s, s:{s:{s:s, s:s}}, s:[s]}", "type", "object", "properties",
                                  "fields", "type", "object", "description",
                                  "As the form security-information takes them", "required",
                                  "fields"));
}

static json_t *open_(json_t *without_key)
{
    json_object_set_new(without_key, "security", json_array());
    return without_key;
}

static void add_csaf(json_t *paths)
{
    json_t *get = openapi_operation(
        "readCsaf", "files",
        json_string("製造者のCSAF文書の内容 / What a maker's own CSAF document says"),
        json_string("セキュリティ情報の公示の欄として返します（4.8.1-1）。記録はされません。 / As "
                    "fields of the "
                    "notice's form (4.8.1-1); nothing is recorded."),
        json_array(),
        openapi_responses("200", openapi_answer("The fields that it fills", "CsafFields"),
                          "401 404 413 422"));
    json_object_set_new(paths, "/api/v1/cases/{case}/files/{name}/csaf",
                        json_pack("{s:[o, o], s:o}", "parameters",
                                  openapi_ref("parameters", "case"),
                                  openapi_ref("parameters", "file"), "get", get));
}

void openapi_add_notices(json_t *paths)
{
    json_t *before =
        json_pack("{s:s, s:s, s:b, s:s, s:{s:s}}", "name", "before", "in", "query", "required",
                  false, "description", "`next` of the page before", "schema", "type", "string");
    json_t *list = openapi_operation(
        "listSecurityNotices", "public",
        json_string("セキュリティ情報と注意喚起 / Security notices and warnings"),
        json_string(
            "最後に変わったものから並びます（4.8.1、4.8.3）。CSAF 2.0の文書は "
            "/.well-known/csaf/ にあります。 / That changed last first (4.8.1, 4.8.3); as CSAF "
            "2.0 they are under /.well-known/csaf/."),
        json_pack("[o]", before),
        openapi_responses("200", openapi_answer("The last revision of each", "SecurityNotices"),
                          "400"));
    json_t *id =
        json_pack("{s:s, s:s, s:b, s:s, s:{s:s}}", "name", "number", "in", "path", "required", true,
                  "description", "Number of the notice", "schema", "type", "string");
    json_t *one = openapi_operation(
        "getSecurityNotice", "public",
        json_string("セキュリティ情報とその版 / A security notice with its revisions"),
        json_string("誰でも見られます。 / Open to anyone, from any site."), json_pack("[o]", id),
        openapi_responses("200", openapi_answer("The last revision, and all", "SecurityNotice"),
                          "404"));
    json_object_set_new(paths, "/api/v1/security-notices", json_pack("{s:o}", "get", open_(list)));
    json_object_set_new(paths, "/api/v1/security-notices/{number}",
                        json_pack("{s:o}", "get", open_(one)));
    add_csaf(paths);
}
