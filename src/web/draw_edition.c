/* draw_edition.c: the preview of a change of the criteria as a chart: labels by the month in which
 * they end (a sister of draw.c: it makes fragments).
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/pages_edition.h"

#include "base/banned.h"

enum { WIDE = 720, HIGH = 200, LEFT = 4, BOTTOM = 22 };

static const char *const colours[COURSES_N] = {
    [COURSE_ON] = "c3", [COURSE_IN_TIME] = "c1", [COURSE_ENDS] = "ch"};

enum course course_of(enum fate fate)
{
    return fate == FATE_TO_BAR                          ? COURSE_IN_TIME
           : fate == FATE_NEVER || fate == FATE_CAPPED ? COURSE_ENDS
                                                        : COURSE_ON;
}

int64_t course_count(const int64_t fates[FATES_N], enum course course)
{
    int64_t n = 0;
    for (int fate = 0; fate < FATES_N; fate++)
        if (course_of((enum fate)fate) == course)
            n += fates[fate];
    return n;
}

static int64_t all_of(const struct preview_month *month)
{
    int64_t n = 0;
    for (int fate = 0; fate < FATES_N; fate++)
        n += month->fates[fate];
    return n;
}

static void put_bar(struct html *out, const struct preview_month *month, int x, int width,
                    int64_t most)
{
    int64_t below = 0;
    for (int course = 0; course < COURSES_N; course++) {
        int64_t n = course_count(month->fates, (enum course)course);
        int from = (int)(below * HIGH / most), to = (int)((below + n) * HIGH / most);
        below += n;
        if (to > from)
            buf_printf(&out->out,
                       "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>",
                       colours[course], x, HIGH + 4 - to, width, to - from);
    }
}

/* The year stands under its first month, or under the first of the chart. */
static void put_year(struct html *out, const struct preview_month *month, int x)
{
    buf_printf(&out->out, "<text x=\"%d\" y=\"%d\">%d</text>", x, HIGH + BOTTOM, month->year);
}

struct fragment months_chart(struct html *html, const struct preview *preview,
                             struct str conclusion)
{
    struct html out = html_new(html->arena, html->english, 1 << 17);
    int64_t most = 1;
    int n = (int)preview->months_n, step = n ? (WIDE - LEFT) / n : WIDE;
    step = step > 48 ? 48 : step < 1 ? 1 : step;
    for (int i = 0; i < n; i++)
        most = all_of(&preview->months[i]) > most ? all_of(&preview->months[i]) : most;
    buf_printf(&out.out,
               "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" "
               "aria-labelledby=\"chart-months\"><title id=\"chart-months\">",
               WIDE, HIGH + BOTTOM + 6);
    html_put_str(&out, conclusion);
    buf_printf(&out.out, "</title><path class=\"ax\" d=\"M0 %d.5h%dM0 4.5h%d\"/>", HIGH + 4, WIDE,
               WIDE);
    for (int i = 0; i < n; i++) {
        int x = LEFT + i * step;
        put_bar(&out, &preview->months[i], x, step > 3 ? step - 2 : step, most);
        if (preview->months[i].month == 1 || (!i && preview->months[i].month < 10))
            put_year(&out, &preview->months[i], x);
    }
    buf_printf(&out.out, "<text class=\"b\" x=\"%d\" y=\"18\" text-anchor=\"end\">", WIDE - 4);
    html_put_str(&out, count_words(html->arena, most));
    buf_add_z(&out.out, "</text></svg>");
    return (struct fragment){html_done(&out)};
}
