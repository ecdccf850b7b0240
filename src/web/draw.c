/* draw.c: charts as SVG inside a page, each with its conclusion in words (html.c's sister: it makes
 * fragments).
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/draw.h"

#include "base/banned.h"

struct fragment pace_bar(struct html *html, const struct pace *pace)
{
    enum { WIDE = 132 };
    if (!pace->target)
        return (struct fragment){STR_NONE};
    int64_t scale = pace->late ? pace->spent : pace->target * 4 / 3 + 1;
    int64_t mark = WIDE * pace->target / (scale > 0 ? scale : 1),
            spent = WIDE * pace->spent / (scale > 0 ? scale : 1);
    int64_t blue = spent < mark ? spent : mark;
    struct str words = pace_words(html, pace), rest = pace_rest_words(html, pace);
    struct html out = html_new(html->arena, html->english, 2000);
    buf_add_z(&out.out,
              "<svg width=\"132\" height=\"16\" viewBox=\"0 0 132 16\" role=\"img\" aria-label=\"");
    html_put_str(&out, words);
    buf_add_z(&out.out, html->english ? ", " : "、");
    html_put_str(&out, rest);
    buf_printf(&out.out,
               "\"><rect class=\"c3\" y=\"4\" width=\"132\" height=\"8\" rx=\"2\"/>"
               "<rect class=\"%s\" y=\"4\" width=\"%lld\" height=\"8\" rx=\"2\"/>",
               pace->soon ? "cs" : "c1", (long long)blue);
    if (spent > mark)
        buf_printf(&out.out, "<rect class=\"ch\" x=\"%lld\" y=\"4\" width=\"%lld\" height=\"8\"/>",
                   (long long)mark, (long long)(spent - mark));
    buf_printf(&out.out, "<path class=\"tg\" d=\"M%lld 0v16\"/></svg>",
               (long long)(mark < 131 ? mark : 131));
    return (struct fragment){html_done(&out)};
}

static void put_text(struct html *out, struct str text)
{
    html_put_str(out, text);
    buf_add_z(&out->out, "</text>");
}

struct fragment weeks_chart(struct html *html, const int64_t *received, const int64_t *completed,
                            size_t n, struct str conclusion, struct str first_week)
{
    struct html out = html_new(html->arena, html->english, 16000);
    int64_t most = 4;
    for (size_t i = 0; i < n; i++) {
        most = received[i] > most ? received[i] : most;
        most = completed[i] > most ? completed[i] : most;
    }
    buf_add_z(&out.out, "<svg class=\"chart\" viewBox=\"0 0 296 118\" role=\"img\" "
                        "aria-labelledby=\"chart-weeks\"><title id=\"chart-weeks\">");
    html_put_str(&out, conclusion);
    buf_add_z(&out.out, "</title><path class=\"ax\" d=\"M0 92.5h296M0 52.5h296M0 12.5h296\"/>");
    for (size_t i = 0; i < n; i++) {
        const int64_t two[] = {received[i], completed[i]};
        for (int k = 0; k < 2; k++) {
            long long high = (long long)(two[k] * 80 / most);
            buf_printf(&out.out,
                       "<rect class=\"%s\" x=\"%d\" y=\"%lld\" width=\"9\" height=\"%lld\"/>",
                       k ? "c1" : "c2", 4 + (int)i * 24 + k * 10, 92 - high, high);
        }
    }
    buf_add_z(&out.out, "<text x=\"0\" y=\"110\">");
    put_text(&out, first_week);
    buf_add_z(&out.out, "<text class=\"b\" x=\"292\" y=\"110\" text-anchor=\"end\">");
    put_text(&out, n ? say(html, "this week %d / %d", (int)received[n - 1], (int)completed[n - 1])
                     : STR_NONE);
    buf_add_z(&out.out, "<text x=\"292\" y=\"10\" text-anchor=\"end\">");
    put_text(&out, str_print(html->arena, "%d", (int)most));
    buf_add_z(&out.out, "</svg>");
    return (struct fragment){html_done(&out)};
}

static void put_pair(struct html *out, int at, const int64_t two[2], int64_t most)
{
    for (int k = 0; k < 2; k++) {
        int high = (int)(two[k] * 80 / most), x = at + k * 36;
        buf_printf(&out->out,
                   "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"30\" height=\"%d\"/>"
                   "<text class=\"b\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">",
                   k ? "c1" : "c2", x, 98 - high, high, x + 15, 94 - high);
        put_text(out, str_print(out->arena, "%lld.%lld", (long long)(two[k] / 10),
                                (long long)(two[k] % 10)));
    }
}

struct fragment pairs_chart(struct html *html, const int64_t *one, const int64_t *other,
                            const struct str *names, size_t n, struct str conclusion,
                            const char *id)
{
    enum { STEP = 88 };
    struct html out = html_new(html->arena, html->english, 16000);
    int64_t most = 10;
    for (size_t i = 0; i < n; i++) {
        most = one[i] > most ? one[i] : most;
        most = other[i] > most ? other[i] : most;
    }
    int wide = (int)n * STEP;
    buf_printf(&out.out,
               "<svg class=\"pairs\" width=\"%d\" viewBox=\"0 0 %d 122\" role=\"img\" "
               "aria-labelledby=\"%s\"><title id=\"%s\">",
               wide, wide, id, id);
    html_put_str(&out, conclusion);
    buf_printf(&out.out, "</title><path class=\"ax\" d=\"M0 98.5h%d\"/>", wide);
    for (size_t i = 0; i < n; i++) {
        const int64_t two[2] = {one[i], other[i]};
        put_pair(&out, 11 + (int)i * STEP, two, most);
        buf_printf(&out.out, "<text x=\"%d\" y=\"116\" text-anchor=\"middle\">",
                   44 + (int)i * STEP);
        put_text(&out, names[i]);
    }
    buf_add_z(&out.out, "</svg>");
    return (struct fragment){html_done(&out)};
}

struct fragment ages_chart(struct html *html, const int64_t counts[AGES_N], struct str conclusion)
{
    static const char *const names[AGES_N] = {"0–5", "6–10", "11–15", "16–20", "21–"};
    struct html out = html_new(html->arena, html->english, 8000);
    int64_t most = 1;
    for (int i = 0; i < AGES_N; i++)
        most = counts[i] > most ? counts[i] : most;
    buf_add_z(&out.out, "<svg class=\"chart\" viewBox=\"0 0 296 122\" role=\"img\" "
                        "aria-labelledby=\"chart-ages\"><title id=\"chart-ages\">");
    html_put_str(&out, conclusion);
    buf_add_z(&out.out, "</title>");
    for (int i = 0; i < AGES_N; i++) {
        int wide = (int)(counts[i] * 196 / most), y = 6 + i * 23;
        buf_printf(
            &out.out,
            "<text x=\"0\" y=\"%d\">%s</text><rect class=\"%s\" x=\"52\" y=\"%d\" width=\"%d\" "
            "height=\"15\" rx=\"2\"/><text class=\"b\" x=\"%d\" y=\"%d\">%lld</text>",
            y + 11, names[i], i > 2 ? "ch" : "c1", y, wide, 58 + wide, y + 12,
            (long long)counts[i]);
    }
    buf_add_z(&out.out, "<path class=\"tg\" d=\"M50.5 0v118\" opacity=\".15\"/></svg>");
    return (struct fragment){html_done(&out)};
}
