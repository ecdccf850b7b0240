/* letter_text.c: a letter as plain text, for a mail.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "letter/letter.h"

#include "base/banned.h"

enum { TEXT_BYTES_MAX = 1 << 20 };

static void add_line(struct buf *out, struct str text)
{
    buf_add(out, text);
    buf_add_char(out, '\n');
}

/* Later lines of a value stand under its first. */
static void add_value(struct buf *out, struct str value)
{
    for (bool first = true; value.bytes; first = false) {
        buf_add_z(out, first ? "" : "    ");
        add_line(out, str_cut(value, '\n', &value));
    }
}

static void add_table(struct buf *out, const struct letter *letter)
{
    for (size_t i = 0; i < letter->lines_n; i++) {
        buf_add_z(out, letter->english ? "  " : "・");
        buf_add(out, letter->lines[i].name);
        buf_add_z(out, letter->english ? ": " : "：");
        add_value(out, letter->lines[i].value);
    }
    if (letter->lines_n)
        buf_add_char(out, '\n');
}

static void add_sender(struct buf *out, const struct letter *letter)
{
    buf_add_z(out, "-- \n"); /* RFC 3676, 4.3 */
    add_line(out, letter->from);
    if (letter->address.bytes)
        add_line(out, letter->address);
    if (letter->contact.bytes)
        add_line(out, letter->contact);
    buf_add_z(out, letter->english
                       ? "This mail was sent automatically; answers to it are not read.\n"
                       : "このメールは自動で送っています。返信は読まれません。\n");
}

static void add_link(struct buf *out, const struct letter *letter, struct str link, bool own)
{
    if (own)
        buf_add_z(out, letter->english
                           ? "Follow your report here; whoever has this address can read it:\n"
                           : "届出の状況は次のページで確認できます。このアドレスを知る人は届出を読めます。\n");
    else
        buf_add_z(out, letter->english ? "The same in the portal:\n"
                                       : "ポータルでもご覧いただけます。\n");
    add_line(out, link);
    buf_add_char(out, '\n');
}

struct str letter_text(struct arena *arena, const struct letter *letter, struct str link, bool own)
{
    struct buf out = buf_new(arena, TEXT_BYTES_MAX);
    add_line(&out, letter->to);
    buf_add_char(&out, '\n');
    for (size_t i = 0; i < letter->paragraphs.n; i++) {
        add_line(&out, letter->paragraphs.at[i]);
        buf_add_char(&out, '\n');
    }
    add_table(&out, letter);
    if (link.bytes)
        add_link(&out, letter, link, own);
    add_sender(&out, letter);
    return buf_str(&out);
}
