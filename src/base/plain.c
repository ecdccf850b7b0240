/* plain.c: dates, money and counts as people read them, Japanese and English.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/plain.h"

#include <string.h>

#include "base/buf.h"

#include "base/banned.h"

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};
static const char *const week_ja[] = {"日", "月", "火", "水", "木", "金", "土"};
static const char *const week_en[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                      "Thursday", "Friday", "Saturday"};

struct str day_words(struct arena *arena, bool english, struct day day)
{
    int year, month, date;
    if (day_is_none(day))
        return STR_NONE;
    day_civil(day, &year, &month, &date);
    if (english)
        return str_print(arena, "%d %s %d", date, months[month - 1], year);
    return str_print(arena, "%d年%d月%d日", year, month, date);
}

struct str day_words_short(struct arena *arena, bool english, struct day day)
{
    int year, month, date;
    if (day_is_none(day))
        return STR_NONE;
    day_civil(day, &year, &month, &date);
    if (english)
        return str_print(arena, "%d %.3s", date, months[month - 1]);
    return str_print(arena, "%d月%d日", month, date);
}

struct str week_word(struct arena *arena, bool english, struct day day)
{
    int week = day_week(day);
    return str_copy(arena, str_of(english ? week_en[week] : week_ja[week]));
}

struct str instant_words(struct arena *arena, bool english, int64_t at)
{
    struct day day = day_of_instant(at);
    int minutes = (int)((at - day_begins(day)) / 60000);
    struct str words = day_words(arena, english, day);
    return str_print(arena, "%.*s %02d:%02d", STR_F(words), minutes / 60, minutes % 60);
}

struct str count_words(struct arena *arena, int64_t n)
{
    struct str digits = str_print(arena, "%lld", (long long)(n < 0 ? -n : n));
    struct buf out = buf_new(arena, 40);
    if (n < 0)
        buf_add_char(&out, '-');
    for (size_t i = 0; i < digits.bytes; i++) {
        if (i && (digits.bytes - i) % 3 == 0)
            buf_add_char(&out, ',');
        buf_add_char(&out, digits.at[i]);
    }
    return buf_str(&out);
}

struct str yen_words(struct arena *arena, bool english, int64_t yen)
{
    struct str count = count_words(arena, yen);
    return english ? str_print(arena, "¥%.*s", STR_F(count))
                   : str_print(arena, "%.*s円", STR_F(count));
}

struct str bytes_words(struct arena *arena, int64_t bytes)
{
    if (bytes < 1024)
        return str_print(arena, "%lld B", (long long)bytes);
    if (bytes < 1024 * 1024)
        return str_print(arena, "%lld KB", (long long)((bytes + 512) / 1024));
    int64_t tenths = (bytes * 10 + 524288) / 1048576;
    return str_print(arena, "%lld.%lld MB", (long long)(tenths / 10), (long long)(tenths % 10));
}

struct str url_part(struct arena *arena, struct str text)
{
    static const char unreserved[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    struct buf out = buf_new(arena, text.bytes * 3);
    for (size_t i = 0; i < text.bytes; i++) {
        char c = text.at[i];
        if (c && strchr(unreserved, c))
            buf_add_char(&out, c);
        else
            buf_printf(&out, "%%%02X", (unsigned)(unsigned char)c);
    }
    return buf_str(&out);
}
