/* form.c: what a step asks for, checked field by field.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/form.h"

#include "base/json.h"
#include "desk/form_part.h"

#include "base/banned.h"

enum { FAULTS_MAX = 100 };

void check_wrong(struct check *check, const struct field_row *field, const char *code,
                 const char *pointer, ...)
{
    if (check->faults_n++ >= FAULTS_MAX)
        return;
    va_list values;
    va_start(values, pointer);
    struct str concerns = str_vprint(check->arena, pointer, values);
    va_end(values);
    struct fault *fault = FAULT(check->arena, code, "field %.*s", STR_F(concerns));
    fault->concerns = concerns;
    fault->clause = field ? field->clause : NULL;
    *check->last = fault;
    check->last = &fault->next;
}

static bool is_empty(const json_t *value)
{
    return !value || json_is_null(value) ||
           (json_is_string(value) && str_trim(json_text(value)).bytes == 0) ||
           (json_is_array(value) && json_array_size(value) == 0) ||
           (json_is_object(value) && json_object_size(value) == 0);
}

static json_t *check_field(struct check *check, const struct field_row *field, const json_t *value)
{
    switch (field->sort) {
    case FIELD_DAY:
        return check_day(check, field, value);
    case FIELD_NUMBER:
    case FIELD_YEN:
        return check_number(check, field, value);
    case FIELD_YESNO:
        return check_yesno(check, field, value);
    case FIELD_ONE_OF:
        return check_one_of(check, field, value);
    case FIELD_SOME_OF:
        return check_some_of(check, field, value);
    case FIELD_MODELS:
        return check_models(check, field, value);
    case FIELD_CHECKLIST:
        return check_checklist(check, field, value);
    case FIELD_BY_CRITERION:
        return check_by_criterion(check, field, value);
    case FIELD_FILE:
        return check_file(check, field, value);
    case FIELD_JA_EN:
        return check_ja_en(check, field, value);
    case FIELD_CRITERIA:
        return check_criteria(check, field, value);
    case FIELD_SETTING:
        return check_setting(check, field, value);
    case FIELD_TEXT:
    case FIELD_LINES:
    case FIELD_EMAIL:
    case FIELD_PHONE:
    case FIELD_URL:
    case FIELD_CORPORATE_NUMBER:
    case FIELD_COUNTRY:
    case FIELD_LABEL:
    case FIELD_CASE:
    case FIELD_PERSON:
    case FIELD_FACILITY:
    case FIELD_SPAN:
        break;
    }
    return check_text(check, field, value);
}

/* A name that the form does not have is refused by name: a slip of the pen must not be lost. */
static void check_names(struct check *check, const struct form_row *form, const json_t *given)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)given, name, value)
    {
        bool known = false;
        for (size_t i = 0; i < form->fields.n && !known; i++) {
            const struct form_field *part = &check->book->form_fields[form->fields.first + i];
            known = str_is(str_of(name), check->book->fields[part->field].name);
        }
        if (!known)
            check_wrong(check, NULL, "field-unknown", "/%.*s", STR_F(name_shown(name)));
    }
}

struct fault *form_check(const struct rulebook *book, struct arena *arena, int form,
                         const json_t *given, const struct form_setting *setting, json_t **out)
{
    struct check check = {.book = book, .arena = arena, .setting = setting, .given = given};
    check.last = &check.first;
    const struct form_row *row = &book->forms[form];
    *out = json_new(arena);
    if (given && !json_is_object(given)) {
        check_wrong(&check, NULL, "field-malformed", "%s", "");
        return check.first;
    }
    if (given)
        check_names(&check, row, given);
    for (size_t i = 0; i < row->fields.n; i++) {
        const struct form_field *part = &book->form_fields[row->fields.first + i];
        const struct field_row *field = &book->fields[part->field];
        const json_t *value = given ? json_object_get(given, field->name) : NULL;
        if (is_empty(value)) {
            if (part->must)
                check_wrong(&check, field, "field-missing", "/%s", field->name);
            else if (value && setting->empties)
                json_put_json(*out, field->name, json_null());
            continue;
        }
        json_t *stored = check_field(&check, field, value);
        if (stored)
            json_put_json(*out, field->name, stored);
    }
    return check.first;
}
