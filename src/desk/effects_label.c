/* effects_label.c: what the effects of steps do to the label of the case, and its history.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/deed.h"

#include "base/banned.h"

struct fault *label_put_life(struct deed *deed)
{
    static const char *const ends[] = {[LIFE_GOES_ON] = "",
                                       [LIFE_WITHDRAWN] = "withdrawn",
                                       [LIFE_REVOKED] = "revoked",
                                       [LIFE_LAPSED] = "lapsed"};
    const struct life *life = &deed->verdict.outcome.life;
    char expires[11], term_start[11], ended[11];
    if (!deed->about.label)
        return NULL; /* none before this step: issuing writes the whole row */
    struct row_label label = *deed->about.label;
    label.expires = day_print(life->expires, expires);
    label.term_start = day_print(life->term_start, term_start);
    label.level = life->level;
    label.extensions = life->extensions;
    if (!life->pending)
        label.pending = STR_NONE;
    else if (!label.pending.bytes)
        label.pending = deed->work.id;
    label.ended_as = str_of(ends[life->end]);
    label.ended = life->end == LIFE_GOES_ON ? STR_NONE : day_print(life->ended, ended);
    return put_label(deed->desk->store, &label);
}

struct fault *label_note(struct deed *deed, const char *kind, struct day day, const json_t *detail)
{
    char room[11];
    struct row_label_event event = {.label = deed->work.label,
                                    .seq = deed->seq,
                                    .day = day_print(day, room),
                                    .kind = str_of(kind),
                                    .case_id = deed->work.id,
                                    .detail =
                                        detail ? json_canonical(deed->arena, detail) : STR("{}")};
    deed->publishes = true;
    return put_label_event(deed->desk->store, &event);
}

static struct str field_text(const struct deed *deed, const char *field)
{
    return json_get(deed->filled, field);
}

static struct str field_tongue(const struct deed *deed, const char *field, const char *tongue)
{
    return json_get(json_object_get(deed->filled, field), tongue);
}

static struct fault *put_models(struct deed *deed, struct str label)
{
    size_t i;
    json_t *model;
    json_array_foreach(json_object_get(deed->filled, "models"), i, model)
    {
        struct row_label_model row = {
            .label = label, .position = (int64_t)i, .model = json_text(model)};
        TRY(put_label_model(deed->desk->store, &row));
    }
    return NULL;
}

/* 4.1.2-1, 4.3.1-1. The label is written from what the applicant filled in, under the number that
 * the step has just given. */
struct fault *issue_label(struct deed *deed, const struct use *use)
{
    (void)use;
    char issued[11], expires[11];
    struct row_casework *work = &deed->work;
    struct row_label label = {
        .number = work->label,
        .case_id = work->id,
        .party = work->party,
        .level = work->level,
        .route = str_of(deed->procedure->name),
        .certification = deed->certification,
        .facility = work->facility,
        .edition = work->edition,
        .product_ja = field_tongue(deed, "product", "ja"),
        .product_en = field_tongue(deed, "product", "en"),
        .category = field_text(deed, "category"),
        .firmware = field_text(deed, "firmware"),
        .issued = day_print(deed->today, issued),
        .expires = day_print(deed->verdict.outcome.expires, expires),
        .support_end = field_text(deed, "support-end"),
        .contact_ja = field_tongue(deed, "user-contact", "ja"),
        .contact_en = field_tongue(deed, "user-contact", "en"),
        .contact_mail = field_text(deed, "user-mail"),
        .contact_phone = field_text(deed, "user-phone"),
        .security_mail = field_text(deed, "security-mail"),
        .policy_url = field_text(deed, "policy-url"),
        .product_url = field_text(deed, "product-url"),
    };
    label.term_start = label.issued;
    json_t *detail = json_new(deed->arena);
    json_put(detail, "expires", label.expires);
    json_put_int(detail, "level", label.level);
    TRY(put_label(deed->desk->store, &label));
    TRY(put_models(deed, label.number));
    return label_note(deed, "issued", deed->today, detail);
}

/* 4.3: from now on an admissible extension is under examination. */
struct fault *hold_lapse(struct deed *deed, const struct use *use)
{
    (void)use;
    TRY(label_put_life(deed));
    return label_note(deed, "extension-filed", deed->today, NULL);
}

struct fault *free_lapse(struct deed *deed, const struct use *use)
{
    (void)use;
    TRY(label_put_life(deed));
    return label_note(deed,
                      deed->verdict.to == STATE_APPLICATION_WITHDRAWN ? "extension-withdrawn"
                                                                      : "extension-refused",
                      deed->today, NULL);
}

static json_t *expiry_detail(const struct deed *deed)
{
    char room[11];
    json_t *detail = json_new(deed->arena);
    json_put(detail, "expires", day_print(deed->verdict.outcome.life.expires, room));
    return detail;
}

/* 4.3.3-1, 4.3.5-1 */
struct fault *extend_label(struct deed *deed, const struct use *use)
{
    (void)use;
    TRY(label_put_life(deed));
    return label_note(deed, "extended", deed->today, expiry_detail(deed));
}

/* 4.6.1-1: as of the day after the last, whenever the clock comes to it. */
struct fault *record_lapse(struct deed *deed, const struct use *use)
{
    (void)use;
    TRY(label_put_life(deed));
    return label_note(deed, "lapsed", deed->verdict.outcome.life.ended, expiry_detail(deed));
}

struct fault *record_grace(struct deed *deed, const struct use *use)
{
    (void)use;
    return label_note(deed, "grace", day_plus(deed->verdict.outcome.life.expires, 1),
                      expiry_detail(deed));
}

/* 4.6.2-1 */
struct fault *withdraw_label(struct deed *deed, const struct use *use)
{
    (void)use;
    TRY(label_put_life(deed));
    return label_note(deed, "withdrawn", deed->verdict.outcome.life.ended, NULL);
}

/* Which reminder was sent last stays on the case: the next is a later one. */
struct fault *note_reminder(struct deed *deed, const struct use *use)
{
    (void)use;
    char room[11];
    json_put(deed->filled, "reminded", day_print(deed->today, room));
    json_t *day = json_object_get(deed->filled, "reminded");
    struct row_case_field row = {.case_id = deed->work.id,
                                 .field = STR("reminded"),
                                 .value = json_canonical(deed->arena, day),
                                 .step = str_of(deed->step->name)};
    return put_case_field(deed->desk->store, &row);
}
