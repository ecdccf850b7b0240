/* public.c: one question to the public half: who answers it, in which language, and from which
 * cache. SPDX-License-Identifier: Apache-2.0 */
#include "web/public.h"

#include <setjmp.h>
#include <string.h>

#include "base/embedded.h"
#include "web/language.h"
#include "web/public_own.h"

#include "base/banned.h"

extern const struct embedded public_files[]; /* label.css, hoshi.css */

enum { LAST_MINUTE_MS = 61000, REQUEST_BYTES_MAX = 3 * PUBLIC_BODY_MAX };

struct public_route {
    const char *prefix;
    bool whole;       /* the path is the prefix, and nothing follows */
    bool api;         /* faults as problem+json, open to other origins */
    const char *asks; /* the names in the query that its answer depends on, besides lang */
    struct fault *(*answer)(struct ask *ask, struct str rest);
};

/* Whoever types the bare address looks for a label. */
static struct fault *public_front(struct ask *ask, struct str rest)
{
    (void)rest;
    response_header(ask->answer, "Location",
                    ask->english ? STR("/labels?lang=en") : STR("/labels"));
    public_send(ask, 302, "text/plain; charset=utf-8", STR("/labels\n"));
    return NULL;
}

static const struct public_route routes[] = {
    {"/", true, false, "", public_front},
    {"/L/", false, false, "m on", public_label_page},
    {"/criteria", true, false, "", public_editions_page},
    {"/criteria/", false, false, "", public_edition_page},
    {"/api/v1/criteria", true, true, "", public_api_editions},
    {"/api/v1/criteria/", false, true, "", public_api_edition},
    {"/api/v1/labels/", false, true, "on", public_api_label},
    {"/api/v1/labels", true, true, "q status level after limit", public_api_list},
    {"/labels", true, false, "q status level after limit m n", public_list_page},
    {"/facilities", true, false, "", public_facilities_page},
    {"/security", true, false, "before", public_notices_page},
    {"/security/", false, false, "revision", public_notice_page},
    {"/api/v1/security-notices", true, true, "before", public_api_notices},
    {"/api/v1/security-notices/", false, true, "", public_api_notice},
    {"/.well-known/csaf/", false, true, "", public_csaf_file},
    {"/.well-known/security.txt", true, true, "", public_security_txt},
    {"/api/v1/facilities", true, true, "", public_api_facilities},
    {"/labels.csv", true, false, "q status level limit", public_csv},
    {"/inquiries", true, false, "q edition", public_answers_page},
    {"/inquiries/", false, false, "", public_answer_page},
    {"/api/v1/inquiries", true, true, "q edition", public_api_answers},
    {"/misuse", true, false, "", public_misuse_page},
    {"/api/v1/misuse", true, true, "", public_api_misuse},
    {"/art/", false, false, "colour", public_art},
    {"/static/", false, false, "", public_static},
};

static const struct public_route *route_of(struct str path, struct str *rest)
{
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        size_t n = strlen(routes[i].prefix);
        if (path.bytes < n || (routes[i].whole && path.bytes != n) ||
            !str_eq_nocase((struct str){path.at, n}, str_of(routes[i].prefix)))
            continue;
        *rest = str_skip(path, n);
        return &routes[i];
    }
    return NULL;
}

struct fault *public_new(struct arena *arena, const struct public_settings *settings,
                         struct public_half **out)
{
    struct public_half *half = *out = NEW(arena, struct public_half);
    half->settings = *settings;
    half->cache = cache_new(arena);
    struct str host = str_lower(arena, settings->base_url);
    if (str_starts(host, "https://"))
        host = str_skip(host, 8);
    else if (str_starts(host, "http://"))
        host = str_skip(host, 7);
    half->host = host;
    struct hash digest = hash_of(embedded_find(public_files, "label.css"));
    memcpy(half->css_version, "?v=", 3);
    memcpy(half->css_version + 3, hash_hex(arena, &digest).at, 16);
    return folder_open(arena, settings->folder, &half->folder);
}

