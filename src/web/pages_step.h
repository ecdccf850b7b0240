/* pages_step.h: taking a step from a page.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_PAGES_STEP_H
#define HOSHI_PAGES_STEP_H

#include "web/case_view.h"

const struct offer *offer_named(const struct case_view *view, struct str step);

/* Fault "field-unknown" for a name in the request that is none of the form, nor in `more`. */
struct fault *check_names(const struct visit *visit, const struct form_row *form, const char *more);

/* With the form's own key (`once`) and the version it was made from. */
struct fault *take_step(struct visit *visit, const struct case_view *view, struct str step,
                        json_t *fields, struct step_answer *answer);
void step_taken(struct visit *visit, const struct case_view *view, const struct step_answer *answer,
                struct str path);

#endif
