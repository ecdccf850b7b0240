/* visit.c: one request to the portal: language, head and foot of pages, faults as pages.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/visit.h"

#include "base/json.h"
#include "desk/standing.h"
#include "store/aside.gen.h"
#include "store/sql.gen.h"
#include "web/language.h"
#include "web/pages.gen.h"

#include "base/banned.h"

static bool choose_language(struct visit *visit)
{
    struct str asked = request_query(visit->request, "lang");
    if (str_is(asked, "ja") || str_is(asked, "en")) {
        response_header(visit->response, "Set-Cookie",
                        str_print(visit->arena, "lang=%.*s; Path=/; Max-Age=31536000; SameSite=Lax",
                                  STR_F(asked)));
        return str_is(asked, "en");
    }
    struct str kept = request_cookie(visit->request, "lang");
    if (str_is(kept, "ja") || str_is(kept, "en"))
        return str_is(kept, "en");
    return language_prefers_english(request_header(visit->request, "Accept-Language"));
}

static struct fault *load_roles(struct visit *visit)
{
    char day[11];
    struct row_thing *things;
    size_t n, roles_n = 0;
    TRY(sql_portal_things(visit->web->store, visit->arena, visit->who.person,
                          day_print(visit->today, day), &things, &n));
    struct str *roles = NEW_ARRAY(visit->arena, n + 1, struct str);
    for (size_t i = 0; i < n; i++)
        if (str_is(things[i].kind, "appointment") &&
            !words_have((struct words){roles, roles_n}, things[i].word))
            roles[roles_n++] = things[i].word;
    visit->roles = (struct words){roles, roles_n};
    visit->staff = roles_n > 0;
    if (!visit->staff)
        return NULL;
    return delegates_load(visit->web->store, visit->arena, visit->web->book, visit->today,
                          visit->delegates);
}

static struct fault *load_parties(struct visit *visit)
{
    struct row_party *parties;
    size_t n;
    char day[11];
    TRY(sql_portal_parties(visit->web->store, visit->arena, visit->who.person,
                           day_print(visit->today, day), &parties, &n));
    for (size_t i = 0; i < n; i++)
        visit->evaluates = visit->evaluates || str_is(parties[i].kind, "facility");
    return NULL;
}

static struct fault *count_unread(struct visit *visit)
{
    char day[11];
    struct sql_portal_notices_row *notices;
    size_t n;
    TRY(sql_portal_notices(visit->web->store, visit->arena, visit->who.person,
                           day_print(visit->today, day), 100, &notices, &n));
    for (size_t i = 0; i < n; i++)
        visit->unread += !notices[i].read_at;
    return NULL;
}

struct fault *visit_begin(struct web *web, struct request *request, struct response *response,
                          struct visit *out)
{
    *out = (struct visit){.web = web,
                          .request = request,
                          .response = response,
                          .arena = request->arena,
                          .today = clock_today(web->clock)};
    out->english = choose_language(out);
    out->html = html_new(out->arena, out->english, PAGE_BYTES_MAX);
    TRY(session_find(out));
    if (!out->signed_in)
        return NULL;
    TRY(load_roles(out));
    TRY(load_parties(out));
    return count_unread(out);
}

bool visit_has_role(const struct visit *visit, const char *role)
{
    return words_have(visit->roles, str_of(role));
}

int visit_office(const struct visit *visit, int role)
{
    return visit->delegates[role] ? visit->delegates[role] : role;
}

bool visit_holds(const struct visit *visit, int role)
{
    return visit_has_role(visit, visit->web->book->roles[visit_office(visit, role)].name);
}

struct str visit_pick(const struct visit *visit, struct str ja, struct str en)
{
    return visit->english && en.bytes ? en : ja.bytes ? ja : en;
}

const char *visit_name(const struct visit *visit)
{
    return str_z(visit->arena, visit_pick(visit, visit->who.name_ja, visit->who.name_en));
}

const char *visit_text(const struct visit *visit, struct text text)
{
    return text_in(text, visit->english);
}

struct str visit_form(const struct visit *visit, const char *name)
{
    return str_trim(request_form(visit->request, name));
}

/* What the glue adds to every answer (CSP and its like) stands in http_answer.c. */
void visit_headers(struct visit *visit)
{
    visit->response->scripted = visit->scripted;
    response_header(visit->response, "Cache-Control", STR("no-store"));
    response_header(visit->response, "Content-Language", visit->english ? STR("en") : STR("ja"));
}

struct html *visit_page(struct visit *visit, int status, enum place place, struct str title)
{
    visit->response->status = status;
    page_top(&visit->html, visit, place, title);
    return &visit->html;
}

void visit_send_bare(struct visit *visit, int status)
{
    if (visit->html.out.full) {
        visit->html = html_new(visit->arena, visit->english, PAGE_BYTES_MAX);
        visit_fault(visit, FAULT(visit->arena, "too-large", "the page passes %d bytes",
                                 (int)PAGE_BYTES_MAX));
        return;
    }
    visit->response->status = status;
    visit->response->media_type = STR("text/html; charset=utf-8");
    visit->response->body = html_done(&visit->html);
    visit_headers(visit);
}

void visit_send(struct visit *visit)
{
    page_bottom(&visit->html, visit);
    visit_send_bare(visit, visit->response->status);
}

void visit_redirect(struct visit *visit, struct str path)
{
    visit->response->status = 303;
    visit->response->media_type = STR("text/plain; charset=utf-8");
    visit->response->body = STR("See Other\n");
    response_header(visit->response, "Location", path);
    response_header(visit->response, "Cache-Control", STR("no-store"));
}

/* A refusal names its clause and its cure; the guard's own words where a guard refused. */
void visit_fault(struct visit *visit, struct fault *fault)
{
    const struct rulebook *book = visit->web->book;
    const struct fault_row *row = fault_row_of(book, fault->code);
    const struct guard_row *guard = guard_row_of(book, fault->guard);
    struct text text = guard ? guard->text
                       : row ? row->text
                             : (struct text){fault->code, fault->code};
    struct text cure = guard ? guard->cure : row ? row->cure : (struct text){"", ""};
    const char *title = visit_text(visit, text);
    visit->html = html_new(visit->arena, visit->english, PAGE_BYTES_MAX);
    visit_page(visit, row ? row->status : 500, PLACE_NONE, str_of(title));
    page_refusal(&visit->html, visit, fault, title, visit_text(visit, cure));
    visit_send(visit);
}
