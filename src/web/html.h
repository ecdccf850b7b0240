/* html.h: a page being written: escaping by type, UI text by language, dates and money as people
 * read them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * tools/tmplc makes one C function of each page in src/web/pages. In a page `{= expr}` becomes
 * HTML_PUT(html, expr): the type decides. Text is escaped; a struct fragment, which only html.c and
 * draw.c make, is not; any other type does not compile. */
#ifndef HOSHI_HTML_H
#define HOSHI_HTML_H

#include "base/buf.h"
#include "base/day.h"
#include "base/plain.h"

struct html {
    struct arena *arena;
    struct buf out;
    bool english;
};

/* Markup that is safe to print as it is. */
struct fragment {
    struct str markup;
};

struct html html_new(struct arena *arena, bool english, size_t bytes_max);
struct str html_done(const struct html *html); /* the page so far */

#define HTML_PUT(html, value)                                                                      \
    _Generic((value),                                                                              \
        struct str: html_put_str,                                                                  \
        const char *: html_put_z,                                                                  \
        char *: html_put_z,                                                                        \
        struct fragment: html_put_fragment,                                                        \
        int: html_put_int,                                                                         \
        unsigned: html_put_count,                                                                  \
        long: html_put_int,                                                                        \
        long long: html_put_int,                                                                   \
        unsigned long: html_put_count)(html, value)

void html_put_str(struct html *html, struct str text);
void html_put_z(struct html *html, const char *text); /* NULL puts nothing */
void html_put_int(struct html *html, int64_t n);
void html_put_count(struct html *html, uint64_t n);
void html_put_fragment(struct html *html, struct fragment fragment);
void html_put_markup(struct html *html, const char *markup, size_t bytes); /* tmplc's own text */

/* UI text. English is the key; po/ja.po has the Japanese (a test finds what is missing there).
 * say() takes printf conversions; those of the translation are the same (poc checks it). */
const char *word(bool english, const char *msgid);
#define N_(msgid) msgid /* marks a text of a table that word() looks up later */
struct str say(struct html *html, const char *msgid, ...) __attribute__((format(printf, 2, 3)));
struct str bracketed(struct html *html, struct str text); /* " (text)", （text） */

/* Fragments. */
/* What a person wrote: escaped, a <br> at each line end, lang="ja" where it is Japanese on an
 * English page. */
struct fragment html_lines(struct html *html, struct str text);
struct fragment html_stars(struct html *html, int64_t level); /* ★★☆☆, read out as "★2" */
struct fragment html_clause(struct html *html,
                            const char *id); /* § 4.1.1, a link to the rule book */
struct fragment html_day(struct html *html,
                         struct day day); /* <time>: 2026年11月22日, 22 November 2026 */
struct fragment html_instant(struct html *html, int64_t at); /* … with 19:30 */

#endif
