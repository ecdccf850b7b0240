/* public_notices.c: security notices and warnings for people: the list, and one with its revisions.
 * SPDX-License-Identifier: Apache-2.0 */
#include "advisory/cvss.h"
#include "csaf/csaf.h"
#include "web/public_own.h"
#include "web/public_pages.gen.h"

#include "base/banned.h"

enum { NOTICES_A_PAGE = 50 };

const char *notice_title(bool english, const struct public_notice *notice)
{
    const char *text = notice->of_body && notice->ended       ? N_("Warning (lifted)")
                       : notice->of_body                      ? N_("Warning")
                       : notice->ended                        ? N_("Notice (ended)")
                       : str_is(notice->kind, "not-affected") ? N_("Not affected")
                                                              : N_("Advisory");
    return word(english, text);
}

const char *notice_badge(const struct public_notice *notice)
{
    return notice->ended                          ? "lapsed"
           : notice->of_body                      ? "revoked"
           : str_is(notice->kind, "not-affected") ? "valid"
                                                  : "grace";
}

struct str item_words(const struct ask *ask, const char *list, struct str item)
{
    const struct rulebook *book = ask->half->settings.book;
    for (size_t l = 1; book && l < book->lists_n; l++) {
        if (!str_is(str_of(list), book->lists[l].name))
            continue;
        for (size_t i = 0; i < book->lists[l].items.n; i++) {
            const struct item_row *row = &book->items[book->lists[l].items.first + i];
            if (str_is(item, row->name))
                return str_of(text_in(row->text, ask->english));
        }
    }
    return item;
}

struct str vector_words(struct html *html, struct str vector)
{
    struct cvss cvss;
    char room[8];
    if (cvss_read(html->arena, vector, &cvss))
        return STR_NONE;
    int score = cvss_score(&cvss);
    return str_print(html->arena, html->english ? "%.*s (%s)" : "%.*s（%s）",
                     STR_F(cvss_score_print(score, room)),
                     cvss_severity_word(cvss_severity(score), html->english));
}

struct fault *public_notices_page(struct ask *ask, struct str rest)
{
    (void)rest;
    struct notices_view view = {.ask = ask};
    struct public_notice *rows;
    bool more;
    struct str before = str_upper(ask->arena, str_trim(request_query(ask->request, "before")));
    TRY(folder_notices(ask->half->folder, ask->arena, before, NOTICES_A_PAGE, &rows, &view.n,
                       &more));
    view.notices = rows;
    view.next = more ? rows[view.n - 1].id : STR_NONE;
    if (before.bytes)
        ask->more = str_print(ask->arena, "&before=%.*s", STR_F(url_part(ask->arena, before)));
    page_public_notices(&ask->html, &view);
    public_send_page(ask, 200);
    return NULL;
}

/* The revision asked for; the last where none is. */
static struct fault *choose_revision(struct ask *ask, struct notice_view *view)
{
    struct str asked = str_trim(request_query(ask->request, "revision"));
    int64_t number = (int64_t)view->n;
    if (asked.bytes && (!str_int(asked, &number) || number < 1 || number > (int64_t)view->n)) {
        struct fault *fault = FAULT(ask->arena, "malformed-query", "revision: 1 to %zu", view->n);
        fault->concerns = STR("revision");
        return fault;
    }
    view->notice = &view->revisions[number - 1];
    view->last = number == (int64_t)view->n;
    if (!view->last)
        ask->more = str_print(ask->arena, "&revision=%lld", (long long)number);
    return NULL;
}

struct fault *public_notice_page(struct ask *ask, struct str rest)
{
    struct notice_view view = {.ask = ask};
    struct public_notice *rows;
    struct str id = str_upper(ask->arena, rest);
    TRY(folder_notice(ask->half->folder, ask->arena, id, &rows, &view.n));
    if (!view.n)
        return FAULT(ask->arena, "no-such-notice", "%.*s", STR_F(rest));
    view.revisions = rows;
    TRY(choose_revision(ask, &view));
    view.document =
        str_print(ask->arena, "/.well-known/csaf/white/%.*s/%.*s",
                  STR_F(csaf_year(ask->arena, rows[0].at)), STR_F(csaf_file_name(ask->arena, id)));
    ask->path = str_print(ask->arena, "/security/%.*s", STR_F(id));
    page_public_notice(&ask->html, &view);
    public_send_page(ask, 200);
    return NULL;
}
