/* openapi_openly.c: what anyone may do without a key: file a case of each procedure that the rules
 * leave open; published answers to inquiries, published facts of misuse.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "web/openapi.h"

#include "base/banned.h"

static json_t *text_of(const char *type, const char *description)
{
    return json_pack("{s:s, s:s}", "type", type, "description", description);
}

static json_t *nullable(const char *description)
{
    return json_pack("{s:[s, s], s:s}", "type", "string", "null", "description", description);
}

static json_t *both(const char *description)
{
    return json_pack("{s:s, s:s, s:{s:o, s:o}, s:[s, s]}", "type", "object", "description",
                     description, "properties", "ja", nullable("Japanese, null where it is not"),
                     "en", nullable("English, null where it is not"), "required", "ja", "en");
}

static json_t *open_(json_t *operation)
{
    json_object_set_new(operation, "security", json_array());
    return operation;
}

/* ---- filing */

static bool takes_files(const struct rulebook *book, int form)
{
    struct range fields = book->forms[form].fields;
    for (size_t i = 0; i < fields.n; i++)
        if (book->fields[book->form_fields[fields.first + i].field].sort == FIELD_FILE)
            return true;
    return false;
}

static json_t *content_of(const struct rulebook *book, int form)
{
    json_t *content = json_pack("{s:{s:o}}", "application/json", "schema",
                                openapi_ref("schemas", book->forms[form].name));
    if (takes_files(book, form))
        json_object_set_new(
            content, "multipart/form-data",
            json_pack("{s:{s:s, s:{s:{s:s, s:s, s:s}}, s:b}}", "schema", "type", "object",
                      "properties", "fields", "type", "string", "contentMediaType",
                      "application/json", "description",
                      "The fields as JSON; each file is a part with the name of its field",
                      "additionalProperties", true));
    return content;
}

static void add_open(json_t *paths, const struct rulebook *book,
                     const struct procedure_row *procedure, const struct step_row *step)
{
    char path[200], id[200];
    snprintf(path, sizeof path, "/api/v1/open/%s", procedure->name);
    snprintf(id, sizeof id, "open-%s", procedure->name);
    json_t *given = json_pack("[o]", openapi_ref("parameters", "Idempotency-Key"));
    json_t *post = openapi_operation(
        id, "public", openapi_words(procedure->title),
        json_string(
            "キーは要りません。Idempotency-"
            "Keyは推測できない22文字以上とし、同じキーの再送には同じ答えを返します。"
            "返されるlinkは、その案件だけに使えるBearerキーです。 / No key is needed. The "
            "Idempotency-Key is unguessable, 22 characters or more; the same again gets the same "
            "answer. The `link` that is returned is a bearer key to that one case."),
        given,
        openapi_responses(
            "201",
            openapi_answer("Filed: its receipt number, and the link that follows it", "Filed"),
            "400 403 409 413 415 422 429"));
    json_object_set_new(post, "x-clause", json_string(step->clause));
    json_object_set_new(
        post, "requestBody",
        json_pack("{s:b, s:o}", "required", true, "content", content_of(book, step->form)));
    json_object_set_new(paths, path, json_pack("{s:o}", "post", open_(post)));
}

/* ---- what is published */

static void add_published(json_t *paths)
{
    json_t *q = json_pack("{s:s, s:s, s:b, s:s, s:{s:s, s:i}}", "name", "q", "in", "query",
                          "required", false, "description",
                          "A question, or words of it, in Japanese or English: the likest first",
                          "schema", "type", "string", "maxLength", 2000);
    json_t *edition =
        json_pack("{s:s, s:s, s:b, s:s, s:{s:s}}", "name", "edition", "in", "query", "required",
                  false, "description", "Those of one edition alone", "schema", "type", "string");
    json_t *answers = openapi_operation(
        "listInquiries", "public",
        json_string("適合基準の照会への回答 / Answers to inquiries on the criteria"),
        json_string(
            "どなたの照会かは示しません（4.10-1）。 / Whoever asked is not named (4.10-1)."),
        json_pack("[o, o]", q, edition),
        openapi_responses("200", openapi_answer("The latest first, or the likest", "Inquiries"),
                          "400"));
    json_t *misuse = openapi_operation(
        "listMisuse", "public", json_string("公表した不正使用 / Published facts of misuse"),
        json_string("事実の公表は最後の措置です。 / Publication is the last measure."),
        json_array(),
        openapi_responses("200", openapi_answer("The latest first", "MisuseList"), "400"));
    json_object_set_new(paths, "/api/v1/inquiries", json_pack("{s:o}", "get", open_(answers)));
    json_object_set_new(paths, "/api/v1/misuse", json_pack("{s:o}", "get", open_(misuse)));
}

void openapi_add_openly(json_t *paths, const struct rulebook *book)
{
    for (size_t i = 1; i < book->procedures_n; i++) {
        const struct step_row *step = open_step(book, &book->procedures[i]);
        if (step && step->form)
            add_open(paths, book, &book->procedures[i], step);
    }
    add_published(paths);
}

static json_t *list_of(const char *name, const char *of)
{
    return json_pack("{s:s, s:{s:{s:s, s:o}}, s:[s]}", "type", "object", "properties", name, "type",
                     "array", "items", openapi_ref("schemas", of), "required", name);
}

void openapi_add_openly_schemas(json_t *schemas)
{
    json_t *filed = json_pack(
        "{s:[o, {s:s, s:{s:o, s:o, s:o}, s:[s, s, s]}]}", "allOf",
        openapi_ref("schemas", "CaseBrief"), "type", "object", "properties", "receipt",
        text_of("string", "Receipt number"), "link",
        text_of("string", "A bearer key to this one case: keep it, it is shown here alone"),
        "follow", text_of("string", "The page by which it is followed"), "required", "receipt",
        "link", "follow");
    json_t *inquiry = json_pack(
        "{s:s, s:{s:o, s:o, s:o, s:{s:s, s:{s:s}}, s:o, s:o, s:o}, s:[s, s, s, s]}", "type",
        "object", "properties", "number", text_of("string", "Number of the answer"), "day",
        text_of("string", "Day of its publication"), "edition",
        nullable("Edition of the criteria concerned"), "criteria", "type", "array", "items", "type",
        "string", "question", both("As published, without whoever asked"), "answer",
        both("The answer"), "replaced_by", nullable("A later answer that takes its place"),
        "required", "number", "day", "question", "answer");
    json_t *misuse = json_pack(
        "{s:s, s:{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}, s:[s, s, s, s]}", "type", "object",
        "properties", "number", text_of("string", "Number of the publication"), "day",
        text_of("string", "Day of the publication"), "kind",
        text_of("string", "What sort of claim"), "claimant", nullable("Whoever makes the claim"),
        "claimed", nullable("The number that is shown"), "label",
        nullable("The genuine label concerned, or the one that the number resembles"), "facts",
        both("What is published"), "mended", nullable("Day on which it was mended"), "required",
        "number", "day", "kind", "facts");
    json_object_set_new(schemas, "Filed", filed);
    json_object_set_new(schemas, "Inquiry", inquiry);
    json_object_set_new(schemas, "Inquiries", list_of("inquiries", "Inquiry"));
    json_object_set_new(schemas, "Misuse", misuse);
    json_object_set_new(schemas, "MisuseList", list_of("misuse", "Misuse"));
}
