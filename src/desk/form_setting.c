/* form_setting.c: the value of a parameter, by the sort that its row in the rule book has.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "base/number.h"
#include "desk/form_part.h"

#include "base/banned.h"

enum { DAYS_MAX = 3659, SPAN_YEARS_MAX = 50 };
static const int64_t number_max = 1000000000000;

static const char *number_wrong(struct str value, int64_t max)
{
    int64_t n;
    if (!str_int(value, &n))
        return "field-malformed";
    return n < 0 || n > max ? "field-out-of-range" : NULL;
}

/* "180,90,30" */
static const char *numbers_wrong(struct str value)
{
    const char *wrong = str_ends(value, ",") ? "field-malformed" : NULL;
    while (value.bytes && !wrong)
        wrong = number_wrong(str_trim(str_cut(value, ',', &value)), DAYS_MAX);
    return wrong;
}

static bool is_choice(const char *choices, struct str word)
{
    struct str rest = str_of(choices);
    while (rest.bytes)
        if (str_eq(str_cut(rest, ' ', &rest), word))
            return true;
    return false;
}

static const char *words_wrong(const char *choices, struct str value)
{
    const char *wrong = str_ends(value, ",") ? "field-malformed" : NULL;
    while (value.bytes && !wrong) {
        struct str word = str_trim(str_cut(value, ',', &value)), rest = value;
        if (!is_choice(choices, word))
            wrong = "field-not-listed";
        while (rest.bytes && !wrong)
            if (str_eq(str_trim(str_cut(rest, ',', &rest)), word))
                wrong = "field-twice";
    }
    return wrong;
}

static const char *span_wrong(struct str value)
{
    struct span span;
    if (!span_parse(value, &span))
        return "field-malformed";
    int64_t days = (int64_t)span.n * (span.unit == 'y' ? 365 : span.unit == 'm' ? 30 : 1);
    return days < 0 || days > SPAN_YEARS_MAX * 365 ? "field-out-of-range" : NULL;
}

/* The running number begins anew each year: without the year one number would be given twice. */
static const char *format_wrong(struct arena *arena, struct str value)
{
    struct str one, next;
    if (number_print(arena, value, 2026, 1, &one) || number_print(arena, value, 2027, 1, &next) ||
        str_eq(one, next))
        return "field-malformed";
    return NULL;
}

static const char *office_wrong(const struct rulebook *book, struct str value)
{
    int role = role_by_name(book, value);
    return role && book->roles[role].sort == ROLE_SORT_OFFICE ? NULL : "field-not-listed";
}

const char *setting_wrong(const struct rulebook *book, struct arena *arena, int parameter,
                          struct str value)
{
    const struct word_row *row = &book->parameters[parameter];
    struct str sort = str_of(row->sort);
    struct day day;
    if (str_is(sort, "days") || str_is(sort, "working-days"))
        return number_wrong(value, DAYS_MAX);
    if (str_is(sort, "number"))
        return number_wrong(value, number_max);
    if (str_is(sort, "numbers"))
        return numbers_wrong(value);
    if (str_is(sort, "flag"))
        return is_choice("yes no", value) ? NULL : "field-not-listed";
    if (str_is(sort, "word"))
        return is_choice(row->choices, value) ? NULL : "field-not-listed";
    if (str_is(sort, "words"))
        return words_wrong(row->choices, value);
    if (str_is(sort, "day"))
        return day_parse(value, &day) ? NULL : "field-malformed";
    if (str_is(sort, "span"))
        return span_wrong(value);
    if (str_is(sort, "office"))
        return office_wrong(book, value);
    if (str_is(sort, "format"))
        return format_wrong(arena, value);
    return NULL;
}

json_t *check_setting(struct check *check, const struct field_row *field, const json_t *value)
{
    struct str text;
    int parameter = parameter_by_name(check->book, json_get(check->given, "parameter"));
    if (!check_part(check, field, value, false, field->max, &text, "/%s", field->name))
        return NULL;
    const char *wrong =
        parameter ? setting_wrong(check->book, check->arena, parameter, text) : NULL;
    if (wrong) {
        check_wrong(check, field, wrong, "/%s", field->name);
        return NULL;
    }
    return json_new_str(check->arena, text);
}
