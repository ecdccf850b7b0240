/* api.c: from a request under /api to the row that answers it: key, method, body.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/api.h"

#include "base/buf.h"
#include "desk/openly.h"
#include "desk/people.h"
#include "store/aside.gen.h"
#include "web/api_part.h"
#include "web/language.h"
#include "web/openly.h"
#include "web/problem.h"

#include "base/banned.h"

/* Open to anybody; to who has a bearer key; and, as it writes rows alone, in one transaction with
 * the others of its turn. */
enum sort { OPEN, KEYED, TOGETHER };

struct row {
    enum http_method method;
    const char *path; /* {} stands for one part of it */
    enum sort sort;
    call_answer *answer;
    bool guests; /* takes the link of who came without an account for a key: of that case alone */
};

static const struct row rows[] = {
    {HTTP_GET, "/api/v1/cases", KEYED, api_cases_get, false},
    {HTTP_POST, "/api/v1/cases", TOGETHER, api_cases_post, false},
    {HTTP_GET, "/api/v1/cases/{}", KEYED, api_case_get, true},
    {HTTP_POST, "/api/v1/cases/{}/steps/{}", TOGETHER, api_step_post, true},
    {HTTP_POST, "/api/v1/open/{}", OPEN, api_open_post, false},
    {HTTP_GET, "/api/v1/cases/{}/preview", KEYED, api_preview_get, false},
    {HTTP_GET, "/api/v1/cases/{}/preview.csv", KEYED, api_preview_list, false},
    {HTTP_GET, "/api/v1/cases/{}/files/{}", KEYED, api_case_file_get, false},
    {HTTP_PUT, "/api/v1/cases/{}/files/{}", KEYED, api_file_put, false},
    {HTTP_GET, "/api/v1/cases/{}/files/{}/csaf", KEYED, api_file_csaf, false},
    {HTTP_GET, "/api/v1/cases/{}/letters", KEYED, api_letters_get, false},
    {HTTP_GET, "/api/v1/cases/{}/letters/{}", KEYED, api_letter_get, false},
    {HTTP_GET, "/api/v1/requests", KEYED, api_requests_get, false},
    {HTTP_GET, "/api/v1/requests/{}", KEYED, api_request_get, false},
    {HTTP_PUT, "/api/v1/requests/{}/results", KEYED, api_request_results, false},
    {HTTP_PUT, "/api/v1/requests/{}/files/{}", KEYED, api_file_put, false},
    {HTTP_POST, "/api/v1/requests/{}/submit", KEYED, api_request_submit, false},
    {HTTP_GET, "/api/v1/labels-of-mine", KEYED, api_own_labels_get, false},
    {HTTP_POST, "/api/v1/extensions", KEYED, api_extensions_post, false},
    {HTTP_POST, "/api/v1/successions", KEYED, api_successions_post, false},
    {HTTP_GET, "/api/v1/editions/{}", OPEN, api_edition_get, false},
    {HTTP_GET, "/api/v1/problems/{}", OPEN, api_problem_get, false},
    {HTTP_GET, "/api/v1/openapi.json", OPEN, api_openapi_get, false},
    {HTTP_GET, "/demo/keys", OPEN, api_demo_keys_get, false},
#ifdef HOSHI_TEST
    {HTTP_POST, "/api/v1/test/given", TOGETHER, api_test_given_post, false},
#endif
};

enum { ROWS_N = sizeof rows / sizeof rows[0] };

static bool path_fits(const char *pattern, struct str path, struct str parts[CALL_PARTS_MAX])
{
    struct str left = str_of(pattern);
    size_t n = 0;
    if (str_ends(path, "/"))
        return false;
    while (left.at && path.at) {
        struct str wanted = str_cut(left, '/', &left), got = str_cut(path, '/', &path);
        if (str_is(wanted, "{}") && got.bytes && n < CALL_PARTS_MAX)
            parts[n++] = got;
        else if (!str_eq(wanted, got))
            return false;
    }
    return !left.at && !path.at;
}

static const char *method_name(enum http_method method)
{
    return method == HTTP_POST ? "POST" : method == HTTP_PUT ? "PUT" : "GET, HEAD";
}

