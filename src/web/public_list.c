/* public_list.c: searching the register, "is this box covered?", and the whole list as CSV.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "web/public_own.h"
#include "web/public_pages.gen.h"

#include "base/banned.h"

enum { MATCHES_MAX = 3, BOX_LABELS_MAX = 10, CSV_PAGE = 200 };

/* The question as a part of a link, without lang and cursor. */
static struct str link_of(struct ask *ask, const struct public_query *query)
{
    struct buf out = buf_new(ask->arena, 2000);
    if (query->words.bytes)
        buf_printf(&out, "&q=%.*s", STR_F(url_part(ask->arena, query->words)));
    for (int i = 0; i < LABEL_STATUS_N; i++)
        if (query->statuses >> i & 1)
            buf_printf(&out, "&status=%s", label_status_word((enum label_status)i));
    for (int i = 1; i <= 4; i++)
        if (query->levels >> i & 1)
            buf_printf(&out, "&level=%d", i);
    return buf_str(&out);
}

/* Which model numbers the words found, to show why a label is in the list. */
static struct fault *find_matches(struct ask *ask, struct str words, struct str number,
                                  struct words *out)
{
    *out = (struct words){0};
    for (struct str rest = words; rest.bytes && !out->n;) {
        struct str one = str_cut(rest, ' ', &rest);
        if (str_trim(one).bytes)
            TRY(folder_models(ask->half->folder, ask->arena, number, one, MATCHES_MAX, out));
    }
    return NULL;
}

/* A number that leads nowhere is part of the answer, not a refusal of the question. */
static struct fault *find_named(struct ask *ask, struct box_view *box)
{
    bool proper;
    struct fault *fault = public_find(ask, box->number, &box->named, &proper);
    if (!fault)
        return NULL;
    if (strcmp(fault->code, "mistyped-number") != 0 && strcmp(fault->code, "unknown-number") != 0)
        return fault;
    box->number_fault = fault->code;
    return NULL;
}

/* With a number, only that label counts. */
static struct fault *ask_box(struct ask *ask, struct box_view *box)
{
    box->model = str_trim(request_query(ask->request, "m"));
    box->number = str_trim(request_query(ask->request, "n"));
    box->asked = box->model.bytes > 0;
    if (!box->asked)
        return NULL;
    TRY(folder_covering(ask->half->folder, ask->arena, box->model, BOX_LABELS_MAX, &box->labels,
                        &box->models, &box->n));
    if (!box->number.bytes)
        return NULL;
    TRY(find_named(ask, box));
    size_t kept = 0;
    for (size_t i = 0; i < box->n; i++)
        if (box->named && str_eq(box->labels[i].number, box->named->number)) {
            box->labels[kept] = box->labels[i];
            box->models[kept++] = box->models[i];
        }
    box->n = kept;
    return NULL;
}

struct fault *public_list_page(struct ask *ask, struct str rest)
{
    (void)rest;
    struct folder *folder = ask->half->folder;
    struct public_query query;
    bool more;
    ask->path = STR("/labels");
    TRY(public_read_query(ask, &query));
    query.limit = PUBLIC_LIST_PAGE;
    struct list_view view = {.ask = ask, .query = &query};
    TRY(folder_list(folder, ask->arena, &query, &view.labels, &view.n, &more));
    TRY(folder_counts(folder, ask->arena, &query, &view.counts));
    view.matches = NEW_ARRAY(ask->arena, view.n + 1, struct words);
    for (size_t i = 0; i < view.n; i++)
        TRY(find_matches(ask, query.words, view.labels[i].number, &view.matches[i]));
    if (more)
        view.next = str_print(ask->arena, "&after=%.*s",
                              STR_F(url_part(ask->arena, view.labels[view.n - 1].number)));
    TRY(ask_box(ask, &view.box));
    ask->more = link_of(ask, &query);
    page_public_list(&ask->html, &view);
    public_send_page(ask, 200);
    return NULL;
}

/* ---- RFC 4180 */

/* Spreadsheets take a cell that begins with = + - @ or a tab for a formula: an apostrophe stops
 * that. */
static void add_cell(struct buf *out, struct str text, bool last)
{
    buf_add_char(out, '"');
    if (text.bytes && (strchr("=+-@\t\r", text.at[0]) || str_starts(text, "＝") ||
                       str_starts(text, "＋") || str_starts(text, "－") || str_starts(text, "＠")))
        buf_add_char(out, '\'');
    for (const char *quote; text.bytes && (quote = memchr(text.at, '"', text.bytes));) {
        size_t n = (size_t)(quote - text.at) + 1;
        buf_add(out, (struct str){text.at, n});
        buf_add_char(out, '"');
        text = str_skip(text, n);
    }
    buf_add(out, text);
    buf_add_z(out, last ? "\"\r\n" : "\",");
}

static void add_line(struct buf *out, const struct public_label *label, struct day today)
{
    char issued[11], expires[11], support[11];
    const struct label_dates *dates = &label->dates;
    add_cell(out, label->number, false);
    add_cell(out, str_of(label_status_word(label_status_on(dates, today))), false);
    buf_printf(out, "%d,", (int)label->level);
    add_cell(out, label->edition, false);
    add_cell(out, label->product_ja, false);
    add_cell(out, label->product_en, false);
    add_cell(out, label->maker_ja, false);
    add_cell(out, label->maker_en, false);
    add_cell(out, label->corporate_number, false);
    buf_printf(out, "%d,", (int)label->models_n);
    add_cell(out, day_print(dates->issued, issued), false);
    add_cell(out, day_print(dates->expires, expires), false);
    add_cell(out, day_print(label->support_end, support), false);
    add_cell(out, label->route, false);
    add_cell(out, label->certification, false);
    add_cell(out, label->facility_ja, false);
    add_cell(out, label->facility_en, true);
}

struct fault *public_csv(struct ask *ask, struct str rest)
{
    (void)rest;
    struct public_query query;
    struct buf out = buf_new(ask->arena, PUBLIC_BODY_MAX);
    TRY(public_read_query(ask, &query));
    query.limit = CSV_PAGE;
    query.after = STR_NONE;
    char last[64];
    buf_add_z(
        &out,
        "\xef\xbb\xbf"
        "number,status,level,criteria_edition,product_ja,product_en,registrant_ja,registrant_en,"
        "corporate_number,models,issued,expires,support_end,route,certification_number,facility_ja,"
        "facility_en\r\n");
    for (bool more = true; more;) {
        struct public_label *labels;
        struct arena *page = arena_new(16 << 20);
        size_t n = 0;
        struct fault *fault = page
                                  ? folder_list(ask->half->folder, page, &query, &labels, &n, &more)
                                  : FAULT(ask->arena, "register-absent", "no memory");
        for (size_t i = 0; !fault && i < n; i++)
            add_line(&out, &labels[i], ask->today);
        if (!fault && n && labels[n - 1].number.bytes < sizeof last) {
            memcpy(last, labels[n - 1].number.at, labels[n - 1].number.bytes);
            query.after = (struct str){last, labels[n - 1].number.bytes};
        } else {
            more = false;
        }
        struct str detail = fault ? str_copy(ask->arena, fault->detail) : STR_NONE;
        arena_free(page);
        if (fault || out.full)
            return FAULT(ask->arena, "broken-register", "%.*s", STR_F(detail));
    }
    response_header(ask->answer, "Content-Disposition", STR("attachment; filename=\"labels.csv\""));
    public_send(ask, 200, "text/csv; charset=utf-8; header=present", buf_str(&out));
    return NULL;
}
