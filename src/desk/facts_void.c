/* facts_void.c: a decision that is named as void, or was appealed against: 2.1.3, 6.6.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It is named by its number in the journal. What the label was before it is read from the journal
 * too: every change of a label's row is an entry with an event. */
#include "base/json.h"
#include "desk/deed.h"
#include "rule/facts.h"
#include "store/journal_read.h"
#include "store/sql.gen.h"

#include "base/banned.h"

/* The effects of decisions that can be undone, and the events of the history that they leave. */
static const struct {
    const char *effect, *event;
} undone[] = {{"issue-label", "issued"},
              {"extend-at-most", "extended"},
              {"renew-label", "renewed"},
              {"set-level", "level-changed"},
              {"set-product-information", "information-changed"},
              {"set-registrant", "succeeded"},
              {"revoke-label", "revoked"}};

static const char *kind_of(const struct rulebook *book, const struct step_row *step)
{
    for (size_t i = 0; step && i < step->does.n; i++)
        for (size_t k = 0; k < sizeof undone / sizeof *undone; k++)
            if (str_is(str_of(undone[k].effect),
                       book->effects[book->uses[step->does.first + i].id].name))
                return undone[k].event;
    return "";
}

/* ---- whether it still holds */

/* That an event sets what the label's period or level is. */
static bool sets_period(struct arena *arena, const struct row_label_event *event)
{
    static const char *const kinds[] = {"issued",        "extended", "renewed",
                                        "level-changed", "annulled", "reinstated"};
    json_t *detail;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_is(event->kind, kinds[i]))
            return true;
    return str_is(event->kind, "corrected") && !json_read(arena, event->detail, &detail) &&
           json_get(detail, "expires").bytes;
}

/* That it decided on the label, or changed what is registered. */
static bool is_decision(const struct row_label_event *event)
{
    static const char *const kinds[] = {
        "extended",  "renewed",   "level-changed", "maintained", "information-changed",
        "succeeded", "corrected", "annulled",      "reinstated"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_is(event->kind, kinds[i]))
            return true;
    return false;
}

/* Any later decision rests on who is registrant, and on what the product is. */
static bool is_last_decision(const struct deed *deed, const struct row_label_event *events,
                             size_t n)
{
    struct str ended_as = deed->about.label->ended_as;
    bool there = false, built_on = false;
    for (size_t i = 0; i < n; i++) {
        there = there || events[i].seq == deed->void_act.entry;
        built_on = built_on || (events[i].seq > deed->void_act.entry && is_decision(&events[i]));
    }
    return there && !built_on && !str_is(ended_as, "revoked") && !str_is(ended_as, "withdrawn");
}

static bool is_latest(const struct deed *deed, const struct row_label_event *events, size_t n)
{
    const struct void_act *act = &deed->void_act;
    bool revokes = str_is(str_of(act->kind), "revoked");
    struct str ended_as = deed->about.label->ended_as;
    int64_t last = 0;
    if (str_is(str_of(act->kind), "issued"))
        return !str_is(ended_as, "revoked");
    if (str_is(str_of(act->kind), "succeeded") || str_is(str_of(act->kind), "information-changed"))
        return is_last_decision(deed, events, n);
    for (size_t i = 0; i < n; i++)
        if (revokes ? str_is(events[i].kind, "revoked") : sets_period(deed->arena, &events[i]))
            last = events[i].seq;
    bool holds = revokes ? str_is(ended_as, "revoked")
                         : !str_is(ended_as, "revoked") && !str_is(ended_as, "withdrawn");
    return holds && last == act->entry;
}

/* ---- what the label was */

static struct row_label *label_read(struct arena *arena, const json_t *row)
{
    struct row_label *label = NEW(arena, struct row_label);
    *label = (struct row_label){.number = json_get(row, "number"),
                                .party = json_get(row, "party"),
                                .level = json_get_int(row, "level", 0),
                                .route = json_get(row, "route"),
                                .certification = json_get(row, "certification"),
                                .facility = json_get(row, "facility"),
                                .edition = json_get(row, "edition"),
                                .expires = json_get(row, "expires"),
                                .term_start = json_get(row, "term_start"),
                                .extensions = json_get_int(row, "extensions", 0),
                                .ended = json_get(row, "ended"),
                                .ended_as = json_get(row, "ended_as")};
    return label;
}

