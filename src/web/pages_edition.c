/* pages_edition.c: editions of the criteria, and the preview of a change: a page, and a list.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/pages_edition.h"

#include "base/json.h"
#include "web/pages.gen.h"
#include "web/route.h"

#include "base/banned.h"

enum { LIST_BYTES_MAX = 24 << 20 };

static const char *const texts[FATES_N] = {
    [FATE_OTHER] = N_("Not under the edition that is replaced: nothing changes"),
    [FATE_BEFORE] = N_("Ends before the bar: extended as before"),
    [FATE_TO_BAR] = N_("Extended only if it is applied for by the last day"),
    [FATE_NEVER] = N_("Cannot be extended any more: stays to its last day"),
    [FATE_CAPPED] = N_("Could not be extended anyhow: the cap of a certified label is reached"),
    [FATE_PENDING] = N_("Extension applied for already: decided as before"),
};

const char *fate_text(bool english, enum fate fate)
{
    return word(english, texts[fate]);
}

bool case_is_of_edition(const struct case_view *view)
{
    return str_is(str_of(view->procedure->subject), "criteria-edition");
}

/* ---- all editions */

struct fault *editions_page(struct visit *visit)
{
    struct row_criteria_edition *rows;
    size_t n;
    TRY(sql_editions_all(visit->web->store, visit->arena, &rows, &n));
    struct html *html = visit_page(visit, 200, PLACE_NONE,
                                   str_of(word(visit->english, "Conformance criteria")));
    page_editions(html, visit, rows, n, random_name(visit->arena, 12));
    visit_send(visit);
    return NULL;
}

struct fault *edition_open(struct visit *visit)
{
    struct str id;
    int64_t level = 0;
    str_int(visit_form(visit, "level"), &level);
    struct case_request request = {.procedure = STR("criteria-edition"), .level = level,
                                   .idempotency_key = visit_form(visit, "once"),
                                   .who = &visit->who};
    TRY(desk_open_case(visit->web->desk, visit->arena, &request, &id));
    visit_redirect(visit, str_print(visit->arena, "/cases/%.*s", STR_F(id)));
    return NULL;
}

/* ---- the preview */

/* A day of the query over that of the case; one that is none is a fault. */
static struct fault *read_day(struct visit *visit, const char *name, struct day *day, bool *what_if,
                              struct buf *query)
{
    struct str text = str_trim(request_query(visit->request, name));
    if (!text.bytes)
        return NULL;
    if (!day_parse(text, day)) {
        struct fault *fault = FAULT(visit->arena, "field-malformed", "%s", name);
        fault->concerns = str_print(visit->arena, "/%s", name);
        return fault;
    }
    *what_if = true;
    buf_printf(query, "%s%s=%.*s", query->bytes ? "&" : "?", name, STR_F(text));
    return NULL;
}

/* Of the days on the case; the query may name others. */
static struct fault *terms_of(struct visit *visit, struct preview_view *view,
                              struct preview_terms *terms)
{
    struct buf query = buf_new(visit->arena, 200);
    const json_t *values = view->of->values;
    TRY(preview_terms_of(visit->web->desk, visit->arena, values, visit->today, terms));
    TRY(read_day(visit, "begins", &terms->begins, &view->what_if, &query));
    TRY(read_day(visit, "acceptance", &terms->acceptance_end, &view->what_if, &query));
    TRY(read_day(visit, "extension", &terms->extension_end, &view->what_if, &query));
    view->asked = !day_is_none(terms->begins);
    view->query = buf_str(&query);
    view->on_case = json_get(values, "preview-digest");
    if (!view->what_if) /* that on the case is of the day on which it was made */
        day_parse(json_get(values, "preview-as-of"), &terms->as_of);
    return NULL;
}

static struct fault *load_view(struct visit *visit, struct preview_view *view,
                               struct preview_terms *terms)
{
    struct case_view *of;
    TRY(case_view_load(visit, visit->parts[0], &of));
    if (!case_is_of_edition(of))
        return FAULT(visit->arena, "no-such-page", "a preview is of an edition");
    view->of = of;
    return terms_of(visit, view, terms);
}

struct fault *preview_page(struct visit *visit)
{
    struct preview_view *view = NEW(visit->arena, struct preview_view);
    struct preview_terms terms;
    TRY(load_view(visit, view, &terms));
    view->preview.terms = terms;
    if (view->asked)
        TRY(preview_make(visit->web->store, visit->arena, &terms, &view->preview));
    struct html *html = visit_page(visit, 200, PLACE_CASES,
                                   str_of(word(visit->english, "What the change does to labels")));
    page_preview(html, visit, view);
    visit_send(visit);
    return NULL;
}

struct fault *preview_list(struct visit *visit)
{
    struct preview_view *view = NEW(visit->arena, struct preview_view);
    struct preview_terms terms;
    struct buf out = buf_new(visit->arena, LIST_BYTES_MAX);
    TRY(load_view(visit, view, &terms));
    if (!view->asked)
        return FAULT(visit->arena, "no-such-page", "the days are not known yet");
    TRY(preview_csv(visit->web->store, visit->arena, &terms, &out));
    visit_headers(visit);
    visit->response->status = 200;
    visit->response->media_type = STR("text/csv; charset=utf-8; header=present");
    visit->response->body = buf_str(&out);
    response_header(visit->response, "Content-Disposition",
                    STR("attachment; filename=\"preview.csv\""));
    return NULL;
}
