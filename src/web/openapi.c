/* openapi.c: the API described in OpenAPI 3.1, made of the rule book.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each step has a path of its own, with the schema of its form, its clause and its guards. */
#include "web/openapi.h"

#include <stdio.h>
#include <string.h>

#include "web/api.h"

#include "base/banned.h"

static json_t *parameter(const char *name, const char *in, const char *description, json_t *schema)
{
    return json_pack("{s:s, s:s, s:s, s:b, s:o}", "name", name, "in", in, "description",
                     description, "required", true, "schema", schema);
}

static json_t *string_schema(const char *example)
{
    return json_pack("{s:s, s:s}", "type", "string", "example", example);
}

static json_t *parameters(void)
{
    json_t *key = json_pack("{s:s, s:s, s:s}", "type", "string", "pattern", "^[!-~]{1,200}$",
                            "example", "6f1f3c0e-6d0e-4a5f-9a53-6d1d3a0f3b52");
    return json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o}", "case",
        parameter("case", "path", "Id of the case", string_schema("qWx0m2bTn1Zk")), "file",
        parameter("name", "path", "Name of the file", string_schema("declaration.pdf")), "number",
        parameter("number", "path", "Registration number, in any case of letters",
                  string_schema("HS26-00003-J")),
        "level",
        parameter("level", "path", "Level of the label",
                  json_pack("{s:s, s:i, s:i, s:i}", "type", "integer", "minimum", 1, "maximum", 4,
                            "example", 1)),
        "Idempotency-Key",
        parameter("Idempotency-Key", "header",
                  "The same key with the same request gives the first answer again", key),
        "If-Match",
        parameter("If-Match", "header", "ETag of the case as last seen; * for any",
                  string_schema("\"3\"")));
}

static json_t *json_content(json_t *schema)
{
    return json_pack("{s:{s:o}}", "application/json", "schema", schema);
}

json_t *openapi_answer(const char *description, const char *schema)
{
    return json_pack("{s:s, s:o}", "description", description, "content",
                     json_content(openapi_ref("schemas", schema)));
}

/* The answers that refuse: one for each status that the operation can give. */
json_t *openapi_responses(const char *status, json_t *good, const char *problems)
{
    json_t *all = json_pack("{s:o}", status, good);
    struct str rest = str_of(problems);
    while (rest.bytes) {
        struct str one = str_cut(rest, ' ', &rest);
        char name[4] = {0};
        memcpy(name, one.at, one.bytes < 3 ? one.bytes : 3);
        json_object_set_new(all, name, openapi_ref("responses", name));
    }
    return all;
}

static json_t *problem_responses(void)
{
    static const struct {
        const char *status, *description;
    } problems[] = {
        {"400", "Malformed JSON, Idempotency-Key or If-Match, or none of them where one is needed"},
        {"401", "No key, or an unknown one"},
        {"403", "Authority, ethics, conflict, qualification or separation of duties refuses"},
        {"404", "Not there, or not for this person to see"},
        {"409", "The state of the case or a guard refuses"},
        {"412", "The case has changed since, or the file is there"},
        {"413", "Too large"},
        {"415", "Not JSON"},
        {"422", "A field is missing or wrong: errors[].pointer says which"},
        {"428", "If-Match is needed"},
        {"429", "Too much came from this network, or in all: Retry-After says when again"},
    };
    json_t *all = json_object();
    for (size_t i = 0; i < sizeof problems / sizeof problems[0]; i++)
        json_object_set_new(all, problems[i].status,
                            json_pack("{s:s, s:{s:{s:o}}}", "description", problems[i].description,
                                      "content", "application/problem+json", "schema",
                                      openapi_ref("schemas", "Problem")));
    return all;
}

json_t *openapi_operation(const char *id, const char *tag, json_t *summary, json_t *description,
                          json_t *given, json_t *answers)
{
    return json_pack("{s:s, s:[s], s:o, s:o, s:o, s:o}", "operationId", id, "tags", tag, "summary",
                     summary, "description", description, "parameters", given, "responses",
                     answers);
}

static json_t *names_of_procedures(const struct rulebook *book)
{
    json_t *names = json_array();
    for (size_t i = 1; i < book->procedures_n; i++)
        json_array_append_new(names, json_string(book->procedures[i].name));
    return json_pack("{s:s, s:o}", "type", "string", "enum", names);
}

