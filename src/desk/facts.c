/* facts.c: what the judge may know: read from the store, then from what is filled in.
 * SPDX-License-Identifier: Apache-2.0 */
#include "rule/facts.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "desk/deed.h"
#include "desk/given.h"
#include "desk/mass.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { FACTS_BYTES_MAX = 16 << 20 };

static struct words words_new(struct arena *arena, size_t most, struct str **room)
{
    *room = NEW_ARRAY(arena, most + 1, struct str);
    return (struct words){.at = *room};
}

/* ---- the actor */

/* 3.1-1: "receipt", or "receipt:1-2" where the qualification names levels. */
static struct words competence(const struct deed *deed)
{
    struct str *room;
    struct words words = words_new(deed->arena, deed->standing.things_n, &room);
    for (size_t i = 0; i < deed->standing.things_n; i++) {
        const struct row_thing *thing = deed->standing.things[i];
        if (!str_is(thing->kind, "qualification"))
            continue;
        room[words.n++] = thing->detail.bytes ? str_print(deed->arena, "%.*s:%.*s",
                                                          STR_F(thing->word), STR_F(thing->detail))
                                              : thing->word;
    }
    return words;
}

/* Who came with it, by a link or under an account; nobody else takes up what is somebody's own. */
static bool is_own(const struct deed *deed)
{
    const struct row_casework *work = &deed->work;
    struct str person = deed->who->person;
    if (!person.bytes)
        return deed->who->guest.bytes && str_eq(deed->who->guest, work->id);
    return str_eq(person, work->opened_by) || standing_acts_for(&deed->standing, work->party);
}

/* In which of the parties' roles on this case the actor may act; and as whoever brought it. */
static struct words parties_of_actor(const struct deed *deed)
{
    const struct rulebook *book = deed->desk->book;
    struct str *room;
    struct words words = words_new(deed->arena, book->roles_n, &room);
    for (size_t i = 1; i < book->roles_n; i++)
        if (book->roles[i].sort == ROLE_SORT_PARTY &&
            standing_acts_for(&deed->standing, party_of_role(book, &deed->work, (int)i)))
            room[words.n++] = str_of(book->roles[i].name);
        else if (book->roles[i].sort == ROLE_SORT_OUTSIDE && is_own(deed))
            room[words.n++] = str_of(book->roles[i].name);
    return words;
}

static void load_actor(struct deed *deed)
{
    const struct standing *standing = &deed->standing;
    struct facts *facts = &deed->facts;
    facts->actor_ethics = standing_thing(standing, "ethics", STR_NONE) != NULL;
    /* a case that a step opened is of the same matter: what was declared on the one holds there */
    struct str party = deed->work.party, parent = deed->work.parent;
    if (!party.bytes) /* nobody applied; what the case is about has a registrant all the same */
        party = deed->work.registrant;
    facts->actor_unbarred = !standing_barred(standing, deed->work.id, party) &&
                            !(parent.bytes && standing_barred(standing, parent, party));
    facts->actor_cleared = standing_cleared(standing, deed->work.id) ||
                           (parent.bytes && standing_cleared(standing, parent));
    if (deed->who->mass) { /* declared, or barred, on the mass action: on its items too */
        facts->actor_cleared |= deed->who->mass->cleared;
        facts->actor_unbarred &= !deed->who->mass->barred;
    }
    facts->actor_competence = competence(deed);
    facts->actor_steps = deed_steps_of_actor(deed);
    facts->actor_parties = parties_of_actor(deed);
}

/* ---- the case and what it is about */

static bool is_answered(const json_t *lines, struct str criterion)
{
    for (size_t i = 0; i < json_array_size(lines); i++) {
        const json_t *line = json_array_get(lines, i);
        if (str_eq(json_get(line, "id"), criterion))
            return json_get(line, "result").bytes > 0;
    }
    return false;
}

/* To the judge a day that is not known refuses; an edition without an end takes applications on. */
static const struct str open_end = {"2999-12-31", 10};

static struct fault *know_criteria(struct deed *deed)
{
    struct sql_criteria_ids_row *rows;
    struct str *room;
    size_t n;
    TRY(sql_criteria_ids(deed->desk->store, deed->arena, deed->work.edition, &rows, &n));
    deed->about.criteria = words_new(deed->arena, n, &room);
    for (size_t i = 0; i < n; i++)
        room[deed->about.criteria.n++] = rows[i].id;
    return NULL;
}

