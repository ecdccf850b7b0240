/* openapi_schema.c: the shapes that the API answers with, whatever the procedure.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/openapi.h"

#include "base/banned.h"

json_t *openapi_ref(const char *kind, const char *name)
{
    return json_pack("{s:o}", "$ref", json_sprintf("#/components/%s/%s", kind, name));
}

static json_t *string_of(const char *description)
{
    return json_pack("{s:s, s:s}", "type", "string", "description", description);
}

static json_t *integer_of(const char *description)
{
    return json_pack("{s:s, s:s}", "type", "integer", "description", description);
}

static json_t *list_of(json_t *items)
{
    return json_pack("{s:s, s:o}", "type", "array", "items", items);
}

static json_t *object_of(json_t *properties, json_t *required)
{
    return json_pack("{s:s, s:o, s:o}", "type", "object", "properties", properties, "required",
                     required);
}

static json_t *text_schema(void)
{
    return json_pack("{s:s, s:s, s:{s:{s:s}, s:{s:s}}}", "type", "object", "description",
                     "日本語 and English", "properties", "ja", "type", "string", "en", "type",
                     "string");
}

static json_t *names_of_states(const struct rulebook *book)
{
    json_t *names = json_array();
    for (size_t i = 1; i < book->states_n; i++)
        if (!str_is(str_of(book->states[i].name), "same"))
            json_array_append_new(names, json_string(book->states[i].name));
    return json_pack("{s:s, s:o}", "type", "string", "enum", names);
}

static json_t *names_of_roles(const struct rulebook *book)
{
    json_t *names = json_array();
    for (size_t i = 1; i < book->roles_n; i++)
        json_array_append_new(names, json_string(book->roles[i].name));
    return json_pack("{s:s, s:o}", "type", "string", "enum", names);
}

static json_t *step_schema(void)
{
    json_t *properties = json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "name", string_of("As in the path that takes it"),
        "role", openapi_ref("schemas", "Role"), "open",
        json_pack("{s:s, s:s}", "type", "boolean", "description",
                  "Nothing known before the form stands in the way"),
        "clause", string_of("Id of the clause of the manual"), "form",
        string_of("Name of the form that it asks for"), "guard",
        string_of("What stands in the way"), "refused_by", string_of("The clause of that guard"));
    return object_of(properties, json_pack("[s, s, s, s]", "name", "role", "open", "clause"));
}

static json_t *brief_properties(void)
{
    return json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "id",
        string_of("Of the case"), "label",
        string_of("Registration number of the label that it is about, or empty"), "procedure",
        string_of("As in the rule book"), "level", integer_of("1 to 4"), "state",
        openapi_ref("schemas", "State"), "turn", list_of(openapi_ref("schemas", "Role")), "version",
        integer_of("What ETag says, without quotes"), "edition", string_of("Of the criteria"),
        "due", string_of("Target day of the present turn, or empty"), "title",
        openapi_ref("schemas", "Text"), "steps", list_of(openapi_ref("schemas", "Step")), "numbers",
        json_pack("{s:s, s:s, s:{s:s}, s:{s:s, s:s}}", "type", "object", "description",
                  "Numbers given, by their kind", "additionalProperties", "type", "string",
                  "example", "acceptance-number", "AC26-00003-5", "registration-number",
                  "HS26-00003-J"));
}

static json_t *brief_schema(void)
{
    return object_of(brief_properties(), json_pack("[s, s, s, s, s, s]", "id", "procedure", "level",
                                                   "state", "turn", "numbers"));
}

static json_t *taken_schema(void)
{
    json_t *properties = brief_properties();
    json_object_set_new(properties, "entry", integer_of("Number of the journal entry"));
    return object_of(properties,
                     json_pack("[s, s, s, s, s]", "id", "state", "turn", "version", "entry"));
}

/* Of a file that was filed as a bill of materials: 4.8.3. */
static json_t *bill_schema(void)
{
    json_t *properties = json_pack("{s:o, s:o}", "form", string_of("And its version"),
                                   "components", integer_of("How many it lists"));
    return object_of(properties, json_pack("[s, s]", "form", "components"));
}