void public_open_to_all(struct response *response)
{
    response_header(response, "Access-Control-Allow-Origin", STR("*"));
    response_header(response, "Access-Control-Expose-Headers", STR("ETag, Link"));
}

void public_send(struct ask *ask, int status, const char *media_type, struct str body)
{
    ask->answer->status = status;
    ask->answer->media_type = str_of(media_type);
    ask->answer->body = body;
}

void public_send_page(struct ask *ask, int status)
{
    public_send(ask, status, "text/html; charset=utf-8", html_done(&ask->html));
}

static void add_headers(struct response *answer, bool last_minute)
{
    static const char *const lines[][2] = {
        {"Content-Security-Policy",
         "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
         "base-uri 'none'; frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Resource-Policy", "cross-origin"},
    };
    answer->plain = true;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        response_header(answer, lines[i][0], str_of(lines[i][1]));
    for (size_t i = 0; i < answer->headers_n; i++)
        if (str_is(answer->headers[i].name, "Cache-Control"))
            return;
    /* what is kept elsewhere must not live past midnight in Tokyo */
    response_header(answer, "Cache-Control",
                    last_minute || answer->status != 200 ? STR("no-cache")
                                                         : STR("public, max-age=60"));
    response_header(answer, "Vary", STR("Accept-Language"));
}

struct fault *public_static(struct ask *ask, struct str rest)
{
    struct str bytes = embedded_find(public_files, str_z(ask->arena, rest));
    if (!bytes.at)
        return FAULT(ask->arena, "no-such-page", "%.*s", STR_F(rest));
    response_header(ask->answer, "Cache-Control", STR("public, max-age=31536000, immutable"));
    public_send(ask, 200, "text/css; charset=utf-8", bytes);
    return NULL;
}

static void answer_anew(struct ask *ask, const struct public_route *route, struct str rest,
                        struct fault *fault)
{
    ask->html = html_new(ask->arena, ask->english, PUBLIC_PAGE_MAX);
    ask->path = ask->request->path;
    if (!fault)
        fault = route ? route->answer(ask, rest)
                      : FAULT(ask->arena, "no-such-page", "%.*s", STR_F(ask->request->path));
    if (fault)
        public_refuse(ask, fault, route ? route->api : str_starts(ask->request->path, "/api/"));
    else if (route->api)
        public_open_to_all(ask->answer);
}

/* What a question drives has a ceiling; passing it lands here instead of ending the process. */
static struct kept *make(struct ask *ask, const struct public_route *route, struct str rest,
                         struct fault *fault, struct str key, bool last_minute)
{
    struct response answer = {0};
    if (setjmp(*arena_guard(ask->arena)))
        return NULL;
    ask->answer = &answer;
    answer_anew(ask, route, rest, fault);
    add_headers(&answer, last_minute);
    if (answer.status == 405)
        response_header(&answer, "Allow", STR("GET, HEAD, OPTIONS"));
    return cache_keep(ask->half->cache, key, &answer);
}

static void answer_options(struct response *response, bool api)
{
    response->status = 204;
    response->plain = true;
    response_header(response, "Allow", STR("GET, HEAD, OPTIONS"));
    if (!api)
        return;
    response_header(response, "Access-Control-Allow-Origin", STR("*"));
    response_header(response, "Access-Control-Allow-Methods", STR("GET, HEAD, OPTIONS"));
    response_header(response, "Access-Control-Allow-Headers", STR("If-None-Match"));
    response_header(response, "Access-Control-Max-Age", STR("86400"));
}

/* One of the entity tags of If-None-Match is this one, or any will do (RFC 9110, 13.1.2). */
static bool none_match_fails(struct str header, const char *etag)
{
    while (header.bytes) {
        struct str one = str_trim(str_cut(header, ',', &header));
        if (str_starts(one, "W/"))
            one = str_skip(one, 2);
        if (str_is(one, etag) || str_is(one, "*"))
            return true;
    }
    return false;
}