/* 2.2.2-1: the tariff of the day on which the application was received decides. */
static struct day tariff_day(const struct deed *deed)
{
    struct day received = deed->today;
    for (size_t i = 0; i < deed->steps_n; i++)
        if (str_is(deed->steps[i].from_state, "start") && !str_is(deed->steps[i].to_state, "start"))
            received = day_of_instant(deed->steps[i].at);
    return received;
}

static struct fault *know(struct deed *deed)
{
    struct store *store = deed->desk->store;
    struct row_criteria_edition *edition;
    struct row_tariff *tariff;
    struct row_party *party;
    struct row_label *label;
    char room[11];
    if (deed->about.known)
        return NULL;
    TRY(sql_criteria_edition_by_id(store, deed->arena, deed->work.edition, &edition));
    TRY(sql_tariff_as_of(store, deed->arena, deed->work.procedure, deed->work.level,
                         day_print(tariff_day(deed), room), &tariff));
    TRY(sql_party_by_id(store, deed->arena, deed->work.party, &party));
    TRY(sql_label_by_number(store, deed->arena, deed->work.label, &label));
    deed->about = (struct about){
        .known = true, .edition = edition, .tariff = tariff, .party = party, .label = label};
    TRY(deed_know_facility(deed));
    TRY(deed_know_label(deed));
    return know_criteria(deed);
}

static void load_about(struct deed *deed)
{
    const struct about *about = &deed->about;
    struct facts *facts = &deed->facts;
    const json_t *lines = json_object_get(deed->filled, "checklist");
    if (about->edition) {
        struct str ends = about->edition->acceptance_ends;
        day_parse(about->edition->starts, &facts->edition_starts);
        day_parse(ends.bytes ? ends : open_end, &facts->acceptance_ends);
    }
    facts->criteria_lines = (int64_t)about->criteria.n;
    for (size_t i = 0; i < about->criteria.n; i++)
        facts->lines_unanswered += !is_answered(lines, about->criteria.at[i]);
    if (about->tariff)
        facts->fee_due = about->tariff->yen;
    facts->fee_unset = !about->tariff;
    facts->fee_waiver = str_is(setting_of(&deed->setting, "fee-waiver"), "yes");
    facts->party_outside = about->party && !about->party->body_itself;
}

/* ---- fields: every scalar field of a form is a fact */

static void set_fact(const struct deed *deed, const struct fact_row *fact, const json_t *value,
                     void *member)
{
    size_t i;
    json_t *one;
    struct str *room;
    switch (fact->kind) {
    case FACT_KIND_FLAG:
        *(bool *)member = json_is_true(value);
        break;
    case FACT_KIND_NUMBER:
    case FACT_KIND_INSTANT:
        *(int64_t *)member = json_integer_value(value);
        break;
    case FACT_KIND_DAY:
        day_parse(json_text(value), member);
        break;
    case FACT_KIND_WORD:
        *(struct str *)member = json_text(value);
        break;
    case FACT_KIND_SPAN:
        span_parse(json_text(value), member);
        break;
    case FACT_KIND_WORDS:
        *(struct words *)member = words_new(deed->arena, json_array_size(value), &room);
        json_array_foreach((json_t *)value, i, one) room[((struct words *)member)->n++] =
            json_text(one);
        break;
    }
}

static void load_fields(struct deed *deed)
{
    const struct rulebook *book = deed->desk->book;
    const char *name;
    json_t *value;
    json_object_foreach(deed->filled, name, value)
    {
        int field = field_by_name(book, str_of(name));
        if (!field || !book->fields[field].fact)
            continue;
        const struct fact_row *fact = &book->facts[book->fields[field].fact];
        set_fact(deed, fact, value, (char *)&deed->facts + fact->offset);
    }
}

struct fault *deed_facts_of_step(struct deed *deed)
{
    deed->facts.actor_appointed = deed->appointment != NULL;
    return deed_load_given(deed);
}

