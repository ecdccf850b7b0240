/* certificate.c: a Certificate of Approval on A4, by cairo and pango.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The frame, its stars and the emblem are our own; it is nobody's official form. */
#include "label/certificate.h"

#include <cairo-pdf.h>
#include <math.h>
#include <pango/pangocairo.h>

#include "base/buf.h"
#include "label/drawing.h"

#include "base/banned.h"

enum { PDF_BYTES_MAX = 4 << 20, POINTS_OF_STAR = 5 };

#define MM(n) ((n)*72.0 / 25.4)

static const double page_width = MM(210), page_height = MM(297);
static const double left = MM(30), right = MM(180);
static const char *const face = "Noto Serif CJK JP";
static const double navy[] = {0.0, 0.137, 0.294}, gold[] = {0.69, 0.55, 0.2},
                    ink[] = {0.1, 0.1, 0.1};

struct sheet {
    cairo_t *cairo;
    const struct certificate *certificate;
    double y;
};

static void use(cairo_t *cairo, const double colour[3])
{
    cairo_set_source_rgb(cairo, colour[0], colour[1], colour[2]);
}

static void star(cairo_t *cairo, double x, double y, double radius)
{
    cairo_new_path(cairo);
    for (int i = 0; i < 2 * POINTS_OF_STAR; i++) {
        double angle = -M_PI / 2 + i * M_PI / POINTS_OF_STAR, r = i % 2 ? radius * 0.42 : radius;
        cairo_line_to(cairo, x + r * cos(angle), y + r * sin(angle));
    }
    cairo_close_path(cairo);
    cairo_fill(cairo);
}

/* A double line that opens at each corner for a star. */
static void draw_frame(cairo_t *cairo)
{
    static const double inset[] = {MM(12), MM(14)};
    for (int i = 0; i < 2; i++) {
        double a = inset[i], gap = MM(9) - (inset[i] - inset[0]);
        use(cairo, i ? gold : navy);
        cairo_set_line_width(cairo, i ? 0.7 : 1.6);
        cairo_move_to(cairo, a + gap, a);
        cairo_line_to(cairo, page_width - a - gap, a);
        cairo_move_to(cairo, a + gap, page_height - a);
        cairo_line_to(cairo, page_width - a - gap, page_height - a);
        cairo_move_to(cairo, a, a + gap);
        cairo_line_to(cairo, a, page_height - a - gap);
        cairo_move_to(cairo, page_width - a, a + gap);
        cairo_line_to(cairo, page_width - a, page_height - a - gap);
        cairo_stroke(cairo);
    }
    use(cairo, gold);
    for (int i = 0; i < 4; i++)
        star(cairo, i % 2 ? page_width - MM(15) : MM(15), i / 2 ? page_height - MM(15) : MM(15),
             MM(3));
}

/* A star in a ring of small ones. */
static void draw_emblem(cairo_t *cairo, double x, double y)
{
    enum { AROUND = 12 };
    use(cairo, navy);
    cairo_set_line_width(cairo, 1.2);
    cairo_new_path(cairo);
    cairo_arc(cairo, x, y, MM(13), 0, 2 * M_PI);
    cairo_stroke(cairo);
    star(cairo, x, y, MM(9));
    use(cairo, gold);
    for (int i = 0; i < AROUND; i++) {
        double angle = i * 2 * M_PI / AROUND;
        star(cairo, x + MM(16) * cos(angle), y + MM(16) * sin(angle), MM(1.1));
    }
}

static PangoLayout *layout_of(const struct sheet *sheet, struct str text, double size, bool bold,
                              double width, PangoAlignment alignment)
{
    PangoLayout *layout = pango_cairo_create_layout(sheet->cairo);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family(font, face);
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_context_set_language(
        pango_layout_get_context(layout),
        pango_language_from_string(sheet->certificate->english ? "en" : "ja"));
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, alignment);
    pango_layout_set_line_spacing(layout, 1.2F);
    pango_layout_set_text(layout, text.bytes ? text.at : "", (int)text.bytes);
    return layout;
}

