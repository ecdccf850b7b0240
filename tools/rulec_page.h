/* rulec_page.h: the rule book for people as a page: in one language, its small words.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_RULEC_PAGE_H
#define HOSHI_RULEC_PAGE_H

#include "rulec.h"

struct page {
    const struct book *book;
    bool english;
    FILE *out;
};

static inline const char *tr(const struct page *page, const char *ja, const char *en)
{
    return page->english ? en : ja;
}

static inline struct str text_of(const struct page *page, const struct row *row)
{
    return !row ? STR_NONE : page->english ? row->en : row->ja;
}

static inline void name_write(const struct page *page, enum kind kind, struct str name)
{
    const struct row *row = noun(page->book, kind, name);
    fprintf(page->out, "%.*s", STR_F(row ? text_of(page, row) : name));
}

static inline void names_write(const struct page *page, enum kind kind, struct words names)
{
    for (size_t i = 0; i < names.n; i++) {
        fprintf(page->out, "%s", i ? tr(page, "、", ", ") : "");
        name_write(page, kind, names.at[i]);
    }
}

static inline void clause_put(const struct page *page, const struct row *row)
{
    struct str id = row->clause;
    fprintf(page->out, "%.*s%s", STR_F(id), row->ours ? tr(page, "（当方の想定）", " (ours)") : "");
}

/* rulec_manual_forms.c: what is filled in, what is refused, what can be set. */
void forms_put(const struct page *page);
void lists_put(const struct page *page);
void guards_put(const struct page *page);
void parameters_put(const struct page *page);

#endif
