/* pages_succession.c: the successor names the labels that it succeeded to: a case for each (4.9-1).
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/hash.h"
#include "web/pages.gen.h"
#include "web/route.h"

#include "base/banned.h"

enum { LABELS_MAX = 200 };

/* `at`: the line that is wrong; the other field is, where the fault is about the successor. */
static struct fault *show_succession(struct visit *visit, int status, struct str numbers,
                                     const struct fault *wrong, struct str at)
{
    bool of_party = wrong && str_is(wrong->concerns, "/party");
    struct html *html = visit_page(visit, status, PLACE_OWN_LABELS,
                                   str_of(word(visit->english, "Succession to labels")));
    page_succession(html, visit, numbers, wrong, of_party, at, random_name(visit->arena, 16));
    visit_send(visit);
    return NULL;
}

struct fault *succession_page(struct visit *visit)
{
    return show_succession(visit, 200, STR_NONE, NULL, STR_NONE);
}

/* A draft for each label, in the order of the lines; the same form again opens no second one. The
 * first line that cannot be opened is named; those before it are drafts already. */
struct fault *succession_post(struct visit *visit)
{
    struct str numbers = visit_form(visit, "numbers"), rest = numbers, id;
    size_t n = 0;
    while (rest.bytes) {
        struct str number = str_trim(str_cut(rest, '\n', &rest));
        if (!number.bytes)
            continue;
        struct case_request request = {
            .procedure = STR("succession"),
            .label = number,
            .party = str_trim(visit_form(visit, "party")),
            .idempotency_key = str_print(visit->arena, "%.*s-%.*s",
                                         STR_F(visit_form(visit, "once")), STR_F(number)),
            .who = &visit->who};
        struct fault *wrong = ++n > LABELS_MAX
                                  ? FAULT(visit->arena, "field-too-many", "%d labels", LABELS_MAX)
                                  : desk_open_case(visit->web->desk, visit->arena, &request, &id);
        if (wrong)
            return show_succession(visit, 422, numbers, wrong, number);
    }
    if (!n)
        return show_succession(visit, 422, numbers,
                               FAULT(visit->arena, "field-missing", "no number"), STR_NONE);
    visit_redirect(visit, n == 1 ? str_print(visit->arena, "/cases/%.*s", STR_F(id))
                                 : STR("/applications"));
    return NULL;
}
