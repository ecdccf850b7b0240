/* fault.c: what went wrong, as a value.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/banned.h"

struct fault *fault_new(struct arena *arena, const char *file, int line, const char *code,
                        const char *format, ...)
{
    struct fault *fault = NEW(arena, struct fault);
    va_list values;
    va_start(values, format);
    *fault = (struct fault){.code = code, .file = file, .line = line};
    fault->detail = str_vprint(arena, format, values);
    va_end(values);
    return fault;
}

void fault_bug(const char *file, int line, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    fprintf(stderr, "hoshi: bug at %s:%d: ", file, line);
    vfprintf(stderr, format, values);
    fputc('\n', stderr);
    va_end(values);
    abort();
}
