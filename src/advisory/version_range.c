/* version_range.c: ranges of versions: vers, comparators, or words.
 * SPDX-License-Identifier: Apache-2.0
 *
 * package-url, "vers: version range specifier"; CSAF 2.0, 3.1.2.2 (product_version_range). */
#include <string.h>

#include "advisory/version.h"
#include "advisory/version_words.h"
#include "base/buf.h"

#include "base/banned.h"

static struct fault *wrong(struct arena *arena, struct str text, const char *why)
{
    struct fault *fault = FAULT(arena, "malformed-range", "%s: %.*s", why, STR_F(text));
    fault->concerns = str_copy(arena, str_head(text, 100));
    return fault;
}

static struct fault *add(struct arena *arena, struct version_claims *out,
                         struct version_claim claim)
{
    return version_claims_add(arena, out, claim)
               ? NULL
               : FAULT(arena, "too-large", "more than %d statements on versions",
                       VERSION_CLAIMS_MAX);
}

enum comparator { IS, IS_NOT, LESS, AT_MOST, MORE, AT_LEAST };

static const struct {
    const char *sign;
    enum comparator comparator;
} signs[] = {{"!=", IS_NOT}, {"<=", AT_MOST}, {">=", AT_LEAST}, {"≤", AT_MOST},
             {"≦", AT_MOST}, {"≥", AT_LEAST}, {"≧", AT_LEAST},  {"==", IS},
             {"<", LESS},    {">", MORE},     {"=", IS}};

/* Takes a comparator off the front; false when there is none. */
static bool take_sign(struct str *text, enum comparator *out)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t bytes = strlen(signs[i].sign);
        if (!str_starts(*text, signs[i].sign))
            continue;
        *out = signs[i].comparator;
        *text = (struct str){text->at + bytes, text->bytes - bytes};
        return true;
    }
    return false;
}

struct constraint {
    enum comparator comparator;
    struct str version;
};

/* A range while its constraints are read one after the other. */
struct reading {
    struct version_claim claim; /* what each claim has in common */
    struct version_claim range;
    bool open;
};

static struct fault *add_constraint(struct arena *arena, struct reading *reading,
                                    struct constraint c, struct version_claims *out)
{
    struct version_claim claim = reading->claim;
    switch (c.comparator) {
    case IS:
    case IS_NOT:
        claim.from = claim.to = c.version;
        claim.to_included = true;
        if (c.comparator == IS_NOT)
            claim.status =
                claim.status == VERSION_AFFECTED ? VERSION_NOT_AFFECTED : VERSION_UNKNOWN;
        return add(arena, out, claim);
    case MORE:
    case AT_LEAST:
        if (reading->open)
            return wrong(arena, c.version, "a range begins within a range");
        reading->range = claim;
        reading->range.from = c.version;
        reading->range.from_excluded = c.comparator == MORE;
        reading->open = true;
        return NULL;
    case LESS:
    case AT_MOST:
    default:
        if (!reading->open)
            reading->range = claim;
        reading->range.to = c.version;
        reading->range.to_included = c.comparator == AT_MOST;
        reading->open = false;
        return add(arena, out, reading->range);
    }
}

enum { CONSTRAINTS_MAX = 200 };

/* What is excluded by "!=" comes first, for the first claim that holds a version decides. */
static struct fault *add_constraints(struct arena *arena, const struct constraint *at, size_t n,
                                     struct version_claim common, struct version_claims *out)
{
    struct reading reading = {.claim = common};
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < n; i++)
            if ((at[i].comparator == IS_NOT) == (pass == 0))
                TRY(add_constraint(arena, &reading, at[i], out));
    return reading.open ? add(arena, out, reading.range) : NULL;
}

/* Percent-decoded, as vers encodes what has a meaning of its own there. */
static struct str decoded(struct arena *arena, struct str text)
{
    char *at = arena_alloc(arena, text.bytes + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.bytes; i++) {
        unsigned value = 0;
        bool coded = text.at[i] == '%' && i + 2 < text.bytes;
        for (size_t k = 1; coded && k <= 2; k++) {
            const char *digits = "0123456789abcdef", *digit;
            char c = (char)(text.at[i + k] | 0x20);
            digit = c ? strchr(digits, c) : NULL;
            coded = digit != NULL;
            value = value * 16 + (unsigned)(coded ? digit - digits : 0);
        }
        at[n++] = coded ? (char)value : text.at[i];
        i += coded ? 2 : 0;
    }
    return (struct str){at, n};
}

