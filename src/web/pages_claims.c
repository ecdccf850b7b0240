/* pages_claims.c: inquiries (4.10-1) and misuse, as personnel see them: open ones with the late
 * first, and numbers that do not exist but are asked for.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/pages_claims.h"

#include "base/json.h"
#include "base/likeness.h"
#include "desk/resembled.h"
#include "web/misses.h"
#include "web/pages.gen.h"
#include "web/pages_lists.h"
#include "web/route.h"

#include "base/banned.h"

enum { CASES_MAX = 500, ANSWERS_MAX = 2000, NUMBERS_MAX = 60, REPORTS_MAX = 500, ALIKE = 300 };

static struct fault *fill_one(struct visit *visit, const char *title_field,
                              const struct row_casework *work, struct open_case *out)
{
    struct store *store = visit->web->store;
    struct row_case_number *numbers;
    struct row_case_field *fields;
    size_t n;
    TRY(sql_case_numbers(store, visit->arena, work->id, &numbers, &n));
    for (size_t i = 0; i < n; i++)
        if (str_is(numbers[i].kind, "receipt-number"))
            out->number = numbers[i].number;
    TRY(sql_case_fields(store, visit->arena, work->id, &fields, &n));
    for (size_t i = 0; i < n; i++) {
        json_t *value;
        if (!str_is(fields[i].field, title_field))
            continue;
        TRY(json_read(visit->arena, str_print(visit->arena, "[%.*s]", STR_F(fields[i].value)),
                      &value));
        out->title = str_head(json_text(json_array_get(value, 0)), 150);
    }
    return pace_of(visit, work->since, work->due, &out->pace);
}

/* Fault "not-staff" where no office of the visitor's may see such cases. */
static struct fault *load_open(struct visit *visit, const char *procedure, const char *title_field,
                               struct open_case **out, size_t *n)
{
    const struct rulebook *book = visit->web->book;
    struct row_casework *rows;
    size_t rows_n;
    bool may = false;
    *n = 0;
    TRY(may_list(visit, str_of(procedure), &may));
    if (!may)
        return FAULT(visit->arena, "not-staff", "%s", procedure);
    TRY(sql_cases_of_procedure(visit->web->store, visit->arena, str_of(procedure), CASES_MAX, &rows,
                               &rows_n));
    *out = NEW_ARRAY(visit->arena, rows_n + 1, struct open_case);
    for (size_t i = 0; i < rows_n; i++) {
        int state = state_by_name(book, rows[i].state);
        struct open_case *one = &(*out)[*n];
        if (!state || book->states[state].final)
            continue;
        *one = (struct open_case){.work = &rows[i], .state = state};
        TRY(fill_one(visit, title_field, &rows[i], one));
        ++*n;
    }
    return NULL;
}

/* ---- inquiries */

static struct fault *load_answers(struct visit *visit, struct row_published_answer **out,
                                  struct str **texts, size_t *n)
{
    TRY(sql_published_answers(visit->web->store, visit->arena, ANSWERS_MAX, out, n));
    *texts = NEW_ARRAY(visit->arena, *n + 1, struct str);
    for (size_t i = 0; i < *n; i++)
        (*texts)[i] = str_print(visit->arena, "%.*s %.*s", STR_F((*out)[i].question_ja),
                                STR_F((*out)[i].question_en));
    return NULL;
}

struct fault *answers_alike(struct visit *visit, struct str question,
                            struct row_published_answer **out, size_t most, size_t *n)
{
    struct row_published_answer *all;
    struct str *texts;
    size_t all_n;
    TRY(load_answers(visit, &all, &texts, &all_n));
    struct likeness *ranks = NEW_ARRAY(visit->arena, all_n + 1, struct likeness);
    *n = likeness_rank(visit->arena, question, texts, all_n, ALIKE, ranks);
    *n = *n < most ? *n : most;
    *out = NEW_ARRAY(visit->arena, *n + 1, struct row_published_answer);
    for (size_t i = 0; i < *n; i++)
        (*out)[i] = all[ranks[i].which];
    return NULL;
}