/* As the entry left it; NULL where it did not write the label, or its payload was disposed of. */
static struct fault *label_after(struct deed *deed, int64_t seq, const struct row_label **out)
{
    struct journal_line line;
    json_t *payload, *effect;
    bool there;
    size_t i;
    *out = NULL;
    TRY(journal_read(deed->desk->store, deed->arena, seq, &line, &there));
    if (!there || !line.payload_there)
        return NULL;
    TRY(json_read(deed->arena, journal_payload_text(&line), &payload));
    json_array_foreach(json_object_get(payload, "effects"), i, effect)
    {
        const json_t *row = json_array_get(effect, 1);
        if (str_is(json_text(json_array_get(effect, 0)), "label") && json_array_size(effect) == 2 &&
            str_eq(json_get(row, "number"), deed->work.label))
            *out = label_read(deed->arena, row);
    }
    return NULL;
}

static struct fault *know_before(struct deed *deed, const struct row_label_event *events, size_t n)
{
    struct void_act *act = &deed->void_act;
    for (size_t i = n; i-- > 0 && !act->before;)
        if (events[i].seq < act->entry)
            TRY(label_after(deed, events[i].seq, &act->before));
    return NULL;
}

static struct fault *know(struct deed *deed, int64_t entry)
{
    struct store *store = deed->desk->store;
    struct row_case_step *taken;
    struct row_casework *work = NULL;
    struct row_label_event *events;
    size_t n;
    deed->void_act = (struct void_act){.entry = entry, .kind = ""};
    TRY(sql_case_step_by_seq(store, deed->arena, entry, &taken));
    if (taken)
        TRY(sql_case_by_id(store, deed->arena, taken->case_id, &work));
    if (!work || !str_is(taken->act, "step"))
        return NULL;
    TRY(took_no_part(deed, work->id, &deed->void_act.uninvolved));
    if (!deed->about.label || !str_eq(work->label, deed->work.label))
        return NULL;
    const struct procedure_row *procedure = procedure_by_name(deed->desk->book, work->procedure);
    deed->void_act.kind =
        kind_of(deed->desk->book,
                procedure ? step_by_name(deed->desk->book, procedure, taken->step) : NULL);
    TRY(sql_label_events(store, deed->arena, deed->work.label, &events, &n));
    deed->void_act.latest = *deed->void_act.kind && is_latest(deed, events, n);
    if (str_is(str_of(deed->void_act.kind), "issued"))
        return NULL;
    for (size_t i = 0; i < n; i++)
        if (events[i].seq == entry)
            deed->void_act.detail = events[i].detail;
    TRY(know_before(deed, events, n));
    if (!deed->void_act.before) /* nothing tells what would come back */
        deed->void_act.kind = "";
    return NULL;
}

static struct day day_read(struct str text)
{
    struct day day = {0};
    day_parse(text, &day);
    return day;
}

struct fault *deed_load_void_entry(struct deed *deed, int64_t entry)
{
    struct facts *facts = &deed->facts;
    const struct void_act *act = &deed->void_act;
    if (act->entry != entry)
        TRY(know(deed, entry));
    facts->void_act = str_of(act->kind);
    facts->void_act_latest = act->latest;
    facts->actor_not_involved = act->uninvolved;
    if (!act->before)
        return NULL;
    facts->void_before_expires = day_read(act->before->expires);
    facts->void_before_term = day_read(act->before->term_start);
    facts->void_before_level = act->before->level;
    facts->void_before_extensions = act->before->extensions;
    facts->void_before_ended = act->before->ended_as;
    facts->void_before_end = day_read(act->before->ended);
    return NULL;
}

struct fault *deed_load_void(struct deed *deed)
{
    int64_t entry = json_get_int(deed->filled, "void-entry", 0);
    str_int(setting_of(&deed->setting, "annulment-hearing-days"),
            &deed->facts.annulment_hearing_days);
    return entry > 0 ? deed_load_void_entry(deed, entry) : NULL;
}
