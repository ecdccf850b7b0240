/* letter_pdf.c: a letter on A4, by cairo and pango.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Text flows from line to line and from page to page. It is laid out twice: first to count the
 * pages, then to write them with "1 / 2" at their feet. */
#include "letter/letter.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "base/buf.h"

#include "base/banned.h"

enum { PDF_BYTES_MAX = 8 << 20, PAGES_MAX = 200 };

#define MM(n) ((n) * 72.0 / 25.4)

static const double page_width = MM(210), page_height = MM(297);
static const double left = MM(25), right = MM(185), top = MM(22), bottom = MM(275);
static const double name_width = MM(42), cell_side = MM(3), cell_top = MM(1.4);
static const double hair = 0.5;
static const char *const face = "Noto Serif CJK JP";

struct flow {
    cairo_t *cairo;
    const struct letter *letter;
    double y;
    int page, pages; /* pages: 0 while they are counted */
};

struct face {
    double size;
    bool bold, justified;
    PangoAlignment alignment;
};

static const struct face plain = {11, false, true, PANGO_ALIGN_LEFT};
static const struct face ranged_right = {11, false, false, PANGO_ALIGN_RIGHT};
static const struct face ranged_left = {11, false, false, PANGO_ALIGN_LEFT};
static const struct face centred = {11, false, false, PANGO_ALIGN_CENTER};
static const struct face heading = {15, true, false, PANGO_ALIGN_CENTER};
static const struct face in_table = {10.5, false, false, PANGO_ALIGN_LEFT};
static const struct face small_print = {8.5, false, false, PANGO_ALIGN_LEFT};

/* ---- text */

