/* poc.c: compiles po/ja.po to an embedded table, and finds texts that lack their Japanese.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   poc OUT.c ja.po                the table of web/words.h, sorted by msgid
 *   poc --check ja.po SOURCE…      each {_ text} of a page and each word(…, "text"), say(…, "text",
 * …), N_("text") of a source is in the catalogue, and nothing else is; prints what is not; exit 1
 * when something was printed
 *
 * Of the .po format: msgid and msgstr, strings over several lines, remarks. printf conversions of a
 * translation must be those of its msgid; %1$s may change their order. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

#include "base/banned.h"

enum { ENTRIES_MAX = 4096, TEXT_MAX = 4096 };

struct entry {
    char *msgid, *ja;
    int line;
    bool used;
};

struct catalogue {
    const char *path;
    struct entry entries[ENTRIES_MAX];
    size_t n;
};

static int complaints;

static void complain(const char *path, int line, const char *what, const char *text)
{
    printf("%s:%d: %s: %s\n", path, line, what, text);
    complaints++;
}

static char *copy(const char *text)
{
    char *made = malloc(strlen(text) + 1);
    if (!made)
        abort();
    return memcpy(made, text, strlen(text) + 1);
}

/* Reads a C string literal at p (on its first quote); adds it to out; gives what follows it. */
static const char *add_literal(const char *p, char out[TEXT_MAX])
{
    size_t n = strlen(out);
    for (p++; *p && *p != '"'; p++) {
        char c = *p;
        if (c == '\\' && p[1])
            c = *++p == 'n' ? '\n' : *p == 't' ? '\t' : *p;
        if (n + 1 < TEXT_MAX)
            out[n++] = c;
    }
    out[n] = 0;
    return *p ? p + 1 : p;
}

/* The conversions of a format, sorted, as one string: "ds" for "%s … %d". */
static void conversions_of(const char *format, char out[64])
{
    size_t n = 0;
    for (const char *p = format; (p = strchr(p, '%')) && n < 63; p++) {
        p++;
        if (*p == '%')
            continue;
        p += strspn(p, "0123456789$.*+- l");
        if (!*p)
            break;
        size_t at = n++;
        for (; at && out[at - 1] > *p; at--)
            out[at] = out[at - 1];
        out[at] = *p;
    }
    out[n] = 0;
}

static void add_entry(struct catalogue *catalogue, const char *msgid, const char *ja, int line)
{
    char wanted[64], got[64];
    if (!*msgid)
        return; /* the header */
    conversions_of(msgid, wanted);
    conversions_of(ja, got);
    if (!*ja)
        complain(catalogue->path, line, "no Japanese", msgid);
    else if (strcmp(wanted, got) != 0)
        complain(catalogue->path, line, "the conversions differ", msgid);
    if (catalogue->n == ENTRIES_MAX) {
        complain(catalogue->path, line, "too many texts", msgid);
        return;
    }
    catalogue->entries[catalogue->n++] = (struct entry){copy(msgid), copy(ja), line, false};
}

static int by_msgid(const void *a, const void *b)
{
    return strcmp(((const struct entry *)a)->msgid, ((const struct entry *)b)->msgid);
}

static void read_catalogue(struct catalogue *catalogue)
{
    char msgid[TEXT_MAX] = "", ja[TEXT_MAX] = "";
    size_t bytes;
    char *text = file_whole(catalogue->path, &bytes), *target = NULL;
    int line = 0, begun = 0;
    for (char *p = text; p && *p; line++) {
        char *end = strchr(p, '\n');
        if (end)
            *end = 0;
        if (strncmp(p, "msgid ", 6) == 0) {
            add_entry(catalogue, msgid, ja, begun);
            msgid[0] = ja[0] = 0;
            begun = line + 1;
            target = msgid;
            add_literal(p + 6, target);
        } else if (strncmp(p, "msgstr ", 7) == 0) {
            target = ja;
            add_literal(p + 7, target);
        } else if (*p == '"' && target) {
            add_literal(p, target);
        } else if (*p && *p != '#') {
            complain(catalogue->path, line + 1, "not a line of a catalogue", p);
        }
        p = end ? end + 1 : NULL;
    }
    add_entry(catalogue, msgid, ja, begun);
    free(text);
    qsort(catalogue->entries, catalogue->n, sizeof catalogue->entries[0], by_msgid);
    for (size_t i = 1; i < catalogue->n; i++)
        if (strcmp(catalogue->entries[i - 1].msgid, catalogue->entries[i].msgid) == 0)
            complain(catalogue->path, catalogue->entries[i].line, "twice",
                     catalogue->entries[i].msgid);
}

