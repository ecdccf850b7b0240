/* field.c: what a form of a page says, as the JSON that the desk checks.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/field.h"

#include <string.h>

#include "base/json.h"

#include "base/banned.h"

const char *input_name(const struct visit *visit, const char *field, const char *part)
{
    return str_z(visit->arena, str_print(visit->arena, "%s.%s", field, part));
}

const char *checklist_name(const struct visit *visit, const char *field, struct str criterion,
                           const char *part)
{
    return str_z(visit->arena,
                 str_print(visit->arena, "%s.%.*s.%s", field, STR_F(criterion), part));
}

static json_t *as_text(const struct visit *visit, struct str text)
{
    json_t *list = json_new_list(visit->arena);
    if (!text.bytes)
        return NULL;
    json_add_str(list, text);
    return json_array_get(list, 0);
}

static json_t *read_ja_en(const struct visit *visit, const char *name)
{
    json_t *both = json_new(visit->arena);
    struct str ja = visit_form(visit, input_name(visit, name, "ja"));
    struct str en = visit_form(visit, input_name(visit, name, "en"));
    if (ja.bytes)
        json_put(both, "ja", ja);
    if (en.bytes)
        json_put(both, "en", en);
    return json_object_size(both) ? both : NULL;
}

static json_t *read_some_of(const struct visit *visit, const struct field_row *field)
{
    const struct rulebook *book = visit->web->book;
    struct range items = book->lists[field->list].items;
    json_t *list = json_new_list(visit->arena);
    for (size_t i = 0; i < items.n; i++) {
        const char *item = book->items[items.first + i].name;
        if (visit_form(visit, input_name(visit, field->name, item)).bytes)
            json_add_str(list, str_of(item));
    }
    return json_array_size(list) ? list : NULL;
}

static json_t *read_checklist(const struct visit *visit, const struct field_row *field,
                              const struct field_setting *setting)
{
    static const char *const parts[] = {"result", "evidence", "file"};
    json_t *list = json_new_list(visit->arena);
    for (size_t i = 0; i < setting->criteria_n; i++) {
        struct str id = setting->criteria[i].id;
        json_t *line = json_new(visit->arena);
        for (size_t p = 0; p < 3; p++) {
            struct str value = visit_form(visit, checklist_name(visit, field->name, id, parts[p]));
            if (value.bytes)
                json_put(line, parts[p], value);
        }
        if (!json_object_size(line))
            continue;
        json_put(line, "id", id);
        json_add(list, line);
    }
    return json_array_size(list) ? list : NULL;
}

void checklist_fill(const struct visit *visit, const struct field_row *field,
                    const struct field_setting *setting, json_t *values)
{
    const struct field_row *answers = field_answered(visit, field, setting);
    json_t *list = json_new_list(visit->arena);
    for (size_t i = 0; answers && i < setting->criteria_n; i++) {
        struct str id = setting->criteria[i].id;
        json_t *line = checklist_line(values, field->name, id);
        const json_t *said = checklist_line(setting->filled, answers->name, id);
        if (!line)
            line = json_new(visit->arena);
        json_put(line, "id", id);
        if (!json_get(line, "result").bytes && str_is(json_get(said, "result"), "conforms"))
            json_put(line, "result", STR("conforms"));
        json_add(list, line);
    }
    json_put_json(values, field->name, list);
}

static json_t *read_files(const struct visit *visit, const struct field_row *field,
                          const struct field_setting *setting)
{
    json_t *list = json_new_list(visit->arena);
    for (size_t i = 0; i < setting->files_n; i++) {
        const char *id = str_z(visit->arena, setting->files[i].id);
        if (visit_form(visit, input_name(visit, field->name, id)).bytes)
            json_add_str(list, setting->files[i].id);
    }
    return json_array_size(list) ? list : NULL;
}

json_t *field_read(const struct visit *visit, const struct field_row *field,
                   const struct field_setting *setting)
{
    switch (field->sort) {
    case FIELD_JA_EN:
        return read_ja_en(visit, field->name);
    case FIELD_SOME_OF:
        return read_some_of(visit, field);
    case FIELD_CHECKLIST:
    case FIELD_BY_CRITERION:
        return read_checklist(visit, field, setting);
    case FIELD_FILE:
        return read_files(visit, field, setting);
    case FIELD_TEXT:
    case FIELD_LINES:
    case FIELD_EMAIL:
    case FIELD_PHONE:
    case FIELD_URL:
    case FIELD_DAY:
    case FIELD_NUMBER:
    case FIELD_YEN:
    case FIELD_YESNO:
    case FIELD_ONE_OF:
    case FIELD_MODELS:
    case FIELD_CORPORATE_NUMBER:
    case FIELD_COUNTRY:
    case FIELD_LABEL:
    case FIELD_CASE:
    case FIELD_PERSON:
    case FIELD_FACILITY:
    case FIELD_SPAN:
    case FIELD_SETTING:
    case FIELD_CRITERIA:
        break;
    }
    return as_text(visit, visit_form(visit, field->name));
}

json_t *form_values(const struct visit *visit, const struct form_row *form,
                    const struct field_setting *setting)
{
    const struct rulebook *book = visit->web->book;
    json_t *fields = json_new(visit->arena);
    for (size_t i = 0; i < form->fields.n; i++) {
        const struct field_row *field =
            &book->fields[book->form_fields[form->fields.first + i].field];
        json_t *value = field_read(visit, field, setting);
        if (value)
            json_put_json(fields, field->name, value);
    }
    return fields;
}

/* Does the fault concern this field: "/models" or "/models/4", not "/models-more"? */
static bool concerns(const struct fault *fault, const char *name)
{
    size_t n = strlen(name);
    struct str path = fault->concerns;
    return path.bytes > n && path.at[0] == '/' && memcmp(path.at + 1, name, n) == 0 &&
           (path.bytes == n + 1 || path.at[n + 1] == '/');
}

