/* embed.c: puts files into the program: embed OUT.c NAME FILE… makes the table of base/embedded.h.
 * SPDX-License-Identifier: Apache-2.0
 *
 * const struct embedded NAME[] has a row for each file under the last part of its path, and one
 * whose name is NULL at the end. */
#include <stdio.h>
#include <string.h>

#include "base/banned.h"

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static int put_bytes(FILE *out, const char *path, int nth)
{
    FILE *in = fopen(path, "rb");
    if (!in) {
        perror(path);
        return 1;
    }
    fprintf(out, "static const unsigned char bytes_%d[] = {", nth);
    size_t n = 0;
    for (int c; (c = getc(in)) != EOF; n++)
        fprintf(out, "%s%d,", n % 32 ? "" : "\n", c);
    fprintf(out, "%s};\n", n ? "" : "0");
    int failed = ferror(in);
    fclose(in);
    return failed;
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fputs("embed OUT.c NAME FILE…\n", stderr);
        return 2;
    }
    FILE *out = fopen(argv[1], "wb");
    if (!out) {
        perror(argv[1]);
        return 1;
    }
    fprintf(
        out,
        "/* Made by embed. */\n#include \"base/embedded.h\"\nextern const struct embedded %s[];\n",
        argv[2]);
    for (int i = 3; i < argc; i++)
        if (put_bytes(out, argv[i], i))
            return 1;
    fprintf(out, "const struct embedded %s[] = {\n", argv[2]);
    for (int i = 3; i < argc; i++)
        fprintf(out, "    {\"%s\", bytes_%d, sizeof bytes_%d},\n", last_part(argv[i]), i, i);
    fputs("    {NULL, NULL, 0},\n};\n", out);
    return fclose(out) ? 1 : 0;
}