static void use_text(struct catalogue *catalogue, const char *path, int line, const char *text)
{
    struct entry key = {.msgid = copy(text)};
    struct entry *found =
        bsearch(&key, catalogue->entries, catalogue->n, sizeof catalogue->entries[0], by_msgid);
    free(key.msgid);
    if (found)
        found->used = true;
    else
        complain(path, line, "not in the catalogue", text);
}

/* The literals of a call's argument number `wanted` (or of all, when -1); p stands after the '('.
 */
static void use_call(struct catalogue *catalogue, const char *path, int line, const char *p,
                     int wanted)
{
    int depth = 0, argument = 0;
    while (*p && depth >= 0) {
        if (*p == '"') {
            char text[TEXT_MAX] = "";
            for (;;) {
                p = add_literal(p, text);
                const char *next = p + strspn(p, " \t\n");
                if (*next != '"')
                    break;
                p = next;
            }
            if ((wanted < 0 || argument == wanted) && !depth &&
                *text) /* a call inside has words of its own */
                use_text(catalogue, path, line, text);
            continue;
        }
        if (*p == '(' || *p == '{')
            depth++;
        else if (*p == ')' || *p == '}')
            depth--;
        else if (*p == ',' && !depth)
            argument++;
        p++;
    }
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static void use_source(struct catalogue *catalogue, const char *path)
{
    static const struct {
        const char *call;
        int argument;
    } calls[] = {{"word(", 1}, {"say(", 1}, {"N_(", -1}};
    size_t bytes;
    char *source = file_whole(path, &bytes);
    int line = 1;
    for (const char *p = source; *p; p++) {
        if (*p == '\n')
            line++;
        if (p[0] == '{' && p[1] == '_') {
            char text[TEXT_MAX];
            const char *from = p + 2 + strspn(p + 2, " "), *to = strchr(from, '}');
            while (to && to > from && to[-1] == ' ')
                to--;
            if (to)
                snprintf(text, sizeof text, "%.*s", (int)(to - from), from);
            if (to)
                use_text(catalogue, path, line, text);
        }
        for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
            if ((p == source || !is_name_char(p[-1])) &&
                strncmp(p, calls[i].call, strlen(calls[i].call)) == 0)
                use_call(catalogue, path, line, p + strlen(calls[i].call), calls[i].argument);
    }
    free(source);
}

static void put_z(FILE *out, const char *text)
{
    put_literal(out, text, strlen(text));
}

static int write_table(const struct catalogue *catalogue, const char *path)
{
    FILE *out = fopen(path, "wb");
    if (!out) {
        perror(path);
        return 1;
    }
    fputs("/* Made by poc. */\n#include \"web/words.h\"\n\nconst struct po_word po_words[] = {\n",
          out);
    for (size_t i = 0; i < catalogue->n; i++) {
        fputs("    {", out);
        put_z(out, catalogue->entries[i].msgid);
        fputs(", ", out);
        put_z(out, catalogue->entries[i].ja);
        fputs("},\n", out);
    }
    fprintf(out, "};\nconst size_t po_words_n = %zu;\n", catalogue->n);
    return fclose(out) ? 1 : 0;
}

int main(int argc, char **argv)
{
    static struct catalogue catalogue;
    bool check = argc > 2 && strcmp(argv[1], "--check") == 0;
    if (argc < 3) {
        fputs("poc OUT.c ja.po | poc --check ja.po SOURCE…\n", stderr);
        return 2;
    }
    catalogue.path = argv[2];
    read_catalogue(&catalogue);
    for (int i = 3; check && i < argc; i++)
        use_source(&catalogue, argv[i]);
    for (size_t i = 0; check && i < catalogue.n; i++)
        if (!catalogue.entries[i].used)
            complain(catalogue.path, catalogue.entries[i].line, "used nowhere",
                     catalogue.entries[i].msgid);
    if (complaints)
        return 1;
    return check ? 0 : write_table(&catalogue, argv[1]);
}
