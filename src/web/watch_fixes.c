/* watch_fixes.c: makers' days to fix: the matters, and what they come to.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/watch_fixes.h"

#include <stdlib.h>
#include <string.h>

#include "web/pages.gen.h"
#include "web/pages_lists.h"
#include "web/route.h"

#include "base/banned.h"

enum { MATTERS_MAX = 20000 };

/* What was read, each in the order in which it is looked up. */
struct read {
    struct sql_watch_confirmed_row *confirmed;
    struct sql_watch_notices_row *notices;
    struct sql_watch_corrections_row *corrections;
    size_t confirmed_n, notices_n, corrections_n;
    int64_t now;
};

/* ---- which notice, which correction */

static bool letter_at(struct str text, size_t at)
{
    return at < text.bytes &&
           ((text.at[at] >= '0' && text.at[at] <= '9') ||
            (text.at[at] >= 'A' && text.at[at] <= 'Z') ||
            (text.at[at] >= 'a' && text.at[at] <= 'z'));
}

/* The number as a whole: CVE-2026-1234 does not stand in CVE-2026-12345. */
static bool has_number(struct str text, struct str number)
{
    const char *at = text.at;
    while (at && number.bytes) {
        size_t left = text.bytes - (size_t)(at - text.at);
        at = left ? memmem(at, left, number.at, number.bytes) : NULL;
        if (at && !letter_at(text, (size_t)(at - text.at) + number.bytes))
            return true;
        at = at ? at + 1 : NULL;
    }
    return false;
}

static bool names(const struct sql_watch_notices_row *notice, struct str advisory)
{
    return has_number(notice->cves, advisory) || has_number(notice->source_id, advisory) ||
           has_number(notice->links, advisory);
}

/* The maker's first notice of a fix; *none: it has stated that it is not affected. */
static const struct sql_watch_notices_row *notice_of(const struct read *read, struct str label,
                                                     struct str advisory, bool *none)
{
    const struct sql_watch_notices_row *found = NULL;
    size_t low = 0, high = read->notices_n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (str_order(read->notices[middle].label, label) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < read->notices_n && str_eq(read->notices[low].label, label); low++) {
        const struct sql_watch_notices_row *one = &read->notices[low];
        if (!names(one, advisory))
            continue;
        *none = *none || str_is(one->kind, "not-affected");
        if (str_is(one->remedy, "vendor-fix") && (!found || one->filed < found->filed))
            found = one;
    }
    return found;
}

