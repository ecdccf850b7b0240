/* code.c: the address in the code on the label, and the code itself.
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <qrencode.h>
#include <string.h>

#include "label/drawing.h"

#include "base/banned.h"

/* ISO/IEC 18004, table 5: what alphanumeric mode can say. */
static bool alphanumeric(struct str text)
{
    static const char set[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    for (size_t i = 0; i < text.bytes; i++)
        if (!memchr(set, text.at[i], sizeof set - 1))
            return false;
    return true;
}

/* Upper case leaves scheme and host what they are, but not a path: the address may have none. */
struct fault *label_address(struct arena *arena, struct str base_url, struct str number,
                            struct str *url)
{
    struct str base = base_url;
    while (str_ends(base, "/"))
        base.bytes--;
    struct str host = STR_NONE, upper = str_upper(arena, base);
    if (str_starts(upper, "HTTPS://"))
        host = str_skip(upper, sizeof "HTTPS://" - 1);
    else if (str_starts(upper, "HTTP://"))
        host = str_skip(upper, sizeof "HTTP://" - 1);
    if (!host.bytes || memchr(host.at, '/', host.bytes))
        return FAULT(arena, "label-address",
                     "\"%.*s\" is no address http://HOST or https://HOST without a path",
                     STR_F(base_url));
    *url = str_print(arena, "%.*s/L/%.*s", STR_F(upper), STR_F(number));
    if (!alphanumeric(*url) || memchr(url->at, ' ', url->bytes))
        return FAULT(arena, "label-address",
                     "\"%.*s\" has characters outside the code's alphanumeric set "
                     "(0-9 A-Z $ %% * + - . / :)",
                     STR_F(*url));
    if (url->bytes > LABEL_URL_MAX)
        return FAULT(arena, "label-address",
                     "\"%.*s\" has %zu characters; the code on the label holds at most %d, so the "
                     "base address may have at most %d",
                     STR_F(*url), url->bytes, LABEL_URL_MAX,
                     LABEL_URL_MAX - (int)(sizeof "/L/" - 1) - (int)number.bytes);
    return NULL;
}

struct fault *code_of(struct arena *arena, struct str url, struct code *out)
{
    enum { VERSION = 2 };
    if (!url.bytes || url.bytes > LABEL_URL_MAX || !alphanumeric(url))
        return FAULT(arena, "label-address", "\"%.*s\" does not fit the code on the label",
                     STR_F(url));
    QRinput *input = QRinput_new2(VERSION, QR_ECLEVEL_M);
    QRcode *code = NULL;
    if (input &&
        QRinput_append(input, QR_MODE_AN, (int)url.bytes, (const unsigned char *)url.at) == 0)
        code = QRcode_encodeInput(input);
    int error = errno;
    QRinput_free(input);
    if (!code)
        return FAULT(arena, "broken-label", "the code was not made: error %d", error);
    bool fits = code->width == LABEL_MODULES;
    for (int i = 0; fits && i < LABEL_MODULES * LABEL_MODULES; i++)
        out->dark[i / LABEL_MODULES][i % LABEL_MODULES] = code->data[i] & 1;
    QRcode_free(code);
    return fits ? NULL : FAULT(arena, "broken-label", "the code has not %d modules", LABEL_MODULES);
}

bool code_next(const struct code *code, struct run *run)
{
    int column = run->column + run->modules;
    for (int row = run->row; row < LABEL_MODULES; row++, column = 0)
        for (; column < LABEL_MODULES; column++) {
            if (!code->dark[row][column])
                continue;
            int end = column;
            while (end < LABEL_MODULES && code->dark[row][end])
                end++;
            *run = (struct run){.row = row, .column = column, .modules = end - column};
            return true;
        }
    return false;
}
