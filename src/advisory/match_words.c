/* match_words.c: names of products as people write them, taken apart.
 * SPDX-License-Identifier: Apache-2.0 */
#include "advisory/match_words.h"

#include <string.h>

#include "advisory/match.h"
#include "advisory/reading.h"
#include "base/points.h"

#include "base/banned.h"

static bool is_digit(int32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_alnum(int32_t c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z');
}

/* Hyphens of every kind, and the long mark of kana where it stands between ASCII letters. */
static bool is_hyphen(int32_t c)
{
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x2500 || c == 0x30FC;
}

enum script { SCRIPT_OTHER, SCRIPT_KATAKANA, SCRIPT_HIRAGANA, SCRIPT_HAN };

static enum script script_of(int32_t c)
{
    if ((c >= 0x30A1 && c <= 0x30FA) || c == 0x30FC)
        return SCRIPT_KATAKANA;
    if (c >= 0x3041 && c <= 0x309F)
        return SCRIPT_HIRAGANA;
    return (c >= 0x3400 && c <= 0x9FFF) || c >= 0x20000 || c == 0x3005 ? SCRIPT_HAN : SCRIPT_OTHER;
}

/* Points of the ASCII word that begins at i; its text into *text. */
static size_t take_ascii(struct arena *arena, struct points points, size_t i, struct word *word)
{
    char *text = arena_alloc(arena, points.n - i + 1);
    size_t from = i, bytes = 0;
    for (; i < points.n; i++) {
        int32_t c = points.at[i];
        bool joins = (is_hyphen(c) || c == '.') && i + 1 < points.n &&
                     (is_alnum(points.at[i + 1]) || points.at[i + 1] == '*');
        if (!is_alnum(c) && !joins && c != '*' && c != '+')
            break;
        text[bytes++] = is_hyphen(c) ? '-' : (char)c;
        word->digit = word->digit || is_digit(c);
        word->letter = word->letter || (c >= 'a' && c <= 'z');
    }
    word->ascii = true;
    word->text = (struct str){text, bytes};
    return i - from;
}

static size_t take_script(struct arena *arena, struct points points, size_t i, struct word *word)
{
    size_t from = i;
    enum script script = script_of(points.at[i]);
    while (i < points.n && !is_alnum(points.at[i]) && point_is_letter(points.at[i]) &&
           script_of(points.at[i]) == script)
        i++;
    word->letter = true;
    word->text = points_print(arena, (struct points){points.at + from, i - from});
    return i - from;
}

struct name_words name_words_of(struct arena *arena, struct str text)
{
    struct points points;
    if (!points_folded(arena, str_head(text, 4000), &points))
        return (struct name_words){0};
    struct word *at = NEW_ARRAY(arena, points.n + 1, struct word);
    size_t n = 0;
    int32_t before = ' ';
    for (size_t i = 0; i < points.n;) {
        struct word word = {.before = before};
        size_t taken = is_alnum(points.at[i])          ? take_ascii(arena, points, i, &word)
                       : point_is_letter(points.at[i]) ? take_script(arena, points, i, &word)
                                                       : 0;
        before = taken ? 0 : points.at[i];
        if (taken)
            at[n++] = word;
        i += taken ? taken : 1;
    }
    return (struct name_words){at, n};
}

struct str model_key(struct arena *arena, struct str model)
{
    struct points points;
    if (!points_folded(arena, str_head(model, 1000), &points))
        return STR_NONE;
    size_t n = 0;
    for (size_t i = 0; i < points.n; i++) {
        int32_t c = points.at[i];
        bool long_mark = c == 0x30FC && i && is_alnum(points.at[i - 1]);
        if (is_alnum(c) || c == '+' || (point_is_letter(c) && !long_mark))
            points.at[n++] = c;
    }
    points.n = n;
    return n ? points_print(arena, points) : STR_NONE;
}

/* ---- model numbers */

static void add(struct arena *arena, struct hints *hints, struct hint hint)
{
    bool digit = false, letter = false;
    struct str key = hint.key;
    for (size_t i = 0; i < key.bytes; i++) {
        digit = digit || is_digit(key.at[i]);
        letter = letter || (key.at[i] >= 'a' && key.at[i] <= 'z');
    }
    size_t least = letter && digit ? 3 : 4; /* "7530" may be a model number, "100" is none */
    if (hints->n == HINTS_MAX || !digit || key.bytes < least)
        return;
    hints->at = reading_grow(arena, hints->at, hints->n, sizeof hint);
    hints->at[hints->n++] = hint;
}

/* Of a word's text: without what parts it. */
static struct str key_of(struct arena *arena, struct str a, struct str b)
{
    char *at = arena_alloc(arena, a.bytes + b.bytes + 1);
    size_t n = 0;
    for (size_t i = 0; i < a.bytes + b.bytes; i++) {
        char c = i < a.bytes ? a.at[i] : b.at[i - a.bytes];
        if (c != '-' && c != '.' && c != '*')
            at[n++] = c;
    }
    return (struct str){at, n};
}

/* "hc-1xx" and "hc-10xa": what stands in front of the wildcards, and behind them. False when there
 * are none: an "x" is one behind a digit, with no digit behind it. */
static bool read_pattern(struct str key, struct hint *out)
{
    size_t end = key.bytes, from;
    while (end && !is_digit(key.at[end - 1]) && key.at[end - 1] != 'x')
        end--;
    for (from = end; from && key.at[from - 1] == 'x';)
        from--;
    *out = (struct hint){.kind = HINT_PATTERN,
                         .key = {key.at, from},
                         .more = end - from,
                         .tail = {key.at + end, key.bytes - end}};
    return from < end && from && is_digit(key.at[from - 1]);
}

static void add_model(struct arena *arena, struct hints *hints, struct str a, struct str b)
{
    struct hint hint = {.key = key_of(arena, a, b)}, pattern;
    if (str_ends(b.bytes ? b : a, "*")) {
        hint.kind = HINT_SERIES;
        add(arena, hints, hint);
        return;
    }
    bool wild = read_pattern(hint.key, &pattern);
    if (wild)
        add(arena, hints, pattern);
    if (!wild || pattern.more < 2) /* one "x" may be a letter of the model number itself */
        add(arena, hints, hint);
}

static bool says_series(const struct word *word)
{
    return word->ascii ? str_is(word->text, "series") || str_is(word->text, "family")
                       : str_starts(word->text, "シリーズ") || str_starts(word->text, "ファミリ");
}

/* "HC-100A/B": another ending of the model number before. */
static void add_ending(struct arena *arena, struct hints *hints, struct str ending)
{
    struct str key = hints->at[hints->n - 1].key;
    while (key.bytes && !is_digit(key.at[key.bytes - 1]))
        key.bytes--;
    if (key.bytes)
        add(arena, hints, (struct hint){.key = key_of(arena, key, ending)});
}

void hints_add(struct arena *arena, struct name_words words, struct hints *hints)
{
    enum { LETTERS_MAX = 6, ENDING_MAX = 2 };
    for (size_t i = 0; i < words.n; i++) {
        const struct word *word = &words.at[i], *next = i + 1 < words.n ? word + 1 : NULL;
        bool model = looks_like_model(word);
        if (model) {
            size_t before = hints->n;
            add_model(arena, hints, word->text, STR_NONE);
            if (next && says_series(next) && hints->n > before)
                hints->at[before].kind = HINT_SERIES;
        } else if (word->ascii && !word->digit && word->before == '/' && hints->n &&
                   word->text.bytes <= ENDING_MAX) {
            add_ending(arena, hints, word->text);
        }
        /* "HC 100A": letters apart from the number */
        bool apart = word->ascii && !word->digit && word->text.bytes <= LETTERS_MAX && next &&
                     (next->before == ' ' || next->before == '_') && next->ascii && next->digit &&
                     !looks_like_version(next->text) && !word_is_generic(word);
        if (apart) {
            size_t before = hints->n;
            add_model(arena, hints, word->text, next->text);
            if (i + 2 < words.n && says_series(&words.at[i + 2]) && hints->n > before)
                hints->at[before].kind = HINT_SERIES;
        }
    }
}

bool hint_holds(const struct hint *hint, struct str key)
{
    enum { ENDING_MAX = 3 };
    if (key.bytes < hint->key.bytes || memcmp(key.at, hint->key.at, hint->key.bytes) != 0)
        return false;
    if (hint->kind == HINT_EXACT)
        return key.bytes == hint->key.bytes;
    size_t behind = key.bytes - hint->key.bytes;
    if (hint->kind == HINT_SERIES)
        /* 100 is no beginning of 1000 */
        return !behind || !is_digit(key.at[hint->key.bytes]) ||
               !is_digit(hint->key.at[hint->key.bytes - 1]);
    if (hint->tail.bytes)
        return behind == hint->more + hint->tail.bytes &&
               memcmp(key.at + key.bytes - hint->tail.bytes, hint->tail.at, hint->tail.bytes) == 0;
    if (behind < hint->more || behind > hint->more + ENDING_MAX)
        return false;
    for (size_t i = hint->key.bytes + hint->more; i < key.bytes; i++)
        if (is_digit(key.at[i]))
            return false;
    return true;
}

bool key_is_telling(struct str key, bool other_maker)
{
    bool digit = false, letter = false;
    for (size_t i = 0; i < key.bytes; i++) {
        digit = digit || is_digit(key.at[i]);
        letter = letter || (key.at[i] >= 'a' && key.at[i] <= 'z');
    }
    return key.bytes >= (other_maker ? 8 : 6) && digit && letter;
}
