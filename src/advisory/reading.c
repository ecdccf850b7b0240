/* reading.c: what the readers share.
 * SPDX-License-Identifier: Apache-2.0 */
#include "advisory/reading.h"

#include <string.h>

#include "advisory/cpe.h"
#include "advisory/purl.h"

#include "base/banned.h"

struct reading reading_of(struct arena *arena, struct advisory *out)
{
    *out = (struct advisory){.published = DAY_NONE, .modified = DAY_NONE};
    return (struct reading){.arena = arena, .out = out};
}

void reading_end(struct reading *reading)
{
    struct advisory *out = reading->out;
    out->vectors = reading->vectors;
    out->vectors_n = reading->vectors_n;
    out->products = reading->products;
    out->products_n = reading->products_n;
    out->references = reading->references;
    out->references_n = reading->references_n;
    out->aliases = (struct words){reading->aliases, reading->aliases_n};
    if (!out->title.bytes)
        out->title = out->id;
}

void *reading_grow(struct arena *arena, void *at, size_t n, size_t bytes)
{
    if (n && (n < 8 || (n & (n - 1))))
        return at;
    void *more = arena_array(arena, n ? n * 2 : 8, bytes);
    if (n)
        memcpy(more, at, n * bytes);
    return more;
}

bool reading_add_vector(struct reading *reading, struct str text, int claimed_tenths,
                        struct str about)
{
    if (reading->vectors_n == ADVISORY_VECTORS_MAX)
        return false;
    struct advisory_vector vector = {
        .text = text, .claimed_tenths = claimed_tenths, .about = about};
    if (cvss_read(reading->arena, text, &vector.cvss))
        vector.cvss = (struct cvss){0};
    reading->vectors =
        reading_grow(reading->arena, reading->vectors, reading->vectors_n, sizeof vector);
    reading->vectors[reading->vectors_n++] = vector;
    return true;
}

bool reading_add_product(struct reading *reading, const struct advisory_product *product)
{
    if (reading->products_n == ADVISORY_PRODUCTS_MAX)
        return false;
    reading->products =
        reading_grow(reading->arena, reading->products, reading->products_n, sizeof *product);
    reading->products[reading->products_n++] = *product;
    return true;
}

bool reading_add_reference(struct reading *reading, struct str url, struct str words)
{
    if (reading->references_n == ADVISORY_REFERENCES_MAX)
        return false;
    reading->references = reading_grow(reading->arena, reading->references, reading->references_n,
                                       sizeof *reading->references);
    reading->references[reading->references_n++] = (struct advisory_reference){url, words};
    return true;
}

bool reading_add_alias(struct reading *reading, struct str alias)
{
    struct words have = {reading->aliases, reading->aliases_n};
    if (!alias.bytes || str_eq(alias, reading->out->id) || words_have(have, alias))
        return true;
    if (reading->aliases_n == ADVISORY_ALIASES_MAX)
        return false;
    reading->aliases =
        reading_grow(reading->arena, reading->aliases, reading->aliases_n, sizeof alias);
    reading->aliases[reading->aliases_n++] = alias;
    return true;
}

/* Two digits at a place, not above a maximum. */
static bool two_digits(struct str text, size_t at, int max, int *out)
{
    int64_t n;
    if (at + 2 > text.bytes || text.at[at] == '-' || !str_int((struct str){text.at + at, 2}, &n) ||
        n > max)
        return false;
    *out = (int)n;
    return true;
}

static bool read_offset(struct str text, int *minutes)
{
    int hour, minute;
    *minutes = 0;
    if (!text.bytes || str_is(text, "Z") || str_is(text, "z"))
        return true;
    if ((text.at[0] != '+' && text.at[0] != '-') || text.bytes < 5)
        return false;
    bool colon = text.at[3] == ':';
    if (text.bytes != (colon ? 6u : 5u) || !two_digits(text, 1, 23, &hour) ||
        !two_digits(text, colon ? 4 : 3, 59, &minute))
        return false;
    *minutes = (hour * 60 + minute) * (text.at[0] == '-' ? -1 : 1);
    return true;
}

bool reading_day(struct str text, struct day *out)
{
    int hour, minute, second, offset;
    if (!day_parse((struct str){text.at, text.bytes < 10 ? text.bytes : 10}, out))
        return false;
    if (text.bytes == 10)
        return true;
    if ((text.at[10] != 'T' && text.at[10] != 't' && text.at[10] != ' ') || text.bytes < 16 ||
        !two_digits(text, 11, 23, &hour) || text.at[13] != ':' ||
        !two_digits(text, 14, 59, &minute))
        return false;
    size_t at = 16;
    if (at < text.bytes && text.at[at] == ':') {
        if (!two_digits(text, 17, 60, &second))
            return false;
        at = 19;
        if (at < text.bytes && text.at[at] == '.')
            for (at++; at < text.bytes && text.at[at] >= '0' && text.at[at] <= '9';)
                at++;
    }
    if (!read_offset((struct str){text.at + at, text.bytes - at}, &offset))
        return false;
    int64_t utc = day_begins(*out) + TOKYO_MS + (int64_t)(hour * 60 + minute - offset) * 60000;
    *out = day_of_instant(utc);
    return true;
}

bool reading_score(struct str text, int *tenths)
{
    int64_t whole, tenth = 0;
    struct str fraction, digits = str_cut(text, '.', &fraction);
    if (!str_int(digits, &whole) || whole < 0 || whole > 10 || text.bytes > 4)
        return false;
    if (fraction.at && (fraction.bytes != 1 || !str_int(fraction, &tenth)))
        return false;
    *tenths = (int)(whole * 10 + tenth);
    return *tenths <= 100;
}

struct str reading_cpe(struct arena *arena, struct str text)
{
    struct cpe cpe;
    return text.bytes && !cpe_read(arena, text, &cpe) ? text : STR_NONE;
}

void reading_cpe_version(struct arena *arena, struct str text, enum version_status status,
                         struct version_claims *claims)
{
    struct cpe cpe;
    if (claims->n || !text.bytes || cpe_read(arena, text, &cpe))
        return;
    const struct cpe_value *version = &cpe.value[CPE_VERSION];
    if (version->logical != CPE_IS_VALUE || version->any_before || version->any_after)
        return;
    struct version_claim claim = {
        .status = status, .from = version->text, .to = version->text, .to_included = true};
    version_claims_add(arena, claims, claim);
}

struct str reading_purl(struct arena *arena, struct str text)
{
    struct purl purl;
    return text.bytes && !purl_read(arena, text, &purl) ? text : STR_NONE;
}

struct str reading_name(struct str text)
{
    static const char *const nothing[] = {"n/a", "na", "-", "unspecified", "unknown", "none", "*"};
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
        if (str_eq_nocase(text, str_of(nothing[i])))
            return STR_NONE;
    return text;
}

bool is_cve_id(struct str text)
{
    int64_t year, n;
    struct str tail;
    if (!str_starts(text, "CVE-") || text.bytes > 30)
        return false;
    struct str head = str_cut((struct str){text.at + 4, text.bytes - 4}, '-', &tail);
    return head.bytes == 4 && tail.bytes >= 4 && head.at[0] != '-' && tail.at[0] != '-' &&
           str_int(head, &year) && str_int(tail, &n);
}