static json_t *file_schema(void)
{
    json_t *properties = json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "id", string_of("For fields that name a file"),
        "name", string_of("In the path"), "media_type", string_of("As found in the bytes"), "bytes",
        integer_of("How many"), "sha256", string_of("Hexadecimal"), "replaced",
        json_pack("{s:s, s:s}", "type", "boolean", "description",
                  "A later file of this name stands in its place"),
        "version", integer_of("Of the case, after the file was put"), "sbom", bill_schema());
    return object_of(properties,
                     json_pack("[s, s, s, s, s]", "id", "name", "media_type", "bytes", "sha256"));
}

static json_t *entry_schema(void)
{
    json_t *properties = json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "entry",
        integer_of("Number of the journal entry"), "act",
        string_of("step, open, attach, read; missed: a step of the clock that was refused"), "step",
        string_of("Name of the step"), "from", string_of("State before"), "to",
        string_of("State after"), "role", string_of("Under which the person acted"), "person",
        openapi_ref("schemas", "Text"), "at",
        json_pack("{s:s, s:s}", "type", "string", "format", "date-time"), "due",
        json_pack("{s:s, s:s, s:s}", "type", "string", "format", "date-time", "description",
                  "Of a step of the clock: the instant as of which it was taken"),
        "clause", string_of("Id of the clause"));
    return object_of(properties, json_pack("[s, s, s, s]", "entry", "act", "at", "clause"));
}

/* How a mass action has come along. */
static json_t *mass_schema(void)
{
    json_t *refusal =
        object_of(json_pack("{s:o, s:o, s:o, s:o}", "label", string_of("Registration number"),
                            "code", string_of("Of the fault"), "guard",
                            string_of("The condition that refused, or empty"), "clause",
                            string_of("Id of the clause, or empty")),
                  json_pack("[s, s]", "label", "code"));
    return object_of(
        json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "kind",
                  string_of("Item of the list mass-kind"), "digest",
                  string_of("Of the labels as they were found"), "as_of",
                  json_pack("{s:s, s:s}", "type", "string", "format", "date"), "labels",
                  integer_of("Items"), "models", integer_of("Models of them"), "registrants",
                  integer_of("Registrants of them"), "mails", integer_of("Mails that it sends"),
                  "rehearsed", integer_of("Items rehearsed so far"), "would_be_refused",
                  integer_of("Those of them that would be refused"), "run",
                  integer_of("Items run so far"), "refused",
                  integer_of("Those of them that were refused"), "refusals", list_of(refusal)),
        json_pack("[s, s, s]", "kind", "labels", "run"));
}

static json_t *case_schema(void)
{
    json_t *properties = brief_properties();
    json_object_set_new(properties, "fields",
                        json_pack("{s:s, s:s}", "type", "object", "description",
                                  "What was last filled in, by field"));
    json_object_set_new(properties, "files", list_of(openapi_ref("schemas", "File")));
    json_object_set_new(properties, "fee_due",
                        integer_of("Yen, by the tariff, once the application was received"));
    json_object_set_new(properties, "mass", mass_schema());
    json_object_set_new(properties, "timeline", list_of(openapi_ref("schemas", "Entry")));
    return object_of(properties, json_pack("[s, s, s, s, s, s, s]", "id", "state", "turn", "steps",
                                           "fields", "files", "timeline"));
}

static json_t *problem_schema(void)
{
    json_t *error = object_of(
        json_pack("{s:o, s:o, s:o, s:o}", "pointer", string_of("JSON pointer into the body sent"),
                  "code", string_of("Of the fault"), "clause", string_of("Id of the clause"),
                  "detail", string_of("In the reader's language")),
        json_pack("[s, s, s]", "pointer", "code", "detail"));
    json_t *properties =
        json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "type",
                  string_of("Where more is said"), "title", string_of("In the reader's language"),
                  "status", integer_of("As in the status line"), "detail",
                  string_of("What was met this time, in English"), "code",
                  string_of("Of the fault"), "clause", string_of("Id of the clause that refuses"),
                  "guard", string_of("Name of the guard that refuses"), "cure",
                  string_of("What would help"), "errors", list_of(error));
    return object_of(properties, json_pack("[s, s, s, s]", "type", "title", "status", "code"));
}

