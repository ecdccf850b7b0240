/* openapi_form.c: a form of the rule book as a JSON schema: what desk/form.c checks, said in
 * advance.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "desk/form.h"
#include "web/openapi.h"

#include "base/banned.h"

json_t *openapi_words(struct text text)
{
    return json_sprintf("%s / %s", text.ja, text.en);
}

static json_t *items_of(const struct rulebook *book, int list)
{
    struct range items = book->lists[list].items;
    json_t *names = json_array();
    for (size_t i = 0; i < items.n; i++)
        json_array_append_new(names, json_string(book->items[items.first + i].name));
    return json_pack("{s:s, s:o}", "type", "string", "enum", names);
}

static json_t *text_schema(const struct field_row *field, const char *example)
{
    return json_pack("{s:s, s:I, s:I, s:s}", "type", "string", "minLength",
                     (json_int_t)(field->min > 1 ? field->min : 1), "maxLength",
                     (json_int_t)field->max, "example", example);
}

static json_t *pattern_schema(const char *pattern, const char *example)
{
    return json_pack("{s:s, s:s, s:s}", "type", "string", "pattern", pattern, "example", example);
}

static json_t *format_schema(const char *format, const char *example)
{
    return json_pack("{s:s, s:s, s:s}", "type", "string", "format", format, "example", example);
}

static json_t *list_schema(json_t *items, const struct field_row *field)
{
    json_t *schema =
        json_pack("{s:s, s:o, s:b}", "type", "array", "items", items, "uniqueItems", true);
    if (field->sort == FIELD_MODELS || field->sort == FIELD_CHECKLIST) {
        json_object_set_new(schema, "minItems", json_integer(field->min));
        json_object_set_new(schema, "maxItems", json_integer(field->max));
    }
    return schema;
}

static json_t *criteria_schema(const struct field_row *field)
{
    json_t *line = json_pack("{s:s, s:{s:{s:s}, s:{s:s}, s:{s:s}}, s:[s, s, s], s:b}", "type",
                             "object", "properties", "id", "type", "string", "ja", "type",
                             "string", "en", "type", "string", "required", "id", "ja", "en",
                             "additionalProperties", false);
    json_t *schema = json_pack("{s:s, s:o}", "type", "array", "items", line);
    json_object_set_new(schema, "minItems", json_integer(field->min));
    json_object_set_new(schema, "maxItems", json_integer(field->max));
    return schema;
}

static json_t *models_schema(const struct field_row *field)
{
    json_t *model = json_pack("{s:s, s:i, s:i}", "type", "string", "minLength", 1, "maxLength",
                              FORM_MODEL_POINTS_MAX);
    json_t *schema = list_schema(model, field);
    json_object_set_new(schema, "example", json_pack("[s, s]", "MH-100", "MH-100J"));
    return schema;
}

static json_t *checklist_schema(const struct rulebook *book, const struct field_row *field)
{
    json_t *result = NULL;
    for (size_t i = 1; i < book->lists_n; i++)
        if (str_is(str_of(book->lists[i].name), "answer"))
            result = items_of(book, (int)i);
    json_t *line = json_pack(
        "{s:s, s:[s, s], s:b, s:{s:o, s:o*, s:o, s:o}}", "type", "object", "required", "id",
        "result", "additionalProperties", false, "properties", "id",
        json_pack("{s:s, s:s}", "type", "string", "description",
                  "A criterion of the edition in force: GET /api/v1/editions/{level}"),
        "result", result, "evidence",
        json_pack("{s:s, s:i}", "type", "string", "maxLength", FORM_EVIDENCE_POINTS_MAX), "file",
        json_pack("{s:s, s:s}", "type", "string", "description", "Id of a file of the case"));
    json_t *schema = list_schema(line, field);
    json_object_set_new(schema, "example",
                        json_pack("[{s:s, s:s, s:s}]", "id", "S1.1-01", "result", "conforms",
                                  "evidence", "試験報告書 3章"));
    return schema;
}

static json_t *by_criterion_schema(const struct field_row *field)
{
    json_t *line = json_pack(
        "{s:s, s:[s, s], s:b, s:{s:{s:s, s:s}, s:{s:s, s:i}, s:{s:s, s:s}}}", "type", "object",
        "required", "id", "evidence", "additionalProperties", false, "properties", "id", "type",
        "string", "description", "A criterion of the case's edition", "evidence", "type", "string",
        "maxLength", FORM_EVIDENCE_POINTS_MAX, "file", "type", "string", "description",
        "Id of a file of the case");
    json_t *schema = list_schema(line, field);
    json_object_set_new(schema, "example",
                        json_pack("[{s:s, s:s}]", "id", "S3.1-04", "evidence",
                                  "試験の手順を示してください。"));
    return schema;
}

static json_t *ja_en_schema(const struct field_row *field)
{
    json_t *ja = json_pack("{s:s, s:I}", "type", "string", "maxLength", (json_int_t)field->max);
    return json_pack("{s:s, s:b, s:{s:o, s:o}, s:{s:s, s:s}}", "type", "object",
                     "additionalProperties", false, "properties", "ja", ja, "en",
                     json_deep_copy(ja), "example", "ja", "みほんルーター", "en", "Mihon Router");
}

static json_t *number_schema(const struct field_row *field)
{
    return json_pack("{s:s, s:I, s:I, s:I}", "type", "integer", "minimum", (json_int_t)field->min,
                     "maximum", (json_int_t)field->max, "example", (json_int_t)field->min);
}

static json_t *field_schema(const struct rulebook *book, const struct field_row *field)
{
    switch (field->sort) {
    case FIELD_TEXT:
    case FIELD_SETTING:
        return text_schema(field, "1.4.2");
    case FIELD_LINES:
        return text_schema(field, "確認しました。");
    case FIELD_PHONE:
        return text_schema(field, "+81-3-0000-0000");
    case FIELD_EMAIL:
        return format_schema("email", "madoguchi@mihon.example");
    case FIELD_URL:
        return format_schema("uri", "https://mihon.example/psirt");
    case FIELD_DAY:
        return format_schema("date", "2027-06-30");
    case FIELD_NUMBER:
    case FIELD_YEN:
        return number_schema(field);
    case FIELD_YESNO:
        return json_pack("{s:s}", "type", "boolean");
    case FIELD_ONE_OF:
        return items_of(book, field->list);
    case FIELD_SOME_OF:
        return list_schema(items_of(book, field->list), field);
    case FIELD_MODELS:
        return models_schema(field);
    case FIELD_CRITERIA:
        return criteria_schema(field);
    case FIELD_CHECKLIST:
        return checklist_schema(book, field);
    case FIELD_BY_CRITERION:
        return by_criterion_schema(field);
    case FIELD_FILE:
        return list_schema(json_pack("{s:s}", "type", "string"), field);
    case FIELD_CORPORATE_NUMBER:
        return pattern_schema("^[0-9]{13}$", "5010005007126");
    case FIELD_COUNTRY:
        return pattern_schema("^[A-Z]{2}$", "JP");
    case FIELD_SPAN:
        return pattern_schema("^[0-9]+[ymd]$", "6m");
    case FIELD_JA_EN:
        return ja_en_schema(field);
    case FIELD_LABEL:
    case FIELD_CASE:
    case FIELD_PERSON:
    case FIELD_FACILITY:
        return json_pack("{s:s}", "type", "string");
    }
    return json_pack("{}");
}

/* Where a field may be left out, null says so too: in a draft it empties what was saved. */
static void allow_null(json_t *schema)
{
    json_t *type = json_object_get(schema, "type"), *items = json_object_get(schema, "enum");
    if (json_is_string(type))
        json_object_set_new(schema, "type", json_pack("[O, s]", type, "null"));
    if (items)
        json_array_append_new(items, json_null());
}

