/* fold_test.c: names as people write them, made equal.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/fold.h"

#include "check.h"

#include "base/banned.h"

/* Rows of names that are the same, up to the first NULL. */
static const char *same[][6] = {
    {"髙島", "高島"},
    {"山﨑", "山崎", "山嵜"},
    {"𠮷野家", "吉野家"},
    {"渡邊", "渡邉", "渡辺", "渡 辺", "渡　辺"},
    {"斉藤", "齊藤", "齋藤", "斎藤"},
    {"濱澤", "浜沢", "濵沢"},
    {"葛\U000E0100城", "葛城"},
    {"株式会社みほん", "みほん株式会社", "(株)みほん", "㈱みほん", "ミホン", "㍿ﾐﾎﾝ"},
    {"株式會社みほん", "（株）みほん", "みほん"},
    {"キヤノン", "キャノン", "きゃのん", "ｷｬﾉﾝ"},
    {"ルーター", "ルータ", "ルータ-", "ルータ―", "ﾙｰﾀｰ", "るーたー"},
    {"Mihon Co., Ltd.", "MIHON CO.,LTD", "Mihon", "ｍｉｈｏｎ　Ｌｔｄ．", "mihon K.K.",
     "Mihon Inc"},
    {"ガラス", "ｶﾞﾗｽ", "カ\u3099ラス"},
    {"カメラ・ネット", "カメラ ネット", "カメラネット"},
    {"Straße", "STRASSE", "strasse"},
    {"ＡＢ－１２３", "ab-123", "AB 123", "AB‐123", "AB_123"},
};

static const char *different[][2] = {
    {"高島", "高嶺"}, {"みほん", "みほん二"}, {"ハス", "バス"},    {"AB123", "AB124"},
    {"Cocoa", "Coa"}, {"Incon", "on"},        {"Limitedia", "ia"}, {"C++", "C"},
};

/* Bytes of any kind: no crash, nothing but UTF-8 comes out. */
static void test_any_bytes(struct tally *tally, struct arena *arena)
{
    uint32_t random = 1;
    int wrong = 0, valid = 0;
    for (int i = 0; i < 20000; i++) {
        char bytes[12];
        for (size_t k = 0; k < sizeof bytes; k++) {
            random = random * 1664525u + 1013904223u;
            bytes[k] = (char)(random >> 24 & (random >> 20 & 1 ? 0xFF : 0x7F));
        }
        struct str folded = fold_name(arena, (struct str){bytes, 1 + random % sizeof bytes});
        valid += folded.at != NULL;
        wrong += folded.bytes && !str_is_text(folded);
        arena_reset(arena);
    }
    CHECK(tally, valid > 100, "%d of 20000 random texts were UTF-8", valid);
    CHECK(tally, wrong == 0, "%d gave no UTF-8", wrong);
}

int main(void)
{
    struct tally tally = {0};
    struct arena *arena = arena_new(1u << 24);
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        for (size_t k = 0; k < 6 && same[i][k]; k++) {
            struct str folded = fold_name(arena, str_of(same[i][k]));
            CHECK(&tally, str_eq(folded, fold_name(arena, str_of(same[i][0]))), "%s is %s (%.*s)",
                  same[i][k], same[i][0], STR_F(folded));
            CHECK(&tally, str_eq(folded, fold_name(arena, folded)),
                  "folding again changes nothing");
        }
    for (size_t i = 0; i < sizeof different / sizeof different[0]; i++)
        CHECK(&tally,
              !str_eq(fold_name(arena, str_of(different[i][0])),
                      fold_name(arena, str_of(different[i][1]))),
              "%s is not %s", different[i][0], different[i][1]);
    CHECK_STR(&tally, fold_name(arena, STR("株式会社")), "株式会社", "a form alone is kept");
    CHECK_STR(&tally, fold_name(arena, STR("Limited")), "limited",
              "an English form that comes first is kept");
    CHECK(&tally, fold_is_form(arena, STR("Inc.")) && fold_is_form(arena, STR("株式会社")) &&
                      fold_is_form(arena, STR("Co., Ltd.")),
          "a company form is known alone");
    CHECK(&tally, !fold_is_form(arena, STR("Mihon")) && !fold_is_form(arena, STR("Incon")) &&
                      !fold_is_form(arena, STR("・")) && !fold_is_form(arena, STR("")),
          "a name, a mark and nothing are no company form");
    CHECK_STR(&tally, fold_name(arena, STR("・・・")), "", "marks alone are nothing");
    CHECK(&tally, fold_name(arena, STR("\xff")).at == NULL, "no UTF-8, no name");
    test_any_bytes(&tally, arena);
    arena_free(arena);
    return tally_end(&tally);
}
