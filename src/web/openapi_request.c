/* openapi_request.c: the work of an Evaluation Facility, in the manner of ACVP.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/openapi.h"

#include "rule/facts.h"

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

static json_t *list_of(json_t *items)
{
    return json_pack("{s:s, s:o}", "type", "array", "items", items);
}

static json_t *line_schema(void)
{
    return json_pack("{s:s, s:{s:o, s:o, s:o, s:o}}", "type", "object", "properties", "id",
                     text_of("P3.CAM-02"), "result", text_of("conforms"), "evidence",
                     text_of("報告書 4.2節"), "file", text_of("qWx0m2bTn1Zk"));
}

static json_t *test_schema(void)
{
    return json_pack("{s:s, s:{s:o, s:o, s:o, s:o, s:o, s:o}}", "type", "object", "properties",
                     "id", text_of("P3.CAM-02"), "text", openapi_ref("schemas", "Text"), "claim",
                     line_schema(), "result", line_schema(), "finding", line_schema(), "answer",
                     line_schema());
}

static json_t *request_schema(bool whole)
{
    json_t *schema = json_pack(
        "{s:s, s:{s:o, s:{s:s, s:[s, s, s, s]}, s:o, s:{s:s}, s:o, s:o, s:{s:s}, s:o, s:o, s:o, "
        "s:{s:s}, s:o, s:o}}",
        "type", "object", "properties", "id", text_of("qWx0m2bTn1Zk"), "status", "type", "string",
        "enum", "initial", "processing", "approved", "rejected", "state", text_of("assessing"),
        "your_turn", "type", "boolean", "submit_takes", text_of("file-report"), "procedure",
        text_of("certified"), "level", "type", "integer", "category", text_of("network-camera"),
        "edition", text_of("PROV-L3-CAMERA"), "due", text_of("2027-05-01"), "version", "type",
        "integer", "product", openapi_ref("schemas", "Text"), "url",
        text_of("/api/v1/requests/qWx0m2bTn1Zk"));
    json_t *group = json_pack("{s:s, s:{s:o, s:o}}", "type", "object", "properties", "id",
                              text_of("P3.CAM"), "tests", list_of(test_schema()));
    if (whole)
        json_object_set_new(json_object_get(schema, "properties"), "groups", list_of(group));
    else
        json_decref(group);
    return schema;
}

static json_t *step_operation(const char *id, const char *summary, const char *description,
                              json_t *body)
{
    json_t *operation = openapi_operation(
        id, "requests", json_string(summary), json_string(description),
        json_pack("[o, o]", openapi_ref("parameters", "Idempotency-Key"),
                  openapi_ref("parameters", "If-Match")),
        openapi_responses("200", openapi_answer("The case as it stands now", "CaseBrief"),
                          "400 401 403 404 409 412 413 415 422"));
    json_object_set_new(operation, "requestBody",
                        json_pack("{s:b, s:{s:{s:o}}}", "required", false, "content",
                                  "application/json", "schema", body));
    return operation;
}

static void add_results(json_t *paths, const struct rulebook *book)
{
    json_t *bodies = json_pack("{s:[o, o, o]}", "anyOf", openapi_form(book, FORM_PLAN),
                               openapi_form(book, FORM_REPORT),
                               openapi_form(book, FORM_REPORT_REVISED));
    json_object_set_new(
        paths, "/api/v1/requests/{case}/results",
        json_pack("{s:[o], s:o}", "parameters", openapi_ref("parameters", "case"), "put",
                  step_operation("putResults",
                                 "結果を途中まで置く / Put results as they come",
                                 "提出はされません。 / Nothing is submitted by it.",
                                 openapi_form(book, FORM_REPORT_DRAFT))));
    json_object_set_new(
        paths, "/api/v1/requests/{case}/submit",
        json_pack("{s:[o], s:o}", "parameters", openapi_ref("parameters", "case"), "post",
                  step_operation(
                      "submitRequest", "計画又は報告を提出する / Submit the plan or the report",
                      "置いた結果に本文を重ねて提出します。何の提出かはsubmit_takesが示します。 / "
                      "What was put, with this body on top; submit_takes tells which step it is.",
                      bodies)));
}

void openapi_add_requests(json_t *paths, const struct rulebook *book)
{
    json_t *all = json_pack("{s:s, s:{s:o}}", "type", "object", "properties", "requests",
                            list_of(request_schema(false)));
    json_object_set_new(
        paths, "/api/v1/requests",
        json_pack("{s:o}", "get",
                  openapi_operation(
                      "listRequests", "requests",
                      json_string("評価の依頼 / Requests for assessment"),
                      json_string("評価機関を指名した申請。番のものが先です。 / Applications that "
                                  "name the facility; those that wait for it go first."),
                      json_array(),
                      openapi_responses("200", content(all, "The requests"), "401"))));
    json_object_set_new(
        paths, "/api/v1/requests/{case}",
        json_pack("{s:[o], s:o}", "parameters", openapi_ref("parameters", "case"), "get",
                  openapi_operation(
                      "getRequest", "requests",
                      json_string("一つの依頼を基準の項目とともに / One request, with its criteria"),
                      json_string("項目は群に分け、申告、結果、指摘、回答を添えます。 / In groups, "
                                  "each with the claim, the result, the finding and its answer."),
                      json_array(),
                      openapi_responses("200", content(request_schema(true), "The request"),
                                        "401 404"))));
    json_object_set_new(
        paths, "/api/v1/requests/{case}/files/{name}",
        json_deep_copy(json_object_get(paths, "/api/v1/cases/{case}/files/{name}")));
    json_t *files = json_object_get(paths, "/api/v1/requests/{case}/files/{name}");
    json_object_del(files, "get");
    json_object_set_new(json_object_get(files, "put"), "operationId",
                        json_string("putRequestFile"));
    add_results(paths, book);
}
