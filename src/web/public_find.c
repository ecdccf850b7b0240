/* public_find.c: from what was typed or scanned to a label, from a query to a question, and
 * refusals.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "web/public_own.h"
#include "web/public_pages.gen.h"

#include "base/banned.h"

enum { LIMIT_MAX = 200, WORDS_BYTES_MAX = 300 };

struct fault *public_find(struct ask *ask, struct str typed, struct public_label **label,
                          bool *proper)
{
    enum number_reading reading;
    struct str number = STR_NONE;
    *label = NULL;
    TRY(folder_read_number(ask->half->folder, ask->arena, typed, &number, &reading));
    if (reading == NUMBER_MISTYPED)
        return FAULT(ask->arena, "mistyped-number", "%.*s: its check character does not fit",
                     STR_F(typed));
    if (reading == NUMBER_GOOD)
        TRY(folder_label(ask->half->folder, ask->arena, number, label));
    if (!*label)
        return FAULT(ask->arena, "unknown-number", "%.*s", STR_F(typed));
    *proper = str_eq(typed, number);
    return NULL;
}

/* Each value of a repeated name, or of a list with commas, by its plain letters: no decoding is
 * needed for status words and levels. */
static struct fault *read_set(struct ask *ask, const char *name, bool status, unsigned *set)
{
    struct str rest = ask->request->query;
    while (rest.bytes) {
        struct str values;
        struct str key = str_cut(str_cut(rest, '&', &rest), '=', &values);
        if (!str_is(key, name))
            continue;
        while (values.bytes) {
            enum label_status one = LABEL_STATUS_N;
            int64_t level = 0;
            const char *encoded = memmem(values.at, values.bytes, "%2C", 3);
            struct str word = str_cut(values, ',', &values);
            if (encoded && encoded < word.at + word.bytes) {
                const char *end = values.at ? values.at + values.bytes : word.at + word.bytes;
                word.bytes = (size_t)(encoded - word.at);
                values = (struct str){encoded + 3, (size_t)(end - encoded) - 3};
            }
            if (status ? !label_status_read(word, &one)
                       : !str_int(word, &level) || level < 1 || level > 4) {
                struct fault *fault = FAULT(ask->arena, "malformed-query",
                                            "%s: no such value '%.*s'", name, STR_F(word));
                fault->concerns = str_of(name);
                return fault;
            }
            *set |= 1u << (status ? (unsigned)one : (unsigned)level);
        }
    }
    return NULL;
}

struct fault *public_read_query(struct ask *ask, struct public_query *query)
{
    const struct request *request = ask->request;
    struct str limit = request_query(request, "limit");
    int64_t n = PUBLIC_LIST_PAGE;
    *query = (struct public_query){.words = str_trim(request_query(request, "q")),
                                   .after = request_query(request, "after"),
                                   .today = ask->today};
    TRY(read_set(ask, "status", true, &query->statuses));
    TRY(read_set(ask, "level", false, &query->levels));
    struct fault *fault = NULL;
    if (query->words.bytes > WORDS_BYTES_MAX) {
        fault = FAULT(ask->arena, "malformed-query", "q: more than %d bytes", WORDS_BYTES_MAX);
        fault->concerns = STR("q");
    } else if (limit.at && (!str_int(limit, &n) || n < 1 || n > LIMIT_MAX)) {
        fault = FAULT(ask->arena, "malformed-query", "limit: 1 to %d", LIMIT_MAX);
        fault->concerns = STR("limit");
    }
    query->limit = (size_t)n;
    return fault;
}

/* ---- refusals */

struct refusal {
    const char *code;
    int status;
    const char *title, *help;
};
static const struct refusal refusals[] = {
    {"unknown-number", 404, N_("This number is not in the register."),
     N_("Compare it with the number on the label. If they are the same, the label may not be "
        "genuine.")},
    {"mistyped-number", 404, N_("A character of this number seems to be mistyped."),
     N_("The last character checks the others, and it does not fit. Compare each character with "
        "the label: 0 and O, 1 and I, 8 and B are easily confused.")},
    {"not-in-force", 404, N_("There is no label art, as this label is not in force."),
     N_("Its page tells its status.")},
    {"malformed-query", 400, N_("A part of the question cannot be read."),
     N_("Go back to the search and ask again.")},
    {"day-ahead", 400, N_("That day has not come yet."),
     N_("A label's page says what it said on a day of the past.")},
    {"no-label-then", 404, N_("On that day there was no such label yet."),
     N_("Its page of today tells when it was issued.")},
    {"no-such-edition", 404, N_("There is no such edition of the criteria."),
     N_("Go back to the list of editions.")},
    {"no-such-answer", 404, N_("There is no such answer."), N_("Go back to the list of answers.")},
    {"no-such-page", 404, N_("There is no such page."),
     N_("Look for the label by its number or by the product.")},
    {"method-not-allowed", 405, N_("This page can only be read."),
     N_("Nothing can be sent to it.")},
    {"register-absent", 503, N_("The register is being prepared."),
     N_("Please try again in a moment.")},
    {NULL, 500, N_("The register cannot be read at the moment."), N_("Please try again later.")},
};

static const struct refusal *refusal_of(const char *code)
{
    const struct refusal *refusal = refusals;
    while (refusal->code && strcmp(refusal->code, code) != 0)
        refusal++;
    return refusal;
}

static struct str problem(struct ask *ask, const struct fault *fault, const struct refusal *refusal)
{
    json_t *problem = json_new(ask->arena);
    json_put(problem, "type", STR("about:blank"));
    json_put(problem, "title", str_of(word(ask->english, refusal->title)));
    json_put_int(problem, "status", refusal->status);
    json_put(problem, "code", str_of(refusal->code ? fault->code : "broken-register"));
    json_put(problem, "detail", str_of(word(ask->english, refusal->help)));
    if (fault->concerns.bytes)
        json_put(problem, "parameter", fault->concerns);
    return json_canonical(ask->arena, problem);
}

void public_refuse(struct ask *ask, const struct fault *fault, bool api)
{
    const struct refusal *refusal = refusal_of(fault->code);
    if (!refusal->code)
        fprintf(stderr, "hoshi: %s: %.*s (%s:%d)\n", fault->code, STR_F(fault->detail), fault->file,
                fault->line);
    if (refusal->status == 503)
        response_header(ask->answer, "Retry-After", STR("2"));
    if (api) {
        public_send(ask, refusal->status, "application/problem+json", problem(ask, fault, refusal));
        public_open_to_all(ask->answer);
        return;
    }
    ask->html = html_new(ask->arena, ask->english, PUBLIC_PAGE_MAX);
    page_public_refusal(&ask->html, ask, word(ask->english, refusal->title),
                        word(ask->english, refusal->help));
    public_send_page(ask, refusal->status);
}
