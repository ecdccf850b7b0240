/* number.c: numbers that the scheme gives: making them, and reading what a person typed.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A format is read into parts once; printing and reading walk the same parts. */
#include "base/number.h"

#include <string.h>

#include "base/buf.h"
#include "base/points.h"

#include "base/banned.h"

enum { PARTS_MAX = 24, NUMBER_BYTES_MAX = 64, SEQ_DIGITS_MAX = 18 };

enum part_sort { PART_LITERAL, PART_YY, PART_YYYY, PART_SEQ, PART_CHECK };

struct part {
    enum part_sort sort;
    char literal;
    size_t digits; /* of the year; of the running number, at least */
};

struct parts {
    struct part at[PARTS_MAX];
    size_t n;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool part_of(struct str word, struct part *out)
{
    struct str digits;
    struct str name = str_cut(word, ':', &digits);
    int64_t n = 1;
    if (digits.at && (!str_int(digits, &n) || n < 1 || n > SEQ_DIGITS_MAX || !str_is(name, "seq")))
        return false;
    if (str_is(word, "yy"))
        *out = (struct part){.sort = PART_YY, .digits = 2};
    else if (str_is(word, "yyyy"))
        *out = (struct part){.sort = PART_YYYY, .digits = 4};
    else if (str_is(name, "seq"))
        *out = (struct part){.sort = PART_SEQ, .digits = (size_t)n};
    else if (str_is(word, "check"))
        *out = (struct part){.sort = PART_CHECK};
    else
        return false;
    return true;
}

/* Exactly one running number; nothing but marks after the check character. */
static bool parts_of(struct str format, struct parts *out)
{
    size_t seqs = 0, checks = 0;
    *out = (struct parts){.n = 0};
    while (format.bytes) {
        struct part part = {.sort = PART_LITERAL, .literal = format.at[0]};
        size_t bytes = 1;
        if (format.at[0] == '{') {
            struct str rest, word = str_cut(str_skip(format, 1), '}', &rest);
            bytes = word.bytes + 2;
            if (bytes > format.bytes || !part_of(word, &part))
                return false;
        } else if (!is_letter(part.literal) && !is_digit(part.literal) &&
                   !memchr("-/. ", part.literal, 4)) {
            return false;
        }
        bool counts =
            part.sort != PART_LITERAL || is_letter(part.literal) || is_digit(part.literal);
        if (out->n == PARTS_MAX || (checks && counts))
            return false;
        out->at[out->n++] = part;
        seqs += part.sort == PART_SEQ;
        checks += part.sort == PART_CHECK;
        format = str_skip(format, bytes);
    }
    return seqs == 1;
}

/* ISO/IEC 7064, MOD 37,36, over the letters and digits of text. */
static char check_character(struct str text)
{
    static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    int product = 36;
    for (size_t i = 0; i < text.bytes; i++) {
        char c = text.at[i];
        if (!is_digit(c) && !is_letter(c))
            continue;
        int sum = (product + (is_digit(c) ? c - '0' : c - 'A' + 10)) % 36;
        product = (sum ? sum : 36) * 2 % 37;
    }
    return alphabet[(37 - product) % 36];
}

struct fault *number_print(struct arena *arena, struct str format, int year, int64_t seq,
                           struct str *out)
{
    struct parts parts;
    if (!parts_of(format, &parts))
        return FAULT(arena, "broken-format", "\"%.*s\" is no number format", STR_F(format));
    if (year < 0 || year > 9999 || seq < 0)
        return FAULT(arena, "broken-format", "no number for year %d, running number %lld", year,
                     (long long)seq);
    struct buf text = buf_new(arena, NUMBER_BYTES_MAX);
    for (size_t i = 0; i < parts.n; i++) {
        const struct part *part = &parts.at[i];
        switch (part->sort) {
        case PART_LITERAL:
            buf_add_char(&text, part->literal);
            break;
        case PART_YY:
            buf_printf(&text, "%02d", year % 100);
            break;
        case PART_YYYY:
            buf_printf(&text, "%04d", year);
            break;
        case PART_SEQ:
            buf_printf(&text, "%0*lld", (int)part->digits, (long long)seq);
            break;
        case PART_CHECK:
            buf_add_char(&text, check_character(buf_str(&text)));
            break;
        }
    }
    if (text.full)
        return FAULT(arena, "broken-format", "\"%.*s\" gives too long a number", STR_F(format));
    *out = buf_str(&text);
    return NULL;
}

/* Letters and digits alone, upper case; false when anything else than spaces and marks is there. */
static bool typed_plain(struct arena *arena, struct str typed, char *out, size_t *n)
{
    struct points points;
    *n = 0;
    if (typed.bytes > NUMBER_BYTES_MAX * 4 || !points_folded(arena, typed, &points))
        return false;
    for (size_t i = 0; i < points.n; i++) {
        int32_t point = points.at[i];
        if (point >= 'a' && point <= 'z')
            point += 'A' - 'a';
        if (point < 0x80 && (is_digit((char)point) || is_letter((char)point))) {
            if (*n == NUMBER_BYTES_MAX)
                return false;
            out[(*n)++] = (char)point;
        } else if (!point_is_mark(point)) {
            return false;
        }
    }
    return *n > 0;
}

/* Letters and digits that the format takes without its running number. */
static size_t parts_fixed(const struct parts *parts)
{
    size_t n = 0;
    for (size_t i = 0; i < parts->n; i++) {
        const struct part *part = &parts->at[i];
        if (part->sort == PART_LITERAL)
            n += is_digit(part->literal) || is_letter(part->literal);
        else if (part->sort != PART_SEQ)
            n += part->sort == PART_CHECK ? 1 : part->digits;
    }
    return n;
}

/* O and 0, I and 1 look alike in print. Where a place takes one of the two only (digits, the
 * format's own letters) either may be typed. The check character is taken as it stands: reading one
 * for the other there would let single slips elsewhere through. */
static char as_digit(char c)
{
    return c == 'O' ? '0' : c == 'I' ? '1' : c;
}

static bool looks_like(char typed, char wanted)
{
    return as_digit(typed) == as_digit(wanted);
}

static bool read_digits(const char **at, size_t digits, struct buf *text)
{
    for (size_t i = 0; i < digits; i++, (*at)++) {
        if (!is_digit(as_digit(**at)))
            return false;
        buf_add_char(text, as_digit(**at));
    }
    return true;
}

enum number_reading number_read(struct arena *arena, struct str format, struct str typed,
                                struct str *out)
{
    struct parts parts;
    char plain[NUMBER_BYTES_MAX + 1] = {0};
    size_t n;
    *out = STR_NONE;
    if (!parts_of(format, &parts) || !typed_plain(arena, typed, plain, &n))
        return NUMBER_OTHER;
    size_t fixed = parts_fixed(&parts);
    const char *at = plain;
    bool mistyped = false;
    struct buf text = buf_new(arena, NUMBER_BYTES_MAX);
    for (size_t i = 0; i < parts.n; i++) {
        const struct part *part = &parts.at[i];
        size_t digits = part->digits;
        if (part->sort == PART_SEQ) {
            if (n < fixed + digits || n - fixed > SEQ_DIGITS_MAX ||
                (n > fixed + digits && as_digit(*at) == '0')) /* padded beyond the format */
                return NUMBER_OTHER;
            digits = n - fixed;
        }
        if (part->sort == PART_LITERAL) {
            bool plainly = is_digit(part->literal) || is_letter(part->literal);
            if (plainly && !looks_like(*at++, part->literal))
                return NUMBER_OTHER;
            buf_add_char(&text, part->literal);
        } else if (part->sort == PART_CHECK) {
            mistyped = *at != check_character(buf_str(&text));
            buf_add_char(&text, *at++);
        } else if (!read_digits(&at, digits, &text)) {
            return NUMBER_OTHER;
        }
    }
    if (text.full)
        return NUMBER_OTHER;
    *out = buf_str(&text);
    return mistyped ? NUMBER_MISTYPED : NUMBER_GOOD;
}

/* ---- one slip away */

enum { SLIPS_MAX = 1200 };

struct slips {
    struct arena *arena;
    struct str format, own, *at;
    size_t n;
};

static void slip_add(struct slips *slips, const char *plain, size_t n)
{
    struct str number;
    if (n == 0 || n > NUMBER_BYTES_MAX || slips->n == SLIPS_MAX ||
        number_read(slips->arena, slips->format, (struct str){plain, n}, &number) == NUMBER_OTHER)
        return;
    char *fitting = str_z(slips->arena, number);
    fitting[number.bytes - 1] = check_character((struct str){fitting, number.bytes - 1});
    number.at = fitting;
    if (!str_eq(number, slips->own) && !words_have((struct words){slips->at, slips->n}, number))
        slips->at[slips->n++] = number;
}

static void slips_changed(struct slips *slips, const char *plain, size_t n)
{
    static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    char room[NUMBER_BYTES_MAX + 2];
    for (size_t i = 0; i < n; i++)
        for (const char *c = alphabet; *c; c++) {
            memcpy(room, plain, n);
            room[i] = *c;
            slip_add(slips, room, n);
            memcpy(room + i + 1, plain + i, n - i); /* what was left out */
            slip_add(slips, room, n + 1);
        }
    for (size_t i = 0; i + 1 < n; i++) {
        memcpy(room, plain, n);
        room[i] = plain[i + 1];
        room[i + 1] = plain[i];
        slip_add(slips, room, n);
    }
    for (size_t i = 0; i < n; i++) {
        memcpy(room, plain, i);
        memcpy(room + i, plain + i + 1, n - i - 1);
        slip_add(slips, room, n - 1);
    }
}

void number_slips(struct arena *arena, struct str format, struct str typed, struct words *out)
{
    char plain[NUMBER_BYTES_MAX + 1] = {0};
    struct slips slips = {.arena = arena, .format = format};
    struct parts parts;
    size_t n;
    *out = (struct words){0};
    /* only a last place that is the check character can be made to fit */
    if (!parts_of(format, &parts) || parts.at[parts.n - 1].sort != PART_CHECK ||
        !typed_plain(arena, typed, plain, &n) || n >= NUMBER_BYTES_MAX)
        return;
    slips.at = NEW_ARRAY(arena, SLIPS_MAX, struct str);
    if (number_read(arena, format, typed, &slips.own) == NUMBER_MISTYPED)
        slips.own = STR_NONE; /* with another check character it is one slip away itself */
    slip_add(&slips, plain, n);
    slips_changed(&slips, plain, n);
    *out = (struct words){slips.at, slips.n};
}

/* The first digit is 9 less the weighted sum of the other twelve modulo 9, the weights being 1 and
 * 2 in turn from the right (Ordinance on Corporate Numbers, article 2). */
bool corporate_number_good(struct str digits)
{
    enum { DIGITS = 13 };
    if (digits.bytes != DIGITS)
        return false;
    int sum = 0;
    for (size_t i = 0; i < DIGITS; i++) {
        if (!is_digit(digits.at[i]))
            return false;
        if (i > 0)
            sum += (digits.at[i] - '0') * ((DIGITS - i) % 2 ? 1 : 2);
    }
    return digits.at[0] - '0' == 9 - sum % 9;
}
