/* hearing.h: what was done on a case and when, and whether somebody was heard since.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_HEARING_H
#define HOSHI_HEARING_H

#include "desk/deed.h"

/* The last time that the step was taken on the case; NULL: never. */
const struct row_case_step *step_last_taken(const struct deed *deed, const char *name);
/* The day of it; of the step that is being taken now, today. */
struct day step_day(const struct deed *deed, const char *name);
/* The day after so many as the parameter says; not known where the first is not. */
struct day days_after(const struct deed *deed, struct day from, const char *parameter);
/* Since the step was last taken: stated, waived, or the time for it has passed by the clock. */
bool heard_since(const struct deed *deed, const char *step);

#endif
