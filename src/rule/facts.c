/* facts.c: facts as text: what a case file writes and `hoshi why` prints.
 * SPDX-License-Identifier: Apache-2.0 */
#include "rule/facts.h"

#include <stdio.h>
#include <string.h>

#include "base/banned.h"

static void *member(struct facts *facts, const struct fact_row *row)
{
    return (char *)facts + row->offset;
}

static bool flag_set(bool *out, bool has_value, struct str value)
{
    *out = !has_value || str_is(value, "yes");
    return !has_value || str_is(value, "yes") || str_is(value, "no");
}

static bool instant_set(int64_t *out, struct str value)
{
    struct day day;
    if (str_int(value, out))
        return true;
    if (!day_parse(value, &day))
        return false;
    *out = day_begins(day);
    return true;
}

static bool words_set(struct words *out, struct str value, struct str **room, size_t *room_n)
{
    *out = (struct words){.at = *room};
    while (value.bytes) {
        if (*room_n == 0)
            return false;
        *(*room)++ = str_cut(value, ',', &value);
        --*room_n;
        out->n++;
    }
    return true;
}

bool facts_set(const struct rulebook *book, struct facts *facts, struct str text, struct str **room,
               size_t *room_n)
{
    struct str value, name = str_cut(text, '=', &value);
    bool has_value = name.bytes < text.bytes;
    int fact = fact_by_name(book, name);
    if (!fact)
        return false;
    const struct fact_row *row = &book->facts[fact];
    void *at = member(facts, row);
    if (row->kind != FACT_KIND_FLAG && !has_value)
        return false;
    switch (row->kind) {
    case FACT_KIND_FLAG: return flag_set(at, has_value, value);
    case FACT_KIND_NUMBER: return str_int(value, at);
    case FACT_KIND_DAY: return day_parse(value, at);
    case FACT_KIND_INSTANT: return instant_set(at, value);
    case FACT_KIND_WORD: *(struct str *)at = value; return true;
    case FACT_KIND_WORDS: return words_set(at, value, room, room_n);
    case FACT_KIND_SPAN: return span_parse(value, at);
    }
    return false;
}

/* What stands after "name="; false when the fact is not known, or a flag that is not set. */
static bool value_print(const struct fact_row *row, const void *at, char *out, size_t size)
{
    char day[11];
    const struct words *words = at;
    const struct span *span = at;
    size_t n = 0;
    out[0] = 0;
    switch (row->kind) {
    case FACT_KIND_FLAG: return *(const bool *)at;
    case FACT_KIND_NUMBER:
    case FACT_KIND_INSTANT:
        snprintf(out, size, "%lld", (long long)*(const int64_t *)at);
        return true;
    case FACT_KIND_DAY:
        if (!day_known(*(const struct day *)at))
            return false;
        snprintf(out, size, "%.*s", STR_F(day_print(*(const struct day *)at, day)));
        return true;
    case FACT_KIND_WORD:
        snprintf(out, size, "%.*s", STR_F(*(const struct str *)at));
        return ((const struct str *)at)->at;
    case FACT_KIND_WORDS:
        for (size_t i = 0; i < words->n && n < size; i++)
            n += (size_t)snprintf(out + n, size - n, "%s%.*s", i ? "," : "", STR_F(words->at[i]));
        return words->at;
    case FACT_KIND_SPAN: snprintf(out, size, "%d%c", span->n, span->unit); return span->unit;
    }
    return false;
}

size_t fact_print(const struct rulebook *book, const struct facts *facts, int fact, char *out,
                  size_t size)
{
    const struct fact_row *row = &book->facts[fact];
    const void *at = (const char *)facts + row->offset;
    char value[FACT_VALUE_BYTES_MAX];
    bool known = value_print(row, at, value, sizeof value);
    int n = row->kind == FACT_KIND_FLAG ? snprintf(out, size, "%s%s", row->name, known ? "" : "=no")
            : known                     ? snprintf(out, size, "%s=%s", row->name, value)
                                        : 0;
    if (!known && row->kind != FACT_KIND_FLAG)
        out[0] = 0;
    return (size_t)n < size ? (size_t)n : size - 1;
}
