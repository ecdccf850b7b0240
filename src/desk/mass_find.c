/* mass_find.c: what the search of a mass action finds: the items, their registrants, what it would
 * send, and the digest that the approvals rest on.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "desk/deed.h"
#include "desk/letters.h"
#include "desk/mass.h"
#include "rule/life.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum {
    PAGE_LABELS = 2000,
    PAGE_BYTES_MAX = 32 << 20,
    WORDS_BYTES_MAX = 260,
    SAID_BYTES_MAX = 1 << 20
};
static const size_t finding_bytes_max = (size_t)1 << 29;

static const struct mass_way ways[] = {
    {"notify", "mass-item", "notify-in-mass", ROLE_MASS_RUN, true, true},
    {"notify-and-re-page", "mass-item", "notify-and-re-page", ROLE_MASS_RUN, true, true},
    {"re-page", "mass-item", "re-page-in-mass", ROLE_MASS_RUN, false, false},
    {"correct", "correction", "correct-in-mass", ROLE_MASS_RUN, false, true},
    {"approve-revocation", "revocation", "approve-revocation", ROLE_TECHNICAL_MANAGER, false, true},
    {"revoke", "revocation", "revoke", ROLE_MANAGING_DIRECTOR, false, true},
};

const struct mass_way *mass_way_of(struct str kind)
{
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (str_is(kind, ways[i].kind))
            return &ways[i];
    return NULL;
}

/* ---- what is asked */

/* A LIKE pattern; wild cards that were typed are taken as blanks. */
static struct str pattern_of(struct arena *arena, struct str words)
{
    char *at = arena_alloc(arena, words.bytes + 2);
    if (!words.bytes || words.bytes > WORDS_BYTES_MAX * 4)
        return STR_NONE;
    at[0] = at[words.bytes + 1] = '%';
    for (size_t i = 0; i < words.bytes; i++)
        at[i + 1] =
            words.at[i] == '%' || words.at[i] == '_' || words.at[i] == '\\' ? ' ' : words.at[i];
    return (struct str){at, words.bytes + 2};
}

/* By corporate number, or by id. */
static struct fault *find_party(struct desk *desk, struct arena *arena, struct str named,
                                struct str *out, bool *nobody)
{
    struct row_party *party;
    if (!named.bytes)
        return NULL;
    TRY(sql_party_by_corporate_number(desk->store, arena, named, &party));
    if (!party)
        TRY(sql_party_by_id(desk->store, arena, named, &party));
    *nobody |= !party;
    *out = party ? party->id : named;
    return NULL;
}

/* Every field of the action, for they are what its items are told or corrected to; reasons only of
 * a step of a revocation, as whoever returns the action gives reasons too. */
static struct str filled_of(const struct rulebook *book, struct arena *arena, const json_t *filled,
                            const struct mass_way *way)
{
    struct range fields = book->forms[FORM_MASS_ACTION].fields;
    json_t *out = json_new(arena);
    for (size_t i = 0; i < fields.n; i++) {
        const char *name = book->fields[book->form_fields[fields.first + i].field].name;
        json_t *value = json_object_get(filled, name);
        bool own = !str_is(str_of(name), "reasons") || (way && way->by != ROLE_MASS_RUN);
        if (value && own)
            json_put_json(out, name, value);
    }
    return json_canonical(arena, out);
}

/* With the words of the notices around it, as they would go out today. */
static struct str said_of(const struct rulebook *book, struct arena *arena, const json_t *filled,
                          const struct mass_way *way)
{
    struct buf out = buf_new(arena, SAID_BYTES_MAX);
    buf_add(&out, filled_of(book, arena, filled, way));
    if (!way)
        return buf_str(&out);
    const struct step_row *step = step_by_name(
        book, procedure_by_name(book, str_of(way->procedure)), str_of(way->step));
    for (size_t i = 0; i < step->tells.n; i++) {
        const struct tell_row *tell = &book->tells[step->tells.first + i];
        struct wording wording = wording_of(book, &book->notices[tell->notice]);
        for (size_t k = 0; k < wording.texts_n; k++)
            buf_printf(&out, "\n%s\n%s", wording.texts[k].ja, wording.texts[k].en);
    }
    return buf_str(&out);
}

struct fault *mass_terms_of(struct desk *desk, struct arena *arena, const json_t *filled,
                            struct day as_of, struct mass_terms *out)
{
    *out = (struct mass_terms){.kind = json_get(filled, "mass-kind"),
                               .words = pattern_of(arena, json_get(filled, "find-text")),
                               .category = json_get(filled, "find-category"),
                               .edition = json_get(filled, "find-edition"),
                               .status = json_get(filled, "find-status"),
                               .from_day = json_get(filled, "find-expires-from"),
                               .to_day = json_get(filled, "find-expires-to"),
                               .level = json_get_int(filled, "find-level", 0),
                               .as_of = as_of};
    out->said = said_of(desk->book, arena, filled, mass_way_of(out->kind));
    TRY(find_party(desk, arena, json_get(filled, "find-maker"), &out->party, &out->nobody));
    return find_party(desk, arena, json_get(filled, "find-facility"), &out->facility, &out->nobody);
}