static void give(const struct request *request, const struct kept *kept, struct response *response)
{
    struct str header = kept->etag[0] ? request_header(request, "If-None-Match") : STR_NONE;
    bool same = header.bytes && none_match_fails(header, kept->etag);
    response->status = same ? 304 : kept->status;
    response->prebuilt = same ? kept->not_modified : kept->answer;
}

/* An encoded name is kept as it stands: it may decode to one that is asked for. */
static bool is_asked(const char *asks, struct str name)
{
    struct str rest = str_of(asks);
    bool encoded = memchr(name.at, '%', name.bytes) || memchr(name.at, '+', name.bytes);
    while (rest.bytes && !encoded)
        encoded = str_eq(str_cut(rest, ' ', &rest), name);
    return encoded;
}

/* What nobody asks for is left out, or a page would be made anew for each made-up name. */
static void add_query(struct buf *key, const struct public_route *route, struct str query)
{
    while (route && query.bytes) {
        struct str value, pair = str_cut(query, '&', &query);
        if (!pair.bytes || !is_asked(route->asks, str_cut(pair, '=', &value)))
            continue;
        buf_add_char(key, '&');
        buf_add(key, pair);
    }
}

/* All that an answer depends on, as bytes: this is put together for every request. */
static struct str key_of(const struct request *request, const struct public_route *route,
                         const struct ask *ask, int64_t generation, bool last_minute, bool refused)
{
    struct buf key = buf_new(request->arena, request->path.bytes + request->query.bytes + 64);
    buf_add(&key, (struct str){(const char *)&generation, sizeof generation});
    buf_add(&key, (struct str){(const char *)&ask->today.n, sizeof ask->today.n});
    buf_add_char(&key, (char)(ask->english | last_minute << 1 | refused << 2));
    buf_add(&key, request->path);
    buf_add_char(&key, '?');
    add_query(&key, route, request->query);
    return buf_str(&key);
}

/* Once for all that came in one turn of the loop: who asks then, asks at the same moment. */
static struct fault *look(struct public_half *half, const struct request *request,
                          int64_t *generation)
{
    if (half->turn != http_turn(request->exchange)) {
        TRY(folder_look(half->folder, request->arena, &half->generation));
        half->turn = http_turn(request->exchange);
    }
    *generation = half->generation;
    return NULL;
}

/* A number that no label has, on the page of a label or by the API: which, and nothing more. */
static void tell_missed(const struct public_half *half, const struct public_route *route,
                        const struct request *request, struct str rest)
{
    bool asked = route && (route->answer == public_label_page || route->answer == public_api_label);
    if (asked && half->settings.missed && !request_query(request, "on").at && rest.bytes <= 40 &&
        !memchr(rest.at, '/', rest.bytes))
        half->settings.missed(half->settings.whom, rest);
}

void public_answer(void *whom, struct request *request, struct response *response)
{
    struct public_half *half = whom;
    struct str rest;
    const struct public_route *route = route_of(request->path, &rest);
    bool reads = request->method == HTTP_GET || request->method == HTTP_HEAD;
    if (request->method == HTTP_OPTIONS) {
        answer_options(response, route && route->api);
        return;
    }
    int64_t now = clock_now(half->settings.clock), generation = 0;
    struct ask ask = {.half = half,
                      .request = request,
                      .arena = request->arena,
                      .english = accepts_english(request),
                      .today = day_of_instant(now)};
    bool last_minute = now + LAST_MINUTE_MS >= day_begins(day_plus(ask.today, 1));
    struct fault *fault = look(half, request, &generation);
    if (!reads)
        fault = FAULT(request->arena, "method-not-allowed", "only GET and HEAD");
    struct str key = key_of(request, route, &ask, generation, last_minute, fault != NULL);
    struct kept *kept = fault ? NULL : cache_find(half->cache, key);
    if (!kept) {
        ask.arena = arena_new(REQUEST_BYTES_MAX);
        kept = ask.arena ? make(&ask, route, rest, fault, key, last_minute) : NULL;
        arena_free(ask.arena);
    }
    if (kept && kept->status == 404)
        tell_missed(half, route, request, rest);
    if (kept)
        give(request, kept, response);
    else
        response->status = 503;
}
