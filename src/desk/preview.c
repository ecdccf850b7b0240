/* preview.c: what happens to every label if an edition of the criteria starts on a day.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/preview.h"

#include <stdlib.h>

#include "desk/deed.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { PAGE_LABELS = 4000, PAGE_BYTES_MAX = 32 << 20, LINE_BYTES_MAX = 400, MONTHS_MAX = 600,
       EXTENSIONS_MAX = 3 };

static const char *const words[FATES_N] = {
    [FATE_OTHER] = "other",   [FATE_BEFORE] = "before", [FATE_TO_BAR] = "to-bar",
    [FATE_NEVER] = "never",   [FATE_CAPPED] = "capped", [FATE_PENDING] = "pending",
};

const char *fate_word(enum fate fate)
{
    return words[fate];
}

/* 5-2: barred at filing, from the day after the last on which the former edition is extended; what
 * was filed by then is decided; an editorial revision bars nothing. */
enum fate label_fate(const struct preview_terms *terms, const struct preview_line *label,
                     bool pending, bool capped, struct day *file_by)
{
    bool met = !day_is_none(terms->extension_end) && terms->replaces.bytes &&
               (str_eq(label->edition, terms->replaces) ||
                words_have(terms->former, label->edition));
    struct day opens = terms->window ? day_plus(label->expires, -(int)terms->window) : DAY_NONE;
    *file_by = label->expires;
    if (!met)
        return FATE_OTHER;
    if (pending)
        return FATE_PENDING;
    if (capped) {
        *file_by = DAY_NONE;
        return FATE_CAPPED;
    }
    if (label->expires.n <= terms->extension_end.n)
        return FATE_BEFORE;
    if (!day_is_none(opens) && opens.n > terms->extension_end.n) {
        *file_by = DAY_NONE;
        return FATE_NEVER;
    }
    *file_by = terms->extension_end;
    return FATE_TO_BAR;
}

/* 4.3.4-1, 4.3.6-1: three applications, five years in total, of a certified label. */
static bool is_capped(const struct sql_labels_met_row *row, struct day expires)
{
    struct day begun;
    if (!str_is(row->route, "certified"))
        return false;
    if (row->extensions >= EXTENSIONS_MAX)
        return true;
    struct span total = {5, 'y'};
    return day_parse(row->term_start, &begun) &&
           expires.n >= day_last_of(day_plus(begun, 1), total).n;
}

static struct fault *take_row(const struct preview_terms *terms,
                              const struct sql_labels_met_row *row, preview_taker *take, void *whom)
{
    struct preview_line line = {.number = row->number, .party = row->party,
                                .maker_ja = row->party_ja, .maker_en = row->party_en,
                                .route = row->route, .edition = row->edition, .level = row->level,
                                .expires = DAY_NONE};
    day_parse(row->expires, &line.expires);
    line.fate = label_fate(terms, &line, row->pending.bytes > 0, is_capped(row, line.expires),
                           &line.file_by);
    return take(whom, &line);
}

/* By pages, each in memory of its own: a million labels need no more of it than a few thousand. */
struct fault *preview_walk(struct store *store, const struct preview_terms *terms,
                           struct arena *arena, preview_taker *take, void *whom)
{
    char as_of[11];
    struct arena *page = arena_new(PAGE_BYTES_MAX);
    struct buf after = buf_new(arena, 100);
    struct fault *fault = page ? NULL : FAULT(arena, "broken-database", "no memory for a page");
    for (size_t n = PAGE_LABELS; n == PAGE_LABELS && !fault;) {
        struct sql_labels_met_row *rows = NULL;
        arena_reset(page);
        fault = sql_labels_met(store, page, buf_str(&after), day_print(terms->as_of, as_of),
                               PAGE_LABELS, &rows, &n);
        for (size_t i = 0; i < n && !fault; i++)
            fault = take_row(terms, &rows[i], take, whom);
        after.bytes = 0;
        if (!fault && n)
            buf_add(&after, rows[n - 1].number);
    }
    if (fault) /* its words may lie in the page */
        fault = FAULT(arena, fault->code, "%.*s", STR_F(fault->detail));
    arena_free(page);
    return fault;
}

/* ---- counting */

/* Makers by their id, in a table with open addressing that doubles. */
struct counting {
    struct arena *arena;
    struct preview *preview;
    struct hasher *hasher;
    struct preview_maker **slots;
    size_t slots_n;
    struct preview_month months[MONTHS_MAX]; /* from 2000 on */
};

static size_t slot_of(const struct counting *counting, struct str party)
{
    uint64_t hash = 1469598103934665603u; /* FNV-1a */
    for (size_t i = 0; i < party.bytes; i++)
        hash = (hash ^ (unsigned char)party.at[i]) * 1099511628211u;
    size_t at = (size_t)hash & (counting->slots_n - 1);
    while (counting->slots[at] && !str_eq(counting->slots[at]->party, party))
        at = (at + 1) & (counting->slots_n - 1);
    return at;
}

static void grow(struct counting *counting)
{
    struct preview_maker **old = counting->slots;
    size_t n = counting->slots_n;
    counting->slots_n = n ? n * 2 : 256;
    counting->slots = NEW_ARRAY(counting->arena, counting->slots_n, struct preview_maker *);
    for (size_t i = 0; i < n; i++)
        if (old[i])
            counting->slots[slot_of(counting, old[i]->party)] = old[i];
}

