/* appeal.h: whether an appeal against what was decided on a case is open to somebody: 6.6.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_APPEAL_H
#define HOSHI_APPEAL_H

#include "desk/desk.h"
#include "rule/judge.h"

struct appeal_offer {
    bool decided;           /* there is a decision that this person's party could appeal against */
    struct day until;       /* the last day for it */
    struct verdict verdict; /* allowed, or what stands against it today */
};
struct fault *desk_may_appeal(struct desk *desk, struct arena *arena, const struct principal *who,
                              struct str case_id, struct appeal_offer *out);

#endif
