/* form_text.c: the fields that are one text: lines, mail, telephone, address, numbers with a check.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/json.h"
#include "base/number.h"
#include "desk/form_part.h"
#include "desk/tidy.h"

#include "base/banned.h"

bool check_part(struct check *check, const struct field_row *field, const json_t *value, bool lines,
                int64_t points_max, struct str *out, const char *pointer, ...)
{
    va_list values;
    va_start(values, pointer);
    struct str where = str_vprint(check->arena, pointer, values);
    va_end(values);
    const char *code = NULL;
    struct str text = tidy_lines(check->arena, json_text(value));
    if (!json_is_string(value) || !str_is_text(text)) {
        code = "field-malformed";
    } else {
        *out = lines ? text : tidy_width(check->arena, text);
        if (out->bytes == 0)
            code = "field-missing";
        else if (str_points(*out) > (size_t)points_max)
            code = "field-too-long";
        else if (!tidy_is_clean(*out, lines))
            code = "field-malformed";
    }
    if (code)
        check_wrong(check, field, code, "%.*s", STR_F(where));
    return !code;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A name of a host: labels of letters, digits and hyphens, at least two of them. */
static bool is_host(struct str host)
{
    if (host.bytes == 0 || host.bytes > 253)
        return false;
    size_t labels = 0;
    while (host.bytes) {
        bool more = memchr(host.at, '.', host.bytes) != NULL;
        struct str label = str_cut(host, '.', &host);
        if (label.bytes == 0 || label.bytes > 63 || label.at[0] == '-' ||
            label.at[label.bytes - 1] == '-' || (more && host.bytes == 0))
            return false;
        for (size_t i = 0; i < label.bytes; i++)
            if (!is_letter(label.at[i]) && !is_digit(label.at[i]) && label.at[i] != '-')
                return false;
        labels++;
    }
    return labels >= 2;
}

static bool is_email(struct str text)
{
    struct str host, name = str_cut(text, '@', &host);
    if (name.bytes == 0 || name.bytes > 64 || name.at[0] == '.' || name.at[name.bytes - 1] == '.')
        return false;
    for (size_t i = 0; i < name.bytes; i++) {
        char c = name.at[i];
        bool twice = c == '.' && i && name.at[i - 1] == '.';
        if (twice || !(is_letter(c) || is_digit(c) || strchr("!#$%&'*+-/=?^_`{|}~.", c)))
            return false;
    }
    return is_host(host);
}

static bool is_phone(struct str text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.bytes; i++) {
        char c = text.at[i];
        if (!is_digit(c) && !strchr(" ()-", c) && !(c == '+' && i == 0))
            return false;
        digits += is_digit(c);
    }
    return digits >= 6 && digits <= 20;
}

/* https or http, a host, no name and password before it. */
static bool is_url(struct str text)
{
    size_t scheme = str_starts(text, "https://") ? 8 : str_starts(text, "http://") ? 7 : 0;
    if (!scheme)
        return false;
    for (size_t i = 0; i < text.bytes; i++)
        if (text.at[i] <= ' ' || text.at[i] == 0x7f || strchr("\"<>\\^`{|}", text.at[i]))
            return false;
    struct str rest = str_skip(text, scheme);
    size_t host = 0;
    while (host < rest.bytes && !strchr("/?#:", rest.at[host]))
        host++;
    struct str port = str_skip(rest, host);
    if (port.bytes && port.at[0] == ':') {
        size_t n = 1;
        while (n < port.bytes && is_digit(port.at[n]))
            n++;
        if (n == 1 || n > 6 || (n < port.bytes && !strchr("/?#", port.at[n])))
            return false;
    }
    return is_host((struct str){.at = rest.at, .bytes = host});
}

/* ISO 3166-1 alpha-2, as of 2025. */
static const char countries[] =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR "
    "BS "
    "BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC "
    "EE "
    "EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK "
    "HM "
    "HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB "
    "LC "
    "LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ "
    "NA "
    "NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU "
    "RW "
    "SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN "
    "TO "
    "TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

static bool is_country(struct str text)
{
    for (const char *at = countries; text.bytes == 2 && *at; at += at[2] ? 3 : 2)
        if (memcmp(at, text.at, 2) == 0)
            return true;
    return false;
}

static bool is_identifier(struct str text)
{
    for (size_t i = 0; i < text.bytes; i++)
        if (!is_letter(text.at[i]) && !is_digit(text.at[i]) && !strchr("-_.", text.at[i]))
            return false;
    return true;
}

static bool fits_sort(enum field_sort sort, struct str text)
{
    struct span span;
    switch (sort) {
    case FIELD_EMAIL:
        return is_email(text);
    case FIELD_PHONE:
        return is_phone(text);
    case FIELD_URL:
        return is_url(text);
    case FIELD_COUNTRY:
        return is_country(text);
    case FIELD_CORPORATE_NUMBER:
        return corporate_number_good(text);
    case FIELD_SPAN:
        return span_parse(text, &span);
    case FIELD_LABEL:
    case FIELD_CASE:
    case FIELD_PERSON:
    case FIELD_FACILITY:
        return is_identifier(text);
    default:
        return true;
    }
}

json_t *check_text(struct check *check, const struct field_row *field, const json_t *value)
{
    /* A corporate number is thirteen digits whatever the row says; identifiers are short. */
    bool counted = field->sort == FIELD_TEXT || field->sort == FIELD_LINES ||
                   field->sort == FIELD_EMAIL || field->sort == FIELD_PHONE ||
                   field->sort == FIELD_URL;
    int64_t points_max = counted && field->max > 0 ? field->max : 254;
    struct str text;
    if (!check_part(check, field, value, field->sort == FIELD_LINES, points_max, &text, "/%s",
                    field->name))
        return NULL;
    if (counted && str_points(text) < (size_t)(field->min > 0 ? field->min : 0)) {
        check_wrong(check, field, "field-too-short", "/%s", field->name);
        return NULL;
    }
    if (field->sort == FIELD_COUNTRY)
        text = str_upper(check->arena, text);
    if (!fits_sort(field->sort, text)) {
        check_wrong(check, field, "field-malformed", "/%s", field->name);
        return NULL;
    }
    return json_new_str(check->arena, text);
}
