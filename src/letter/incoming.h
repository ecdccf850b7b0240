/* incoming.h: a mail that came in, read: who wrote it, its text, its files.
 * SPDX-License-Identifier: Apache-2.0
 *
 * GMime takes the message apart (RFC 5322, 2045 to 2049, 2231); what it finds is decoded, made
 * UTF-8 and bounded here. Nothing of it is believed: names, types and addresses are those that a
 * stranger wrote. */
#ifndef HOSHI_INCOMING_H
#define HOSHI_INCOMING_H

#include "base/fault.h"

enum {
    INCOMING_BYTES_MAX = 64 << 20,     /* of a message */
    INCOMING_TEXT_BYTES_MAX = 1 << 18, /* of a part that counts as text; a longer one is a file */
    INCOMING_DEPTH_MAX = 16,           /* of parts in parts */
    INCOMING_PARTS_MAX = 500
};

struct incoming_file {
    struct str name;  /* as it was sent, without a path; empty where there is none */
    struct str bytes; /* decoded */
};

struct incoming {
    struct str message_id, date;     /* as they stand, for telling one message from another */
    struct str from_name, from_mail; /* Reply-To, else From; empty where there is none */
    struct str subject, text;        /* UTF-8; lines end with LF; may hold what is not to be seen */
    const struct incoming_file *files;
    size_t files_n;
    bool encrypted; /* OpenPGP or S/MIME: the message is its only file, and there is no text */
    bool automatic; /* a machine's answer, a bounce, a list's: not to be answered (RFC 3834) */
    bool english;   /* nothing of what it says is in Japanese script */
};

/* Faults "too-large" and "malformed-mail": the message is not to be tried again. */
struct fault *incoming_read(struct arena *arena, struct str message, struct incoming *out);

/* For incoming.c: bytes of that charset as UTF-8, U+FFFD for what is none; a charset that is
 * missing, wrong or unknown is guessed. */
struct str incoming_utf8(struct arena *arena, struct str bytes, struct str charset);
/* The words of an HTML page (UTF-8) in their lines; nothing of it is run or fetched. */
struct str incoming_html(struct arena *arena, struct str page);

#endif
