/* html.c: a page being written: escaping, UI text, fragments.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/html.h"

#include <stdarg.h>
#include <string.h>

#include "web/words.h"

#include "base/banned.h"

struct html html_new(struct arena *arena, bool english, size_t bytes_max)
{
    return (struct html){.arena = arena, .out = buf_new(arena, bytes_max), .english = english};
}

struct str html_done(const struct html *html)
{
    return buf_str(&html->out);
}

static const char *escape_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

static void escape_into(struct buf *out, struct str text)
{
    size_t begins = 0;
    for (size_t i = 0; i < text.bytes; i++) {
        const char *escape = escape_of(text.at[i]);
        if (!escape)
            continue;
        buf_add(out, (struct str){text.at + begins, i - begins});
        buf_add_z(out, escape);
        begins = i + 1;
    }
    if (begins < text.bytes)
        buf_add(out, (struct str){text.at + begins, text.bytes - begins});
}

void html_put_str(struct html *html, struct str text)
{
    escape_into(&html->out, text);
}

void html_put_z(struct html *html, const char *text)
{
    escape_into(&html->out, str_of(text));
}

void html_put_int(struct html *html, int64_t n)
{
    buf_add_int(&html->out, n);
}

void html_put_count(struct html *html, uint64_t n)
{
    buf_add_int(&html->out, (int64_t)n);
}

void html_put_fragment(struct html *html, struct fragment fragment)
{
    buf_add(&html->out, fragment.markup);
}

void html_put_markup(struct html *html, const char *markup, size_t bytes)
{
    buf_add(&html->out, (struct str){markup, bytes});
}

const char *word(bool english, const char *msgid)
{
    if (english)
        return msgid;
    size_t low = 0, high = po_words_n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(po_words[middle].msgid, msgid);
        if (!order)
            return po_words[middle].ja;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return msgid;
}

struct str say(struct html *html, const char *msgid, ...)
{
    va_list values;
    va_start(values, msgid);
/* The translation's conversions are those of the msgid: poc refuses a catalogue where they differ.
 */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    struct str text = str_vprint(html->arena, word(html->english, msgid), values);
#pragma GCC diagnostic pop
    va_end(values);
    return text;
}

struct str bracketed(struct html *html, struct str text)
{
    return str_print(html->arena, html->english ? " (%.*s)" : "（%.*s）", STR_F(text));
}

/* Kana or kanji, by the first bytes of their UTF-8: U+3040 to U+30FF, and U+4E00 to U+9FFF. */
static bool is_japanese(struct str text)
{
    for (size_t i = 0; i + 2 < text.bytes; i++) {
        unsigned char lead = (unsigned char)text.at[i], next = (unsigned char)text.at[i + 1];
        if ((lead == 0xE3 && next >= 0x81 && next <= 0x83) || (lead >= 0xE4 && lead <= 0xE9))
            return true;
    }
    return false;
}

struct fragment html_lines(struct html *html, struct str text)
{
    struct buf out = buf_new(html->arena, html->out.bytes_max);
    bool first = true, marked = html->english && is_japanese(text);
    buf_add_z(&out, marked ? "<span lang=\"ja\">" : "");
    while (text.bytes) {
        struct str rest;
        struct str line = str_cut(text, '\n', &rest);
        if (!first)
            buf_add_z(&out, "<br>");
        first = false;
        escape_into(&out, line);
        text = rest;
    }
    buf_add_z(&out, marked ? "</span>" : "");
    return (struct fragment){buf_str(&out)};
}

struct fragment html_stars(struct html *html, int64_t level)
{
    struct buf out = buf_new(html->arena, 400);
    buf_printf(&out, "<span class=\"stars\" role=\"img\" aria-label=\"★%d\">", (int)level);
    for (int i = 1; i <= 4; i++)
        buf_add_z(&out, i <= level ? "★" : "<span class=\"off\">☆</span>");
    buf_add_z(&out, "</span>");
    return (struct fragment){buf_str(&out)};
}

struct fragment html_clause(struct html *html, const char *id)
{
    struct buf out = buf_new(html->arena, 400);
    if (id && *id && strcmp(id, "ours") != 0) {
        buf_add_z(&out, "<a class=\"clause\" href=\"/clauses/");
        escape_into(&out, url_part(html->arena, str_of(id)));
        buf_add_z(&out, "\">");
        escape_into(&out, str_of(id));
        buf_add_z(&out, "</a>");
    } else if (id && *id) {
        buf_add_z(&out, "<span class=\"ours\">");
        escape_into(&out, str_of(word(html->english, "our rule")));
        buf_add_z(&out, "</span>");
    }
    return (struct fragment){buf_str(&out)};
}

struct fragment html_day(struct html *html, struct day day)
{
    struct buf out = buf_new(html->arena, 200);
    char iso[11];
    if (!day_is_none(day)) {
        buf_printf(&out, "<time class=\"num\" datetime=\"%.*s\">", STR_F(day_print(day, iso)));
        escape_into(&out, day_words(html->arena, html->english, day));
        buf_add_z(&out, "</time>");
    }
    return (struct fragment){buf_str(&out)};
}

struct fragment html_instant(struct html *html, int64_t at)
{
    struct buf out = buf_new(html->arena, 200);
    char iso[30];
    buf_printf(&out, "<time class=\"num\" datetime=\"%.*s\">", STR_F(instant_print(at, iso)));
    escape_into(&out, instant_words(html->arena, html->english, at));
    buf_add_z(&out, "</time>");
    return (struct fragment){buf_str(&out)};
}