/* Draws at (x, y) and says how high it is. */
static double put(const struct sheet *sheet, struct str text, double size, bool bold, double x,
                  double y, double width, PangoAlignment alignment)
{
    int height;
    PangoLayout *layout = layout_of(sheet, text, size, bold, width, alignment);
    cairo_move_to(sheet->cairo, x, y);
    pango_cairo_show_layout(sheet->cairo, layout);
    pango_layout_get_size(layout, NULL, &height);
    g_object_unref(layout);
    return (double)height / PANGO_SCALE;
}

static void put_line(struct sheet *sheet, struct str text, double size, bool bold, double after,
                     PangoAlignment alignment)
{
    if (text.bytes)
        sheet->y += put(sheet, text, size, bold, left, sheet->y, right - left, alignment) + after;
}

static void put_rows(struct sheet *sheet)
{
    const double name_width = MM(40), pad = MM(2);
    cairo_set_line_width(sheet->cairo, 0.5);
    for (size_t i = 0; i < sheet->certificate->rows_n; i++) {
        use(sheet->cairo, gold);
        cairo_move_to(sheet->cairo, left, sheet->y);
        cairo_line_to(sheet->cairo, right, sheet->y);
        cairo_stroke(sheet->cairo);
        use(sheet->cairo, ink);
        double name = put(sheet, sheet->certificate->rows[i].name, 10.5, true, left, sheet->y + pad,
                          name_width, PANGO_ALIGN_LEFT);
        double value =
            put(sheet, sheet->certificate->rows[i].value, 10.5, false, left + name_width + pad,
                sheet->y + pad, right - left - name_width - pad, PANGO_ALIGN_LEFT);
        sheet->y += (name > value ? name : value) + 2 * pad;
    }
    use(sheet->cairo, gold);
    cairo_move_to(sheet->cairo, left, sheet->y);
    cairo_line_to(sheet->cairo, right, sheet->y);
    cairo_stroke(sheet->cairo);
    use(sheet->cairo, ink);
}

static void draw(struct sheet *sheet)
{
    const struct certificate *certificate = sheet->certificate;
    draw_frame(sheet->cairo);
    draw_emblem(sheet->cairo, page_width / 2, MM(42));
    use(sheet->cairo, ink);
    sheet->y = MM(66);
    put_line(sheet, certificate->title, certificate->english ? 17 : 25, true, MM(3),
             PANGO_ALIGN_CENTER);
    put_line(sheet, certificate->number, 11, false, MM(9), PANGO_ALIGN_CENTER);
    put_line(sheet, certificate->name, 18, true, 0, PANGO_ALIGN_CENTER);
    put_line(sheet, certificate->honour, 13, false, 0, PANGO_ALIGN_CENTER);
    sheet->y += MM(7);
    put_line(sheet, certificate->statement, 11.5, false, MM(7), PANGO_ALIGN_LEFT);
    put_rows(sheet);
    sheet->y = sheet->y + MM(14) > MM(228) ? sheet->y + MM(14) : MM(228);
    put_line(sheet, certificate->day, 12, false, MM(6), PANGO_ALIGN_LEFT);
    put_line(sheet, certificate->issuer, 13, true, MM(2), PANGO_ALIGN_RIGHT);
    put_line(sheet, certificate->signer, 12, false, 0, PANGO_ALIGN_RIGHT);
}

struct fault *certificate_pdf(struct arena *arena, const struct certificate *certificate,
                              struct str *out)
{
    struct buf pdf = buf_new(arena, PDF_BYTES_MAX);
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(drawing_write, &pdf, page_width, page_height);
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE,
                                   str_z(arena, certificate->title));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, NULL);
    struct sheet sheet = {.cairo = cairo_create(surface), .certificate = certificate};
    draw(&sheet);
    cairo_show_page(sheet.cairo);
    cairo_status_t status = cairo_status(sheet.cairo);
    cairo_destroy(sheet.cairo);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (status != CAIRO_STATUS_SUCCESS)
        return FAULT(arena, "broken-label", "certificate: %s", cairo_status_to_string(status));
    *out = buf_str(&pdf);
    return NULL;
}
