/* draw_watch.c: a table of counts as bars (a sister of draw.c: it makes fragments).
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/watch_fixes.h"

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

struct str watch_list_path(struct arena *arena, const struct watch_chart *chart, size_t row,
                           size_t part)
{
    struct str path = str_print(arena, "%s%.*s", chart->list, STR_F(chart->rows[row].key));
    return part < WATCH_PARTS_MAX ? str_print(arena, "%.*s&part=%zu", STR_F(path), part) : path;
}

/* Where a bar leads: the whole of its row can be touched. */
static void put_link(struct html *out, struct str path, int y, int high)
{
    buf_add_z(&out->out, "<a href=\"");
    html_put_str(out, path);
    buf_printf(&out->out, "\"><rect class=\"hit\" y=\"%d\" width=\"%d\" height=\"%d\"/>", y, WIDE,
               high);
}

static void put_row(struct html *out, const struct watch_chart *chart, size_t at, int64_t most)
{
    const struct watch_row *row = &chart->rows[at];
    int y = (int)at * ROW;
    int64_t x = 0;
    put_link(out, watch_list_path(out->arena, chart, at, WATCH_PARTS_MAX), y, ROW);
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
    buf_printf(&out->out, "<text class=\"b\" x=\"%lld\" y=\"%d\">%lld</text></a>",
               (long long)x + 6, y + 32, (long long)all_of(row, chart->parts_n));
}

static void begin_chart(struct html *out, const char *id, size_t rows, struct str conclusion)
{
    buf_printf(&out->out,
               "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"group\" "
               "aria-labelledby=\"chart-%s\"><title id=\"chart-%s\">",
               WIDE, (int)rows * ROW + 4, id, id);
    html_put_str(out, conclusion);
    buf_add_z(&out->out, "</title>");
}

struct fragment watch_chart_drawn(struct html *html, const struct watch_chart *chart)
{
    struct html out = html_new(html->arena, html->english, 32000);
    int64_t most = 4;
    for (size_t i = 0; i < chart->rows_n; i++) {
        int64_t n = all_of(&chart->rows[i], chart->parts_n);
        most = n > most ? n : most;
    }
    begin_chart(&out, chart->id, chart->rows_n, chart->conclusion);
    for (size_t i = 0; i < chart->rows_n; i++)
        put_row(&out, chart, i, most);
    buf_add_z(&out.out, "</svg>");
    return (struct fragment){html_done(&out)};
}

/* ---- days to fix: from the shortest to the longest a line, the middle half a box, the median a
 * stroke; the longest that is not fixed a dot */

static long long place(int64_t days, int64_t most)
{
    return (long long)(4 + days * BAR / most);
}

static int64_t longest(const struct fix_spread *one)
{
    return one->open_most > one->most ? one->open_most : one->most;
}

static void put_spread(struct html *out, const struct fix_spread *one, size_t at, int64_t most)
{
    int y = (int)at * ROW;
    struct str path = one->party.bytes ? str_print(out->arena, "/watch/fixes?maker=%.*s",
                                                   STR_F(url_part(out->arena, one->party)))
                                       : STR("/watch/fixes");
    put_link(out, path, y, ROW);
    buf_printf(&out->out, "<text x=\"0\" y=\"%d\">", y + 14);
    html_put_str(out, one->party.bytes ? one->name
                                       : str_of(word(out->english, "All makers together")));
    buf_add_z(&out->out, "</text>");
    if (one->fixed) {
        buf_printf(&out->out, "<path class=\"ax2\" d=\"M%lld %dH%lld\"/>", place(one->least, most),
                   y + 27, place(one->most, most));
        buf_printf(&out->out,
                   "<rect class=\"c2\" x=\"%lld\" y=\"%d\" width=\"%lld\" height=\"14\"/>",
                   place(one->low, most) - 1, y + 20,
                   place(one->high, most) - place(one->low, most) + 2);
        buf_printf(&out->out, "<path class=\"tg\" d=\"M%lld %dv18\"/>", place(one->median, most),
                   y + 18);
    }
    if (one->open)
        buf_printf(&out->out, "<circle class=\"ch\" cx=\"%lld\" cy=\"%d\" r=\"5\"/>",
                   place(one->open_most, most), y + 27);
    buf_printf(&out->out, "<text class=\"b\" x=\"%lld\" y=\"%d\">%lld</text></a>",
               place(longest(one), most) + 9, y + 32, (long long)longest(one));
}

struct fragment watch_fixes_drawn(struct html *html, const struct watch_fixes *fixes,
                                  struct str conclusion)
{
    struct html out = html_new(html->arena, html->english, 32000);
    int64_t most = longest(&fixes->all) > 4 ? longest(&fixes->all) : 4;
    begin_chart(&out, "fixes", fixes->makers_n + 1, conclusion);
    put_spread(&out, &fixes->all, 0, most);
    for (size_t i = 0; i < fixes->makers_n; i++)
        put_spread(&out, &fixes->makers[i], i + 1, most);
    buf_add_z(&out.out, "</svg>");
    return (struct fragment){html_done(&out)};
}
