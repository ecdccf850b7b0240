/* openapi_public.c: what anyone may ask, without a key: labels and criteria; and what a change of
 * the criteria does to labels.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/openapi.h"

#include "base/banned.h"

static json_t *open_(json_t *without_key)
{
    json_object_set_new(without_key, "security", json_array());
    return without_key;
}

/* A name in the query that may be left out. */
static json_t *query_of(const char *name, const char *description)
{
    return json_pack("{s:s, s:s, s:b, s:s, s:{s:s}}", "name", name, "in", "query", "required",
                     false, "description", description, "schema", "type", "string");
}

static json_t *list_of_labels(void)
{
    json_t *given = json_pack(
        "[o, o, o, o, o]", query_of("q", "Words in names, makers, model numbers, numbers"),
        query_of("status", "One status, or several with commas"),
        query_of("level", "1 to 4, or several with commas"),
        query_of("after", "`next` of the page before"), query_of("limit", "Labels on a page"));
    return openapi_operation(
        "listLabels", "public", json_string("ラベルを探す / Search the public register"),
        json_string("新しい番号から並びます。続きはLinkヘッダーのnextにあります。 / Newest numbers "
                    "first; the Link header leads on."),
        given,
        openapi_responses(
            "200", openapi_answer("A page of labels, with their statuses of today", "Labels"),
            "400"));
}

static void add_criteria(json_t *paths)
{
    json_t *list = openapi_operation(
        "listCriteriaEditions", "public", json_string("適合基準の版 / Editions of the criteria"),
        json_string("適用開始、申請と延長の受付の終わりの日を示します（5）。 / With the days on which each "
                    "begins, and takes no more applications and extensions (5)."),
        json_array(),
        openapi_responses("200",
                          openapi_answer("All editions, the newest of each level and category "
                                         "first",
                                         "CriteriaEditions"),
                          "400"));
    json_t *id = json_pack("{s:s, s:s, s:b, s:s, s:{s:s}}", "name", "id", "in", "path", "required",
                           true, "description", "Number of the edition", "schema", "type",
                           "string");
    json_t *one = openapi_operation(
        "getCriteriaEdition", "public", json_string("適合基準の版と項目 / An edition with its criteria"),
        json_string("誰でも見られます。 / Open to anyone, from any site."), json_pack("[o]", id),
        openapi_responses("200", openapi_answer("The edition, with `criteria`", "CriteriaEdition"),
                          "404"));
    json_object_set_new(paths, "/api/v1/criteria", json_pack("{s:o}", "get", open_(list)));
    json_object_set_new(paths, "/api/v1/criteria/{id}", json_pack("{s:o}", "get", open_(one)));
}

void openapi_add_public(json_t *paths)
{
    json_t *edition = openapi_operation(
        "getEdition", "public", json_string("適用中の適合基準 / Criteria in force for a level"),
        json_string("今日申請できる版です（5-1）。 / The edition under which an application may be "
                    "filed today (5-1)."),
        json_pack("[o]", openapi_ref("parameters", "level")),
        openapi_responses("200", openapi_answer("The edition with its criteria", "Edition"),
                          "404"));
    json_object_set_new(paths, "/api/v1/editions/{level}",
                        json_pack("{s:o}", "get", open_(edition)));
    json_object_set_new(paths, "/api/v1/labels",
                        json_pack("{s:o}", "get", open_(list_of_labels())));
    json_t *label = openapi_operation(
        "getLabel", "public", json_string("公開情報 / What the public register says of a label"),
        json_string("誰でも見られます。 / Open to anyone, from any site."),
        json_pack("[o, o]", openapi_ref("parameters", "number"),
                  query_of("on", "A day of the past, as 2027-01-31: what was said on it")),
        openapi_responses(
            "200", openapi_answer("The label; its status is that of today in Tokyo", "Label"),
            "404"));
    json_object_set_new(paths, "/api/v1/labels/{number}", json_pack("{s:o}", "get", open_(label)));
    add_criteria(paths);
}

/* 5-1: what a change of the criteria does to every label, before it is signed. */
void openapi_add_preview(json_t *paths)
{
    static const char *const days[] = {"begins", "acceptance_end", "extension_end"};
    json_t *given = json_array();
    for (size_t i = 0; i < 3; i++)
        json_array_append_new(
            given, json_pack("{s:s, s:s, s:b, s:s, s:{s:s, s:s}}", "name", days[i], "in", "query",
                             "required", false, "description",
                             "In the place of the day on the case: nothing is recorded", "schema",
                             "type", "string", "format", "date"));
    json_t *get = openapi_operation(
        "previewEdition", "cases",
        json_string("適合基準の変更の影響の試算 / What a change of the criteria does to the labels"),
        json_string("件数、レベル、月、登録者ごとの内訳と要約値です。一覧は preview.csv にあります。 / Counts "
                    "by level, month and maker, and the digest; the list is at preview.csv."),
        given,
        openapi_responses("200", openapi_answer("The figures and their digest", "Preview"),
                          "401 404 422"));
    json_object_set_new(paths, "/api/v1/cases/{case}/preview",
                        json_pack("{s:[o], s:o}", "parameters", openapi_ref("parameters", "case"),
                                  "get", get));
}
