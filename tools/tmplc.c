/* tmplc.c: compiles pages to C: one function a page, the type of a value decides how it is escaped.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   tmplc OUT.c OUT.h PAGE.html…
 *
 * First line of a page:   <!-- page NAME(PARAMETERS) "header.h"… -->
 *   becomes               void page_NAME(struct html *html, PARAMETERS)
 * In the page:            {= expression}   put a value (HTML_PUT, web/html.h)
 *                         {_ English}      UI text, looked up by language
 *                         {% C %}          statements: loops, conditions, calls of other pages
 *                         {# … #}          a remark
 * Indentation and lines that hold only statements or remarks leave no trace in the output. A value
 * straight after '=' (an attribute without quotes) is refused. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

#include "base/banned.h"

struct page {
    const char *path;
    char *text;     /* NUL-terminated */
    const char *at; /* where we are */
    int line;
    FILE *c, *h;
};

static _Noreturn void refuse(const struct page *page, const char *what)
{
    fprintf(stderr, "%s:%d: %s\n", page->path, page->line, what);
    exit(1);
}

/* Markup between two marks: indentation goes, and so does a line end that follows a statement. */
static void put_markup(struct page *page, const char *from, const char *to, bool after_statement)
{
    char *kept = calloc(1, (size_t)(to - from) + 1);
    size_t n = 0;
    bool line_begins = from == page->text || after_statement;
    if (!kept)
        refuse(page, "no memory");
    for (const char *p = from; p < to; p++) {
        if (line_begins && (*p == ' ' || *p == '\t' || *p == '\n'))
            continue;
        line_begins = *p == '\n';
        kept[n++] = *p;
    }
    if (n) {
        fprintf(page->c, "    html_put_markup(html, ");
        put_literal(page->c, kept, n);
        fprintf(page->c, ", %zu);\n", n);
    }
    free(kept);
}

/* The end of a C expression that began after "{=": the brace that closes it, outside of strings. */
static const char *expression_end(const struct page *page, const char *p)
{
    int depth = 0;
    for (; *p; p++) {
        if (*p == '"' || *p == '\'') {
            char quote = *p++;
            for (; *p && *p != quote; p++)
                if (*p == '\\' && p[1])
                    p++;
            if (!*p)
                break;
        } else if (*p == '{') {
            depth++;
        } else if (*p == '}' && !depth--) {
            return p;
        }
    }
    refuse(page, "a value or text without its '}'");
}

static void count_lines(struct page *page, const char *from, const char *to)
{
    for (; from < to; from++)
        page->line += *from == '\n';
}

/* Straight after '=' in a tag, with no quote open there. */
static bool is_bare_attribute(const struct page *page)
{
    bool quoted = false;
    if (page->at == page->text || page->at[-1] != '=')
        return false;
    for (const char *p = page->at - 1; p > page->text && *p != '<'; p--)
        quoted ^= *p == '"';
    return !quoted;
}

static void put_value(struct page *page)
{
    const char *from = page->at + 2;
    if (is_bare_attribute(page))
        refuse(page, "an attribute's value stands in quotes");
    const char *to = expression_end(page, from);
    fprintf(page->c, "#line %d \"%s\"\n    HTML_PUT(html, (%.*s));\n", page->line, page->path,
            (int)(to - from), from);
    count_lines(page, page->at, to);
    page->at = to + 1;
}

static void put_word(struct page *page)
{
    const char *from = page->at + 2;
    const char *to = strchr(from, '}');
    if (!to)
        refuse(page, "a text without its '}'");
    while (from < to && (*from == ' ' || *from == '\n'))
        from++;
    const char *last = to;
    while (last > from && (last[-1] == ' ' || last[-1] == '\n'))
        last--;
    if (from == last || memchr(from, '\n', (size_t)(last - from)))
        refuse(page, "a text is one line and not empty");
    fprintf(page->c, "#line %d \"%s\"\n    html_put_z(html, word(html->english, ", page->line,
            page->path);
    put_literal(page->c, from, (size_t)(last - from));
    fprintf(page->c, "));\n");
    count_lines(page, page->at, to);
    page->at = to + 1;
}