const struct fault *field_fault(const struct field_row *field, const struct field_setting *setting,
                                const struct fault *last)
{
    for (const struct fault *fault = last ? last->next : setting->faults; fault;
         fault = fault->next)
        if (concerns(fault, field->name))
            return fault;
    return NULL;
}

/* Is something wrong with this part, or with the whole field? */
bool part_fault(const struct field_row *field, const struct field_setting *setting,
                const char *part)
{
    for (const struct fault *fault = field_fault(field, setting, NULL); fault;
         fault = field_fault(field, setting, fault)) {
        struct str rest;
        str_cut(str_skip(fault->concerns, 1), '/', &rest);
        if (!rest.bytes || str_is(rest, part))
            return true;
    }
    return false;
}

const struct field_row *fault_field(const struct rulebook *book, const struct fault *fault)
{
    for (size_t i = 1; i < book->fields_n; i++)
        if (concerns(fault, book->fields[i].name))
            return &book->fields[i];
    return NULL;
}

/* What is wrong with a file stands somewhere in it: "/sbom/0/components/3/name". */
static struct str message_of_file(const struct visit *visit, struct str text, int64_t index,
                                  struct str place)
{
    struct arena *arena = visit->arena;
    struct str file = visit->english ? str_print(arena, "File %lld", (long long)index + 1)
                                     : str_print(arena, "%lld番目のファイル", (long long)index + 1);
    if (place.bytes && visit->english)
        file = str_print(arena, "%.*s, at %.*s", STR_F(file), STR_F(place));
    else if (place.bytes)
        file = str_print(arena, "%.*sの%.*s", STR_F(file), STR_F(place));
    return str_print(arena, visit->english ? "%.*s: %.*s" : "%.*s：%.*s", STR_F(file),
                     STR_F(text));
}

struct str field_message(const struct visit *visit, const struct fault *fault)
{
    const struct fault_row *row = fault_row_of(visit->web->book, fault->code);
    const struct field_row *field = fault_field(visit->web->book, fault);
    struct str text = str_of(row ? visit_text(visit, row->text) : fault->code), rest, line;
    int64_t index;
    str_cut(str_skip(fault->concerns, 1), '/', &rest);
    line = str_cut(rest, '/', &rest);
    if (field && field->sort == FIELD_FILE && str_int(line, &index))
        return message_of_file(visit, text, index, rest);
    if (str_int(line, &index))
        return visit->english
                   ? str_print(visit->arena, "Line %lld: %.*s", (long long)index + 1, STR_F(text))
                   : str_print(visit->arena, "%lld行目：%.*s", (long long)index + 1, STR_F(text));
    if (str_is(line, "ja") || str_is(line, "en"))
        return str_print(visit->arena, "%s%s%.*s",
                         word(visit->english, str_is(line, "ja") ? N_("Japanese") : N_("English")),
                         visit->english ? ": " : "：", STR_F(text));
    return text;
}
