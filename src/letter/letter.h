/* letter.h: what a notice says, in one language, ready for paper, page and mail.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_LETTER_H
#define HOSHI_LETTER_H

#include "base/fault.h"

/* One line of the table. */
struct letter_line {
    struct str name, value; /* the value may have several lines */
};

struct letter {
    bool english;
    struct str number;               /* of the paper; may be empty */
    struct str day;                  /* in words */
    struct str to;                   /* addressee, a line each: with 様 or 御中 in Japanese */
    struct str from, address, contact; /* the sender; all but the first may be empty */
    struct str title;
    struct words paragraphs;
    const struct letter_line *lines;
    size_t lines_n;
    struct str clause;
};

/* A4, one page or more. The same letter gives the same bytes on every day. */
struct fault *letter_pdf(struct arena *arena, const struct letter *letter, struct str *out);

/* The same as plain text: the body of a mail. `link` is where the portal shows it; `own` where
 * whoever has it needs no account. */
struct str letter_text(struct arena *arena, const struct letter *letter, struct str link,
                       bool own);

#endif
