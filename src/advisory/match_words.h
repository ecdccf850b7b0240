/* match_words.h: names of products as people write them, taken apart: model numbers, words,
 * versions. SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_ADVISORY_MATCH_WORDS_H
#define HOSHI_ADVISORY_MATCH_WORDS_H

#include <stdbool.h>

#include "base/str.h"

/* A part of a name: ASCII letters and digits with what joins them ("hc-100a"), or letters of one
 * other script ("カメラ"). Folded: full width is ASCII, upper is lower case. */
struct word {
    struct str text;
    int32_t before; /* what stands in front of it: a separator, or 0 where the script changes */
    bool ascii, digit, letter;
};

struct name_words {
    const struct word *at;
    size_t n;
};

struct name_words name_words_of(struct arena *arena, struct str text);

/* What a name says of model numbers. */
enum hint_kind {
    HINT_EXACT,  /* this model number */
    HINT_SERIES, /* every model number that begins so: "HC-100 series", "HC-100*" */
    HINT_PATTERN /* one that begins so and goes on with so many letters or digits, and what is
                    behind the wildcards: "HC-1xx", "HC-10xA" */
};

struct hint {
    enum hint_kind kind;
    struct str key;  /* as of model_key() */
    size_t more;     /* HINT_PATTERN: for so many characters an "x" stands */
    struct str tail; /* HINT_PATTERN: what is behind them; empty: up to three letters may be */
};

struct hints {
    struct hint *at;
    size_t n;
};

enum { HINTS_MAX = 2000 };

/* Adds the model numbers that the words hold. What looks like a version is none. */
void hints_add(struct arena *arena, struct name_words words, struct hints *hints);

/* Does a model number (its key) belong to the series or pattern? */
bool hint_holds(const struct hint *hint, struct str key);

/* A model number that says enough by itself: letters and digits, six together, or eight where the
 * advisory names another maker (the same thing sold under another name). */
bool key_is_telling(struct str key, bool other_maker);

bool word_is_generic(const struct word *word);
/* "1.02", "v2.0", "ver1", "v3": a version, no model number. */
bool looks_like_version(struct str text);
/* A word with a digit that may be a model number: three characters or more. */
bool looks_like_model(const struct word *word);

/* Nothing but words that every maker uses: "Network Camera", ネットワークカメラ. */
bool words_are_generic(struct name_words words);
bool name_is_generic(struct arena *arena, struct str text);

/* The words that are neither generic nor model numbers nor versions, folded together; STR_NONE when
 * they are too little to tell a product by. */
struct str name_core(struct arena *arena, struct name_words words);

/* The first word of a maker's name, when it is of five letters or more: "Hoshino Elec." and
 * "Hoshino Denki" may be one. STR_NONE when there is none. */
struct str maker_first_word(struct arena *arena, struct str name);

/* A maker's name without words that its branches add (Japan, Holdings, ジャパン); folded. STR_NONE
 * when it has none of them. */
struct str maker_core(struct arena *arena, struct str folded);

#endif
