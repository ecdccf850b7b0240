/* pages_invitation.c: an invitation opens its account once: a password is chosen.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Looking at the page changes nothing: a reader of mail that opens links does not use it up. */
#include "base/hash.h"
#include "desk/people.h"
#include "store/aside.gen.h"
#include "store/sql.gen.h"
#include "web/pages.gen.h"
#include "web/password.h"
#include "web/route.h"

#include "base/banned.h"

static struct str digest_of(const struct visit *visit)
{
    struct hash digest = hash_of(visit->parts[0]);
    return hash_hex(visit->arena, &digest);
}

static struct fault *ended(struct visit *visit)
{
    return FAULT(visit->arena, "invitation-ended", "%s", "no invitation of this name is open");
}

/* Whom the link invites. */
static struct fault *invited(struct visit *visit, struct principal *who,
                             struct row_account **account)
{
    struct row_signin_link *link;
    TRY(sql_signin_link_by_digest(visit->web->store, visit->arena, digest_of(visit), &link));
    if (!link || !link->once || link->ends < clock_now(visit->web->clock))
        return ended(visit);
    TRY(desk_principal(visit->web->store, visit->arena, link->account, who));
    return sql_account_by_id(visit->web->store, visit->arena, link->account, account);
}

static struct fault *show(struct visit *visit, int status, const struct fault *faults)
{
    struct principal who;
    struct row_account *account;
    TRY(invited(visit, &who, &account));
    struct html *html = visit_page(visit, status, PLACE_NONE,
                                   str_of(word(visit->english, "Choose your password")));
    page_invitation(html, visit, &who, account, faults);
    visit_send(visit);
    return NULL;
}

struct fault *invitation_page(struct visit *visit)
{
    return show(visit, 200, NULL);
}

/* Of two who open the same link at once, one takes it. */
static struct fault *accept(struct hashing *hashing)
{
    struct visit *visit = hashing->visit;
    struct principal who;
    struct sqlx_signin_link_use_row *link;
    if (!hashing->made)
        return FAULT(visit->arena, "no-memory", "%s", "Argon2id needs 64 MiB");
    TRY(sqlx_signin_link_use(visit->web->store, visit->arena, digest_of(visit),
                             clock_now(visit->web->clock), &link));
    if (!link)
        return ended(visit);
    TRY(desk_principal(visit->web->store, visit->arena, link->account, &who));
    TRY(desk_set_password(visit->web->desk, visit->arena, &who,
                          str_copy(visit->arena, str_of(hashing->hash))));
    TRY(session_begin(visit, who.account));
    visit_redirect(visit, STR("/"));
    return NULL;
}

struct fault *invitation_post(struct visit *visit)
{
    struct principal who;
    struct row_account *account;
    TRY(invited(visit, &who, &account)); /* before a hash is computed for nobody */
    struct fault *fault = password_check(visit);
    if (fault)
        return show(visit, 422, fault);
    struct hashing *hashing = NEW(visit->arena, struct hashing);
    *hashing = (struct hashing){.visit = visit, .then = accept};
    return password_hash(hashing);
}
