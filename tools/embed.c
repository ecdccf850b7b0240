/* embed.c: makes a C source that holds a file's bytes: embed FILE NAME > OUT.
 * SPDX-License-Identifier: Apache-2.0
 *
 * const char NAME[] ends with a NUL that NAME_bytes does not count. */
#include <stdio.h>

int main(int argc, char **argv)
{
    FILE *in = argc == 3 ? fopen(argv[1], "rb") : NULL;
    if (!in) {
        fprintf(stderr, "usage: embed FILE NAME\n");
        return 2;
    }
    printf("#include <stddef.h>\nextern const char %s[];\nextern const size_t %s_bytes;\n"
           "const char %s[] = {",
           argv[2], argv[2], argv[2]);
    size_t n = 0;
    for (int c; (c = getc(in)) != EOF; n++)
        printf("%s%d,", n % 32 ? "" : "\n", c < 128 ? c : c - 256);
    printf("\n0};\nconst size_t %s_bytes = %zu;\n", argv[2], n);
    return ferror(in) || fflush(stdout) ? 1 : 0;
}
