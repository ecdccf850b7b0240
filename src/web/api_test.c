/* api_test.c: a case as a case file of the rules gives it, so that those run over HTTP: test builds
 * only.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/given.h"
#include "web/api_part.h"

#include "base/banned.h"

#ifdef HOSHI_TEST

/* {"procedure": …, "state": …, "level": 1, "facts": {"today": "2027-06-01", "in-force": true}} */
struct fault *api_test_given_post(struct call *call)
{
    json_t *body, *brief;
    struct str case_id;
    int64_t version;
    TRY(call_body(call, false, &body));
    TRY(desk_give(call->web->desk, call->arena, &call->who, json_get(body, "procedure"),
                  json_get(body, "state"), json_get_int(body, "level", 1),
                  json_get(body, "edition"), json_object_get(body, "facts"), &case_id));
    TRY(case_brief(call, case_id, &brief, &version));
    call_header(call, "ETag", version_tag(call->arena, version));
    call_send(call, 201, brief);
    return NULL;
}

#endif
