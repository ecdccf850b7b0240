/* founding.h: a demonstration registry is made beside its place, and put there when it is whole.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_FOUNDING_H
#define HOSHI_FOUNDING_H

#include "proc/settings.h"

/* Makes the registry when DATA holds none, and ends what an earlier start was killed in. Nothing
 * that was ever served is removed. */
struct fault *founding_make(struct arena *arena, const struct settings *settings);

#endif
