/* problem.c: a fault as problem details (RFC 9457), in the reader's language.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/problem.h"

#include "base/json.h"

#include "base/banned.h"

/* What refuses beside the guards (authority, apart) has words among the faults. */
static const struct fault_row *row_for(const struct rulebook *book, const struct fault *fault)
{
    const struct fault_row *row = fault->guard ? fault_row_of(book, fault->guard) : NULL;
    return row ? row : fault_row_of(book, fault->code);
}

static struct str words_of(const struct rulebook *book, const char *code, bool english)
{
    const struct fault_row *row = fault_row_of(book, code);
    return str_of(row ? text_in(row->text, english) : code);
}

static void put_z(json_t *object, const char *name, const char *z)
{
    if (z && *z)
        json_put(object, name, str_of(z));
}

/* The faults that point into the body, one for each field. */
static json_t *errors_of(const struct rulebook *book, struct arena *arena,
                         const struct fault *fault, bool english)
{
    json_t *errors = json_new_list(arena);
    for (; fault; fault = fault->next) {
        if (!str_starts(fault->concerns, "/"))
            continue;
        json_t *error = json_new(arena);
        json_put(error, "pointer", fault->concerns);
        put_z(error, "code", fault->code);
        put_z(error, "clause", fault->clause);
        json_put(error, "detail", words_of(book, fault->code, english));
        json_add(errors, error);
    }
    return json_array_size(errors) ? errors : NULL;
}

json_t *problem_of(const struct rulebook *book, struct arena *arena, const struct fault *fault,
                   bool english)
{
    const struct fault_row *row = row_for(book, fault);
    const struct guard_row *guard = guard_row_of(book, fault->guard);
    int status = row ? row->status : 500;
    json_t *problem = json_new(arena);
    json_put(problem, "type", str_print(arena, "/api/v1/problems/%s", fault->code));
    json_put(problem, "title",
             guard ? str_of(text_in(guard->text, english))
                   : words_of(book, row ? row->code : fault->code, english));
    json_put_int(problem, "status", status);
    put_z(problem, "code", fault->code);
    put_z(problem, "clause", fault->clause);
    put_z(problem, "guard", fault->guard);
    put_z(problem, "cure",
          guard ? text_in(guard->cure, english)
          : row ? text_in(row->cure, english)
                : NULL);
    if (status < 500 && fault->detail.bytes)
        json_put(problem, "detail", fault->detail);
    json_t *errors = errors_of(book, arena, fault, english);
    if (errors)
        json_put_json(problem, "errors", errors);
    return problem;
}

void problem_answer(const struct rulebook *book, struct arena *arena, const struct fault *fault,
                    bool english, struct response *response)
{
    const json_t *problem = problem_of(book, arena, fault, english);
    int status = (int)json_integer_value(json_object_get(problem, "status"));
    response->status = status;
    response->media_type = STR("application/problem+json");
    response->body = json_canonical(arena, problem);
    response_header(response, "Content-Language", english ? STR("en") : STR("ja"));
    if (status == 401)
        response_header(response, "WWW-Authenticate", STR("Bearer realm=\"hoshi\""));
}
