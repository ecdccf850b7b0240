/* incoming_text.c: text of any charset as UTF-8.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Mail from Japan says Shift_JIS and means code page 932, says ISO-2022-JP and means it, or says
 * nothing at all. */
#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "base/buf.h"
#include "letter/incoming.h"

#include "base/banned.h"

static const char replacement[] = "\xef\xbf\xbd"; /* U+FFFD */

/* Names that are written in mails, and what is meant. */
static const char *meant(struct arena *arena, struct str charset)
{
    static const struct {
        const char *said, *meant;
    } names[] = {{"shift_jis", "CP932"}, {"shift-jis", "CP932"},   {"x-sjis", "CP932"},
                 {"sjis", "CP932"},      {"windows-31j", "CP932"}, {"euc-jp", "EUC-JP-MS"},
                 {"x-euc-jp", "EUC-JP-MS"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq_nocase(charset, str_of(names[i].said)))
            return names[i].meant;
    return str_z(arena, str_head(charset, 64));
}

static void release(void *what)
{
    iconv_close(*(iconv_t *)what);
}

/* False where there is no such charset; *wrong counts what is none of it. */
static bool convert(struct arena *arena, struct str bytes, const char *charset, struct str *out,
                    size_t *wrong)
{
    enum { STEP_BYTES = 4096 };
    struct buf made = buf_new(arena, bytes.bytes * 4 + 64);
    iconv_t *to = NEW(arena, iconv_t);
    char *at = str_z(arena, bytes);
    size_t left = bytes.bytes;
    *to = iconv_open("UTF-8", charset);
    *wrong = 0;
    if (*to == (iconv_t)-1)
        return false;
    arena_at_end(arena, release, to);
    while (left) {
        char step[STEP_BYTES], *end = step;
        size_t room = sizeof step;
        bool stuck = iconv(*to, &at, &left, &end, &room) == (size_t)-1 && errno != E2BIG;
        buf_add(&made, (struct str){step, (size_t)(end - step)});
        if (!stuck)
            continue;
        buf_add_z(&made, replacement);
        ++*wrong;
        at++;
        left--;
    }
    *out = buf_str(&made);
    return true;
}

static bool is_utf8(struct arena *arena, struct str bytes, struct str *out)
{
    size_t wrong;
    return convert(arena, bytes, "UTF-8", out, &wrong) && wrong == 0;
}

/* What says nothing: UTF-8 where it can be that, else what has least in it that is wrong. */
static struct str guessed(struct arena *arena, struct str bytes)
{
    static const char *const likely[] = {"CP932", "EUC-JP-MS", "UTF-8"};
    struct str best = STR_NONE, one;
    size_t least = SIZE_MAX, wrong;
    if (bytes.bytes && memmem(bytes.at, bytes.bytes, "\x1b$", 2) &&
        convert(arena, bytes, "ISO-2022-JP", &one, &wrong))
        return one;
    if (is_utf8(arena, bytes, &one))
        return one;
    for (size_t i = 0; i < sizeof likely / sizeof *likely; i++)
        if (convert(arena, bytes, likely[i], &one, &wrong) && wrong < least) {
            least = wrong;
            best = one;
        }
    return best;
}

struct str incoming_utf8(struct arena *arena, struct str bytes, struct str charset)
{
    struct str out;
    size_t wrong;
    bool says_nothing = !charset.bytes || str_eq_nocase(charset, STR("us-ascii")) ||
                        str_eq_nocase(charset, STR("unknown-8bit"));
    if (says_nothing || !convert(arena, bytes, meant(arena, charset), &out, &wrong))
        return guessed(arena, bytes);
    return out;
}