static json_t *party_schema(void)
{
    json_t *properties = json_pack("{s:o, s:o, s:o}", "id", string_of("Of the maker"), "name",
                                   openapi_ref("schemas", "Text"), "corporate_number",
                                   string_of("13 digits, or empty for makers outside Japan"));
    return object_of(properties, json_pack("[s, s]", "id", "name"));
}

/* What the list and the page of a label both say. */
static json_t *label_members(void)
{
    return json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "number", string_of("Registration number"),
        "status",
        json_pack("{s:s, s:[s, s, s, s, s, s]}", "type", "string", "enum", "provisional", "valid",
                  "grace", "lapsed", "withdrawn", "revoked"),
        "level", integer_of("1 to 4"), "criteria_edition", string_of("Under which it was issued"),
        "issued", json_pack("{s:s, s:s}", "type", "string", "format", "date"), "expires",
        json_pack("{s:s, s:s, s:s}", "type", "string", "format", "date", "description",
                  "The last valid day, in Tokyo"),
        "registrant", openapi_ref("schemas", "Text"), "product", openapi_ref("schemas", "Text"));
}

/* One dated event of a label; the members of its detail differ by kind. */
static json_t *event_schema(void)
{
    json_t *properties = json_pack(
        "{s:{s:s, s:s}, s:o, s:{s:s, s:s}}", "date", "type", "string", "format", "date", "event",
        string_of("issued, provisional, extension-filed, extended, extension-refused, "
                  "extension-withdrawn, renewed, maintained, level-changed, information-changed, "
                  "succeeded, grace, lapsed, withdrawn, revoked, corrected, notice-published, "
                  "notice-revised, notice-ended, warning-published or warning-lifted"),
        "detail", "type", "object", "description",
        "What it was and is: expires, level, from, was, now, changes, by the event");
    return object_of(properties, json_pack("[s, s, s]", "date", "event", "detail"));
}

static json_t *text_or_null(const char *description)
{
    return json_pack("{s:[s, s], s:s}", "type", "string", "null", "description", description);
}

static json_t *whole_label(json_t *label)
{
    json_t *properties = json_object_get(label, "properties");
    json_object_set_new(properties, "facility",
                        json_pack("{s:[o, {s:s}], s:s}", "anyOf", openapi_ref("schemas", "Text"),
                                  "type", "null", "description",
                                  "The Evaluation Facility on whose report it was certified"));
    json_object_set_new(properties, "history", list_of(event_schema()));
    json_object_set_new(properties, "security_notices",
                        list_of(openapi_ref("schemas", "SecurityNoticeBrief")));
    json_object_set_new(properties, "as_of",
                        json_pack("{s:s, s:s, s:s}", "type", "string", "format", "date",
                                  "description", "The day asked for with `on`"));
    json_array_append_new(json_object_get(label, "required"), json_string("facility"));
    json_array_append_new(json_object_get(label, "required"), json_string("history"));
    json_array_append_new(json_object_get(label, "required"), json_string("security_notices"));
    return label;
}

static json_t *label_with(const char *name, json_t *models)
{
    json_t *properties = label_members(), *names = json_array();
    json_object_set_new(properties, name, models);
    json_object_set_new(properties, "route", text_or_null("self-declared or certified"));
    json_object_set_new(properties, "certification_number",
                        text_or_null("Kept when the label is certified again"));
    const char *member;
    json_t *schema;
    json_object_foreach(properties, member, schema)
    {
        json_array_append_new(names, json_string(member));
    }
    return object_of(properties, names);
}

