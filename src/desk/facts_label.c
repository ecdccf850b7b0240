/* facts_label.c: the label of the case, as the judge may know it.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/deed.h"
#include "rule/facts.h"
#include "rule/hint.h"
#include "store/sql.gen.h"

#include "base/banned.h"

static struct day day_read(struct str text)
{
    struct day day = {0};
    day_parse(text, &day);
    return day;
}

static enum life_end end_read(struct str word)
{
    return str_is(word, "withdrawn") ? LIFE_WITHDRAWN
           : str_is(word, "revoked") ? LIFE_REVOKED
           : str_is(word, "lapsed")  ? LIFE_LAPSED
                                     : LIFE_GOES_ON;
}

struct life life_of_row(const struct row_label *label)
{
    return (struct life){.issued = day_read(label->issued),
                         .expires = day_read(label->expires),
                         .term_start = day_read(label->term_start),
                         .level = label->level,
                         .extensions = label->extensions,
                         .pending = label->pending.bytes > 0,
                         .end = end_read(label->ended_as),
                         .ended = day_read(label->ended)};
}

/* A flag that a parameter sets. */
static bool flag_of(const struct setting *setting, const char *parameter)
{
    return str_is(setting_of(setting, parameter), "yes");
}

/* 5-2; to the judge a day that is not known refuses: an edition without an end is extended on. */
static struct day extension_ends(const struct row_criteria_edition *edition)
{
    struct day open_end = day_of(2999, 12, 31), day = open_end;
    return !edition ? (struct day){0} : day_parse(edition->extension_ends, &day) ? day : open_end;
}

/* 4.3.2-1: from the day of issuance, unless the parameter sets a window before the last day. */
static struct day extension_opens(const struct setting *setting, const struct life *life)
{
    int64_t days = 0;
    str_int(setting_of(setting, "extension-window"), &days);
    struct day opens = day_plus(life->expires, (int)-days);
    return days > 0 && life->issued.n < opens.n ? opens : life->issued;
}

void label_know(const struct row_label *label, const struct row_criteria_edition *edition,
                const struct setting *setting, struct facts *facts)
{
    facts->label_category = label->category;
    struct life life = life_of_row(label);
    int64_t advised = 0;
    facts->route = label->route;
    span_parse(setting_of(setting, "grace-longest"), &facts->grace_longest);
    life_know(&life, facts);
    facts->extension_ends = extension_ends(edition);
    facts->extension_opens = extension_opens(setting, &life);
    str_int(setting_of(setting, "extension-advised"), &advised);
    facts->extension_advised = day_plus(life.expires, (int)-advised);
    facts->pending_spared = flag_of(setting, "criteria-change-spares-pending");
    facts->rejected_extension_counts = flag_of(setting, "rejected-extension-counts");
    facts->early_withdrawal_counts = flag_of(setting, "early-withdrawal-counts");
    facts->withdrawal_while_pending = flag_of(setting, "withdrawal-while-pending");
    facts->recertification_when_used_up = flag_of(setting, "recertification-when-used-up");
    facts->recertification_begins = setting_of(setting, "recertification-begins");
    if (life_state_on(&life, facts->today) == LIFE_STATE_VALID)
        facts->in_force_day = facts->today;
}

/* 4.6.3-1: where the registrant reads the case, what it is not to learn of is not there; nor for
 * anybody who is not of the body, whatever case of theirs asks. */
static bool is_hidden(const struct deed *deed, const struct row_casework *other)
{
    const struct rulebook *book = deed->desk->book;
    const struct procedure_row *procedure = procedure_by_name(book, other->procedure);
    bool of_body =
        deed->standing.machine || standing_thing(&deed->standing, "appointment", STR_NONE);
    return procedure && is_confidential(book, procedure) &&
           (!of_body || !is_confidential(book, deed->procedure));
}

static bool has_id(const struct rulebook *book, struct range range, int id)
{
    for (size_t i = 0; i < range.n; i++)
        if (book->ids[range.first + i] == id)
            return true;
    return false;
}