static const struct sql_watch_corrections_row *correction_of(const struct read *read,
                                                             struct str vulnerability)
{
    size_t low = 0, high = read->corrections_n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (str_order(read->corrections[middle].vulnerability, vulnerability) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < read->corrections_n &&
                 str_eq(read->corrections[low].vulnerability, vulnerability);
    return found ? &read->corrections[low] : NULL;
}

/* ---- a matter */

static void end_by_correction(struct fix *fix, const struct sql_watch_corrections_row *row)
{
    bool sooner = !fix->fixed || row->filed < fix->to;
    if (row->accepted && sooner) {
        fix->by = row->id;
        fix->by_notice = false;
        fix->fixed = true;
        fix->to = row->filed;
    } else if (row->revoked && !fix->fixed) {
        fix->by = row->id;
        fix->ended = true;
        fix->to = row->revoked;
    } else if (!fix->fixed) {
        fix->by = row->id;
    }
}

static struct fix with_days(struct fix fix)
{
    int64_t days = day_of_instant(fix.to).n - day_of_instant(fix.from).n;
    fix.days = days > 0 ? days : 0; /* a fix that was out before counts as of the same day */
    return fix;
}

/* false: no matter of fixing. */
static bool matter_of(const struct read *read, const struct sql_watch_confirmed_row *row,
                      struct fix *out)
{
    bool none = false;
    struct str json = row->advisory; /* a JSON string */
    *out = (struct fix){
        .case_id = row->id, .label = row->label, .party = row->party,
        .advisory = json.bytes > 2 ? (struct str){json.at + 1, json.bytes - 2} : STR_NONE,
        .from = row->at, .to = read->now};
    const struct sql_watch_corrections_row *correction = correction_of(read, row->id);
    const struct sql_watch_notices_row *notice = notice_of(read, row->label, out->advisory, &none);
    if (notice) {
        out->by = notice->case_id;
        out->by_notice = out->fixed = true;
        out->to = notice->filed;
    }
    if (correction)
        end_by_correction(out, correction);
    *out = with_days(*out);
    bool left = none || !out->advisory.bytes || str_is(row->state, "vulnerability-put-aside");
    return out->fixed || correction || !left;
}

static void gather(struct visit *visit, const struct read *read, struct watch_fixes *out)
{
    out->at = NEW_ARRAY(visit->arena, read->confirmed_n + read->corrections_n + 1, struct fix);
    for (size_t i = 0; i < read->confirmed_n; i++)
        out->n += matter_of(read, &read->confirmed[i], &out->at[out->n]);
    for (size_t i = 0; i < read->corrections_n; i++) {
        const struct sql_watch_corrections_row *row = &read->corrections[i];
        if (out->with_matches && row->vulnerability.bytes)
            continue; /* the same matter */
        struct fix fix = {.case_id = row->id, .label = row->label, .party = row->party,
                          .from = row->required, .to = read->now};
        end_by_correction(&fix, row);
        out->at[out->n++] = with_days(fix);
    }
}

/* ---- what they come to */

static int by_maker(const void *a, const void *b)
{
    const struct fix *x = a, *y = b;
    int order = str_order(x->party, y->party);
    if (order || x->fixed != y->fixed)
        return order ? order : x->fixed ? 1 : -1;
    if (x->days != y->days)
        return x->days > y->days ? -1 : 1;
    return str_order(x->case_id, y->case_id);
}

static int shorter_first(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static void rank(int64_t *days, size_t n, struct fix_spread *out)
{
    qsort(days, n, sizeof *days, shorter_first);
    out->least = days[0];
    out->low = days[(n + 3) / 4 - 1];
    out->median = days[(n + 1) / 2 - 1];
    out->high = days[(3 * n + 3) / 4 - 1];
    out->most = days[n - 1];
}

struct fix_spread fix_spread_of(struct arena *arena, const struct fix *fixes, size_t n)
{
    struct fix_spread out = {.party = n ? fixes[0].party : STR_NONE};
    int64_t *days = NEW_ARRAY(arena, n + 1, int64_t);
    for (size_t i = 0; i < n; i++) {
        if (fixes[i].fixed) {
            days[out.fixed++] = fixes[i].days;
            continue;
        }
        out.open++;
        out.open_most = fixes[i].days > out.open_most ? fixes[i].days : out.open_most;
    }
    if (out.fixed)
        rank(days, out.fixed, &out);
    return out;
}

/* Into the makers shown, where it has more matters than the last of them. */
static void keep_maker(struct watch_fixes *out, struct fix_spread one)
{
    size_t at = out->makers_n, matters = one.fixed + one.open;
    out->makers_all++;
    while (at > 0 && out->makers[at - 1].fixed + out->makers[at - 1].open < matters)
        at--;
    if (at == MAKERS_SHOWN_MAX)
        return;
    out->makers_n += out->makers_n < MAKERS_SHOWN_MAX;
    for (size_t i = out->makers_n - 1; i > at; i--)
        out->makers[i] = out->makers[i - 1];
    out->makers[at] = one;
}

static struct fault *sum_up(struct visit *visit, struct watch_fixes *out)
{
    if (out->n)
        qsort(out->at, out->n, sizeof *out->at, by_maker);
    for (size_t i = 0, next; i < out->n; i = next) {
        for (next = i; next < out->n && str_eq(out->at[next].party, out->at[i].party);)
            next++;
        keep_maker(out, fix_spread_of(visit->arena, &out->at[i], next - i));
    }
    for (size_t i = 0; i < out->makers_n; i++) {
        struct row_party *party;
        TRY(sql_party_by_id(visit->web->store, visit->arena, out->makers[i].party, &party));
        out->makers[i].name = party ? visit_pick(visit, party->name_ja, party->name_en) : STR_NONE;
    }
    out->all = fix_spread_of(visit->arena, out->at, out->n);
    out->all.party = STR_NONE;
    return NULL;
}

struct fault *watch_fixes_load(struct visit *visit, struct watch_fixes *out)
{
    struct store *store = visit->web->store;
    struct read read = {.now = clock_now(visit->web->clock)};
    bool may = false;
    *out = (struct watch_fixes){0};
    struct day since = day_plus(visit->today, -FIX_DAYS);
    TRY(may_list(visit, STR("revocation"), &may));
    TRY(may_list(visit, STR("vulnerability"), &out->with_matches));
    out->hidden = !may;
    if (out->hidden)
        return NULL;
    TRY(sql_watch_corrections(store, visit->arena, day_begins(since), &read.corrections,
                              &read.corrections_n));
    if (out->with_matches) {
        TRY(sql_watch_confirmed(store, visit->arena, day_begins(since), MATTERS_MAX,
                                &read.confirmed, &read.confirmed_n));
        TRY(sql_watch_notices(store, visit->arena, day_begins(since), &read.notices,
                              &read.notices_n));
    }
    out->cut = read.confirmed_n == MATTERS_MAX;
    gather(visit, &read, out);
    return sum_up(visit, out);
}

struct str fix_conclusion(struct html *html, const struct watch_fixes *fixes)
{
    const struct fix_spread *all = &fixes->all;
    if (!fixes->n)
        return str_of(
            word(html->english, "Within two years nothing came up that a maker had to fix."));
    struct str open = !all->open ? STR_NONE
                                 : say(html, "Without a fix: %d, the longest for %d days.",
                                       (int)all->open, (int)all->open_most);
    struct str fixed = !all->fixed ? str_of(word(html->english, "No fix was filed yet."))
                                   : say(html, "Fixed: %d, half of them within %d days.",
                                         (int)all->fixed, (int)all->median);
    struct str more =
        fixes->cut ? str_of(word(html->english, "There are more than could be counted."))
                   : STR_NONE;
    return str_print(html->arena, html->english ? "%.*s %.*s %.*s" : "%.*s%.*s%.*s", STR_F(fixed),
                     STR_F(open), STR_F(more));
}

/* ---- as a list */

static struct fault *list_one(struct visit *visit, const struct fix *fix, struct fix_listed *out)
{
    struct row_party *party;
    out->fix = fix;
    TRY(sql_case_by_id(visit->web->store, visit->arena, fix->case_id, &out->work));
    TRY(sql_party_by_id(visit->web->store, visit->arena, fix->party, &party));
    out->maker = party ? visit_pick(visit, party->name_ja, party->name_en) : STR_NONE;
    return out->work ? NULL
                     : FAULT(visit->arena, "broken-database", "no case %.*s", STR_F(fix->case_id));
}

/* What is shown of a sealed case has been read. */
static struct fault *record_reading(struct visit *visit, const struct fix_list *list)
{
    struct str ids[WATCH_LISTED_MAX];
    for (size_t i = 0; i < list->n; i++)
        ids[i] = list->at[i].fix->case_id;
    return desk_read_cases(visit->web->desk, visit->arena, &visit->who, ids, list->n);
}

struct fault *watch_fixes_page(struct visit *visit)
{
    struct watch_fixes *fixes = NEW(visit->arena, struct watch_fixes);
    struct fix_list list = {.fixes = fixes};
    struct str maker = request_query(visit->request, "maker");
    TRY(watch_fixes_load(visit, fixes));
    if (fixes->hidden)
        return FAULT(visit->arena, "no-such-page", "%s", "for those who see such cases");
    list.at = NEW_ARRAY(visit->arena, WATCH_LISTED_MAX, struct fix_listed);
    for (size_t i = 0; i < fixes->n; i++) {
        if (maker.bytes && !str_eq(fixes->at[i].party, maker))
            continue;
        list.all++;
        if (list.n < WATCH_LISTED_MAX)
            TRY(list_one(visit, &fixes->at[i], &list.at[list.n++]));
    }
    if (maker.bytes && list.n)
        list.maker = list.at[0].maker;
    TRY(record_reading(visit, &list));
    struct html *html =
        visit_page(visit, 200, PLACE_WATCH, str_of(word(visit->english, "Makers' days to fix")));
    page_watch_matters(html, visit, &list);
    visit_send(visit);
    return NULL;
}
