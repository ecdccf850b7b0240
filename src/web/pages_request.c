/* pages_request.c: the desk of an Evaluation Facility: applications that name it, its turn first.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/pages_request.h"

#include "web/pages.gen.h"
#include "web/route.h"

#include "base/banned.h"

enum { REQUESTS_SHOWN = 200 };

static bool is_turn_of_facility(const struct rulebook *book, int state)
{
    struct range turn = book->states[state].turn;
    for (size_t i = 0; i < turn.n; i++)
        if (book->ids[turn.first + i] == ROLE_EVALUATION_FACILITY)
            return true;
    return false;
}

/* A procedure in which a facility has steps to take. */
static bool is_for_facility(const struct rulebook *book, struct str procedure)
{
    const struct procedure_row *row = procedure_by_name(book, procedure);
    for (size_t i = 0; row && i < row->seen_by.n; i++)
        if (book->ids[row->seen_by.first + i] == ROLE_EVALUATION_FACILITY)
            return true;
    return false;
}

static struct fault *load_line(struct visit *visit, const struct row_casework *work,
                               struct request_line *line)
{
    const struct rulebook *book = visit->web->book;
    *line = (struct request_line){.work = work,
                                  .procedure = procedure_by_name(book, work->procedure),
                                  .state = state_by_name(book, work->state)};
    line->own_turn = is_turn_of_facility(book, line->state);
    TRY(sql_case_numbers(visit->web->store, visit->arena, work->id, &line->numbers,
                         &line->numbers_n));
    return pace_of(visit, work->since, work->due, &line->pace);
}

struct fault *requests_page(struct visit *visit)
{
    struct row_casework *rows;
    size_t n;
    char day[11];
    TRY(sql_cases_of_facility(visit->web->store, visit->arena, visit->who.person,
                              day_print(visit->today, day), REQUESTS_SHOWN, &rows, &n));
    struct request_line *lines = NEW_ARRAY(visit->arena, n + 1, struct request_line);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (is_for_facility(visit->web->book, rows[i].procedure))
            TRY(load_line(visit, &rows[i], &lines[kept++]));
    struct html *html = visit_page(visit, 200, PLACE_REQUESTS,
                                   str_of(word(visit->english, "Requests for assessment")));
    page_requests(html, visit, &(struct request_list){lines, kept});
    visit_send(visit);
    return NULL;
}
