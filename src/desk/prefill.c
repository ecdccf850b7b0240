/* prefill.c: what a draft on a label begins with: the product information as last decided, and the
 * contacts of the case that brought the label.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/deed.h"
#include "desk/information.h"
#include "store/sql.gen.h"

#include "base/banned.h"

/* Does a draft of this procedure have the field? Else it is nothing of the case. */
static bool drafts(const struct deed *deed, struct str field)
{
    const struct rulebook *book = deed->desk->book;
    const struct step_row *save = step_by_name(book, deed->procedure, STR("save"));
    struct range fields = book->forms[save ? save->form : FORM_NONE].fields;
    for (size_t i = 0; i < fields.n; i++)
        if (str_is(field, book->fields[book->form_fields[fields.first + i].field].name))
            return true;
    return false;
}

static bool is_set(const json_t *value)
{
    return json_text(value).bytes || json_array_size(value) || json_get(value, "ja").bytes;
}

static struct fault *take_contacts(struct deed *deed, struct str case_id)
{
    static const char *const names[] = {"contact-name", "contact-mail", "contact-phone"};
    struct row_case_field *rows;
    size_t n;
    TRY(sql_case_fields(deed->desk->store, deed->arena, case_id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
            json_t *value;
            if (!str_is(rows[i].field, names[k]) || !drafts(deed, rows[i].field))
                continue;
            TRY(json_read(deed->arena, rows[i].value, &value));
            json_put_json(deed->filled, names[k], value);
        }
    return NULL;
}

/* 4.3.6-1, 4.5-1: the application is about the product as the label has it. */
struct fault *deed_prefill(struct deed *deed)
{
    struct row_label *label;
    json_t *decided, *value;
    const char *name;
    if (!deed->work.registrant.bytes)
        return NULL;
    TRY(information_load(deed->desk->store, deed->arena, deed->work.label, &decided));
    TRY(sql_label_by_number(deed->desk->store, deed->arena, deed->work.label, &label));
    json_object_foreach(decided, name, value)
    {
        if (is_set(value) && drafts(deed, str_of(name)))
            json_put_json(deed->filled, name, value);
    }
    return label && json_object_size(deed->filled) ? take_contacts(deed, label->case_id) : NULL;
}
