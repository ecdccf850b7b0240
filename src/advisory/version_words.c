/* version_words.c: ranges of versions in words, as JVN and makers write them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * `ours`, from the wording that JVN uses: no document fixes it. Longer markers stand before their
 * parts. */
#include "advisory/version_words.h"

#include <string.h>

#include "base/points.h"

#include "base/banned.h"

/* A word that stands behind ("1.2 以前") or in front of ("before 1.2") a version. */
struct marker {
    const char *word;
    bool included;
};

static const char *const everything[] = {"*",
                                         "all",
                                         "all versions",
                                         "any",
                                         "any version",
                                         "すべてのバージョン",
                                         "全てのバージョン",
                                         "全バージョン",
                                         "すべて",
                                         "全て"};

static const struct marker upper_behind[] = {
    {"およびそれ以前", true}, {"及びそれ以前", true}, {"およびこれ以前", true},
    {"以前", true},           {"以下", true},         {"まで", true},
    {"未満", false},          {"よりも前", false},    {"より前", false},
    {"and earlier", true},    {"or earlier", true},   {"and prior", true},
    {"or prior", true},       {"and below", true},    {"or below", true},
    {"and older", true}};

static const struct marker upper_before[] = {{"up to and including ", true},
                                             {"prior to ", false},
                                             {"earlier than ", false},
                                             {"older than ", false},
                                             {"less than ", false},
                                             {"before ", false},
                                             {"below ", false},
                                             {"up to ", true}};

static const struct marker lower_behind[] = {
    {"およびそれ以降", true}, {"及びそれ以降", true}, {"以降", true},     {"以上", true},
    {"より後", false},        {"and later", true},    {"or later", true}, {"and above", true},
    {"and newer", true},      {"or newer", true},     {"or above", true}, {"onwards", true}};

static const struct marker lower_before[] = {
    {"later than ", false}, {"newer than ", false}, {"after ", false}, {"since ", true}};

/* What parts the first version of a range from the last. */
static const char *const between[] = {"から",     " through ", " up to ", " to ", " until ",
                                      " before ", " - ",       "~",       "〜",   "…"};

/* In front of a version, and no part of it. */
static const char *const noise[] = {"ファームウェア", "バージョン", "ソフトウェア", "firmware",
                                    "software",       "versions",   "version",      "from ",
                                    "ver.",           "ver ",       "fw "};

#define FIND(text, list, found) find((text), (list), sizeof(list) / sizeof *(list), (found))

static size_t place_of(struct str text, const char *word)
{
    const char *at = text.at ? memmem(text.at, text.bytes, word, strlen(word)) : NULL;
    return at ? (size_t)(at - text.at) : SIZE_MAX;
}

static bool find(struct str text, const struct marker *list, size_t n, size_t *found)
{
    for (*found = 0; *found < n; (*found)++)
        if (place_of(text, list[*found].word) != SIZE_MAX)
            return true;
    return false;
}

struct str version_words_fold(struct arena *arena, struct str text)
{
    struct points points;
    if (!points_folded(arena, text, &points))
        return str_lower(arena, text);
    size_t n = 0;
    for (size_t i = 0; i < points.n; i++) {
        bool blank = points.at[i] == ' ' || points.at[i] == '\t' || points.at[i] == '\n';
        if (blank && (!n || points.at[n - 1] == ' '))
            continue;
        points.at[n++] = blank ? ' ' : points.at[i];
    }
    points.n = n;
    return str_trim(points_print(arena, points));
}

static struct str strip_behind(struct str text)
{
    static const char *const tails[] = {"のすべてのバージョン",
                                        "のバージョン",
                                        "バージョン",
                                        " versions",
                                        " version",
                                        "の",
                                        ",",
                                        ")",
                                        "("};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        text = str_trim(text);
        if (str_ends(text, tails[i])) {
            text.bytes -= strlen(tails[i]);
            i = SIZE_MAX; /* from the beginning again */
        }
    }
    return str_trim(text);
}

static bool has_digit(struct str text)
{
    for (size_t i = 0; i < text.bytes; i++)
        if (text.at[i] >= '0' && text.at[i] <= '9')
            return true;
    return false;
}

