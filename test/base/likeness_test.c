/* likeness_test.c: the same question is found, in Japanese and English, and another is not.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/likeness.h"

#include "base/number.h"
#include "check.h"

#include "base/banned.h"

/* STR() without its cast: of a table. */
#define STRING(literal)                                                                            \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }
static const struct str texts[] = {
    STRING("機器ごとに異なる初期パスワードを、機器に貼ったシールに印刷することは認められますか。"),
    STRING("From when is the period of updates of a model counted that is no longer sold?"),
    STRING("無線の暗号方式を利用者が選べる機器は適合しますか。"),
};
enum { TEXTS = sizeof texts / sizeof *texts };

static void check_first(struct tally *t, struct arena *arena, const char *asked, int wanted,
                        const char *what)
{
    struct likeness found[TEXTS];
    size_t n = likeness_rank(arena, str_of(asked), texts, TEXTS, 300, found);
    CHECK(t, wanted < 0 ? n == 0 : n > 0 && found[0].which == (size_t)wanted, "%s", what);
}

static void test_likeness(struct tally *t, struct arena *arena)
{
    struct likeness found[TEXTS];
    check_first(t, arena, "初期パスワードのシール", 0, "a few words of it");
    check_first(t, arena, "ぱすわーど しーる", 0, "hiragana is the same");
    check_first(t, arena, "ｼｰﾙに印刷", 0, "half width is the same");
    check_first(t, arena, "UPDATES of a MODEL no longer sold", 1, "upper case is the same");
    check_first(t, arena, "暗号方式", 2, "one word");
    check_first(t, arena, "zzz qqq", -1, "nothing that is shared");
    check_first(t, arena, "", -1, "nothing asked");
    check_first(t, arena, "a", -1, "one letter");
    CHECK(t,
          likeness_rank(arena, texts[1], texts, TEXTS, 300, found) >= 1 &&
              found[0].permille == 1000 && found[0].which == 1,
          "the text itself is wholly like it");
    CHECK(t, likeness_rank(arena, str_of("シール"), texts, 0, 300, found) == 0, "among none");
    CHECK(t, likeness_rank(arena, (struct str){"\xff\xfe", 2}, texts, TEXTS, 300, found) == 0,
          "bytes that are no text");
}

/* Each slip of a good number leads back to it. */
static void test_slips(struct tally *t, struct arena *arena)
{
    struct str format = STR("HS{yy}-{seq:5}-{check}"), number;
    struct words slips;
    static const char *const typed[] = {"HS26-90043-X",  "HS26-00034-X", "HS26-0043-X",
                                        "HS26-000043-X", "hs26 00047 x", "HB26-00043-X"};
    if (number_print(arena, format, 2026, 43, &number))
        BUG("no number");
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        number_slips(arena, format, str_of(typed[i]), &slips);
        CHECK(t, words_have(slips, number), "%s is one slip from it", typed[i]);
    }
    number_slips(arena, format, number, &slips);
    CHECK(t, slips.n > 0 && !words_have(slips, number), "the number is no slip of itself");
    number_slips(arena, format, STR("HS27-90044-X"), &slips);
    CHECK(t, !words_have(slips, number), "three slips are too many");
    number_slips(arena, format, STR("<script>"), &slips);
    CHECK(t, !slips.n, "what is no number");
    number_slips(arena, STR("HA{seq:5}"), STR("HA00001"), &slips);
    CHECK(t, !slips.n, "a form without a check character");
}

int main(void)
{
    struct tally tally = {0};
    struct arena *arena = arena_new(1 << 26);
    test_likeness(&tally, arena);
    test_slips(&tally, arena);
    arena_free(arena);
    return tally_end(&tally);
}
