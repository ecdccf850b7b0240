/* cssmin.c: the part of a style sheet that public pages need, without comments and white space.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   cssmin OUT.css IN.css     what stands above the line with "---- cut ----" */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

#include "base/banned.h"

int main(int argc, char **argv)
{
    FILE *out = argc == 3 ? fopen(argv[1], "wb") : NULL;
    if (!out) {
        fputs("cssmin OUT.css IN.css\n", stderr);
        return 2;
    }
    size_t bytes;
    char *text = file_whole(argv[2], &bytes), last = '{';
    char *end = strstr(text, "/* ---- cut");
    if (end)
        *end = 0;
    for (const char *p = text; *p; p++) {
        if (p[0] == '/' && p[1] == '*') {
            const char *closes = strstr(p + 2, "*/");
            if (!closes)
                break;
            p = closes + 1;
            continue;
        }
        if (strchr(" \t\n\r", *p)) {
            const char *next = p + strspn(p, " \t\n\r");
            /* one space stays where two words would run together */
            if (*next && !strchr("{};,>/", *next) && !strchr("{};,>:", last))
                fputc(last = ' ', out);
            p = next - 1;
            continue;
        }
        fputc(last = *p, out);
    }
    free(text);
    return fclose(out) ? 1 : 0;
}
