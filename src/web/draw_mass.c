/* draw_mass.c: mass actions as charts (a sister of draw.c: it makes fragments).
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/pages_mass.h"

#include "base/banned.h"

enum { WIDE = 720, BAR = 26, ROW = 34, LEFT = 60, RIGHT = 110 };

static void put_part(struct html *out, const char *colour, int64_t *from, int64_t n, int64_t all)
{
    int x = (int)(*from * WIDE / all), end = (int)((*from + n) * WIDE / all);
    *from += n;
    if (end > x)
        buf_printf(&out->out, "<rect class=\"%s\" x=\"%d\" y=\"0\" width=\"%d\" height=\"%d\"/>",
                   colour, x, end - x, BAR);
}

struct fragment mass_bar(struct html *html, int64_t done, int64_t refused, int64_t all,
                         struct str conclusion)
{
    struct html out = html_new(html->arena, html->english, 1 << 14);
    int64_t at = 0, whole = all > 0 ? all : 1;
    buf_printf(&out.out,
               "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" "
               "aria-labelledby=\"chart-mass\"><title id=\"chart-mass\">",
               WIDE, BAR);
    html_put_str(&out, conclusion);
    buf_add_z(&out.out, "</title>");
    put_part(&out, "c1", &at, done, whole);
    put_part(&out, "ch", &at, refused, whole);
    put_part(&out, "c3", &at, whole - done - refused, whole);
    buf_add_z(&out.out, "</svg>");
    return (struct fragment){html_done(&out)};
}

struct fragment mass_levels(struct html *html, const int64_t levels[5], struct str conclusion)
{
    struct html out = html_new(html->arena, html->english, 1 << 14);
    int64_t most = 1;
    for (int level = 1; level <= 4; level++)
        most = levels[level] > most ? levels[level] : most;
    buf_printf(&out.out,
               "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" "
               "aria-labelledby=\"chart-levels\"><title id=\"chart-levels\">",
               WIDE, 4 * ROW);
    html_put_str(&out, conclusion);
    buf_add_z(&out.out, "</title>");
    for (int level = 1; level <= 4; level++) {
        int y = (level - 1) * ROW, wide = (int)(levels[level] * (WIDE - LEFT - RIGHT) / most);
        buf_printf(&out.out,
                   "<text class=\"b\" x=\"0\" y=\"%d\">★%d</text><rect class=\"c1\" x=\"%d\" "
                   "y=\"%d\" width=\"%d\" height=\"%d\"/><text x=\"%d\" y=\"%d\">",
                   y + 18, level, LEFT, y, wide, BAR, LEFT + wide + 8, y + 18);
        html_put_str(&out, count_words(html->arena, levels[level]));
        buf_add_z(&out.out, "</text>");
    }
    buf_add_z(&out.out, "</svg>");
    return (struct fragment){html_done(&out)};
}