/* What is behind the last word that announces a version. */
static struct str behind_noise(struct str text)
{
    for (size_t i = 0; i < sizeof noise / sizeof *noise; i++) {
        size_t at, bytes = strlen(noise[i]);
        while ((at = place_of(text, noise[i])) != SIZE_MAX)
            text = (struct str){text.at + at + bytes, text.bytes - at - bytes};
    }
    return strip_behind(text);
}

/* The version in a text: behind the last word that announces one, from the first part that has a
 * digit. STR_NONE when there is none. */
static struct str version_of(struct str text)
{
    text = behind_noise(text);
    while (text.bytes) {
        struct str rest, part = str_cut(text, ' ', &rest);
        if (has_digit(part))
            return text.bytes <= VERSION_BYTES_MAX ? text : STR_NONE;
        text = str_trim(rest);
    }
    return STR_NONE;
}

/* The upper bound in a text, marked or (after "から") not. */
static bool read_upper(struct str text, bool marked, struct version_claim *claim)
{
    size_t k, place;
    claim->to_included = true;
    if (FIND(text, upper_behind, &k)) {
        place = place_of(text, upper_behind[k].word);
        claim->to_included = upper_behind[k].included;
        text = (struct str){text.at, place};
    } else if (FIND(text, upper_before, &k)) {
        place = place_of(text, upper_before[k].word) + strlen(upper_before[k].word);
        claim->to_included = upper_before[k].included;
        text = (struct str){text.at + place, text.bytes - place};
    } else if (marked) {
        return false;
    }
    claim->to = version_of(text);
    return claim->to.bytes > 0;
}

/* "1.0 から 1.4 まで", "1.0 to 1.4": both ends. */
static bool read_both(struct str text, struct version_claim *claim)
{
    for (size_t i = 0; i < sizeof between / sizeof *between; i++) {
        size_t place = place_of(text, between[i]);
        if (place == SIZE_MAX || place == 0)
            continue;
        struct str left = {text.at, place};
        /* "before" says itself that the end is not included */
        size_t bytes = strcmp(between[i], " before ") ? strlen(between[i]) : 1;
        struct str right = {text.at + place + bytes, text.bytes - place - bytes};
        struct version_claim both = *claim;
        both.from = version_of(left);
        if (both.from.bytes && has_digit(right) && read_upper(right, false, &both)) {
            *claim = both;
            return true;
        }
    }
    return false;
}

static bool read_lower(struct str text, struct version_claim *claim)
{
    size_t k, place;
    if (FIND(text, lower_behind, &k)) {
        place = place_of(text, lower_behind[k].word);
        struct str rest = {text.at + place + strlen(lower_behind[k].word),
                           text.bytes - place - strlen(lower_behind[k].word)};
        claim->from = version_of((struct str){text.at, place});
        claim->from_excluded = !lower_behind[k].included;
        return claim->from.bytes && (!has_digit(rest) || read_upper(rest, true, claim));
    }
    if (FIND(text, lower_before, &k)) {
        place = place_of(text, lower_before[k].word) + strlen(lower_before[k].word);
        claim->from = version_of((struct str){text.at + place, text.bytes - place});
        claim->from_excluded = !lower_before[k].included;
        return claim->from.bytes > 0;
    }
    return false;
}

bool version_words_read(struct arena *arena, struct str text, struct version_claim *claim)
{
    struct version_claim read = *claim;
    (void)arena;
    for (size_t i = 0; i < sizeof everything / sizeof *everything; i++)
        if (str_is(text, everything[i]))
            return true;
    if (!read_both(text, &read)) {
        read = *claim;
        if (!read_lower(text, &read)) {
            read = *claim;
            if (!read_upper(text, true, &read)) {
                read = *claim;
                /* one version, and nothing else beside it */
                read.from = read.to = behind_noise(text);
                read.to_included = true;
                if (!has_digit(read.from) || read.from.bytes > VERSION_BYTES_MAX ||
                    place_of(read.from, " ") != SIZE_MAX)
                    return false;
            }
        }
    }
    *claim = read;
    return true;
}
