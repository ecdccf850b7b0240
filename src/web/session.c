/* session.c: sessions: a random cookie, stored as its digest, that ends with time.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/visit.h"

#include "base/hash.h"
#include "desk/people.h"
#include "store/aside.gen.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { SECRET_BYTES = 32, IDLE_MS = 30 * 60000, WHOLE_MS = 12 * 3600000, TOUCH_MS = 60000 };

static struct str digest_of(struct arena *arena, struct str secret)
{
    struct hash digest = hash_of(secret);
    return hash_hex(arena, &digest);
}

static void give_cookie(struct visit *visit, struct str secret, const char *more)
{
    bool secure =
        str_starts(visit->web->base_url, "https:") || str_starts(visit->web->base_url, "HTTPS:");
    response_header(visit->response, "Set-Cookie",
                    str_print(visit->arena, "session=%.*s; Path=/; HttpOnly; SameSite=Lax%s%s",
                              STR_F(secret), secure ? "; Secure" : "", more));
}

struct fault *session_begin(struct visit *visit, struct str account)
{
    struct store *store = visit->web->store;
    int64_t now = clock_now(visit->web->clock);
    struct str secret = random_name(visit->arena, SECRET_BYTES);
    if (visit->session.bytes)
        TRY(sqlx_end_session(store, visit->arena, visit->session));
    TRY(sqlx_end_old_sessions(store, visit->arena, now - IDLE_MS, now - WHOLE_MS));
    TRY(sqlx_begin_session(store, visit->arena, digest_of(visit->arena, secret), account,
                           random_name(visit->arena, SECRET_BYTES), now));
    give_cookie(visit, secret, "");
    return NULL;
}

struct fault *session_end(struct visit *visit)
{
    if (visit->session.bytes)
        TRY(sqlx_end_session(visit->web->store, visit->arena, visit->session));
    give_cookie(visit, STR_NONE, "; Max-Age=0");
    return NULL;
}

/* An account that was closed meanwhile is nobody's: not signed in, no fault. */
static struct fault *load_principal(struct visit *visit, struct str account)
{
    struct fault *fault = desk_principal(visit->web->store, visit->arena, account, &visit->who);
    visit->signed_in = !fault;
    return fault && str_is(str_of(fault->code), "absent") ? NULL : fault;
}

/* Finds the session of the request's cookie; none, ended or of a closed account: not signed in. */
struct fault *session_find(struct visit *visit)
{
    struct str secret = request_cookie(visit->request, "session");
    int64_t now = clock_now(visit->web->clock);
    struct row_session *session;
    if (!secret.bytes || secret.bytes > 100)
        return NULL;
    struct str digest = digest_of(visit->arena, secret);
    TRY(sql_session_by_digest(visit->web->store, visit->arena, digest, &session));
    if (!session || session->seen < now - IDLE_MS || session->begun < now - WHOLE_MS)
        return NULL;
    if (session->seen < now - TOUCH_MS)
        TRY(sqlx_touch_session(visit->web->store, visit->arena, digest, now));
    visit->session = digest;
    visit->form_token = session->form;
    return load_principal(visit, session->account);
}
