/* pages_lists.c: cases found, labels issued, notices, and the rule book clause by clause.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/pages_lists.h"

#include <string.h>

#include "desk/post.h"
#include "store/aside.gen.h"
#include "web/pages.gen.h"
#include "web/route.h"

#include "base/banned.h"

enum { SHOWN_MAX = 50, NOTICES_MAX = 100, REFUSED_MAX = 50, ASKED_BYTES_MAX = 200 };

/* A LIKE pattern for "contains"; its own wild cards are taken out of what was typed. */
struct str pattern_of(struct arena *arena, struct str typed)
{
    struct buf out = buf_new(arena, typed.bytes + 3);
    buf_add_char(&out, '%');
    for (size_t i = 0; i < typed.bytes; i++)
        buf_add_char(&out, typed.at[i] == '%' || typed.at[i] == '_' || typed.at[i] == '\\'
                               ? ' '
                               : typed.at[i]);
    if (typed.bytes)
        buf_add_char(&out, '%');
    return buf_str(&out);
}

static struct str asked_for(const struct visit *visit)
{
    struct str asked = str_trim(request_query(visit->request, "q"));
    return str_head(asked, ASKED_BYTES_MAX);
}

/* Lists show what each case would: nothing to personnel without a Statement of Ethics (2.1.3-2). */
struct fault *may_list(struct visit *visit, struct str procedure, bool *out)
{
    const struct procedure_row *row = procedure_by_name(visit->web->book, procedure);
    *out = false;
    return row ? desk_may_list(visit->web->desk, visit->arena, &visit->who, row, out) : NULL;
}

static struct fault *keep_listed(struct visit *visit, struct sql_portal_found_cases_row *rows,
                                 size_t *n)
{
    size_t kept = 0;
    bool may = false;
    for (size_t i = 0; i < *n; i++) {
        if (!i || !str_eq(rows[i].procedure, rows[i - 1].procedure))
            TRY(may_list(visit, rows[i].procedure, &may));
        if (may)
            rows[kept++] = rows[i];
    }
    *n = kept;
    return NULL;
}

struct fault *cases_page(struct visit *visit)
{
    struct sql_portal_found_cases_row *rows;
    size_t n;
    struct str asked = asked_for(visit);
    TRY(sql_portal_found_cases(visit->web->store, visit->arena, pattern_of(visit->arena, asked),
                               SHOWN_MAX, &rows, &n));
    TRY(keep_listed(visit, rows, &n));
    struct html *html = visit_page(visit, 200, PLACE_CASES, str_of(word(visit->english, "Cases")));
    page_cases(html, visit, asked, rows, n);
    visit_send(visit);
    return NULL;
}

struct fault *labels_page(struct visit *visit)
{
    struct sql_portal_labels_row *rows;
    size_t n;
    int64_t page = 1;
    struct str asked = asked_for(visit);
    if (!str_int(request_query(visit->request, "page"), &page) || page < 1 || page > 100000)
        page = 1;
    TRY(sql_portal_labels(visit->web->store, visit->arena, pattern_of(visit->arena, asked),
                          SHOWN_MAX + 1, (page - 1) * SHOWN_MAX, &rows, &n));
    bool more = n > SHOWN_MAX;
    struct html *html =
        visit_page(visit, 200, PLACE_LABELS, str_of(word(visit->english, "Labels")));
    page_labels(html, visit, asked, rows, more ? SHOWN_MAX : n, page, more);
    visit_send(visit);
    return NULL;
}

/* What was said of one case, the latest first; the case whose latest is the youngest goes first. */
static struct fault *group_notices(struct visit *visit, const struct sql_portal_notices_row *rows,
                                   size_t n, struct notice_group *groups, size_t *groups_n)
{
    *groups_n = 0;
    for (size_t i = 0; i < n; i++) {
        size_t g = 0;
        while (g < *groups_n && !str_eq(groups[g].rows[0]->case_id, rows[i].case_id))
            g++;
        struct notice_group *group = &groups[g];
        if (g == *groups_n) {
            *groups_n += 1;
            group->rows = NEW_ARRAY(visit->arena, n, const struct sql_portal_notices_row *);
            group->procedure = procedure_by_name(visit->web->book, rows[i].procedure);
            group->state = state_by_name(visit->web->book, rows[i].state);
            TRY(pace_of(visit, rows[i].since, rows[i].due, &group->pace));
        }
        group->rows[group->n++] = &rows[i];
        group->fresh += !rows[i].read_at;
    }
    return NULL;
}

static struct fault *mail_troubles_load(struct visit *visit, struct mail_troubles *out)
{
    *out = (struct mail_troubles){0};
    if (!visit->staff)
        return NULL;
    TRY(post_has_sender(visit->web->desk, visit->arena, &out->no_sender));
    out->no_sender = visit->web->mails && !out->no_sender;
    return sql_deliveries_refused(visit->web->store, visit->arena, REFUSED_MAX, &out->refused,
                                  &out->refused_n);
}

/* Shown is read: the page still marks what is new, the next one no more. */
struct fault *notices_page(struct visit *visit)
{
    char day[11];
    struct sql_portal_notices_row *rows;
    struct mail_troubles troubles;
    size_t n, groups_n;
    struct str today = day_print(visit->today, day);
    TRY(sql_portal_notices(visit->web->store, visit->arena, visit->who.person, today, NOTICES_MAX,
                           &rows, &n));
    struct notice_group *groups = NEW_ARRAY(visit->arena, n + 1, struct notice_group);
    TRY(group_notices(visit, rows, n, groups, &groups_n));
    TRY(mail_troubles_load(visit, &troubles));
    if (visit->unread)
        TRY(sqlx_portal_notices_seen(visit->web->store, visit->arena, visit->who.person, today,
                                     clock_now(visit->web->clock)));
    struct html *html =
        visit_page(visit, 200, PLACE_NOTICES, str_of(word(visit->english, "Notices")));
    page_notices(html, visit, groups, groups_n, &troubles);
    visit_send(visit);
    return NULL;
}

struct fault *rules_page(struct visit *visit)
{
    struct html *html =
        visit_page(visit, 200, PLACE_RULES, str_of(word(visit->english, "Rule book")));
    page_rules(html, visit);
    visit_send(visit);
    return NULL;
}

/* Is `id` the clause, or one below it: 4.1 has 4.1.2-1? */
bool clause_is_under(struct str clause, const char *id)
{
    struct str below = str_of(id);
    if (below.bytes < clause.bytes || memcmp(below.at, clause.at, clause.bytes) != 0)
        return false;
    return below.bytes == clause.bytes || strchr(".-", below.at[clause.bytes]) != NULL;
}

struct fault *clause_page(struct visit *visit)
{
    const struct rulebook *book = visit->web->book;
    struct str id = visit->parts[0];
    for (size_t i = 1; i < book->clauses_n; i++) {
        if (!clause_is_under(id, book->clauses[i].id))
            continue;
        struct html *html = visit_page(
            visit, 200, PLACE_RULES,
            str_print(visit->arena, "%s %.*s", word(visit->english, "Clause"), STR_F(id)));
        page_clause(html, visit, id);
        visit_send(visit);
        return NULL;
    }
    return FAULT(visit->arena, "unknown-clause", "%.*s", STR_F(id));
}
