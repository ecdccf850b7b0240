/* pages_letter.c: the letters of a case as PDF, and how its mails fare.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/letters.h"
#include "web/case_view.h"
#include "web/route.h"

#include "base/banned.h"

struct fault *case_letters_load(struct visit *visit, struct case_view *view)
{
    char day[11];
    TRY(sql_letters_of_case(visit->web->store, visit->arena, view->work->id, visit->who.person,
                            day_print(visit->today, day), visit->staff, &view->letters,
                            &view->letters_n));
    if (!visit->staff)
        return NULL;
    return sql_deliveries_of_case(visit->web->store, visit->arena, view->work->id,
                                  &view->deliveries, &view->deliveries_n);
}

/* The same words for page and mail; in the language of the page. */
struct fault *letter_page(struct visit *visit)
{
    struct case_view *view;
    struct letter letter;
    TRY(case_view_load(visit, visit->parts[0], &view));
    for (size_t i = 0; i < view->letters_n; i++) {
        if (!str_eq(view->letters[i].id, visit->parts[1]))
            continue;
        TRY(letter_of_notice(visit->web->store, visit->arena, visit->web->book, &view->letters[i],
                             NULL, visit->english, &letter));
        TRY(letter_pdf(visit->arena, &letter, &visit->response->body));
        visit->response->status = 200;
        visit->response->media_type = STR("application/pdf");
        response_header(visit->response, "Content-Disposition",
                        str_print(visit->arena, "inline; filename*=UTF-8''%.*s.pdf",
                                  STR_F(url_part(visit->arena, letter.title))));
        visit_headers(visit);
        return NULL;
    }
    return FAULT(visit->arena, "no-such-page", "%.*s", STR_F(visit->parts[1]));
}
