/* api_step.c: a step of a case, taken through the one writer.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/api_part.h"

#include "base/banned.h"

/* If-Match: the version that the client has seen, as ETag gave it; "*" is any. */
static struct fault *expected_version(struct call *call, int64_t *out)
{
    struct str tag = str_trim(request_header(call->request, "If-Match"));
    if (!tag.bytes)
        return FAULT(call->arena, "version-missing",
                     "If-Match with the ETag of the case is needed");
    *out = -1;
    if (str_is(tag, "*"))
        return NULL;
    bool quoted = tag.bytes > 2 && tag.at[0] == '"' && tag.at[tag.bytes - 1] == '"';
    if (!quoted || !str_int((struct str){tag.at + 1, tag.bytes - 2}, out) || *out < 0)
        return FAULT(call->arena, "malformed-version",
                     "If-Match is to be one ETag of the case, such as \"3\"");
    return NULL;
}

/* A repeated request gets state, turn and version of its first answer, wherever the case is now. */
static struct fault *answer_of(struct call *call, const struct step_answer *answer, json_t **out)
{
    int64_t version;
    TRY(case_brief(call, call->parts[0], out, &version));
    json_put(*out, "state", str_of(call->web->book->states[answer->verdict.to].name));
    json_put_json(*out, "turn", turn_of(call, answer->verdict.to));
    json_put_int(*out, "version", answer->version);
    json_put_int(*out, "entry", answer->seq);
#ifdef HOSHI_TEST /* for the cases of the rules, whose labels are on no page; not told again */
    char day[11];
    if (day_known(answer->verdict.outcome.expires))
        json_put(*out, "expires", day_print(answer->verdict.outcome.expires, day));
#endif
    return NULL;
}

/* Outsiders learn of no case but their own. Persons of the body are told by which clause they may
 * not act, the administrator too. */
static struct fault *may_ask(struct call *call)
{
    bool of_body;
    struct fault *hidden = desk_may_see(call->web->desk, call->arena, &call->who, call->parts[0]);
    if (!hidden || !str_is(str_of(hidden->code), "absent"))
        return hidden;
    TRY(call_of_body(call, &of_body));
    return of_body ? NULL : hidden;
}

struct fault *call_take(struct call *call, struct str step, json_t *fields)
{
    struct step_request request = {
        .case_id = call->parts[0], .step = step, .fields = fields, .who = &call->who};
    struct step_answer answer;
    json_t *told;
    TRY(may_ask(call));
    TRY(call_idempotency_key(call, &request.idempotency_key));
    if (!request.idempotency_key.bytes)
        return FAULT(call->arena, "idempotency-key-missing", "Idempotency-Key is needed");
    TRY(expected_version(call, &request.expected_version));
    TRY(desk_take_step(call->web->desk, call->arena, &request, &answer));
    TRY(answer_of(call, &answer, &told));
    call_header(call, "ETag", version_tag(call->arena, answer.version));
    if (answer.repeated)
        call_header(call, "Idempotency-Replayed", STR("true"));
    call_send(call, 200, told);
    if (answer.publishes) /* what the label's page shows is there when the answer comes */
        call->published_by = answer.seq;
    return NULL;
}

struct fault *api_step_post(struct call *call)
{
    json_t *fields;
    TRY(may_ask(call));
    TRY(call_body(call, true, &fields));
    return call_take(call, call->parts[1], fields);
}
