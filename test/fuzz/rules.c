/* rules.c: made-up books of rules: rulec names what is wrong with them, and never falls over.
 * SPDX-License-Identifier: Apache-2.0 */
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"
#include "rulec.h"

#include "base/banned.h"

static void put(const char *path, struct str text)
{
    FILE *out = fopen(path, "wb");
    FUZZ_HOLDS(out && fwrite(text.at, 1, text.bytes, out) == text.bytes);
    FUZZ_HOLDS(!fclose(out));
}

/* The input is a book of one file, with cases after a line of its own that says "cases". */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    char folder[] = "/tmp/hoshi-fuzz-XXXXXX", rules[64], cases[64];
    FUZZ_HOLDS(mkdtemp(folder));
    snprintf(rules, sizeof rules, "%s/a.rules", folder);
    snprintf(cases, sizeof cases, "%s/a.cases", folder);
    struct str text = fuzz_str(bytes, n), rest = text;
    size_t at = 0;
    while (at < n && !str_starts(str_skip(text, at), "\ncases\n"))
        at++;
    put(rules, (struct str){text.at, at});
    rest = at < n ? str_skip(text, at + 7) : STR_NONE;
    put(cases, rest.bytes ? rest : STR(""));

    struct arena *arena = arena_new(FUZZ_BYTES_MAX);
    struct book book = {.arena = arena};
    book.rows = NEW_ARRAY(arena, ROWS_MAX, struct row *);
    for (int k = 0; k < KINDS; k++)
        book.nouns_n[k] = 1;
    book_read(&book, folder);
    if (!book.found)
        book_link(&book);
    if (!book.found)
        book_check(&book);
    arena_free(arena);
    unlink(rules);
    unlink(cases);
    rmdir(folder);
    return 0;
}