static enum version_scheme scheme_of(struct str type)
{
    static const char *const semver[] = {"semver", "npm", "golang", "cargo", "hex"};
    for (size_t i = 0; i < sizeof semver / sizeof *semver; i++)
        if (str_is(type, semver[i]))
            return VERSION_SEMVER;
    return VERSION_LOOSE;
}

static struct fault *read_vers(struct arena *arena, struct str text, struct version_claim common,
                               struct version_claims *out)
{
    struct str list, type = str_cut((struct str){text.at + 5, text.bytes - 5}, '/', &list);
    struct constraint constraints[CONSTRAINTS_MAX];
    size_t n = 0;
    common.scheme = scheme_of(str_lower(arena, type));
    if (!type.bytes || !list.bytes)
        return wrong(arena, text, "vers:TYPE/CONSTRAINTS");
    if (str_is(str_trim(list), "*"))
        return add(arena, out, common);
    for (struct str rest = list; rest.at;) {
        struct str part = str_trim(str_cut(rest, '|', &rest));
        if (!part.bytes)
            continue; /* pipes at the ends and double ones are passed over, as vers says */
        if (n == CONSTRAINTS_MAX)
            return FAULT(arena, "too-large", "more than %d constraints", CONSTRAINTS_MAX);
        constraints[n] = (struct constraint){.comparator = IS};
        take_sign(&part, &constraints[n].comparator);
        constraints[n].version = str_trim(decoded(arena, part));
        if (!constraints[n].version.bytes || constraints[n].version.bytes > VERSION_BYTES_MAX)
            return wrong(arena, part, "a constraint without a version");
        n++;
    }
    return n ? add_constraints(arena, constraints, n, common, out)
             : wrong(arena, text, "no constraint");
}

static bool parts_constraints(char c)
{
    return c == '|' || c == ',' || c == '&' || c == ';' || c == ' ';
}

/* ">=1.0|<2", ">= 1.0, < 2.0", "<4.2" */
static struct fault *read_comparators(struct arena *arena, struct str text,
                                      struct version_claim common, struct version_claims *out)
{
    struct constraint constraints[CONSTRAINTS_MAX];
    size_t n = 0;
    for (struct str rest = text; rest.bytes;) {
        enum comparator comparator = IS;
        if (parts_constraints(rest.at[0])) {
            rest = (struct str){rest.at + 1, rest.bytes - 1};
            continue;
        }
        if (n == CONSTRAINTS_MAX)
            return FAULT(arena, "too-large", "more than %d constraints", CONSTRAINTS_MAX);
        if (!take_sign(&rest, &comparator))
            return wrong(arena, rest, "a version without a comparator among comparators");
        rest = str_trim(rest);
        size_t bytes = 0;
        while (bytes < rest.bytes && !parts_constraints(rest.at[bytes]) &&
               !strchr("<>=!", rest.at[bytes]))
            bytes++;
        if (!bytes || bytes > VERSION_BYTES_MAX)
            return wrong(arena, text, "a comparator without a version");
        constraints[n++] = (struct constraint){comparator, {rest.at, bytes}};
        rest = (struct str){rest.at + bytes, rest.bytes - bytes};
    }
    return add_constraints(arena, constraints, n, common, out);
}

struct fault *version_range_read(struct arena *arena, struct str text, enum version_status status,
                                 struct version_claims *out)
{
    enum { RANGE_BYTES_MAX = 4000 };
    struct version_claim common = {.status = status, .written = str_copy(arena, text)};
    struct str left = str_trim(text);
    enum comparator comparator;
    if (!str_is_text(text) || text.bytes > RANGE_BYTES_MAX)
        return wrong(arena, STR_NONE, "no text, or longer than any range is");
    if (str_starts(left, "vers:"))
        return read_vers(arena, left, common, out);
    left = version_words_fold(arena, left);
    struct str behind = left;
    if (take_sign(&behind, &comparator))
        return read_comparators(arena, left, common, out);
    if (!version_words_read(arena, left, &common))
        return wrong(arena, text, "no range of versions that we know");
    return add(arena, out, common);
}