static bool revokes(const struct rulebook *book, const struct step_row *step)
{
    for (size_t i = 0; i < step->does.n; i++)
        if (book->uses[step->does.first + i].id == EFFECT_REVOKE_LABEL)
            return true;
    return false;
}

/* 4.6.2-1: a correction was required, or nothing but a decision is left before the revocation. */
static bool may_be_revoked(const struct rulebook *book, const struct row_casework *work, int state)
{
    const struct procedure_row *procedure = procedure_by_name(book, work->procedure);
    if (!procedure || procedure == &book->procedures[PROCEDURE_REVOCATION])
        return procedure;
    for (size_t i = 0; i < procedure->steps.n; i++) {
        const struct step_row *step = &book->steps[procedure->steps.first + i];
        if (revokes(book, step) && has_id(book, step->from, state))
            return true;
    }
    return false;
}

struct fault *deed_know_label(struct deed *deed)
{
    const struct rulebook *book = deed->desk->book;
    struct row_casework *rows;
    size_t n;
    if (!deed->work.label.bytes)
        return NULL;
    TRY(sql_cases_of_label(deed->desk->store, deed->arena, deed->work.label, &rows, &n));
    struct str *open = NEW_ARRAY(deed->arena, n + 1, struct str);
    deed->about.open_on_label = (struct words){.at = open};
    for (size_t i = 0; i < n; i++) {
        int state = state_by_name(book, rows[i].state);
        if (state == STATE_START || book->states[state].final ||
            str_eq(rows[i].id, deed->work.id) || is_hidden(deed, &rows[i]))
            continue;
        open[deed->about.open_on_label.n++] = rows[i].procedure;
        deed->about.revocation_pending =
            deed->about.revocation_pending || may_be_revoked(book, &rows[i], state);
    }
    return NULL;
}

static void sooner(struct day day, struct day after, struct day *next)
{
    if (day.n > after.n && (!day_known(*next) || day.n < next->n))
        *next = day;
}

struct day day_before_last(struct str days, struct day last, struct day after)
{
    struct day next = {0};
    int64_t n;
    while (day_known(last) && days.bytes)
        if (str_int(str_trim(str_cut(days, ',', &days)), &n))
            sooner(day_plus(last, (int)-n), after, &next);
    return next;
}

/* 4.3: the next day after the last reminder that is due for any of the reasons: the end comes
 * near; the time for an extension has come; none is left, and to be certified again takes longer.
 * While an extension is pending there is nothing to remind of. */
static struct day reminder_day(const struct deed *deed, const struct life *life)
{
    struct facts asked = deed->facts;
    struct day last, next = {0};
    if (life->end != LIFE_GOES_ON || life->pending)
        return next;
    if (!day_parse(json_get(deed->filled, "reminded"), &last))
        last = day_of_instant(deed->work.opened);
    next = day_before_last(setting_of(&deed->setting, "reminder-days"), life->expires, last);
    asked.extension_opens = asked.today; /* a window that is shut says nothing of what is left */
    enum hint_kind hint = hint_of(deed->desk->book, &asked).kind;
    if (hint == HINT_RECERTIFY) {
        struct str days = setting_of(&deed->setting, "recertification-reminder-days");
        struct day earlier = day_before_last(days, life->expires, last);
        if (day_known(earlier))
            sooner(earlier, last, &next);
    } else if (hint != HINT_ANEW) {
        struct day opens = deed->facts.extension_opens, advised = deed->facts.extension_advised;
        sooner(opens.n > advised.n ? opens : advised, last, &next);
    }
    return next;
}

void deed_load_label(struct deed *deed)
{
    const struct row_label *label = deed->about.label;
    struct facts *facts = &deed->facts;
    facts->route = deed->work.procedure;
    span_parse(setting_of(&deed->setting, "grace-longest"), &facts->grace_longest);
    if (!label)
        return;
    struct life life = life_of_row(label);
    label_know(label, deed->about.edition, &deed->setting, facts);
    facts->open_on_label = deed->about.open_on_label;
    facts->no_revocation_pending = !deed->about.revocation_pending;
    facts->reminder_day = reminder_day(deed, &life);
}
