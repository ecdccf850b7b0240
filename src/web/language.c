/* language.c: which of Japanese and English a request asks for.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/language.h"

#include "base/banned.h"

/* ";q=0.8" in thousandths; what cannot be read counts as 1. */
static int quality(struct str parameters)
{
    int q = 0;
    struct str rest, name = str_trim(str_cut(str_trim(parameters), '=', &rest));
    struct str value = str_trim(rest);
    if (!str_eq_nocase(name, STR("q")) || !str_starts(value, "0"))
        return 1000;
    for (size_t i = 2, unit = 100; i < value.bytes && i < 5; i++, unit /= 10)
        if (value.at[i] >= '0' && value.at[i] <= '9')
            q += (value.at[i] - '0') * (int)unit;
    return q;
}

bool language_prefers_english(struct str accepted)
{
    int best = 0;
    bool english = false;
    while (accepted.bytes) {
        struct str parameters, rest;
        struct str range = str_cut(str_cut(accepted, ',', &accepted), ';', &parameters);
        struct str language = str_cut(str_trim(range), '-', &rest);
        bool en = str_eq_nocase(language, STR("en")), ja = str_eq_nocase(language, STR("ja"));
        int q = en || ja ? quality(parameters) : 0;
        if (q > best) {
            best = q;
            english = en;
        }
    }
    return english;
}

bool accepts_english(const struct request *request)
{
    struct str lang = request_query(request, "lang");
    if (str_is(lang, "en") || str_is(lang, "ja"))
        return str_is(lang, "en");
    return language_prefers_english(request_header(request, "Accept-Language"));
}