static void put_statement(struct page *page)
{
    const char *from = page->at + 2;
    const char *to = strstr(from, "%}");
    if (!to)
        refuse(page, "a statement without its '%}'");
    fprintf(page->c, "#line %d \"%s\"\n   %.*s\n", page->line, page->path, (int)(to - from), from);
    count_lines(page, page->at, to);
    page->at = to + 2;
}

static void skip_remark(struct page *page)
{
    const char *to = strstr(page->at, "#}");
    if (!to)
        refuse(page, "a remark without its '#}'");
    count_lines(page, page->at, to);
    page->at = to + 2;
}

/* <!-- page NAME(PARAMETERS) "header.h" … --> */
static void put_head(struct page *page)
{
    static const char begins[] = "<!-- page ";
    const char *end = strstr(page->text, "-->");
    const char *name = page->text + sizeof begins - 1;
    if (strncmp(page->text, begins, sizeof begins - 1) != 0 || !end)
        refuse(page, "the first line is <!-- page NAME(PARAMETERS) \"header.h\" -->");
    const char *open = memchr(name, '(', (size_t)(end - name));
    const char *close = NULL;
    for (const char *p = name; p < end && *p != '"'; p++)
        if (*p == ')')
            close = p;
    if (!open || !close || close < open)
        refuse(page, "the page's parameters stand in ( )");
    for (const char *p = close; (p = memchr(p, '"', (size_t)(end - p)));) {
        const char *quote = memchr(p + 1, '"', (size_t)(end - p - 1));
        if (!quote)
            refuse(page, "a header without its second quote");
        fprintf(page->h, "#include %.*s\n", (int)(quote + 1 - p), p);
        p = quote + 1;
    }
    const char *comma = close > open + 1 ? ", " : "";
    int name_n = (int)(open - name), parameters_n = (int)(close - open - 1);
    fprintf(page->h, "void page_%.*s(struct html *html%s%.*s);\n", name_n, name, comma,
            parameters_n, open + 1);
    fprintf(page->c, "\n#line %d \"%s\"\nvoid page_%.*s(struct html *html%s%.*s)\n{\n", page->line,
            page->path, name_n, name, comma, parameters_n, open + 1);
    count_lines(page, page->text, end);
    page->at = end + 3;
    if (*page->at == '\n') {
        page->at++;
        page->line++;
    }
}

static void compile_page(struct page *page)
{
    put_head(page);
    const char *from = page->at;
    bool after_statement = true;
    while (*page->at) {
        char mark = *page->at == '{' ? page->at[1] : 0;
        if (mark != '=' && mark != '_' && mark != '%' && mark != '#') {
            page->line += *page->at++ == '\n';
            continue;
        }
        put_markup(page, from, page->at, after_statement);
        if (mark == '=')
            put_value(page);
        else if (mark == '_')
            put_word(page);
        else if (mark == '%')
            put_statement(page);
        else
            skip_remark(page);
        from = page->at;
        /* what follows a statement on its line is kept; only a line end right after it goes */
        after_statement = (mark == '%' || mark == '#') && *from == '\n';
    }
    put_markup(page, from, page->at, after_statement);
    fputs("}\n", page->c);
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fputs("tmplc OUT.c OUT.h PAGE.html…\n", stderr);
        return 2;
    }
    FILE *c = fopen(argv[1], "wb"), *h = fopen(argv[2], "wb");
    if (!c || !h) {
        perror(argv[c ? 2 : 1]);
        return 1;
    }
    const char *slash = strrchr(argv[2], '/');
    fprintf(h, "/* Made by tmplc. */\n#pragma once\n#include \"web/html.h\"\n");
    fprintf(c, "/* Made by tmplc. */\n#include \"%s\"\n#include \"base/banned.h\"\n",
            slash ? slash + 1 : argv[2]);
    for (int i = 3; i < argc; i++) {
        size_t bytes;
        struct page page = {
            .path = argv[i], .text = file_whole(argv[i], &bytes), .line = 1, .c = c, .h = h};
        compile_page(&page);
        free(page.text);
    }
    return fclose(c) || fclose(h);
}
