/* version.c: versions as makers write them, compared.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Loose (`ours`): a version is a list of numbers and words; what stands between them only parts
 * them. Zeros before a word or the end say nothing. At each place a pre-release word comes before
 * the end, the end before any other word, a word before a number: 1.2-rc1 < 1.2 = 1.2.0 < 1.2a
 * < 1.2-r3 < 1.2.1. */
#include "advisory/version.h"

#include <stdlib.h>
#include <string.h>

#include "base/points.h"

#include "base/banned.h"

enum kind { KIND_PRE, KIND_END, KIND_WORD, KIND_NUMBER };

struct token {
    enum kind kind;
    int rank;        /* of a pre-release word */
    struct str text; /* of a number without zeros in front; empty for 0 */
};

/* On the stack: versions are compared by the million. */
struct tokens {
    char lower[VERSION_BYTES_MAX + 1];
    struct token at[VERSION_BYTES_MAX * 4 + 1]; /* folding may make four bytes of one */
    size_t n;
};

static const struct {
    const char *word;
    int rank;
} pre_words[] = {{"dev", 0},  {"snapshot", 0}, {"nightly", 0},  {"alpha", 1},   {"α", 1},
                 {"beta", 2}, {"β", 2},        {"pre", 3},      {"preview", 3}, {"milestone", 3},
                 {"rc", 4},   {"cr", 4},       {"candidate", 4}};

/* Words in front of a version that are no part of it. */
static const char *const noise[] = {
    "v",        "ver", "version",        "firmware",   "fw",
    "rev",      "r",   "release",        "revision",   "第",
    "software", "sw",  "ファームウェア", "バージョン", "ファームウェアバージョン"};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* Lower case, full width made ASCII. Text that is no UTF-8 is taken as it is. */
