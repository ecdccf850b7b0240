/* route.c: from a request to the page that answers it: table, gate, forged requests, declared
 * fields. SPDX-License-Identifier: Apache-2.0 */
#include "web/route.h"

#include <string.h>

#include "base/hash.h"
#include "web/api.h"
#include "web/language.h"
#include "web/openly.h"
#include "web/pages_time.h"
#include "web/problem.h"

#include "base/banned.h"

static const struct route routes[] = {
    {HTTP_GET, "/", GATE_OPEN, home_page, ""},
    {HTTP_GET, "/signin", GATE_OPEN, signin_page, ""},
    {HTTP_POST, "/signin", GATE_OPEN, signin_post, "login password next"},
    {HTTP_GET, "/signin/{}", GATE_DEMO, signin_link_page, ""},
    {HTTP_GET, "/invitation/{}", GATE_OPEN, invitation_page, ""},
    {HTTP_POST, "/invitation/{}", GATE_OPEN, invitation_post, "login password again"},
    {HTTP_POST, "/signout", GATE_SIGNED_IN, signout_post, ""},
    {HTTP_GET, "/join", GATE_OPEN, join_page, ""},
    {HTTP_POST, "/join", GATE_OPEN, join_post,
     "kind person_ja person_en mail password again maker_ja maker_en country corporate_number"},
    {HTTP_GET, "/account", GATE_SIGNED_IN, account_page, ""},
    {HTTP_POST, "/account/password", GATE_SIGNED_IN, password_post, "present password again"},
    {HTTP_POST, "/account/keys", GATE_SIGNED_IN, key_post, "name"},
    {HTTP_POST, "/account/keys/close", GATE_SIGNED_IN, key_close_post, "key"},
    {HTTP_GET, "/applications", GATE_SIGNED_IN, applications_page, ""},
    {HTTP_POST, "/applications", GATE_SIGNED_IN, application_open,
     "once party level category label"},
    {HTTP_GET, "/requests", GATE_SIGNED_IN, requests_page, ""},
    {HTTP_GET, "/cases/{}", GATE_SIGNED_IN, case_page, ""},
    {HTTP_GET, "/cases/{}/draft/{}", GATE_SIGNED_IN, draft_page, ""},
    {HTTP_POST, "/cases/{}/draft/{}", GATE_SIGNED_IN, draft_post, "*"},
    {HTTP_POST, "/cases/{}/appeal", GATE_SIGNED_IN, appeal_begin, "once"},
    {HTTP_POST, "/cases/{}/files", GATE_SIGNED_IN, file_post, "*"},
    {HTTP_GET, "/cases/{}/files/{}", GATE_SIGNED_IN, file_get, ""},
    {HTTP_GET, "/cases/{}/steps/{}", GATE_SIGNED_IN, step_page, ""},
    {HTTP_POST, "/cases/{}/steps/{}", GATE_SIGNED_IN, step_post, "*"},
    {HTTP_GET, "/cases/{}/done/{}", GATE_SIGNED_IN, done_page, ""},
    {HTTP_GET, "/cases/{}/letters/{}", GATE_SIGNED_IN, letter_page, ""},
    {HTTP_GET, "/inbox", GATE_STAFF, inbox_page, ""},
    {HTTP_GET, "/cases", GATE_STAFF, cases_page, ""},
    {HTTP_GET, "/my-labels", GATE_SIGNED_IN, own_labels_page, ""},
    {HTTP_POST, "/my-labels/extend", GATE_SIGNED_IN, extensions_preview, "label all"},
    {HTTP_POST, "/my-labels/extensions", GATE_SIGNED_IN, extensions_post, "*"},
    {HTTP_GET, "/succession", GATE_SIGNED_IN, succession_page, ""},
    {HTTP_POST, "/succession", GATE_SIGNED_IN, succession_post, "*"},
    {HTTP_GET, "/my-labels/{}", GATE_SIGNED_IN, own_label_page, ""},
    {HTTP_POST, "/my-labels/{}/begin", GATE_SIGNED_IN, own_label_begin,
     "procedure step level once"},
    {HTTP_GET, "/batches", GATE_STAFF, batches_page, ""},
    {HTTP_GET, "/batches/{}/{}", GATE_STAFF, batch_page, ""},
    {HTTP_POST, "/batches/{}/{}", GATE_STAFF, batch_post, "*"},
    {HTTP_GET, "/renewals", GATE_SIGNED_IN, renewals_page, ""},
    {HTTP_GET, "/issued", GATE_STAFF, labels_page, ""},
    {HTTP_GET, "/watch", GATE_STAFF, watch_page, ""},
    {HTTP_POST, "/watch", GATE_STAFF, sample_open, "once"},
    {HTTP_GET, "/watch/fixes", GATE_STAFF, watch_fixes_page, ""},
    {HTTP_GET, "/watch/{}", GATE_STAFF, watch_cases_page, ""},
    {HTTP_GET, "/matches", GATE_STAFF, matches_page, ""},
    {HTTP_GET, "/feeds", GATE_STAFF, feeds_page, ""},
    {HTTP_POST, "/feeds", GATE_STAFF, feed_open, "once"},
    {HTTP_GET, "/facility", GATE_SIGNED_IN, facilities_page, ""},
    {HTTP_GET, "/facility/{}", GATE_SIGNED_IN, facility_page, ""},
    {HTTP_GET, "/facility/{}/cases", GATE_SIGNED_IN, facility_cases_page, ""},
    {HTTP_GET, "/facility/{}/certificate.pdf", GATE_SIGNED_IN, certificate_page, ""},
    {HTTP_POST, "/facility/{}/cases", GATE_SIGNED_IN, facility_open, "once procedure"},
    {HTTP_GET, "/notices", GATE_SIGNED_IN, notices_page, ""},
    {HTTP_GET, "/mass", GATE_STAFF, mass_page, ""},
    {HTTP_POST, "/mass", GATE_STAFF, mass_open, "*"},
    {HTTP_GET, "/parameters", GATE_STAFF, parameters_page, ""},
    {HTTP_GET, "/parameters/{}", GATE_STAFF, parameter_page, ""},
    {HTTP_POST, "/parameters/{}", GATE_STAFF, parameter_propose, "*"},
    {HTTP_GET, "/editions", GATE_STAFF, editions_page, ""},
    {HTTP_POST, "/editions", GATE_STAFF, edition_open, "once level"},
    {HTTP_GET, "/cases/{}/preview", GATE_SIGNED_IN, preview_page, ""},
    {HTTP_GET, "/cases/{}/notice", GATE_SIGNED_IN, notice_preview_page, ""},
    {HTTP_GET, "/cases/{}/preview.csv", GATE_SIGNED_IN, preview_list, ""},
    {HTTP_GET, "/demo/time", GATE_DEMO, time_page, ""},
    {HTTP_POST, "/demo/time", GATE_DEMO, time_post, "days"},
    {HTTP_GET, "/questions", GATE_STAFF, questions_page, ""},
    {HTTP_GET, "/claims", GATE_STAFF, claims_page, ""},
    {HTTP_GET, "/open", GATE_OPEN, opens_page, ""},
    {HTTP_GET, "/open/{}", GATE_OPEN, open_page, ""},
    {HTTP_POST, "/open/{}", GATE_OPEN, open_post, "*"},
    {HTTP_POST, "/alike", GATE_OPEN, alike_post, "q"},
    {HTTP_GET, "/follow/{}", GATE_OPEN, follow_page, ""},
    {HTTP_POST, "/follow/{}/{}", GATE_OPEN, follow_post, "*"},
    {HTTP_GET, "/clauses", GATE_OPEN, rules_page, ""},
    {HTTP_GET, "/clauses/{}", GATE_OPEN, clause_page, ""},
    {HTTP_GET, "/static/{}", GATE_OPEN, static_file, ""},
};

