/* pages_account.c: a maker or a facility registers itself; one's own password and API keys.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/people.h"
#include "store/aside.gen.h"
#include "store/sql.gen.h"
#include "web/pages.gen.h"
#include "web/pages_account.h"
#include "web/password.h"
#include "web/route.h"

#include "base/banned.h"

enum { KEY_NAME_MAX = 80 };

const struct join_field join_fields[] = {
    {"person_ja", N_("Your name in Japanese"), "text", "name", true},
    {"person_en", N_("Your name in English"), "text", "", true},
    {"mail", N_("Mail address (you sign in with it)"), "email", "username", true},
    {"maker_ja", N_("Name of the company in Japanese"), "text", "organization", true},
    {"maker_en", N_("Name of the company in English"), "text", "", true},
    {"country", N_("Country (two letters, JP for Japan)"), "text", "country", true},
    {"corporate_number", N_("Corporate number (13 digits, companies in Japan)"), "text", "", false},
};
const size_t join_fields_n = sizeof join_fields / sizeof *join_fields;

static struct fault *form_fault(struct visit *visit, const char *code, const char *pointer)
{
    struct fault *fault = FAULT(visit->arena, code, "%s", pointer);
    fault->concerns = str_of(pointer);
    return fault;
}

/* ---- a maker */

static struct fault *show_join(struct visit *visit, int status, const struct fault *faults)
{
    const char *words = word(visit->english, "Register your company");
    struct html *html =
        visit_page(visit, status, PLACE_NONE,
                   faults ? str_print(visit->arena, "%s: %s", word(visit->english, "Error"), words)
                          : str_of(words));
    page_join(html, visit, faults);
    visit_send(visit);
    return NULL;
}

struct fault *join_page(struct visit *visit)
{
    return show_join(visit, 200, NULL);
}

static struct fault *register_maker(struct hashing *hashing)
{
    struct visit *visit = hashing->visit;
    struct principal who;
    if (!hashing->made)
        return FAULT(visit->arena, "no-memory", "%s", "Argon2id needs 64 MiB");
    struct maker_request request = {.name_ja = visit_form(visit, "maker_ja"),
                                    .name_en = visit_form(visit, "maker_en"),
                                    .corporate_number = visit_form(visit, "corporate_number"),
                                    .country =
                                        str_upper(visit->arena, visit_form(visit, "country")),
                                    .person_ja = visit_form(visit, "person_ja"),
                                    .person_en = visit_form(visit, "person_en"),
                                    .mail = visit_form(visit, "mail"),
                                    .kind = visit_form(visit, "kind"),
                                    .password_hash = str_copy(visit->arena, str_of(hashing->hash))};
    struct fault *fault = desk_register_maker(visit->web->desk, visit->arena, &request, &who);
    if (fault && fault->concerns.bytes)
        return show_join(visit, 422, fault);
    TRY(fault);
    TRY(session_begin(visit, who.account));
    visit_redirect(visit, str_is(request.kind, "facility") ? STR("/facility")
                                                           : STR("/applications"));
    return NULL;
}

struct fault *join_post(struct visit *visit)
{
    struct fault *fault = password_check(visit);
    if (fault)
        return show_join(visit, 422, fault);
    struct hashing *hashing = NEW(visit->arena, struct hashing);
    *hashing = (struct hashing){.visit = visit, .then = register_maker};
    return password_hash(hashing);
}

const struct fault *named_fault(const struct fault *faults, const char *name)
{
    for (; faults; faults = faults->next)
        if (faults->concerns.bytes && str_is(str_skip(faults->concerns, 1), name))
            return faults;
    return NULL;
}

/* ---- one's own account */

static struct fault *show_account(struct visit *visit, int status, const struct fault *faults,
                                  const char *done, struct str key)
{
    char day[11];
    struct account_view view = {.faults = faults, .done = done, .key = key};
    TRY(sql_account_by_id(visit->web->store, visit->arena, visit->who.account, &view.account));
    if (!view.account)
        return FAULT(visit->arena, "absent", "no such account");
    TRY(sql_portal_api_keys(visit->web->store, visit->arena, visit->who.account, &view.keys,
                            &view.keys_n));
    TRY(sql_portal_parties(visit->web->store, visit->arena, visit->who.person,
                           day_print(visit->today, day), &view.parties, &view.parties_n));
    struct html *html =
        visit_page(visit, status, PLACE_ACCOUNT, str_of(word(visit->english, "Your account")));
    page_account(html, visit, &view);
    visit_send(visit);
    return NULL;
}

struct fault *account_page(struct visit *visit)
{
    struct str asked = request_query(visit->request, "done");
    const char *done =
        str_is(asked, "password")
            ? word(visit->english, "The password has been changed. Your other sessions have ended.")
        : str_is(asked, "key")
            ? word(visit->english, "The key is closed. It opens nothing any more.")
            : NULL;
    return show_account(visit, 200, NULL, done, STR_NONE);
}

static struct fault *change_password(struct hashing *hashing)
{
    struct visit *visit = hashing->visit;
    if (!hashing->right)
        return show_account(visit, 422, form_fault(visit, "signin-failed", "/present"), NULL,
                            STR_NONE);
    if (!hashing->made)
        return FAULT(visit->arena, "no-memory", "%s", "Argon2id needs 64 MiB");
    TRY(desk_set_password(visit->web->desk, visit->arena, &visit->who,
                          str_copy(visit->arena, str_of(hashing->hash))));
    TRY(sqlx_end_other_sessions(visit->web->store, visit->arena, visit->who.account,
                                visit->session));
    visit_redirect(visit, STR("/account?done=password"));
    return NULL;
}

struct fault *password_post(struct visit *visit)
{
    struct row_account *account;
    struct fault *fault = password_check(visit);
    if (fault)
        return show_account(visit, 422, fault, NULL, STR_NONE);
    TRY(sql_account_by_id(visit->web->store, visit->arena, visit->who.account, &account));
    struct str present = request_form(visit->request, "present");
    if (!account || !account->password.bytes || present.bytes > PASSWORD_BYTES_MAX)
        return show_account(visit, 422, form_fault(visit, "signin-failed", "/present"), NULL,
                            STR_NONE);
    struct hashing *hashing = NEW(visit->arena, struct hashing);
    *hashing = (struct hashing){.visit = visit,
                                .then = change_password,
                                .present = str_z(visit->arena, present),
                                .present_hash = str_z(visit->arena, account->password)};
    return password_hash(hashing);
}

struct fault *key_close_post(struct visit *visit)
{
    TRY(desk_close_key(visit->web->desk, visit->arena, &visit->who, visit_form(visit, "key")));
    visit_redirect(visit, STR("/account?done=key"));
    return NULL;
}

/* The key is shown this once: only its digest is kept. */
struct fault *key_post(struct visit *visit)
{
    struct str key, name = visit_form(visit, "name");
    if (!name.bytes || name.bytes > KEY_NAME_MAX || !str_is_text(name))
        return show_account(
            visit, 422, form_fault(visit, name.bytes ? "field-too-long" : "field-missing", "/name"),
            NULL, STR_NONE);
    TRY(desk_make_key(visit->web->desk, visit->arena, &visit->who, name, &key));
    return show_account(visit, 200, NULL, NULL, key);
}
