/* field_words.c: what a field holds, as people read it.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "base/json.h"
#include "base/plain.h"
#include "desk/blanks.h"

#include "base/banned.h"

static struct str item_words(const struct rulebook *book, bool english, int list, struct str item)
{
    struct range items = book->lists[list].items;
    for (size_t i = 0; i < items.n; i++)
        if (str_is(item, book->items[items.first + i].name))
            return str_of(text_in(book->items[items.first + i].text, english));
    return item;
}

static struct str list_words(const struct rulebook *book, struct arena *arena, bool english,
                             const struct field_row *field, const json_t *list)
{
    const json_t *one;
    size_t i;
    struct buf out = buf_new(arena, 1 << 16);
    json_array_foreach(list, i, one)
    {
        buf_add_z(&out, !i ? "" : english ? ", " : "、");
        buf_add(&out, field->sort == FIELD_SOME_OF
                          ? item_words(book, english, field->list, json_text(one))
                          : json_text(one));
    }
    return buf_str(&out);
}

static struct str number_words(struct arena *arena, bool english, const struct field_row *field,
                               const json_t *value)
{
    int64_t n = json_is_integer(value) ? (int64_t)json_integer_value(value) : 0;
    if (!json_is_integer(value) && !str_int(json_text(value), &n))
        return json_text(value);
    return field->sort == FIELD_YEN ? yen_words(arena, english, n) : count_words(arena, n);
}

struct str field_words(const struct rulebook *book, struct arena *arena, bool english,
                       const struct field_row *field, const json_t *value)
{
    struct day day;
    struct str text = json_text(value), ja, en;
    switch (field->sort) {
    case FIELD_DAY:
        return day_parse(text, &day) ? day_words(arena, english, day) : text;
    case FIELD_YEN:
    case FIELD_NUMBER:
        return number_words(arena, english, field, value);
    case FIELD_YESNO:
        if (json_is_true(value) || str_is(text, "yes"))
            return english ? STR("Yes") : STR("はい");
        return english ? STR("No") : STR("いいえ");
    case FIELD_ONE_OF:
        return item_words(book, english, field->list, text);
    case FIELD_SOME_OF:
    case FIELD_MODELS:
        return list_words(book, arena, english, field, value);
    case FIELD_CHECKLIST:
    case FIELD_BY_CRITERION:
    case FIELD_CRITERIA:
    case FIELD_FILE:
        return count_words(arena, (int64_t)json_array_size(value));
    case FIELD_JA_EN:
        ja = json_get(value, "ja");
        en = json_get(value, "en");
        return (english && en.bytes) || !ja.bytes ? en : ja;
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