static void add_cases(json_t *paths, const struct rulebook *book)
{
    json_t *list = openapi_operation(
        "listCases", "cases", json_string("自分の案件の一覧 / Cases that this person may see"),
        json_string("機関の要員には見ることのできる案件、申請者には自社の案件。 / Personnel: what "
                    "their offices let them see; makers: their own."),
        json_array(),
        openapi_responses(
            "200",
            json_pack("{s:s, s:o}", "description",
                      "The latest first, 200 at most; and for whom a case may be opened", "content",
                      json_content(json_pack(
                          "{s:s, s:{s:{s:s, s:o}, s:{s:s, s:o}}}", "type", "object", "properties",
                          "cases", "type", "array", "items", openapi_ref("schemas", "CaseBrief"),
                          "parties", "type", "array", "items", openapi_ref("schemas", "Party")))),
            "401"));
    json_t *post = openapi_operation(
        "openCase", "cases", json_string("案件を開く / Open a case"),
        json_string("手続の最初の段階を行える人だけが開けます。 / Only for somebody who may take "
                    "the first step of the procedure."),
        json_array(),
        openapi_responses(
            "201",
            openapi_answer("Opened: Location and ETag say where, and its version", "CaseBrief"),
            "400 401 403 409 413 415 422"));
    json_t *body = json_pack(
        "{s:s, s:[s], s:b, s:{s:o, s:{s:s, s:i, s:i, s:s}, s:{s:s, s:s}, s:{s:s, s:s}, s:{s:s, "
        "s:s}, s:{s:s, s:s}}, s:{s:s, s:i}}",
        "type", "object", "required", "procedure", "additionalProperties", false, "properties",
        "procedure", names_of_procedures(book), "level", "type", "integer", "minimum", 1, "maximum",
        4, "description",
        "申請するレベル。申請でない手続には不要です。 / Asked for; not wanted by a "
        "procedure that is about no application.",
        "label", "type", "string", "description",
        "適合ラベルについての手続では、その登録番号を書きます。 / Registration number, where the "
        "procedure is about a label.",
        "case", "type", "string", "description",
        "異議申立てでは、対象の決定がされた案件のidを書きます。 / In an appeal, the id of the case of "
        "the decision.",
        "category", "type", "string", "description",
        "製品類型。レベル2以上の適合基準は類型ごとです。 / Of the product: from level 2 on the "
        "criteria are those of the category.",
        "party", "type", "string", "description",
        "複数の事業者を代理する人は、事業者のid又は法人番号を書きます。 / Whoever acts for "
        "several makers names one by its id or corporate number.",
        "example", "procedure", "self-declared", "level", 1);
    json_object_set_new(post, "requestBody",
                        json_pack("{s:b, s:o}", "required", true, "content", json_content(body)));
    json_object_set_new(paths, "/api/v1/cases", json_pack("{s:o, s:o}", "get", list, "post", post));
    json_t *get = openapi_operation(
        "getCase", "cases", json_string("案件を見る / A case with its fields, files and timeline"),
        json_string(
            "見ることのできない案件は404です。 / A case that this person may not see is 404."),
        json_array(),
        openapi_responses("200", openapi_answer("The case; ETag is its version", "Case"),
                          "401 404"));
    json_object_set_new(
        paths, "/api/v1/cases/{case}",
        json_pack("{s:[o], s:o}", "parameters", openapi_ref("parameters", "case"), "get", get));
}

/* Guards of a step: its own and those of the roles that take it, each once. */
static json_t *guards_of(const struct rulebook *book, const struct step_row *step)
{
    json_t *guards = json_array();
    for (size_t i = 0; i < step->by.n; i++) {
        struct range whens = book->roles[book->ids[step->by.first + i]].whens;
        for (size_t k = 0; k < whens.n; k++) {
            const struct use *use = &book->uses[whens.first + k];
            json_array_append_new(guards,
                                  json_pack("{s:s, s:s}", "guard", book->guards[use->id].name,
                                            "clause", use->clause));
        }
    }
    for (size_t i = 0; i < step->aparts.n; i++)
        json_array_append_new(guards, json_pack("{s:s, s:s, s:s}", "guard", "apart", "step",
                                                book->aparts[step->aparts.first + i].step, "clause",
                                                book->aparts[step->aparts.first + i].clause));
    if (step->at)
        json_array_append_new(guards, json_pack("{s:s, s:s, s:s}", "guard", "due", "fact",
                                                book->facts[step->at].name, "clause",
                                                step->at_clause));
    for (size_t i = 0; i < step->whens.n; i++) {
        const struct use *use = &book->uses[step->whens.first + i];
        json_array_append_new(guards, json_pack("{s:s, s:s}", "guard", book->guards[use->id].name,
                                                "clause", use->clause));
    }
    return guards;
}