static struct str folded(struct arena *arena, struct str text, char *lower)
{
    bool ascii = true;
    text = str_head(text, VERSION_BYTES_MAX);
    for (size_t i = 0; i < text.bytes; i++) {
        char c = text.at[i];
        ascii = ascii && (unsigned char)c < 0x80;
        lower[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    struct points points;
    if (!ascii && points_folded(arena, text, &points))
        return str_head(points_print(arena, points), (size_t)VERSION_BYTES_MAX * 4);
    return (struct str){lower, text.bytes};
}

static struct token word_token(struct str text)
{
    for (size_t i = 0; i < sizeof pre_words / sizeof *pre_words; i++)
        if (str_is(text, pre_words[i].word))
            return (struct token){KIND_PRE, pre_words[i].rank, text};
    return (struct token){KIND_WORD, 0, text};
}

static bool is_noise(struct token token)
{
    for (size_t i = 0; i < sizeof noise / sizeof *noise; i++)
        if (token.kind == KIND_WORD && str_is(token.text, noise[i]))
            return true;
    return false;
}

static void drop_zeros(struct tokens *tokens)
{
    while (tokens->n && tokens->at[tokens->n - 1].kind == KIND_NUMBER &&
           !tokens->at[tokens->n - 1].text.bytes)
        tokens->n--;
}

static void read_tokens(struct arena *arena, struct str version, struct tokens *tokens)
{
    struct str text = folded(arena, version, tokens->lower);
    tokens->n = 0;
    for (size_t i = 0, from; i < text.bytes;) {
        from = i;
        if (is_digit(text.at[i])) {
            while (i < text.bytes && is_digit(text.at[i]))
                i++;
            while (from < i && text.at[from] == '0')
                from++;
            tokens->at[tokens->n++] =
                (struct token){KIND_NUMBER, 0, (struct str){text.at + from, i - from}};
        } else if (is_letter(text.at[i])) {
            while (i < text.bytes && is_letter(text.at[i]))
                i++;
            struct token token = word_token((struct str){text.at + from, i - from});
            if (!tokens->n && is_noise(token))
                continue;
            drop_zeros(tokens);
            tokens->at[tokens->n++] = token;
        } else {
            i++;
        }
    }
    drop_zeros(tokens);
}

static int order_tokens(struct token a, struct token b)
{
    if (a.kind != b.kind)
        return a.kind < b.kind ? -1 : 1;
    if (a.kind == KIND_PRE)
        return a.rank - b.rank;
    if (a.kind == KIND_NUMBER && a.text.bytes != b.text.bytes)
        return a.text.bytes < b.text.bytes ? -1 : 1;
    return str_order(a.text, b.text);
}

static int order_loose(struct arena *arena, struct str a, struct str b)
{
    struct tokens p, q;
    read_tokens(arena, a, &p);
    read_tokens(arena, b, &q);
    for (size_t i = 0; i < p.n || i < q.n; i++) {
        const struct token end = {KIND_END, 0, STR_NONE};
        int order = order_tokens(i < p.n ? p.at[i] : end, i < q.n ? q.at[i] : end);
        if (order)
            return order;
    }
    return 0;
}

/* ---- Semantic Versioning 2.0.0 */

struct semver {
    struct str core[3], pre;
};

static bool is_identifier(struct str text, bool numeric_strict)
{
    bool digits = text.bytes > 0;
    for (size_t i = 0; i < text.bytes; i++) {
        char c = text.at[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
        if (!letter && !is_digit(c))
            return false;
        digits = digits && is_digit(c);
    }
    return text.bytes && !(numeric_strict && digits && text.bytes > 1 && text.at[0] == '0');
}

static bool identifiers(struct str text, bool numeric_strict)
{
    for (struct str rest = text; rest.at;) {
        struct str part = str_cut(rest, '.', &rest);
        if (!is_identifier(part, numeric_strict) || (!rest.at && str_ends(text, ".")))
            return false;
    }
    return text.bytes > 0;
}

static bool read_semver(struct str text, struct semver *out)
{
    struct str build, pre = STR_NONE;
    bool has_build = text.bytes && memchr(text.at, '+', text.bytes);
    struct str core = str_cut(text, '+', &build);
    if (has_build && !identifiers(build, false))
        return false;
    bool has_pre = core.bytes && memchr(core.at, '-', core.bytes);
    core = str_cut(core, '-', &pre);
    if (has_pre && !identifiers(pre, true))
        return false;
    struct str rest = core;
    for (size_t i = 0; i < 3; i++) {
        if (!rest.at)
            return false;
        out->core[i] = str_cut(rest, '.', &rest);
        for (size_t k = 0; k < out->core[i].bytes; k++)
            if (!is_digit(out->core[i].at[k]))
                return false;
        if (!is_identifier(out->core[i], true))
            return false;
    }
    out->pre = pre;
    return !rest.at && !str_ends(core, ".");
}

bool version_is_semver(struct str text)
{
    struct semver semver;
    return text.bytes <= VERSION_BYTES_MAX && read_semver(text, &semver);
}

static bool all_digits(struct str text)
{
    for (size_t i = 0; i < text.bytes; i++)
        if (!is_digit(text.at[i]))
            return false;
    return text.bytes > 0;
}

static int order_identifiers(struct str a, struct str b)
{
    bool p = all_digits(a), q = all_digits(b);
    if (p != q)
        return p ? -1 : 1;
    if (p && a.bytes != b.bytes)
        return a.bytes < b.bytes ? -1 : 1;
    return str_order(a, b);
}

static int order_semver(const struct semver *a, const struct semver *b)
{
    for (size_t i = 0; i < 3; i++) {
        int order = order_identifiers(a->core[i], b->core[i]);
        if (order)
            return order;
    }
    if (!a->pre.bytes || !b->pre.bytes)
        return (a->pre.bytes == 0) - (b->pre.bytes == 0);
    struct str p = a->pre, q = b->pre;
    while (p.at && q.at) {
        int order = order_identifiers(str_cut(p, '.', &p), str_cut(q, '.', &q));
        if (order)
            return order;
    }
    return (p.at != NULL) - (q.at != NULL);
}

int version_order(struct arena *arena, enum version_scheme scheme, struct str a, struct str b)
{
    struct semver p, q;
    if (scheme == VERSION_EXACT)
        return !str_eq(a, b);
    if (scheme == VERSION_SEMVER && version_is_semver(a) && version_is_semver(b) &&
        read_semver(a, &p) && read_semver(b, &q))
        return order_semver(&p, &q);
    return order_loose(arena, a, b);
}
