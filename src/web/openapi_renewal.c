/* openapi_renewal.c: a maker's labels; one form for many of them: extensions, successions.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/openapi.h"

#include "rule/hint.h"

#include "base/banned.h"

static json_t *text_of(const char *example)
{
    return json_pack("{s:s, s:s}", "type", "string", "example", example);
}

static json_t *content(json_t *schema, const char *description)
{
    return json_pack("{s:s, s:{s:{s:o}}}", "description", description, "content",
                     "application/json", "schema", schema);
}

static json_t *query_of(const char *name, const char *type, const char *description)
{
    return json_pack("{s:s, s:s, s:b, s:s, s:{s:s}}", "name", name, "in", "query", "required",
                     false, "description", description, "schema", "type", type);
}

static json_t *hint_schema(void)
{
    json_t *kinds = json_array();
    for (int kind = 0; kind < HINT_KINDS; kind++)
        json_array_append_new(kinds, json_string(hint_word((enum hint_kind)kind)));
    return json_pack("{s:s, s:{s:{s:s, s:o}, s:o, s:o, s:o, s:o}}", "type", "object", "properties",
                     "kind", "type", "string", "enum", kinds, "day", text_of("2027-05-20"),
                     "clause", text_of("4.3.2-1"), "procedure", text_of("extend-self-declared"),
                     "text", openapi_ref("schemas", "Text"));
}

static json_t *own_label_schema(void)
{
    json_t *extension = json_pack("{s:s, s:{s:{s:s}, s:o, s:o}}", "type", "object", "properties",
                                  "may", "type", "boolean", "clause", text_of("5-2"), "guard",
                                  text_of("edition-allows-extension"));
    return json_pack("{s:s, s:{s:o, s:o, s:o, s:{s:s}, s:o, s:o, s:o, s:o, s:o}}", "type", "object",
                     "properties", "number", text_of("HS26-00003-J"), "status", text_of("valid"),
                     "product", openapi_ref("schemas", "Text"), "level", "type", "integer", "route",
                     text_of("self-declared"), "issued", text_of("2025-05-21"), "expires",
                     text_of("2027-05-21"), "hint", hint_schema(), "extension", extension);
}

static json_t *list_operation(void)
{
    json_t *answer =
        json_pack("{s:s, s:{s:{s:s, s:o}, s:{s:s}}}", "type", "object", "properties", "labels",
                  "type", "array", "items", own_label_schema(), "total", "type", "integer");
    return openapi_operation(
        "listOwnLabels", "labels",
        json_string(
            "自社のラベルと、次にすること / One's own labels, and what to do next about each"),
        json_string("先に満了するものから並びます。理由は条項で示します。 / What ends first goes "
                    "first; each hint names its clause."),
        json_pack("[o, o, o]", query_of("q", "string", "Words in the number or the product"),
                  query_of("limit", "integer", "Labels on a page, 100 unless told"),
                  query_of("skip", "integer", "Labels of the pages before")),
        openapi_responses("200", content(answer, "The labels, and how many there are in all"),
                          "400 401"));
}

/* ---- one form for many labels */

static json_t *request_of(json_t *fields)
{
    json_t *numbers = json_pack("{s:s, s:i, s:i, s:o}", "type", "array", "minItems", 1, "maxItems",
                                10000, "items", text_of("HS26-00003-J"));
    return json_pack("{s:s, s:[s, s], s:b, s:{s:o, s:o}}", "type", "object", "required", "labels",
                     "fields", "additionalProperties", false, "properties", "labels", numbers,
                     "fields", fields);
}

static json_t *filed_answer(void)
{
    json_t *one =
        json_pack("{s:s, s:{s:o, s:o, s:{s:s}, s:o}}", "type", "object", "properties", "label",
                  text_of("HS26-00003-J"), "case", text_of("qWx0m2bTn1Zk"), "repeated", "type",
                  "boolean", "problem", openapi_ref("schemas", "Problem"));
    json_t *answer = json_pack("{s:s, s:{s:{s:s}, s:{s:s}, s:{s:s, s:o}}}", "type", "object",
                               "properties", "filed", "type", "integer", "refused", "type",
                               "integer", "answers", "type", "array", "items", one);
    return content(answer, "An answer for each label, in the order asked");
}

static void take_body(json_t *post, json_t *kinds)
{
    json_object_set_new(post, "requestBody",
                        json_pack("{s:b, s:o}", "required", true, "content", kinds));
}

static json_t *extend_operation(void)
{
    json_t *post = openapi_operation(
        "extendLabels", "labels",
        json_string("複数のラベルの延長を申請する / Apply for extension of many labels"),
        json_string(
            "1回の処理で、1件ごとに別の案件になります。申請できないものは理由を返し、ほかは申請"
            "します。 / One transaction, each its own case; what is refused says why, and "
            "keeps none of the others."),
        json_pack("[o]", openapi_ref("parameters", "Idempotency-Key")),
        openapi_responses("200", filed_answer(), "400 401 413 415 422"));
    take_body(post, json_pack("{s:{s:o}}", "application/json", "schema",
                              request_of(openapi_ref("schemas", "extension"))));
    return post;
}

static json_t *succeed_operation(void)
{
    json_t *request = request_of(openapi_ref("schemas", "succession"));
    json_object_set_new(json_object_get(request, "properties"), "party", text_of("2180001234567"));
    json_t *post = openapi_operation(
        "succeedToLabels", "labels",
        json_string("複数のラベルの承継をまとめて届け出る / File the succession to many labels"),
        json_string(
            "1通の届出と1組の書類で、1件ごとに別の案件になります。受け付けられないラベルが1件でも"
            "あれば、どれも届け出られず、問題の answers が理由を示します。書類は proof "
            "という名の部分とし、JSONは request という部分に入れます。 / One form and one proof, "
            "each label its own case. Where one is refused none is filed, and the `answers` of "
            "the problem say which and why. The proof is one or more parts named `proof` of a "
            "multipart form, whose part `request` is the JSON."),
        json_pack("[o]", openapi_ref("parameters", "Idempotency-Key")),
        openapi_responses("200", filed_answer(), "400 401 409 413 415 422"));
    json_t *whole = json_deep_copy(request);
    json_t *file = json_pack("{s:s, s:{s:s, s:s}}", "type", "array", "items", "type", "string",
                             "contentMediaType", "application/octet-stream");
    json_t *parts = json_pack("{s:{s:s, s:[s], s:{s:o, s:o}}, s:{s:{s:s}}}", "schema", "type",
                              "object", "required", "request", "properties", "request", whole,
                              "proof", file, "encoding", "request", "contentType",
                              "application/json");
    take_body(post, json_pack("{s:{s:o}, s:o}", "application/json", "schema", request,
                              "multipart/form-data", parts));
    return post;
}

void openapi_add_renewal(json_t *paths)
{
    json_object_set_new(paths, "/api/v1/labels-of-mine",
                        json_pack("{s:o}", "get", list_operation()));
    json_object_set_new(paths, "/api/v1/extensions",
                        json_pack("{s:o}", "post", extend_operation()));
    json_object_set_new(paths, "/api/v1/successions",
                        json_pack("{s:o}", "post", succeed_operation()));
}
