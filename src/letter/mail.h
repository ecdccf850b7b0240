/* mail.h: a mail as the bytes that go to a relay: RFC 5322, 2045, 2047 and 2231.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_MAIL_H
#define HOSHI_MAIL_H

#include "base/str.h"

struct mail {
    struct str from_name, from_mail, to_name, to_mail; /* names in any script */
    struct str message_id;                             /* without < and > */
    int64_t at;                                        /* instant of its date */
    bool english;
    struct str subject, text;                          /* the text's lines end with LF */
    struct str file, file_name;                        /* a PDF; empty for none */
};

/* A plain local@domain of ASCII: nothing that could end a header or an SMTP command. */
bool mail_address_good(struct str address);

/* Whatever the names and texts hold, no header is added by them. */
struct str mail_print(struct arena *arena, const struct mail *mail);

#endif
