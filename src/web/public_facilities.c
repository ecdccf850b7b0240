/* public_facilities.c: the list of Evaluation Facilities (6.1.1-1), for people and as JSON.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "web/public_own.h"
#include "web/public_pages.gen.h"

#include "base/banned.h"

enum { SCOPE_BYTES_MAX = 8000 };

/* "3:router" → 3, router. */
static int64_t level_of(struct str line, struct str *category)
{
    int64_t level = 0;
    str_int(str_cut(line, ':', category), &level);
    return level;
}

static struct str category_of(const struct ask *ask, struct str line)
{
    struct str category;
    level_of(line, &category);
    return str_is(category, "*") ? str_of(word(ask->english, "all categories"))
                                 : category_words(ask, category);
}

/* The categories of a level that stand in the scope on the day. */
static struct str scope_words(const struct ask *ask, const struct public_facility *facility,
                              int64_t level)
{
    struct buf out = buf_new(ask->arena, SCOPE_BYTES_MAX);
    struct str category;
    for (size_t i = 0; i < facility->scope_n; i++) {
        if (!public_line_on(&facility->scope[i], ask->today) ||
            level_of(facility->scope[i].word, &category) != level)
            continue;
        buf_add_z(&out, !out.bytes ? "" : ask->english ? ", " : "、");
        buf_add(&out, category_of(ask, facility->scope[i].word));
    }
    return buf_str(&out);
}

/* ---- history */

static void add_event(const struct ask *ask, struct facility_view *view, struct day day,
                      struct str words)
{
    if (!day_is_none(day) && day.n <= ask->today.n)
        view->events[view->events_n++] = (struct facility_event){day, words};
}

static struct day day_after(struct day day)
{
    return day_is_none(day) ? DAY_NONE : day_plus(day, 1);
}

static struct str line_words(struct ask *ask, const char *text, const struct public_line *line)
{
    struct str category;
    int64_t level = level_of(line->word, &category);
    return say(&ask->html, text, (int)level, STR_F(category_of(ask, line->word)));
}

static bool begins_or_ends_approval(const struct public_facility *facility, struct day day)
{
    for (size_t i = 0; i < facility->approvals_n; i++)
        if (facility->approvals[i].from.n == day.n || (!day_is_none(facility->approvals[i].until) &&
                                                       facility->approvals[i].until.n + 1 == day.n))
            return true;
    return false;
}

/* The scope with which an approval begins, and ends, is part of it. */
static void add_scope_events(struct ask *ask, struct facility_view *view)
{
    const struct public_facility *facility = view->facility;
    for (size_t i = 0; i < facility->scope_n; i++) {
        const struct public_line *line = &facility->scope[i];
        struct day end = day_after(line->until);
        if (!begins_or_ends_approval(facility, line->from))
            add_event(ask, view, line->from,
                      line_words(ask, N_("Scope widened: level %d, %.*s"), line));
        if (!day_is_none(end) && !begins_or_ends_approval(facility, end))
            add_event(ask, view, end, line_words(ask, N_("Scope narrowed: level %d, %.*s"), line));
    }
}

static void add_accreditation_events(struct ask *ask, struct facility_view *view)
{
    const struct public_facility *facility = view->facility;
    for (size_t i = 0; i < facility->accreditations_n; i++) {
        const struct public_line *line = &facility->accreditations[i];
        bool interim = str_is(line->sort, "interim");
        struct html *html = &ask->html;
        add_event(ask, view, line->from,
                  say(html,
                      interim ? N_("Interim equivalent of accreditation (%.*s) began")
                              : N_("Accreditation by NITE (%.*s) began"),
                      STR_F(line->word)));
        add_event(ask, view, day_after(line->until),
                  say(html,
                      interim ? N_("Interim equivalent of accreditation (%.*s) ended")
                              : N_("Accreditation by NITE (%.*s) ended"),
                      STR_F(line->word)));
    }
}

static int later_first(const void *a, const void *b)
{
    const struct facility_event *one = a, *other = b;
    return (one->day.n < other->day.n) - (one->day.n > other->day.n);
}

