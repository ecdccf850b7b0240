/* openapi_letter.c: the letters of a case.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/openapi.h"

#include "base/banned.h"

static json_t *list_operation(void)
{
    json_t *one =
        json_pack("{s:s, s:{s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s}}}", "type", "object",
                  "properties", "id", "type", "string", "kind", "type", "string", "title", "type",
                  "object", "entry", "type", "integer", "at", "type", "integer");
    json_t *answer = json_pack("{s:s, s:[s], s:{s:{s:s, s:o}}}", "type", "object", "required",
                               "letters", "properties", "letters", "type", "array", "items", one);
    return openapi_operation(
        "listLetters", "files", json_string("案件の文書の一覧 / The letters of a case"),
        json_string(
            "受理書などの文書です。自分あてのものだけが返ります。 / Acceptance forms and the "
            "like; to parties, those addressed to them."),
        json_array(),
        openapi_responses("200",
                          json_pack("{s:s, s:{s:{s:o}}}", "description", "In the order written",
                                    "content", "application/json", "schema", answer),
                          "401 404"));
}

static json_t *read_operation(void)
{
    return openapi_operation(
        "getLetter", "files", json_string("文書を読む（PDF） / Read a letter, as PDF"),
        json_string(
            "言語はAccept-Languageで選びます。書かれた日の文言のままです。 / In the language "
            "of Accept-Language, in the words of the day it was written."),
        json_array(),
        openapi_responses("200",
                          json_pack("{s:s, s:{s:{s:{}}}}", "description", "A4, one page or more",
                                    "content", "application/pdf", "schema"),
                          "401 404"));
}

void openapi_add_letters(json_t *paths)
{
    json_t *letter =
        json_pack("{s:s, s:s, s:b, s:s, s:{s:s}}", "name", "letter", "in", "path", "required", true,
                  "description", "Id of a letter", "schema", "type", "string");
    json_object_set_new(paths, "/api/v1/cases/{case}/letters",
                        json_pack("{s:[o], s:o}", "parameters", openapi_ref("parameters", "case"),
                                  "get", list_operation()));
    json_object_set_new(paths, "/api/v1/cases/{case}/letters/{letter}",
                        json_pack("{s:[o, o], s:o}", "parameters",
                                  openapi_ref("parameters", "case"), letter, "get",
                                  read_operation()));
}
