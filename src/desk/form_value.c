/* form_value.c: the fields that are a day, a number, a choice, or a list.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/json.h"
#include "desk/form_part.h"
#include "desk/tidy.h"

#include "base/banned.h"

/* Today moved by a span, backwards too; the last day of the month where the day does not exist. */
static struct day day_moved(struct day day, struct span span)
{
    if (span.unit == 'd' || span.unit == 0)
        return day_plus(day, span.n);
    int year, month, date;
    day_civil(day, &year, &month, &date);
    int months = year * 12 + month - 1 + (span.unit == 'y' ? 12 * span.n : span.n);
    while (!day_exists(months / 12, months % 12 + 1, date))
        date--;
    return day_of(months / 12, months % 12 + 1, date);
}

json_t *check_day(struct check *check, const struct field_row *field, const json_t *value)
{
    struct day day;
    if (!json_is_string(value) ||
        !day_parse(tidy_width(check->arena, str_trim(json_text(value))), &day)) {
        check_wrong(check, field, "field-malformed", "/%s", field->name);
        return NULL;
    }
    bool bounded = field->ahead_min.unit || field->ahead_max.unit;
    struct day today = check->setting->today;
    if (bounded && (day.n < day_moved(today, field->ahead_min).n ||
                    day.n > day_moved(today, field->ahead_max).n)) {
        check_wrong(check, field, "field-out-of-range", "/%s", field->name);
        return NULL;
    }
    char room[11];
    return json_new_str(check->arena, day_print(day, room));
}

/* "198,000" as people write it. */
static bool number_typed(struct check *check, struct str text, int64_t *out)
{
    text = tidy_width(check->arena, str_trim(text));
    char digits[24];
    size_t n = 0;
    for (size_t i = 0; i < text.bytes; i++) {
        if (text.at[i] == ',')
            continue;
        if (n == sizeof digits)
            return false;
        digits[n++] = text.at[i];
    }
    return str_int((struct str){.at = digits, .bytes = n}, out);
}

json_t *check_number(struct check *check, const struct field_row *field, const json_t *value)
{
    int64_t n = 0;
    if (json_is_integer(value))
        n = json_integer_value(value);
    else if (!json_is_string(value) || !number_typed(check, json_text(value), &n)) {
        check_wrong(check, field, "field-malformed", "/%s", field->name);
        return NULL;
    }
    if (n < field->min || n > field->max) {
        check_wrong(check, field, "field-out-of-range", "/%s", field->name);
        return NULL;
    }
    return json_new_int(check->arena, n);
}

json_t *check_yesno(struct check *check, const struct field_row *field, const json_t *value)
{
    struct str text = json_text(value);
    if (json_is_boolean(value))
        return (json_t *)value;
    if (str_is(text, "yes") || str_is(text, "true"))
        return json_true();
    if (str_is(text, "no") || str_is(text, "false"))
        return json_false();
    check_wrong(check, field, "field-malformed", "/%s", field->name);
    return NULL;
}

bool list_has(const struct rulebook *book, int list, struct str item)
{
    struct range items = book->lists[list].items;
    for (size_t i = 0; i < items.n; i++)
        if (str_is(item, book->items[items.first + i].name))
            return true;
    return false;
}

json_t *check_one_of(struct check *check, const struct field_row *field, const json_t *value)
{
    struct str item = str_trim(json_text(value));
    if (!json_is_string(value) || !list_has(check->book, field->list, item)) {
        check_wrong(check, field, "field-not-listed", "/%s", field->name);
        return NULL;
    }
    return json_new_str(check->arena, item);
}

static bool already_there(const json_t *list, struct str item)
{
    size_t i;
    json_t *one;
    json_array_foreach((json_t *)list, i, one) if (str_eq(json_text(one), item)) return true;
    return false;
}

/* "one two" or "one,two" or a line each, as a list of texts. */
static const json_t *split(struct check *check, const json_t *value, const char *marks)
{
    if (!json_is_string(value))
        return value;
    json_t *list = json_new_list(check->arena);
    struct str text = json_text(value);
    size_t begins = 0;
    for (size_t i = 0; i <= text.bytes; i++) {
        bool mark = i == text.bytes;
        for (const char *m = marks; *m && !mark; m++)
            mark = text.at[i] == *m;
        if (!mark)
            continue;
        struct str part = str_trim((struct str){.at = text.at + begins, .bytes = i - begins});
        if (part.bytes)
            json_add_str(list, part);
        begins = i + 1;
    }
    return list;
}

