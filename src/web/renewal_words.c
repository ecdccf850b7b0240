/* renewal_words.c: hints, states and events of labels in the words of a page.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/pages_renewal.h"

#include "base/banned.h"

struct str hint_said(struct html *html, const struct hint *hint)
{
    return hint_sentence(html->arena, hint->kind, html->english,
                         day_words(html->arena, html->english, hint->day));
}

const char *verdict_said(const struct visit *visit, const struct verdict *verdict)
{
    const struct guard_row *guard = guard_row_of(visit->web->book, verdict->guard);
    return guard ? visit_text(visit, guard->text)
                 : word(visit->english, "This is not open to you now.");
}

const char *life_state_said(struct html *html, enum life_state state)
{
    static const char *const words[] = {[LIFE_NONE] = N_("Not in force yet"),
                                        [LIFE_STATE_VALID] = N_("Valid"),
                                        [LIFE_STATE_GRACE] =
                                            N_("Validity ended, extension under examination"),
                                        [LIFE_STATE_LAPSED] = N_("Lapsed"),
                                        [LIFE_STATE_WITHDRAWN] = N_("Withdrawn"),
                                        [LIFE_STATE_REVOKED] = N_("Revoked")};
    return word(html->english, words[state]);
}

const char *life_state_badge(enum life_state state)
{
    static const char *const classes[] = {
        [LIFE_NONE] = "provisional",          [LIFE_STATE_VALID] = "valid",
        [LIFE_STATE_GRACE] = "grace",         [LIFE_STATE_LAPSED] = "lapsed",
        [LIFE_STATE_WITHDRAWN] = "withdrawn", [LIFE_STATE_REVOKED] = "revoked"};
    return classes[state];
}

const char *event_said(struct html *html, struct str kind)
{
    static const struct {
        const char *kind, *text;
    } words[] = {
        {"issued", N_("Label issued")},
        {"provisional", N_("Provisional number given")},
        {"extension-filed", N_("Extension applied for")},
        {"extended", N_("Validity extended")},
        {"extension-refused", N_("Extension refused")},
        {"extension-withdrawn", N_("Application for extension withdrawn")},
        {"renewed", N_("Re-certified")},
        {"maintained", N_("Label maintained after a change of the product")},
        {"level-changed", N_("Level changed")},
        {"information-changed", N_("Product information changed")},
        {"succeeded", N_("Registrant succeeded")},
        {"grace", N_("Validity ended, extension under examination")},
        {"lapsed", N_("Lapsed, as the validity ended")},
        {"withdrawn", N_("Withdrawn")},
        {"revoked", N_("Revoked")},
        {"corrected", N_("Record corrected")},
        {"notice-published", N_("Security information published")},
        {"notice-revised", N_("Security information revised")},
        {"notice-ended", N_("Security information ended")},
        {"warning-published", N_("Warning by the Label-issuing Body")},
        {"warning-lifted", N_("Warning by the Label-issuing Body lifted")},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(kind, words[i].kind))
            return word(html->english, words[i].text);
    return str_z(html->arena, kind);
}
