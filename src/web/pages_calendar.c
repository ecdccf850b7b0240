/* pages_calendar.c: the renewals ahead, month by month: all of them for the body, its own for a
 * maker. SPDX-License-Identifier: Apache-2.0 */
#include "web/pages_renewal.h"

#include "web/pages.gen.h"
#include "web/route.h"

#include "base/banned.h"

enum { ROWS_MAX = 500 };

static struct day month_day(struct day first, int months)
{
    int year, month, date;
    day_civil(first, &year, &month, &date);
    month += months - 1;
    return day_of(year + month / 12, month % 12 + 1, 1);
}

struct str renewal_month(struct arena *arena, const struct renewals *renewals, int i)
{
    char room[11];
    struct str day = day_print(month_day(renewals->first, i), room);
    return str_copy(arena, str_head(day, 7));
}

struct str month_words(struct html *html, struct str month)
{
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    struct day day;
    int year, number, date;
    if (!day_parse(str_print(html->arena, "%.*s-01", STR_F(month)), &day))
        return month;
    day_civil(day, &year, &number, &date);
    return html->english ? str_print(html->arena, "%s %d", names[number - 1], year)
                         : str_print(html->arena, "%d年%d月", year, number);
}

/* A bar a month, light what waits for a decision already; a line at each January. */
struct fragment renewals_chart(struct html *html, const struct renewals *renewals,
                             struct str conclusion)
{
    enum { HIGH = 120, WIDE = 20 };
    struct html out = html_new(html->arena, html->english, 24000);
    int64_t most = 4;
    for (int i = 0; i < RENEWAL_MONTHS; i++)
        most = renewals->n[i] > most ? renewals->n[i] : most;
    buf_printf(&out.out,
               "<svg class=\"chart lg\" viewBox=\"0 0 %d 158\" role=\"img\" "
               "aria-labelledby=\"chart-months\"><title id=\"chart-months\">",
               RENEWAL_MONTHS * WIDE);
    html_put_str(&out, conclusion);
    buf_printf(&out.out, "</title><path class=\"ax\" d=\"M0 %d.5h%d\"/>", HIGH + 14,
               RENEWAL_MONTHS * WIDE);
    for (int i = 0; i < RENEWAL_MONTHS; i++) {
        int year, month, date;
        day_civil(month_day(renewals->first, i), &year, &month, &date);
        long long all = (long long)(renewals->n[i] * HIGH / most),
                  pending = (long long)(renewals->pending[i] * HIGH / most);
        buf_printf(&out.out,
                   "<rect class=\"c1\" x=\"%d\" y=\"%lld\" width=\"14\" height=\"%lld\"/>"
                   "<rect class=\"c2\" x=\"%d\" y=\"%lld\" width=\"14\" height=\"%lld\"/>",
                   i * WIDE + 3, HIGH + 14 - all, all, i * WIDE + 3, HIGH + 14 - pending, pending);
        if (renewals->n[i])
            buf_printf(&out.out,
                       "<text class=\"b\" x=\"%d\" y=\"%lld\" text-anchor=\"middle\">%lld</text>",
                       i * WIDE + 10, HIGH + 10 - all, (long long)renewals->n[i]);
        if (month == 1 || (i == 0 && month <= 11)) /* in December there is no room for both */
            buf_printf(&out.out,
                       "<path class=\"tg\" d=\"M%d.5 %dv22\"/><text x=\"%d\" y=\"152\">%d</text>",
                       i * WIDE, HIGH + 14, i * WIDE + 4, year);
    }
    buf_add_z(&out.out, "</svg>");
    return (struct fragment){html_done(&out)};
}

static struct fault *count_months(struct visit *visit, struct str person, struct str today,
                                  struct renewals *out)
{
    char first[11], last[11];
    struct sql_renewal_months_row *rows;
    size_t n;
    TRY(sql_renewal_months(visit->web->store, visit->arena, day_print(out->first, first),
                           day_print(day_plus(month_day(out->first, RENEWAL_MONTHS), -1), last),
                           person, today, &rows, &n));
    for (size_t r = 0; r < n; r++)
        for (int i = 0; i < RENEWAL_MONTHS; i++)
            if (str_eq(rows[r].month, renewal_month(visit->arena, out, i))) {
                out->n[i] = rows[r].n;
                out->pending[i] = rows[r].pending;
                out->all += rows[r].n;
            }
    return NULL;
}

static struct fault *list_month(struct visit *visit, struct str person, struct str today,
                                struct renewals *out)
{
    struct str first = str_print(visit->arena, "%.*s-01", STR_F(out->month)),
               last = str_print(visit->arena, "%.*s-31", STR_F(out->month));
    return sql_renewals_between(visit->web->store, visit->arena, first, last, person, today,
                                ROWS_MAX, &out->rows, &out->rows_n);
}

struct fault *renewals_page(struct visit *visit)
{
    struct renewals *view = NEW(visit->arena, struct renewals);
    char room[11];
    int year, month, date;
    struct day chosen;
    struct str person = visit->staff ? STR_NONE : visit->who.person,
               today = day_print(visit->today, room);
    day_civil(visit->today, &year, &month, &date);
    view->first = day_of(year, month, 1);
    TRY(count_months(visit, person, today, view));
    view->month = request_query(visit->request, "month");
    if (!day_parse(str_print(visit->arena, "%.*s-01", STR_F(view->month)), &chosen))
        view->month = STR_NONE;
    if (view->month.bytes)
        TRY(list_month(visit, person, today, view));
    struct html *html =
        visit_page(visit, 200, PLACE_RENEWALS, str_of(word(visit->english, "Renewals ahead")));
    page_renewals(html, visit, view);
    visit_send(visit);
    return NULL;
}
