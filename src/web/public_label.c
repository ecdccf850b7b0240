/* public_label.c: the page of one label, and the list of its models.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "web/public_own.h"
#include "web/public_pages.gen.h"

#include "base/banned.h"

static void add_moment(struct label_view *view, struct day day, const char *msgid,
                       const char *remark)
{
    if (day_is_none(day) || view->moments_n == sizeof view->moments / sizeof *view->moments)
        return;
    bool english = view->ask->english;
    size_t at = view->moments_n++;
    for (; at > 0 && view->moments[at - 1].day.n > day.n; at--)
        view->moments[at] = view->moments[at - 1];
    view->moments[at] = (struct moment){
        .day = day, .words = word(english, msgid), .remark = remark, .now = remark != NULL};
}

/* In the order of their days; today stands after what happens today. */
static void lay_moments(struct label_view *view)
{
    const struct label_dates *dates = &view->label->dates;
    bool ended = view->status == LABEL_REVOKED || view->status == LABEL_WITHDRAWN;
    add_moment(view, dates->issued, N_("Issued"), NULL);
    for (size_t i = 0; i < view->events_n; i++)
        if (dates->extension_pending && str_is(view->events[i].kind, "extension-filed")) {
            add_moment(view, view->events[i].day, N_("Extension applied for"), NULL);
            break;
        }
    add_moment(view, dates->withdrawn, N_("Withdrawn"), NULL);
    add_moment(view, dates->revoked, N_("Revoked"), NULL);
    if (!ended)
        add_moment(view, dates->expires, N_("Last day of validity"), NULL);
    add_moment(view, view->day, view->past ? N_("The day asked for") : N_("Today"),
               status_title(view->ask->english, view->status));
    if (!ended)
        add_moment(view, view->label->support_end, N_("Planned end of updates"), NULL);
}

/* That the validity ended is told even before anything has recorded it. */
static void add_lapse(struct label_view *view)
{
    if (view->status != LABEL_LAPSED)
        return;
    struct public_event lapse = {day_plus(view->label->dates.expires, 1), STR("lapsed"), STR("{}")};
    struct public_event *events =
        NEW_ARRAY(view->ask->arena, view->events_n + 1, struct public_event);
    size_t n = 0;
    bool told = false;
    for (size_t i = 0; i < view->events_n; i++) {
        if (str_is(view->events[i].kind, "lapsed"))
            return;
        if (!told && view->events[i].day.n <= lapse.day.n) {
            events[n++] = lapse;
            told = true;
        }
        events[n++] = view->events[i];
    }
    if (!told)
        events[n++] = lapse;
    view->events = events;
    view->events_n = n;
}

struct fault *public_read_day(struct ask *ask, struct day *day, bool *past)
{
    struct str on = str_trim(request_query(ask->request, "on"));
    struct fault *fault = NULL;
    *day = ask->today;
    if (on.bytes && !day_parse(on, day))
        fault = FAULT(ask->arena, "malformed-query", "on: a day, as 2027-01-31");
    else if (day->n > ask->today.n)
        fault = FAULT(ask->arena, "day-ahead", "%.*s", STR_F(on));
    if (fault)
        fault->concerns = STR("on");
    *past = day->n != ask->today.n;
    return fault;
}

struct fault *public_label_on(struct ask *ask, struct day day, struct public_label **label)
{
    struct str number = (*label)->number;
    TRY(folder_label_on(ask->half->folder, ask->arena, number, day, label));
    return *label ? NULL : FAULT(ask->arena, "no-label-then", "%.*s", STR_F(number));
}

/* What had not happened by the day is not told. */
static struct fault *load_events(struct label_view *view)
{
    const struct ask *ask = view->ask;
    struct public_event *events;
    size_t n, kept = 0;
    TRY(folder_events(ask->half->folder, ask->arena, view->label->number, &events, &n));
    for (size_t i = 0; i < n; i++)
        if (!view->past || events[i].day.n <= view->day.n)
            events[kept++] = events[i];
    view->events = events;
    view->events_n = kept;
    return NULL;
}

static struct fault *load(struct ask *ask, struct public_label *label, size_t models,
                          struct label_view *view)
{
    struct folder *folder = ask->half->folder;
    *view = (struct label_view){.ask = ask, .label = label};
    TRY(public_read_day(ask, &view->day, &view->past));
    if (view->past) {
        TRY(public_label_on(ask, view->day, &label));
        view->label = label;
    }
    view->status = label_status_on(&label->dates, view->day);
    view->in_force = view->status == LABEL_VALID;
    view->filter = models > FIRST_MODELS ? str_trim(request_query(ask->request, "m")) : STR_NONE;
    TRY(view->past ? folder_models_on(folder, ask->arena, label->number, view->day, view->filter,
                                      models, &view->models)
                   : folder_models(folder, ask->arena, label->number, view->filter, models,
                                   &view->models));
    TRY(load_events(view));
    TRY(folder_notices_of_label(folder, ask->arena, label->number, view->day, &view->notices,
                                &view->notices_n));
    add_lapse(view);
    lay_moments(view);
    return NULL;
}

struct fault *public_label_page(struct ask *ask, struct str rest)
{
    struct str tail = STR_NONE;
    struct str typed = str_cut(rest, '/', &tail);
    struct public_label *label;
    struct label_view view;
    bool proper, models = str_eq_nocase(tail, STR("models"));
    if (tail.at && !models)
        return FAULT(ask->arena, "no-such-page", "%.*s", STR_F(rest));
    TRY(public_find(ask, typed, &label, &proper));
    ask->path = str_print(ask->arena, "/L/%.*s%s", STR_F(label->number), models ? "/models" : "");
    /* however it was typed, the answer is the page: a redirect more would only cost a scan */
    if (!str_eq(ask->path, ask->request->path))
        response_header(ask->answer, "Link",
                        str_print(ask->arena, "<%.*s>; rel=\"canonical\"", STR_F(ask->path)));
    TRY(load(ask, label, models ? MODELS_MAX : FIRST_MODELS, &view));
    char room[11];
    if (view.past)
        ask->more = str_print(ask->arena, "&on=%.*s", STR_F(day_print(view.day, room)));
    if (models && view.filter.bytes)
        ask->more = str_print(ask->arena, "%.*s&m=%.*s", STR_F(ask->more),
                              STR_F(url_part(ask->arena, view.filter)));
    if (models)
        page_public_models(&ask->html, &view);
    else
        page_public_label(&ask->html, &view);
    public_send_page(ask, 200);
    return NULL;
}
