/* svg.c: the label as SVG: paths alone, no font, no script, no style.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "base/buf.h"
#include "label/drawing.h"

#include "base/banned.h"

enum { SVG_BYTES_MAX = 1 << 18 };

/* One decimal is enough: a tenth of a unit is 4 micrometres on the smallest label. */
static void add_number(struct buf *svg, double value)
{
    long tenths = lround(value * 10);
    if (tenths < 0)
        buf_add_char(svg, '-');
    tenths = labs(tenths);
    buf_add_int(svg, tenths / 10);
    if (tenths % 10) {
        buf_add_char(svg, '.');
        buf_add_int(svg, tenths % 10);
    }
}

static void add_points(struct buf *svg, char command, const cairo_path_data_t *points, int n)
{
    buf_add_char(svg, command);
    for (int i = 0; i < n; i++) {
        if (i)
            buf_add_char(svg, ' ');
        add_number(svg, points[i].point.x);
        buf_add_char(svg, ' ');
        add_number(svg, points[i].point.y);
    }
}

static void add_path(struct buf *svg, const cairo_path_t *path)
{
    for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
        const cairo_path_data_t *part = &path->data[i];
        switch (part->header.type) {
        case CAIRO_PATH_MOVE_TO: {
            /* cairo ends a closed path with a move that draws nothing */
            int next = i + part->header.length;
            if (next < path->num_data && path->data[next].header.type != CAIRO_PATH_MOVE_TO)
                add_points(svg, 'M', part + 1, 1);
            break;
        }
        case CAIRO_PATH_LINE_TO:
            add_points(svg, 'L', part + 1, 1);
            break;
        case CAIRO_PATH_CURVE_TO:
            add_points(svg, 'C', part + 1, 3);
            break;
        case CAIRO_PATH_CLOSE_PATH:
            buf_add_char(svg, 'Z');
            break;
        }
    }
}

static void add_shape(struct buf *svg, const struct shape *shape)
{
    buf_add_z(svg, "<path d=\"");
    add_path(svg, shape->path);
    if (shape->stroke > 0) {
        buf_printf(svg, "\" fill=\"none\" stroke=\"#%06x\" stroke-width=\"", shape->colour);
        add_number(svg, shape->stroke);
        buf_add_z(svg, "\" stroke-linejoin=\"round\"/>\n");
    } else {
        buf_printf(svg, "\" fill=\"#%06x\"/>\n", shape->colour);
    }
}

struct fault *label_svg(struct arena *arena, const struct label_art *art, struct str *out)
{
    struct drawing drawing;
    TRY(drawing_of(arena, art, &drawing));
    struct buf svg = buf_new(arena, SVG_BYTES_MAX);
    buf_printf(&svg,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"15mm\" "
               "height=\"25mm\""
               " role=\"img\" xml:lang=\"%s\"><title>%.*s</title>\n",
               LABEL_WIDTH, LABEL_HEIGHT, art->english ? "en" : "ja", STR_F(drawing.title));
    for (size_t i = 0; i < drawing.n; i++)
        add_shape(&svg, &drawing.shapes[i]);
    buf_add_z(&svg, "<path shape-rendering=\"crispEdges\" d=\"");
    for (struct run run = {0}; code_next(&drawing.code, &run);)
        buf_printf(&svg, "M%d %dh%dv%dh-%dz", CODE_LEFT + run.column * MODULE,
                   CODE_TOP + run.row * MODULE, run.modules * MODULE, MODULE, run.modules * MODULE);
    buf_add_z(&svg, "\"/>\n</svg>\n");
    if (svg.full)
        return FAULT(arena, "broken-label", "the picture is larger than %d bytes", SVG_BYTES_MAX);
    *out = buf_str(&svg);
    return NULL;
}
