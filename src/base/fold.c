/* fold.c: names as people write them, made equal.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/fold.h"

#include <string.h>
#include <uchar.h>

#include "base/points.h"
#include "base/variants.h"

#include "base/banned.h"

/* A company form; `word`: stands alone between marks, never first. Longer ones before their parts.
 */
struct form {
    const char32_t *text;
    bool word;
};

static const struct form forms[] = {
    {U"特定非営利活動法人", false},
    {U"国立研究開発法人", false},
    {U"公益社団法人", false},
    {U"公益財団法人", false},
    {U"一般社団法人", false},
    {U"一般財団法人", false},
    {U"独立行政法人", false},
    {U"株式会社", false},
    {U"有限会社", false},
    {U"合同会社", false},
    {U"合資会社", false},
    {U"合名会社", false},
    {U"(株)", false},
    {U"(有)", false},
    {U"(同)", false},
    {U"(独)", false},
    {U"kabushiki kaisha", true},
    {U"godo kaisha", true},
    {U"corporation", true},
    {U"incorporated", true},
    {U"company", true},
    {U"limited", true},
    {U"corp", true},
    {U"gmbh", true},
    {U"inc", true},
    {U"ltd", true},
    {U"llc", true},
    {U"llp", true},
    {U"plc", true},
    {U"co", true},
    {U"k.k", true},
    {U"g.k", true},
    {U"b.v", true},
    {U"kk", true},
    {U"gk", true},
    {U"bv", true},
};

static int32_t kana_large(int32_t point)
{
    static const char32_t small[] = U"ァィゥェォッャュョヮヵヶ",
                          large[] = U"アイウエオツヤユヨワカケ";
    for (size_t i = 0; small[i]; i++)
        if ((int32_t)small[i] == point)
            return (int32_t)large[i];
    return point;
}

static int32_t fold_point(int32_t point)
{
    enum { HIRAGANA_FIRST = 0x3041, HIRAGANA_LAST = 0x3096, TO_KATAKANA = 0x60 };
    if ((point >= HIRAGANA_FIRST && point <= HIRAGANA_LAST) || point == 0x309D || point == 0x309E)
        point += TO_KATAKANA;
    return point < 0x3400 ? kana_large(point) : variant_of(point);
}

/* How many points the company form at i takes, 0 when there is none. */
static size_t form_at(struct points points, size_t i, bool first)
{
    bool begins = i == 0 || !point_is_letter(points.at[i - 1]);
    for (size_t f = 0; f < sizeof forms / sizeof forms[0]; f++) {
        size_t n = 0;
        while (forms[f].text[n] && i + n < points.n &&
               points.at[i + n] == (int32_t)forms[f].text[n])
            n++;
        if (forms[f].text[n])
            continue;
        bool ends = i + n == points.n || !point_is_letter(points.at[i + n]);
        if (!forms[f].word || (begins && ends && !first))
            return n;
    }
    return 0;
}

enum forms { FORMS_KEPT, FORMS_DROPPED, FORMS_DROPPED_EVEN_FIRST };

static struct points fold_marks(struct arena *arena, struct points points, enum forms how)
{
    struct points kept = {.at = NEW_ARRAY(arena, points.n + 1, int32_t)};
    for (size_t i = 0; i < points.n;) {
        bool first = kept.n == 0 && how != FORMS_DROPPED_EVEN_FIRST;
        size_t form = how ? form_at(points, i, first) : 0;
        if (!form && !point_is_mark(points.at[i]))
            kept.at[kept.n++] = points.at[i];
        i += form ? form : 1;
    }
    return kept;
}

static bool fold_points(struct arena *arena, struct str text, struct points *out)
{
    if (!points_folded(arena, text, out))
        return false;
    for (size_t i = 0; i < out->n; i++)
        out->at[i] = fold_point(out->at[i]);
    return true;
}

struct str fold_name(struct arena *arena, struct str text)
{
    struct points points;
    if (!fold_points(arena, text, &points))
        return STR_NONE;
    struct points kept = fold_marks(arena, points, FORMS_DROPPED);
    if (!kept.n)
        kept = fold_marks(arena, points, FORMS_KEPT);
    return points_print(arena, kept);
}

bool fold_is_form(struct arena *arena, struct str text)
{
    struct points points;
    return fold_points(arena, text, &points) && fold_marks(arena, points, FORMS_KEPT).n &&
           !fold_marks(arena, points, FORMS_DROPPED_EVEN_FIRST).n;
}
