/* str_test.c: views of bytes, what counts as text, whole numbers; the builder with a maximum.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "check.h"

#include "base/banned.h"

static void test_utf8(struct tally *tally)
{
    static const char *good[] = {"",       "abc",    "日本語",     "𠮷野家", "a\tb\nc",
                                 "\u00a0", "\uffff", "\U0010ffff", "é",      "\ud7ff\ue000"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        CHECK(tally, str_is_text(str_of(good[i])), "text: %zu", i);
    static const char *bad[] = {"\xff",
                                "\x80",
                                "\xc0\xaf",
                                "\xc1\x81",
                                "\xe0\x80\xaf",
                                "\xe0\x9f\xbf",
                                "\xf0\x80\x80\xaf",
                                "\xf0\x8f\xbf\xbf",
                                "\xed\xa0\x80",
                                "\xed\xbf\xbf",
                                "\xf4\x90\x80\x80",
                                "\xf5\x80\x80\x80",
                                "\xe3\x81",
                                "\xe3",
                                "\xf0\x90\x80",
                                "\xe3\x28\xa1",
                                "a\x01",
                                "a\rb",
                                "\x7f",
                                "\xc2\x80",
                                "\xc2\x9f",
                                "\x1b[0m"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK(tally, !str_is_text(str_of(bad[i])), "no text: %zu", i);
    CHECK(tally, !str_is_text((struct str){"a\0b", 3}), "NUL is no text");
    CHECK(tally, str_points(STR("𠮷a日")) == 3, "code points are counted");
}

static void test_numbers(struct tally *tally)
{
    static const struct {
        const char *text;
        int64_t value;
    } good[] = {{"0", 0},
                {"-0", 0},
                {"007", 7},
                {"9223372036854775807", INT64_MAX},
                {"-9223372036854775808", INT64_MIN}};
    int64_t out;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        CHECK(tally, str_int(str_of(good[i].text), &out) && out == good[i].value, "a number: %s",
              good[i].text);
    static const char *bad[] = {
        "",    "-",   "+1", " 1", "1 ", "1.0", "0x1", "9223372036854775808", "-9223372036854775809",
        "1e3", "--1", "１"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        out = 42;
        CHECK(tally, !str_int(str_of(bad[i]), &out) && out == 42, "no number: \"%s\"", bad[i]);
    }
}

static void test_views(struct tally *tally, struct arena *arena)
{
    struct str rest;
    CHECK_STR(tally, str_cut(STR("a,b,c"), ',', &rest), "a", "cut before the mark");
    CHECK_STR(tally, rest, "b,c", "and after it");
    CHECK_STR(tally, str_cut(STR("abc"), ',', &rest), "abc", "no mark: all of it");
    CHECK(tally, !rest.at && !rest.bytes, "and nothing after");
    CHECK_STR(tally, str_trim(STR(" \t\r\na b\n ")), "a b", "white space at both ends");
    CHECK_STR(tally, str_trim(STR(" \n")), "", "and nothing else");
    CHECK_STR(tally, str_head(STR("みほん"), 8), "みほ", "a head ends between two code points");
    CHECK_STR(tally, str_head(STR("みほん"), 9), "みほん", "and is all where all fits");
    CHECK_STR(tally, str_head(STR("みほん"), 2), "", "and nothing where the first does not fit");
    CHECK(tally, str_eq(STR_NONE, STR("")) && str_is(STR_NONE, ""), "none is empty");
    CHECK(tally, str_eq_nocase(STR("AbC-é"), STR("aBc-é")) && !str_eq_nocase(STR("É"), STR("é")),
          "case: ASCII only");
    CHECK(tally,
          str_order(STR("a"), STR("b")) < 0 && str_order(STR("ab"), STR("a")) > 0 &&
              str_order(STR("\xff"), STR("a")) > 0 && str_order(STR_NONE, STR_NONE) == 0,
          "bytewise order");
    CHECK(tally,
          str_starts(STR("abc"), "ab") && !str_starts(STR("a"), "ab") &&
              str_ends(STR("abc"), "bc") && !str_ends(STR("c"), "bc"),
          "beginnings and ends");
    CHECK_STR(tally, str_upper(arena, STR("az-é")), "AZ-é", "upper case, ASCII only");
    CHECK_STR(tally, str_print(arena, "%d %.*s", 5, STR_F(STR("x"))), "5 x", "printed");
    CHECK(tally, strlen(str_z(arena, STR_NONE)) == 0, "no view is an empty string");
    struct str words[] = {STR("a"), STR("b")};
    CHECK(tally,
          words_have((struct words){words, 2}, STR("b")) &&
              !words_have((struct words){words, 2}, STR("ab")),
          "words");
}

static void test_buf(struct tally *tally, struct arena *arena)
{
    struct buf buf = buf_new(arena, 10);
    buf_add_z(&buf, "12345");
    buf_add_int(&buf, -678);
    CHECK_STR(tally, buf_str(&buf), "12345-678", "built");
    CHECK(tally, !buf.full, "within its maximum");
    buf_add_z(&buf, "ab");
    CHECK(tally, buf.full, "passing the maximum is remembered");
    CHECK_STR(tally, buf_str(&buf), "12345-678", "what does not fit is dropped whole");
    struct buf large = buf_new(arena, 1 << 20);
    for (int i = 0; i < 100000; i++)
        buf_add_char(&large, 'x');
    CHECK(tally, buf_str(&large).bytes == 100000 && !large.full, "it grows");
    CHECK(tally, buf_str(&(struct buf){.arena = arena}).at != NULL, "an empty one is a string");
}

int main(void)
{
    struct tally tally = {0};
    struct arena *arena = arena_new(1u << 24);
    test_utf8(&tally);
    test_numbers(&tally);
    test_views(&tally, arena);
    test_buf(&tally, arena);
    arena_free(arena);
    return tally_end(&tally);
}
