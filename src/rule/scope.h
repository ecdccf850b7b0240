/* scope.h: what a facility is approved for: "3:router", or "3:*" for every category of level 3.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_SCOPE_H
#define HOSHI_SCOPE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* 6.1.1-1: the scope names the level and the category. A category that is not known is not
 * covered, but by "*". */
bool scope_covers(struct words scope, int64_t level, struct str category);

#endif
