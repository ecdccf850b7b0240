/* fuzz.h: what the fuzz targets share.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_FUZZ_H
#define HOSHI_FUZZ_H

#include <stdint.h>
#include <stdlib.h>

#include "base/str.h"

enum { FUZZ_BYTES_MAX = 64 << 20 };

/* A property that must hold for every input; the fuzzer keeps the input that breaks it. */
#define FUZZ_HOLDS(condition)                                                                      \
    do {                                                                                           \
        if (!(condition))                                                                          \
            abort();                                                                               \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static inline struct str fuzz_str(const uint8_t *bytes, size_t n)
{
    return (struct str){.at = n ? (const char *)bytes : "", .bytes = n};
}

#endif
