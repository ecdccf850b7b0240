/* sample.h: a form filled in plausibly: for the demonstration, and for cases of the rules.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_SAMPLE_H
#define HOSHI_SAMPLE_H

#include <jansson.h>

#include "rule/rulebook.h"

/* Every field that the form must have, with a value that form_check() takes; what stands in `own`
 * (may be NULL) takes its place where the form knows it. Files are not made up. */
json_t *sample_fields(const struct rulebook *book, struct arena *arena, int form, struct day today,
                      struct words criteria, const json_t *own);

#endif
