/* paint.c: the label as PNG and as PDF, by cairo.
 * SPDX-License-Identifier: Apache-2.0 */
#include <cairo-pdf.h>
#include <math.h>

#include "base/buf.h"
#include "label/drawing.h"

#include "base/banned.h"

enum { FILE_BYTES_MAX = 1 << 22, DPI_MIN = 72, DPI_MAX = 1200 };

static void set_colour(cairo_t *cairo, uint32_t colour)
{
    cairo_set_source_rgb(cairo, (colour >> 16) / 255.0, (colour >> 8 & 0xFF) / 255.0,
                         (colour & 0xFF) / 255.0);
}

void drawing_paint(const struct drawing *drawing, cairo_t *cairo)
{
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    for (size_t i = 0; i < drawing->n; i++) {
        const struct shape *shape = &drawing->shapes[i];
        cairo_new_path(cairo);
        cairo_append_path(cairo, shape->path);
        set_colour(cairo, shape->colour);
        cairo_set_line_width(cairo, shape->stroke);
        if (shape->stroke > 0)
            cairo_stroke(cairo);
        else
            cairo_fill(cairo);
    }
    set_colour(cairo, 0x000000);
    for (struct run run = {0}; code_next(&drawing->code, &run);)
        cairo_rectangle(cairo, CODE_LEFT + run.column * MODULE, CODE_TOP + run.row * MODULE,
                        run.modules * MODULE, MODULE);
    cairo_fill(cairo);
}

cairo_status_t drawing_write(void *whom, const unsigned char *bytes, unsigned int n)
{
    struct buf *buf = whom;
    buf_add(buf, (struct str){.at = (const char *)bytes, .bytes = n});
    return buf->full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static void add_be32(struct buf *buf, uint32_t n)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_add_char(buf, (char)(n >> shift & 0xFF));
}

/* CRC of PNG (ISO/IEC 15948, annex D). */
static uint32_t png_crc(struct str bytes)
{
    uint32_t crc = 0xFFFFFFFF;
    for (size_t i = 0; i < bytes.bytes; i++) {
        crc ^= (uint8_t)bytes.at[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
    }
    return crc ^ 0xFFFFFFFF;
}

/* Says how large the picture is on paper, which cairo does not: a pHYs chunk after IHDR. */
static struct str png_with_size(struct arena *arena, struct str png, int dpi)
{
    enum { HEAD_BYTES = 8 + 4 + 4 + 13 + 4, PIXELS_A_METRE = 1 };
    struct buf chunk = buf_new(arena, 64), whole = buf_new(arena, FILE_BYTES_MAX);
    uint32_t a_metre = (uint32_t)lround(dpi / 0.0254);
    buf_add_z(&chunk, "pHYs");
    add_be32(&chunk, a_metre);
    add_be32(&chunk, a_metre);
    buf_add_char(&chunk, PIXELS_A_METRE);
    buf_add(&whole, (struct str){png.at, HEAD_BYTES});
    add_be32(&whole, (uint32_t)chunk.bytes - 4);
    buf_add(&whole, buf_str(&chunk));
    add_be32(&whole, png_crc(buf_str(&chunk)));
    buf_add(&whole, str_skip(png, HEAD_BYTES));
    return buf_str(&whole);
}

static struct fault *finish(struct arena *arena, cairo_t *cairo, cairo_surface_t *surface,
                            cairo_status_t written)
{
    cairo_status_t status = cairo_status(cairo);
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = written;
    cairo_surface_destroy(surface);
    if (status != CAIRO_STATUS_SUCCESS)
        return FAULT(arena, "broken-label", "drawing: %s", cairo_status_to_string(status));
    return NULL;
}

struct fault *label_png(struct arena *arena, const struct label_art *art, int dpi, struct str *out)
{
    struct drawing drawing;
    TRY(drawing_of(arena, art, &drawing));
    if (dpi < DPI_MIN || dpi > DPI_MAX)
        return FAULT(arena, "broken-label", "%d dpi is not between %d and %d", dpi, DPI_MIN,
                     DPI_MAX);
    double scale = LABEL_POINTS(1.0) * dpi / 72.0;
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_ARGB32, (int)lround(LABEL_WIDTH * scale), (int)lround(LABEL_HEIGHT * scale));
    cairo_t *cairo = cairo_create(surface);
    cairo_scale(cairo, scale, scale);
    drawing_paint(&drawing, cairo);
    struct buf png = buf_new(arena, FILE_BYTES_MAX);
    cairo_status_t written = cairo_surface_write_to_png_stream(surface, drawing_write, &png);
    TRY(finish(arena, cairo, surface, written));
    *out = png_with_size(arena, buf_str(&png), dpi);
    return NULL;
}

/* No dates in it: the same label gives the same bytes on every day. */
struct fault *label_pdf(struct arena *arena, const struct label_art *art, struct str *out)
{
    struct drawing drawing;
    TRY(drawing_of(arena, art, &drawing));
    struct buf pdf = buf_new(arena, FILE_BYTES_MAX);
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        drawing_write, &pdf, LABEL_POINTS(LABEL_WIDTH), LABEL_POINTS(LABEL_HEIGHT));
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, str_z(arena, drawing.title));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, NULL);
    cairo_t *cairo = cairo_create(surface);
    cairo_scale(cairo, LABEL_POINTS(1.0), LABEL_POINTS(1.0));
    drawing_paint(&drawing, cairo);
    cairo_show_page(cairo);
    TRY(finish(arena, cairo, surface, CAIRO_STATUS_SUCCESS));
    *out = buf_str(&pdf);
    return NULL;
}
