/* password.c: a password that was typed twice: checked, hashed beside the loop.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/password.h"

#include <string.h>

#include "base/banned.h"

enum { PASSWORD_POINTS_MIN = 12 };

static void hash_it(void *what)
{
    struct hashing *hashing = what;
    hashing->right =
        !hashing->present || crypto_pwhash_str_verify(hashing->present_hash, hashing->present,
                                                      strlen(hashing->present)) == 0;
    hashing->made =
        hashing->right && crypto_pwhash_str(hashing->hash, hashing->password, hashing->bytes,
                                            crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                            crypto_pwhash_MEMLIMIT_INTERACTIVE) == 0;
}

static void hashed(void *what, struct http_exchange *exchange)
{
    struct hashing *hashing = what;
    struct response response = {0};
    hashing->visit->response = &response;
    struct fault *fault = hashing->then(hashing);
    if (fault)
        visit_fault(hashing->visit, fault);
    http_resume(exchange, &response);
}

static struct fault *wrong(struct visit *visit, const char *code, const char *pointer)
{
    struct fault *fault = FAULT(visit->arena, code, "%s", pointer);
    fault->concerns = str_of(pointer);
    return fault;
}

struct fault *password_check(struct visit *visit)
{
    struct str password = request_form(visit->request, "password");
    if (str_points(password) < PASSWORD_POINTS_MIN)
        return wrong(visit, "field-too-short", "/password");
    if (password.bytes > PASSWORD_BYTES_MAX)
        return wrong(visit, "field-too-long", "/password");
    if (!str_eq(password, request_form(visit->request, "again")))
        return wrong(visit, "passwords-differ", "/again");
    return NULL;
}

struct fault *password_hash(struct hashing *hashing)
{
    struct visit *visit = hashing->visit;
    struct str password = request_form(visit->request, "password");
    hashing->password = str_z(visit->arena, password);
    hashing->bytes = password.bytes;
    if (!http_work(visit->request->exchange, hash_it, hashed, hashing))
        return FAULT(visit->arena, "busy", "%s", "too many passwords wait to be hashed");
    return NULL;
}
