/* label.h: label art of our own design: stars, number, code. Not IPA's mark.
 * SPDX-License-Identifier: Apache-2.0
 *
 * 340 × 566 units at 15 mm × 25 mm; one code module is 10 units; version 2 (25 modules), level M,
 * alphanumeric mode, so the address has at most 38 characters of 0-9 A-Z $%*+-./: and space. */
#ifndef HOSHI_LABEL_H
#define HOSHI_LABEL_H

#include "base/fault.h"

enum { LABEL_URL_MAX = 38, LABEL_MODULES = 25 };

struct label_art {
    int level;         /* 1 to 4 */
    struct str number; /* "HS26-00427-K" */
    struct str url;    /* upper case, at most LABEL_URL_MAX */
    bool english;
    bool mono; /* one colour */
};

/* Fault "label-address" when the address is too long or has characters outside the mode. */
struct fault *label_address(struct arena *arena, struct str base_url, struct str number,
                            struct str *url);
struct fault *label_svg(struct arena *arena, const struct label_art *art, struct str *out);
struct fault *label_png(struct arena *arena, const struct label_art *art, int dpi, struct str *out);
struct fault *label_pdf(struct arena *arena, const struct label_art *art, struct str *out);

#endif
