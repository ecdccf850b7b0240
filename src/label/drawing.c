/* drawing.c: the label as shapes: stars, level, code, number. Our own design.
 * SPDX-License-Identifier: Apache-2.0 */
#include "label/drawing.h"

#include <math.h>
#include <pango/pangocairo.h>

#include "base/banned.h"

enum { NAVY = 0x00234B, YELLOW = 0xFFD43D, WHITE = 0xFFFFFF, BLACK = 0x000000 };
enum { LEVELS = 4, TEXT_WIDTH_MAX = 276, NUMBER_BYTES_MAX = 20 };

static const double pi = 3.14159265358979323846;

static void free_path(void *path)
{
    cairo_path_destroy(path);
}

/* Takes the current path of the sketch as one more shape. */
static void add_shape(struct arena *arena, struct drawing *drawing, cairo_t *sketch,
                      uint32_t colour, double stroke)
{
    if (drawing->n == SHAPES_MAX)
        BUG("a label has more than %d shapes", SHAPES_MAX);
    cairo_path_t *path = cairo_copy_path(sketch);
    arena_at_end(arena, free_path, path);
    drawing->shapes[drawing->n++] =
        (struct shape){.path = path, .colour = colour, .stroke = stroke};
    cairo_new_path(sketch);
}

static void star(cairo_t *sketch, double x, double y, double radius)
{
    const double inner = 0.45;
    cairo_new_sub_path(sketch);
    for (int i = 0; i < 10; i++) {
        double angle = pi * (i / 5.0 - 0.5), reach = i % 2 ? radius * inner : radius;
        cairo_line_to(sketch, x + reach * cos(angle), y + reach * sin(angle));
    }
    cairo_close_path(sketch);
}

static void add_stars(struct arena *arena, struct drawing *drawing, cairo_t *sketch,
                      const struct label_art *art)
{
    enum { FIRST = 59, APART = 74, MIDDLE = 62, FULL = 35, EMPTY = 29 };
    for (int i = 0; i < art->level; i++)
        star(sketch, FIRST + APART * i, MIDDLE, FULL);
    add_shape(arena, drawing, sketch, art->mono ? WHITE : YELLOW, 0);
    for (int i = art->level; i < LEVELS; i++)
        star(sketch, FIRST + APART * i, MIDDLE, EMPTY);
    if (art->level < LEVELS)
        add_shape(arena, drawing, sketch, WHITE, 4);
}

static void round_frame(cairo_t *sketch, double inset, double radius)
{
    double left = inset, top = inset, right = LABEL_WIDTH - inset, bottom = LABEL_HEIGHT - inset;
    cairo_arc(sketch, right - radius, top + radius, radius, -pi / 2, 0);
    cairo_arc(sketch, right - radius, bottom - radius, radius, 0, pi / 2);
    cairo_arc(sketch, left + radius, bottom - radius, radius, pi / 2, pi);
    cairo_arc(sketch, left + radius, top + radius, radius, pi, 3 * pi / 2);
    cairo_close_path(sketch);
}

static void head(cairo_t *sketch)
{
    enum { BOTTOM = 150, RADIUS = 26 };
    cairo_arc(sketch, LABEL_WIDTH - RADIUS, RADIUS, RADIUS, -pi / 2, 0);
    cairo_line_to(sketch, LABEL_WIDTH, BOTTOM);
    cairo_line_to(sketch, 0, BOTTOM);
    cairo_arc(sketch, RADIUS, RADIUS, RADIUS, pi, 3 * pi / 2);
    cairo_close_path(sketch);
}

/* A line of text as outlines, so that the art needs no font where it is shown or printed. */
struct line {
    const char *text;
    bool english;
    double size, spacing, baseline;
    uint32_t colour;
};

