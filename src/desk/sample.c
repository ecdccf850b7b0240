/* sample.c: a form filled in plausibly.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/sample.h"

#include "base/json.h"

#include "base/banned.h"

static struct str first_item(const struct rulebook *book, int list)
{
    struct range items = book->lists[list].items;
    return items.n ? str_of(book->items[items.first].name) : STR_NONE;
}

static struct str sample_text(const struct rulebook *book, struct arena *arena,
                              const struct field_row *field, struct day today)
{
    char room[11];
    switch (field->sort) {
    case FIELD_EMAIL:
        return STR("desk@mihon.example");
    case FIELD_PHONE:
        return STR("03-0000-0000");
    case FIELD_URL:
        return STR("https://www.mihon.example/");
    case FIELD_COUNTRY:
        return STR("JP");
    case FIELD_SPAN:
        return STR("1y");
    case FIELD_FACILITY:
        return STR("MIHON-1");
    case FIELD_SETTING: /* of the parameter that a list of all begins with */
        return str_of(book->parameters[1].value);
    case FIELD_ONE_OF:
        return first_item(book, field->list);
    case FIELD_DAY: /* today lies within every range that a form asks for */
        return str_copy(
            arena,
            day_print(field->ahead_min.n > 0 ? day_plus(today, field->ahead_min.n) : today, room));
    default:
        return STR("見本のための記載");
    }
}

static json_t *sample_checklist(struct arena *arena, struct words criteria, bool results)
{
    json_t *lines = json_new_list(arena);
    for (size_t i = 0; i < criteria.n; i++) {
        json_t *line = json_new(arena);
        json_put(line, "id", criteria.at[i]);
        if (results)
            json_put(line, "result", STR("conforms"));
        json_put(line, "evidence", str_print(arena, "取扱説明書 %zuページ", i + 3));
        json_add(lines, line);
    }
    return lines;
}

static json_t *sample_criterion(struct arena *arena)
{
    json_t *line = json_new(arena);
    json_put(line, "id", STR("X1.1-01"));
    json_put(line, "ja", STR("見本の項目"));
    json_put(line, "en", STR("A sample criterion"));
    return line;
}

static void put_sample(const struct rulebook *book, struct arena *arena, json_t *fields,
                       const struct field_row *field, struct day today, struct words criteria)
{
    json_t *part;
    switch (field->sort) {
    case FIELD_FILE:
        return;
    case FIELD_NUMBER:
    case FIELD_YEN:
        json_put_int(fields, field->name, field->min);
        return;
    case FIELD_YESNO:
        json_put_bool(fields, field->name, true);
        return;
    case FIELD_MODELS:
    case FIELD_SOME_OF:
        part = json_new_list(arena);
        json_add_str(part, field->sort == FIELD_MODELS ? STR("MIHON-1")
                                                       : first_item(book, field->list));
        json_put_json(fields, field->name, part);
        return;
    case FIELD_CHECKLIST:
        json_put_json(fields, field->name, sample_checklist(arena, criteria, true));
        return;
    case FIELD_BY_CRITERION:
        json_put_json(fields, field->name, sample_checklist(arena, criteria, false));
        return;
    case FIELD_CRITERIA:
        part = json_new_list(arena);
        json_add(part, sample_criterion(arena));
        json_put_json(fields, field->name, part);
        return;
    case FIELD_JA_EN:
        part = json_new(arena);
        json_put(part, "ja", STR("見本"));
        json_put(part, "en", STR("Sample"));
        json_put_json(fields, field->name, part);
        return;
    default:
        json_put(fields, field->name, sample_text(book, arena, field, today));
    }
}

json_t *sample_fields(const struct rulebook *book, struct arena *arena, int form, struct day today,
                      struct words criteria, const json_t *own)
{
    json_t *fields = json_new(arena);
    struct range parts = book->forms[form].fields;
    for (size_t i = 0; i < parts.n; i++) {
        const struct form_field *part = &book->form_fields[parts.first + i];
        const struct field_row *field = &book->fields[part->field];
        json_t *value = own ? json_object_get(own, field->name) : NULL;
        if (value)
            json_put_json(fields, field->name, value);
        else if (part->must)
            put_sample(book, arena, fields, field, today, criteria);
    }
    return fields;
}