/* Documents that the step rests on, each with the clause that asks for it. */
static json_t *needs_of(const struct rulebook *book, const struct step_row *step)
{
    json_t *documents = json_array();
    for (size_t i = 0; i < step->needs.n; i++) {
        const struct word_row *document = &book->documents[book->ids[step->needs.first + i]];
        json_array_append_new(documents,
                              json_pack("{s:s, s:o, s:s}", "document", document->name, "title",
                                        openapi_words(document->text), "clause", document->clause));
    }
    return documents;
}

static json_t *names_in(const struct rulebook *book, struct range range, bool roles)
{
    json_t *names = json_array();
    for (size_t i = 0; i < range.n; i++) {
        int id = book->ids[range.first + i];
        json_array_append_new(names,
                              json_string(roles ? book->roles[id].name : book->states[id].name));
    }
    return names;
}

/* "4.1.1-1: received -> accepted, operational-personnel" */
static json_t *say_step(const struct rulebook *book, const struct step_row *step)
{
    struct text to = book->states[step->to].text;
    return json_sprintf("%s (%s)。次の状態: %s / Clause %s (%s). Leads to: %s", step->clause,
                        step->name, to.ja, step->clause, step->name, to.en);
}

/* The first procedure that has a step of this name describes it; another of the same name adds its
 * form. */
static void add_step(json_t *paths, const struct rulebook *book,
                     const struct procedure_row *procedure, const struct step_row *step)
{
    char path[200];
    snprintf(path, sizeof path, "/api/v1/cases/{case}/steps/%s", step->name);
    json_t *form = step->form
                       ? openapi_ref("schemas", book->forms[step->form].name)
                       : json_pack("{s:s, s:b}", "type", "object", "additionalProperties", false);
    json_t *there = json_object_get(json_object_get(paths, path), "post");
    json_t *use = json_pack("{s:s, s:s, s:o, s:o, s:o, s:o}", "procedure", procedure->name,
                            "clause", step->clause, "from", names_in(book, step->from, false), "by",
                            names_in(book, step->by, true), "guards", guards_of(book, step),
                            "x-needs", needs_of(book, step));
    if (there) {
        openapi_add_form(there, form);
        json_array_append_new(json_object_get(there, "x-uses"), use);
        return;
    }
    json_t *given = json_pack("[o, o]", openapi_ref("parameters", "Idempotency-Key"),
                              openapi_ref("parameters", "If-Match"));
    json_t *operation_id = json_sprintf("step-%s", step->name);
    json_t *post = openapi_operation(
        json_string_value(operation_id), "steps", openapi_words(book->acts[step->act].text),
        say_step(book, step), given,
        openapi_responses("200", openapi_answer("Taken; ETag is the new version", "StepTaken"),
                          "400 401 403 404 409 412 413 415 422 428"));
    json_decref(operation_id);
    json_object_set_new(post, "x-clause", json_string(step->clause));
    json_object_set_new(post, "x-uses", json_pack("[o]", use));
    json_object_set_new(post, "requestBody",
                        json_pack("{s:b, s:o}", "required", false, "content", json_content(form)));
    json_object_set_new(
        paths, path,
        json_pack("{s:[o], s:o}", "parameters", openapi_ref("parameters", "case"), "post", post));
}

static json_t *bytes_content(void)
{
    return json_pack("{s:{s:{}}}", "application/octet-stream", "schema");
}