/* The row of this path and method; a path that is there for other methods names them in Allow. */
static struct fault *find_row(struct call *call, const struct row **out)
{
    enum http_method method = call->request->method == HTTP_HEAD ? HTTP_GET : call->request->method;
    struct buf allowed = buf_new(call->arena, 64);
    for (size_t i = 0; i < ROWS_N; i++) {
        if (!path_fits(rows[i].path, call->request->path, call->parts))
            continue;
        if (rows[i].method == method) {
            *out = &rows[i];
            return NULL;
        }
        buf_add_z(&allowed, allowed.bytes ? ", " : "");
        buf_add_z(&allowed, method_name(rows[i].method));
    }
    if (!allowed.bytes)
        return FAULT(call->arena, "absent", "nothing is at %.*s", STR_F(call->request->path));
    call_header(call, "Allow", buf_str(&allowed));
    return FAULT(call->arena, "method-not-allowed", "%.*s takes %.*s", STR_F(call->request->path),
                 STR_F(buf_str(&allowed)));
}

static struct fault *find_principal(struct call *call)
{
    enum { KEY_BYTES_MAX = 200 };
    struct str given = request_header(call->request, "Authorization"), key;
    struct str scheme = str_cut(str_trim(given), ' ', &key);
    key = str_trim(key);
    if (!str_eq_nocase(scheme, STR("Bearer")) || !key.bytes || key.bytes > KEY_BYTES_MAX)
        return FAULT(call->arena, "unauthorized", "Authorization: Bearer KEY is needed");
    struct hash digest = hash_of(key);
    struct row_account *account;
    TRY(sql_account_by_key_digest(call->web->store, call->arena, hash_hex(call->arena, &digest),
                                  &account));
    if (!account)
        return desk_guest(call->web->store, call->arena, key, &call->who)
                   ? FAULT(call->arena, "unauthorized", "the key is unknown, or closed")
                   : NULL;
    return desk_principal(call->web->store, call->arena, account->id, &call->who);
}

bool api_knows(struct web *web, struct request *request)
{
    struct call call = {.web = web, .request = request, .arena = request->arena};
    return !find_principal(&call) && call.who.person.bytes;
}

/* Once a day: so that an account's page can tell which of its keys are still in use. */
static struct fault *see_key(struct call *call)
{
    struct str key;
    struct sql_api_key_seen_on_row *seen;
    char day[11];
    str_cut(str_trim(request_header(call->request, "Authorization")), ' ', &key);
    struct hash hash = hash_of(str_trim(key));
    struct str digest = hash_hex(call->arena, &hash),
               today = day_print(clock_today(call->web->clock), day);
    TRY(sql_api_key_seen_on(call->web->store, call->arena, digest, today, &seen));
    return seen && seen->n ? NULL : sqlx_see_api_key(call->web->store, call->arena, digest, today);
}

static struct fault *answer_call(struct call *call)
{
    const struct row *row = NULL;
    TRY(find_row(call, &row));
    if (row->sort != OPEN) {
        TRY(find_principal(call));
        if (call->who.person.bytes)
            TRY(see_key(call));
        else if (!row->guests)
            return FAULT(call->arena, "unauthorized", "the link is a key to its own case alone");
        else if (call->request->method != HTTP_GET && call->request->method != HTTP_HEAD)
            TRY(open_admit(call->web, call->request, call->response));
    }
    if (row->sort != TOGETHER)
        return row->answer(call);
    together_add(call, row->answer);
    return NULL;
}

void call_begin(struct call *call)
{
    call_header(call, "Cache-Control", STR("no-store"));
    call_header(call, "Vary", STR("Accept-Language, Authorization"));
}

void call_refuse(struct call *call, const struct fault *fault)
{
    problem_answer(call->web->book, call->arena, fault, accepts_english(call->request),
                   call->response);
}

void api_answer(struct web *web, struct request *request, struct response *response)
{
    struct call call = {
        .web = web, .request = request, .response = response, .arena = request->arena};
    call_begin(&call);
    struct fault *fault = answer_call(&call);
    if (fault)
        call_refuse(&call, fault);
}