static void load_events(struct ask *ask, struct facility_view *view)
{
    const struct public_facility *facility = view->facility;
    view->events =
        NEW_ARRAY(ask->arena,
                  2 * (facility->approvals_n + facility->scope_n + facility->accreditations_n) + 1,
                  struct facility_event);
    for (size_t i = 0; i < facility->approvals_n; i++) {
        const struct public_line *line = &facility->approvals[i];
        add_event(ask, view, line->from,
                  say(&ask->html, N_("Approved under the number %.*s"), STR_F(line->word)));
        add_event(ask, view, day_after(line->until),
                  say(&ask->html, N_("Approval %.*s ended"), STR_F(line->word)));
    }
    add_scope_events(ask, view);
    add_accreditation_events(ask, view);
    qsort(view->events, view->events_n, sizeof *view->events, later_first);
}

struct fault *public_facilities_page(struct ask *ask, struct str rest)
{
    (void)rest;
    struct public_facility *facilities;
    size_t n;
    TRY(folder_facilities(ask->half->folder, ask->arena, &facilities, &n));
    struct facility_view *views = NEW_ARRAY(ask->arena, n + 1, struct facility_view);
    for (size_t i = 0; i < n; i++) {
        views[i] = (struct facility_view){
            .facility = &facilities[i],
            .status = facility_status_on(&facilities[i], ask->today),
            .accredited = facility_accredited_on(&facilities[i], ask->today),
            .scope = {scope_words(ask, &facilities[i], 3), scope_words(ask, &facilities[i], 4)}};
        load_events(ask, &views[i]);
    }
    page_public_facilities(&ask->html, ask, views, n);
    public_send_page(ask, 200);
    return NULL;
}

/* ---- JSON */

static json_t *lines_json(struct ask *ask, const struct public_line *lines, size_t n, bool scope)
{
    json_t *list = json_new_list(ask->arena);
    for (size_t i = 0; i < n; i++) {
        json_t *one = json_new(ask->arena);
        struct str category;
        if (scope) {
            json_put_int(one, "level", level_of(lines[i].word, &category));
            json_put(one, "category", category);
        } else {
            json_put(one, "number", lines[i].word);
            if (str_is(lines[i].sort, "accredited") || str_is(lines[i].sort, "interim"))
                json_put(one, "kind", lines[i].sort);
        }
        public_put_day(one, "from", lines[i].from);
        public_put_day(one, "until", lines[i].until);
        json_add(list, one);
    }
    return list;
}

static json_t *facility_json(struct ask *ask, const struct public_facility *facility)
{
    json_t *object = json_new(ask->arena);
    const struct public_line *accredited = facility_accredited_on(facility, ask->today);
    json_put(object, "number", facility->number);
    json_put(object, "status",
             str_of(facility_status_word(facility_status_on(facility, ask->today))));
    json_put(object, "accreditation", accredited ? accredited->sort : STR("none"));
    public_put_names(ask->arena, object, "name", facility->name_ja, facility->name_en);
    public_put_names(ask->arena, object, "site", facility->site_ja, facility->site_en);
    json_put(object, "corporate_number", facility->corporate_number);
    json_put(object, "country", facility->country);
    public_put_day(object, "approved", facility->approved);
    public_put_day(object, "until", facility->until);
    json_put_json(object, "scope", lines_json(ask, facility->scope, facility->scope_n, true));
    json_put_json(object, "accreditations",
                  lines_json(ask, facility->accreditations, facility->accreditations_n, false));
    json_put_json(object, "approvals",
                  lines_json(ask, facility->approvals, facility->approvals_n, false));
    return object;
}

struct fault *public_api_facilities(struct ask *ask, struct str rest)
{
    (void)rest;
    struct public_facility *facilities;
    size_t n;
    json_t *object = json_new(ask->arena), *list = json_new_list(ask->arena);
    TRY(folder_facilities(ask->half->folder, ask->arena, &facilities, &n));
    for (size_t i = 0; i < n; i++)
        json_add(list, facility_json(ask, &facilities[i]));
    json_put_json(object, "facilities", list);
    return public_send_json(ask, object);
}
