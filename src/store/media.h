/* media.h: what a file is, found in its bytes: what is said of it is not believed.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_MEDIA_H
#define HOSHI_MEDIA_H

#include "base/str.h"

/* A media type; "application/octet-stream" for what is not known. */
struct str media_of_bytes(struct arena *arena, struct str bytes);

#endif
