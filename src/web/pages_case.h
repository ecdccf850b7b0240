/* pages_case.h: words of the checks of a step.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_PAGES_CASE_H
#define HOSHI_PAGES_CASE_H

#include "web/case_view.h"

struct str condition_words(const struct visit *visit, const struct why_line *line);
struct text condition_cure(const struct visit *visit,
                           const struct why_line *line); /* empty when it holds */
bool offer_is_near(const struct visit *visit, const struct case_view *view,
                   const struct offer *offer);

#endif
