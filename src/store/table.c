/* table.c: values in rows, and their order.
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/table.h"

#include <jansson.h>
#include <string.h>

#include "base/banned.h"

const struct table_row *table_named(struct str name)
{
    for (size_t i = 0; i < store_tables_n; i++)
        if (str_is(name, store_tables[i]->name))
            return store_tables[i];
    return NULL;
}

struct value value_of(const void *row, const struct column_row *column)
{
    const char *at = (const char *)row + column->offset;
    struct value value = {.kind = column->kind};
    if (column->kind == VALUE_INT)
        memcpy(&value.n, at, sizeof value.n);
    else
        memcpy(&value.text, at, sizeof value.text);
    return value;
}

void value_into(void *row, const struct column_row *column, const struct value *value)
{
    char *at = (char *)row + column->offset;
    if (column->kind == VALUE_INT)
        memcpy(at, &value->n, sizeof value->n);
    else
        memcpy(at, &value->text, sizeof value->text);
}

bool value_eq(const struct value *a, const struct value *b)
{
    return a->kind == b->kind && value_order(a, b) == 0;
}

int value_order(const struct value *a, const struct value *b)
{
    if (a->kind == VALUE_INT)
        return (a->n > b->n) - (a->n < b->n);
    return str_order(a->text, b->text);
}

bool text_can_be_kept(struct str text)
{
    if (!text.bytes)
        return true;
    if (memchr(text.at, 0, text.bytes))
        return false;
    /* the validation that the journal's JSON will ask of it anyway */
    json_t *string = json_stringn(text.at, text.bytes);
    json_decref(string);
    return string != NULL;
}
