/* api.h: the JSON interface of the casework: bearer keys in, JSON and problem details out.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What it offers is made from the rule book: GET /api/v1/openapi.json says it. For people:
 * doc/api.md. */
#ifndef HOSHI_API_H
#define HOSHI_API_H

#include "web/web.h"

enum { API_BODY_BYTES_MAX = 2 << 20 };

/* Answers everything under /api but the public labels, and GET /demo/keys. */
void api_answer(struct web *web, struct request *request, struct response *response);

/* Where calls that write wait for the end of the turn of the loop (api_together.c). */
struct together *together_new(struct web *web, struct arena *arena);

/* Has the request a key that is in force? */
bool api_knows(struct web *web, struct request *request);

/* The description in OpenAPI 3.1, made of the rule book alone: the same bytes for the same rules.
 */
json_t *openapi_of(const struct rulebook *book, struct arena *arena);

#endif