static void add_files(json_t *paths)
{
    json_t *get = openapi_operation(
        "getFile", "files",
        json_string("ファイルを読む（記録されます） / Read a file, which is recorded"),
        json_string("読んだことは経過に残ります（2.1.3-2）。 / The reading becomes an "
                    "entry of the timeline (2.1.3-2)."),
        json_array(),
        openapi_responses("200",
                          json_pack("{s:s, s:o}", "description",
                                    "Its bytes, of the media type found in them", "content",
                                    bytes_content()),
                          "401 404"));
    json_t *none =
        json_pack("{s:s, s:s, s:s, s:b, s:{s:s, s:[s]}}", "name", "If-None-Match", "in", "header",
                  "description", "* puts the file only where none of that name is", "required",
                  false, "schema", "type", "string", "enum", "*");
    json_t *put = openapi_operation(
        "putFile", "files",
        json_string("ファイルを添付する（200 MiBまで） / Put a file on a case, up to 200 MiB"),
        json_string("同じ名前のファイルは置き換わり、前のものも記録に残ります。 / A file of this "
                    "name is replaced; the earlier one stays on record."),
        json_pack("[o]", none),
        openapi_responses("201", openapi_answer("A new file", "File"),
                          "400 401 403 404 409 412 413 422"));
    json_object_set_new(
        json_object_get(put, "responses"), "200",
        openapi_answer("In the place of a file of this name, which stays on record", "File"));
    json_object_set_new(put, "requestBody",
                        json_pack("{s:b, s:o}", "required", true, "content", bytes_content()));
    json_object_set_new(paths, "/api/v1/cases/{case}/files/{name}",
                        json_pack("{s:[o, o], s:o, s:o}", "parameters",
                                  openapi_ref("parameters", "case"),
                                  openapi_ref("parameters", "file"), "get", get, "put", put));
}

static json_t *paths_of(const struct rulebook *book)
{
    json_t *paths = json_object();
    add_cases(paths, book);
    for (size_t i = 1; i < book->procedures_n; i++) {
        struct range steps = book->procedures[i].steps;
        for (size_t k = 0; k < steps.n; k++)
            add_step(paths, book, &book->procedures[i], &book->steps[steps.first + k]);
    }
    add_files(paths);
    openapi_add_letters(paths);
    openapi_add_requests(paths, book);
    openapi_add_renewal(paths);
    openapi_add_preview(paths);
    openapi_add_public(paths);
    openapi_add_facilities(paths);
    openapi_add_openly(paths, book);
    openapi_add_notices(paths);
    return paths;
}

static json_t *schemas_of(const struct rulebook *book)
{
    json_t *schemas = openapi_schemas(book);
    openapi_add_facility_schemas(schemas);
    openapi_add_openly_schemas(schemas);
    openapi_add_notice_schemas(schemas);
    for (size_t i = 1; i < book->steps_n; i++)
        if (book->steps[i].form)
            json_object_set_new(schemas, book->forms[book->steps[i].form].name,
                                openapi_form(book, book->steps[i].form));
    return schemas;
}

static json_t *info_of(const struct rulebook *book)
{
    return json_pack(
        "{s:s, s:s, s:o, s:{s:s, s:s}, s:{s:s, s:s}}", "title", "Hoshi", "version", "1",
        "description",
        json_sprintf(
            "ラベル制度の案件を扱うAPIです。規程（%s）の行から作られています。 / The casework of a "
            "labelling scheme, made of the rows of its rule book (%s). Problems come as RFC 9457.",
            book->edition, book->edition),
        "license", "name", "Apache-2.0", "identifier", "Apache-2.0", "contact", "name", "Hoshi",
        "url", "https://hoshi.example/");
}

static json_t *tags(void)
{
    return json_pack("[{s:s, s:s}, {s:s, s:s}, {s:s, s:s}, {s:s, s:s}, {s:s, s:s}, {s:s, s:s}]",
                     "name", "labels", "description", "自社のラベル / One's own labels", "name",
                     "cases", "description", "案件 / Cases", "name", "steps", "description",
                     "手続 / Steps, each with its clause", "name", "files", "description",
                     "ファイル / Files", "name", "requests", "description",
                     "評価機関の依頼 / Requests to an Evaluation Facility", "name", "public",
                     "description", "公開 / Open to anyone");
}

json_t *openapi_of(const struct rulebook *book, struct arena *arena)
{
    json_t *whole = json_new(arena);
    json_object_set_new(whole, "openapi", json_string("3.1.0"));
    json_object_set_new(whole, "info", info_of(book));
    json_object_set_new(whole, "servers",
                        json_pack("[{s:s, s:s}]", "url", "/", "description", "This server"));
    json_object_set_new(whole, "security", json_pack("[{s:[]}]", "key"));
    json_object_set_new(whole, "tags", tags());
    json_object_set_new(whole, "paths", paths_of(book));
    json_object_set_new(whole, "components",
                        json_pack("{s:o, s:o, s:o, s:{s:{s:s, s:s, s:s}}}", "schemas",
                                  schemas_of(book), "parameters", parameters(), "responses",
                                  problem_responses(), "securitySchemes", "key", "type", "http",
                                  "scheme", "bearer", "description", "API key of an account"));
    return whole;
}
