/* pages_appeal.c: an appeal is begun at the case of the decision: 6.6.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/desk.h"
#include "web/route.h"

#include "base/banned.h"

/* The case is opened, and its first step comes as a form. */
struct fault *appeal_begin(struct visit *visit)
{
    struct str id;
    struct case_request request = {.procedure = STR("appeal"),
                                   .decided = visit->parts[0],
                                   .idempotency_key = visit_form(visit, "once"),
                                   .who = &visit->who};
    TRY(desk_open_case(visit->web->desk, visit->arena, &request, &id));
    visit_redirect(visit, str_print(visit->arena, "/cases/%.*s/steps/appeal", STR_F(id)));
    return NULL;
}