struct fault *deed_load_facts(struct deed *deed)
{
    deed->facts = (struct facts){0};
    deed->facts.today = deed->today;
    deed->facts.now = deed->moment;
    deed->facts.first_day_counts = str_is(setting_of(&deed->setting, "first-day-counts"), "yes");
    deed->facts.case_level = deed->work.level;
    deed->facts.case_entry = deed->work.entry;
    TRY(deed_know_matter(deed));
    load_actor(deed);
    TRY(know(deed));
    load_about(deed);
    deed_load_label(deed);
    deed_load_facility(deed);
    deed_load_certified(deed);
    TRY(deed_load_submitters(deed));
    TRY(deed_load_comparison(deed));
    load_fields(deed);
    TRY(deed_load_edition(deed));
    TRY(deed_load_changes(deed));
    TRY(deed_load_vulnerability(deed));
    TRY(deed_load_watch(deed));
    TRY(deed_load_inquiry(deed));
    TRY(deed_load_void(deed));
    TRY(deed_load_appeal(deed));
    deed_load_hearing(deed);
    TRY(deed_load_mass(deed));
    TRY(deed_load_misuse(deed));
    TRY(deed_load_security(deed));
    TRY(deed_load_parameter(deed));
    return deed_facts_of_step(deed);
}

/* ---- for the journal */

static void add_words(struct buf *out, const struct words *words)
{
    buf_add_char(out, '[');
    for (size_t i = 0; i < words->n; i++) {
        if (i)
            buf_add_char(out, ',');
        json_add_string(out, words->at[i]);
    }
    buf_add_char(out, ']');
}

static void add_fact(struct buf *out, const struct fact_row *fact, const void *member)
{
    char room[11];
    const struct day *day = member;
    const struct span *span = member;
    switch (fact->kind) {
    case FACT_KIND_FLAG:
        buf_add_z(out, "true");
        break;
    case FACT_KIND_NUMBER:
    case FACT_KIND_INSTANT:
        buf_add_int(out, *(const int64_t *)member);
        break;
    case FACT_KIND_DAY:
        json_add_string(out, day_print(*day, room));
        break;
    case FACT_KIND_WORD:
        json_add_string(out, *(const struct str *)member);
        break;
    case FACT_KIND_SPAN:
        buf_printf(out, "\"%d%c\"", span->n, span->unit);
        break;
    case FACT_KIND_WORDS:
        add_words(out, member);
        break;
    }
}

/* What is nothing, none or no is not written: a fact that does not stand there has no value. */
static bool has_value(const struct fact_row *fact, const void *member)
{
    switch (fact->kind) {
    case FACT_KIND_FLAG:
        return *(const bool *)member;
    case FACT_KIND_NUMBER:
    case FACT_KIND_INSTANT:
        return *(const int64_t *)member;
    case FACT_KIND_DAY:
        return ((const struct day *)member)->n > 0;
    case FACT_KIND_WORD:
        return ((const struct str *)member)->bytes;
    case FACT_KIND_SPAN:
        return ((const struct span *)member)->unit;
    case FACT_KIND_WORDS:
        return ((const struct words *)member)->n;
    }
    return false;
}

static int name_order(const void *a, const void *b)
{
    const struct fact_row *const *one = a, *const *other = b;
    return strcmp((*one)->name, (*other)->name);
}

/* By name, as the canonical form wants them: names are ASCII. Sorted once in a transaction. */
static const struct fact_row **facts_in_order(const struct deed *deed)
{
    const struct rulebook *book = deed->desk->book;
    struct kept *kept = deed->desk->kept;
    if (kept && kept->facts)
        return kept->facts;
    const struct fact_row **rows = NEW_ARRAY(kept ? kept->arena : deed->arena, book->facts_n,
                                             const struct fact_row *);
    for (size_t i = 1; i < book->facts_n; i++)
        rows[i - 1] = &book->facts[i];
    qsort(rows, book->facts_n - 1, sizeof *rows, name_order);
    if (kept)
        kept->facts = rows;
    return rows;
}

struct str facts_canonical(const struct deed *deed)
{
    const struct fact_row **rows = facts_in_order(deed);
    struct buf out = buf_new(deed->arena, FACTS_BYTES_MAX);
    const char *before = "{\"";
    for (size_t i = 0; i + 1 < deed->desk->book->facts_n; i++) {
        const void *member = (const char *)&deed->facts + rows[i]->offset;
        if (!has_value(rows[i], member))
            continue;
        buf_add_z(&out, before);
        buf_add_z(&out, rows[i]->name);
        buf_add_z(&out, "\":");
        add_fact(&out, rows[i], member);
        before = ",\"";
    }
    buf_add_z(&out, out.bytes ? "}" : "{}");
    return buf_str(&out);
}
