/* pages_succession.c: the successor chooses the labels that it succeeded to, and files for all of
 * them by one form with one proof: a case for each (4.9-1).
 * SPDX-License-Identifier: Apache-2.0
 *
 * One form, whose buttons search, add to the choice and file, so that nothing typed is lost without
 * a script. What is found is what the public register says, and no more. */
#include "web/pages_succession.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/json.h"
#include "web/openly.h"
#include "web/pages.gen.h"
#include "web/pages_lists.h"
#include "web/pages_step.h"
#include "web/route.h"

#include "base/banned.h"

enum { FOUND_MAX = 50, ASKED_BYTES_MAX = 200, LINE_BYTES_MAX = 64 };

static const struct form_row *succession_form(const struct visit *visit)
{
    return &visit->web->book->forms[FORM_SUCCESSION];
}

/* ---- the choice */

struct choice {
    struct str *at;
    size_t n, room;
};

static struct choice choice_new(struct visit *visit, struct str typed)
{
    size_t lines = 1;
    for (size_t i = 0; i < typed.bytes; i++)
        lines += typed.at[i] == '\n';
    struct choice choice = {.room = lines + visit->request->fields_n + MANY_MAX + 1};
    choice.at = NEW_ARRAY(visit->arena, choice.room, struct str);
    return choice;
}

static void choose_lines(struct choice *choice, struct str typed)
{
    while (typed.bytes) {
        struct str line = str_trim(str_cut(typed, '\n', &typed));
        if (line.bytes && choice->n < choice->room)
            choice->at[choice->n++] = line;
    }
}

static void choose_ticked(const struct visit *visit, struct choice *choice)
{
    for (size_t i = 0; i < visit->request->fields_n && choice->n < choice->room; i++)
        if (str_is(visit->request->fields[i].name, "label"))
            choice->at[choice->n++] = str_trim(visit->request->fields[i].value);
}

/* All labels of whoever is registrant of this one: as many as one form may be filed for. */
static struct fault *choose_beside(struct visit *visit, struct str number, struct choice *choice)
{
    struct sql_labels_beside_row *rows;
    size_t n;
    char day[11];
    if (!number.bytes)
        return NULL;
    TRY(sql_labels_beside(visit->web->store, visit->arena, number, day_print(visit->today, day),
                          MANY_MAX, &rows, &n));
    for (size_t i = 0; i < n && choice->n < choice->room; i++)
        choice->at[choice->n++] = rows[i].number;
    return NULL;
}

static int number_order(const void *a, const void *b)
{
    return str_order(*(const struct str *)a, *(const struct str *)b);
}

/* Each once, in their order. */
static void choice_tidy(struct choice *choice)
{
    size_t kept = 0;
    if (choice->n)
        qsort(choice->at, choice->n, sizeof *choice->at, number_order);
    for (size_t i = 0; i < choice->n; i++)
        if (i == 0 || !str_eq(choice->at[i], choice->at[kept - 1]))
            choice->at[kept++] = choice->at[i];
    choice->n = kept;
}

static struct str choice_typed(struct visit *visit, const struct choice *choice)
{
    size_t bytes = 1;
    for (size_t i = 0; i < choice->n; i++)
        bytes += choice->at[i].bytes + 1;
    struct buf lines = buf_new(visit->arena, bytes);
    for (size_t i = 0; i < choice->n; i++) {
        buf_add(&lines, choice->at[i]);
        buf_add_char(&lines, '\n');
    }
    return buf_str(&lines);
}

static struct fault *choose(struct visit *visit, struct choice *choice)
{
    struct str typed = visit_form(visit, "numbers");
    *choice = choice_new(visit, typed);
    choose_lines(choice, typed);
    choose_ticked(visit, choice);
    TRY(choose_beside(visit, visit_form(visit, "all-of"), choice));
    choice_tidy(choice);
    return NULL;
}

/* ---- the page */

static struct fault *show(struct visit *visit, int status, struct succession_view *view)
{
    view->once = random_name(visit->arena, 16);
    view->setting.uploads = true;
    struct html *html = visit_page(visit, status, PLACE_OWN_LABELS,
                                   str_of(word(visit->english, "Succession to labels")));
    page_succession(html, visit, view);
    visit_send(visit);
    return NULL;
}

static struct fault *find(struct visit *visit, struct succession_view *view)
{
    char day[11];
    view->asked = str_head(visit_form(visit, "q"), ASKED_BYTES_MAX);
    view->searched = view->asked.bytes > 0;
    if (!view->searched)
        return NULL;
    TRY(sql_labels_to_succeed(visit->web->store, visit->arena,
                              pattern_of(visit->arena, view->asked), day_print(visit->today, day),
                              FOUND_MAX + 1, &view->found, &view->found_n));
    view->more = view->found_n > FOUND_MAX;
    if (view->more)
        view->found_n = FOUND_MAX;
    return NULL;
}

