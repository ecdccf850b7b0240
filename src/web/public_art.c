/* public_art.c: the label's art, drawn from the register; only while the label is in force.
 * SPDX-License-Identifier: Apache-2.0 */
#include "label/label.h"
#include "web/public_own.h"

#include "base/banned.h"

enum { PNG_DPI = 600 };

struct fault *public_art(struct ask *ask, struct str rest)
{
    size_t dot = rest.bytes;
    while (dot > 0 && rest.at[dot - 1] != '.')
        dot--;
    struct str kind = str_skip(rest, dot), typed = {rest.at, dot ? dot - 1 : 0};
    struct public_label *label;
    bool proper;
    if (!dot || (!str_is(kind, "svg") && !str_is(kind, "png") && !str_is(kind, "pdf")))
        return FAULT(ask->arena, "no-such-page", "%.*s", STR_F(rest));
    struct str colour = request_query(ask->request, "colour");
    if (colour.bytes && !str_is(colour, "mono"))
        return FAULT(ask->arena, "malformed-query", "colour: mono, or none");
    TRY(public_find(ask, typed, &label, &proper));
    if (label_status_on(&label->dates, ask->today) != LABEL_VALID)
        return FAULT(ask->arena, "not-in-force", "%.*s", STR_F(label->number));
    struct label_art art = {.level = (int)label->level,
                            .number = label->number,
                            .english = ask->english,
                            .mono = str_is(colour, "mono")};
    struct str body;
    TRY(label_address(ask->arena, ask->half->settings.base_url, label->number, &art.url));
    if (str_is(kind, "svg")) {
        TRY(label_svg(ask->arena, &art, &body));
        public_send(ask, 200, "image/svg+xml", body);
    } else if (str_is(kind, "png")) {
        TRY(label_png(ask->arena, &art, PNG_DPI, &body));
        public_send(ask, 200, "image/png", body);
    } else {
        TRY(label_pdf(ask->arena, &art, &body));
        public_send(ask, 200, "application/pdf", body);
    }
    return NULL;
}