static PangoLayout *layout_new(const struct flow *flow, const struct face *of, struct str text,
                               double width)
{
    PangoLayout *layout = pango_cairo_create_layout(flow->cairo);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family(font, face);
    pango_font_description_set_absolute_size(font, of->size * PANGO_SCALE);
    pango_font_description_set_weight(font, of->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_context_set_language(pango_layout_get_context(layout),
                               pango_language_from_string(flow->letter->english ? "en" : "ja"));
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_justify(layout, of->justified);
    pango_layout_set_alignment(layout, of->alignment);
    pango_layout_set_line_spacing(layout, 1.15F);
    pango_layout_set_text(layout, text.bytes ? text.at : "", (int)text.bytes);
    return layout;
}

static double height_of(PangoLayout *layout)
{
    int height;
    pango_layout_get_size(layout, NULL, &height);
    return (double)height / PANGO_SCALE;
}

static void page_end(struct flow *flow)
{
    if (flow->pages > 1) {
        char number[32];
        int n = snprintf(number, sizeof number, "%d / %d", flow->page, flow->pages);
        PangoLayout *layout =
            layout_new(flow, &centred, (struct str){number, (size_t)n}, right - left);
        cairo_move_to(flow->cairo, left, bottom + MM(5));
        pango_cairo_show_layout(flow->cairo, layout);
        g_object_unref(layout);
    }
    cairo_show_page(flow->cairo);
}

static void page_next(struct flow *flow)
{
    page_end(flow);
    flow->page++;
    flow->y = top;
}

/* The next line of a layout, drawn with its top at y; its height. */
static double line_draw(const struct flow *flow, PangoLayoutIter *at, double x, double y)
{
    PangoRectangle ink;
    int from, to;
    pango_layout_iter_get_line_yrange(at, &from, &to);
    pango_layout_iter_get_line_extents(at, NULL, &ink);
    int baseline = pango_layout_iter_get_baseline(at);
    cairo_move_to(flow->cairo, x + (double)ink.x / PANGO_SCALE,
                  y + (double)(baseline - from) / PANGO_SCALE);
    pango_cairo_show_layout_line(flow->cairo, pango_layout_iter_get_line_readonly(at));
    return (double)(to - from) / PANGO_SCALE;
}

static double line_height(PangoLayoutIter *at)
{
    int from, to;
    pango_layout_iter_get_line_yrange(at, &from, &to);
    return (double)(to - from) / PANGO_SCALE;
}

static void put_text(struct flow *flow, const struct face *of, struct str text, double x,
                     double width)
{
    PangoLayout *layout = layout_new(flow, of, text, width);
    PangoLayoutIter *at = pango_layout_get_iter(layout);
    do {
        if (flow->y + line_height(at) > bottom && flow->page < PAGES_MAX)
            page_next(flow);
        flow->y += line_draw(flow, at, x, flow->y);
    } while (pango_layout_iter_next_line(at));
    pango_layout_iter_free(at);
    g_object_unref(layout);
}

static void put_whole(struct flow *flow, const struct face *of, struct str text)
{
    if (text.bytes)
        put_text(flow, of, text, left, right - left);
}

/* ---- the table */

static void cell_box(const struct flow *flow, double y, double height)
{
    cairo_t *cairo = flow->cairo;
    cairo_set_source_rgb(cairo, 0.955, 0.96, 0.97);
    cairo_rectangle(cairo, left, y, name_width, height);
    cairo_fill(cairo);
    cairo_set_source_rgb(cairo, 0, 0, 0);
    cairo_set_line_width(cairo, hair);
    cairo_rectangle(cairo, left, y, right - left, height);
    cairo_move_to(cairo, left + name_width, y);
    cairo_line_to(cairo, left + name_width, y + height);
    cairo_stroke(cairo);
}

/* How many of the lines from here on fit under y, and how high they are. */
static int lines_that_fit(PangoLayout *layout, int from, double room, double *height)
{
    PangoLayoutIter *at = pango_layout_get_iter(layout);
    int n = 0, i = 0;
    *height = 0;
    do {
        if (i++ < from)
            continue;
        double more = line_height(at);
        if (n && *height + more > room)
            break;
        *height += more;
        n++;
    } while (pango_layout_iter_next_line(at));
    pango_layout_iter_free(at);
    return n;
}

static void draw_lines(const struct flow *flow, PangoLayout *layout, int from, int n, double x,
                       double y)
{
    PangoLayoutIter *at = pango_layout_get_iter(layout);
    int i = 0;
    do {
        if (i >= from && i < from + n)
            y += line_draw(flow, at, x, y);
        i++;
    } while (pango_layout_iter_next_line(at));
    pango_layout_iter_free(at);
}

/* A row that is higher than what is left of the page goes on on the next one. */
static void put_row(struct flow *flow, const struct letter_line *line)
{
    PangoLayout *name = layout_new(flow, &in_table, line->name, name_width - 2 * cell_side);
    PangoLayout *value = layout_new(flow, &in_table, line->value,
                                    right - left - name_width - 2 * cell_side);
    int lines = pango_layout_get_line_count(value), done = 0;
    double whole = height_of(value) > height_of(name) ? height_of(value) : height_of(name);
    whole += 2 * cell_top;
    if (flow->y + whole > bottom && whole < (bottom - top) / 3)
        page_next(flow);
    while (done < lines) {
        double height, room = bottom - flow->y - 2 * cell_top;
        if (room < MM(12) && flow->page < PAGES_MAX) {
            page_next(flow);
            continue;
        }
        int n = lines_that_fit(value, done, room, &height);
        if (height < height_of(name))
            height = height_of(name);
        cell_box(flow, flow->y, height + 2 * cell_top);
        if (done == 0)
            draw_lines(flow, name, 0, pango_layout_get_line_count(name), left + cell_side,
                       flow->y + cell_top);
        draw_lines(flow, value, done, n, left + name_width + cell_side, flow->y + cell_top);
        flow->y += height + 2 * cell_top;
        done += n;
    }
    g_object_unref(name);
    g_object_unref(value);
}

static void put_table(struct flow *flow)
{
    const struct letter *letter = flow->letter;
    if (!letter->lines_n)
        return;
    flow->y += MM(6);
    put_whole(flow, &centred, letter->english ? STR("Particulars") : STR("記"));
    flow->y += MM(4);
    for (size_t i = 0; i < letter->lines_n; i++)
        put_row(flow, &letter->lines[i]);
    flow->y += MM(4);
    put_whole(flow, &ranged_right, letter->english ? STR("End of notice") : STR("以上"));
}

/* ---- the parts of a letter */

/* The sender stands to the right, its lines beginning at one place. */
static void put_sender(struct flow *flow)
{
    const struct letter *letter = flow->letter;
    double width = MM(80);
    put_text(flow, &ranged_left, letter->from, right - width, width);
    if (letter->address.bytes)
        put_text(flow, &small_print, letter->address, right - width, width);
}

static void put_paragraph(struct flow *flow, struct arena *arena, struct str text)
{
    put_whole(flow, &plain,
              flow->letter->english ? text : str_print(arena, "　%.*s", STR_F(text)));
    if (flow->letter->english)
        flow->y += MM(2.5);
}

/* Whom to ask, boxed, and by which clause: kept together. */
static void put_foot(struct flow *flow, struct arena *arena)
{
    const struct letter *letter = flow->letter;
    double width = MM(92), x = right - width;
    struct str ask = letter->english ? STR("Enquiries") : STR("（問合せ先）");
    struct str contact = str_print(arena, "%.*s\n%.*s\n%.*s", STR_F(ask), STR_F(letter->from),
                                   STR_F(letter->contact));
    struct str made = str_print(
        arena,
        letter->english
            ? "Basis: JSM-01, %.*s. This notice was made electronically; it bears no seal."
            : "根拠：JSM-01 %.*s　この通知は電子的に作成したものであり、押印はありません。",
        STR_F(letter->clause));
    if (letter->contact.bytes) {
        PangoLayout *box = layout_new(flow, &small_print, contact, width - 2 * cell_side);
        double height = height_of(box) + 2 * cell_top;
        flow->y += MM(7);
        if (flow->y + height > bottom)
            page_next(flow);
        cairo_set_line_width(flow->cairo, hair);
        cairo_rectangle(flow->cairo, x, flow->y, width, height);
        cairo_stroke(flow->cairo);
        cairo_move_to(flow->cairo, x + cell_side, flow->y + cell_top);
        pango_cairo_show_layout(flow->cairo, box);
        flow->y += height;
        g_object_unref(box);
    }
    flow->y += MM(5);
    put_whole(flow, &small_print, made);
}

static void write_letter(struct flow *flow, struct arena *arena)
{
    const struct letter *letter = flow->letter;
    cairo_set_source_rgb(flow->cairo, 0, 0, 0);
    flow->y = top;
    flow->page = 1;
    put_whole(flow, &ranged_right, letter->number);
    put_whole(flow, &ranged_right, letter->day);
    flow->y += MM(7);
    put_whole(flow, &ranged_left, letter->to);
    flow->y += MM(8);
    put_sender(flow);
    flow->y += MM(13);
    put_whole(flow, &heading, letter->title);
    flow->y += MM(8);
    for (size_t i = 0; i < letter->paragraphs.n; i++)
        put_paragraph(flow, arena, letter->paragraphs.at[i]);
    put_table(flow);
    put_foot(flow, arena);
    page_end(flow);
}

/* ---- the file */

static cairo_status_t take(void *whom, const unsigned char *bytes, unsigned int n)
{
    struct buf *buf = whom;
    if (buf)
        buf_add(buf, (struct str){(const char *)bytes, n});
    return buf && buf->full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static struct fault *write_pass(struct arena *arena, const struct letter *letter, struct buf *out,
                                int *pages)
{
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(take, out, page_width, page_height);
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, str_z(arena, letter->title));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, str_z(arena, letter->from));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, NULL);
    struct flow flow = {.cairo = cairo_create(surface), .letter = letter, .pages = *pages};
    write_letter(&flow, arena);
    *pages = flow.page;
    cairo_status_t status = cairo_status(flow.cairo);
    cairo_destroy(flow.cairo);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    return status == CAIRO_STATUS_SUCCESS
               ? NULL
               : FAULT(arena, "broken-letter", "drawing: %s", cairo_status_to_string(status));
}

struct fault *letter_pdf(struct arena *arena, const struct letter *letter, struct str *out)
{
    struct buf pdf = buf_new(arena, PDF_BYTES_MAX);
    int pages = 0;
    TRY(write_pass(arena, letter, NULL, &pages));
    TRY(write_pass(arena, letter, &pdf, &pages));
    *out = buf_str(&pdf);
    return NULL;
}
