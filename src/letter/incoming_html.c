/* incoming_html.c: the words of an HTML page, by libxml2's parser; no tree is built.
 * SPDX-License-Identifier: Apache-2.0 */
#include <libxml/HTMLparser.h>
#include <string.h>

#include "base/buf.h"
#include "letter/incoming.h"

#include "base/banned.h"

struct page {
    struct buf words;
    int unseen; /* inside so many elements that show nothing */
    bool blank; /* white space came after the last word */
};

static bool is_one_of(const xmlChar *name, const char *names)
{
    struct str rest = str_of(names), one = str_of((const char *)name);
    while (rest.bytes)
        if (str_eq_nocase(str_cut(rest, ' ', &rest), one))
            return true;
    return false;
}

static bool shows_nothing(const xmlChar *name)
{
    return is_one_of(name, "head script style title template noscript");
}

static bool ends_a_line(const xmlChar *name)
{
    return is_one_of(name, "p div br tr li ul ol table blockquote pre h1 h2 h3 h4 h5 h6 hr section "
                           "article header footer dt dd");
}

static void end_line(struct page *page)
{
    struct buf *words = &page->words;
    page->blank = false;
    bool twice = words->bytes > 1 && words->at[words->bytes - 1] == '\n' &&
                 words->at[words->bytes - 2] == '\n';
    if (words->bytes && !twice)
        buf_add_char(words, '\n');
}

static void begin(void *whom, const xmlChar *name, const xmlChar **attributes)
{
    struct page *page = whom;
    (void)attributes;
    page->unseen += shows_nothing(name);
    if (ends_a_line(name))
        end_line(page);
}

static void end(void *whom, const xmlChar *name)
{
    struct page *page = whom;
    if (shows_nothing(name) && page->unseen)
        page->unseen--;
    if (is_one_of(name, "p div tr li table blockquote pre h1 h2 h3 h4 h5 h6"))
        end_line(page);
}

static void say(void *whom, const xmlChar *text, int n)
{
    struct page *page = whom;
    for (int i = 0; i < n && !page->unseen; i++) {
        char c = (char)text[i];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            page->blank = true;
            continue;
        }
        struct buf *words = &page->words;
        if (page->blank && words->bytes && words->at[words->bytes - 1] != '\n')
            buf_add_char(words, ' ');
        page->blank = false;
        buf_add_char(words, c);
    }
}

struct str incoming_html(struct arena *arena, struct str text)
{
    htmlSAXHandler hear = {.startElement = begin,
                           .endElement = end,
                           .characters = say,
                           .ignorableWhitespace = say};
    struct page page = {.words = buf_new(arena, text.bytes * 4 + 64)};
    htmlParserCtxt *parser =
        htmlCreatePushParserCtxt(&hear, &page, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
    if (!parser)
        BUG("no memory for HTML");
    htmlCtxtUseOptions(parser, HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                   HTML_PARSE_RECOVER | HTML_PARSE_IGNORE_ENC);
    htmlParseChunk(parser, text.at ? text.at : "", (int)text.bytes, 0);
    htmlParseChunk(parser, "", 0, 1);
    htmlFreeParserCtxt(parser);
    return str_trim(buf_str(&page.words));
}