struct fault *succession_page(struct visit *visit)
{
    struct succession_view view = {.setting = {.values = json_new(visit->arena)}};
    return show(visit, 200, &view);
}

/* ---- filing */

static struct fault *file_all(struct visit *visit, const struct choice *choice, json_t *fields,
                              struct many_answer *answers)
{
    struct open_files files;
    struct many_request request = {.sort = MANY_SUCCESSIONS,
                                   .labels = choice->at,
                                   .n = choice->n,
                                   .fields = fields,
                                   .party = visit_form(visit, "party"),
                                   .idempotency_key = visit_form(visit, "once"),
                                   .who = &visit->who,
                                   .drop = open_files_drop,
                                   .whom = &files};
    TRY(form_files_look(visit->web, visit->request, FORM_SUCCESSION, &files));
    TRY(form_files_keep(&files));
    request.files = files.at;
    request.files_n = files.n;
    return desk_file_many(visit->web->desk, visit->arena, &request, answers);
}

/* What is refused is told, and taken out of the choice, unless nothing would be left of it. */
static struct str admissible(struct visit *visit, const struct choice *choice,
                             const struct many_answer *answers)
{
    struct choice left = {NEW_ARRAY(visit->arena, choice->n + 1, struct str), 0, choice->n};
    for (size_t i = 0; i < choice->n; i++)
        if (!answers[i].fault)
            left.at[left.n++] = choice->at[i];
    return choice_typed(visit, left.n ? &left : choice);
}

static struct fault *show_refused(struct visit *visit, const struct choice *choice,
                                  struct succession_view *view, const struct fault *fault,
                                  const struct many_answer *answers)
{
    const struct fault_row *row = fault_row_of(visit->web->book, fault->code);
    bool none_filed = str_is(str_of(fault->code), "none-filed");
    if (none_filed) {
        view->none_filed = fault;
        view->labels = choice->at;
        view->answers = answers;
        view->n = choice->n;
        view->numbers = admissible(visit, choice, answers);
    } else {
        view->setting.faults = fault;
    }
    return show(visit, row ? row->status : 422, view);
}

static bool is_for_the_form(const struct fault *fault)
{
    return str_is(str_of(fault->code), "none-filed") ||
           str_is(str_of(fault->code), "refused-form") || str_starts(fault->concerns, "/");
}

/* The names of the products, of as many as the page shows. */
static struct fault *name_products(struct visit *visit, struct chosen *chosen)
{
    for (size_t i = 0; i < chosen->n && i < FILED_SHOWN; i++) {
        struct row_label *label;
        TRY(sql_label_by_number(visit->web->store, visit->arena, chosen->at[i].number, &label));
        chosen->at[i].standing.label = label;
    }
    return NULL;
}

static struct fault *show_filed(struct visit *visit, const struct choice *choice,
                                struct many_answer *answers)
{
    struct chosen chosen = {NEW_ARRAY(visit->arena, choice->n + 1, struct chosen_label), choice->n,
                            choice->n, false};
    struct filed done = {.chosen = &chosen,
                         .answers = answers,
                         .filed = choice->n,
                         .title = word(visit->english, "Succession to labels")};
    for (size_t i = 0; i < choice->n; i++)
        chosen.at[i] = (struct chosen_label){.number = choice->at[i], .may = true};
    TRY(name_products(visit, &chosen));
    struct html *html = visit_page(visit, 200, PLACE_OWN_LABELS, str_of(done.title));
    page_filed(html, visit, &done);
    visit_send(visit);
    return NULL;
}

static struct fault *file_or_show(struct visit *visit, const struct choice *choice,
                                  struct succession_view *view, json_t *fields)
{
    struct many_answer *answers = NEW_ARRAY(visit->arena, choice->n + 1, struct many_answer);
    struct fault *fault = file_all(visit, choice, fields, answers);
    if (fault && is_for_the_form(fault))
        return show_refused(visit, choice, view, fault, answers);
    TRY(fault);
    return show_filed(visit, choice, answers);
}

struct fault *succession_post(struct visit *visit)
{
    struct choice choice;
    struct succession_view view = {0};
    TRY(check_names(visit, succession_form(visit), "q numbers label all-of do party"));
    TRY(choose(visit, &choice));
    TRY(find(visit, &view));
    json_t *fields = form_values(visit, succession_form(visit), &view.setting);
    view.setting.values = fields;
    view.numbers = choice_typed(visit, &choice);
    if (!str_is(visit_form(visit, "do"), "file"))
        return show(visit, 200, &view);
    return file_or_show(visit, &choice, &view, fields);
}
