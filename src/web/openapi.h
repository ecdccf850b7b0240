/* openapi.h: between the files that make the description.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_OPENAPI_H
#define HOSHI_OPENAPI_H

#include "base/json.h"
#include "rule/rulebook.h"

/* {"type": "object", "properties": …} of a form; with the example of a filled one. */
json_t *openapi_form(const struct rulebook *book, int form);
/* A second form for the same step name, of another procedure; takes `form`. */
void openapi_add_form(json_t *post, json_t *form);

/* Schemas that do not come from the rule book: Case, Problem, Label … Both give new references. */
json_t *openapi_schemas(const struct rulebook *book);

/* "#/components/…/name" as a reference object. */
json_t *openapi_ref(const char *kind, const char *name);

/* "日本語 / English" */
json_t *openapi_words(struct text text);

/* The pieces of a path: an operation; its answers, one good and one for each status that refuses;
 * one answer with its schema. All take over the references that they are given. */
json_t *openapi_operation(const char *id, const char *tag, json_t *summary, json_t *description,
                          json_t *given, json_t *answers);
json_t *openapi_responses(const char *status, json_t *good, const char *problems);
json_t *openapi_answer(const char *description, const char *schema);

/* Labels and criteria, which anyone may ask for. */
void openapi_add_public(json_t *paths);
/* A maker's labels, and extensions of many. */
/* openapi_request.c */
void openapi_add_requests(json_t *paths, const struct rulebook *book);
void openapi_add_renewal(json_t *paths);
void openapi_add_preview(json_t *paths);
void openapi_add_letters(json_t *paths);
/* The list of facilities: its path, and the schemas that it names. */
void openapi_add_facilities(json_t *paths);
void openapi_add_facility_schemas(json_t *schemas);
/* openapi_openly.c: what anyone may file without a key, and what is published of it. */
void openapi_add_openly(json_t *paths, const struct rulebook *book);
void openapi_add_openly_schemas(json_t *schemas);

/* Security notices, likewise. */
void openapi_add_notices(json_t *paths);
void openapi_add_notice_schemas(json_t *schemas);

#endif
