/* pages_notice.c: how a security notice will look, before it is decided.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/security.h"
#include "store/sql.gen.h"
#include "web/case_view.h"
#include "web/pages.gen.h"
#include "web/route.h"

#include "base/banned.h"

struct fault *notice_preview_page(struct visit *visit)
{
    struct case_view *view;
    struct row_security_notice notice;
    TRY(case_view_load(visit, visit->parts[0], &view));
    TRY(desk_notice_preview(visit->web->desk, visit->arena, &visit->who, view->work->id, &notice));
    struct html *html = visit_page(visit, 200, visit->staff ? PLACE_CASES : PLACE_APPLICATIONS,
                                   str_of(word(visit->english, "How it will look")));
    page_notice_preview(html, visit, view, &notice);
    visit_send(visit);
    return NULL;
}
