/* draw_watch.c: a table of counts as bars (a sister of draw.c: it makes fragments).
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/pages_watch.h"

#include "base/banned.h"

enum { WIDE = 296, BAR = 260, ROW = 40 };

const char *watch_part_colour(size_t part)
{
    static const char *const colours[WATCH_PARTS_MAX] = {"c1", "c2", "ch"};
    return colours[part < WATCH_PARTS_MAX ? part : 0];
}

static int64_t all_of(const struct watch_row *row, size_t parts_n)
{
    int64_t n = 0;
    for (size_t i = 0; i < parts_n; i++)
        n += row->n[i];
    return n;
}

static void put_row(struct html *out, const struct watch_chart *chart, size_t at, int64_t most)
{
    const struct watch_row *row = &chart->rows[at];
    int y = (int)at * ROW;
    int64_t x = 0;
    buf_printf(&out->out, "<text x=\"0\" y=\"%d\">", y + 14);
    html_put_str(out, row->name);
    buf_add_z(&out->out, "</text>");
    for (size_t i = 0; i < chart->parts_n; i++) {
        int64_t wide = row->n[i] * BAR / most;
        if (row->n[i])
            buf_printf(&out->out,
                       "<rect class=\"%s\" x=\"%lld\" y=\"%d\" width=\"%lld\" height=\"14\"/>",
                       watch_part_colour(i), (long long)x, y + 20, (long long)wide);
        x += wide;
    }
    buf_printf(&out->out, "<text class=\"b\" x=\"%lld\" y=\"%d\">%lld</text>", (long long)x + 6,
               y + 32, (long long)all_of(row, chart->parts_n));
}

struct fragment watch_chart_drawn(struct html *html, const struct watch_chart *chart)
{
    struct html out = html_new(html->arena, html->english, 32000);
    int64_t most = 4;
    for (size_t i = 0; i < chart->rows_n; i++) {
        int64_t n = all_of(&chart->rows[i], chart->parts_n);
        most = n > most ? n : most;
    }
    buf_printf(&out.out,
               "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" "
               "aria-labelledby=\"chart-%s\"><title id=\"chart-%s\">",
               WIDE, (int)chart->rows_n * ROW + 4, chart->id, chart->id);
    html_put_str(&out, chart->conclusion);
    buf_add_z(&out.out, "</title>");
    for (size_t i = 0; i < chart->rows_n; i++)
        put_row(&out, chart, i, most);
    buf_add_z(&out.out, "</svg>");
    return (struct fragment){html_done(&out)};
}
