/* signin.c: signing in by password or demonstration link, and out. Argon2id runs beside the loop.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An unknown login and a wrong password take the same time and get the same answer; failures are
 * counted for either, and five within a quarter of an hour close the door until it has passed. */
#include <sodium.h>
#include <string.h>

#include "base/hash.h"
#include "store/aside.gen.h"
#include "store/sql.gen.h"
#include "web/api.h"
#include "web/misses.h"
#include "web/pages.gen.h"
#include "web/rate.h"
#include "web/route.h"

#include "base/banned.h"

enum { FAILURES_MAX = 5, FAILURES_MS = 15 * 60000 };

struct signin {
    struct visit *visit;
    struct str login, next, account;
    const char *hash, *password;
    size_t password_bytes;
    bool good;
};

static struct str page_after(const struct visit *visit, struct str next)
{
    bool here = next.bytes > 1 && next.at[0] == '/' && next.at[1] != '/' && next.at[1] != '\\' &&
                str_is_text(next) && !memchr(next.at, '\n', next.bytes);
    (void)visit;
    return here ? next : STR("/");
}

static struct fault *show_form(struct visit *visit, int status, struct str login, struct str next,
                               const char *wrong)
{
    struct html *html =
        visit_page(visit, status, PLACE_NONE, str_of(word(visit->english, "Sign in")));
    page_signin(html, visit, login, next, wrong);
    visit_send(visit);
    return NULL;
}

struct fault *home_page(struct visit *visit)
{
    if (visit->signed_in) {
        visit_redirect(visit, visit->staff ? STR("/inbox") : STR("/applications"));
        return NULL;
    }
    struct html *html =
        visit_page(visit, 200, PLACE_NONE, str_of(word(visit->english, "Application desk")));
    page_home(html, visit);
    visit_send(visit);
    return NULL;
}

struct fault *signin_page(struct visit *visit)
{
    return show_form(visit, 200, STR_NONE, request_query(visit->request, "next"), NULL);
}

static void verify(void *what)
{
    struct signin *signin = what;
    signin->good =
        crypto_pwhash_str_verify(signin->hash, signin->password, signin->password_bytes) == 0;
}

static struct fault *finish(struct signin *signin)
{
    struct visit *visit = signin->visit;
    struct store *store = visit->web->store;
    if (!signin->good || !signin->account.bytes)
        return show_form(visit, 422, signin->login, signin->next,
                         word(visit->english, "The mail address or the password is wrong."));
    TRY(sqlx_forget_signin_failures(store, visit->arena, signin->login));
    TRY(session_begin(visit, signin->account));
    visit_redirect(visit, page_after(visit, signin->next));
    return NULL;
}

/* Before it is verified, or a hundred guesses sent at once would all pass the count. */
static struct fault *count_attempt(const struct signin *signin)
{
    struct visit *visit = signin->visit;
    int64_t now = clock_now(visit->web->clock);
    TRY(sqlx_end_old_signin_failures(visit->web->store, visit->arena, now - FAILURES_MS));
    return sqlx_count_signin_failure(visit->web->store, visit->arena, signin->login, now,
                                     now - FAILURES_MS);
}

static void verified(void *what, struct http_exchange *exchange)
{
    struct signin *signin = what;
    struct response response = {0};
    signin->visit->response = &response;
    struct fault *fault = finish(signin);
    if (fault)
        visit_fault(signin->visit, fault);
    http_resume(exchange, &response);
}

struct fault *signin_post(struct visit *visit)
{
    struct row_signin_failure *failures;
    struct row_account *account;
    struct signin *signin = NEW(visit->arena, struct signin);
    struct str password = request_form(visit->request, "password");
    *signin = (struct signin){.visit = visit,
                              .login = str_lower(visit->arena, visit_form(visit, "login")),
                              .next = visit_form(visit, "next")};
    if (!signin->login.bytes || signin->login.bytes > 254 || password.bytes > 1024)
        return show_form(visit, 422, signin->login, signin->next,
                         word(visit->english, "The mail address or the password is wrong."));
    TRY(sql_signin_failure_by_login(visit->web->store, visit->arena, signin->login, &failures));
    if (failures && failures->n >= FAILURES_MAX &&
        failures->since > clock_now(visit->web->clock) - FAILURES_MS)
        return show_form(
            visit, 429, signin->login, signin->next,
            word(visit->english, "Too many failed attempts. Try again in 15 minutes."));
    TRY(count_attempt(signin));
    TRY(sql_account_by_login(visit->web->store, visit->arena, signin->login, &account));
    bool usable = account && !account->closed && account->password.bytes;
    signin->account = usable ? account->id : STR_NONE;
    signin->hash =
        usable ? str_z(visit->arena, account->password) : visit->web->portal->no_password;
    signin->password = str_z(visit->arena, password);
    signin->password_bytes = password.bytes;
    if (!http_work(visit->request->exchange, verify, verified, signin))
        return FAULT(visit->arena, "busy", "%s", "too many passwords wait to be verified");
    return NULL;
}

/* Demonstration: the link itself signs in, and a later one takes its place. */
struct fault *signin_link_page(struct visit *visit)
{
    struct row_signin_link *link;
    struct hash digest = hash_of(visit->parts[0]);
    TRY(sql_signin_link_by_digest(visit->web->store, visit->arena, hash_hex(visit->arena, &digest),
                                  &link));
    if (!link || link->once || (link->ends && link->ends < clock_now(visit->web->clock)))
        return FAULT(visit->arena, "no-such-page", "%s", "no such sign-in link");
    TRY(session_begin(visit, link->account));
    visit_redirect(visit, page_after(visit, request_query(visit->request, "next")));
    return NULL;
}

struct fault *signout_post(struct visit *visit)
{
    TRY(session_end(visit));
    visit_redirect(visit, STR("/signin"));
    return NULL;
}

struct fault *web_begin(struct web *web, struct arena *arena)
{
    char secret[64];
    struct portal *portal = NEW(arena, struct portal);
    random_bytes(secret, sizeof secret);
    if (crypto_pwhash_str(portal->no_password, secret, sizeof secret,
                          crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        return FAULT(arena, "no-memory", "%s", "Argon2id needs 64 MiB");
    struct hash css = hash_of(static_text("hoshi.css"));
    memcpy(portal->css_version, hash_hex(arena, &css).at, sizeof portal->css_version - 1);
    struct hash script = hash_of(static_text("alike.js"));
    memcpy(portal->script_version, hash_hex(arena, &script).at, sizeof portal->script_version - 1);
    web->portal = portal;
    web->together = together_new(web, arena);
    web->misses = misses_new(arena, web);
    web->rate = rate_new(arena);
    web->typed = rate_new(arena);
    web->form_key = random_name(arena, 32);
    return NULL;
}
