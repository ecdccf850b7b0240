/* api_part.h: one call of the API, between the files that answer it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_API_PART_H
#define HOSHI_API_PART_H

#include "base/json.h"
#include "store/sql.gen.h"
#include "web/api.h"

enum { CALL_PARTS_MAX = 2 };

struct call {
    struct web *web;
    struct request *request;
    struct response *response;
    struct arena *arena;
    struct str parts[CALL_PARTS_MAX]; /* what stood for {} in the path */
    struct principal who;             /* where the row asks for a key */
    int64_t published_by;             /* entry that the answer waits for: it changes the register */
};

typedef struct fault *call_answer(struct call *call);

/* Answers the call in one transaction with the others of this turn of the loop. */
void together_add(struct call *call, call_answer *answer);
void call_begin(struct call *call); /* headers that all answers have */
void call_refuse(struct call *call, const struct fault *fault);

call_answer api_cases_get, api_cases_post, api_case_get, api_step_post;
call_answer api_open_post;
call_answer api_own_labels_get, api_extensions_post, api_successions_post;
call_answer api_requests_get, api_request_get, api_request_results, api_request_submit;
call_answer api_preview_get, api_preview_list;
call_answer api_letters_get, api_letter_get;
call_answer api_file_put, api_case_file_get, api_file_csaf;
call_answer api_edition_get, api_problem_get, api_openapi_get, api_demo_keys_get;
#ifdef HOSHI_TEST
call_answer api_test_given_post;
#endif

/* 200, or the status given; the canonical bytes of the value. */
void call_send(struct call *call, int status, const json_t *value);
void call_header(struct call *call, const char *name, struct str value);

/* The body as a JSON object; an empty body is {} where that is allowed. */
struct fault *call_body(struct call *call, bool may_be_empty, json_t **out);
/* Likewise; where files come too, it is the part of that name of a multipart form. */
struct fault *call_body_or_part(struct call *call, const char *part, json_t **out);

/* Idempotency-Key: 1 to 200 visible ASCII characters; without one *out is empty. */
struct fault *call_idempotency_key(struct call *call, struct str *out);

/* api_step.c: the step on the case of the path, and its answer; Idempotency-Key and If-Match go
 * with it. */
struct fault *call_take(struct call *call, struct str step, json_t *fields);

/* A fault about one member of the body. */
struct fault *call_wrong(struct call *call, const char *code, const char *pointer);

/* {"ja": …, "en": …}; {} members left out when empty. */
json_t *json_text_of(struct arena *arena, struct str ja, struct str en);

/* Holds an office today, or looks after accounts. */
struct fault *call_of_body(struct call *call, bool *out);

/* Of the case as this person meets it: id, procedure, level, state, turn, steps, numbers, version.
 */
struct fault *case_brief(struct call *call, struct str case_id, json_t **out, int64_t *version);
/* api_case_rest.c: adds what else this person may read of it: fields, files, what was told,
 * timeline, the fee. */
struct fault *case_put_rest(struct call *call, json_t *object, const struct row_casework *work);
/* api_mass.c: the member "mass" of a case that is a mass action; of another, nothing. */
struct fault *call_put_course(struct call *call, json_t *object, struct str case_id);
json_t *turn_of(const struct call *call, int state);
/* "12", with its quotes. */
struct str version_tag(struct arena *arena, int64_t version);

#endif
