/* security_csaf.h: a maker's own CSAF document, taken in with its notice.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_DESK_SECURITY_CSAF_H
#define HOSHI_DESK_SECURITY_CSAF_H

#include "desk/deed.h"

/* The case has chosen no document, or one that can be read and names products of the label. */
struct fault *csaf_good(struct deed *deed, bool *good);

#endif