static json_t *labels_schema(void)
{
    json_t *label = label_with("models_count", integer_of("The model numbers stand at the label"));
    return object_of(json_pack("{s:o, s:{s:[s, s], s:s}}", "labels", list_of(label), "next", "type",
                               "string", "null", "description",
                               "For `after`: the last number of this page, null on the last page"),
                     json_pack("[s, s]", "labels", "next"));
}

static json_t *edition_schema(void)
{
    json_t *line = object_of(
        json_pack("{s:o, s:o, s:{s:s, s:s}}", "id", string_of("Of the criterion"), "text",
                  openapi_ref("schemas", "Text"), "provisional", "type", "boolean", "description",
                  "Our own short wording, to be replaced by the official text"),
        json_pack("[s, s, s]", "id", "text", "provisional"));
    json_t *properties =
        json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "id", string_of("Of the edition"), "level",
                  integer_of("1 to 4"), "title", openapi_ref("schemas", "Text"), "starts",
                  string_of("First day"), "acceptance_ends",
                  string_of("Last day for applications, or empty"), "criteria", list_of(line));
    return object_of(properties, json_pack("[s, s, s]", "id", "level", "criteria"));
}

/* An edition as the public register has it: its days, not only whether it is in force. */
static json_t *criteria_schema(void)
{
    json_t *properties = json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:{s:s}, s:o}", "id",
        string_of("Of the edition"), "level", integer_of("1 to 4"), "category",
        text_or_null("Category of products, null for any"), "title", openapi_ref("schemas", "Text"),
        "state", string_of("announced, in-use, closed or cancelled, today in Tokyo"), "starts",
        text_or_null("First day of use"), "acceptance_ends",
        text_or_null("Last day of applications under it, null while it is open"), "extension_ends",
        text_or_null("Last day of applications for extension of labels under it"), "announced",
        text_or_null("Day of the announcement"), "cancelled", text_or_null("Day on which it was"),
        "replaces", text_or_null("The edition whose place it takes"), "editorial", "type",
        "boolean", "labels", integer_of("Labels issued under it"));
    return object_of(properties, json_pack("[s, s, s, s, s]", "id", "level", "title", "state",
                                           "starts"));
}

/* By fate: other, before, to-bar, never, capped, pending. */
static json_t *preview_schema(void)
{
    json_t *properties = json_pack(
        "{s:o, s:o, s:o, s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s, s:{s:s}}, s:o, s:{s:s}}", "digest",
        string_of("SHA-256 of the days and of what happens to every label"), "labels",
        integer_of("Labels in force on the day as_of"), "as_of", string_of("Day"), "fates", "type",
        "object", "by_level", "type", "object", "by_month", "type", "object", "by_maker", "type",
        "array", "items", "type", "object", "recorded",
        string_of("Digest on the case, empty for none"), "still_true", "type", "boolean");
    return object_of(properties, json_pack("[s, s, s, s, s]", "digest", "labels", "fates",
                                           "recorded", "still_true"));
}

json_t *openapi_schemas(const struct rulebook *book)
{
    json_t *models = list_of(json_pack("{s:s}", "type", "string"));
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, "
                     "s:o, s:o}",
                     "Text", text_schema(), "State", names_of_states(book), "Role",
                     names_of_roles(book), "Step", step_schema(), "CaseBrief", brief_schema(),
                     "StepTaken", taken_schema(), "Case", case_schema(), "File", file_schema(),
                     "Entry", entry_schema(), "Problem", problem_schema(), "Label",
                     whole_label(label_with("models", models)), "Labels", labels_schema(),
                     "Edition", edition_schema(), "Party", party_schema(), "CriteriaEdition",
                     criteria_schema(), "Preview", preview_schema(),
                     "CriteriaEditions",
                     object_of(json_pack("{s:o}", "editions",
                                         list_of(openapi_ref("schemas", "CriteriaEdition"))),
                               json_pack("[s]", "editions")));
}