/* ---- the walk */

struct finding {
    struct desk *desk;
    const struct mass_terms *terms;
    const struct mass_way *way;
    const struct step_row *step; /* of the case that an item must have; NULL: none */
    struct arena *arena;         /* of what is gathered, then copied */
    struct mass_item *items;
    struct str *ends; /* a decision that ended the label: of the digest */
    size_t n, room;
};

static struct day day_read(struct str text)
{
    struct day day = {0};
    day_parse(text, &day);
    return day;
}

static enum life_state state_on(const struct sql_labels_found_row *row, struct day day)
{
    struct life life = {.issued = day_read(row->issued),
                        .expires = day_read(row->expires),
                        .pending = row->pending.bytes > 0,
                        .ended = day_read(row->ended)};
    life.end = str_is(row->ended_as, "withdrawn") ? LIFE_WITHDRAWN
               : str_is(row->ended_as, "revoked") ? LIFE_REVOKED
               : str_is(row->ended_as, "lapsed")  ? LIFE_LAPSED
                                                  : LIFE_GOES_ON;
    return life_state_on(&life, day);
}

static bool leaves(const struct rulebook *book, const struct step_row *step, int state)
{
    for (size_t i = 0; i < step->from.n; i++)
        if (book->ids[step->from.first + i] == state)
            return true;
    return false;
}

