/* mailed_form.h: a mail as the form of a report is filled in.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_MAILED_FORM_H
#define HOSHI_MAILED_FORM_H

#include "desk/openly.h"
#include "letter/incoming.h"

struct mail_form {
    json_t *fields;
    struct open_file *files;
    const struct str *bytes; /* of each file */
    size_t files_n;
};

/* What has no room in the form is said in the text, by name: nothing of a report goes missing
 * unsaid, and none is refused for being long or oddly written. */
struct fault *mail_form_fill(struct desk *desk, struct arena *arena, const struct incoming *mail,
                             struct mail_form *out);

#endif
