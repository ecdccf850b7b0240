/* variants.h: characters that are the same letter of a name, written otherwise.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_VARIANTS_H
#define HOSHI_VARIANTS_H

#include <stdint.h>

/* The form of today for an older or another form (髙 gives 高); any other character gives itself.
 */
int32_t variant_of(int32_t point);

#endif
