/* field_show.c: filled-in values as text of a page.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "web/field.h"

#include "base/banned.h"

struct str field_text(const json_t *values, const char *name)
{
    return json_get(values, name);
}

struct str field_part(const json_t *values, const char *name, const char *part)
{
    const json_t *both = json_object_get(values, name);
    return json_is_object(both) ? json_get(both, part) : STR_NONE;
}

struct str field_lines(struct arena *arena, const json_t *values, const char *name)
{
    const json_t *list = json_object_get(values, name), *one;
    size_t i;
    if (json_is_string(list))
        return json_text(list);
    struct buf out = buf_new(arena, 2 << 20);
    json_array_foreach(list, i, one)
    {
        buf_add(&out, json_text(one));
        buf_add_char(&out, '\n');
    }
    return buf_str(&out);
}

struct str field_criteria(struct arena *arena, const json_t *values, const char *name)
{
    const json_t *list = json_object_get(values, name), *one;
    size_t i;
    if (json_is_string(list))
        return json_text(list);
    struct buf out = buf_new(arena, 4 << 20);
    json_array_foreach(list, i, one)
    {
        buf_printf(&out, "%.*s | %.*s | %.*s\n", STR_F(json_get(one, "id")),
                   STR_F(json_get(one, "ja")), STR_F(json_get(one, "en")));
    }
    return buf_str(&out);
}

/* Criteria are answered from one list of the rule book, whatever the field. */
int answer_list(const struct visit *visit, const struct field_row *field)
{
    const struct rulebook *book = visit->web->book;
    for (size_t i = 1; !field->list && i < book->lists_n; i++)
        if (str_is(str_of(book->lists[i].name), "answer"))
            return (int)i;
    return field->list;
}

struct str item_text(const struct visit *visit, int list, struct str item)
{
    const struct rulebook *book = visit->web->book;
    struct range items = book->lists[list].items;
    for (size_t i = 0; i < items.n; i++)
        if (str_is(item, book->items[items.first + i].name))
            return str_of(visit_text(visit, book->items[items.first + i].text));
    return item;
}

json_t *checklist_line(const json_t *values, const char *name, struct str criterion)
{
    json_t *list = json_object_get(values, name), *line;
    size_t i;
    json_array_foreach(list, i, line) if (str_eq(json_get(line, "id"), criterion)) return line;
    return NULL;
}

static const char *const in_order[CHECKLISTS_MAX] = {"checklist", "assessment", "results"};

struct checklists checklists_of(const struct visit *visit, const json_t *filled,
                                const struct field_row *before)
{
    const struct rulebook *book = visit->web->book;
    struct checklists out = {.n = 0};
    for (size_t i = 0; i < CHECKLISTS_MAX; i++) {
        const struct field_row *field = &book->fields[field_by_name(book, str_of(in_order[i]))];
        if (field == before)
            break;
        if (json_object_get(filled, in_order[i]))
            out.at[out.n++] = field;
    }
    return out;
}

const struct field_row *field_answered(const struct visit *visit, const struct field_row *field,
                                       const struct field_setting *setting)
{
    struct checklists before = checklists_of(visit, setting->filled, field);
    return before.n ? before.at[0] : NULL;
}

bool list_value_has(const json_t *values, const char *name, const char *item)
{
    const json_t *list = json_object_get(values, name), *one;
    size_t i;
    json_array_foreach(list, i, one) if (str_is(json_text(one), item)) return true;
    return false;
}

static struct str shown_list(const struct visit *visit, const struct field_row *field,
                             const json_t *list)
{
    const json_t *one;
    size_t i;
    struct buf out = buf_new(visit->arena, 1 << 16);
    json_array_foreach(list, i, one)
    {
        buf_add_z(&out, !i ? "" : visit->english ? ", " : "、");
        buf_add(&out, field->sort == FIELD_SOME_OF ? item_text(visit, field->list, json_text(one))
                                                   : json_text(one));
    }
    return buf_str(&out);
}

static struct str shown_number(const struct visit *visit, const struct field_row *field,
                               const json_t *value)
{
    int64_t n = json_is_integer(value) ? (int64_t)json_integer_value(value) : 0;
    if (!json_is_integer(value) && !str_int(json_text(value), &n))
        return json_text(value);
    return field->sort == FIELD_YEN ? yen_words(visit->arena, visit->english, n)
                                    : count_words(visit->arena, n);
}

struct str field_shown(const struct visit *visit, const struct field_row *field,
                       const json_t *value)
{
    struct day day;
    struct str text = json_text(value);
    switch (field->sort) {
    case FIELD_DAY:
        return day_parse(text, &day) ? day_words(visit->arena, visit->english, day) : text;
    case FIELD_YEN:
    case FIELD_NUMBER:
        return shown_number(visit, field, value);
    case FIELD_YESNO:
        return str_of(word(visit->english,
                           json_is_true(value) || str_is(text, "yes") ? N_("Yes") : N_("No")));
    case FIELD_ONE_OF:
        return item_text(visit, field->list, text);
    case FIELD_SOME_OF:
    case FIELD_MODELS:
        return shown_list(visit, field, value);
    case FIELD_CHECKLIST:
    case FIELD_BY_CRITERION:
    case FIELD_CRITERIA:
    case FIELD_FILE:
        return count_words(visit->arena, (int64_t)json_array_size(value));
    case FIELD_JA_EN:
        return visit_pick(visit, json_get(value, "ja"), json_get(value, "en"));
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
    case FIELD_SETTING:
        break;
    }
    return text;
}