static PangoLayout *lay_out(cairo_t *sketch, const struct line *line)
{
    PangoLayout *layout = pango_cairo_create_layout(sketch);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(pango_layout_get_context(layout), options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(pango_layout_get_context(layout), FALSE);
    pango_context_set_language(pango_layout_get_context(layout),
                               pango_language_from_string(line->english ? "en" : "ja"));

    PangoFontDescription *font = pango_font_description_from_string("Noto Sans CJK JP Bold");
    pango_font_description_set_absolute_size(font, line->size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    PangoAttrList *spacing = pango_attr_list_new();
    pango_attr_list_insert(spacing,
                           pango_attr_letter_spacing_new((int)(line->spacing * PANGO_SCALE)));
    pango_layout_set_attributes(layout, spacing);
    pango_attr_list_unref(spacing);
    pango_layout_set_text(layout, line->text, -1);
    return layout;
}

static struct fault *add_line(struct arena *arena, struct drawing *drawing, cairo_t *sketch,
                              const struct line *line)
{
    PangoLayout *layout = lay_out(sketch, line);
    bool drawable = pango_layout_get_unknown_glyphs_count(layout) == 0;
    PangoLayoutLine *row = pango_layout_get_line_readonly(layout, 0);
    PangoRectangle ink;
    pango_layout_line_get_extents(row, &ink, NULL);
    double width = (double)ink.width / PANGO_SCALE, left = (double)ink.x / PANGO_SCALE;
    double scale = width > TEXT_WIDTH_MAX ? TEXT_WIDTH_MAX / width : 1;
    cairo_save(sketch);
    cairo_translate(sketch, LABEL_WIDTH / 2.0, line->baseline);
    cairo_scale(sketch, scale, scale);
    cairo_move_to(sketch, -left - width / 2, 0);
    pango_cairo_layout_line_path(sketch, row);
    cairo_restore(sketch);
    g_object_unref(layout);
    add_shape(arena, drawing, sketch, line->colour, 0);
    return drawable
               ? NULL
               : FAULT(arena, "broken-label",
                       "no font here has the letters of \"%s\" (Noto Sans CJK JP)", line->text);
}

static struct fault *add_lines(struct arena *arena, struct drawing *drawing, cairo_t *sketch,
                               const struct label_art *art)
{
    uint32_t ink = art->mono ? BLACK : NAVY;
    const struct line lines[] = {
        {.text = str_z(arena, str_print(arena, art->english ? "LEVEL %d" : "レベル%d", art->level)),
         .english = art->english,
         .size = 38.5,
         .spacing = art->english ? 3 : 1,
         .baseline = 137,
         .colour = WHITE},
        {.text = str_z(arena, art->number),
         .english = true,
         .size = 38.5,
         .spacing = 1,
         .baseline = 508,
         .colour = ink},
        {.text = art->english ? "SECURITY LABEL" : "セキュリティ適合",
         .english = art->english,
         .size = art->english ? 28 : 29,
         .spacing = art->english ? 1 : 1.5,
         .baseline = 545,
         .colour = ink},
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        TRY(add_line(arena, drawing, sketch, &lines[i]));
    return NULL;
}

static struct fault *art_check(struct arena *arena, const struct label_art *art)
{
    if (art->level < 1 || art->level > LEVELS)
        return FAULT(arena, "broken-label", "there is no level %d", art->level);
    bool plain = art->number.bytes > 0 && art->number.bytes <= NUMBER_BYTES_MAX;
    for (size_t i = 0; i < art->number.bytes; i++) {
        char c = art->number.at[i];
        plain = plain && ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-' ||
                          c == '/' || c == '.');
    }
    return plain ? NULL
                 : FAULT(arena, "broken-label", "\"%.*s\" is no number for a label",
                         STR_F(art->number));
}

struct fault *drawing_of(struct arena *arena, const struct label_art *art, struct drawing *out)
{
    *out = (struct drawing){0};
    TRY(art_check(arena, art));
    TRY(code_of(arena, art->url, &out->code));
    out->title = str_print(arena,
                           art->english ? "Security label, level %d, registration number %.*s"
                                        : "セキュリティ適合ラベル レベル%d 登録番号%.*s",
                           art->level, STR_F(art->number));
    uint32_t ink = art->mono ? BLACK : NAVY;
    cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR, NULL);
    cairo_t *sketch = cairo_create(surface);
    round_frame(sketch, 0, 26);
    add_shape(arena, out, sketch, WHITE, 0);
    head(sketch);
    add_shape(arena, out, sketch, ink, 0);
    add_stars(arena, out, sketch, art);
    struct fault *fault = add_lines(arena, out, sketch, art);
    round_frame(sketch, 2.5, 23.5);
    add_shape(arena, out, sketch, ink, 5);
    if (!fault && cairo_status(sketch) != CAIRO_STATUS_SUCCESS)
        fault = FAULT(arena, "broken-label", "drawing: %s",
                      cairo_status_to_string(cairo_status(sketch)));
    cairo_destroy(sketch);
    cairo_surface_destroy(surface);
    return fault;
}