struct fault *questions_page(struct visit *visit)
{
    struct open_case *cases;
    struct row_published_answer *alike;
    size_t n, found;
    TRY(load_open(visit, "inquiry", "inquiry-title", &cases, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(answers_alike(visit, cases[i].title, &alike, 1, &found));
        cases[i].alike = found ? alike : NULL;
    }
    struct html *html =
        visit_page(visit, 200, PLACE_INBOX, str_of(word(visit->english, "Inquiries on criteria")));
    page_questions(html, visit, cases, n);
    visit_send(visit);
    return NULL;
}

/* ---- misuse */

static struct str number_reported(struct visit *visit, const struct sql_misuse_reports_row *row)
{
    json_t *value;
    struct fault *fault =
        json_read(visit->arena, str_print(visit->arena, "[%.*s]", STR_F(row->value)), &value);
    return fault ? STR_NONE : str_upper(visit->arena, json_text(json_array_get(value, 0)));
}

/* One row a number, whether it was asked for or reported. */
static struct false_number *number_row(struct false_number *rows, size_t *n, struct str number)
{
    for (size_t i = 0; i < *n; i++)
        if (str_eq(rows[i].number, number))
            return &rows[i];
    rows[*n] = (struct false_number){.number = number};
    return &rows[(*n)++];
}

static struct fault *add_reports(struct visit *visit, struct false_number *rows, size_t *n)
{
    struct sql_misuse_reports_row *reports;
    size_t reports_n;
    TRY(sql_misuse_reports(visit->web->store, visit->arena, REPORTS_MAX, &reports, &reports_n));
    for (size_t i = 0; i < reports_n && *n < NUMBERS_MAX + REPORTS_MAX; i++) {
        struct str number = number_reported(visit, &reports[i]);
        struct row_label *label;
        bool real;
        TRY(label_resembled(visit->web->store, visit->arena, number, &label, &real));
        if (real || !number.bytes)
            continue;
        struct false_number *row = number_row(rows, n, number);
        if (!row->reports)
            row->reports =
                NEW_ARRAY(visit->arena, reports_n, const struct sql_misuse_reports_row *);
        row->reports[row->reports_n++] = &reports[i];
    }
    return NULL;
}

static struct fault *load_numbers(struct visit *visit, struct false_number **out, size_t *n)
{
    struct row_number_asked *asked;
    size_t asked_n;
    TRY(misses_write(visit->web->misses, visit->arena));
    TRY(sql_numbers_asked(visit->web->store, visit->arena, NUMBERS_MAX, &asked, &asked_n));
    *out = NEW_ARRAY(visit->arena, NUMBERS_MAX + REPORTS_MAX, struct false_number);
    *n = 0;
    for (size_t i = 0; i < asked_n; i++) {
        struct false_number *row = number_row(*out, n, asked[i].number);
        row->asked = asked[i].n;
        row->last = asked[i].last;
    }
    TRY(add_reports(visit, *out, n));
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++) {
        struct row_label *label;
        bool real;
        TRY(label_resembled(visit->web->store, visit->arena, (*out)[i].number, &label, &real));
        (*out)[i].label = label;
        if (!real) /* one that was issued since */
            (*out)[kept++] = (*out)[i];
    }
    *n = kept;
    return NULL;
}

struct fault *claims_page(struct visit *visit)
{
    struct open_case *cases;
    struct false_number *numbers;
    size_t n, numbers_n;
    TRY(load_open(visit, "misuse", "claim-text", &cases, &n));
    TRY(load_numbers(visit, &numbers, &numbers_n));
    struct html *html =
        visit_page(visit, 200, PLACE_INBOX, str_of(word(visit->english, "Misuse of labels")));
    page_claims(html, visit, cases, n, numbers, numbers_n);
    visit_send(visit);
    return NULL;
}