/* Empty text, [] and {} are as good as absent for the program; the schema asks for the plain
 * form. */
json_t *openapi_form(const struct rulebook *book, int form)
{
    const struct form_row *row = &book->forms[form];
    json_t *must = json_array(), *properties = json_object();
    for (size_t i = 0; i < row->fields.n; i++) {
        const struct form_field *use = &book->form_fields[row->fields.first + i];
        const struct field_row *field = &book->fields[use->field];
        json_t *schema = field_schema(book, field);
        json_object_set_new(schema, "title", openapi_words(field->text));
        if (field->hint.ja && *field->hint.ja)
            json_object_set_new(schema, "description", openapi_words(field->hint));
        json_object_set_new(schema, "x-clause", json_string(field->clause));
        json_object_set_new(properties, field->name, schema);
        if (use->must)
            json_array_append_new(must, json_string(field->name));
        else
            allow_null(schema);
    }
    json_t *schema =
        json_pack("{s:s, s:o, s:s, s:o, s:b}", "type", "object", "title", openapi_words(row->text),
                  "x-clause", row->clause, "properties", properties, "additionalProperties", false);
    if (json_array_size(must))
        json_object_set(schema, "required", must);
    json_decref(must);
    return schema;
}

static bool is_among(const json_t *any, const json_t *form)
{
    size_t i;
    json_t *one;
    json_array_foreach((json_t *)any, i, one) if (json_equal(one, form)) return true;
    return false;
}

void openapi_add_form(json_t *post, json_t *form)
{
    json_t *content = json_object_get(
        json_object_get(json_object_get(post, "requestBody"), "content"), "application/json");
    json_t *there = json_object_get(content, "schema"), *any = json_object_get(there, "anyOf");
    if (json_equal(there, form) || is_among(any, form))
        json_decref(form);
    else if (any)
        json_array_append_new(any, form);
    else
        json_object_set_new(content, "schema", json_pack("{s:[O, o]}", "anyOf", there, form));
}
