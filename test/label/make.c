/* make.c: writes every variant of the label art into a folder, for other readers to look at.
 * SPDX-License-Identifier: Apache-2.0
 *
 * make DIR URL: DIR/{level}-{ja,en}-{colour,mono}.{svg,png,pdf} */
#include <stdio.h>

#include "label/label.h"

#include "base/banned.h"

static int write_file(struct arena *arena, const char *dir, const struct label_art *art,
                      const char *end, struct str bytes)
{
    struct str path = str_print(arena, "%s/%d-%s-%s.%s", dir, art->level,
                                art->english ? "en" : "ja", art->mono ? "mono" : "colour", end);
    FILE *file = fopen(str_z(arena, path), "wb");
    if (!file)
        return 1;
    size_t written = fwrite(bytes.at, 1, bytes.bytes, file);
    return fclose(file) != 0 || written != bytes.bytes;
}

static int make(struct arena *arena, const char *dir, const struct label_art *art)
{
    struct str svg, png, pdf;
    struct fault *fault = label_svg(arena, art, &svg);
    fault = fault ? fault : label_png(arena, art, 300, &png);
    fault = fault ? fault : label_pdf(arena, art, &pdf);
    if (fault) {
        fprintf(stderr, "%s: %.*s\n", fault->code, STR_F(fault->detail));
        return 1;
    }
    return write_file(arena, dir, art, "svg", svg) | write_file(arena, dir, art, "png", png) |
           write_file(arena, dir, art, "pdf", pdf);
}

int main(int n, char **words)
{
    if (n != 4)
        return 2;
    int failed = 0;
    for (int i = 0; i < 16; i++) {
        struct arena *arena = arena_new(1u << 26);
        struct label_art art = {
            .level = i % 4 + 1, .english = i & 4, .mono = i & 8, .number = str_of(words[3])};
        struct fault *fault = label_address(arena, str_of(words[2]), art.number, &art.url);
        failed |= fault ? 1 : make(arena, words[1], &art);
        arena_free(arena);
    }
    return failed;
}
