/* effects_void.c: what the annulment of a decision and a reinstatement do to a label: 2.1.3, 6.6.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Both work from today on: the rows of the past and the history stay as they were. */
#include "base/json.h"
#include "desk/deed.h"

#include "base/banned.h"

/* What the decision set beside the label's life comes back with it. */
static void take_back(struct deed *deed)
{
    const struct row_label *before = deed->void_act.before;
    struct row_label *label = NEW(deed->arena, struct row_label);
    if (!before || !deed->about.label)
        return;
    *label = *deed->about.label;
    label->route = before->route;
    label->certification = before->certification;
    label->facility = before->facility;
    label->edition = before->edition;
    deed->about.label = label;
}

static json_t *period_of(const struct deed *deed)
{
    char room[11];
    json_t *detail = json_new(deed->arena);
    json_put(detail, "expires", day_print(deed->verdict.outcome.life.expires, room));
    return detail;
}

/* 2.1.3-1: an issuance that was void shows as a revocation on this ground; of what a label was
 * given later, that which it had before holds again. */
struct fault *annul_act(struct deed *deed, const struct use *use)
{
    const struct life *life = &deed->verdict.outcome.life;
    bool ends = life->end == LIFE_REVOKED;
    int64_t level = deed->about.label ? deed->about.label->level : 0;
    json_t *detail = ends ? json_new(deed->arena) : period_of(deed);
    json_put(detail, "annulled", deed->facts.void_act);
    json_put(detail, "clause", str_of(use->clause));
    if (level != life->level && level) {
        json_put_int(detail, "from", level);
        json_put_int(detail, "level", life->level);
    }
    if (!ends)
        take_back(deed);
    TRY(label_put_life(deed));
    return label_note(deed, ends ? "revoked" : "annulled", deed->today, detail);
}

/* 6.6-1, 2.1.3-1: the gap stays in the history. A label whose last day has passed has lapsed, on
 * the day after it (4.6.1-1). */
struct fault *reinstate_label(struct deed *deed, const struct use *use)
{
    const struct life *life = &deed->verdict.outcome.life;
    json_t *detail = period_of(deed);
    json_put(detail, "clause", str_of(use->clause));
    TRY(label_put_life(deed));
    TRY(label_note(deed, "reinstated", deed->today, detail));
    if (life->end != LIFE_LAPSED)
        return NULL;
    return label_note(deed, "lapsed", life->ended, period_of(deed));
}
