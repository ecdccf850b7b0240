/* api_many.c: one form for many labels: extensions, and successions with their proof.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/many.h"
#include "web/api_part.h"
#include "web/language.h"
#include "web/openly.h"
#include "web/problem.h"

#include "base/banned.h"

static struct fault *check_names(struct call *call, const json_t *body, bool party)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)body, name, value)
    {
        bool known = str_is(str_of(name), "labels") || str_is(str_of(name), "fields") ||
                     (party && str_is(str_of(name), "party"));
        if (!known)
            return call_wrong(call, "field-unknown",
                              str_z(call->arena, str_print(call->arena, "/%s", name)));
    }
    return NULL;
}

static struct fault *read_labels(struct call *call, const json_t *body, struct many_request *out)
{
    const json_t *list = json_object_get(body, "labels");
    json_t *one;
    size_t i;
    if (!json_is_array(list))
        return call_wrong(call, list ? "field-malformed" : "field-missing", "/labels");
    out->n = json_array_size(list);
    struct str *labels = NEW_ARRAY(call->arena, out->n + 1, struct str);
    json_array_foreach(list, i, one)
    {
        if (!json_is_string(one))
            return call_wrong(call, "field-malformed", "/labels");
        labels[i] = json_text(one);
    }
    out->labels = labels;
    return NULL;
}

static struct fault *read_request(struct call *call, const json_t *body, struct many_request *out)
{
    bool succession = out->sort == MANY_SUCCESSIONS;
    const json_t *party = json_object_get(body, "party");
    TRY(check_names(call, body, succession));
    TRY(read_labels(call, body, out));
    out->fields = json_object_get(body, "fields");
    if (out->fields && !json_is_object(out->fields))
        return call_wrong(call, "field-malformed", "/fields");
    if (party && !json_is_string(party))
        return call_wrong(call, "field-malformed", "/party");
    out->party = json_text(party);
    return NULL;
}

static json_t *answer_told(struct call *call, struct str label, const struct many_answer *answer)
{
    json_t *told = json_new(call->arena);
    json_put(told, "label", label);
    if (answer->fault) {
        json_put_json(told, "problem",
                      problem_of(call->web->book, call->arena, answer->fault,
                                 accepts_english(call->request)));
        return told;
    }
    if (!answer->case_id.bytes)
        return told;
    json_put(told, "case", answer->case_id);
    json_put_bool(told, "repeated", answer->repeated);
    return told;
}

/* Onto `told`: how many were filed, how many refused, and of each what became of it. */
static void put_answers(struct call *call, const struct many_request *request,
                        const struct many_answer *answers, json_t *told)
{
    json_t *list = json_new_list(call->arena);
    int64_t filed = 0, refused = 0;
    for (size_t i = 0; i < request->n; i++) {
        json_add(list, answer_told(call, request->labels[i], &answers[i]));
        filed += answers[i].case_id.bytes > 0;
        refused += answers[i].fault != NULL;
    }
    json_put_int(told, "filed", filed);
    json_put_int(told, "refused", refused);
    json_put_json(told, "answers", list);
}

static struct fault *begin(struct call *call, enum many_sort sort, struct many_request *out,
                           struct many_answer **answers)
{
    json_t *body;
    *out = (struct many_request){.sort = sort, .who = &call->who};
    TRY(call_idempotency_key(call, &out->idempotency_key));
    if (!out->idempotency_key.bytes)
        return FAULT(call->arena, "idempotency-key-missing", "Idempotency-Key is needed");
    TRY(sort == MANY_SUCCESSIONS ? call_body_or_part(call, "request", &body)
                                 : call_body(call, false, &body));
    TRY(read_request(call, body, out));
    *answers = NEW_ARRAY(call->arena, out->n + 1, struct many_answer);
    return NULL;
}

struct fault *api_extensions_post(struct call *call)
{
    struct many_request request;
    struct many_answer *answers;
    json_t *told = json_new(call->arena);
    TRY(begin(call, MANY_EXTENSIONS, &request, &answers));
    TRY(desk_file_many(call->web->desk, call->arena, &request, answers));
    put_answers(call, &request, answers, told);
    call_send(call, 200, told);
    return NULL;
}

/* 4.9-1: none was filed: the problem says so, and its answers which labels are in the way. */
static void send_refused(struct call *call, const struct many_request *request,
                         const struct many_answer *answers, const struct fault *fault)
{
    json_t *problem =
        problem_of(call->web->book, call->arena, fault, accepts_english(call->request));
    put_answers(call, request, answers, problem);
    problem_answer(call->web->book, call->arena, fault, accepts_english(call->request),
                   call->response);
    call->response->body = json_canonical(call->arena, problem);
}

struct fault *api_successions_post(struct call *call)
{
    struct many_request request;
    struct many_answer *answers;
    struct open_files files;
    json_t *told = json_new(call->arena);
    TRY(begin(call, MANY_SUCCESSIONS, &request, &answers));
    TRY(form_files_look(call->web, call->request, FORM_SUCCESSION, &files));
    TRY(form_files_keep(&files));
    request.files = files.at;
    request.files_n = files.n;
    request.drop = open_files_drop;
    request.whom = &files;
    struct fault *fault = desk_file_many(call->web->desk, call->arena, &request, answers);
    if (fault && str_is(str_of(fault->code), "none-filed")) {
        send_refused(call, &request, answers, fault);
        return NULL;
    }
    TRY(fault);
    put_answers(call, &request, answers, told);
    call_send(call, 200, told);
    return NULL;
}
