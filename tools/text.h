/* text.h: what all tools do with text: read a file whole, write a literal of C.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_TOOLS_TEXT_H
#define HOSHI_TOOLS_TEXT_H

#include <stdio.h>

/* Ends with a NUL; to be freed. Says why and exits when it cannot be read. */
char *file_whole(const char *path, size_t *bytes);

/* As a string literal, with its quotes: the compiler finds the same bytes in it. */
void put_literal(FILE *out, const char *at, size_t bytes);

#endif
