/* openapi_facilities.c: the public list of Evaluation Facilities, described.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/openapi.h"

#include "base/banned.h"

static json_t *words(const char *description)
{
    return json_pack("{s:s, s:s}", "type", "string", "description", description);
}

static json_t *day(const char *description)
{
    return json_pack("{s:[s, s], s:s}", "type", "string", "null", "description", description);
}

/* A list of dated lines: two members of their own, and the days between which each holds. */
static json_t *dated(const char *first, json_t *first_schema, const char *second,
                     json_t *second_schema)
{
    json_t *properties = json_pack("{s:o, s:o, s:o}", first, first_schema, "from", day("First day"),
                                   "until", day("Last day, null while it has none"));
    if (second)
        json_object_set_new(properties, second, second_schema);
    return json_pack("{s:s, s:{s:s, s:o, s:[s, s, s]}}", "type", "array", "items", "type", "object",
                     "properties", properties, "required", first, "from", "until");
}

static json_t *facility_schema(void)
{
    json_t *properties = json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "number",
        words("Of the approval, the last one where there were several"), "status",
        words("approved; ending: approved, the last day is known; ended"), "accreditation",
        words("Today: accredited by NITE (ASNITE), interim, or none"), "name",
        openapi_ref("schemas", "Text"), "site", openapi_ref("schemas", "Text"), "corporate_number",
        words("13 digits, or empty"), "country", words("ISO 3166-1 alpha-2"), "approved",
        day("First day of the approval"), "until", day("Its last day, null while it has none"));
    json_object_set_new(
        properties, "scope",
        dated("level", json_pack("{s:s, s:i, s:i}", "type", "integer", "minimum", 3, "maximum", 4),
              "category", words("Of products; * for any")));
    json_object_set_new(
        properties, "accreditations",
        dated("number", words("Of the accreditation"), "kind", words("accredited or interim")));
    json_object_set_new(properties, "approvals",
                        dated("number", words("Of the approval"), NULL, NULL));
    return json_pack("{s:s, s:o, s:[s, s, s, s, s]}", "type", "object", "properties", properties,
                     "required", "number", "status", "accreditation", "name", "scope");
}

void openapi_add_facilities(json_t *paths)
{
    json_t *list = openapi_operation(
        "listFacilities", "public",
        json_string("評価機関の一覧 / Evaluation Facilities, with their scope"),
        json_string(
            "承認された、又は承認されていた評価機関です（6.1.1-1）。 / Those that are or were "
            "approved (6.1.1-1), each with all its days."),
        json_array(),
        openapi_responses(
            "200", openapi_answer("In the order of their approval numbers", "Facilities"), "400"));
    json_object_set_new(list, "security", json_array());
    json_object_set_new(paths, "/api/v1/facilities", json_pack("{s:o}", "get", list));
}

void openapi_add_facility_schemas(json_t *schemas)
{
    json_object_set_new(schemas, "Facility", facility_schema());
    json_object_set_new(schemas, "Facilities",
                        json_pack("{s:s, s:{s:{s:s, s:o}}, s:[s]}", "type", "object", "properties",
                                  "facilities", "type", "array", "items",
                                  openapi_ref("schemas", "Facility"), "required", "facilities"));
}
