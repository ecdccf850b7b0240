/* api_openly.c: whoever has no key files a case in one call, and follows it by the link as key.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/api_part.h"
#include "web/language.h"
#include "web/openly.h"
#include "web/rate.h"

#include "base/banned.h"

/* A browser says where it comes from; forms of other sites are not taken. */
static struct fault *no_other_site(struct call *call)
{
    struct str site = request_header(call->request, "Sec-Fetch-Site");
    if (site.bytes && !str_is(site, "same-origin") && !str_is(site, "none"))
        return FAULT(call->arena, "forged-request", "%s", "another site's form");
    return NULL;
}

struct fault *api_open_post(struct call *call)
{
    const struct rulebook *book = call->web->book;
    const struct procedure_row *procedure = procedure_by_name(book, call->parts[0]);
    const struct step_row *step = procedure ? open_step(book, procedure) : NULL;
    struct principal nobody = {0};
    struct open_files files;
    struct open_answer answer;
    struct open_request request = {.procedure = call->parts[0],
                                   .english = accepts_english(call->request),
                                   .who = &nobody,
                                   .keep = open_files_keep,
                                   .drop = open_files_drop,
                                   .whom = &files};
    json_t *brief;
    int64_t version;
    if (!step)
        return FAULT(call->arena, "unknown-procedure", "nobody begins it without an account");
    TRY(no_other_site(call));
    TRY(call_idempotency_key(call, &request.once));
    TRY(call_body_or_part(call, "fields", &request.fields));
    TRY(open_files_look(call->web, call->request, step->form, &files));
    request.files = files.at;
    request.files_n = files.n;
    TRY(desk_file_openly(call->web->desk, call->arena, &request, &answer));
    if (!answer.step.repeated)
        rate_taken(call->web->rate, request_peer(call->request));
    call->who = (struct principal){.guest = answer.case_id};
    TRY(case_brief(call, answer.case_id, &brief, &version));
    json_put(brief, "receipt", answer.number);
    json_put(brief, "link", answer.link);
    json_put(brief, "follow", str_print(call->arena, "/follow/%.*s", STR_F(answer.link)));
    call_header(call, "Location",
                str_print(call->arena, "/api/v1/cases/%.*s", STR_F(answer.case_id)));
    call_header(call, "ETag", version_tag(call->arena, version));
    if (answer.step.repeated)
        call_header(call, "Idempotency-Replayed", STR("true"));
    call_send(call, 201, brief);
    return NULL;
}