json_t *check_some_of(struct check *check, const struct field_row *field, const json_t *value)
{
    value = split(check, value, " ,\n");
    json_t *out = json_new_list(check->arena);
    size_t i, wrong = check->faults_n;
    json_t *one;
    if (!json_is_array(value))
        check_wrong(check, field, "field-malformed", "/%s", field->name);
    json_array_foreach((json_t *)value, i, one)
    {
        struct str item = json_text(one);
        if (!json_is_string(one) || !list_has(check->book, field->list, item))
            check_wrong(check, field, "field-not-listed", "/%s/%zu", field->name, i);
        else if (already_there(out, item))
            check_wrong(check, field, "field-twice", "/%s/%zu", field->name, i);
        else
            json_add_str(out, item);
    }
    return wrong == check->faults_n ? out : NULL;
}

struct model {
    struct str folded;
    size_t position;
};

static int model_order(const void *a, const void *b)
{
    const struct model *one = a, *other = b;
    int order = str_order(one->folded, other->folded);
    return order ? order : (one->position > other->position) - (one->position < other->position);
}

/* The later of two that differ only in width or case is the one named. */
static void check_model_pairs(struct check *check, const struct field_row *field,
                              struct model *models, size_t n)
{
    if (n)
        qsort(models, n, sizeof *models, model_order);
    for (size_t i = 1; i < n; i++)
        if (str_eq(models[i - 1].folded, models[i].folded))
            check_wrong(check, field, "field-twice", "/%s/%zu", field->name, models[i].position);
}

json_t *check_models(struct check *check, const struct field_row *field, const json_t *value)
{
    value = split(check, value, "\n");
    size_t n = json_array_size(value), i, wrong = check->faults_n;
    if (!json_is_array(value) || n == 0 || n > (size_t)field->max) {
        const char *code = !json_is_array(value) ? "field-malformed"
                           : n                   ? "field-too-many"
                                                 : "field-missing";
        check_wrong(check, field, code, "/%s", field->name);
        return NULL;
    }
    json_t *out = json_new_list(check->arena), *one;
    struct model *models = NEW_ARRAY(check->arena, n, struct model);
    json_array_foreach((json_t *)value, i, one)
    {
        struct str model = STR_NONE;
        if (check_part(check, field, one, false, FORM_MODEL_POINTS_MAX, &model, "/%s/%zu",
                       field->name, i))
            json_add_str(out, model);
        models[i] = (struct model){.folded = tidy_fold(check->arena, model), .position = i};
        if (models[i].folded.bytes == 0) /* already faulted: keep it from pairing */
            models[i].folded = str_print(check->arena, "\n%zu", i);
    }
    check_model_pairs(check, field, models, n);
    return wrong == check->faults_n ? out : NULL;
}

json_t *check_ja_en(struct check *check, const struct field_row *field, const json_t *value)
{
    if (!json_is_object(value)) {
        check_wrong(check, field, "field-malformed", "/%s", field->name);
        return NULL;
    }
    static const char *const tongues[] = {"ja", "en"};
    json_t *out = json_new(check->arena);
    size_t wrong = check->faults_n;
    for (size_t i = 0; i < 2; i++) {
        struct str text;
        const json_t *part = json_object_get(value, tongues[i]);
        if (!part)
            check_wrong(check, field, "field-missing", "/%s/%s", field->name, tongues[i]);
        else if (check_part(check, field, part, field->max > FORM_LINE_POINTS_MAX, field->max,
                            &text, "/%s/%s", field->name, tongues[i]))
            json_put(out, tongues[i], text);
    }
    const char *name;
    json_t *part;
    json_object_foreach((json_t *)value, name, part)
    {
        if (!str_is(str_of(name), "ja") && !str_is(str_of(name), "en"))
            check_wrong(check, field, "field-unknown", "/%s/%.*s", field->name,
                        STR_F(name_shown(name)));
    }
    return wrong == check->faults_n ? out : NULL;
}
