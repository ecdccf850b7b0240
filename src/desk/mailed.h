/* mailed.h: a report of a vulnerability that came by mail, taken as the form without account is.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The same message twice is one case: what tells it from others is its Message-ID with what it
 * says, under the seal's key, so that nobody can work out the link of whom they know to have
 * written. A message that no person wrote, or that is not to be answered, makes no case; that it
 * came is kept, as is who sent how many, both without a word of them. */
#ifndef HOSHI_MAILED_H
#define HOSHI_MAILED_H

#include "desk/openly.h"
#include "letter/incoming.h"

enum mail_outcome { MAIL_TAKEN, MAIL_TAKEN_BEFORE, MAIL_AUTOMATIC };

struct mail_answer {
    enum mail_outcome outcome;
    struct str number; /* of receipt */
};

/* How many bytes a message may have, by the parameter on files. */
struct fault *mail_bytes_max(struct desk *desk, struct arena *arena, size_t *out);

/* Faults: "too-many-filings", and those of desk_file_openly(). */
struct fault *desk_take_mail(struct desk *desk, struct arena *arena, const struct incoming *mail,
                             struct mail_answer *out);

#endif
