/* drawing.h: the label as shapes, before anything says whether it becomes SVG, PNG or PDF.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Units: 340 × 566, a module of the code is 10; the origin is the upper left corner. */
#ifndef HOSHI_DRAWING_H
#define HOSHI_DRAWING_H

#include <cairo.h>

#include "label/label.h"

enum { LABEL_WIDTH = 340, LABEL_HEIGHT = 566, MODULE = 10, CODE_LEFT = 45, CODE_TOP = 190 };

/* Points of 1/72 inch for the smallest size, 15 mm wide. */
#define LABEL_POINTS(units) ((units) * (15.0 / 25.4 * 72.0) / LABEL_WIDTH)

struct code {
    bool dark[LABEL_MODULES][LABEL_MODULES]; /* row, column */
};

/* A run of dark modules in one row. */
struct run {
    int row, column, modules;
};

struct shape {
    cairo_path_t *path;
    uint32_t colour; /* 0xRRGGBB */
    double stroke;   /* width of the line; 0: filled */
};

enum { SHAPES_MAX = 12 };

struct drawing {
    struct shape shapes[SHAPES_MAX];
    size_t n;
    struct code code;
    struct str title; /* what a screen reader says */
};

/* Checks the art too: level, number and address. */
struct fault *drawing_of(struct arena *arena, const struct label_art *art, struct drawing *out);

struct fault *code_of(struct arena *arena, struct str url, struct code *out);
/* The next run after *run, which starts as {0}; false when there is none. */
bool code_next(const struct code *code, struct run *run);

/* Paints in the units above, on white. */
void drawing_paint(const struct drawing *drawing, cairo_t *cairo);

/* For cairo's writers: whom is a struct buf. */
cairo_status_t drawing_write(void *whom, const unsigned char *bytes, unsigned int n);

#endif