static struct preview_maker *maker_of(struct counting *counting, const struct preview_line *line)
{
    struct preview *preview = counting->preview;
    if (preview->makers_n * 2 >= counting->slots_n)
        grow(counting);
    struct preview_maker **slot = &counting->slots[slot_of(counting, line->party)];
    if (!*slot) {
        *slot = NEW(counting->arena, struct preview_maker);
        (*slot)->party = str_copy(counting->arena, line->party);
        (*slot)->ja = str_copy(counting->arena, line->maker_ja);
        (*slot)->en = str_copy(counting->arena, line->maker_en);
        preview->makers_n++;
    }
    return *slot;
}

static struct preview_month *month_of(struct counting *counting, struct day day)
{
    int year, month, date;
    day_civil(day, &year, &month, &date);
    int at = (year - 2000) * 12 + month - 1;
    return at >= 0 && at < MONTHS_MAX ? &counting->months[at] : NULL;
}

static void digest_line(struct counting *counting, const struct preview_line *line)
{
    char bytes[LINE_BYTES_MAX], expires[11], by[11];
    struct str e = day_print(line->expires, expires), b = day_print(line->file_by, by);
    int n = snprintf(bytes, sizeof bytes, "%.*s %.*s %lld %.*s %s %.*s\n", STR_F(line->number),
                     STR_F(line->party), (long long)line->level, STR_F(e), fate_word(line->fate),
                     STR_F(b));
    if (n > 0)
        hasher_add(counting->hasher, bytes, (size_t)n < sizeof bytes ? (size_t)n : sizeof bytes);
}

static struct fault *count(void *whom, const struct preview_line *line)
{
    struct counting *counting = whom;
    struct preview *preview = counting->preview;
    struct preview_maker *maker = maker_of(counting, line);
    struct preview_month *month = month_of(counting, line->expires);
    preview->labels++;
    preview->fates[line->fate]++;
    preview->levels[line->level >= 1 && line->level <= 4 ? line->level : 0][line->fate]++;
    maker->labels++;
    maker->fates[line->fate]++;
    if (month)
        month->fates[line->fate]++;
    digest_line(counting, line);
    return NULL;
}

static int64_t month_labels(const struct preview_month *month)
{
    int64_t n = 0;
    for (int fate = 0; fate < FATES_N; fate++)
        n += month->fates[fate];
    return n;
}

static void keep_months(struct counting *counting)
{
    struct preview *preview = counting->preview;
    size_t first = 0, end = MONTHS_MAX;
    while (first < end && !month_labels(&counting->months[first]))
        first++;
    while (end > first && !month_labels(&counting->months[end - 1]))
        end--;
    for (size_t i = first; i < end; i++) {
        counting->months[i].year = 2000 + (int)i / 12;
        counting->months[i].month = 1 + (int)i % 12;
    }
    preview->months = &counting->months[first];
    preview->months_n = end - first;
}

static int64_t barred(const struct preview_maker *maker)
{
    return maker->fates[FATE_TO_BAR] + maker->fates[FATE_NEVER];
}

static int maker_order(const void *a, const void *b)
{
    const struct preview_maker *one = a, *other = b;
    if (barred(one) != barred(other))
        return barred(one) > barred(other) ? -1 : 1;
    if (one->labels != other->labels)
        return one->labels > other->labels ? -1 : 1;
    return str_order(one->party, other->party);
}

static void keep_makers(struct counting *counting)
{
    struct preview *preview = counting->preview;
    size_t n = 0;
    preview->makers = NEW_ARRAY(counting->arena, preview->makers_n + 1, struct preview_maker);
    for (size_t i = 0; i < counting->slots_n; i++)
        if (counting->slots[i])
            preview->makers[n++] = *counting->slots[i];
    qsort(preview->makers, n, sizeof *preview->makers, maker_order);
}

static void digest_terms(struct counting *counting, const struct preview_terms *terms)
{
    char begins[11], acceptance[11], extension[11], as_of[11];
    struct str head = str_print(
        counting->arena, "%.*s %.*s %d %.*s %.*s %.*s %.*s %lld\n", STR_F(terms->edition),
        STR_F(terms->replaces), terms->editorial, STR_F(day_print(terms->begins, begins)),
        STR_F(day_print(terms->acceptance_end, acceptance)),
        STR_F(day_print(terms->extension_end, extension)), STR_F(day_print(terms->as_of, as_of)),
        (long long)terms->window);
    hasher_add(counting->hasher, head.at, head.bytes);
}

struct fault *preview_make(struct store *store, struct arena *arena,
                           const struct preview_terms *terms, struct preview *out)
{
    struct counting *counting = NEW(arena, struct counting);
    *out = (struct preview){.terms = *terms};
    counting->arena = arena;
    counting->preview = out;
    counting->hasher = hasher_new(arena);
    hasher_start(counting->hasher);
    digest_terms(counting, terms);
    TRY(preview_walk(store, terms, arena, count, counting));
    out->digest = hasher_end(counting->hasher);
    keep_months(counting);
    keep_makers(counting);
    return NULL;
}
