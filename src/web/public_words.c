/* public_words.c: the words of statuses, levels, events and categories on public pages.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/public_own.h"

#include "base/banned.h"

/* Marked for the catalogue, as the tables are looked up by word() later. */
static const char *const titles[LABEL_STATUS_N] = {
    [LABEL_PROVISIONAL] = N_("Provisional"), [LABEL_VALID] = N_("Valid"),
    [LABEL_GRACE] = N_("Grace period"),      [LABEL_LAPSED] = N_("Lapsed"),
    [LABEL_WITHDRAWN] = N_("Lapsed"),        [LABEL_REVOKED] = N_("Revoked"),
};
static const char *const remarks[LABEL_STATUS_N] = {
    [LABEL_GRACE] = N_(" (extension under examination)"),
    [LABEL_LAPSED] = N_(" (validity ended)"),
    [LABEL_WITHDRAWN] = N_(" (withdrawn by the registrant)"),
};

const char *status_title(bool english, enum label_status status)
{
    return word(english, titles[status]);
}

const char *status_remark(bool english, enum label_status status)
{
    return remarks[status] ? word(english, remarks[status]) : "";
}

struct str listed_words(const struct ask *ask, const char *name, struct str value)
{
    const struct rulebook *book = ask->half->settings.book;
    for (size_t i = 0; book && i < book->lists_n; i++) {
        const struct list_row *list = &book->lists[i];
        if (!str_is(str_of(list->name), name))
            continue;
        for (size_t k = 0; k < list->items.n; k++) {
            const struct item_row *item = &book->items[list->items.first + k];
            if (str_is(value, item->name))
                return str_of(ask->english ? item->text.en : item->text.ja);
        }
    }
    return value;
}

struct str category_words(const struct ask *ask, struct str category)
{
    return listed_words(ask, "category", category);
}

void put_either(struct html *html, struct str ja, struct str en)
{
    bool other = html->english ? !en.bytes && ja.bytes : !ja.bytes && en.bytes;
    struct str text = html->english == other ? ja : en;
    if (other)
        buf_add_z(&html->out, html->english ? "<span lang=\"ja\">" : "<span lang=\"en\">");
    html_put_str(html, text);
    if (other)
        buf_add_z(&html->out, "</span>");
}

const char *lang_query(const struct html *html)
{
    return html->english ? "?lang=en" : "?lang=ja";
}

const char *lang_query_other(const struct html *html)
{
    return html->english ? "?lang=ja" : "?lang=en";
}

const char *models_class(struct words models)
{
    enum { COLUMN_BYTES = 14 };
    for (size_t i = 0; i < models.n; i++)
        if (models.at[i].bytes > COLUMN_BYTES)
            return "models";
    return "models num";
}