static bool path_fits(const char *pattern, struct str path, struct str parts[PATH_PARTS_MAX])
{
    struct str left = str_of(pattern);
    size_t n = 0;
    for (;;) {
        struct str wanted = str_cut(left, '/', &left), got = str_cut(path, '/', &path);
        if (str_is(wanted, "{}")) {
            if (!got.bytes || n == PATH_PARTS_MAX)
                return false;
            parts[n++] = got;
        } else if (!str_eq(wanted, got)) {
            return false;
        }
        if (!left.at || !path.at)
            return !left.at && !path.at;
    }
}

static const struct route *route_of(struct visit *visit, bool *other_method)
{
    enum http_method method =
        visit->request->method == HTTP_HEAD ? HTTP_GET : visit->request->method;
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        if (!path_fits(routes[i].path, visit->request->path, visit->parts))
            continue;
        if (routes[i].method == method)
            return &routes[i];
        *other_method = true;
    }
    return NULL;
}

/* What a browser says about where a form came from: nothing, or this very site. */
static bool comes_from_here(const struct request *request)
{
    struct str site = request_header(request, "Sec-Fetch-Site");
    struct str origin = request_header(request, "Origin"), host = request_header(request, "Host");
    if (site.bytes && !str_is(site, "same-origin") && !str_is(site, "none"))
        return false;
    if (!origin.bytes)
        return true;
    struct str rest;
    struct str scheme = str_cut(origin, ':', &rest);
    return (str_is(scheme, "http") || str_is(scheme, "https")) && str_starts(rest, "//") &&
           str_eq_nocase(str_skip(rest, 2), host);
}

static bool token_fits(const struct visit *visit)
{
    if (!visit->signed_in)
        return true;
    struct hash given = hash_of(request_form(visit->request, "form"));
    struct hash wanted = hash_of(visit->form_token);
    return hash_eq(&given, &wanted);
}

