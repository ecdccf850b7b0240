/* effects.c: what a step does, as rows: one small function for each effect of the rule book.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/act.h"
#include "desk/deed.h"

#include "base/banned.h"

static struct fault *give_number(struct deed *deed, const struct use *use)
{
    struct str number;
    TRY(deed_give_number(deed, use->arg.word, &number));
    if (str_is(str_of(use->arg.word), "registration-number"))
        deed->work.label = number;
    if (str_is(str_of(use->arg.word), "certification-number"))
        deed->certification = number;
    return NULL;
}

/* A dated thing that this case begins: a clearance of the actor on the case, for instance. */
static struct fault *begin_thing(struct deed *deed, const struct use *use)
{
    char room[11];
    struct row_thing thing = {.id = id_new(deed->arena),
                              .kind = str_of(use->arg.word),
                              .person = deed->who->person,
                              .case_id = deed->work.id,
                              .from_day = day_print(deed->today, room),
                              .seq = deed->seq};
    return put_thing(deed->desk->store, &thing);
}

static struct fault *end_thing(struct deed *deed, const struct use *use)
{
    char room[11];
    for (size_t i = 0; i < deed->standing.things_n; i++) {
        struct row_thing thing = *deed->standing.things[i];
        if (!str_is(thing.kind, use->arg.word) || !str_eq(thing.case_id, deed->work.id))
            continue;
        thing.to_day = day_print(day_plus(deed->today, -1), room);
        TRY(put_thing(deed->desk->store, &thing));
    }
    return NULL;
}

/* 2.2.2-1: what is due stays on the case, beside what the applicant filled in. */
static struct fault *note_fee(struct deed *deed, const struct use *use)
{
    (void)use;
    struct row_case_field due = {
        .case_id = deed->work.id,
        .field = STR("fee-due"),
        .value = str_print(deed->arena, "%lld", (long long)deed->verdict.outcome.fee_yen),
        .step = str_of(deed->step->name)};
    return put_case_field(deed->desk->store, &due);
}

/* Effects whose record is the entry and the timeline themselves. */
static struct fault *leave_to_journal(struct deed *deed, const struct use *use)
{
    (void)deed;
    (void)use;
    return NULL;
}

static const struct {
    const char *effect;
    struct fault *(*does)(struct deed *deed, const struct use *use);
} effects[] = {
    {"give-number", give_number},
    {"invoice-fee", note_fee},
    {"record-fee", leave_to_journal},
    {"draft-label", leave_to_journal},
    {"issue-label", issue_label},
    {"bind-sbom", bind_sbom},
    {"begin-facility", begin_facility_thing},
    {"begin-accreditation", begin_accreditation},
    {"end-approval", end_approval},
    {"end-facility", end_facility_thing},
    {"begin-nda", begin_nda},
    {"end-nda", end_nda},
    {"hold-lapse", hold_lapse},
    {"free-lapse", free_lapse},
    {"count-application", leave_to_journal}, /* the label is written with what holds or frees it */
    {"uncount-rejected", leave_to_journal},
    {"uncount-early", leave_to_journal},
    {"extend-at-most", extend_label},
    {"shorten-to-total", leave_to_journal},
    {"note-reminder", note_reminder},
    {"record-lapse", record_lapse},
    {"record-grace", record_grace},
    {"withdraw-label", withdraw_label},
    {"name-facility", name_facility},
    {"keep-version", keep_version},
    {"renew-label", renew_label},
    {"set-level", set_level},
    {"note-edition", note_edition},
    {"record-preview", record_preview},
    {"announce-edition", announce_edition},
    {"cancel-edition", cancel_edition},
    {"record-product-change", record_product_change},
    {"revoke-label", revoke_label},
    {"set-product-information", set_product_information},
    {"set-registrant", set_registrant},
    {"note-surveillance", note_surveillance},
    {"draw-sample", draw_sample},
    {"open-on-sample", open_on_sample},
    {"publish-draw", publish_draw},
    {"set-correction-due", set_correction_due},
    {"publish-answer", publish_answer},
    {"correct-label", correct_label},
    {"annul-act", annul_act},
    {"reinstate-label", reinstate_label},
    {"reopen-case", reopen_case},
    {"take-label", take_label},
    {"mark-advisory", mark_advisory},
    {"set-feed", set_feed},
    {"end-feed", end_feed},
    {"fix-items", fix_items},
    {"begin-rehearsal", begin_rehearsal},
    {"rehearse-next-items", put_part},
    {"take-next-items", put_part},
    {"record-rehearsal", record_rehearsal},
    {"re-page-label", re_page_label},
    {"publish-misuse", publish_misuse},
    {"note-mended", note_mended},
    {"name-claimed-label", name_claimed_label},
    {"publish-notice", publish_notice},
    {"end-notice", end_notice},
    {"note-parameter", note_parameter},
    {"set-parameter", set_parameter},
    {"renew-alarms", renew_alarms},
    {"begin", begin_thing},
    {"end", end_thing},
};

struct fault *deed_do_effects(struct deed *deed)
{
    const struct rulebook *book = deed->desk->book;
    for (size_t i = 0; i < deed->step->does.n; i++) {
        const struct use *use = &book->uses[deed->step->does.first + i];
        struct str name = str_of(book->effects[use->id].name);
        size_t e = 0;
        while (e < sizeof effects / sizeof *effects && !str_is(name, effects[e].effect))
            e++;
        if (e == sizeof effects / sizeof *effects)
            BUG("effect '%.*s' has no rows", STR_F(name));
        TRY(effects[e].does(deed, use));
    }
    return NULL;
}
