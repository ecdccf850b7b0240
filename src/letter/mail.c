/* mail.c: writes a mail.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Texts go as base64 of UTF-8 and names as encoded words, whatever they hold: no byte of theirs
 * reaches a header line, so none can begin another. */
#include "letter/mail.h"

#include <string.h>

#include "base/buf.h"
#include "base/day.h"

#include "base/banned.h"

enum {
    ADDRESS_BYTES_MAX = 254,
    LOCAL_BYTES_MAX = 64,
    WORD_BYTES = 42,      /* of an encoded word: 75 characters with its frame (RFC 2047, 2) */
    BASE64_BYTES = 57,    /* of a line of 76 (RFC 2045, 6.8) */
    PARAMETER_BYTES = 54, /* of a part of a long parameter (RFC 2231, 3) */
    HEAD_BYTES_MAX = 1 << 16
};

static const char digits64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* ---- addresses */

/* Atoms with single dots between them (RFC 5321, 4.1.2). */
static bool dotted(struct str text, const char *others)
{
    bool before = false;
    for (size_t i = 0; i < text.bytes; i++) {
        char c = text.at[i];
        if (c == '.' ? !before : !is_alnum(c) && (!c || !strchr(others, c)))
            return false;
        before = c != '.';
    }
    return before;
}

bool mail_address_good(struct str address)
{
    struct str domain, local = str_cut(address, '@', &domain);
    return address.bytes <= ADDRESS_BYTES_MAX && local.bytes <= LOCAL_BYTES_MAX &&
           dotted(local, "!#$%&'*+-/=?^_`{|}~") && dotted(domain, "-");
}

/* ---- base64 */

static void add_base64(struct buf *out, struct str bytes)
{
    for (size_t i = 0; i < bytes.bytes; i += 3) {
        size_t n = bytes.bytes - i < 3 ? bytes.bytes - i : 3;
        uint32_t three = 0;
        for (size_t j = 0; j < 3; j++)
            three = three << 8 | (j < n ? (uint8_t)bytes.at[i + j] : 0);
        for (size_t j = 0; j < 4; j++)
            buf_add_char(out, j <= n ? digits64[three >> (18 - 6 * j) & 63] : '=');
    }
}

static void add_base64_lines(struct buf *out, struct str bytes)
{
    for (; bytes.bytes; bytes = str_skip(bytes, BASE64_BYTES)) {
        add_base64(out, (struct str){bytes.at, bytes.bytes < BASE64_BYTES ? bytes.bytes
                                                                          : BASE64_BYTES});
        buf_add_z(out, "\r\n");
        if (bytes.bytes <= BASE64_BYTES)
            return;
    }
}

/* ---- headers */

static bool is_plain(struct str text)
{
    for (size_t i = 0; i < text.bytes; i++)
        if (!is_alnum(text.at[i]) && text.at[i] != ' ' && text.at[i] != '-')
            return false;
    return text.bytes > 0 && text.bytes < 60 && text.at[0] != ' ' &&
           text.at[text.bytes - 1] != ' ';
}

/* RFC 2047: as it stands, or as encoded words, none of which cuts a character. */
static void add_words(struct buf *out, struct str text)
{
    if (is_plain(text)) {
        buf_add(out, text);
        return;
    }
    while (text.bytes) {
        struct str part = str_head(text, WORD_BYTES);
        if (!part.bytes) /* no UTF-8: nothing of it is passed on */
            return;
        buf_add_z(out, "=?UTF-8?B?");
        add_base64(out, part);
        buf_add_z(out, "?=");
        text = str_skip(text, part.bytes);
        if (text.bytes)
            buf_add_z(out, "\r\n ");
    }
}

static void add_address(struct buf *out, const char *header, struct str name, struct str address)
{
    buf_printf(out, "%s: ", header);
    add_words(out, name);
    buf_printf(out, "%s<%.*s>\r\n", name.bytes ? "\r\n " : "", STR_F(address));
}

/* RFC 5322, 3.3: in Tokyo. */
static void add_date(struct buf *out, int64_t at)
{
    static const char *const week[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct day day = day_of_instant(at);
    int year, month, date, seconds = (int)((at - day_begins(day)) / 1000);
    day_civil(day, &year, &month, &date);
    buf_printf(out, "Date: %s, %d %s %d %02d:%02d:%02d +0900\r\n", week[day_week(day)], date,
               months[month - 1], year, seconds / 3600, seconds / 60 % 60, seconds % 60);
}

/* RFC 2231: percent-encoded UTF-8, in numbered parts where it is long. */
static void add_parameter(struct buf *out, const char *name, struct str value)
{
    for (int part = 0; value.bytes; part++) {
        size_t width = 0;
        buf_printf(out, ";\r\n %s*%d*=%s", name, part, part ? "" : "UTF-8''");
        for (; value.bytes && width < PARAMETER_BYTES; value = str_skip(value, 1)) {
            if (is_alnum(*value.at) || *value.at == '-' || *value.at == '.')
                buf_add_char(out, *value.at);
            else
                buf_printf(out, "%%%02X", (unsigned)(uint8_t)*value.at);
            width += 3;
        }
    }
}

/* ---- the mail */

static struct str with_crlf(struct arena *arena, struct str text)
{
    struct buf out = buf_new(arena, text.bytes * 2 + 2);
    for (size_t i = 0; i < text.bytes; i++) {
        if (text.at[i] == '\n')
            buf_add_char(&out, '\r');
        if (text.at[i] != '\r')
            buf_add_char(&out, text.at[i]);
    }
    return buf_str(&out);
}

static void add_text(struct buf *out, struct arena *arena, const struct mail *mail)
{
    buf_printf(out, "Content-Type: text/plain; charset=utf-8\r\nContent-Language: %s\r\n"
                    "Content-Transfer-Encoding: base64\r\n\r\n",
               mail->english ? "en" : "ja");
    add_base64_lines(out, with_crlf(arena, mail->text));
}

static void add_head(struct buf *out, const struct mail *mail)
{
    add_date(out, mail->at);
    add_address(out, "From", mail->from_name, mail->from_mail);
    add_address(out, "To", mail->to_name, mail->to_mail);
    buf_printf(out, "Message-ID: <%.*s>\r\nSubject: ", STR_F(mail->message_id));
    add_words(out, mail->subject);
    buf_add_z(out, "\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n");
}

struct str mail_print(struct arena *arena, const struct mail *mail)
{
    struct str local = str_cut(mail->message_id, '@', &(struct str){0});
    struct buf out =
        buf_new(arena, HEAD_BYTES_MAX + mail->text.bytes * 3 + mail->file.bytes * 3 / 2);
    add_head(&out, mail);
    if (!mail->file.bytes) {
        add_text(&out, arena, mail);
        return buf_str(&out);
    }
    buf_printf(&out, "Content-Type: multipart/mixed; boundary=\"-%.*s\"\r\n\r\n---%.*s\r\n",
               STR_F(local), STR_F(local));
    add_text(&out, arena, mail);
    buf_printf(&out, "---%.*s\r\nContent-Type: application/pdf\r\n"
                     "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment",
               STR_F(local));
    add_parameter(&out, "filename", mail->file_name);
    buf_add_z(&out, "\r\n\r\n");
    add_base64_lines(&out, mail->file);
    buf_printf(&out, "---%.*s--\r\n", STR_F(local));
    return buf_str(&out);
}