static bool declared(const char *fields, struct str name)
{
    struct str rest = str_of(fields);
    while (rest.bytes)
        if (str_eq(str_cut(rest, ' ', &rest), name))
            return true;
    return str_is(name, "form");
}

static struct fault *only_declared_fields(const struct visit *visit, const char *fields)
{
    for (size_t i = 0; i < visit->request->fields_n; i++) {
        struct str name = visit->request->fields[i].name;
        if (declared(fields, name))
            continue;
        struct fault *fault = FAULT(visit->arena, "field-unknown", "%.*s", STR_F(name));
        fault->concerns = str_print(visit->arena, "/%.*s", STR_F(name));
        return fault;
    }
    return NULL;
}

static struct fault *pass_gate(struct visit *visit, const struct route *route)
{
    if (route->gate == GATE_DEMO && !visit->web->demo)
        return FAULT(visit->arena, "no-such-page", "%s", "demonstration only");
    if (route->gate == GATE_STAFF && !visit->staff)
        return FAULT(visit->arena, "not-staff", "%s", route->path);
    if (route->method != HTTP_POST)
        return NULL;
    if (!comes_from_here(visit->request))
        return FAULT(visit->arena, "forged-request", "%s", "another site's form");
    if (!token_fits(visit))
        return FAULT(visit->arena, "forged-request", "%s",
                     "the session's token is not that of the form");
    return strcmp(route->fields, "*") == 0 ? NULL : only_declared_fields(visit, route->fields);
}

static struct fault *answer_page(struct visit *visit)
{
    bool other_method = false;
    const struct route *route = route_of(visit, &other_method);
    if (!route)
        return FAULT(visit->arena, other_method ? "method-not-allowed" : "no-such-page", "%.*s",
                     STR_F(visit->request->path));
    if ((route->gate == GATE_SIGNED_IN || route->gate == GATE_STAFF) && !visit->signed_in) {
        visit_redirect(visit, str_print(visit->arena, "/signin?next=%.*s",
                                        STR_F(url_part(visit->arena, visit->request->path))));
        return NULL;
    }
    TRY(pass_gate(visit, route));
    return route->answer(visit);
}

static bool is_under(struct str path, const char *folder)
{
    size_t n = strlen(folder);
    return str_starts(path, folder) && (path.bytes == n || path.at[n] == '/');
}

static bool is_public(struct str path)
{
    static const char *const folders[] = {"/L",   "/l",        "/labels",
                                          "/art", "/criteria", "/inquiries", "/misuse",
                                          "/api/v1/inquiries", "/api/v1/misuse", "/api/v1/labels",
                                          "/api/v1/criteria", "/facilities", "/api/v1/facilities",
                                          "/security", "/api/v1/security-notices", "/.well-known"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (is_under(path, folders[i]))
            return true;
    return str_is(path, "/labels.csv");
}

bool web_knows(struct web *web, struct request *request)
{
    struct visit visit = {.web = web, .request = request, .arena = request->arena};
    return api_knows(web, request) || (!session_find(&visit) && visit.signed_in);
}

static void refuse(struct web *web, struct request *request, struct response *response,
                   struct fault *fault)
{
    struct visit *visit = NEW(request->arena, struct visit);
    if (is_under(request->path, "/api")) {
        problem_answer(web->book, request->arena, fault, accepts_english(request), response);
        return;
    }
    if (!visit_begin(web, request, response, visit))
        visit_fault(visit, fault);
}

void web_admit(void *whom, struct request *request, struct response *response)
{
    struct web *web = whom;
    struct fault *fault = NULL;
    struct str type = request_header(request, "Content-Type");
    request->whole_path = !is_under(request->path, "/follow") &&
                          !is_under(request->path, "/invitation") &&
                          !is_under(request->path, "/signin");
    if (type.bytes > 10)
        type.bytes = 10;
    bool file = request->method == HTTP_PUT || str_eq_nocase(type, STR("multipart/"));
    if (open_is_post(request))
        fault = open_admit(web, request, response);
    else if (file && !web_knows(web, request))
        fault = FAULT(request->arena, "unauthorized", "sign in, or send a key, before a file");
    if (fault)
        refuse(web, request, response, fault);
}

void web_answer(void *whom, struct request *request, struct response *response)
{
    struct web *web = whom;
    if (is_public(request->path) && web->forward) {
        web->forward(web->forward_whom, request, response);
        return;
    }
    if (is_under(request->path, "/api") || str_is(request->path, "/demo/keys")) {
        api_answer(web, request, response);
        return;
    }
    struct visit *visit = NEW(request->arena, struct visit);
    struct fault *fault = visit_begin(web, request, response, visit);
    if (!fault)
        fault = answer_page(visit);
    if (fault)
        visit_fault(visit, fault);
}
