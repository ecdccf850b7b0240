/* text.c: what all tools do with text: read a file whole, write a literal of C.
 * SPDX-License-Identifier: Apache-2.0 */
#include "text.h"

#include <stdlib.h>

#include "base/banned.h"

char *file_whole(const char *path, size_t *bytes)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END)) {
        perror(path);
        exit(1);
    }
    long n = ftell(file);
    rewind(file);
    char *text = n < 0 ? NULL : calloc(1, (size_t)n + 1);
    if (!text || fread(text, 1, (size_t)n, file) != (size_t)n) {
        perror(path);
        exit(1);
    }
    fclose(file);
    *bytes = (size_t)n;
    return text;
}

/* A question mark is escaped because two of them may begin a trigraph. */
void put_literal(FILE *out, const char *at, size_t bytes)
{
    fputc('"', out);
    for (size_t i = 0; i < bytes; i++) {
        unsigned char c = (unsigned char)at[i];
        if (c == '"' || c == '\\' || c == '?')
            fprintf(out, "\\%c", c);
        else if (c == '\n')
            fputs("\\n", out);
        else if (c < 32 || c == 127)
            fprintf(out, "\\%03o", c);
        else
            fputc(c, out);
    }
    fputc('"', out);
}