/* The label's open case that waits for the step; *id stays empty where there is none. */
static struct fault *find_case(struct finding *finding, struct arena *page, struct str number,
                               struct str *id, struct str *state)
{
    const struct rulebook *book = finding->desk->book;
    struct row_casework *rows;
    size_t n;
    TRY(sql_cases_of_label(finding->desk->store, page, number, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (str_is(rows[i].procedure, finding->way->procedure) &&
            leaves(book, finding->step, state_by_name(book, rows[i].state))) {
            *id = str_copy(finding->arena, rows[i].id);
            *state = str_copy(finding->arena, rows[i].state);
        }
    return NULL;
}

static void grow(struct finding *finding)
{
    size_t room = finding->room ? finding->room * 2 : 1024;
    struct mass_item *items = NEW_ARRAY(finding->arena, room, struct mass_item);
    struct str *ends = NEW_ARRAY(finding->arena, room, struct str);
    for (size_t i = 0; i < finding->n; i++) {
        items[i] = finding->items[i];
        ends[i] = finding->ends[i];
    }
    finding->items = items;
    finding->ends = ends;
    finding->room = room;
}

static struct fault *take_row(struct finding *finding, struct arena *page,
                              const struct sql_labels_found_row *row)
{
    const struct mass_terms *terms = finding->terms;
    enum life_state state = state_on(row, terms->as_of);
    struct str case_id = STR_NONE, case_state = STR_NONE;
    const char *status = life_state_word(state);
    if (state == LIFE_NONE || (terms->status.bytes && !str_is(terms->status, status)))
        return NULL;
    if (finding->step)
        TRY(find_case(finding, page, row->number, &case_id, &case_state));
    if (finding->step && !case_id.bytes)
        return NULL;
    if (finding->n == finding->room)
        grow(finding);
    bool decided = str_is(row->ended_as, "withdrawn") || str_is(row->ended_as, "revoked");
    finding->ends[finding->n] = decided ? str_copy(finding->arena, row->ended) : STR_NONE;
    finding->items[finding->n++] =
        (struct mass_item){.number = str_copy(finding->arena, row->number),
                           .party = str_copy(finding->arena, row->party),
                           .case_id = case_id,
                           .state = case_state,
                           .status = status,
                           .level = row->level,
                           .models = row->models};
    return NULL;
}

static struct fault *walk(struct finding *finding, struct arena *page, struct arena *arena)
{
    const struct mass_terms *terms = finding->terms;
    struct buf after = buf_new(arena, 100);
    struct fault *fault = NULL;
    for (size_t n = PAGE_LABELS; n == PAGE_LABELS && !fault;) {
        struct sql_labels_found_row *rows = NULL;
        arena_reset(page);
        fault =
            sql_labels_found(finding->desk->store, page, buf_str(&after), terms->party,
                             terms->level, terms->category, terms->edition, terms->facility,
                             terms->from_day, terms->to_day, terms->words, PAGE_LABELS, &rows, &n);
        for (size_t i = 0; i < n && !fault; i++)
            fault = take_row(finding, page, &rows[i]);
        after.bytes = 0;
        if (!fault && n)
            buf_add(&after, rows[n - 1].number);
    }
    return fault;
}

/* ---- what was found */

static int item_order(const void *a, const void *b)
{
    const struct mass_item *one = a, *other = b;
    int order = str_order(one->party, other->party);
    return order ? order : str_order(one->number, other->number);
}

/* What an approval rests on: what is said, and the items in the order of the walk, which is that of
 * their numbers. */
static struct hash digest_of(struct arena *arena, const struct finding *finding)
{
    struct hasher *hasher = hasher_new(arena);
    struct buf line = buf_new(arena, 400);
    hasher_start(hasher);
    hasher_add(hasher, finding->terms->said.at, finding->terms->said.bytes);
    for (size_t i = 0; i < finding->n; i++) {
        const struct mass_item *item = &finding->items[i];
        line.bytes = 0;
        buf_printf(&line, "%.*s %.*s %lld %s %.*s %.*s %.*s\n", STR_F(item->number),
                   STR_F(item->party), (long long)item->models, item->status,
                   STR_F(finding->ends[i]), STR_F(item->case_id), STR_F(item->state));
        hasher_add(hasher, buf_str(&line).at, buf_str(&line).bytes);
    }
    return hasher_end(hasher);
}

static struct fault *count_mails(struct desk *desk, struct arena *page, struct str party,
                                 struct day day, int64_t *out)
{
    char room[11];
    struct row_person *persons;
    size_t n;
    TRY(sql_persons_of_party(desk->store, page, party, day_print(day, room), &persons, &n));
    for (size_t i = 0; i < n; i++)
        *out += persons[i].mail.bytes > 0;
    return NULL;
}

/* Those of one registrant stand together. */
static struct fault *take_maker(struct finding *finding, struct arena *page, struct arena *arena,
                                struct mass_item *items, size_t n, struct mass_found *out)
{
    struct row_party *party;
    struct mass_maker *maker = &out->makers[out->makers_n++];
    arena_reset(page);
    *maker = (struct mass_maker){.party = items->party, .items = (int64_t)n};
    TRY(sql_party_by_id(finding->desk->store, page, items->party, &party));
    maker->ja = party ? str_copy(arena, party->name_ja) : STR_NONE;
    maker->en = party ? str_copy(arena, party->name_en) : STR_NONE;
    if (finding->way && finding->way->mails)
        TRY(count_mails(finding->desk, page, items->party, finding->terms->as_of, &maker->mails));
    if (finding->way && !finding->way->tells_makers)
        maker->mails *= (int64_t)n;
    out->mails += maker->mails;
    for (size_t i = 0; i < n; i++)
        items[i].of_maker = (int64_t)n;
    items->first = true;
    return NULL;
}

static int maker_order(const void *a, const void *b)
{
    const struct mass_maker *one = a, *other = b;
    if (one->items != other->items)
        return one->items > other->items ? -1 : 1;
    return str_order(one->party, other->party);
}

static struct fault *keep(struct finding *finding, struct arena *page, struct arena *arena,
                          struct mass_found *out)
{
    size_t makers = 0;
    out->digest = digest_of(arena, finding);
    out->n = finding->n;
    out->items = NEW_ARRAY(arena, out->n + 1, struct mass_item);
    if (finding->n)
        qsort(finding->items, finding->n, sizeof *finding->items, item_order);
    for (size_t i = 0; i < out->n; i++) {
        struct mass_item *item = &out->items[i];
        bool same = i && str_eq(finding->items[i].party, item[-1].party);
        *item = finding->items[i];
        item->number = str_copy(arena, item->number);
        item->party = same ? item[-1].party : str_copy(arena, item->party);
        item->case_id = str_copy(arena, item->case_id);
        item->state = str_copy(arena, item->state);
        out->models += item->models;
        out->levels[item->level >= 1 && item->level <= 4 ? item->level : 0]++;
        makers += !same;
    }
    out->makers = NEW_ARRAY(arena, makers + 1, struct mass_maker);
    for (size_t i = 0, end; i < out->n; i = end) {
        end = i + 1;
        while (end < out->n && str_eq(out->items[end].party, out->items[i].party))
            end++;
        TRY(take_maker(finding, page, arena, &out->items[i], end - i, out));
    }
    qsort(out->makers, out->makers_n, sizeof *out->makers, maker_order);
    return NULL;
}

struct fault *mass_find(struct desk *desk, struct arena *arena, const struct mass_terms *terms,
                        struct mass_found *out)
{
    struct finding finding = {.desk = desk,
                              .terms = terms,
                              .way = mass_way_of(terms->kind),
                              .arena = arena_new(finding_bytes_max)};
    struct arena *page = arena_new(PAGE_BYTES_MAX);
    struct fault *fault = NULL;
    *out = (struct mass_found){0};
    if (!finding.arena || !page)
        BUG("no memory to search for labels");
    if (finding.way && finding.way->by != ROLE_MASS_RUN)
        finding.step =
            step_by_name(desk->book, procedure_by_name(desk->book, str_of(finding.way->procedure)),
                         str_of(finding.way->step));
    if (!terms->nobody)
        fault = walk(&finding, page, arena);
    if (!fault)
        fault = keep(&finding, page, arena, out);
    if (fault) /* its words may lie in the page */
        fault = FAULT(arena, fault->code, "%.*s", STR_F(fault->detail));
    arena_free(page);
    arena_free(finding.arena);
    return fault;
}
